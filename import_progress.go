package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/clinicql/clinicql/fhir"
	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// How often the progress is told, on a terminal and elsewhere.
const (
	barPeriod  = 100 * time.Millisecond
	linePeriod = 5 * time.Second
)

// barWidth is that of the bar itself, in characters.
const barWidth = 30

// showProgress tells p until the function that it returns is called: as a bar on
// a terminal, as a line now and then elsewhere.
func showProgress(out *os.File, p *fhir.Progress) (stop func()) {
	if term.IsTerminal(int(out.Fd())) {
		bar := progressbar.NewOptions64(1, progressbar.OptionSetWriter(out), progressbar.OptionSetPredictTime(true),
			progressbar.OptionSetWidth(barWidth), progressbar.OptionClearOnFinish())
		return every(barPeriod, func(begun time.Time) { moveBar(bar, p, begun) }, func() { _ = bar.Finish() })
	}
	return every(linePeriod, func(begun time.Time) { writeProgress(out, p, time.Since(begun)) }, func() {})
}

// every calls tell again and again in the background, and last at the end.
func every(period time.Duration, tell func(begun time.Time), last func()) (stop func()) {
	begun, ended := time.Now(), make(chan struct{})
	var teller sync.WaitGroup
	teller.Go(func() {
		ticks := time.NewTicker(period)
		defer ticks.Stop()
		for {
			select {
			case <-ticks.C:
				tell(begun)
			case <-ended:
				last()
				return
			}
		}
	})
	return func() {
		close(ended)
		teller.Wait()
	}
}

// moveBar shows how much of the files is done. An error of the terminal is no
// reason to stop.
func moveBar(bar *progressbar.ProgressBar, p *fhir.Progress, begun time.Time) {
	total, done := p.Total.Load(), p.Done.Load()
	if total == 0 || done >= total { // the bar would end itself
		return
	}
	bar.ChangeMax64(total)
	bar.Describe(rates(p, time.Since(begun)))
	_ = bar.Set64(done)
}

// rates says how far it is and how fast, "1200 patients, 35/s, 41.3 MB/s".
func rates(p *fhir.Progress, took time.Duration) string {
	patients, seconds := p.Patients.Load(), took.Seconds()
	return fmt.Sprintf("%d patients, %.0f/s, %.1f MB/s", patients, float64(patients)/seconds, float64(p.JSON.Load())/1e6/seconds)
}

// writeProgress writes a line like "1200 patients, 35/s, 41.3 MB/s, 40 %, 1m30s left".
func writeProgress(w io.Writer, p *fhir.Progress, took time.Duration) {
	line, total, done := rates(p, took), p.Total.Load(), p.Done.Load()
	if done > 0 && total > 0 {
		left := time.Duration(float64(took) * float64(total-done) / float64(done))
		line += fmt.Sprintf(", %d %%, %v left", done*100/total, left.Round(time.Second))
	}
	fmt.Fprintln(w, line)
}
