// What Apollo Server and Mercurius read and write: statements that are prepared once per connection, each for
// all keys of a level at once.
import pg from "pg";
import { GraphQLScalarType } from "graphql";

pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL) });

const prepared = (name, text) => async (...values) => (await pool.query({ name, text, values })).rows;

const patientColumns = `p.id, p.mrn, p.given_name AS "givenName", p.family_name AS "familyName", p.birth_date AS "birthDate", p.sex, p.phone, p.email,
  p.created_at AS "createdAt", p.updated_at AS "updatedAt", p.family_key AS "familyKey", p.given_key AS "givenKey"`;
const practitionerColumns = `d.id, d.family_name AS "familyName"`;
const visitColumns = `a.id, a.patient_id AS "patientId", a.practitioner_id AS "practitionerId", a.starts_at AS "startsAt", a.ends_at AS "endsAt", a.status, a.reason`;
const recordColumns = `r.id, r.patient_id AS "patientId", r.practitioner_id AS "practitionerId", r.recorded_on AS "recordedOn", r.diagnosis, r.prescription, r.notes`;

const byName = "ORDER BY p.family_key, p.given_key, p.id";

// For each parent as many rows of a table as asked for, along the index that has them in order.
const perParent = (alias, columns, from, condition, order) => `
  SELECT ${columns} FROM unnest($1::uuid[]) parent (id)
  CROSS JOIN LATERAL (SELECT * FROM ${from} x WHERE ${condition} ORDER BY ${order} LIMIT $2) ${alias}`;

const read = {
  patientPage: prepared("patientPage", `SELECT ${patientColumns} FROM patients p WHERE (p.family_key, p.given_key, p.id) > ($1, $2, $3::uuid) ${byName} LIMIT $4`),
  patientPrefix: prepared("patientPrefix", `SELECT ${patientColumns} FROM patients p WHERE p.family_key >= $1 AND p.family_key < $1 || chr(1114111) ${byName} LIMIT $2`),
  patientPart: prepared("patientPart", `SELECT ${patientColumns} FROM patients p WHERE p.family_key LIKE '%' || $1 || '%' ${byName} LIMIT $2`),
  patientsByID: prepared("patientsByID", `SELECT ${patientColumns} FROM patients p WHERE p.id = ANY ($1::uuid[])`),
  practitionersByID: prepared("practitionersByID", `SELECT ${practitionerColumns} FROM practitioners d WHERE d.id = ANY ($1::uuid[])`),
  visitsOfPatients: prepared("visitsOfPatients", perParent("a", visitColumns, "appointments", "x.patient_id = parent.id", "x.starts_at DESC, x.id DESC")),
  recordsOfPatients: prepared("recordsOfPatients", perParent("r", recordColumns, "medical_records", "x.patient_id = parent.id", "x.recorded_on DESC, x.id DESC")),
  lastVisits: prepared("lastVisits", perParent("a", visitColumns, "appointments", "x.practitioner_id = parent.id", "x.starts_at DESC, x.id DESC")),
  nextVisits: prepared("nextVisits", perParent("a", visitColumns, "appointments", "x.practitioner_id = parent.id AND x.starts_at >= $3", "x.starts_at, x.id")),
  day: prepared("day", `
    SELECT ${visitColumns} FROM appointments a, clinics c
    WHERE a.practitioner_id = ANY ($1::uuid[]) AND a.starts_at >= $2::date::timestamp AT TIME ZONE c.time_zone
      AND a.starts_at < ($2::date + 1)::timestamp AT TIME ZONE c.time_zone AND a.status NOT IN ('CANCELLED', 'ENTERED_IN_ERROR')
    ORDER BY a.starts_at, a.id`),
};

const write = {
  patient: prepared("addPatient", `
    INSERT INTO patients AS p (id, given_name, family_name, birth_date, birth_date_precision, sex, phone, family_key, given_key, search_words)
    VALUES (new_id(3), $1, $2, $3, 'DAY', $4, $5, lower($2), lower($1), ARRAY[lower($2), lower($1)]) RETURNING ${patientColumns}`),
  visit: prepared("addVisit", `
    INSERT INTO appointments AS a (id, patient_id, practitioner_id, starts_at, ends_at, status, reason)
    VALUES (new_id(4), $1, $2, $3, $4, 'BOOKED', $5) RETURNING ${visitColumns}`),
  record: prepared("addRecord", `
    INSERT INTO medical_records AS r (id, patient_id, practitioner_id, recorded_on, status, diagnosis, code, code_system, notes)
    VALUES (new_id(5), $1, $2, $3, 'DRAFT', $4, $5, $6, $7) RETURNING ${recordColumns}`),
};

