package db

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

// Session is a row of the sign-in sessions. The token is a hash when the session manager is told to hash it.
type Session struct {
	Token  string `gorm:"primaryKey"`
	Data   []byte
	Expiry time.Time
}

// SessionStore keeps sessions for github.com/alexedwards/scs: they survive a restart and are shared by replicas.
// It satisfies scs.Store and scs.CtxStore. Purge removes what has expired.
type SessionStore struct{ store *Store }

// Sessions is the session store over this database.
func (s *Store) Sessions() *SessionStore { return &SessionStore{store: s} }

// FindCtx loads a session; one that has expired is not found.
func (s *SessionStore) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	var session Session
	err = s.store.reader(ctx).Where("token = ? AND expiry > ?", token, s.store.now()).Take(&session).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nil, false, nil
	}
	return session.Data, err == nil, translate("load session", err)
}

// CommitCtx writes a session, whether it is there or not.
func (s *SessionStore) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	session := Session{Token: token, Data: data, Expiry: expiry.UTC().Truncate(time.Microsecond)}
	upsert := clause.OnConflict{
		Columns: []clause.Column{{Name: "token"}}, DoUpdates: clause.AssignmentColumns([]string{"data", "expiry"}),
	}
	return translate("save session", s.store.write.WithContext(ctx).Clauses(upsert).Create(&session).Error)
}

// DeleteCtx removes a session; one that is not there is no error.
func (s *SessionStore) DeleteCtx(ctx context.Context, token string) error {
	err := s.store.write.WithContext(ctx).Where("token = ?", token).Delete(&Session{}).Error
	return translate("delete session", err)
}

// Find is FindCtx without a context; scs prefers the other.
func (s *SessionStore) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx without a context.
func (s *SessionStore) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx without a context.
func (s *SessionStore) Delete(token string) error { return s.DeleteCtx(context.Background(), token) }
