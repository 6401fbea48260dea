package db

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"io"
	"strings"
)

// JSON is an object, as its text. The nil one is written as an empty object.
type JSON json.RawMessage

// UnmarshalGQL reads the values of an object, as the parser made them of a literal or
// of what was sent.
func (j *JSON) UnmarshalGQL(v any) error {
	if _, ok := v.(map[string]any); !ok {
		return malformed("it is a JSON object")
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil || strings.Contains(text.String(), `\u0000`) {
		return malformed("it is a JSON object without characters that cannot be written")
	}
	*j = bytes.TrimSpace(text.Bytes())
	return nil
}

// MarshalGQL writes the object.
func (j JSON) MarshalGQL(w io.Writer) {
	text, _ := j.MarshalJSON()
	_, _ = w.Write(text)
}

// MarshalJSON returns the text without space between its parts.
func (j JSON) MarshalJSON() ([]byte, error) {
	var text bytes.Buffer
	if len(j) == 0 || json.Compact(&text, j) != nil {
		return []byte("{}"), nil
	}
	return text.Bytes(), nil
}

// UnmarshalJSON takes a text that is JSON.
func (j *JSON) UnmarshalJSON(text []byte) error {
	*j = bytes.Clone(text)
	return nil
}

// Value gives the object to the database.
func (j JSON) Value() (driver.Value, error) {
	text, err := j.MarshalJSON()
	return string(text), err
}

// Scan takes the object from the database.
func (j *JSON) Scan(src any) error {
	err := scanJSON((*json.RawMessage)(j), src)
	if err == nil {
		*j, err = j.MarshalJSON()
	}
	return err
}

// Values returns what the object holds by name, numbers as they are written.
func (j JSON) Values() (map[string]any, error) {
	values := map[string]any{}
	if len(j) == 0 {
		return values, nil
	}
	decoder := json.NewDecoder(bytes.NewReader(j))
	decoder.UseNumber()
	return values, decoder.Decode(&values)
}
