package graph

import (
	"regexp"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// quiet takes out of the parser's errors what they quote of values, which may be
// somebody's name or password. What a document calls things, or asks for, they
// may go on quoting: whoever wrote it is looking for that.
func quiet(errs gqlerror.List) gqlerror.List {
	var told gqlerror.List
	for _, e := range errs {
		own := *e
		switch code := own.Extensions["code"]; {
		case code == errcode.ParseFailed:
			own.Message = quoted.ReplaceAllString(own.Message, "$1")
		case strings.HasPrefix(own.Rule, "ValuesOfCorrectType"):
			own.Message = "a value does not fit its type"
		case isAboutValues(&own):
			own.Path = own.Path[:min(len(own.Path), 2)] // the variable; keys of objects follow
			if !slices.Contains(aboutVariables, own.Message) {
				own.Message = "does not fit its type"
			}
		case code == errcode.ValidationFailed && strings.HasSuffix(own.Message, " not found"): // with the name that came beside the document
			own.Message = "the document has no such operation"
		}
		if len(own.Message) > maxMessageOfError {
			own.Message = strings.ToValidUTF8(own.Message[:maxMessageOfError], "") + "…"
		}
		told = append(told, &own)
	}
	return told
}

// maxMessageOfError is how many bytes the parser may say of one mistake.
const maxMessageOfError = 500

// quoted is how the parser ends what it says of a word at the wrong place.
var quoted = regexp.MustCompile(`(?s)\b(Name|Int|Float|String|BlockString|Comment) ".*"$`)

// aboutVariables are the parser's words about variables that quote nothing.
var aboutVariables = []string{"must be defined", "cannot be null", "must an input type", "unknown field"}
