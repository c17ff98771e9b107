package identity

import (
	"strings"

	"headroom/pricing/calendar"
)

// resolve finds the model behind a native id and fills Model, Lab, Variant, Release and Latest.
func (t *tables) resolve(s *seller, source Source, native string, out *Identity) {
	lower := strings.ToLower(native)
	path, name := splitName(lower)
	if s.ID == bedrock {
		_, name = cutGeo(name)
	}
	if model, ok := t.alias(source, s.ID, aliasKey(lower, name, s.ID)); ok {
		out.set(model)
	}
	lab := t.pathLab(s, path)
	lab, name = t.cutDotted(lab, name)
	name = cutMarks(s, name, out)
	slug := normalise(name, s.ID == "fireworks")
	if !s.ownOnly {
		lab, slug = t.cutLabPrefix(lab, slug)
		slug = respell(slug)
	}
	f, known := t.family(slug)
	if known && (lab == "" || lab == "nvidia" && foreign(slug)) && !s.ownOnly {
		lab = f.lab
	}
	if lab == "" && s.lab != "-" {
		lab = s.lab
	}
	slug = t.strip(source, slug, lab, f.open, s, out)
	if out.Model != "" || lab == "" || slug == "" {
		if out.Model == "-" {
			out.Model = ""
		}
		return
	}
	out.Model, out.Lab = lab+"/"+slug, lab
}

// set takes a model from the alias table; "-" is an id that means no one model.
func (id *Identity) set(model string) {
	if id.Model != "" {
		return
	}
	id.Model = model
	id.Lab, _, _ = strings.Cut(model, "/")
	if model == "-" {
		id.Lab = ""
	}
}

// splitName cuts at the last slash.
func splitName(id string) (path, name string) {
	i := strings.LastIndexByte(id, '/')
	if i < 0 {
		return "", id
	}
	return id[:i], id[i+1:]
}

// aliasKey is the id under which a seller's own alias stands: at Bedrock without the geography and the image size.
func aliasKey(lower, name, seller string) string {
	if seller == bedrock {
		return name
	}
	return lower
}

// pathLab reads the lab from the words before the name, the nearest first. At hosts and routers an unknown word is the
// lab's own: "sao10k/l3.3-70b-euryale".
func (t *tables) pathLab(s *seller, path string) string {
	own := (s.Kind == "host" || s.Kind == "router") && s.lab != "-"
	for path != "" {
		var segment string
		path, segment = splitName(path)
		segment = strings.TrimPrefix(segment, "hf:")
		lab, known := t.labs[segment]
		if known && lab != "-" {
			return lab
		}
		if !known && own && segment != s.ID {
			word := strings.Trim(normalise(segment, false), "-")
			switch lab, known = t.labs[word]; {
			case !known && word != "":
				return word
			case known && lab != "-":
				return lab
			}
		}
	}
	return ""
}

// cutDotted reads "anthropic.claude-..." of Bedrock and OCI. DeepSeek's names begin after the dot: "deepseek.v3.2".
func (t *tables) cutDotted(lab, name string) (string, string) {
	i := strings.IndexByte(name, '.')
	if i <= 0 || i+1 == len(name) || isDigit(name[i+1]) {
		return lab, name
	}
	l, known := t.labs[name[:i]]
	if !known || l == "-" {
		return lab, name
	}
	rest := name[i+1:]
	if l == "deepseek" && !strings.HasPrefix(rest, "deepseek") {
		rest = "deepseek-" + rest
	}
	return l, rest
}

// cutMarks reads what follows "@" and ":" and a leading "ft:". A date after "@" stays for the rules; so does a size
// after ":" as Ollama writes it ("gpt-oss:120b").
func cutMarks(s *seller, name string, out *Identity) string {
	if rest, ok := strings.CutPrefix(name, "ft:"); ok {
		name = rest
		out.addVariant("fine-tuned")
	}
	name = strings.TrimPrefix(name, "hf:")
	if i := strings.IndexByte(name, '@'); i > 0 {
		name = joinAt(name[:i], name[i+1:], out)
	}
	colon := false
	if i := strings.LastIndexByte(name, ':'); i > 0 {
		if mark := name[i+1:]; isCount(mark) {
			name, colon = name[:i], true
		} else if isServing(mark) {
			name = name[:i]
			out.addVariant(mark)
		}
	}
	if s.ID == bedrock || s.ID == "amazon-nova" {
		name = cutRevision(name, colon)
	}
	return name
}

