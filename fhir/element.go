package fhir

import (
	"slices"
	"strings"
)

// The data types of FHIR R4 that several resources are made of, as far as they
// are kept.

type codeableConcept struct {
	Coding []coding `json:"coding"`
	Text   string   `json:"text"`
}

type coding struct {
	System  string `json:"system"`
	Code    string `json:"code"`
	Display string `json:"display"`
}

// text returns what a person reads, or "".
func (c *codeableConcept) text() string {
	if c == nil {
		return ""
	}
	if text := strings.TrimSpace(c.Text); text != "" {
		return text
	}
	for _, one := range c.Coding {
		if text := strings.TrimSpace(one.Display); text != "" {
			return text
		}
	}
	for _, one := range c.Coding {
		if text := strings.TrimSpace(one.Code); text != "" {
			return text
		}
	}
	return ""
}

// code returns the code of the first coding, or "".
func (c *codeableConcept) code() string {
	if c == nil || len(c.Coding) == 0 {
		return ""
	}
	return c.Coding[0].Code
}

// first returns the first coding as two columns.
func (c *codeableConcept) first() (code, system *string) {
	if code = optional(c.code()); code != nil {
		system = optional(c.Coding[0].System)
	}
	return code, system
}

// means says whether one of the codings is one of the codes of a system.
func (c *codeableConcept) means(system string, codes ...string) bool {
	return c != nil && slices.ContainsFunc(c.Coding, func(one coding) bool {
		return one.System == system && slices.Contains(codes, one.Code)
	})
}

// firstText returns the first text among concepts.
func firstText(concepts []codeableConcept) string {
	for i := range concepts {
		if text := concepts[i].text(); text != "" {
			return text
		}
	}
	return ""
}

type identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

type period struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

type annotation struct {
	Text string `json:"text"`
}

// optional returns nil for a text without content.
func optional(s string) *string {
	if s = strings.TrimSpace(s); s == "" {
		return nil
	}
	return &s
}
