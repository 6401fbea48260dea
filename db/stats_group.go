package db

// A statsGroup is something that a statistic can be grouped by. stats.dimensions says
// the same to the database, which TestStats_groupsAreTheDatabases compares.
type statsGroup struct {
	column string // of the facts
	family string // of which one says what the others do
	days   int    // in a bucket, at the least; 0 where it is no span of days
	values int    // that there can be; 0 where that is not known
}

// The groups that statistics have in common.
var (
	byPractitioner = statsGroup{column: "practitioner", family: "who"}
	bySpecialty    = statsGroup{column: "specialty", family: "who"}
	byDay          = statsGroup{column: "day", family: "calendar", days: 1}
	byWeek         = statsGroup{column: "week", family: "calendar", days: 7}
	byMonth        = statsGroup{column: "month", family: "calendar", days: 28}
	byQuarter      = statsGroup{column: "quarter", family: "calendar", days: 90}
	byStatus       = statsGroup{column: "status", family: "status", values: 8}
	byAgeBand      = statsGroup{column: "age_band", family: "age_band", values: 9}
	bySex          = statsGroup{column: "sex", family: "sex", values: 4}
	byRegion       = statsGroup{column: "region", family: "region"}
)

var appointmentGroups = map[string]statsGroup{
	"PRACTITIONER": byPractitioner, "SPECIALTY": bySpecialty, "STATUS": byStatus, "DAY": byDay, "WEEK": byWeek, "MONTH": byMonth, "QUARTER": byQuarter,
	"AGE_BAND": byAgeBand, "SEX": bySex, "REGION": byRegion,
	"TYPE":    {column: "visit_type", family: "type"},
	"REASON":  {column: "reason_words", family: "reason"},
	"WEEKDAY": {column: "weekday", family: "weekday", values: 7},
	"HOUR":    {column: "hour", family: "hour", values: 24},
}

var recordGroups = map[string]statsGroup{
	"PRACTITIONER": byPractitioner, "SPECIALTY": bySpecialty, "STATUS": byStatus, "DAY": byDay, "WEEK": byWeek, "MONTH": byMonth, "QUARTER": byQuarter,
	"AGE_BAND": byAgeBand, "SEX": bySex, "REGION": byRegion,
	"DIAGNOSIS_CODE":     {column: "diagnosis_code", family: "diagnosis"},
	"DIAGNOSIS_CATEGORY": {column: "diagnosis_category", family: "diagnosis"},
	"DIAGNOSIS_CHAPTER":  {column: "chapter", family: "diagnosis", values: 23},
}

var patientGroups = map[string]statsGroup{
	"AGE_BAND": byAgeBand, "SEX": bySex, "REGION": byRegion,
	"PREFERRED_LANGUAGE":   {column: "preferred_language", family: "preferred_language"},
	"PRIMARY_PRACTITIONER": {column: "primary_practitioner_id", family: "who"},
	"REGISTERED_MONTH":     {column: "registered_month", family: "calendar", days: 28},
}
