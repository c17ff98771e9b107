package db

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Plan is a saved plan at its newest version.
type Plan struct {
	ID, TeamID string
	PlanContent
	Version              int // 1 for the first save
	AuthorID             string
	CreatedAt, UpdatedAt time.Time
	DeletedAt            *time.Time
}

// PlanContent is what one version of a plan holds.
type PlanContent struct {
	Name string // the saved plan's name, 1..200 characters
	Body string // the plan document, headroom.plan/v1, byte for byte as saved
	View string // the page's query string: baseline, columns, period
	// Start and Months repeat the document's horizon, for the list.
	Start           string // "2026-09"
	Months          int
	CatalogSnapshot string // id of the price snapshot that the plan was last seen with
	PlanFigures
}

// PlanFigures are what a version came to when it was saved, so that a list of plans computes none of them again.
type PlanFigures struct {
	Cost        *float64 // over its months, in Currency; nil is unknown
	CostUnknown string   // why the cost is unknown; "" in versions that were saved before figures were kept
	Currency    string   // "USD"
	Wall        string   // the limit that binds first, in words, or why none does
	WallMonth   string   // "2027-05"; "" when none binds
}

// Kept reports whether figures were kept with the version: those of older releases have none.
func (f PlanFigures) Kept() bool { return f.Cost != nil || f.CostUnknown != "" }

// figureColumns are the columns of PlanFigures in a table with that alias.
func figureColumns(table string) string {
	return fmt.Sprintf("%[1]s.cost, %[1]s.cost_unknown, %[1]s.currency, %[1]s.wall, %[1]s.wall_month", table)
}

// PlanInfo is a line of the plan list: everything but the document.
type PlanInfo struct {
	ID, Name             string
	Version              int
	Start                string
	Months               int
	CatalogSnapshot      string
	AuthorID, Author     string
	CreatedAt, UpdatedAt time.Time
	PlanFigures
}

// CreatePlan saves a new plan as version 1.
func (t *TeamStore) CreatePlan(ctx context.Context, authorID string, content PlanContent, note string) (Plan, error) {
	var plan Plan
	err := t.store.transaction(ctx, "create plan", func(tx *gorm.DB, now time.Time) error {
		plan = Plan{
			ID: t.store.newID(), TeamID: t.id, PlanContent: content, Version: 1, AuthorID: authorID,
			CreatedAt: now, UpdatedAt: now,
		}
		if err := tx.Create(&plan).Error; err != nil {
			return err
		}
		if err := addVersion(tx, plan, note); err != nil {
			return err
		}
		return t.audit(tx, now, authorID, "plan.create", plan.ID, plan.Name)
	})
	return plan, err
}

// Plan loads a plan that is not deleted.
func (t *TeamStore) Plan(ctx context.Context, id string) (Plan, error) {
	var plan Plan
	err := t.alive(t.store.reader(ctx)).Where("id = ?", id).Take(&plan).Error
	return plan, translate("load plan", err)
}

// Plans lists the plans that are not deleted, the last changed first.
func (t *TeamStore) Plans(ctx context.Context) ([]PlanInfo, error) {
	var plans []PlanInfo
	err := t.store.reader(ctx).Table("plans AS p").Joins("JOIN users AS u ON u.id = p.author_id").
		Where("p.team_id = ? AND p.deleted_at IS NULL", t.id).Order("p.updated_at DESC, p.id DESC").
		Select("p.id, p.name, p.version, p.start, p.months, p.catalog_snapshot, p.author_id, u.name AS author, " +
			"p.created_at, p.updated_at, " + figureColumns("p")).Scan(&plans).Error
	return plans, translate("list plans", err)
}

// DeletedPlan is a plan that RestorePlan can bring back.
type DeletedPlan struct {
	ID, Name  string
	Version   int
	DeletedAt time.Time
}

// DeletedPlans lists the plans that can be restored, the last deleted first.
func (t *TeamStore) DeletedPlans(ctx context.Context) ([]DeletedPlan, error) {
	var plans []DeletedPlan
	err := t.store.reader(ctx).Model(&Plan{}).Where("team_id = ? AND deleted_at IS NOT NULL", t.id).
		Order("deleted_at DESC, id DESC").Select("id, name, version, deleted_at").Scan(&plans).Error
	return plans, translate("list deleted plans", err)
}

