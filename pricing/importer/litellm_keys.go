package importer

import (
	"strconv"
	"strings"

	"headroom/pricing/catalog"
)

// priceKey is what a price key of LiteLLM means.
type priceKey struct {
	dimension catalog.Dimension
	tier      catalog.ServiceTier
	above     int64
	shift     int32 // power of ten from LiteLLM's unit to the catalogue's: 6 for tokens and pixels
}

// litellmDimensions are the price keys without suffixes. Those of tokens are per token, the others per item.
var litellmDimensions = map[string]priceKey{
	"input_cost_per_token":                  perToken(catalog.Input),
	"output_cost_per_token":                 perToken(catalog.Output),
	"cache_read_input_token_cost":           perToken(catalog.CacheRead),
	"input_cost_per_token_cache_hit":        perToken(catalog.CacheRead), // DeepSeek's word
	"cache_creation_input_token_cost":       perToken(catalog.CacheWrite5m),
	"output_cost_per_reasoning_token":       perToken(catalog.Reasoning),
	"input_cost_per_audio_token":            perToken(catalog.AudioInput),
	"cache_read_input_audio_token_cost":     perToken(catalog.AudioCacheRead),
	"cache_creation_input_audio_token_cost": perToken(catalog.AudioCacheWrite),
	"output_cost_per_audio_token":           perToken(catalog.AudioOutput),
	"input_cost_per_image_token":            perToken(catalog.ImageInput),
	"output_cost_per_image_token":           perToken(catalog.ImageOutput),
	"output_cost_per_video_token":           perToken(catalog.VideoOutput),
	"citation_cost_per_token":               perToken(catalog.Citation),
	"input_cost_per_pixel":                  perToken(catalog.MillionPixels),
	"output_cost_per_pixel":                 perToken(catalog.MillionPixels),
	"input_cost_per_image":                  perItem(catalog.PerInputImage),
	"output_cost_per_image":                 perItem(catalog.PerImage),
	"input_cost_per_second":                 perItem(catalog.PerSecond),
	"output_cost_per_second":                perItem(catalog.PerOutputSecond),
	"input_cost_per_audio_per_second":       perItem(catalog.PerAudioSecond),
	"input_cost_per_video_per_second":       perItem(catalog.PerVideoSecond),
	"output_cost_per_video_per_second":      perItem(catalog.PerVideoSecondOut),
	"input_cost_per_character":              perItem(catalog.PerCharacter),
	"output_cost_per_character":             perItem(catalog.PerOutputCharacter),
	"input_cost_per_query":                  perItem(catalog.PerQuery),
	"input_cost_per_request":                perItem(catalog.PerRequest),
	"ocr_cost_per_page":                     perItem(catalog.PerPage),
	"annotation_cost_per_page":              perItem(catalog.PerAnnotatedPage),
	"code_interpreter_cost_per_session":     perItem(catalog.PerSession),
	"search_context_cost_per_query":         perItem(catalog.PerSearch),
}

func perToken(d catalog.Dimension) priceKey { return priceKey{d, catalog.Standard, 0, 6} }
func perItem(d catalog.Dimension) priceKey  { return priceKey{d, catalog.Standard, 0, 0} }

// parsePriceKey reads a price key with its suffixes, in any order:
// "cache_read_input_token_cost_above_272k_tokens_priority".
func parsePriceKey(key string) (priceKey, bool) {
	var above int64
	var oneHour bool
	tier := catalog.Standard
	for {
		if p, ok := litellmDimensions[key]; ok {
			p.above, p.tier = above, tier
			if oneHour {
				ok = p.dimension == catalog.CacheWrite5m
				p.dimension = catalog.CacheWrite1h
			}
			return p, ok
		}
		cut := false
		if rest, ok := strings.CutSuffix(key, "_above_1hr"); ok && !oneHour {
			key, oneHour, cut = rest, true, true
		}
		if rest, t, ok := cutTier(key); ok && tier == catalog.Standard {
			key, tier, cut = rest, t, true
		}
		if rest, n, ok := cutContext(key); ok && above == 0 {
			key, above, cut = rest, n, true
		}
		if !cut {
			return priceKey{}, false
		}
	}
}

func cutTier(key string) (rest string, tier catalog.ServiceTier, ok bool) {
	for suffix, t := range map[string]catalog.ServiceTier{
		"_batches": catalog.Batch, "_batch": catalog.Batch, "_flex": catalog.Flex, "_priority": catalog.Priority,
	} {
		if rest, ok := strings.CutSuffix(key, suffix); ok {
			return rest, t, true
		}
	}
	return key, "", false
}

// cutContext reads the suffix "_above_200k_tokens" as 200,000.
func cutContext(key string) (rest string, above int64, ok bool) {
	i := strings.LastIndex(key, "_above_")
	if i < 0 {
		return key, 0, false
	}
	digits, ok := strings.CutSuffix(key[i+len("_above_"):], "k_tokens")
	n, err := strconv.ParseInt(digits, 10, 32)
	if !ok || err != nil || n <= 0 {
		return key, 0, false
	}
	return key[:i], n * 1000, true
}

// looksLikePrice reports whether a key that was not understood may be a price, so that it must be reported.
func looksLikePrice(key string) bool {
	for _, word := range []string{"cost", "price", "pricing", "uplift", "multiplier", "fee"} {
		if strings.Contains(key, word) {
			return true
		}
	}
	return false
}
