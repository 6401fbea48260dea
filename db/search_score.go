package db

import (
	"math"
	"slices"
	"strings"
)

// How well a reading of a term fits. An exact name is better than the beginning
// of one, and that better than one with typing errors, whatever the other terms.
const (
	wholeScore     = 1.0
	endScore       = 0.9 // of a number
	impreciseScore = 0.9 // a birth date of which only the month or the year is known
	begunScore     = 0.8 // up to 0.95
	similarScore   = 0.6 // at most
)

// judge says how well the candidate fits the terms, and for what. The worst term
// counts most.
func (c *candidate) judge(terms []searchTerm, near []nearWords) {
	worst, total := wholeScore, 0.0
	for i, t := range terms {
		score, matches := c.fit(t, near[i])
		worst, total = min(worst, score), total+score
		for _, m := range matches {
			if !slices.Contains(c.matchedOn, m) {
				c.matchedOn = append(c.matchedOn, m)
			}
		}
	}
	c.score = math.Round((0.7*worst+0.3*total/float64(len(terms)))*1000) / 1000
}

// fit says how well the candidate fits one term, by its best reading.
func (c *candidate) fit(t searchTerm, near nearWords) (best float64, matches []PatientMatch) {
	note := func(score float64, m PatientMatch) {
		best, matches = max(best, score), append(matches, m)
	}
	if t.birthDate != "" && c.BirthDate != nil {
		if *c.BirthDate == t.birthDate && c.Precision == DayPrecision {
			note(wholeScore, MatchBirthDate)
		} else {
			note(impreciseScore, MatchBirthDate)
		}
	}
	switch {
	case t.mrn != "" && t.mrn == c.MRN, t.digits != "" && c.MRN == "C"+t.digits:
		note(wholeScore, MatchMRN)
	case t.digits != "" && strings.HasSuffix(c.MRN, t.digits):
		note(endScore, MatchMRN)
	}
	if end := t.phoneEnd(); end != "" && strings.HasSuffix(text(c.PhoneNumber), end) {
		note(max(endScore, float64(min(len(end), 9))/9), MatchPhone)
	}
	if slices.ContainsFunc(c.Identifiers, func(i *Identifier) bool { return slices.Contains(t.values, i.Value) }) {
		note(wholeScore, MatchIdentifier)
	}
	if score, m := c.fitName(t.word, near); score > 0 {
		note(score, m)
	}
	return best, matches
}

// fitName says how well the best word of the name fits.
func (c *candidate) fitName(word string, near nearWords) (best float64, m PatientMatch) {
	if word == "" {
		return 0, ""
	}
	for _, w := range c.SearchWords {
		switch {
		case w == word:
			return wholeScore, MatchName
		case strings.HasPrefix(w, word):
			score := begunScore + 0.1*float64(len(word))/float64(len(w))
			if strings.HasPrefix(c.FamilyKey, word) {
				score += 0.05
			}
			if score > best {
				best, m = score, MatchNamePrefix
			}
		case best < similarScore && slices.Contains(near.similar, w):
			if score := similarScore * (1 - float64(typos(word, w))/float64(len(word)+1)); score > best {
				best, m = score, MatchNameSimilar
			}
		}
	}
	return best, m
}
