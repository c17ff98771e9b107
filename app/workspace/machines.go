package workspace

import (
	"github.com/labstack/echo/v4"

	"headroom/app/web"
	"headroom/pricing/capacity"
)

// MachinesFor are the machines as the reader's team has them: the shipped ones, with its own figures in force.
func (s *Plans) MachinesFor(c echo.Context) (*capacity.Machines, *web.Account, error) {
	machines, err := capacity.Shipped()
	if err != nil {
		return nil, nil, err
	}
	a, err := s.Account(c)
	if err != nil || a == nil || a.Team.TeamID == "" {
		return machines, a, err
	}
	kept, err := s.Team(a).MachineCorrections(c.Request().Context())
	if err != nil || len(kept) == 0 {
		return machines, a, err
	}
	list := make([]capacity.Correction, len(kept))
	for i, k := range kept {
		list[i] = capacity.Correction{ID: k.ID, Kind: k.Kind, Row: k.RowKey, Field: k.Field, Value: k.Value,
			Source: k.Source, AsOf: k.AsOf}
	}
	machines, err = machines.Correct(list)
	return machines, a, err
}
