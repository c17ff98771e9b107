package web

import (
	"encoding/json"

	"github.com/labstack/echo/v4"

	"headroom/pricing"
)

const mimeProblem = "application/problem+json"

// problem is RFC 9457: what is wrong, by field.
type problem struct {
	Type      string               `json:"type"`
	Title     string               `json:"title"`
	Status    int                  `json:"status"`
	Detail    string               `json:"detail"`
	RequestID string               `json:"request_id"`
	Errors    []pricing.FieldError `json:"errors,omitempty"`
}

func (s *Site) problem(c echo.Context, f failure, err error) error {
	body, marshalErr := json.Marshal(problem{
		Type: "about:blank", Title: f.title, Status: f.Status, Detail: f.text,
		RequestID: RequestID(c), Errors: fieldErrors(err),
	})
	if marshalErr != nil {
		return marshalErr
	}
	return c.Blob(f.Status, mimeProblem, body)
}