// joinAt keeps a date or a release after "@" and drops "default", "latest" and counters such as "001".
func joinAt(name, mark string, out *Identity) string {
	mark, _, _ = strings.Cut(mark, "-")
	switch {
	case mark == "latest":
		out.Latest = true
	case len(mark) == 8 || len(mark) == 4 && mark[0] == '2':
		return name + "-" + mark
	}
	return name
}

// isCount knows Bedrock's revisions and windows after a colon: "0", "18k", "200k".
func isCount(mark string) bool {
	mark = strings.TrimSuffix(mark, "k")
	return mark != "" && len(mark) <= 3 && strings.Trim(mark, "0123456789") == ""
}

// isServing knows the marks that routers put after a colon.
func isServing(mark string) bool {
	switch mark {
	case "free", "thinking", "beta", "extended", "nitro", "floor", "online", "exacto", "fast", "fp8",
		"low", "high", "medium":
		return true
	}
	return false
}

// cutRevision drops Bedrock's "-v1" and, before a colon, any "-vN"; names whose version ends in "-v2" without a colon
// keep it.
func cutRevision(name string, colon bool) string {
	i := strings.LastIndex(name, "-v")
	if i < 0 || i+2 == len(name) || strings.Trim(name[i+2:], "0123456789") != "" {
		return name
	}
	if colon || name[i+2:] == "1" {
		return name[:i]
	}
	return name
}

// normalise makes "." "_" ":" and other signs hyphens, collapses them, and reads Fireworks' p between digits as a
// point. The text must be lower case. It returns the text itself when nothing changes.
func normalise(text string, point bool) string {
	if isNormal(text) && !point {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		c := text[i]
		if point && c == 'p' && i > 0 && isDigit(text[i-1]) && i+1 < len(text) && isDigit(text[i+1]) {
			c = '-'
		}
		if !isDigit(c) && (c < 'a' || c > 'z') {
			c = '-'
		}
		if c != '-' || len(out) > 0 && out[len(out)-1] != '-' {
			out = append(out, c)
		}
	}
	return strings.TrimSuffix(string(out), "-")
}

