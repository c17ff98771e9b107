package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// Role is what a member may do: a viewer reads, an editor also saves, an admin also manages the team.
type Role string

const (
	Viewer Role = "viewer"
	Editor Role = "editor"
	Admin  Role = "admin"
)

// CanEdit reports whether the role may change plans.
func (r Role) CanEdit() bool { return r == Editor || r == Admin }

// CanManage reports whether the role may change the team.
func (r Role) CanManage() bool { return r == Admin }

// Team owns plans.
type Team struct {
	ID, Name             string
	CreatedAt, UpdatedAt time.Time
}

// Membership is a user's role in a team.
type Membership struct {
	TeamID, UserID string
	Role           Role
	CreatedAt      time.Time
}

// Member is a membership with the names that a page shows.
type Member struct {
	UserID, Name, Email string
	Role                Role
	Since               time.Time
}

// TeamOfUser is a team that a user belongs to.
type TeamOfUser struct {
	TeamID, Name string
	Role         Role
}

// TeamsOf lists a user's teams, the oldest membership first.
func (s *Store) TeamsOf(ctx context.Context, userID string) ([]TeamOfUser, error) {
	var teams []TeamOfUser
	err := s.reader(ctx).Table("memberships AS m").Joins("JOIN teams AS t ON t.id = m.team_id").
		Where("m.user_id = ?", userID).Order("m.created_at, m.team_id").
		Select("m.team_id, t.name, m.role").Scan(&teams).Error
	return teams, translate("list teams", err)
}

// TeamStore reads and writes what belongs to one team, and nothing else.
type TeamStore struct {
	store *Store
	id    string
}

// Team scopes to a team. The caller has checked that the user is a member.
func (s *Store) Team(id string) *TeamStore { return &TeamStore{store: s, id: id} }

// Info is the team itself.
func (t *TeamStore) Info(ctx context.Context) (Team, error) {
	var team Team
	err := t.store.reader(ctx).Where("id = ?", t.id).Take(&team).Error
	return team, translate("load team", err)
}

// SetName renames the team.
func (t *TeamStore) SetName(ctx context.Context, userID, name string) error {
	return t.store.transaction(ctx, "rename team", func(tx *gorm.DB, now time.Time) error {
		changed := Team{Name: name, UpdatedAt: now}
		if err := oneRow(tx.Model(&Team{}).Where("id = ?", t.id).Updates(&changed)); err != nil {
			return err
		}
		return t.audit(tx, now, userID, "team.rename", t.id, name)
	})
}

// Members lists the team's members by name.
func (t *TeamStore) Members(ctx context.Context) ([]Member, error) {
	var members []Member
	err := t.store.reader(ctx).Table("memberships AS m").Joins("JOIN users AS u ON u.id = m.user_id").
		Where("m.team_id = ?", t.id).Order("u.name, u.id").
		Select("m.user_id, u.name, u.email, m.role, m.created_at AS since").Scan(&members).Error
	return members, translate("list members", err)
}

// addMember gives a user a role in the team; a second membership is ErrConflict.
func (t *TeamStore) addMember(tx *gorm.DB, now time.Time, byUserID, userID string, role Role) error {
	if err := tx.Create(&Membership{TeamID: t.id, UserID: userID, Role: role, CreatedAt: now}).Error; err != nil {
		return err
	}
	return t.audit(tx, now, byUserID, "member.add", userID, string(role))
}

// Role is the user's role in the team; ErrNotFound when they are no member.
func (t *TeamStore) Role(ctx context.Context, userID string) (Role, error) {
	var m Membership
	err := t.store.reader(ctx).Where("team_id = ? AND user_id = ?", t.id, userID).Take(&m).Error
	return m.Role, translate("load membership", err)
}
