package db

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"gorm.io/gorm"
)

// Invitation lets one person join a team, once, until it expires or is revoked. The token is in the link that the
// person got; here is its hash only.
type Invitation struct {
	ID, TeamID string
	TokenHash  string
	Role       Role
	CreatedBy  string
	CreatedAt  time.Time
	ExpiresAt  time.Time
	AcceptedAt *time.Time
	AcceptedBy *string
	RevokedAt  *time.Time
}

// InvitationState reports whether an invitation can still be used.
type InvitationState string

const (
	Pending  InvitationState = "pending"
	Accepted InvitationState = "accepted"
	Revoked  InvitationState = "revoked"
	Expired  InvitationState = "expired"
)

// State is the invitation's at that time.
func (i Invitation) State(now time.Time) InvitationState {
	switch {
	case i.AcceptedAt != nil:
		return Accepted
	case i.RevokedAt != nil:
		return Revoked
	case !i.ExpiresAt.After(now):
		return Expired
	}
	return Pending
}

// OpenInvitation is a pending invitation as the invited person sees it.
type OpenInvitation struct {
	TeamID, Team string
	Role         Role
	InvitedBy    string
	ExpiresAt    time.Time
}

// InvitationsKept is how long an invitation can be accepted.
const InvitationsKept = 7 * 24 * time.Hour

// Invite makes an invitation for whoever shows the token.
func (t *TeamStore) Invite(ctx context.Context, byUserID string, role Role, token string) (Invitation, error) {
	var made Invitation
	err := t.store.transaction(ctx, "invite", func(tx *gorm.DB, now time.Time) error {
		made = Invitation{
			ID: t.store.newID(), TeamID: t.id, TokenHash: tokenHash(token), Role: role, CreatedBy: byUserID,
			CreatedAt: now, ExpiresAt: now.Add(InvitationsKept),
		}
		if err := tx.Create(&made).Error; err != nil {
			return err
		}
		return t.audit(tx, now, byUserID, "invitation.create", made.ID, string(role))
	})
	return made, err
}

// Invitations lists the team's, the newest first.
func (t *TeamStore) Invitations(ctx context.Context) ([]Invitation, error) {
	var list []Invitation
	err := t.store.reader(ctx).Where("team_id = ?", t.id).Order("created_at DESC, id DESC").Find(&list).Error
	return list, translate("list invitations", err)
}

// RevokeInvitation makes a pending invitation useless; one that is not pending is ErrNotFound.
func (t *TeamStore) RevokeInvitation(ctx context.Context, byUserID, id string) error {
	return t.store.transaction(ctx, "revoke invitation", func(tx *gorm.DB, now time.Time) error {
		pending := pendingInvitations(tx.Model(&Invitation{}), now).Where("id = ? AND team_id = ?", id, t.id)
		if err := oneRow(pending.UpdateColumn("revoked_at", now)); err != nil {
			return err
		}
		return t.audit(tx, now, byUserID, "invitation.revoke", id, "")
	})
}

// OpenInvitation finds the pending invitation of a token; anything else is ErrNotFound.
func (s *Store) OpenInvitation(ctx context.Context, token string) (OpenInvitation, error) {
	var found OpenInvitation
	err := pendingInvitations(s.reader(ctx).Table("invitations AS i"), s.now()).
		Joins("JOIN teams AS t ON t.id = i.team_id").Joins("JOIN users AS u ON u.id = i.created_by").
		Where("i.token_hash = ?", tokenHash(token)).
		Select("i.team_id, t.name AS team, i.role, u.name AS invited_by, i.expires_at").Take(&found).Error
	return found, translate("load invitation", err)
}

// AcceptInvitation makes a user a member of the team, once per token. ErrConflict when they are one already; then the
// invitation stays for somebody else.
func (s *Store) AcceptInvitation(ctx context.Context, token, userID string) (teamID string, err error) {
	err = s.transaction(ctx, "accept invitation", func(tx *gorm.DB, now time.Time) error {
		invitation, err := useInvitation(tx, now, token, userID)
		if err != nil {
			return err
		}
		teamID = invitation.TeamID
		return s.Team(teamID).addMember(tx, now, userID, userID, invitation.Role)
	})
	return teamID, err
}

// CreateInvited makes a user who joins the team of an invitation and has no team of their own.
func (s *Store) CreateInvited(ctx context.Context, token string, a NewAccount) (User, error) {
	var user User
	err := s.transaction(ctx, "create invited", func(tx *gorm.DB, now time.Time) error {
		user = s.newUser(a, now)
		if err := insertUser(tx, &user); err != nil {
			return err
		}
		invitation, err := useInvitation(tx, now, token, user.ID)
		if err != nil {
			return err
		}
		return s.Team(invitation.TeamID).addMember(tx, now, user.ID, user.ID, invitation.Role)
	})
	return user, err
}

// useInvitation marks the pending invitation of a token as accepted; of two at once, one finds none.
func useInvitation(tx *gorm.DB, now time.Time, token, userID string) (Invitation, error) {
	hash := tokenHash(token)
	accepted := Invitation{AcceptedAt: &now, AcceptedBy: &userID}
	if err := oneRow(pendingInvitations(tx.Model(&Invitation{}), now).Where("token_hash = ?", hash).
		Updates(&accepted)); err != nil {
		return Invitation{}, err
	}
	var invitation Invitation
	err := tx.Where("token_hash = ?", hash).Take(&invitation).Error
	return invitation, err
}

func pendingInvitations(g *gorm.DB, now time.Time) *gorm.DB {
	return g.Where("accepted_at IS NULL AND revoked_at IS NULL AND expires_at > ?", now)
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}
