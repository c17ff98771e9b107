package planner

import (
	"slices"

	"github.com/labstack/echo/v4"

	"headroom/app/form"
	"headroom/app/workspace"
	"headroom/pricing"
)

// refuseAnswers takes answers about leaving that the assessment cannot use out of a reading: the plan keeps those that
// it had, and what was typed stands beside its field with the reason. Answers that the form did not change refuse
// nothing.
func (s *Pages) refuseAnswers(c echo.Context, r *reading, state workspace.PlanState, was, now form.Document) error {
	wrong, err := s.unusable(r.answer, was, now)
	if err != nil || len(wrong) == 0 {
		return err
	}
	r.errors, r.lastOK = append(r.errors, wrong...), true
	kept := now.Clone()
	kept.Delete("dependencies")
	if old, stated := was.Clone().Get("dependencies"); stated {
		kept.Set(old, "dependencies")
	}
	if r.state, err = state.ChangedTo(kept.Bytes()); err != nil {
		return err
	}
	r.answer, err = s.Answer(c, r.state, kept)
	return err
}

// unusable are the errors that an assessment of a changed plan finds in its answers; none where they did not change.
// The assessment itself is asked, so that the form refuses what it refuses and nothing else.
func (s *Pages) unusable(a *workspace.Answer, was, now form.Document) ([]form.FieldError, error) {
	if now.SameAt(was, "dependencies") {
		return nil, nil
	}
	base, err := s.LockinBase(a.Prices)
	if err != nil {
		return nil, err
	}
	_, _, err = base.Summary(a.Plan, a.Result, a.AsIs)
	if invalid := pricing.Invalid(err); invalid != nil {
		return besideChanged(workspace.LeaveErrors(invalid), was, now), nil
	}
	return nil, err
}

// besideChanged moves the error of a group of weights to those that were changed, so that all of them keep what was
// typed.
func besideChanged(list []form.FieldError, was, now form.Document) []form.FieldError {
	var out []form.FieldError
	for _, e := range list {
		before := len(out)
		for _, names := range workspace.WeightGroups() {
			if e.Name != "dependencies.weights."+names[0] {
				continue
			}
			for _, name := range names {
				if !now.SameAt(was, "dependencies", "weights", name) {
					out = append(out, form.FieldError{Name: "dependencies.weights." + name, Message: e.Message})
				}
			}
		}
		if len(out) == before {
			out = append(out, e)
		}
	}
	return out
}

// withNew adds the errors of fields that have none yet.
func withNew(list, more []form.FieldError) []form.FieldError {
	for _, e := range more {
		if !slices.ContainsFunc(list, func(known form.FieldError) bool { return known.Name == e.Name }) {
			list = append(list, e)
		}
	}
	return list
}
