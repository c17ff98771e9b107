package sitetest

import (
	"fmt"
	"strings"

	"headroom/db"
	"headroom/pricing"
)

// SavePreset saves an example and gives its address.
func (b *Browser) SavePreset(name, id string) string {
	b.Site.T.Helper()
	preset, ok := pricing.PresetByID(id)
	if !ok {
		b.Site.T.Fatalf("no preset %s", id)
	}
	return b.Post("/plans", "plan", string(preset.Plan), "name", name).Is(303).Location
}

// PlanDocument is a small valid plan with that many users.
func PlanDocument(users string) string {
	return fmt.Sprintf(`{"schema":"headroom.plan/v1","name":"Support","start":"2026-09","months":24,
 "segments":{"all":{"users":{"curve":"exponential","start":%s,"monthly_growth":"0.080"}}},
 "workloads":{"chat":{"segment":"all","requests_per_user_day":6,"input_tokens":1500,"output_tokens":400,"routes":[{"offer":"a","share":1}]}},
 "offers":{"a":{"kind":"on_demand","provider":"own","prices":[{"from":"2026-01","input":"2.50","output":"15.00"}]}}}`, users)
}

// SavePlan saves a plan of the browser's reader and gives its address.
func (b *Browser) SavePlan(name, users string) string {
	b.Site.T.Helper()
	answer := b.Post("/plans", "plan", PlanDocument(users), "name", name, "view", "period=year").Is(303)
	if !strings.HasPrefix(answer.Location, "/plans/") {
		b.Site.T.Fatalf("saved to %q", answer.Location)
	}
	return answer.Location
}

// MemberOf is somebody new, signed in, in the first team of the user with that address.
func (s *Site) MemberOf(email, name string, role db.Role) *Browser {
	s.T.Helper()
	ctx := s.T.Context()
	owner, err := s.Store.UserByEmail(ctx, email)
	if err != nil {
		s.T.Fatal(err)
	}
	teams, err := s.Store.TeamsOf(ctx, owner.ID)
	if err != nil {
		s.T.Fatal(err)
	}
	token := name + "-invitation-of-this-test"
	if _, err := s.Store.Team(teams[0].TeamID).Invite(ctx, owner.ID, role, token); err != nil {
		s.T.Fatal(err)
	}
	b := s.Browser()
	b.Post("/join", "invitation", token, "name", name, "email", strings.ToLower(name)+"@example.org",
		"password", GoodPassword).To("/plans")
	return b
}