func isNormal(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		hyphen := c == '-' && i > 0 && i+1 < len(text) && text[i+1] != '-'
		if !hyphen && !isDigit(c) && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// cutLabPrefix drops a lab's or a platform's word before a name that speaks for itself: "openai-gpt-5-5" at Snowflake,
// "databricks-claude-sonnet-5", "zai-glm-4-7" at Cerebras.
func (t *tables) cutLabPrefix(lab, slug string) (string, string) {
	f, known := t.family(slug)
	for i := 2; i < len(slug); i++ {
		if slug[i] != '-' || known && i <= len(f.stem) {
			continue
		}
		l, isLab := t.labs[slug[:i]]
		if !isLab {
			continue
		}
		rest := respell(slug[i+1:])
		inner, ok := t.family(rest)
		switch {
		case !ok:
		case l == "databricks" || l == "snowflake" || l == "-":
			return firstOf(lab, inner.lab), rest
		case inner.lab == l:
			return firstOf(lab, l), rest
		}
	}
	return lab, slug
}

// foreign reports whether a name in NVIDIA's folder is another lab's model that NVIDIA only quantised.
func foreign(slug string) bool {
	return !strings.Contains(slug, "nemotron") && !strings.Contains(slug, "nv-") && !strings.HasPrefix(slug, "nv")
}

// strip takes endings off one by one, asking the alias table before each; the first answer is the model.
func (t *tables) strip(source Source, slug, lab string, open bool, s *seller, out *Identity) string {
	for {
		if model, ok := t.alias(source, "*", slug); ok {
			out.set(model)
		}
		rest := cutEnding(slug, lab, open, s, out)
		if rest == slug || rest == "" {
			return slug
		}
		slug = rest
	}
}

// cutEnding takes one ending off a name: a date, "-latest", a way of serving, or an open model's "-instruct".
func cutEnding(slug, lab string, open bool, s *seller, out *Identity) string {
	if rest, date := cutDate(slug); date != "" {
		if out.Release == "" {
			out.Release = date
		}
		return rest
	}
	if rest, ok := cutWord(slug, "latest"); ok {
		out.Latest = true
		return rest
	}
	for _, v := range universalVariants {
		if rest, ok := cutWord(slug, v); ok {
			out.addVariant(v)
			return rest
		}
	}
	for _, v := range s.variants {
		if rest, ok := cutWord(slug, v); ok && (open || v == "free" || lab == "anthropic" && v == "fast") {
			out.addVariant(v)
			return rest
		}
	}
	if open {
		for _, w := range openEndings {
			if rest, ok := cutWord(slug, w); ok {
				return rest
			}
		}
	}
	return slug
}

// universalVariants are number formats and ways of serving that no model has in its name.
var universalVariants = [...]string{"fp8", "fp16", "bf16", "fp4", "int8", "int4", "nvfp4", "mxfp4", "awq",
	"gguf", "tee",
	"maas", "highspeed", "lightning"}

// openEndings fall away from names of open weights only.
var openEndings = [...]string{"instruct", "it", "chat", "hf"}

func cutWord(slug, w string) (string, bool) {
	n := len(slug) - len(w) - 1
	if n <= 0 || slug[n] != '-' || slug[n+1:] != w {
		return slug, false
	}
	return slug[:n], true
}

func (id *Identity) addVariant(v string) {
	if v == "maas" { // Vertex's word for "served", not a variant
		return
	}
	if id.Variant != "" {
		v = id.Variant + " " + v
	}
	id.Variant = v
}

// cutDate reads a date at the end: 20250929, 2026-04-23, 251201, 03-2025, and 06-17 after "preview" or "exp". Four
// digits are a release and stay.
func cutDate(slug string) (string, calendar.Day) {
	head, last := cutLast(slug)
	switch len(last) {
	case 8:
		if isDay(last[:4], last[4:6], last[6:]) {
			return head, date(last[:4], last[4:6], last[6:])
		}
	case 6:
		if isDay("20"+last[:2], last[2:4], last[4:]) {
			return head, date("20"+last[:2], last[2:4], last[4:])
		}
	case 4:
		if rest, month := cutLast(head); len(month) == 2 && isDay(last, month, "01") {
			return rest, calendar.Day(last + "-" + month)
		}
	case 2:
		return cutDay(slug, head, last)
	}
	return slug, ""
}

// cutDay reads "2026-04-23" and, after "preview" or "exp", "06-17", which is of the year 2025: Google wrote so then
// only.
func cutDay(slug, head, day string) (string, calendar.Day) {
	rest, month := cutLast(head)
	if len(month) != 2 || rest == "" {
		return slug, ""
	}
	if name, year := cutLast(rest); len(year) == 4 && name != "" && isDay(year, month, day) {
		return name, date(year, month, day)
	}
	if (strings.HasSuffix(rest, "-preview") || strings.HasSuffix(rest, "-exp")) && isDay("2025", month, day) {
		return rest, date("2025", month, day)
	}
	return slug, ""
}

// cutLast splits at the last hyphen; last is "" when there is none before a digit at the end.
func cutLast(slug string) (head, last string) {
	i := strings.LastIndexByte(slug, '-')
	if i <= 0 || i+1 == len(slug) || !isDigit(slug[len(slug)-1]) {
		return "", ""
	}
	return slug[:i], slug[i+1:]
}

func date(year, month, day string) calendar.Day { return calendar.Day(year + "-" + month + "-" + day) }

// isDay checks the form only, so that 128000 or 20480101 is not taken for a date.
func isDay(year, month, day string) bool {
	digits := strings.Trim(year, "0123456789") == "" && strings.Trim(month, "0123456789") == "" &&
		strings.Trim(day, "0123456789") == ""
	return digits && year >= "2020" && year <= "2039" && month >= "01" && month <= "12" && day >= "01" && day <= "31"
}
