package accounts_test

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

	"headroom/app/sitetest"
)

func TestSignUp(t *testing.T) {
	t.Run("name, address, password and team make an account that is signed in", func(t *testing.T) {
		s := sitetest.NewSite(t)
		b := s.Browser()
		page := b.Get("/sign-up").Is(200)
		for field, autocomplete := range map[string]string{"name": "name", "email": "username",
			"password": "new-password", "team": "organization"} {
			if got := page.Page.Find(`[name="`+field+`"]`).AttrOr("autocomplete", ""); got != autocomplete {
				t.Errorf("%s has autocomplete %q, want %q", field, got, autocomplete)
			}
		}
		b.Submit(page, "/sign-up", "name", "Ada Lovelace", "email", "Ada@Example.org", "password",
			sitetest.GoodPassword, "team", "Engines").To("/plans")
		b.Get("/plans").Is(200).Says(".avatar", "AL").Says("#user-menu", "Ada Lovelace", "Engines · admin").
			Says(".empty", "No plans in Engines yet")
	})

	bad := []struct{ name, field, value, want string }{
		{"an empty name is refused", "name", " ", "Tell us your name"},
		{"a name with a control character is refused", "name", "A\x07da", "control character"},
		{"a long name is refused", "name", strings.Repeat("x", 101), "at most 100"},
		{"an address without a domain is refused", "email", "ada", "name@example.org"},
		{"an address with a display name is refused", "email", "Ada <ada@example.org>", "name@example.org"},
		{"a password of nine characters is refused", "password", "nine chrs", "at least 10"},
		{"the address as a password is refused", "password", "ada@example.org", "too easy to guess"},
		{"a run of digits is refused", "password", "1234567890", "too easy to guess"},
		{"one repeated letter is refused", "password", "aaaaaaaaaaaa", "too easy to guess"},
		{"password with a few digits is refused", "password", "Password123", "too easy to guess"},
		{"an overlong password is refused", "password", strings.Repeat("pass word ", 60), "at most 512"},
		{"an empty team is refused", "team", "", "Name the team"},
	}
	for _, test := range bad {
		t.Run(test.name, func(t *testing.T) {
			form := map[string]string{"name": "Ada", "email": "ada@example.org", "password": sitetest.GoodPassword,
				"team": "Engines", "next": "/prices"}
			form[test.field] = test.value
			var pairs []string
			for name, value := range form {
				pairs = append(pairs, name, value)
			}
			answer := sitetest.NewSite(t).Browser().Post("/sign-up", pairs...).Is(422)
			answer.Says("#"+test.field+"-error", test.want).Says(".error-summary", "1 field needs")
			if got := answer.Page.Find("#"+test.field).AttrOr("aria-invalid", ""); got != "true" {
				t.Errorf("aria-invalid is %q", got)
			}
			for _, name := range []string{"name", "email", "team", "next"} {
				answer.Holds(name, strings.TrimSpace(form[name]))
			}
			if strings.Contains(answer.Body, sitetest.GoodPassword) {
				t.Error("the password is in the page")
			}
		})
	}

	t.Run("an address that is taken in another case is said so and the input stays", func(t *testing.T) {
		s := sitetest.NewSite(t)
		s.Member("Ada")
		s.Browser().Post("/sign-up", "name", "Eve", "email", "ADA@example.org", "password", sitetest.GoodPassword,
			"team", "E").
			Is(422).Says("#email-error", "Sign in instead").Holds("name", "Eve")
	})
	t.Run("an address of the internet may not make accounts without end", func(t *testing.T) {
		s := sitetest.NewSite(t)
		b := s.Browser()
		for range 20 {
			b.Post("/sign-up", "name", "").Is(422)
		}
		b.Post("/sign-up", "name", "Kept").Is(429).Says("#sign-up-problem", "Too many new accounts").
			Holds("name", "Kept")
	})
}

