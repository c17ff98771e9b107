package web

import (
	"headroom/views"
)

// WithProblems puts each message beside its field, and makes every field required.
func WithProblems(form views.Form, problems map[string]string) views.Form {
	for i := range form.Fields {
		field := &form.Fields[i]
		field.Error = problems[field.Name]
		field.Required = len(field.Options) == 0
	}
	return form
}
