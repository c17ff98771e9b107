package db

import (
	"time"

	"gorm.io/gorm"
)

// The tables of the first release.

func createSchema0001(tx *gorm.DB) error {
	return createTables(tx, &user0001{}, &team0001{}, &membership0001{}, &plan0001{}, &planVersion0001{},
		&snapshot0001{}, &session0001{}, &auditEntry0001{})
}

type user0001 struct {
	ID           string    `gorm:"primaryKey;size:36"`
	Email        string    `gorm:"size:254;not null"`
	EmailKey     string    `gorm:"size:254;not null;uniqueIndex:users_email_key"`
	PasswordHash string    `gorm:"size:255;not null"`
	Name         string    `gorm:"size:100;not null"`
	Theme        string    `gorm:"size:10;not null"`
	Locale       string    `gorm:"size:35;not null"`
	CreatedAt    time.Time `gorm:"not null"`
	UpdatedAt    time.Time `gorm:"not null"`
}

func (user0001) TableName() string { return "users" }

type team0001 struct {
	ID        string    `gorm:"primaryKey;size:36"`
	Name      string    `gorm:"size:100;not null"`
	CreatedAt time.Time `gorm:"not null"`
	UpdatedAt time.Time `gorm:"not null"`
}

func (team0001) TableName() string { return "teams" }

type membership0001 struct {
	TeamID    string    `gorm:"primaryKey;size:36"`
	UserID    string    `gorm:"primaryKey;size:36;index:memberships_user"`
	Role      string    `gorm:"size:10;not null;check:memberships_role,role IN ('viewer','editor','admin')"`
	CreatedAt time.Time `gorm:"not null"`

	Team team0001 `gorm:"constraint:OnDelete:CASCADE"`
	User user0001 `gorm:"constraint:OnDelete:CASCADE"`
}

func (membership0001) TableName() string { return "memberships" }

type plan0001 struct {
	ID              string    `gorm:"primaryKey;size:36"`
	TeamID          string    `gorm:"size:36;not null;index:plans_team_updated,priority:1"`
	Name            string    `gorm:"size:200;not null"`
	Version         int       `gorm:"not null;check:plans_version,version >= 1"`
	Start           string    `gorm:"size:7;not null"`
	Months          int       `gorm:"not null"`
	CatalogSnapshot string    `gorm:"size:100;not null"`
	AuthorID        string    `gorm:"size:36;not null"`
	CreatedAt       time.Time `gorm:"not null"`
	UpdatedAt       time.Time `gorm:"not null;index:plans_team_updated,priority:2"`
	DeletedAt       *time.Time
	// Long columns come last: SQLite reads a row from its start and need not pass them on the way to the others.
	View string `gorm:"type:text;not null"`
	Body string `gorm:"type:text;not null"`

	Team   team0001 `gorm:"constraint:OnDelete:CASCADE"`
	Author user0001 `gorm:"foreignKey:AuthorID"`
}

func (plan0001) TableName() string { return "plans" }

type planVersion0001 struct {
	PlanID          string    `gorm:"primaryKey;size:36"`
	Number          int       `gorm:"primaryKey;autoIncrement:false"`
	TeamID          string    `gorm:"size:36;not null"`
	Name            string    `gorm:"size:200;not null"`
	Note            string    `gorm:"type:text;not null"`
	Start           string    `gorm:"size:7;not null"`
	Months          int       `gorm:"not null"`
	CatalogSnapshot string    `gorm:"size:100;not null"`
	AuthorID        string    `gorm:"size:36;not null"`
	CreatedAt       time.Time `gorm:"not null"`
	View            string    `gorm:"type:text;not null"`
	Body            string    `gorm:"type:text;not null"`

	Plan   plan0001 `gorm:"constraint:OnDelete:CASCADE"`
	Author user0001 `gorm:"foreignKey:AuthorID"`
}

func (planVersion0001) TableName() string { return "plan_versions" }

type snapshot0001 struct {
	ID        string    `gorm:"primaryKey;size:100"`
	AsOf      string    `gorm:"size:10;not null"`
	SHA256    string    `gorm:"column:sha256;size:64;not null"`
	Blob      []byte    `gorm:"not null"`
	CreatedAt time.Time `gorm:"not null"`
}

func (snapshot0001) TableName() string { return "snapshots" }

type session0001 struct {
	Token  string    `gorm:"primaryKey;size:64"`
	Data   []byte    `gorm:"not null"`
	Expiry time.Time `gorm:"not null;index:sessions_expiry"`
}

func (session0001) TableName() string { return "sessions" }

type auditEntry0001 struct {
	ID        string    `gorm:"primaryKey;size:36"`
	TeamID    string    `gorm:"size:36;not null;index:audit_log_team,priority:1"`
	UserID    string    `gorm:"size:36;not null"`
	Action    string    `gorm:"size:50;not null"`
	Subject   string    `gorm:"size:100;not null"`
	Detail    string    `gorm:"type:text;not null"`
	CreatedAt time.Time `gorm:"not null;index:audit_log_team,priority:2"`

	Team team0001 `gorm:"constraint:OnDelete:CASCADE"`
}

func (auditEntry0001) TableName() string { return "audit_log" }