func TestSignIn(t *testing.T) {
	s := sitetest.NewSite(t)
	s.Member("Ada")

	t.Run("address in any case and password open the account", func(t *testing.T) {
		b := s.Browser()
		b.Post("/sign-in", "email", " ADA@example.org", "password", sitetest.GoodPassword).To("/plans")
		b.Get("/plans").Is(200)
		b.Get("/sign-in?next=/prices").To("/prices")
	})
	t.Run("the answer is the same for a wrong password and an unknown address", func(t *testing.T) {
		wrong := s.Browser().Post("/sign-in", "email", "ada@example.org", "password", "wrong password").Is(422)
		unknown := s.Browser().Post("/sign-in", "email", "bob@example.org", "password", "wrong password").Is(422)
		wrong.Says("#sign-in-problem", "Address or password is not right. Check both and try again.").
			Holds("email", "ada@example.org").Holds("password", "")
		if strings.ReplaceAll(wrong.Body, "ada@", "bob@") != unknown.Body {
			t.Error("the two pages differ")
		}
	})
	t.Run("after ten wrong tries the next is refused, for this address only", func(t *testing.T) {
		b := s.Browser()
		for range 10 {
			b.Post("/sign-in", "email", "carl@example.org", "password", "wrong password").Is(422)
		}
		b.Post("/sign-in", "email", "carl@example.org", "password", sitetest.GoodPassword).Is(429).
			Says("#sign-in-problem", "Too many tries").Holds("email", "carl@example.org")
		b.Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).To("/plans")
	})
	t.Run("one address may not try many accounts without end", func(t *testing.T) {
		if testing.Short() {
			t.Skip("hashes a hundred passwords, one after another")
		}
		b := sitetest.NewSite(t).Browser()
		for i := range 100 {
			b.Post("/sign-in", "email", fmt.Sprintf("user%d@example.org", i), "password", strings.Repeat("x", 512+1)).
				Is(422)
		}
		b.Post("/sign-in", "email", "another@example.org", "password", sitetest.GoodPassword).Is(429)
	})
	t.Run("many at once all get an answer", func(t *testing.T) {
		s := sitetest.NewSite(t)
		var group sync.WaitGroup
		for i := range 4 * 4 {
			group.Go(func() {
				s.Browser().Post("/sign-in", "email", fmt.Sprintf("user%d@example.org", i), "password",
					sitetest.GoodPassword).Is(422)
			})
		}
		group.Wait()
	})
	t.Run("signing in goes back to where the reader was", func(t *testing.T) {
		b := s.Browser()
		refused := b.Get("/team?x=1&y=2").To("/sign-in?next=%2Fteam%3Fx%3D1%26y%3D2")
		page := b.Get(refused.Location).Is(200)
		b.Submit(page, "/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).To("/team?x=1&y=2")
	})
	t.Run("signing in never leads to another site", func(t *testing.T) {
		s := sitetest.NewSite(t)
		s.Member("Ada")
		for _, next := range []string{"https://evil.example/", "//evil.example/", "/\\evil.example",
			"\t//evil.example", "/\t/evil.example", "javascript:alert(1)", "evil", ""} {
			s.Browser().Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword, "next", next).
				To("/plans")
		}
	})
	t.Run("signing in never leads back to the sign-in page", func(t *testing.T) {
		s.Browser().Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword, "next",
			"/sign-in?next=/plans").To("/plans")
	})
	t.Run("signing out ends the session on the server", func(t *testing.T) {
		b := s.Browser()
		b.Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).To("/plans")
		here, _ := url.Parse(s.Server.URL)
		kept := b.Client.Jar.Cookies(here)
		b.Post("/sign-out").To("/")
		b.Client.Jar.SetCookies(here, kept)
		b.Get("/plans").Is(303)
	})
	t.Run("a session planted before signing in is worth nothing after it", func(t *testing.T) {
		b := s.Browser()
		b.Post("/plans", "plan", sitetest.PlanDocument("40000")).To("/sign-up") // begins a session
		here, _ := url.Parse(s.Server.URL)
		planted := b.Client.Jar.Cookies(here)
		b.Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).Is(303)
		thief := s.Browser()
		thief.Client.Jar.SetCookies(here, planted)
		thief.Get("/plans").Is(303)
	})
}

