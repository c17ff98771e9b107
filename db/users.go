package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// PasswordHash is an argon2id hash in PHC form. It prints as "[secret]", so that a log line cannot leak it.
type PasswordHash string

func (PasswordHash) String() string { return "[secret]" }

// GoString hides the hash from %#v too.
func (PasswordHash) GoString() string { return "[secret]" }

// MarshalText hides the hash from JSON, and from slog through it.
func (PasswordHash) MarshalText() ([]byte, error) { return []byte("[secret]"), nil }

// User is a person who can sign in.
type User struct {
	ID           string
	Email        string // as typed
	EmailKey     string // lower case; unique
	PasswordHash PasswordHash
	Name         string
	Theme        string // "", "light" or "dark"; empty follows the system
	Locale       string // BCP 47, "" is the default
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// NewAccount is what sign-up asks for.
type NewAccount struct {
	Email, Name, TeamName string
	PasswordHash          PasswordHash
}

// CreateAccount makes a user and their first team, of which they are the admin. An e-mail address that is taken, in
// whatever case, is ErrConflict.
func (s *Store) CreateAccount(ctx context.Context, a NewAccount) (User, Team, error) {
	var user User
	var team Team
	err := s.transaction(ctx, "create account", func(tx *gorm.DB, now time.Time) error {
		user = s.newUser(a, now)
		if err := insertUser(tx, &user); err != nil {
			return err
		}
		var err error
		team, err = s.createTeam(tx, now, user.ID, a.TeamName)
		return err
	})
	return user, team, err
}

// createTeam makes a team with the user as its admin.
func (s *Store) createTeam(tx *gorm.DB, now time.Time, userID, name string) (Team, error) {
	team := Team{ID: s.newID(), Name: name, CreatedAt: now, UpdatedAt: now}
	if err := tx.Create(&team).Error; err != nil {
		return team, err
	}
	if err := tx.Create(&Membership{TeamID: team.ID, UserID: userID, Role: Admin, CreatedAt: now}).Error; err != nil {
		return team, err
	}
	return team, s.audit(tx, now, AuditEntry{TeamID: team.ID, UserID: userID, Action: "team.create", Subject: team.ID})
}

func (s *Store) newUser(a NewAccount, now time.Time) User {
	return User{
		ID: s.newID(), Email: a.Email, EmailKey: EmailKey(a.Email), PasswordHash: a.PasswordHash, Name: a.Name,
		CreatedAt: now, UpdatedAt: now,
	}
}

// insertUser does not provoke the unique index, because a failed statement would end PostgreSQL's transaction and be
// logged as an error, which a taken address is not.
func insertUser(tx *gorm.DB, user *User) error {
	result := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "email_key"}}, DoNothing: true}).Create(user)
	if result.Error == nil && result.RowsAffected == 0 {
		return fmt.Errorf("e-mail address: %w", ErrConflict)
	}
	return result.Error
}

// UserByEmail finds a user by address in any case.
func (s *Store) UserByEmail(ctx context.Context, email string) (User, error) {
	return s.user(ctx, "email_key = ?", EmailKey(email))
}

// User finds a user by id.
func (s *Store) User(ctx context.Context, id string) (User, error) { return s.user(ctx, "id = ?", id) }

func (s *Store) user(ctx context.Context, where string, arg string) (User, error) {
	var user User
	err := s.reader(ctx).Where(where, arg).Take(&user).Error
	return user, translate("load user", err)
}

// Profile is what users change about themselves.
type Profile struct{ Name, Theme, Locale string }

// SetProfile changes a user's name and preferences.
func (s *Store) SetProfile(ctx context.Context, userID string, p Profile) error {
	return s.updateUser(ctx, userID, User{Name: p.Name, Theme: p.Theme, Locale: p.Locale}, "name", "theme", "locale")
}

// SetPassword replaces a user's password hash.
func (s *Store) SetPassword(ctx context.Context, userID string, hash PasswordHash) error {
	return s.updateUser(ctx, userID, User{PasswordHash: hash}, "password_hash")
}

// updateUser writes the named columns, empty values too.
func (s *Store) updateUser(ctx context.Context, userID string, changed User, columns ...string) error {
	return s.transaction(ctx, "update user", func(tx *gorm.DB, now time.Time) error {
		changed.UpdatedAt = now
		return oneRow(tx.Model(&User{}).Where("id = ?", userID).Select(append(columns, "updated_at")).Updates(&changed))
	})
}

// oneRow is ErrNotFound when a statement touched no row.
func oneRow(result *gorm.DB) error {
	if result.Error == nil && result.RowsAffected == 0 {
		return ErrNotFound
	}
	return result.Error
}

// EmailKey is the same for addresses that differ only in case or in spaces around them: they are one account.
func EmailKey(email string) string { return strings.ToLower(strings.TrimSpace(email)) }
