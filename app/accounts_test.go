package app

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"headroom/db"
)

func TestSignUp(t *testing.T) {
	t.Run("name, address, password and team make an account that is signed in", func(t *testing.T) {
		s := newSite(t)
		b := s.browser()
		page := b.get("/sign-up").is(200)
		for field, autocomplete := range map[string]string{"name": "name", "email": "username", "password": "new-password", "team": "organization"} {
			if got := page.page.Find(`[name="`+field+`"]`).AttrOr("autocomplete", ""); got != autocomplete {
				t.Errorf("%s has autocomplete %q, want %q", field, got, autocomplete)
			}
		}
		b.submit(page, "/sign-up", "name", "Ada Lovelace", "email", "Ada@Example.org", "password", goodPassword, "team", "Engines").to("/plans")
		b.get("/plans").is(200).says(".avatar", "AL").says("#user-menu", "Ada Lovelace", "Engines · admin").says(".empty", "No plans in Engines yet")
	})

	bad := []struct{ name, field, value, want string }{
		{"an empty name is refused", "name", " ", "Tell us your name"},
		{"a name with a control character is refused", "name", "A\x07da", "control character"},
		{"a long name is refused", "name", strings.Repeat("x", 101), "at most 100"},
		{"an address without a domain is refused", "email", "ada", "name@example.org"},
		{"an address with a display name is refused", "email", "Ada <ada@example.org>", "name@example.org"},
		{"a password of nine characters is refused", "password", "nine chrs", "at least 10"},
		{"the address as a password is refused", "password", "ada@example.org", "first that anybody"},
		{"a run of digits is refused", "password", "1234567890", "first that anybody"},
		{"one repeated letter is refused", "password", "aaaaaaaaaaaa", "first that anybody"},
		{"password with a few digits is refused", "password", "Password123", "first that anybody"},
		{"an overlong password is refused", "password", strings.Repeat("pass word ", 60), "at most 512"},
		{"an empty team is refused", "team", "", "Name the team"},
	}
	for _, test := range bad {
		t.Run(test.name, func(t *testing.T) {
			form := map[string]string{"name": "Ada", "email": "ada@example.org", "password": goodPassword, "team": "Engines", "next": "/prices"}
			form[test.field] = test.value
			var pairs []string
			for name, value := range form {
				pairs = append(pairs, name, value)
			}
			answer := newSite(t).browser().post("/sign-up", pairs...).is(422)
			answer.says("#"+test.field+"-error", test.want).says(".error-summary", "1 field needs")
			if got := answer.page.Find("#"+test.field).AttrOr("aria-invalid", ""); got != "true" {
				t.Errorf("aria-invalid is %q", got)
			}
			for _, name := range []string{"name", "email", "team", "next"} {
				answer.holds(name, strings.TrimSpace(form[name]))
			}
			if strings.Contains(answer.body, goodPassword) {
				t.Error("the password is in the page")
			}
		})
	}

	t.Run("an address that is taken in another case is said so and the input stays", func(t *testing.T) {
		s := newSite(t)
		s.member("Ada")
		s.browser().post("/sign-up", "name", "Eve", "email", "ADA@example.org", "password", goodPassword, "team", "E").
			is(422).says("#email-error", "Sign in instead").holds("name", "Eve")
	})
	t.Run("an address of the internet may not make accounts without end", func(t *testing.T) {
		s := newSite(t)
		b := s.browser()
		for range 20 {
			b.post("/sign-up", "name", "").is(422)
		}
		b.post("/sign-up", "name", "Kept").is(429).says("#sign-up-problem", "Too many new accounts").holds("name", "Kept")
	})
}