func TestSessionCookie(t *testing.T) {
	s := sitetest.NewSite(t)
	answer := s.Browser().Post("/sign-up", "name", "Ada", "email", "ada@example.org", "password", sitetest.GoodPassword,
		"team", "T").Is(303)
	cookie := answer.Header.Get("Set-Cookie")
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
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	before := s.Server.URL
	s.Start()
	old, _ := url.Parse(before)
	here, _ := url.Parse(s.Server.URL)
	b.Client.Jar.SetCookies(here, b.Client.Jar.Cookies(old))
	b.Get("/plans").Is(200)
}

func TestAReaderWithoutAccountGetsNoCookie(t *testing.T) {
	s := sitetest.NewSite(t)
	for _, path := range []string{"/", "/sign-up", "/sign-in", "/no/such/page"} {
		if cookie := s.Browser().Get(path).Header.Get("Set-Cookie"); cookie != "" {
			t.Errorf("%s sets %q", path, cookie)
		}
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	b.Header = http.Header{"Sec-Fetch-Site": {"cross-site"}}
	for _, path := range []string{"/plans", "/plans/x/delete", "/sign-in", "/sign-out", "/account", "/account/password",
		"/team", "/theme"} {
		b.Post(path, "name", "x").Is(403).Says("h1", "Refused")
	}
	b.Header = http.Header{"Origin": {"https://evil.example"}}
	b.Post("/team", "name", "x").Is(403)
}

func TestVisitorsAreSentToSignIn(t *testing.T) {
	s := sitetest.NewSite(t)
	for _, path := range []string{"/plans", "/plans/x", "/plans/x.json", "/plans/x/versions", "/plans/x/versions/1",
		"/account", "/team"} {
		s.Browser().Get(path).To("/sign-in?next=" + url.QueryEscape(path))
	}
	for _, path := range []string{"/plans/x", "/plans/x/rename", "/plans/x/copy", "/plans/x/delete",
		"/plans/x/restore", "/plans/x/versions/1/restore", "/account", "/account/password", "/team"} {
		s.Browser().Post(path).To("/sign-in?next=%2Fplans")
	}
}

func TestAccountPage(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	t.Run("name and colours are saved and shown everywhere", func(t *testing.T) {
		page := b.Get("/account").Is(200).Says(".lead", "ada@example.org").Holds("name", "Ada")
		b.Submit(page, "/account", "name", "Ada Lovelace", "theme", "dark").To("/account")
		page = b.Get("/account").Says("#notices", "Your account is saved.").Holds("name", "Ada Lovelace")
		if got := page.Page.Find("html").AttrOr("data-theme", ""); got != "dark" {
			t.Errorf("theme %q, want dark", got)
		}
		if b.Get("/account").Page.Find("#notices .notice").Length() != 0 {
			t.Error("the notice is shown twice")
		}
	})
	t.Run("a bad name is refused and kept", func(t *testing.T) {
		b.Post("/account", "name", strings.Repeat("n", 101), "theme", "dark").Is(422).
			Says("#name-error", "at most 100").Holds("name", strings.Repeat("n", 101))
	})
	t.Run("a theme that there is not is refused", func(t *testing.T) {
		b.Post("/account", "name", "Ada", "theme", "pink").Is(422)
		b.Post("/theme", "theme", "pink").Is(400)
	})
	t.Run("the theme menu keeps the choice and goes back", func(t *testing.T) {
		b.Post("/theme", "theme", "light", "back", "/team?a=b").To("/team?a=b")
		if got := b.Get("/team").Page.Find("html").AttrOr("data-theme", ""); got != "light" {
			t.Errorf("theme %q, want light", got)
		}
		b.Post("/theme", "theme", "system", "back", "https://evil.example").To("/")
		if got := b.Get("/team").Page.Find("html").AttrOr("data-theme", "x"); got != "" {
			t.Errorf("theme %q, want the system's", got)
		}
	})
	t.Run("the password changes only with the present one", func(t *testing.T) {
		b.Post("/account/password", "present", "wrong password", "password", "another good phrase").
			Is(422).Says("#present-error", "not your present")
		b.Post("/account/password", "present", sitetest.GoodPassword, "password", "short").Is(422).
			Says("#password-error", "at least 10")
	})
	t.Run("a new password signs other devices out and keeps this one", func(t *testing.T) {
		other := s.Browser()
		other.Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).To("/plans")
		b.Post("/account/password", "present", sitetest.GoodPassword, "password", "another good phrase").To("/account")
		b.Get("/account").Is(200).Says("#notices", "Other devices have been signed out")
		other.Get("/account").Is(303)
		s.Browser().Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).Is(422)
		s.Browser().Post("/sign-in", "email", "ada@example.org", "password", "another good phrase").To("/plans")
	})
}

