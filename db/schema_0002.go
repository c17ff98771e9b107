package db

import (
	"time"

	"gorm.io/gorm"
)

// Invitations to a team.

func createSchema0002(tx *gorm.DB) error { return createTables(tx, &invitation0002{}) }

type invitation0002 struct {
	ID         string    `gorm:"primaryKey;size:36"`
	TeamID     string    `gorm:"size:36;not null;index:invitations_team"`
	TokenHash  string    `gorm:"size:64;not null;uniqueIndex:invitations_token"`
	Role       string    `gorm:"size:10;not null;check:invitations_role,role IN ('viewer','editor','admin')"`
	CreatedBy  string    `gorm:"size:36;not null"`
	CreatedAt  time.Time `gorm:"not null"`
	ExpiresAt  time.Time `gorm:"not null"`
	AcceptedAt *time.Time
	AcceptedBy *string `gorm:"size:36"`
	RevokedAt  *time.Time

	Team    team0001 `gorm:"constraint:OnDelete:CASCADE"`
	Creator user0001 `gorm:"foreignKey:CreatedBy"`
}

func (invitation0002) TableName() string { return "invitations" }