func TestSignIn(t *testing.T) {
	s := newSite(t)
	s.member("Ada")

	t.Run("address in any case and password open the account", func(t *testing.T) {
		b := s.browser()
		b.post("/sign-in", "email", " ADA@example.org", "password", goodPassword).to("/plans")
		b.get("/plans").is(200)
		b.get("/sign-in?next=/prices").to("/prices")
	})
	t.Run("the answer is the same for a wrong password and an unknown address", func(t *testing.T) {
		wrong := s.browser().post("/sign-in", "email", "ada@example.org", "password", "wrong password").is(422)
		unknown := s.browser().post("/sign-in", "email", "bob@example.org", "password", "wrong password").is(422)
		wrong.says("#sign-in-problem", "Address or password is not right. Check both and try again.").holds("email", "ada@example.org").holds("password", "")
		if strings.ReplaceAll(wrong.body, "ada@", "bob@") != unknown.body {
			t.Error("the two pages differ")
		}
	})
	t.Run("after ten wrong tries the next is refused, for this address only", func(t *testing.T) {
		b := s.browser()
		for range 10 {
			b.post("/sign-in", "email", "carl@example.org", "password", "wrong password").is(422)
		}
		b.post("/sign-in", "email", "carl@example.org", "password", goodPassword).is(429).says("#sign-in-problem", "Too many tries").holds("email", "carl@example.org")
		b.post("/sign-in", "email", "ada@example.org", "password", goodPassword).to("/plans")
	})
	t.Run("one address may not try many accounts without end", func(t *testing.T) {
		b := newSite(t).browser()
		for i := range 100 {
			b.post("/sign-in", "email", fmt.Sprintf("user%d@example.org", i), "password", strings.Repeat("x", 512+1)).is(422)
		}
		b.post("/sign-in", "email", "another@example.org", "password", goodPassword).is(429)
	})
	t.Run("many at once all get an answer", func(t *testing.T) {
		s := newSite(t)
		var group sync.WaitGroup
		for i := range 4 * 4 {
			group.Go(func() {
				s.browser().post("/sign-in", "email", fmt.Sprintf("user%d@example.org", i), "password", goodPassword).is(422)
			})
		}
		group.Wait()
	})
	t.Run("signing in goes back to where the reader was", func(t *testing.T) {
		b := s.browser()
		refused := b.get("/team?x=1&y=2").to("/sign-in?next=%2Fteam%3Fx%3D1%26y%3D2")
		page := b.get(refused.location).is(200)
		b.submit(page, "/sign-in", "email", "ada@example.org", "password", goodPassword).to("/team?x=1&y=2")
	})
	t.Run("signing in never leads to another site", func(t *testing.T) {
		s := newSite(t)
		s.member("Ada")
		for _, next := range []string{"https://evil.example/", "//evil.example/", "/\\evil.example", "\t//evil.example", "/\t/evil.example", "javascript:alert(1)", "evil", ""} {
			s.browser().post("/sign-in", "email", "ada@example.org", "password", goodPassword, "next", next).to("/plans")
		}
	})
	t.Run("signing in never leads back to the sign-in page", func(t *testing.T) {
		s.browser().post("/sign-in", "email", "ada@example.org", "password", goodPassword, "next", "/sign-in?next=/plans").to("/plans")
	})
	t.Run("signing out ends the session on the server", func(t *testing.T) {
		b := s.browser()
		b.post("/sign-in", "email", "ada@example.org", "password", goodPassword).to("/plans")
		here, _ := url.Parse(s.server.URL)
		kept := b.client.Jar.Cookies(here)
		b.post("/sign-out").to("/")
		b.client.Jar.SetCookies(here, kept)
		b.get("/plans").is(303)
	})
	t.Run("a session planted before signing in is worth nothing after it", func(t *testing.T) {
		b := s.browser()
		b.post("/plans", "plan", planDocument("40000")).to("/sign-up") // begins a session
		here, _ := url.Parse(s.server.URL)
		planted := b.client.Jar.Cookies(here)
		b.post("/sign-in", "email", "ada@example.org", "password", goodPassword).is(303)
		thief := s.browser()
		thief.client.Jar.SetCookies(here, planted)
		thief.get("/plans").is(303)
	})
}

func TestSessionCookie(t *testing.T) {
	s := newSite(t)
	answer := s.browser().post("/sign-up", "name", "Ada", "email", "ada@example.org", "password", goodPassword, "team", "T").is(303)
	cookie := answer.header.Get("Set-Cookie")
	for _, want := range []string{"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age="} {
		if !strings.Contains(cookie, want) {
			t.Errorf("cookie %q lacks %s", cookie, want)
		}
	}
	if strings.Contains(cookie, "Secure") {
		t.Errorf("cookie %q is Secure on plain HTTP: browsers would drop it", cookie)
	}
}

func TestASessionSurvivesARestart(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	before := s.server.URL
	s.start()
	old, _ := url.Parse(before)
	here, _ := url.Parse(s.server.URL)
	b.client.Jar.SetCookies(here, b.client.Jar.Cookies(old))
	b.get("/plans").is(200)
}

