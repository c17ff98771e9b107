package db

import (
	"errors"
	"fmt"

	"gorm.io/gorm"
)

// The vocabulary of the package: GORM's and the drivers' errors end here.
var (
	// ErrNotFound: there is no such row, or it belongs to another team; a caller cannot tell which.
	ErrNotFound = errors.New("not found")
	// ErrConflict: something with this unique key exists already.
	ErrConflict = errors.New("already exists")
	// ErrTooMany: there are as many as are allowed. Nothing was written.
	ErrTooMany = errors.New("as many as are allowed")
	// ErrLastAdmin: the change would leave a team without an admin. Nothing was written.
	ErrLastAdmin = errors.New("the team would have no admin")
	// ErrStale: the row changed since the caller read it. Nothing was written.
	ErrStale = errors.New("changed since it was read")
)

// translate turns an error of GORM into one of ours, with the operation in front.
func translate(operation string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fmt.Errorf("%s: %w", operation, ErrNotFound)
	case errors.Is(err, gorm.ErrDuplicatedKey):
		return fmt.Errorf("%s: %w", operation, ErrConflict)
	}
	return fmt.Errorf("%s: %w", operation, err)
}
