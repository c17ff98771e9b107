package identity

import "strings"

// respell brings the spellings of a family into one: "llama3-3-70b" and "llama-v3-3-70b" are "llama-3-3-70b",
// "claude-4-opus" is "claude-opus-4", "gpt-35-turbo" is "gpt-3-5-turbo".
func respell(slug string) string {
	switch {
	case strings.HasPrefix(slug, "llama"), strings.HasPrefix(slug, "meta-llama"), strings.HasPrefix(slug, "code-llama"):
		return respellLlama(slug)
	case strings.HasPrefix(slug, "claude-"):
		return respellClaude(slug)
	case strings.HasPrefix(slug, "claude") && len(slug) > 6:
		return respellClaude("claude-" + slug[6:])
	case strings.HasPrefix(slug, "gpt-"):
		return respellGPT(slug)
	case strings.HasPrefix(slug, "qwen"), strings.HasPrefix(slug, "code-qwen"):
		return respellQwen(slug)
	case strings.HasPrefix(slug, "gemma") && len(slug) > 5 && isDigit(slug[5]):
		return "gemma-" + slug[5:]
	case strings.HasPrefix(slug, "hermes") && len(slug) > 6 && isDigit(slug[6]):
		return "hermes-" + slug[6:]
	}
	return slug
}

func respellLlama(slug string) string {
	slug = strings.TrimPrefix(slug, "meta-")
	if rest, ok := strings.CutPrefix(slug, "code-llama"); ok {
		return "codellama" + rest
	}
	rest := strings.TrimPrefix(slug, "llama")
	rest = strings.TrimPrefix(rest, "-")
	if len(rest) > 1 && rest[0] == 'v' && isDigit(rest[1]) {
		rest = rest[1:]
	}
	if rest == "" {
		return "llama"
	}
	return "llama-" + rest
}

// respellClaude puts the tier first from Claude 4 on, and the version first before it, as Anthropic does:
// "claude-4-5-haiku" is "claude-haiku-4-5", "claude-sonnet-3-5" is "claude-3-5-sonnet". "4.0" is 4.
func respellClaude(slug string) string {
	rest := slug[len("claude-"):]
	for _, tier := range [...]string{"opus", "sonnet", "haiku", "fable", "mythos"} {
		if after, ok := strings.CutPrefix(rest, tier); ok {
			version, tail := cutVersion(strings.TrimPrefix(after, "-"))
			switch {
			case version == "":
				return slug
			case version < "4":
				return "claude-" + version + "-" + tier + tail
			}
			return "claude-" + tier + "-" + version + tail
		}
	}
	version, tail := cutVersion(rest)
	if version == "" || version < "4" || len(tail) < 2 {
		return slug
	}
	for _, tier := range [...]string{"opus", "sonnet", "haiku", "fable", "mythos"} {
		if after, ok := strings.CutPrefix(tail[1:], tier); ok {
			return "claude-" + tier + "-" + version + after
		}
	}
	return slug
}

// cutVersion reads "4-5" or "4" at the start; the tail keeps its hyphen. A second number of more than one digit is a
// date.
func cutVersion(text string) (version, tail string) {
	if text == "" || !isDigit(text[0]) || len(text) > 1 && isDigit(text[1]) {
		return "", text
	}
	if len(text) >= 3 && text[1] == '-' && isDigit(text[2]) && (len(text) == 3 || text[3] == '-') {
		if text[2] == '0' {
			return text[:1], text[3:]
		}
		return text[:3], text[3:]
	}
	return text[:1], text[1:]
}

// respellGPT reads Azure's and Venice's two digits without a point: "gpt-35-turbo", "gpt-54-mini".
func respellGPT(slug string) string {
	rest := slug[len("gpt-"):]
	if len(rest) >= 2 && '3' <= rest[0] && rest[0] <= '9' && isDigit(rest[1]) && rest[1] != '0' &&
		(len(rest) == 2 || rest[2] == '-') {
		return "gpt-" + rest[:1] + "-" + rest[1:]
	}
	return slug
}

// respellQwen writes the generation without a hyphen, as the lab does: "qwen-3-32b" and "qwen-v2-5-7b" are "qwen3-32b"
// and "qwen2-5-7b"; "qwen25-coder" is "qwen2-5-coder".
func respellQwen(slug string) string {
	if rest, ok := strings.CutPrefix(slug, "code-qwen"); ok {
		return "codeqwen" + rest
	}
	rest := slug[len("qwen"):]
	trimmed := strings.TrimPrefix(strings.TrimPrefix(rest, "-"), "v")
	if len(trimmed) > 0 && isDigit(trimmed[0]) && (len(trimmed) == 1 || trimmed[1] == '-') {
		return "qwen" + trimmed
	}
	if strings.HasPrefix(rest, "25-") {
		return "qwen2-5-" + rest[3:]
	}
	return slug
}