func TestTeamPage(t *testing.T) {
	s := sitetest.NewSite(t)
	ada, bob := s.Member("Ada"), s.Member("Bob")
	ada.Get("/team").Is(200).Says("h1", "Ada's team").Says("#members", "ada@example.org", "admin").
		Says("#log", "made the team")
	ada.Post("/team", "name", "").Is(422).Says("#name-error", "Enter the name")
	ada.Post("/team", "name", "Platform").To("/team")
	ada.Get("/team").Says("h1", "Platform").Says("#log", "renamed the team Platform")
	if strings.Contains(bob.Get("/team").Body, "Platform") {
		t.Error("another team sees the name")
	}
}

func TestAPageShowsTheNewestFiveNotices(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	b.Get("/account") // takes what signing up had to say
	for i := range 8 {
		b.Post("/team", "name", fmt.Sprint("Team ", i)).To("/team")
	}
	page := b.Get("/team").Says("#notices", "Team 3", "Team 7")
	if said := page.Page.Find("#notices").Text(); strings.Contains(said, "Team 2") ||
		strings.Count(said, "now called") != 5 {
		t.Errorf("the page says %q, want the newest five", said)
	}
}

func TestSecretsAreNotLogged(t *testing.T) {
	s := sitetest.NewSite(t)
	b := s.Member("Ada")
	b.Post("/account/password", "present", sitetest.GoodPassword, "password", "another good phrase").Is(303)
	s.Browser().Post("/sign-in", "email", "ada@example.org", "password", "tried password").Is(422)
	b.Post("/plans", "plan", sitetest.PlanDocument("40000"), "name", "Secret plan").Is(303)
	here, _ := url.Parse(s.Server.URL)
	secrets := []string{sitetest.GoodPassword, "another good phrase", "tried password", "argon2id", "Secret plan"}
	for _, cookie := range b.Client.Jar.Cookies(here) {
		secrets = append(secrets, cookie.Value)
	}
	log := s.Logged()
	if !strings.Contains(log, "/account/password") {
		t.Fatal("the log has no requests: this tests nothing")
	}
	for _, secret := range secrets {
		if strings.Contains(log, secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}

func TestSlowFormsKeepNobodyFromSigningIn(t *testing.T) {
	s := sitetest.NewSite(t)
	s.Member("Ada")
	for _, path := range []string{"/sign-in", "/sign-up", "/join", "/account/password"} {
		for range 20 {
			halfSent(s, path)
		}
	}
	signedIn := make(chan int, 1)
	go func() {
		signedIn <- s.Browser().Post("/sign-in", "email", "ada@example.org", "password", sitetest.GoodPassword).Status
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
func halfSent(s *sitetest.Site, path string) {
	s.T.Helper()
	connection, err := net.Dial("tcp", s.Server.Listener.Addr().String())
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { connection.Close() })
	_, err = fmt.Fprintf(connection, "POST %s HTTP/1.1\r\nHost: here\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nemail=ada", path)
	if err != nil {
		s.T.Fatal(err)
	}
}

func TestAFormThatEndsEarlyIsRefused(t *testing.T) {
	s := sitetest.NewSite(t)
	connection, err := net.Dial("tcp", s.Server.Listener.Addr().String())
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
