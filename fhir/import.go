// Package fhir brings the resources of FHIR R4 into the record: one file per
// type of resource.
package fhir

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/clinicql/clinicql/db"
	"github.com/google/uuid"
)

// Options say what an import reads.
type Options struct {
	Paths    []string  // files, and folders that are searched all the way down
	Progress *Progress // where to tell how far it is; may be nil
}

// An importer is one import.
type importer struct {
	db            *db.DB
	clinic        *db.Clinic
	moments       moments
	report        *Report
	progress      *Progress
	practitioners *practitioners
	medicines     *medicines
}

// Import reads bundles (.json) and bulk exports (.ndjson), each with or without
// .gz, into the record, signed by the context's actor. What cannot be imported
// is told in the report; an error is returned when the import could not go on,
// and the report then tells what was done. It may be repeated at any time: what
// is known is left as it is.
func Import(ctx context.Context, d *db.DB, o Options) (*Report, error) {
	begun := time.Now()
	clinic, err := d.Clinic(ctx)
	if err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(clinic.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("import: %w", err)
	}
	found, err := findInputs(o.Paths)
	if err != nil {
		return nil, err
	}
	im := &importer{
		db: d, clinic: clinic, moments: moments{zone}, report: newReport(), progress: o.Progress,
		practitioners: &practitioners{ids: map[target]uuid.UUID{}}, medicines: newMedicines(),
	}
	if im.progress == nil {
		im.progress = &Progress{}
	}
	if err = im.run(ctx, found); err != nil {
		im.report.Stopped = err.Error()
	}
	im.report.finish(time.Since(begun), im.progress.JSON.Load())
	return im.report, err
}

func (im *importer) run(ctx context.Context, found *inputs) error {
	im.report.Files, im.report.Ignored = len(found.bundles)+len(found.exports), found.ignored
	for _, f := range append(found.bundles, found.exports...) {
		im.progress.Total.Add(f.size)
	}
	export, err := im.openExport(found.exports)
	if err != nil {
		return err
	}
	defer export.close()
	if err := export.sortOut(ctx, found.exports); err != nil {
		return err
	}
	if err := im.importBundles(ctx, found.bundles); err != nil {
		return err
	}
	return export.importParts(ctx)
}

// importBundles imports the files. One that refers to what is not there yet is
// put aside until the others are done.
func (im *importer) importBundles(ctx context.Context, files []input) error {
	for isLast := false; ; {
		var mu sync.Mutex
		var aside []input
		err := each(ctx, files, func(ctx context.Context, f input) error {
			done, err := im.importBundle(ctx, f, isLast)
			if err == nil && !done {
				mu.Lock()
				defer mu.Unlock()
				aside = append(aside, f)
			}
			return err
		})
		if err != nil || len(aside) == 0 {
			return err
		}
		isLast = len(aside) == len(files)
		files = aside
	}
}

// importBundle imports one file, and says whether it did.
func (im *importer) importBundle(ctx context.Context, f input, isLast bool) (bool, error) {
	set := im.newSet(true)
	r, err := f.open(im.progress, 100)
	if err != nil {
		im.progress.Done.Add(f.size)
		im.report.add(&Report{Problems: []Problem{*unreadable(f.path, err)}})
		return true, nil
	}
	defer r.Close()
	reader := &bundleReader{set: set, file: f.path}
	if wrong := reader.read(r); wrong != nil {
		set.report.Problems = append(set.report.Problems, *wrong)
		for _, r := range set.resources {
			set.report.count(r.source.Type).Refused++
		}
		im.report.add(set.report)
		return true, nil
	}
	done, err := set.importTo(ctx, isLast)
	if done || err != nil {
		im.report.add(set.report)
	} else {
		r.forget()
	}
	return done, err
}

// each does all items, as many at a time as there are processors, and stops at
// the first error.
func each[T any](ctx context.Context, items []T, do func(context.Context, T) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan T)
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(items)) {
		workers.Go(func() {
			for item := range next {
				if err := do(ctx, item); err != nil {
					cancel(err)
				}
			}
		})
	}
	for _, item := range items {
		select {
		case next <- item:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}
