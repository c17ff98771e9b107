package pricing

import (
	"embed"
	"slices"
)

// Preset is a filled example to start from. Its note says what was assumed.
type Preset struct {
	ID, Name, Description string
	Plan                  []byte // headroom.plan/v1
}

//go:embed presets/*.json
var presetFiles embed.FS

// Presets are the examples, in the order in which a page offers them.
func Presets() []Preset {
	list := []Preset{
		{ID: "chatbot", Name: "Chatbot", Description: "A support assistant with chat, agent runs and nightly " +
			"summaries for 54,000 users"},
		{ID: "rag", Name: "RAG", Description: "Answers from retrieved documents for a company's staff"},
		{ID: "agent", Name: "Agent", Description: "Long tool-using tasks with most of the history cached"},
		{ID: "batch", Name: "Batch documents", Description: "Documents of client companies, all processed in batch"},
		{ID: "code", Name: "Code assistant", Description: "Completions and questions for software developers"},
		{ID: "empty", Name: "Empty plan", Description: "Everything at zero: enter your own figures"},
	}
	for i := range list {
		data, err := presetFiles.ReadFile("presets/" + list[i].ID + ".json")
		if err != nil {
			panic("pricing: a preset is missing from the program: " + err.Error())
		}
		list[i].Plan = data
	}
	return list
}

// PresetByID is the preset with that id.
func PresetByID(id string) (Preset, bool) {
	list := Presets()
	i := slices.IndexFunc(list, func(p Preset) bool { return p.ID == id })
	if i < 0 {
		return Preset{}, false
	}
	return list[i], true
}
