package main

import (
	"bytes"
	"fmt"
	"math"
)

// The picture: a line for each query, a point for each server, further right the more it takes.
const (
	plotWidth  = 860
	lineHeight = 26
	leftOf     = 110 // the names of the queries
	rightOf    = 30
	least      = 1.0 / 16
	most       = 64.0
)

var colors = map[string]string{"raw": "#6b7280", "postgraphile": "#2563eb", "mercurius": "#059669", "apollo": "#d97706", "flask": "#dc2626"}

// plot draws ratios on a scale on which each mark is twice the one before. Points at either end may
// be beyond it.
func plot(ratios []ratio) []byte {
	var names []string
	lines := map[string]int{}
	for _, r := range ratios {
		if _, known := lines[r.query]; !known {
			lines[r.query] = len(names)
			names = append(names, r.query)
		}
	}
	top, bottom := 60, 60+lineHeight*len(names)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13">`+"\n", plotWidth, bottom+40)
	fmt.Fprintf(&b, `<title>Processor time of other servers for the same requests, ClinicQL's being 1</title>`+"\n"+`<rect width="100%%" height="100%%" fill="#ffffff"/>`+"\n")
	x := 20
	for _, p := range peers {
		fmt.Fprintf(&b, `<circle cx="%d" cy="24" r="5" fill="%s"/><text x="%d" y="29" fill="#111827">%s</text>`+"\n", x, colors[p.name], x+10, p.title)
		x += 30 + 8*len(p.title)
	}
	for mark := least; mark <= most; mark *= 2 {
		at, color := across(mark), "#e5e7eb"
		if mark == 1 {
			color = "#111827"
		}
		said := fmt.Sprintf("%g×", mark)
		if mark < 1 {
			said = fmt.Sprintf("1/%g", 1/mark)
		}
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="%s"/><text x="%.1f" y="%d" text-anchor="middle" fill="#374151">%s</text>`+"\n", at, at, top-10, bottom, color, at, bottom+20, said)
	}
	for i, name := range names {
		y := top + lineHeight*i + lineHeight/2
		fmt.Fprintf(&b, `<text x="%d" y="%d" text-anchor="end" fill="#111827">%s</text><line x1="%d" x2="%d" y1="%d" y2="%d" stroke="#f3f4f6"/>`+"\n",
			leftOf-14, y+4, name, leftOf, plotWidth-rightOf, y, y)
	}
	for _, r := range ratios {
		fmt.Fprintf(&b, `<circle cx="%.1f" cy="%d" r="5" fill="%s" fill-opacity="0.85"><title>%s, %s: %.2f</title></circle>`+"\n",
			across(r.found), top+lineHeight*lines[r.query]+lineHeight/2, colors[r.server], r.query, r.server, r.found)
	}
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// across returns where a ratio lies from the left.
func across(ratio float64) float64 {
	share := math.Log2(min(max(ratio, least), most)/least) / math.Log2(most/least)
	return leftOf + share*(plotWidth-leftOf-rightOf)
}
