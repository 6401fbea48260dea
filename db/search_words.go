package db

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// nearWords are the words of patients' names that come near to one word that is
// looked for.
type nearWords struct {
	exact   []string // the word itself, where somebody has it
	begun   []string // longer words that begin with it, shortest first
	similar []string // words within some typing errors of it
}

// maxBegun is how many words the beginning of one stands for. A single letter
// begins thousands, and each of them costs time that the next letter saves.
func maxBegun(wanted string) int {
	switch utf8.RuneCountInString(wanted) {
	case 1:
		return 15
	case 2:
		return 60
	}
	return 100
}

// maxSimilar is how many words that may be misspelt are looked at.
const maxSimilar = 300

// near looks the words of terms up among all words of names, in one statement.
// It answers for each term, in their order.
func (d *DB) near(ctx context.Context, terms []searchTerm) ([]nearWords, error) {
	var s statement
	for i, t := range terms {
		if t.word == "" {
			continue
		}
		if s.Len() > 0 {
			s.write(" UNION ALL ")
		}
		n := s.arg(i) + "::int"
		s.write("(SELECT ", n, ", word FROM patient_words WHERE word LIKE ", s.arg(t.word+"%"),
			" ORDER BY length(word), word LIMIT ", s.arg(maxBegun(t.word)), ")")
		if typos := typoCondition(&s, t.word); typos != "" {
			s.write(" UNION ALL (SELECT ", n, ", word FROM patient_words WHERE ", typos, " ORDER BY similarity(word, ", s.arg(t.word),
				") DESC, word LIMIT ", s.arg(maxSimilar), ")")
		}
	}
	all := make([]nearWords, len(terms))
	if s.Len() == 0 {
		return all, nil
	}
	err := d.query(ctx, s.String(), s.args, func(r *sqlx.Rows) error {
		var i int
		var word string
		err := r.Scan(&i, &word)
		if err == nil {
			all[i].add(terms[i].word, word)
		}
		return err
	})
	return all, err
}

// add sorts word by how it comes near to what is looked for.
func (near *nearWords) add(wanted, word string) {
	switch n := typos(wanted, word); {
	case word == wanted:
		near.exact = []string{word}
	case strings.HasPrefix(word, wanted):
		near.begun = append(near.begun, word)
	case n <= maxTypos(wanted):
		near.similar = append(near.similar, word)
	}
}

// maxTypos is how many typing errors a word is forgiven.
func maxTypos(word string) int {
	switch n := utf8.RuneCountInString(word); {
	case n < 3:
		return 0
	case n < 5:
		return 1
	}
	return 2
}

// typoCondition writes the condition for a word that can be wanted with typing
// errors in it; "" for one that is too short to be misspelt. It finds all with one
// error; of those with two, all that share the first three letters or all but the
// first two. Each alternative runs along an index. Words are folded, so they hold
// nothing that LIKE takes for a pattern.
func typoCondition(s *statement, wanted string) string {
	if maxTypos(wanted) == 0 {
		return ""
	}
	w := []rune(wanted)
	var same, like, either []string
	until := len(w)
	if len(w) > 6 {
		until = 4 // errors further on leave the first three letters
	}
	for i := range until {
		same = append(same, string(w[:i])+string(w[i+1:]))
		like = append(like, string(w[:i])+"_"+string(w[i+1:]), string(w[:i])+"_"+string(w[i:]))
		if i+1 < len(w) {
			same = append(same, string(w[:i])+string(w[i+1])+string(w[i])+string(w[i+2:]))
		}
	}
	if len(w) >= 5 {
		like = append(like, "%"+string(w[2:]))
		either = append(either, "word LIKE "+s.arg(string(w[:3])+"%")+
			" AND length(word) BETWEEN "+s.arg(len(w)-2)+" AND "+s.arg(len(w)+2))
	}
	either = append(either, "word = ANY("+s.arg(pq.Array(same))+"::text[])")
	for _, pattern := range like {
		either = append(either, "word LIKE "+s.arg(pattern))
	}
	return "(" + strings.Join(either, " OR ") + ")"
}

// typos counts the least changes of one letter, and swaps of two neighbours,
// that make b of a.
func typos(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, last := make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
