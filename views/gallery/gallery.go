// Package gallery shows every component in every state, from fixtures: a page to look at while developing, and golden
// files that say when markup changes.
package gallery

import (
	"slices"

	"github.com/a-h/templ"

	"headroom/views/ui"
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
		{"error-summary", "Error summary", "HTTP 422. Focus goes here; each line links to its field.",
			ui.ErrorSummary(fieldErrors())},
		{"empty", "Nothing yet", "Never had data: what it is for, and how to start.", ui.EmptyState(emptyState())},
		{"no-match", "No match", "Filtered to nothing is said differently.", ui.EmptyState(noMatch())},
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
		{"field-number", "Number field", "Text with a decimal keyboard, unit in the box, echo of what was understood.",
			numberFields()},
		{"field-error", "Invalid field", "Message beside the field; what was typed stays.", invalidFields()},
		{"field-select", "Choices", "Select with groups, segments, boxes.", choiceFields()},
		{"field-text", "Texts and files", "Sign-in lets password managers fill and paste.", textFields()},
		{"disclosure", "Disclosure", "Says what is inside before it is opened.", disclosures()},
		{"chooser", "Choices in the address", "Links, and a small form behind a button.", choosers()},
	}
}

func figures() []Entry {
	return []Entry{
		{"tiles", "Tiles", "Key figures; each opens how it was computed; unknown says why.",
			ui.Tiles("Key figures", tiles())},
		{"figure-stacked", "Stacked columns", "Cost by month and offer.", ui.FigureView(stackedFigure())},
		{"figure-single", "One series", "No total is repeated.", ui.FigureView(singleFigure())},
		{"figure-bars", "Bars", "Alternatives against a baseline; an unknown one is named.",
			ui.FigureView(barsFigure())},
		{"figure-lines", "Lines", "Told apart by dash and by name at the end.", ui.FigureView(linesFigure())},
		{"derivation", "How it was computed", "Formula, steps, sources, dates.", ui.DerivationView(derivation())},
	}
}

func tables() []Entry {
	return []Entry{
		{"table-compare", "Comparison", "Sorting, baseline, differences with sign and word, unknown with reason, " +
			"marks, row actions.", ui.DataTable(comparison())},
		{"table-prices", "Prices", "Exact decimals, conflict and stale marks.", ui.DataTable(prices())},
		{"table-empty", "Empty table", "A filter that hides everything.", ui.DataTable(emptyTable())},
	}
}
