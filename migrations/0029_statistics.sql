-- +migrate Up

-- What statistics count: each visit, record and patient with all that they are grouped by and measured with, defined once. Views of the same
-- names in schema asof show the same of an instant. Whoever reads one reads with rights of their own. A new column of the tables below is
-- added with SELECT show_facts().
-- +migrate StatementBegin
CREATE FUNCTION show_facts() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    lens text;
    fact text;
BEGIN
    FOREACH lens IN ARRAY '{public,asof}'::text[] LOOP
        FOREACH fact IN ARRAY ARRAY[
            -- Of visits, by the clinic's clock at their start.
            'CREATE OR REPLACE VIEW {lens}.appointment_facts WITH (security_invoker = true) AS
            SELECT l.day, date_trunc(''week'', l.local)::date AS week, date_trunc(''month'', l.local)::date AS month, date_trunc(''quarter'', l.local)::date AS quarter,
                date_part(''isodow'', l.local)::int AS weekday, date_part(''hour'', l.local)::int AS hour,
                coalesce(width_bucket(date_part(''year'', age(l.day::timestamp, p.birth_date::timestamp))::int, ''{5,18,30,45,60,75,90}''::int[]), 8) AS age_band,
                p.sex, nullif(upper(left(regexp_replace(p.address ->> ''postalCode'', ''\s'', '''', ''g''), 3)), '''') AS region,
                a.practitioner_id AS practitioner, d.specialty, coalesce(y.name, a.type) AS visit_type,
                CASE WHEN octet_length(a.reason) = length(a.reason) THEN lower(a.reason)
                    ELSE normalize(regexp_replace(normalize(lower(a.reason), NFD), ''[\u0300-\u036f]'', '''', ''g''), NFC) END AS reason_words,
                1 AS is_one,
                (a.status = ''NO_SHOW'')::int AS is_missed,
                (a.status IN (''COMPLETED'', ''NO_SHOW''))::int AS is_due,
                (a.status = ''CANCELLED'' AND a.cancellation_reason <> ''RESCHEDULED'')::int AS is_cancelled,
                (a.status = ''CANCELLED'' AND a.cancellation_reason <> ''RESCHEDULED'' AND a.is_late_cancellation IS TRUE)::int AS is_late,
                (a.status NOT IN (''REQUESTED'', ''ENTERED_IN_ERROR'') AND a.cancellation_reason IS DISTINCT FROM ''RESCHEDULED'')::int AS is_meant,
                CASE WHEN a.status IN (''BOOKED'', ''CHECKED_IN'', ''IN_PROGRESS'', ''COMPLETED'', ''NO_SHOW'') THEN date_part(''epoch'', a.ends_at - a.starts_at) / 60 ELSE 0 END AS booked_minutes,
                CASE WHEN a.created_at <= a.starts_at THEN date_part(''epoch'', a.starts_at - a.created_at) / 60 END AS lead_minutes,
                CASE WHEN a.checked_in_at <= a.started_at THEN date_part(''epoch'', a.started_at - a.checked_in_at) / 60 END AS wait_minutes,
                CASE WHEN a.started_at <= a.completed_at THEN date_part(''epoch'', a.completed_at - a.started_at) / 60 END AS visit_minutes,
                a.*
            FROM {lens}.appointments a
            LEFT JOIN {lens}.patients p ON p.id = a.patient_id
            LEFT JOIN {lens}.practitioners d ON d.id = a.practitioner_id
            LEFT JOIN {lens}.appointment_types y ON y.id = a.appointment_type_id
            CROSS JOIN LATERAL (SELECT a.starts_at AT TIME ZONE {zone} AS local, (a.starts_at AT TIME ZONE {zone})::date AS day) l',
            -- Of records, by the day that they tell of. What ICD-10 says of a code holds for codes of ICD-10 only.
            'CREATE OR REPLACE VIEW {lens}.record_facts WITH (security_invoker = true) AS
            SELECT r.recorded_on AS day, date_trunc(''week'', r.recorded_on::timestamp)::date AS week, date_trunc(''month'', r.recorded_on::timestamp)::date AS month,
                date_trunc(''quarter'', r.recorded_on::timestamp)::date AS quarter,
                coalesce(width_bucket(date_part(''year'', age(r.recorded_on::timestamp, p.birth_date::timestamp))::int, ''{5,18,30,45,60,75,90}''::int[]), 8) AS age_band,
                p.sex, nullif(upper(left(regexp_replace(p.address ->> ''postalCode'', ''\s'', '''', ''g''), 3)), '''') AS region,
                r.practitioner_id AS practitioner, d.specialty, r.code AS diagnosis_code, c.category AS diagnosis_category,
                width_bucket(c.category COLLATE "C", ''{A00,C00,D50,E00,F00,G00,H00,H60,I00,J00,K00,L00,M00,N00,O00,P00,Q00,R00,S00,U00,V00,Z00}''::text[] COLLATE "C") AS chapter,
                1 AS is_one, (r.code IS NOT NULL)::int AS is_coded,
                CASE WHEN r.created_at <= r.signed_at THEN date_part(''epoch'', r.signed_at - r.created_at) / 60 END AS sign_minutes,
                r.*
            FROM {lens}.medical_records r
            LEFT JOIN {lens}.patients p ON p.id = r.patient_id
            LEFT JOIN {lens}.practitioners d ON d.id = r.practitioner_id
            CROSS JOIN LATERAL (SELECT CASE WHEN (r.code_system IS NULL OR r.code_system = ''http://hl7.org/fhir/sid/icd-10'') AND r.code ~ ''^[A-Z][0-9][0-9A-Z]''
                THEN left(r.code, 3) END AS category) c',
            -- Of patients, as they are today, or were when they died.
            'CREATE OR REPLACE VIEW {lens}.patient_facts WITH (security_invoker = true) AS
            SELECT l.registered_day, date_trunc(''month'', l.registered_day::timestamp)::date AS registered_month,
                date_part(''year'', l.age)::int AS age, coalesce(width_bucket(date_part(''year'', l.age)::int, ''{5,18,30,45,60,75,90}''::int[]), 8) AS age_band,
                nullif(upper(left(regexp_replace(p.address ->> ''postalCode'', ''\s'', '''', ''g''), 3)), '''') AS region,
                1 AS is_one, p.id AS patient_id,
                (SELECT count(*)::int FROM {lens}.appointments a WHERE a.patient_id = p.id AND a.status = ''COMPLETED''
                    AND a.starts_at > (SELECT {now} - interval ''365 days'') AND a.starts_at <= (SELECT {now})) AS recent_visits,
                p.*
            FROM {lens}.patients p
            CROSS JOIN LATERAL (SELECT (p.created_at AT TIME ZONE {zone})::date AS registered_day,
                age(least(p.deceased_on, (SELECT ({now} AT TIME ZONE {zone})::date))::timestamp, p.birth_date::timestamp) AS age) l'
        ] LOOP
            fact := replace(fact, '{zone}', '(SELECT coalesce((SELECT c.time_zone FROM {lens}.clinics c), (SELECT c.time_zone FROM public.clinics c)))');
            fact := replace(fact, '{now}', 'coalesce(nullif(current_setting(''clinicql.as_of'', true), '''')::timestamptz, now())');
            EXECUTE replace(fact, '{lens}', lens);
        END LOOP;
    END LOOP;
END $$;
-- +migrate StatementEnd
REVOKE EXECUTE ON FUNCTION show_facts FROM PUBLIC;
SELECT show_facts();
GRANT SELECT ON appointment_facts, patient_facts, asof.appointment_facts, asof.patient_facts TO clinicql_reception, clinicql_care, clinicql_glass, clinicql_system;
GRANT SELECT ON record_facts, asof.record_facts TO clinicql_care, clinicql_glass, clinicql_system;

-- What analysts may ask: functions that read what they may not, and tell numbers of many only. docs/decisions/0030 says which and why.
CREATE SCHEMA stats;
GRANT USAGE ON SCHEMA stats TO clinicql_analyst, clinicql_system;

-- Of which the noise is made. Nobody is granted anything here.
CREATE TABLE stats.noise_keys (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    value    bytea NOT NULL CHECK (length(value) = 32)
);
INSERT INTO stats.noise_keys (value) VALUES (sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

-- What can be grouped by: which column of the facts it is, which of its family it cannot be combined with, whether it is a span of days
-- (unit), and which values there are whoever comes (known; null where the data say so themselves).
CREATE FUNCTION stats.dimensions() RETURNS TABLE (statistic text, name text, col text, family text, unit interval, known text[]) LANGUAGE sql IMMUTABLE AS $$
    SELECT s, v.name, coalesce(v.col, v.name), coalesce(v.family, v.name), v.unit, v.known
    FROM (VALUES
        ('{appointments,records}'::text[], 'practitioner', NULL, 'who', NULL::interval, '{}'::text[]),
        ('{appointments,records}', 'specialty', NULL, 'who', NULL, '{}'),
        ('{appointments}', 'status', NULL, NULL, NULL, '{REQUESTED,BOOKED,CHECKED_IN,IN_PROGRESS,COMPLETED,CANCELLED,NO_SHOW}'),
        ('{records}', 'status', NULL, NULL, NULL, '{DRAFT,SIGNED,AMENDED}'),
        ('{appointments}', 'type', 'visit_type', NULL, NULL, NULL),
        ('{appointments}', 'weekday', NULL, NULL, NULL, '{1,2,3,4,5,6,7}'),
        ('{appointments}', 'hour', NULL, NULL, NULL, '{0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23}'),
        ('{appointments,records}', 'day', NULL, 'calendar', '1 day', '{}'),
        ('{appointments,records}', 'week', NULL, 'calendar', '7 days', '{}'),
        ('{appointments,records}', 'month', NULL, 'calendar', '1 month', '{}'),
        ('{appointments,records}', 'quarter', NULL, 'calendar', '3 months', '{}'),
        ('{appointments,records,patients}', 'age_band', NULL, NULL, NULL, '{0,1,2,3,4,5,6,7,8}'),
        ('{appointments,records,patients}', 'sex', NULL, NULL, NULL, '{FEMALE,MALE,OTHER,UNKNOWN}'),
        ('{appointments,records,patients}', 'region', NULL, NULL, NULL, NULL),
        ('{records}', 'diagnosis_code', NULL, 'diagnosis', NULL, NULL),
        ('{records}', 'diagnosis_category', NULL, 'diagnosis', NULL, NULL),
        ('{records}', 'diagnosis_chapter', 'chapter', 'diagnosis', NULL, '{"",1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22}'),
        ('{patients}', 'preferred_language', NULL, NULL, NULL, NULL),
        ('{patients}', 'primary_practitioner', 'primary_practitioner_id', 'who', NULL, '{}'),
        ('{patients}', 'registered_month', NULL, 'calendar', '1 month', '{}')
    ) v (statistics, name, col, family, unit, known), unnest(v.statistics) s
$$;

-- What can be measured: of columns a and b, of which one row counts with most at the most, and whose quantile falls on the grid.
CREATE FUNCTION stats.measures() RETURNS TABLE (statistic text, name text, kind text, a text, b text, most float8, grid float8[]) LANGUAGE sql IMMUTABLE AS $$
    SELECT s, v.name, v.kind, v.a, v.b, v.most, v.grid
    FROM (VALUES
        ('{appointments,records,patients}'::text[], 'count', 'sum', 'is_one', NULL, 1::float8, NULL::float8[]),
        ('{appointments,records,patients}', 'distinctPatients', 'patients', NULL, NULL, NULL, NULL),
        ('{appointments}', 'noShowRate', 'rate', 'is_missed', 'is_due', 1, NULL),
        ('{appointments}', 'cancellationRate', 'rate', 'is_cancelled', 'is_meant', 1, NULL),
        ('{appointments}', 'lateCancellationRate', 'rate', 'is_late', 'is_meant', 1, NULL),
        ('{appointments}', 'bookedMinutes', 'sum', 'booked_minutes', NULL, 120, NULL),
        ('{appointments}', 'leadTimeMedian', 'quantile', 'lead_minutes', '0.5', NULL,
            '{0,60,240,720,1440,2880,4320,7200,10080,14400,20160,30240,40320,60480,80640,120960,161280,241920,362880,524160}'),
        ('{appointments}', 'leadTimeP90', 'quantile', 'lead_minutes', '0.9', NULL,
            '{0,60,240,720,1440,2880,4320,7200,10080,14400,20160,30240,40320,60480,80640,120960,161280,241920,362880,524160}'),
        ('{appointments}', 'waitMedian', 'quantile', 'wait_minutes', '0.5', NULL, '{0,5,10,15,20,25,30,35,40,45,50,55,60,75,90,120,180}'),
        ('{appointments}', 'visitLengthMedian', 'quantile', 'visit_minutes', '0.5', NULL, '{0,5,10,15,20,25,30,35,40,45,50,55,60,75,90,120,180,240}'),
        ('{records}', 'codedShare', 'rate', 'is_coded', 'is_one', 1, NULL),
        ('{records}', 'timeToSignMedian', 'quantile', 'sign_minutes', '0.5', NULL, '{0,5,10,15,30,60,120,240,480,1440,2880,4320,10080,20160,40320}'),
        ('{patients}', 'visitsPerPatient', 'rate', 'recent_visits', 'is_one', 12, NULL),
        ('{patients}', 'ageMedian', 'quantile', 'age', '0.5', NULL, '{0,5,10,15,20,25,30,35,40,45,50,55,60,65,70,75,80,85,90}')
    ) v (statistics, name, kind, a, b, most, grid), unnest(v.statistics) s
$$;

-- uniform is a number between 0 and 1, neither of which it is, that follows from the key and a text: from 48 bits of a hash.
CREATE FUNCTION stats.uniform(hash bytea, part int) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$
    SELECT ((('x' || encode(substring(hash FROM 1 + 6 * part FOR 6), 'hex'))::bit(48)::bigint) + 0.5) / 281474976710656
$$;

-- hash follows from the key, from what is asked and of whom, and from nothing else: asking again gives the same.
CREATE FUNCTION stats.hash(key bytea, what text, whom jsonb) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT sha256(key || sha256(key || convert_to(what || ' ' || whom::text, 'UTF8')))
$$;

-- noise is a whole number of the two-sided geometric distribution: each step away from 0 is e times less likely.
CREATE FUNCTION stats.noise(hash bytea) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT floor(-ln(stats.uniform(hash, 0)))::int - floor(-ln(stats.uniform(hash, 1)))::int
$$;

-- whom describes who is in a cell: the conditions of a question, and the value of one group more. It is the same however it is asked: by a
-- condition or by a group, as a month or as a range. A value that contradicts a condition leaves nobody.
CREATE FUNCTION stats.whom(conditions jsonb, name text, unit interval, value text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT conditions || CASE
        WHEN name IS NULL THEN '{}'
        WHEN unit IS NULL THEN jsonb_build_object(name, value)
        ELSE jsonb_build_object('from', greatest(value::date, (conditions ->> 'from')::date), 'until', least((value::date + unit)::date, (conditions ->> 'until')::date))
    END
$$;

-- practitioner_label stands for a practitioner towards analysts; '' for none.
CREATE FUNCTION stats.practitioner_label(id text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN id <> '' THEN 'Practitioner ' || upper(encode(substring(sha256(value || sha256(value || convert_to('practitioner ' || id, 'UTF8'))) FOR 4), 'hex')) ELSE '' END
    FROM stats.noise_keys
$$;

-- refuse ends a question that is none, telling what of it.
-- +migrate StatementBegin
CREATE FUNCTION stats.refuse(what text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE invalid_parameter_value USING MESSAGE = 'statistics: ' || what;
END $$;
-- +migrate StatementEnd

-- cells answers a statistic to analysts: for each combination of the values of up to 4 groups its key, in the order of the groups, and what
-- is told of it, by the names of the measures; null where that is nothing. The conditions are an object: "from" and "until", first days of
-- months, at most 10 years apart; and values of dimensions that are not days or practitioners. docs/analytics.md has what is told and why.
-- +migrate StatementBegin
CREATE FUNCTION stats.cells(statistic text, groups text[], conditions jsonb, measures text[]) RETURNS TABLE (key text[], told jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET jit = off SET enable_nestloop = off SET work_mem = '64MB' SET "clinicql.as_of" = '' SET DateStyle = 'ISO' AS $fn$
#variable_conflict use_variable
DECLARE
    fact     text := CASE statistic WHEN 'appointments' THEN 'appointment_facts' WHEN 'records' THEN 'record_facts' WHEN 'patients' THEN 'patient_facts' END;
    day      text := CASE statistic WHEN 'patients' THEN 'registered_day' ELSE 'day' END;
    filter   text := CASE statistic WHEN 'patients' THEN 't.archived_at IS NULL' ELSE 't.status <> ''ENTERED_IN_ERROR''' END;
    asked    jsonb := '{}';
    families text[] := '{}';
    names    text[] := array_fill(NULL::text, '{4}');
    units    interval[] := array_fill(NULL::interval, '{4}');
    opens    boolean[] := '{false,false,false,false}'; -- the values are those that there are
    labels   text := '';
    by_      text := '';
    texts    text := '';
    picks    text := '';
    chosen   text := '';
    known    text[];
    values_  text := '';
    columns  text := '';
    sums     text := '';
    summed   text := '';
    ctes     text := '';
    joins    text := '';
    tells    text := '';
    cells    bigint := 1;
    -- What counts of somebody with k rows where the cap is 1, 4, 16 or 64, and which of these it is.
    weighted text := ', sum(%1$s / k::float8) AS %1$s_1, sum(%1$s * least(1, 4 / k::float8)) AS %1$s_4, sum(%1$s * least(1, 16 / k::float8)) AS %1$s_16, sum(%1$s * least(1, 64 / k::float8)) AS %1$s_64';
    picked   text := ', CASE cap WHEN 1 THEN %1$s_1 WHEN 4 THEN %1$s_4 WHEN 16 THEN %1$s_16 ELSE %1$s_64 END AS %1$s';
    dim      record;
    m        record;
    name     text;
    value    text;
    k        int := 0;
BEGIN
    IF fact IS NULL THEN PERFORM stats.refuse('there is no such statistic'); END IF;
    IF groups IS NULL OR cardinality(groups) > 4 OR array_ndims(groups) > 1 THEN PERFORM stats.refuse('there are at most 4 groups'); END IF;
    IF measures IS NULL OR cardinality(measures) > 20 OR array_ndims(measures) > 1 THEN PERFORM stats.refuse('there are at most 20 measures'); END IF;
    IF conditions IS NULL OR jsonb_typeof(conditions) <> 'object' OR (SELECT count(*) FROM jsonb_object_keys(conditions)) > 12 THEN
        PERFORM stats.refuse('the conditions are an object of at most 12 members');
    END IF;

    FOR name, value IN SELECT c.key, CASE jsonb_typeof(c.value) WHEN 'string' THEN c.value #>> '{}' END FROM jsonb_each(conditions) c LOOP
        IF value IS NULL OR length(value) > 100 THEN PERFORM stats.refuse('a condition is a text of at most 100 characters'); END IF;
        IF name IN ('from', 'until') THEN
            IF value !~ '^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-01$' THEN PERFORM stats.refuse('a range is of whole months'); END IF;
            asked := asked || jsonb_build_object(name, value);
            CONTINUE;
        END IF;
        SELECT d.col, d.unit, d.family, d.name, d.known INTO dim FROM stats.dimensions() d WHERE d.statistic = statistic AND d.name = name;
        IF NOT FOUND OR dim.unit IS NOT NULL OR dim.name IN ('practitioner', 'primary_practitioner') THEN PERFORM stats.refuse('there is no such condition'); END IF;
        asked := asked || jsonb_build_object(name, value);
        filter := filter || format(' AND coalesce(t.%I::text, '''') = %L', dim.col, value);
    END LOOP;
    IF asked ? 'from' OR asked ? 'until' THEN
        IF NOT coalesce(asked ->> 'from' < asked ->> 'until' AND (asked ->> 'until')::date <= (asked ->> 'from')::date + interval '10 years', false) THEN
            PERFORM stats.refuse('a range has a start and an end after it, at most 10 years apart');
        END IF;
        filter := filter || format(' AND t.%I >= %L AND t.%I < %L', day, asked ->> 'from', day, asked ->> 'until');
        IF statistic = 'appointments' THEN -- for the index
            filter := filter || format(' AND t.starts_at >= %L AND t.starts_at < %L', (asked ->> 'from')::date - 2 || ' 00:00Z', (asked ->> 'until')::date + 2 || ' 00:00Z');
        END IF;
    END IF;

    IF ('region' = ANY (groups) OR asked ? 'region') AND (SELECT c.is_deidentification_strict FROM public.clinics c) THEN
        PERFORM stats.refuse('the strict form of the lens has no regions');
    END IF;

    FOREACH name IN ARRAY groups LOOP
        k := k + 1;
        SELECT d.col, d.unit, d.family, d.known INTO dim FROM stats.dimensions() d WHERE d.statistic = statistic AND d.name = name;
        IF NOT FOUND THEN PERFORM stats.refuse('there is no such group'); END IF;
        IF dim.family = ANY (families) OR name = 'weekday' AND groups && '{day,week}' THEN PERFORM stats.refuse('one of the groups follows from another'); END IF;
        families := families || dim.family;
        names[k] := name;
        units[k] := dim.unit;
        known := dim.known;
        IF dim.unit IS NOT NULL THEN
            IF NOT asked ? 'from' THEN PERFORM stats.refuse('to group by days takes a range'); END IF;
            known := ARRAY(SELECT g::date::text FROM generate_series(
                date_trunc(CASE dim.unit WHEN '1 day' THEN 'day' WHEN '7 days' THEN 'week' WHEN '3 months' THEN 'quarter' ELSE 'month' END, (asked ->> 'from')::timestamp),
                (asked ->> 'until')::timestamp - interval '1 day', dim.unit) g);
        ELSIF asked ? name THEN
            known := ARRAY[asked ->> name];
        ELSIF name IN ('practitioner', 'primary_practitioner') THEN
            known := ARRAY(SELECT p.id::text FROM public.practitioners p UNION ALL SELECT '');
        ELSIF name = 'specialty' THEN
            known := ARRAY(SELECT p.specialty FROM public.practitioners p WHERE p.specialty IS NOT NULL UNION SELECT '');
        END IF;
        cells := cells * greatest(1, cardinality(known));
        IF cells > 10000 THEN RAISE program_limit_exceeded USING MESSAGE = 'statistics: the groups make more than 10,000 cells'; END IF;
        columns := columns || format('t.%I AS v%s, ', dim.col, k);
        texts := texts || format('coalesce(v%1$s::text, '''') AS d%1$s, ', k);
        by_ := by_ || format('v%s, ', k);
        opens[k] := known IS NULL;
        labels := labels || format(CASE WHEN dim.family = 'who' AND name <> 'specialty' THEN ', stats.practitioner_label(d%s)' ELSE ', d%s' END, k);
        values_ := values_ || format(' UNION ALL SELECT %1$s, v, true, 0 FROM unnest(%2$L::text[]) v UNION ALL SELECT %1$s, coalesce(v%1$s::text, ''''), false, %3$s GROUP BY v%1$s',
            k, coalesce(known, '{}'), CASE cardinality(groups) WHEN 1 THEN 'sum(n) FROM cell' ELSE format('count(*) FROM (SELECT DISTINCT v%s, who FROM person) p', k) END);
    END LOOP;
    WHILE k < 4 LOOP
        k := k + 1;
        texts := texts || format('''''::text AS d%s, ', k);
        values_ := values_ || format(' UNION ALL SELECT %s, '''', true, 1000000', k);
    END LOOP;

    k := 0;
    FOREACH name IN ARRAY measures LOOP
        k := k + 1;
        SELECT * INTO m FROM stats.measures() f WHERE f.statistic = statistic AND f.name = name;
        IF NOT FOUND THEN PERFORM stats.refuse('there is no such measure'); END IF;
        IF m.kind = 'patients' THEN
            tells := tells || format(', %L, 5 * round(c.p / 5.0)', name);
        ELSIF m.kind = 'sum' THEN
            columns := columns || format('least(t.%I, %s) AS a%s, ', m.a, m.most, k);
            sums := sums || format(', sum(a%1$s) AS a%1$s', k);
            summed := summed || format(weighted, 'a' || k);
            picks := picks || format(picked, 'a' || k);
            chosen := chosen || format(', a%s', k);
            tells := tells || format(', %1$L, %2$s * round(greatest(0, c.a%3$s + c.cap * %4$s * stats.noise(stats.hash($1, %1$L, c.whom))) / %2$s)',
                name, CASE m.most WHEN 1 THEN 5 ELSE m.most / 2 END, k, m.most);
        ELSIF m.kind = 'rate' THEN
            columns := columns || format('least(t.%I, %s) AS a%s, t.%I AS b%s, ', m.a, m.most, k, m.b, k);
            sums := sums || format(', sum(a%1$s) AS a%1$s, sum(b%1$s) AS b%1$s', k);
            summed := summed || format(weighted, 'a' || k) || format(weighted, 'b' || k);
            picks := picks || format(picked, 'a' || k) || format(picked, 'b' || k);
            chosen := chosen || format(', a%1$s, b%1$s', k);
            tells := tells || format(', %1$L, (SELECT CASE WHEN whole >= 21 THEN round(least(%4$s, greatest(0, part / whole))::numeric, 2) END FROM (SELECT
                c.a%2$s + c.cap * %4$s * stats.noise(stats.hash($1, %3$L, c.whom)) AS part, c.b%2$s + c.cap * stats.noise(stats.hash($1, %5$L, c.whom)) AS whole) r)',
                name, k, name || ' part', m.most, name || ' whole');
        ELSE
            -- The exponential mechanism: each step of the grid may be told, one e times less for each two patients that it is off by.
            columns := columns || format('t.%I AS a%s, ', m.a, k);
            ctes := ctes || format($q$, steps%1$s AS (
                -- Of a patient each row weighs as much as the cap leaves of all of them.
                SELECT d1, d2, d3, d4, f.step, sum(f.n * least(1, c.cap / p.k::float8)) AS w
                FROM (SELECT %7$s who, width_bucket(a%1$s, %2$L::float8[]) AS step, count(*) AS n FROM facts WHERE a%1$s IS NOT NULL GROUP BY %8$s who, step) f
                JOIN (SELECT %7$s who, k FROM person) p USING (d1, d2, d3, d4, who)
                JOIN told c USING (d1, d2, d3, d4)
                WHERE c.is_told
                GROUP BY d1, d2, d3, d4, f.step
            ), q%1$s AS (
                SELECT DISTINCT ON (d1, d2, d3, d4) d1, d2, d3, d4, CASE WHEN total + cap * stats.noise(stats.hash($1, %4$L, whom)) >= 21 THEN (%2$L::float8[])[step] END AS q
                FROM (
                    SELECT c.d1, c.d2, c.d3, c.d4, c.cap, c.whom, g.step, coalesce(s.w, 0) AS w,
                        sum(coalesce(s.w, 0)) OVER (PARTITION BY c.d1, c.d2, c.d3, c.d4 ORDER BY g.step) AS below,
                        sum(coalesce(s.w, 0)) OVER (PARTITION BY c.d1, c.d2, c.d3, c.d4) AS total
                    FROM told c CROSS JOIN generate_series(1, %5$s) g (step)
                    LEFT JOIN steps%1$s s ON (s.d1, s.d2, s.d3, s.d4, s.step) = (c.d1, c.d2, c.d3, c.d4, g.step)
                    WHERE c.is_told
                ) h
                ORDER BY d1, d2, d3, d4, -greatest(0, below - w - %3$s * total, %3$s * total - below) / (2 * cap) - ln(-ln(stats.uniform(stats.hash($1, %6$L || step, whom), 0))) DESC
            )$q$, k, m.grid, m.b, name || ' whole', cardinality(m.grid), name || ' ', texts, by_);
            joins := joins || format(' LEFT JOIN q%1$s USING (d1, d2, d3, d4)', k);
            tells := tells || format(', %L, q%s.q', name, k);
        END IF;
    END LOOP;

    RETURN QUERY EXECUTE format($q$
        WITH facts AS (
            SELECT %1$s t.patient_id AS who FROM public.%2$I t WHERE %3$s
        ), person AS MATERIALIZED (
            SELECT %11$s who, count(*) AS k %4$s FROM facts GROUP BY %11$s who
        ), cell AS MATERIALIZED (
            SELECT %11$s %12$s n, cap %13$s
            FROM (
                SELECT %11$s count(*)::int AS n %6$s, -- at most two patients count for more than the cap
                    CASE WHEN count(*) FILTER (WHERE k > 1) < 3 THEN 1 WHEN count(*) FILTER (WHERE k > 4) < 3 THEN 4 WHEN count(*) FILTER (WHERE k > 16) < 3 THEN 16 ELSE 64 END AS cap
                FROM person
                %14$s
            ) c
        ), value AS (
            -- A value of a group is usable where it has patients enough by itself. One that is unusable is never alone.
            SELECT v.k, v.v, v.is_many AND NOT (count(*) FILTER (WHERE NOT v.is_many) OVER w = 1 AND v.p = min(v.p) FILTER (WHERE v.is_many) OVER w AND NOT ($5::boolean[])[v.k]) AS is_usable
            FROM (
                SELECT u.k, u.v, s.p, u.n >= 11 AND s.p >= 21 AS is_many
                FROM (SELECT x.k, x.v, max(x.n) AS n, bool_or(x.is_known) AS is_known
                    FROM (SELECT 0 AS k, '' AS v, true AS is_known, 0 AS n %5$s) x
                    GROUP BY x.k, x.v) u,
                LATERAL (SELECT u.n + CASE WHEN ($3::text[])[u.k] IS NULL THEN 0 ELSE
                    stats.noise(stats.hash($1, 'patients', stats.whom($2, ($3::text[])[u.k], ($4::interval[])[u.k], u.v))) END AS p) s
                WHERE u.is_known OR ($5::boolean[])[u.k]
            ) v
            WINDOW w AS (PARTITION BY v.k)
        ), place AS MATERIALIZED (
            SELECT v.k, v.v, v.is_usable, least((v.place - 1) / 2, greatest(v.of / 2 - 1, 0)) AS pair
            FROM (SELECT value.*, row_number() OVER (PARTITION BY k, is_usable ORDER BY length(v), v) AS place, count(*) OVER (PARTITION BY k, is_usable) AS of FROM value) v
            WHERE v.is_usable OR NOT ($5::boolean[])[v.k]
        ), cube AS (
            SELECT v1.v AS d1, v2.v AS d2, v3.v AS d3, v4.v AS d4, v1.is_usable AND v2.is_usable AND v3.is_usable AND v4.is_usable AS is_usable,
                v1.pair AS pair1, v2.pair AS pair2, v3.pair AS pair3, v4.pair AS pair4
            FROM place v1, place v2, place v3, place v4
            WHERE v1.k = 1 AND v2.k = 2 AND v3.k = 3 AND v4.k = 4
            LIMIT 10001
        ), told AS MATERIALIZED (
            -- Cells that are told lie in blocks of pairs of values of which all are: what is not told can be exchanged within its block, so that
            -- no row and no column says what it is.
            SELECT t.*, t.is_usable AND bool_and(t.is_many) OVER (PARTITION BY t.is_usable, t.pair1, t.pair2, t.pair3, t.pair4) AS is_told
            FROM (
                SELECT q.*, c.*, w.whom, s.p, coalesce(c.n >= 11 AND s.p >= 21, false) AS is_many
                FROM cube q LEFT JOIN (SELECT d1 AS c1, d2 AS c2, d3 AS c3, d4 AS c4, n, cap %8$s FROM cell) c ON (c.c1, c.c2, c.c3, c.c4) = (q.d1, q.d2, q.d3, q.d4),
                LATERAL (SELECT CASE WHEN c.n >= 11 THEN stats.whom(stats.whom(stats.whom(stats.whom($2, ($3::text[])[1], ($4::interval[])[1], d1),
                    ($3::text[])[2], ($4::interval[])[2], d2), ($3::text[])[3], ($4::interval[])[3], d3), ($3::text[])[4], ($4::interval[])[4], d4) END AS whom) w,
                LATERAL (SELECT CASE WHEN c.n >= 11 THEN c.n + stats.noise(stats.hash($1, 'patients', w.whom)) END AS p) s
            ) t
        ) %7$s
        SELECT ARRAY[%10$s]::text[], CASE WHEN c.is_told THEN jsonb_build_object(%9$s) END
        FROM told c %15$s
        $q$, columns, fact, filter, sums, values_, summed, ctes, chosen, substr(tells, 3), substr(labels, 3), by_, texts, picks, CASE WHEN by_ <> '' THEN 'GROUP BY ' || rtrim(by_, ', ') END, joins)
    USING (SELECT n.value FROM stats.noise_keys n), asked, names, units, opens;
END $fn$;
-- +migrate StatementEnd

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA stats FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stats.cells TO clinicql_analyst;
GRANT EXECUTE ON FUNCTION stats.practitioner_label TO clinicql_system;

-- +migrate Down
DROP SCHEMA stats CASCADE;
DROP VIEW asof.patient_facts, asof.record_facts, asof.appointment_facts;
DROP VIEW patient_facts, record_facts, appointment_facts;
DROP FUNCTION show_facts;
