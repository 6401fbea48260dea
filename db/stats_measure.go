package db

import "strings"

// The statistics.
var (
	appointmentStats = &statistics{
		name: "appointments", field: "appointmentStats", group: "AppointmentGroup", view: "appointment_facts", of: "appointments", listed: "t.status <> 'ENTERED_IN_ERROR'", unless: "Status", ranged: "startsAt",
		groups: appointmentGroups,
		measure: map[string]string{
			"count": "count(*)", "distinctPatients": "count(DISTINCT t.patient_id)",
			"noShowRate": rate("is_missed", "is_due"), "cancellationRate": rate("is_cancelled", "is_meant"), "lateCancellationRate": rate("is_late", "is_meant"),
			"bookedMinutes": "sum(t.booked_minutes)", "leadTimeMedian": quantile("lead_minutes", "0.5"), "leadTimeP90": quantile("lead_minutes", "0.9"),
			"waitMedian": quantile("wait_minutes", "0.5"), "visitLengthMedian": quantile("visit_minutes", "0.5"),
		},
	}
	recordStats = &statistics{
		name: "records", field: "recordStats", group: "MedicalRecordGroup", view: "record_facts", of: "medical_records", listed: "t.status <> 'ENTERED_IN_ERROR'", unless: "Status", ranged: "recordedOn",
		groups: recordGroups,
		measure: map[string]string{
			"count": "count(*)", "distinctPatients": "count(DISTINCT t.patient_id)", "codedShare": rate("is_coded", "is_one"),
			"timeToSignMedian": quantile("sign_minutes", "0.5"),
		},
	}
	patientStats = &statistics{
		name: "patients", field: "patientStats", group: "PatientGroup", view: "patient_facts", of: "patients", listed: "t.archived_at IS NULL", unless: "IsArchived", ranged: "createdAt",
		groups: patientGroups,
		measure: map[string]string{
			"count": "count(*)", "distinctPatients": "count(*)", "visitsPerPatient": "avg(t.recent_visits)", "ageMedian": quantile("age", "0.5"),
		},
	}
)

func rate(part, whole string) string {
	return "sum(t." + part + ")::float8 / nullif(sum(t." + whole + "), 0)"
}

func quantile(column, at string) string {
	return "percentile_cont(" + at + ") WITHIN GROUP (ORDER BY t." + column + ")"
}

// measureOf returns the field of StatsCell that a field of an order is, "" for the key.
func measureOf(order string) string {
	if order == "KEY" {
		return ""
	}
	words := strings.Split(strings.ToLower(order), "_")
	for i, word := range words[1:] {
		words[i+1] = strings.ToUpper(word[:1]) + word[1:]
	}
	return strings.Join(words, "")
}
