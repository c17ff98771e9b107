package cli

import (
	"headroom/pricing/capacity"
)

type throughputCommand struct {
	Input string `arg:"" help:"Models on accelerators, a JSON object a line, or - for standard input."`
}

func (c *throughputCommand) Run(s streams) error {
	machines, err := capacity.Shipped()
	if err != nil {
		return err
	}
	file, err := s.open(c.Input)
	if err != nil {
		return err
	}
	defer file.Close()
	return capacity.Stream(file, s.out, machines)
}