func TestAReaderWithoutAccountGetsNoCookie(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/", "/sign-up", "/sign-in", "/no/such/page"} {
		if cookie := s.browser().get(path).header.Get("Set-Cookie"); cookie != "" {
			t.Errorf("%s sets %q", path, cookie)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	b.header = http.Header{"Sec-Fetch-Site": {"cross-site"}}
	for _, path := range []string{"/plans", "/plans/x/delete", "/sign-in", "/sign-out", "/account", "/account/password", "/team", "/theme"} {
		b.post(path, "name", "x").is(403).says("h1", "Refused")
	}
	b.header = http.Header{"Origin": {"https://evil.example"}}
	b.post("/team", "name", "x").is(403)
}

func TestVisitorsAreSentToSignIn(t *testing.T) {
	s := newSite(t)
	for _, path := range []string{"/plans", "/plans/x", "/plans/x.json", "/plans/x/versions", "/plans/x/versions/1", "/account", "/team"} {
		s.browser().get(path).to("/sign-in?next=" + url.QueryEscape(path))
	}
	for _, path := range []string{"/plans/x", "/plans/x/rename", "/plans/x/copy", "/plans/x/delete", "/plans/x/restore", "/plans/x/versions/1/restore", "/account", "/account/password", "/team"} {
		s.browser().post(path).to("/sign-in?next=%2Fplans")
	}
}

func TestAccountPage(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	t.Run("name and colours are saved and shown everywhere", func(t *testing.T) {
		page := b.get("/account").is(200).says(".lead", "ada@example.org").holds("name", "Ada")
		b.submit(page, "/account", "name", "Ada Lovelace", "theme", "dark").to("/account")
		page = b.get("/account").says("#notices", "Your account is saved.").holds("name", "Ada Lovelace")
		if got := page.page.Find("html").AttrOr("data-theme", ""); got != "dark" {
			t.Errorf("theme %q, want dark", got)
		}
		if b.get("/account").page.Find("#notices .notice").Length() != 0 {
			t.Error("the notice is shown twice")
		}
	})
	t.Run("a bad name is refused and kept", func(t *testing.T) {
		b.post("/account", "name", strings.Repeat("n", 101), "theme", "dark").is(422).says("#name-error", "at most 100").holds("name", strings.Repeat("n", 101))
	})
	t.Run("a theme that there is not is refused", func(t *testing.T) {
		b.post("/account", "name", "Ada", "theme", "pink").is(422)
		b.post("/theme", "theme", "pink").is(400)
	})
	t.Run("the theme menu keeps the choice and goes back", func(t *testing.T) {
		b.post("/theme", "theme", "light", "back", "/team?a=b").to("/team?a=b")
		if got := b.get("/team").page.Find("html").AttrOr("data-theme", ""); got != "light" {
			t.Errorf("theme %q, want light", got)
		}
		b.post("/theme", "theme", "system", "back", "https://evil.example").to("/")
		if got := b.get("/team").page.Find("html").AttrOr("data-theme", "x"); got != "" {
			t.Errorf("theme %q, want the system's", got)
		}
	})
	t.Run("the password changes only with the present one", func(t *testing.T) {
		b.post("/account/password", "present", "wrong password", "password", "another good phrase").is(422).says("#present-error", "not your present")
		b.post("/account/password", "present", goodPassword, "password", "short").is(422).says("#password-error", "at least 10")
	})
	t.Run("a new password signs other devices out and keeps this one", func(t *testing.T) {
		other := s.browser()
		other.post("/sign-in", "email", "ada@example.org", "password", goodPassword).to("/plans")
		b.post("/account/password", "present", goodPassword, "password", "another good phrase").to("/account")
		b.get("/account").is(200).says("#notices", "Other devices have been signed out")
		other.get("/account").is(303)
		s.browser().post("/sign-in", "email", "ada@example.org", "password", goodPassword).is(422)
		s.browser().post("/sign-in", "email", "ada@example.org", "password", "another good phrase").to("/plans")
	})
}

func TestTeamPage(t *testing.T) {
	s := newSite(t)
	ada, bob := s.member("Ada"), s.member("Bob")
	ada.get("/team").is(200).says("h1", "Ada's team").says("#members", "ada@example.org", "admin").says("#log", "made the team")
	ada.post("/team", "name", "").is(422).says("#name-error", "Enter the name")
	ada.post("/team", "name", "Platform").to("/team")
	ada.get("/team").says("h1", "Platform").says("#log", "renamed the team Platform")
	if strings.Contains(bob.get("/team").body, "Platform") {
		t.Error("another team sees the name")
	}
}

func TestAPageShowsTheNewestFiveNotices(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	b.get("/account") // takes what signing up had to say
	for i := range 8 {
		b.post("/team", "name", fmt.Sprint("Team ", i)).to("/team")
	}
	page := b.get("/team").says("#notices", "Team 3", "Team 7")
	if said := page.page.Find("#notices").Text(); strings.Contains(said, "Team 2") || strings.Count(said, "now called") != 5 {
		t.Errorf("the page says %q, want the newest five", said)
	}
}

func TestSecretsAreNotLogged(t *testing.T) {
	s := newSite(t)
	b := s.member("Ada")
	b.post("/account/password", "present", goodPassword, "password", "another good phrase").is(303)
	s.browser().post("/sign-in", "email", "ada@example.org", "password", "tried password").is(422)
	b.post("/plans", "plan", planDocument("40000"), "name", "Secret plan").is(303)
	here, _ := url.Parse(s.server.URL)
	secrets := []string{goodPassword, "another good phrase", "tried password", "argon2id", "Secret plan"}
	for _, cookie := range b.client.Jar.Cookies(here) {
		secrets = append(secrets, cookie.Value)
	}
	log := s.logged()
	if !strings.Contains(log, "/account/password") {
		t.Fatal("the log has no requests: this tests nothing")
	}
	for _, secret := range secrets {
		if strings.Contains(log, secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}

func TestLocalPathsStayHere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.OneOf(rapid.String(), rapid.StringMatching(`[/\\a-z:@.?#%\t ]{0,12}`)).Draw(t, "next")
		got := localPath(typed, "/plans")
		base, _ := url.Parse("http://here.example/sign-in")
		to, err := base.Parse(got)
		if err != nil || to.Host != "here.example" || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.Contains(got, `\`) {
			t.Fatalf("%q leads to %q", typed, got)
		}
	})
}

func TestSlowFormsKeepNobodyFromSigningIn(t *testing.T) {
	s := newSite(t)
	s.member("Ada")
	for _, path := range []string{"/sign-in", "/sign-up", "/join", "/account/password"} {
		for range 20 {
			halfSent(s, path)
		}
	}
	signedIn := make(chan int, 1)
	go func() {
		signedIn <- s.browser().post("/sign-in", "email", "ada@example.org", "password", goodPassword).status
	}()
	select {
	case status := <-signedIn:
		if status != http.StatusSeeOther {
			t.Errorf("status %d, want to be signed in", status)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nobody can sign in while others send their form slowly")
	}
}

// halfSent opens a connection that posts half a form and then waits, as long as the test runs.
func halfSent(s *site, path string) {
	s.t.Helper()
	connection, err := net.Dial("tcp", s.server.Listener.Addr().String())
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { connection.Close() })
	_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: here\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=ada", path)
	if err != nil {
		s.t.Fatal(err)
	}
}

func TestAFormThatEndsEarlyIsRefused(t *testing.T) {
	s := newSite(t)
	connection, err := net.Dial("tcp", s.server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	const half = "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nada@exam"
	fmt.Fprintf(connection, "POST /sign-in HTTP/1.1\r\nHost: here\r\nContent-Type: multipart/form-data; boundary=x\r\n"+
		"Content-Length: %d\r\nConnection: close\r\n\r\n%s", len(half), half)
	answer, err := io.ReadAll(connection)
	if err != nil || !strings.HasPrefix(string(answer), "HTTP/1.1 400 ") {
		t.Errorf("got %.60s, %v, want 400", answer, err)
	}
}

func TestAWrongHashIsAnErrorAndNotAMatch(t *testing.T) {
	s := &Server{deps: Deps{Config: DefaultConfig()}, hashes: make(places, 1)}
	if ok, err := s.passwordMatches(t.Context(), "x", db.PasswordHash("not a hash")); ok || err == nil {
		t.Errorf("got %v %v", ok, err)
	}
	const production = "$argon2id$v=19$m=19456,t=2,p=1$"
	hash, err := s.hashPassword(t.Context(), goodPassword)
	if err != nil || !strings.HasPrefix(string(hash), production) || !strings.HasPrefix(nobodyHash, production) {
		t.Errorf("a password is hashed as %.40s, and nobody's as %.40s, want %s (%v)", string(hash), nobodyHash, production, err)
	}
	if ok, err := s.passwordMatches(t.Context(), "x", nobodyHash); ok || err != nil {
		t.Errorf("the hash of nobody: got %v %v", ok, err)
	}
}
