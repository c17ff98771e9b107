package db

import (
	"context"
	"time"

	"gorm.io/gorm"
)

// PlanVersion is a plan as somebody saved it. Versions are never changed.
type PlanVersion struct {
	PlanID string
	Number int
	TeamID string
	PlanContent
	Note      string
	AuthorID  string
	CreatedAt time.Time
}

// VersionInfo is a line of a plan's history: everything but the document.
type VersionInfo struct {
	Number           int
	Name, Note       string
	CatalogSnapshot  string
	AuthorID, Author string
	CreatedAt        time.Time
	PlanFigures
}

// addVersion keeps the plan's present content as the version that it has become.
func addVersion(tx *gorm.DB, p Plan, note string) error {
	return tx.Create(&PlanVersion{
		PlanID: p.ID, Number: p.Version, TeamID: p.TeamID, PlanContent: p.PlanContent, Note: note,
		AuthorID: p.AuthorID, CreatedAt: p.UpdatedAt,
	}).Error
}

// Versions lists a plan's versions, the newest first. A deleted plan, or another team's, is ErrNotFound.
func (t *TeamStore) Versions(ctx context.Context, planID string) ([]VersionInfo, error) {
	var versions []VersionInfo
	err := t.versions(t.store.reader(ctx), planID).Joins("JOIN users AS u ON u.id = v.author_id").
		Order("v.number DESC").
		Select("v.number, v.name, v.note, v.catalog_snapshot, v.author_id, u.name AS author, v.created_at, " +
			figureColumns("v")).
		Scan(&versions).Error
	if err == nil && len(versions) == 0 {
		err = ErrNotFound // a plan has at least one version
	}
	return versions, translate("list versions", err)
}

// Version loads one version of a plan.
func (t *TeamStore) Version(ctx context.Context, planID string, number int) (PlanVersion, error) {
	var version PlanVersion
	err := t.versions(t.store.reader(ctx), planID).Where("v.number = ?", number).Select("v.*").Take(&version).Error
	return version, translate("load version", err)
}

// versions is the scope of every statement on versions: of this team's plan that is not deleted.
func (t *TeamStore) versions(g *gorm.DB, planID string) *gorm.DB {
	return g.Table("plan_versions AS v").
		Joins("JOIN plans AS p ON p.id = v.plan_id AND p.team_id = v.team_id AND p.deleted_at IS NULL").
		Where("v.team_id = ? AND v.plan_id = ?", t.id, planID)
}
