package main

import (
	"context"
	"net/http"
	"sync"
	"time"

	"github.com/clinicql/clinicql/graph"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// maxOperations is how many operations are told apart. Whoever makes up documents
// makes up no more labels than these; the rest is one, "other".
const maxOperations = 500

// scrapeTimeout is how long the database may take to tell what is asked of it.
const scrapeTimeout = time.Second

// metrics are what Prometheus is told. No label is about a person.
type metrics struct {
	registry   *prometheus.Registry
	operations *prometheus.CounterVec
	duration   *prometheus.HistogramVec
	mutations  *prometheus.CounterVec
	statements *prometheus.CounterVec
	inDatabase *prometheus.CounterVec
	exports    *prometheus.CounterVec
	rows       *prometheus.CounterVec

	mu     sync.Mutex
	known  map[string]bool
	series map[ending]*series
}

// An ending is how an operation ended, as metrics tell it.
type ending struct{ operation, kind, code string }

// series are what is counted of one ending.
type series struct {
	operations, statements, inDatabase prometheus.Counter
	duration                           prometheus.Observer
}

func newMetrics(s *server) *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry:   prometheus.NewRegistry(),
		operations: counter("clinicql_operations_total", "Operations answered, by the code of their first error.", "operation", "type", "code"),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "clinicql_operation_duration_seconds", Help: "From the request to its answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"type"}),
		mutations:  counter("clinicql_mutations_total", "Fields of mutations that were run, by the code of their error: bookings, sign-ins and all others.", "field", "code"),
		statements: counter("clinicql_statements_total", "Statements that operations sent to the database.", "operation"),
		inDatabase: counter("clinicql_database_seconds_total", "Time that operations spent on the database, waiting for a connection included.", "operation"),
		exports:    counter("clinicql_exports_total", "Exports, by why they were refused or broke off.", "format", "code"),
		rows:       counter("clinicql_exported_rows_total", "Rows that exports sent.", "format"),
		known:      map[string]bool{},
		series:     map[ending]*series{},
	}
	info := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "clinicql_info", Help: "1 for each server: their sum is how many there are.", ConstLabels: prometheus.Labels{"version": s.health.version},
	})
	info.Set(1)
	ready := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "clinicql_ready", Help: "Whether /health/ready says 200."}, func() float64 {
		if s.health.checks().status() == "fail" {
			return 0
		}
		return 1
	})
	held := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "clinicql_held_connections", Help: "WebSockets, streams of events and exports that are open."}, func() float64 {
		return float64(s.gate.Holding())
	})
	kept := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "clinicql_kept_reads", Help: "Entries of the audit that wait until the database has room."}, func() float64 {
		return float64(s.db.KeptReads())
	})
	m.registry.MustRegister(m.operations, m.duration, m.mutations, m.statements, m.inDatabase, m.exports, m.rows, info, ready, held, kept, &databaseCollector{s},
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// observe counts an operation.
func (m *metrics) observe(o *graph.Observation) {
	s := m.of(o)
	s.operations.Inc()
	s.duration.Observe(o.Took.Seconds())
	s.statements.Add(float64(o.Statements))
	s.inDatabase.Add(o.InDatabase.Seconds())
	for field, code := range o.Mutations {
		m.mutations.WithLabelValues(field, code).Inc()
	}
}

// export is how the statements of all exports are labelled.
const export = "export"

// observeExport counts an export, which is none of the operations.
func (m *metrics) observeExport(e *graph.Exported) {
	m.exports.WithLabelValues(e.Format, e.Code).Inc()
	m.rows.WithLabelValues(e.Format).Add(float64(e.Rows))
	m.statements.WithLabelValues(export).Add(float64(e.Statements))
	m.inDatabase.WithLabelValues(export).Add(e.InDatabase.Seconds())
}

// of returns what is counted of an operation: the labels are looked up once.
func (m *metrics) of(o *graph.Observation) *series {
	m.mu.Lock()
	defer m.mu.Unlock()
	e := ending{m.label(o.Operation), o.Type, o.Code}
	s := m.series[e]
	if s == nil {
		s = &series{
			m.operations.WithLabelValues(e.operation, e.kind, e.code), m.statements.WithLabelValues(e.operation), m.inDatabase.WithLabelValues(e.operation),
			m.duration.WithLabelValues(e.kind),
		}
		m.series[e] = s
	}
	return s
}

// label is that of an operation: its name, or the beginning of its hash. The lock is held.
func (m *metrics) label(operation string) string {
	const short = len("sha256:") + 12
	operation = operation[:min(len(operation), short)]
	if !m.known[operation] {
		if len(m.known) >= maxOperations {
			return "other"
		}
		m.known[operation] = true
	}
	return operation
}

// handler answers who scrapes.
func (m *metrics) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}))
	return mux
}

// A databaseCollector asks how the connections are used, and for the audit's lag,
// when somebody wants to know.
type databaseCollector struct{ *server }

var (
	connections = prometheus.NewDesc("clinicql_database_connections", "Connections to the database.", []string{"login", "state"}, nil)
	maxOpen     = prometheus.NewDesc("clinicql_database_connections_max", "Connections that there may be.", []string{"login"}, nil)
	waited      = prometheus.NewDesc("clinicql_database_wait_seconds_total", "Time that statements waited for a connection.", []string{"login"}, nil)
	reads       = prometheus.NewDesc("clinicql_reads_total", "Statements of reads, by the server that served them.", []string{"server"}, nil)
	serving     = prometheus.NewDesc("clinicql_standbys_serving", "Whether standbys serve reads now; not told without DATABASE_REPLICA_URL.", nil, nil)
	standbyLag  = prometheus.NewDesc("clinicql_standby_lag_bytes", "What the primary wrote and a standby has not replayed.", nil, nil)
	auditLag    = prometheus.NewDesc("clinicql_audit_lag_seconds", "How long the oldest row of the audit has waited for its seal.", nil, nil)
)

func (c *databaseCollector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{connections, maxOpen, waited, reads, serving, standbyLag, auditLag} {
		to <- d
	}
}

func (c *databaseCollector) Collect(to chan<- prometheus.Metric) {
	gauge, counter := prometheus.GaugeValue, prometheus.CounterValue
	for login, s := range c.db.PoolStats() {
		to <- prometheus.MustNewConstMetric(connections, gauge, float64(s.InUse), login, "in use")
		to <- prometheus.MustNewConstMetric(connections, gauge, float64(s.Idle), login, "idle")
		to <- prometheus.MustNewConstMetric(maxOpen, gauge, float64(s.MaxOpenConnections), login)
		to <- prometheus.MustNewConstMetric(waited, counter, s.WaitDuration.Seconds(), login)
	}
	primary, standby, isReplicated, isServing := c.db.Reads()
	to <- prometheus.MustNewConstMetric(reads, counter, float64(primary), "primary")
	ctx, cancel := context.WithTimeout(context.Background(), scrapeTimeout)
	defer cancel()
	if isReplicated {
		to <- prometheus.MustNewConstMetric(reads, counter, float64(standby), "standby")
		value := 0.0
		if isServing {
			value = 1
		}
		to <- prometheus.MustNewConstMetric(serving, gauge, value)
		if lag, err := c.db.StandbyLag(ctx); err == nil {
			to <- prometheus.MustNewConstMetric(standbyLag, gauge, float64(lag))
		}
	}
	if lag, err := c.db.AuditLag(ctx); err == nil { // without a database nobody can tell
		to <- prometheus.MustNewConstMetric(auditLag, gauge, lag.Seconds())
	}
}
