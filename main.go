// Headroom is a self-hosted, multi-cloud AI cost planner. Everything it does starts in package cli.
package main

import (
	"os"

	"headroom/app/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
