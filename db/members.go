package db

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// SetRole gives a member another role. ErrNotFound when they are no member, ErrLastAdmin when nobody else is an admin.
func (t *TeamStore) SetRole(ctx context.Context, byUserID, userID string, role Role) error {
	return t.store.transaction(ctx, "set role", func(tx *gorm.DB, now time.Time) error {
		member, err := t.lockMember(tx, userID)
		if err != nil || member.Role == role {
			return err
		}
		if role != Admin {
			if err := t.giveUpAdmin(tx, now, member); err != nil {
				return err
			}
		}
		if err := oneRow(t.membership(tx, userID).UpdateColumn("role", role)); err != nil {
			return err
		}
		return t.audit(tx, now, byUserID, "member.role", userID, member.Name+": "+string(role))
	})
}

// RemoveMember takes a user out of the team, or lets them leave when they do it themselves. Their plans stay, and so
// that nobody is without a team, one who was in no other gets one of their own. ErrNotFound when they are no member,
// ErrLastAdmin when nobody else is an admin.
func (t *TeamStore) RemoveMember(ctx context.Context, byUserID, userID string) error {
	return t.store.transaction(ctx, "remove member", func(tx *gorm.DB, now time.Time) error {
		member, err := t.lockMember(tx, userID)
		if err != nil {
			return err
		}
		if err := t.giveUpAdmin(tx, now, member); err != nil {
			return err
		}
		if err := oneRow(t.membership(tx, userID).Delete(&Membership{})); err != nil {
			return err
		}
		if err := t.store.ensureTeam(tx, now, member); err != nil {
			return err
		}
		action := "member.remove"
		if byUserID == userID {
			action = "member.leave"
		}
		return t.audit(tx, now, byUserID, action, userID, member.Name)
	})
}

// lockMember loads a member and keeps every other change of the team's members waiting, so that of two admins who step
// down at once one is refused. SQLite has one writer anyhow.
func (t *TeamStore) lockMember(tx *gorm.DB, userID string) (Member, error) {
	var team Team
	var member Member
	if err := tx.Clauses(clause.Locking{Strength: clause.LockingStrengthUpdate}).Where("id = ?", t.id).
		Take(&team).Error; err != nil {
		return member, err
	}
	err := tx.Table("memberships AS m").Joins("JOIN users AS u ON u.id = m.user_id").
		Where("m.team_id = ? AND m.user_id = ?", t.id, userID).
		Select("m.user_id, u.name, u.email, m.role, m.created_at AS since").Take(&member).Error
	return member, err
}

// giveUpAdmin refuses what would leave the team without an admin, and revokes the invitations that an admin who is one
// no longer has made: whoever has such a link could let them in again.
func (t *TeamStore) giveUpAdmin(tx *gorm.DB, now time.Time, member Member) error {
	if member.Role != Admin {
		return nil
	}
	var others int64
	err := tx.Model(&Membership{}).Where("team_id = ? AND role = ? AND user_id <> ?", t.id, Admin, member.UserID).
		Count(&others).Error
	if err != nil {
		return err
	}
	if others == 0 {
		return ErrLastAdmin
	}
	return pendingInvitations(tx.Model(&Invitation{}), now).Where("team_id = ? AND created_by = ?", t.id,
		member.UserID).
		UpdateColumn("revoked_at", now).Error
}

func (t *TeamStore) membership(tx *gorm.DB, userID string) *gorm.DB {
	return tx.Model(&Membership{}).Where("team_id = ? AND user_id = ?", t.id, userID)
}

// ensureTeam makes a team for a user who is in none.
func (s *Store) ensureTeam(tx *gorm.DB, now time.Time, member Member) error {
	var teams int64
	if err := tx.Model(&Membership{}).Where("user_id = ?", member.UserID).Count(&teams).Error; err != nil || teams > 0 {
		return err
	}
	_, err := s.createTeam(tx, now, member.UserID, member.Name+"'s team")
	return err
}
