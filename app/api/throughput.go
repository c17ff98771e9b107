package api

import (
	"bytes"
	"net/http"

	"github.com/labstack/echo/v4"

	"headroom/pricing/capacity"
)

// Throughput answers each line, a model on accelerators with a load, with one line: what a replica gives.
func (s *Pages) Throughput(c echo.Context) error {
	if err := wantType(c, mimeNDJSON); err != nil {
		return err
	}
	machines, err := capacity.Shipped()
	if err != nil {
		return err
	}
	var answer bytes.Buffer
	if err := capacity.Stream(c.Request().Body, &answer, machines); err != nil {
		return lineProblem(err)
	}
	return c.Blob(http.StatusOK, mimeNDJSON, answer.Bytes())
}
