package db

import "gorm.io/gorm"

// What a plan came to when it was saved, for the list of plans: in older rows nothing is known of it.

func addFigures0003(tx *gorm.DB) error {
	for _, table := range []any{&plan0003{}, &planVersion0003{}} {
		for _, field := range []string{"Cost", "CostUnknown", "Currency", "Wall", "WallMonth"} {
			if err := tx.Migrator().AddColumn(table, field); err != nil {
				return err
			}
		}
	}
	return nil
}

type figures0003 struct {
	Cost        *float64 `gorm:"type:double precision"`
	CostUnknown string   `gorm:"type:text;not null;default:''"`
	Currency    string   `gorm:"size:3;not null;default:''"`
	Wall        string   `gorm:"type:text;not null;default:''"`
	WallMonth   string   `gorm:"size:7;not null;default:''"`
}

type plan0003 struct {
	Figures figures0003 `gorm:"embedded"`
}

func (plan0003) TableName() string { return "plans" }

type planVersion0003 struct {
	Figures figures0003 `gorm:"embedded"`
}

func (planVersion0003) TableName() string { return "plan_versions" }
