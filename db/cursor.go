package db

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/jmoiron/sqlx/reflectx"
)

// cursorVersion is the first byte of a cursor, so that its form can change.
const cursorVersion = 1

// A cursorKey seals cursors. A cursor holds the values that its list is ordered
// by, names and birth dates among them, so it is encrypted; and it is
// authenticated together with the order, so that an edited cursor or one of
// another list is told.
type cursorKey struct {
	aead cipher.AEAD
	mac  []byte
}

// loadCursorKey reads the key that all replicas share, once.
func (d *DB) loadCursorKey(ctx context.Context) error {
	if d.cursors.Load() != nil {
		return nil
	}
	secret, err := d.secret(ctx, "cursor")
	if err != nil {
		return err
	}
	block, err := aes.NewCipher(secret)
	if err != nil {
		return err
	}
	aead, err := cipher.NewGCM(block)
	d.cursors.Store(&cursorKey{aead: aead, mac: secret})
	return err
}

// secret reads the key kept for a purpose.
func (d *DB) secret(ctx context.Context, purpose string) (value []byte, err error) {
	err = d.pool.GetContext(ctx, &value, "SELECT value FROM secrets WHERE purpose = $1", purpose)
	return value, translate(err)
}

// binding names what a cursor is bound to: the table and the columns of its order.
func (l *listing[T, P]) binding() []byte {
	return []byte(l.table.name + orderSQL(l.keys, false))
}

// cursorOf returns the place of row in the order of l. Equal places have equal
// cursors: the nonce is made from the content.
func (l *listing[T, P]) cursorOf(row *T) (string, error) {
	columns := make([]string, len(l.keys))
	for i, k := range l.keys {
		columns[i] = k.column
	}
	v := reflect.ValueOf(row)
	values := make([]*string, len(l.keys))
	for i, path := range mapper.TraversalsByName(v.Type(), columns) {
		text, err := columnText(reflectx.FieldByIndexesReadOnly(v, path))
		if err != nil {
			return "", fmt.Errorf("make a cursor of %s.%s: %w", l.table.name, columns[i], err)
		}
		values[i] = text
	}
	plain, err := json.Marshal(values)
	if err != nil {
		return "", err
	}
	key := l.db.cursors.Load()
	mac := hmac.New(sha256.New, key.mac)
	mac.Write(l.binding())
	mac.Write(plain)
	nonce := mac.Sum(nil)[:key.aead.NonceSize()]
	sealed := key.aead.Seal(append([]byte{cursorVersion}, nonce...), nonce, plain, l.binding())
	return base64.RawURLEncoding.EncodeToString(sealed), nil
}

// columnText writes a value so that Postgres reads it back equal; nil for null.
func columnText(v reflect.Value) (*string, error) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil, nil
		}
		v = v.Elem()
	}
	value, err := driver.DefaultParameterConverter.ConvertValue(v.Interface())
	if err != nil {
		return nil, err
	}
	text := fmt.Sprint(value)
	if t, ok := value.(time.Time); ok {
		text = t.UTC().Format(time.RFC3339Nano)
	}
	return &text, nil
}

// open reads a cursor that a client gave as the argument called name.
func (l *listing[T, P]) open(name string, cursor *string) ([]*string, error) {
	if cursor == nil {
		return nil, nil
	}
	invalid := Invalid(name, BadCursor, "is no cursor of this list in this order")
	key := l.db.cursors.Load()
	sealed, err := base64.RawURLEncoding.Strict().DecodeString(strings.TrimSpace(*cursor))
	if err != nil || len(sealed) < 1+key.aead.NonceSize() || sealed[0] != cursorVersion {
		return nil, invalid
	}
	nonce, sealed := sealed[1:1+key.aead.NonceSize()], sealed[1+key.aead.NonceSize():]
	plain, err := key.aead.Open(nil, nonce, sealed, l.binding())
	if err != nil {
		return nil, invalid
	}
	var values []*string
	if json.Unmarshal(plain, &values) != nil || len(values) != len(l.keys) {
		return nil, invalid
	}
	return values, nil
}