// The rows of each key, in the order of the keys.
const gathered = (keys, rows, column) => {
  const of = new Map(keys.map((key) => [key, []]));
  for (const row of rows) of.get(row[column]).push(row);
  return keys.map((key) => of.get(key));
};

const found = (keys, rows) => {
  const of = new Map(rows.map((row) => [row.id, row]));
  return keys.map((key) => of.get(key) ?? null);
};

const cursorOf = (...key) => Buffer.from(JSON.stringify(key)).toString("base64");

// A page of rows, of which one more was read than is shown. Cursors are made only where they are asked for.
const page = (rows, first, key) => {
  const shown = rows.slice(0, first);
  const edges = shown.map((node) => ({
    node,
    get cursor() {
      return cursorOf(...key(node));
    },
  }));
  const pageInfo = {
    hasNextPage: rows.length > first,
    get endCursor() {
      return edges.at(-1)?.cursor ?? null;
    },
  };
  return { edges, pageInfo };
};

const patientKey = (p) => [p.familyKey, p.givenKey, p.id];
const visitKey = (a) => [a.startsAt, a.id];
const recordKey = (r) => [r.recordedOn, r.id];

// Batches: keys in, as many answers out.
export const batches = {
  patients: async (ids) => found(ids, await read.patientsByID([...new Set(ids)])),
  practitioners: async (ids) => found(ids, await read.practitionersByID([...new Set(ids)])),
  visitsOfPatients: async (ids, first) => gathered(ids, await read.visitsOfPatients(ids, first + 1), "patientId").map((rows) => page(rows, first, visitKey)),
  recordsOfPatients: async (ids, first) => gathered(ids, await read.recordsOfPatients(ids, first + 1), "patientId").map((rows) => page(rows, first, recordKey)),
  visitsOfPractitioners: async (ids, first, since) =>
    gathered(ids, since ? await read.nextVisits(ids, first + 1, since) : await read.lastVisits(ids, first + 1), "practitionerId").map((rows) => page(rows, first, visitKey)),
};

const one = async (batch, id) => (await batch([id]))[0];

const patientsFound = (first, after, { startsWith, contains } = {}) => {
  if (startsWith) return read.patientPrefix(startsWith, first + 1);
  if (contains) return read.patientPart(contains, first + 1);
  const [family, given, id] = after ? JSON.parse(Buffer.from(after, "base64")) : ["", "", "00000000-0000-0000-0000-000000000000"];
  return read.patientPage(family, given, id, first + 1);
};

export const roots = {
  Query: {
    patient: (_, { id }) => one(batches.patients, id),
    patients: async (_, { first, after, where }) => page(await patientsFound(first, after, where?.familyName), first, patientKey),
    practitioner: (_, { id }) => one(batches.practitioners, id),
    schedule: async (_, { range, practitionerIds }) => {
      const [practitioners, visits] = await Promise.all([batches.practitioners(practitionerIds), read.day(practitionerIds, range.date)]);
      const of = gathered(practitionerIds, visits, "practitionerId");
      return { columns: practitioners.map((practitioner, i) => ({ practitioner, appointments: of[i] })) };
    },
  },
  Mutation: {
    createPatient: async (_, { input: i }) => ({ patient: (await write.patient(i.givenName, i.familyName, i.birthDate, i.sex, i.phone))[0] }),
    bookAppointment: async (_, { input: i }) => ({ appointment: (await write.visit(i.patientId, i.practitionerId, i.startsAt, i.endsAt, i.reason))[0] }),
    createMedicalRecord: async (_, { input: i }) => ({
      medicalRecord: (await write.record(i.patientId, i.practitionerId, i.recordedOn, i.diagnosis, i.code, i.codeSystem, i.notes))[0],
    }),
  },
};

export const scalars = {
  Date: new GraphQLScalarType({ name: "Date" }),
  DateTime: new GraphQLScalarType({ name: "DateTime", serialize: (value) => (value instanceof Date ? value.toISOString() : value) }),
};

// since is the instant that a list of visits begins at, if it was asked for.
export const since = (where) => where?.startsAt?.gte;
