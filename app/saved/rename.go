package saved

import (
	"headroom/app/web"
	"headroom/views"
	"headroom/views/ui"
)

// RenameForm asks for a name: of the team, or of a plan.
func RenameForm(action, label, typed, problem string) views.Form {
	return web.WithProblems(views.Form{
		ID: "rename", Title: "Rename", Action: action, Submit: "Rename",
		Fields: []ui.Field{{ID: "name", Name: "name", Label: label, Value: typed, Type: "text", Autocomplete: "off",
			MaxLength: maxPlanName}},
	}, map[string]string{"name": problem})
}
