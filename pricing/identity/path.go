package identity

import "strings"

const (
	azure   = "azure"
	bedrock = "bedrock"
)

// parts is an id taken apart at its slashes.
type parts struct {
	native, scope, variant, commitment string
}

// splitPath takes off what stands before the seller's own id: LiteLLM's router prefix, a region, a data zone, a
// commitment, an image size. An image size stays in the native id, since the seller prices each size apart and the id
// must be unique.
func splitPath(s *seller, source Source, id string) parts {
	p := parts{native: id}
	if source != FromModelsDev {
		p.native = cutRouter(s, id)
	}
	if s.ID != bedrock && s.ID != azure && s.ID != "openai" {
		return p
	}
	rest, sizes := p.native, 0
	for {
		head, tail, found := strings.Cut(rest, "/")
		if !found || !p.take(s.ID, head) {
			break
		}
		rest = tail
		if isImageSize(head) {
			sizes++
		}
	}
	if sizes == 0 {
		p.native = rest
	}
	if s.ID == bedrock && strings.HasPrefix(p.native, "claude-") {
		p.native = "anthropic." + p.native // LiteLLM lists some without the lab that Bedrock's own id begins with
	}
	return p
}

// cutRouter takes off LiteLLM's name of the seller: "azure_ai/claude-opus-5" is "claude-opus-5".
func cutRouter(s *seller, id string) string {
	for _, prefix := range s.prefixes {
		if rest, ok := strings.CutPrefix(id, prefix); ok && len(rest) > 1 && rest[0] == '/' {
			return rest[1:]
		}
	}
	return id
}

// take reads one segment before the name, and reports false when it belongs to the name.
func (p *parts) take(seller, segment string) bool {
	switch {
	case isImageSize(segment):
		p.variant = strings.TrimSpace(p.variant + " " + segment)
	case seller == azure && (segment == "us" || segment == "eu"):
		p.scope = "datazone:" + segment
	case seller == azure && (segment == "global" || segment == "global-standard"):
		p.scope = "global"
	case seller == bedrock && isRegion(segment):
		p.scope = "region:" + segment
	case seller == bedrock && strings.HasSuffix(segment, "-commitment"):
		p.commitment = strings.TrimSuffix(segment, "-commitment")
	case seller == bedrock && (segment == "*" || segment == "invoke" || segment == "converse" || segment == bedrock):
	default:
		return false
	}
	return true
}

// isImageSize knows the segments that name the size and quality of a generated image: "1024-x-1024", "hd", "50-steps".
func isImageSize(segment string) bool {
	switch segment {
	case "hd", "standard", "low", "medium", "high", "max-x-max":
		return true
	}
	return strings.Contains(segment, "-x-") || strings.HasSuffix(segment, "-steps")
}

// isRegion knows AWS region codes: "eu-west-1", "us-gov-east-1".
func isRegion(segment string) bool {
	n := len(segment)
	return n >= 9 && isDigit(segment[n-1]) && segment[n-2] == '-' && segment[2] == '-' &&
		strings.Count(segment, "-") >= 2
}

// geoPrefixes are Bedrock's cross-region inference profiles.
var geoPrefixes = [...]string{"global.", "us-gov.", "us.", "eu.", "jp.", "au.", "apac.", "ca."}

// cutGeo splits "us.anthropic.claude-..." into "us" and the rest.
func cutGeo(name string) (geo, rest string) {
	for _, prefix := range geoPrefixes {
		if strings.HasPrefix(name, prefix) {
			return prefix[:len(prefix)-1], name[len(prefix):]
		}
	}
	return "", name
}

// bedrockScope says where Bedrock serves an id. A region in the path wins over the profile's prefix.
func bedrockScope(id *Identity) string {
	if id.Scope != "default" {
		return id.Scope
	}
	geo, _ := cutGeo(id.NativeID)
	switch {
	case geo == "global":
		return "global"
	case geo != "":
		return "geo:" + geo
	case id.Lab == "anthropic" && id.Model != "" && !beforeClaude45(id.Model):
		return "in-region"
	}
	return "default"
}

// beforeClaude45 reports whether a Claude model has one Bedrock price for every profile. The uplift of 10 % in a region
// or a geography began with Claude 4.5 (AWS pricing page, 2026-07-24).
func beforeClaude45(model string) bool {
	name := strings.TrimPrefix(model, "anthropic/claude-")
	switch name {
	case "1", "2", "2-1", "instant", "opus-4", "opus-4-1", "sonnet-4":
		return true
	}
	return strings.HasPrefix(name, "3-")
}
