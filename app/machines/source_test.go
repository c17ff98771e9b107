package machines

import (
	"testing"
)

func TestASourceLeadsToWhereItWasRead(t *testing.T) {
	for source, want := range map[string]string{
		"aws/karpenter-provider-aws pkg/providers/x.go @1d927085": "https://github.com/aws/" +
			"karpenter-provider-aws",
		"docs.cloud.google.com/tpu/docs/v5e (int8 393 TOPS; no fp8)": "https://docs.cloud.google.com/tpu/docs/v5e",
		"SemiAnalysisAI/InferenceX-app packages/app/src/lib/gpu-specs.ts": "https://github.com/SemiAnalysisAI/" +
			"InferenceX-app",
		"InferenceX-app gpu-specs.ts; tdp from memory": "",
		"from memory":            "",
		`"same mirror"`:          "",
		"a/b/c is no repository": "",
		"javascript:alert(1)/x":  "",
		"search pages: copy of aws.amazon.com/ec2/capacityblocks/pricing (mirror)": "",
	} {
		if got := sourceURL(source); got != want {
			t.Errorf("%s leads to %q, want %q", source, got, want)
		}
	}
}
