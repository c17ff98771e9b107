package db

import (
	"time"

	"gorm.io/gorm"
)

// What a team corrects in the tables about machines.

func createSchema0004(tx *gorm.DB) error { return createTables(tx, &machineCorrection0004{}) }

type machineCorrection0004 struct {
	ID        string    `gorm:"primaryKey;size:36"`
	TeamID    string    `gorm:"size:36;not null;uniqueIndex:machine_corrections_in_force,priority:1,where:removed_at IS NULL"`
	Kind      string    `gorm:"size:20;not null;uniqueIndex:machine_corrections_in_force,priority:2"`
	RowKey    string    `gorm:"size:300;not null;uniqueIndex:machine_corrections_in_force,priority:3"`
	Field     string    `gorm:"size:40;not null;uniqueIndex:machine_corrections_in_force,priority:4"`
	Value     string    `gorm:"size:40;not null"`
	Source    string    `gorm:"size:500;not null"`
	AsOf      string    `gorm:"size:10;not null"`
	AuthorID  string    `gorm:"size:36;not null"`
	CreatedAt time.Time `gorm:"not null"`
	RemovedAt *time.Time

	Team   team0001 `gorm:"constraint:OnDelete:CASCADE"`
	Author user0001 `gorm:"foreignKey:AuthorID"`
}

func (machineCorrection0004) TableName() string { return "machine_corrections" }
