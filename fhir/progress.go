package fhir

import "sync/atomic"

// Progress is how far an import has come. It may be read at any time.
type Progress struct {
	Total    atomic.Int64 // bytes of all files, packed as they are
	Done     atomic.Int64 // of Total
	JSON     atomic.Int64 // bytes of JSON that were read
	Patients atomic.Int64 // who were dealt with
}
