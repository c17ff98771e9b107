# Headroom. Plain `make` lists the targets; `make run` and `make test` need nothing but Go, Node, a C compiler and make.
.DEFAULT_GOAL := help
.PHONY: help deps generate assets build run test check bench fuzz e2e clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12
