package db

import (
	"encoding/hex"
	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
)

// A Kind says what an id names. It is the last byte of the id, and is never
// shown: clients treat ids as opaque.
type Kind byte

// The kinds of rows. A value is never used again for something else; the
// migrations check the same numbers.
const (
	KindClinic Kind = iota + 1
	KindPractitioner
	KindPatient
	KindAppointment
	KindMedicalRecord
	KindAllergy
	KindUser
	KindSession
	KindAPIToken
	KindGlassAccess
	KindCareTeamMember
	KindAuditEntry
	KindRoom
	KindAppointmentType
	KindWorkingHours
	KindTimeOff
	KindSlotHold
	KindWaitListEntry
	KindAppointmentSeries
	KindMedicalRecordAmendment
	KindSavedQuery
)

// NewID returns a new UUIDv7 that names a row of kind k.
func NewID(k Kind) uuid.UUID {
	id := uuid.Must(uuid.NewV7())
	id[15] = byte(k)
	return id
}

// KindOf returns the kind that id carries, which may be one that is not known.
func KindOf(id uuid.UUID) Kind { return Kind(id[15]) }

// idArray writes ids as Postgres reads an array of them, the nil id as NULL.
func idArray(ids []uuid.UUID) string {
	text := make([]byte, 0, 2048) // which the most have, and which needs no memory of its own
	text = append(text, '{')
	for i, id := range ids {
		if i > 0 {
			text = append(text, ',')
		}
		if id == uuid.Nil {
			text = append(text, "NULL"...)
			continue
		}
		text = AppendID(text, id)
	}
	return string(append(text, '}'))
}

// AppendID writes an id in its usual form of 36 characters.
func AppendID(text []byte, id uuid.UUID) []byte {
	var usual [36]byte
	hex.Encode(usual[:], id[:4])
	usual[8] = '-'
	hex.Encode(usual[9:], id[4:6])
	usual[13] = '-'
	hex.Encode(usual[14:], id[6:8])
	usual[18] = '-'
	hex.Encode(usual[19:], id[8:10])
	usual[23] = '-'
	hex.Encode(usual[24:], id[10:])
	return append(text, usual[:]...)
}

// MarshalID writes an id of the API.
func MarshalID(id uuid.UUID) graphql.Marshaler { return graphql.MarshalUUID(id) }

// UnmarshalID reads an id of the API: a UUID in its usual form of 36 characters.
func UnmarshalID(v any) (uuid.UUID, error) {
	s, ok := v.(string)
	if !ok || len(s) != 36 {
		return uuid.Nil, malformed("an id is a text of 36 characters that this API answered")
	}
	id, err := uuid.Parse(s)
	if err != nil {
		return uuid.Nil, malformed("an id is a text of 36 characters that this API answered")
	}
	return id, nil
}