// SavePlan adds a version made from version expected, and is ErrStale when that is no longer the newest.
func (t *TeamStore) SavePlan(
	ctx context.Context, authorID, id string, expected int, content PlanContent, note string,
) (Plan, error) {
	var plan Plan
	err := t.store.transaction(ctx, "save plan", func(tx *gorm.DB, now time.Time) error {
		changed := Plan{PlanContent: content, Version: expected + 1, AuthorID: authorID, UpdatedAt: now}
		result := t.alive(tx).Model(&Plan{}).Where("id = ? AND version = ?", id, expected).
			Select("name", "body", "view", "start", "months", "catalog_snapshot",
				"cost", "cost_unknown", "currency", "wall", "wall_month", "version", "author_id", "updated_at").
			Updates(&changed)
		if err := t.staleOrMissing(tx, id, result); err != nil {
			return err
		}
		if err := t.alive(tx).Where("id = ?", id).Take(&plan).Error; err != nil {
			return err
		}
		if err := addVersion(tx, plan, note); err != nil {
			return err
		}
		return t.audit(tx, now, authorID, "plan.save", id, fmt.Sprintf("%s, version %d", plan.Name, plan.Version))
	})
	return plan, err
}

// staleOrMissing tells a plan that moved on from one that is not there.
func (t *TeamStore) staleOrMissing(tx *gorm.DB, id string, result *gorm.DB) error {
	if result.Error != nil || result.RowsAffected == 1 {
		return result.Error
	}
	var there int64
	if err := t.alive(tx).Model(&Plan{}).Where("id = ?", id).Count(&there).Error; err != nil {
		return err
	}
	if there == 0 {
		return ErrNotFound
	}
	return ErrStale
}

// RenamePlan changes the name only; it makes no version, because nothing that is computed changes.
func (t *TeamStore) RenamePlan(ctx context.Context, userID, id, name string) error {
	return t.store.transaction(ctx, "rename plan", func(tx *gorm.DB, now time.Time) error {
		changed := Plan{PlanContent: PlanContent{Name: name}, UpdatedAt: now}
		if err := oneRow(t.alive(tx).Model(&Plan{}).Where("id = ?", id).Updates(&changed)); err != nil {
			return err
		}
		return t.audit(tx, now, userID, "plan.rename", id, name)
	})
}

// CopyPlan saves the newest version of a plan as a new plan.
func (t *TeamStore) CopyPlan(ctx context.Context, authorID, id, name string) (Plan, error) {
	source, err := t.Plan(ctx, id)
	if err != nil {
		return Plan{}, err
	}
	note := fmt.Sprintf("Copy of %s, version %d", source.Name, source.Version)
	source.Name = name
	return t.CreatePlan(ctx, authorID, source.PlanContent, note)
}

// DeletePlan hides a plan; RestorePlan brings it back until Purge removes it.
func (t *TeamStore) DeletePlan(ctx context.Context, userID, id string) error {
	return t.store.transaction(ctx, "delete plan", func(tx *gorm.DB, now time.Time) error {
		if err := oneRow(t.alive(tx).Model(&Plan{}).Where("id = ?", id).UpdateColumn("deleted_at", now)); err != nil {
			return err
		}
		return t.auditPlan(tx, now, userID, "plan.delete", id)
	})
}

// RestorePlan undoes DeletePlan. A plan that is not deleted is ErrNotFound.
func (t *TeamStore) RestorePlan(ctx context.Context, userID, id string) error {
	return t.store.transaction(ctx, "restore plan", func(tx *gorm.DB, now time.Time) error {
		deleted := tx.Model(&Plan{}).Where("team_id = ? AND id = ? AND deleted_at IS NOT NULL", t.id, id)
		if err := oneRow(deleted.UpdateColumn("deleted_at", nil)); err != nil {
			return err
		}
		return t.auditPlan(tx, now, userID, "plan.restore", id)
	})
}

// auditPlan writes an entry with the name that the plan has.
func (t *TeamStore) auditPlan(tx *gorm.DB, now time.Time, userID, action, id string) error {
	var name string
	if err := tx.Model(&Plan{}).Where("team_id = ? AND id = ?", t.id, id).Pluck("name", &name).Error; err != nil {
		return err
	}
	return t.audit(tx, now, userID, action, id, name)
}

// alive is the scope of every statement on plans: this team's, not deleted.
func (t *TeamStore) alive(g *gorm.DB) *gorm.DB {
	return g.Where("team_id = ? AND deleted_at IS NULL", t.id)
}
