// Package gallery shows every component in every state, from fixtures: a page to look at while developing, and golden
// files that say when markup changes.
package gallery

import (
	"slices"

	"github.com/a-h/templ"

	"headroom/views"
)

// Entry is one state of one component.
type Entry struct {
	ID, Title, Note string
	Component       templ.Component
}

// Entries lists all states in the order of the page.
func Entries() []Entry {
	return slices.Concat(messages(), fields(), figures(), tables())
}

func messages() []Entry {
	return []Entry{
		{"notices", "Notices", "Under the top bar: something happened, with one next step.", notices()},
		{"callouts", "Callouts", "Belong to their section.", callouts()},
		{"error-summary", "Error summary", "HTTP 422. Focus goes here; each line links to its field.", views.ErrorSummary(fieldErrors())},
		{"empty", "Nothing yet", "Never had data: what it is for, and how to start.", views.EmptyState(emptyState())},
		{"no-match", "No match", "Filtered to nothing is said differently.", views.EmptyState(noMatch())},
		{"error-403", "Forbidden", "HTTP 403.", failure(403)},
		{"error-404", "Not found", "HTTP 404.", failure(404)},
		{"error-409", "Conflict", "HTTP 409.", failure(409)},
		{"error-413", "Too large", "HTTP 413.", failure(413)},
		{"error-422", "Refused", "HTTP 422, where there is no form to return to.", refused()},
		{"error-500", "Server error", "HTTP 500: the request id and nothing internal.", failure(500)},
		{"buttons", "Buttons and badges", "One primary action a view; red only deletes.", buttons()},
		{"dialog", "Dialog", "Deleting is undone or asks for the name.", dialog()},
	}
}

func fields() []Entry {
	return []Entry{
		{"field-number", "Number field", "Text with a decimal keyboard, unit in the box, echo of what was understood.", numberFields()},
		{"field-error", "Invalid field", "Message beside the field; what was typed stays.", invalidFields()},
		{"field-select", "Choices", "Select with groups, segments, boxes.", choiceFields()},
		{"field-text", "Texts and files", "Sign-in lets password managers fill and paste.", textFields()},
		{"disclosure", "Disclosure", "Says what is inside before it is opened.", disclosures()},
		{"chooser", "Choices in the address", "Links, and a small form behind a button.", choosers()},
	}
}

func figures() []Entry {
	return []Entry{
		{"tiles", "Tiles", "Key figures; each opens how it was computed; unknown says why.", views.Tiles("Key figures", tiles())},
		{"figure-stacked", "Stacked columns", "Cost by month and offer.", views.FigureView(stackedFigure())},
		{"figure-single", "One series", "No total is repeated.", views.FigureView(singleFigure())},
		{"figure-bars", "Bars", "Alternatives against a baseline; an unknown one is named.", views.FigureView(barsFigure())},
		{"figure-lines", "Lines", "Told apart by dash and by name at the end.", views.FigureView(linesFigure())},
		{"derivation", "How it was computed", "Formula, steps, sources, dates.", views.DerivationView(derivation())},
	}
}

func tables() []Entry {
	return []Entry{
		{"table-compare", "Comparison", "Sorting, baseline, differences with sign and word, unknown with reason, marks, row actions.", views.DataTable(comparison())},
		{"table-prices", "Prices", "Exact decimals, conflict and stale marks.", views.DataTable(prices())},
		{"table-empty", "Empty table", "A filter that hides everything.", views.DataTable(emptyTable())},
	}
}
