# Headroom. Plain `make` lists the targets.
.DEFAULT_GOAL := help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12
