package main

import (
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/clinicql/clinicql/auth"
)

// BenchmarkServe_examples tells how long the server takes for each example query, in
// the median, as the first role that is offered it and, through their lens, as analysts.
func BenchmarkServe_examples(b *testing.B) {
	d := loadDatabase(b)
	server := startOn(b, d.URL)
	known := map[string]bool{}
	for _, role := range []auth.Role{auth.Doctor, auth.Admin, auth.Analyst, auth.Receptionist} {
		name := strings.ToLower(string(role)) + strconv.FormatInt(time.Now().UnixNano(), 36)
		addUser(b, d, name, role)
		who := signIn(b, "http://"+server.address, name, testPassword)
		response, err := who.post(`{ exampleQueries { id document variables } }`, nil)
		if err != nil {
			b.Fatal(err)
		}
		var got struct {
			Data struct {
				ExampleQueries []struct {
					ID, Document string
					Variables    map[string]any
				}
			}
		}
		err = json.NewDecoder(response.Body).Decode(&got)
		response.Body.Close()
		if err != nil {
			b.Fatal(err)
		}
		for _, e := range got.Data.ExampleQueries {
			name := e.ID
			if role == auth.Analyst {
				name += " as an analyst"
			}
			if known[name] {
				continue
			}
			known[name] = true
			b.Run(name, func(b *testing.B) {
				var took []float64
				for b.Loop() {
					response, err := who.post(e.Document, e.Variables)
					if err != nil {
						b.Fatal(err)
					}
					text, err := io.ReadAll(response.Body)
					response.Body.Close()
					total := regexp.MustCompile(`total;dur=([0-9.]+)`).FindStringSubmatch(response.Header.Get("Server-Timing"))
					if err != nil || total == nil || strings.Contains(string(text), `"errors"`) {
						b.Fatalf("%v %s", err, text)
					}
					ms, _ := strconv.ParseFloat(total[1], 64)
					took = append(took, ms)
				}
				slices.Sort(took)
				b.ReportMetric(took[len(took)/2], "median-ms")
			})
		}
	}
}
