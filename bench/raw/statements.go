package main

// A page of patients in the order of their names after one of them, 51 to know whether there are
// more. The rows are p.
const pageOfPatients = `
	SELECT p.*, row_number() OVER (ORDER BY family_key, given_key, id) AS n
	FROM (
		SELECT * FROM patients WHERE (family_key, given_key, id) > ($1, $2, $3::uuid)
		ORDER BY family_key, given_key, id LIMIT 51
	) p`

// asPage makes the rows of page, each of which has its JSON as item and its place as n, into one.
const asPage = `
	SELECT json_build_object(
		'items', coalesce(json_agg(item ORDER BY n) FILTER (WHERE n <= 50), '[]'),
		'hasNextPage', count(*) > 50,
		'endCursor', (array_agg(item->'cursor' ORDER BY n DESC) FILTER (WHERE n <= 50))[1])
	FROM page`

const patientsCursor = `'cursor', json_build_array(p.family_key, p.given_key, p.id)`

const patientsFields = `'id', p.id, 'mrn', p.mrn, 'givenName', p.given_name, 'familyName', p.family_name, 'birthDate', p.birth_date, 'sex', p.sex,
	'phone', p.phone, 'email', p.email`

// statements are the answers, by address.
var statements = map[string]string{
	"GET /patients/{id}": `
		SELECT json_build_object(` + patientsFields + `, 'createdAt', p.created_at, 'updatedAt', p.updated_at)
		FROM patients p WHERE p.id = $1`,

	"GET /patients": `
		WITH page AS (SELECT n, json_build_object(` + patientsCursor + `, ` + patientsFields + `) AS item FROM (` + pageOfPatients + `) p)` + asPage,

	"GET /patients/nested": `
		WITH page AS (SELECT n, json_build_object(` + patientsCursor + `, ` + patientsFields + `,
			'appointments', (
				SELECT json_build_object('items', coalesce(json_agg(item ORDER BY n) FILTER (WHERE n <= 5), '[]'), 'hasNextPage', count(*) > 5,
					'endCursor', (array_agg(json_build_array(starts_at, id) ORDER BY n DESC) FILTER (WHERE n <= 5))[1])
				FROM (
					SELECT row_number() OVER (ORDER BY a.starts_at DESC, a.id DESC) AS n, a.id, a.starts_at,
						json_build_object('id', a.id, 'startsAt', a.starts_at, 'endsAt', a.ends_at, 'status', a.status, 'reason', a.reason,
							'practitioner', json_build_object('id', d.id, 'familyName', d.family_name)) AS item
					FROM (SELECT * FROM appointments WHERE patient_id = p.id ORDER BY starts_at DESC, id DESC LIMIT 6) a
					LEFT JOIN practitioners d ON d.id = a.practitioner_id
				) a),
			'medicalRecords', (
				SELECT json_build_object('items', coalesce(json_agg(item ORDER BY n) FILTER (WHERE n <= 5), '[]'), 'hasNextPage', count(*) > 5,
					'endCursor', (array_agg(json_build_array(recorded_on, id) ORDER BY n DESC) FILTER (WHERE n <= 5))[1])
				FROM (
					SELECT row_number() OVER (ORDER BY r.recorded_on DESC, r.id DESC) AS n, r.id, r.recorded_on,
						json_build_object('id', r.id, 'recordedOn', r.recorded_on, 'diagnosis', r.diagnosis, 'prescription', r.prescription, 'notes', r.notes) AS item
					FROM (SELECT * FROM medical_records WHERE patient_id = p.id ORDER BY recorded_on DESC, id DESC LIMIT 6) r
				) r)) AS item FROM (` + pageOfPatients + `) p WHERE n <= 51)` + asPage,

	"GET /practitioners/{id}/upcoming": `
		SELECT json_build_object('id', d.id, 'familyName', d.family_name, 'appointments', (
			SELECT json_build_object('items', coalesce(json_agg(item ORDER BY n) FILTER (WHERE n <= 20), '[]'), 'hasNextPage', count(*) > 20,
				'endCursor', (array_agg(json_build_array(starts_at, id) ORDER BY n DESC) FILTER (WHERE n <= 20))[1])
			FROM (
				SELECT row_number() OVER (ORDER BY a.starts_at, a.id) AS n, a.id, a.starts_at,
					json_build_object('id', a.id, 'startsAt', a.starts_at, 'endsAt', a.ends_at, 'status', a.status, 'reason', a.reason,
						'patient', json_build_object('id', p.id, 'mrn', p.mrn, 'givenName', p.given_name, 'familyName', p.family_name)) AS item
				FROM (SELECT * FROM appointments WHERE practitioner_id = d.id AND starts_at >= $2 ORDER BY starts_at, id LIMIT 21) a
				JOIN patients p ON p.id = a.patient_id
			) a))
		FROM practitioners d WHERE d.id = $1`,

	"GET /practitioners/{id}/charts": `
		SELECT json_build_object('id', d.id, 'familyName', d.family_name, 'appointments', (
			SELECT coalesce(json_agg(json_build_object('id', a.id, 'startsAt', a.starts_at, 'patient', json_build_object(
				'id', p.id, 'givenName', p.given_name, 'familyName', p.family_name, 'medicalRecords', (
					SELECT coalesce(json_agg(json_build_object('id', r.id, 'recordedOn', r.recorded_on, 'diagnosis', r.diagnosis,
						'practitioner', json_build_object('id', w.id, 'familyName', w.family_name)) ORDER BY r.recorded_on DESC, r.id DESC), '[]')
					FROM (SELECT * FROM medical_records WHERE patient_id = p.id ORDER BY recorded_on DESC, id DESC LIMIT 3) r
					LEFT JOIN practitioners w ON w.id = r.practitioner_id))) ORDER BY a.starts_at DESC, a.id DESC), '[]')
			FROM (SELECT * FROM appointments WHERE practitioner_id = d.id ORDER BY starts_at DESC, id DESC LIMIT 20) a
			JOIN patients p ON p.id = a.patient_id))
		FROM practitioners d WHERE d.id = $1`,

	"GET /calendar": `
		SELECT json_agg(json_build_object('practitioner', json_build_object('id', d.id, 'familyName', d.family_name), 'appointments', (
			SELECT coalesce(json_agg(json_build_object('id', a.id, 'startsAt', a.starts_at, 'endsAt', a.ends_at, 'status', a.status, 'reason', a.reason,
				'patient', json_build_object('id', p.id, 'givenName', p.given_name, 'familyName', p.family_name)) ORDER BY a.starts_at, a.id), '[]')
			FROM appointments a JOIN patients p ON p.id = a.patient_id, clinics c
			WHERE a.practitioner_id = d.id AND a.starts_at >= $1::date::timestamp AT TIME ZONE c.time_zone
				AND a.starts_at < ($1::date + 1)::timestamp AT TIME ZONE c.time_zone AND a.status NOT IN ('CANCELLED', 'ENTERED_IN_ERROR'))))
		FROM practitioners d WHERE d.id = ANY ($2::uuid[])`,

	"GET /patients/prefix": `
		SELECT coalesce(json_agg(json_build_object('id', p.id, 'mrn', p.mrn, 'givenName', p.given_name, 'familyName', p.family_name, 'birthDate', p.birth_date)
			ORDER BY p.family_key, p.given_key, p.id), '[]')
		FROM (SELECT * FROM patients WHERE family_key >= $1 AND family_key < $1 || chr(1114111) ORDER BY family_key, given_key, id LIMIT 20) p`,

	"GET /patients/contains": `
		SELECT coalesce(json_agg(json_build_object('id', p.id, 'mrn', p.mrn, 'givenName', p.given_name, 'familyName', p.family_name, 'birthDate', p.birth_date)
			ORDER BY p.family_key, p.given_key, p.id), '[]')
		FROM (SELECT * FROM patients WHERE family_key LIKE '%' || $1 || '%' ORDER BY family_key, given_key, id LIMIT 20) p`,
}
