-- +migrate Up

-- The statistics of analysts, told as before and found in one pass. The function of 0029 stays for the way back, and tests compare the two.
-- Practitioners are told by their ids, whom the lens names beside each visit: a label hid nobody, since it could be told from numbers of visits.
ALTER FUNCTION stats.cells RENAME TO cells_before;
REVOKE EXECUTE ON FUNCTION stats.cells_before FROM clinicql_analyst;

-- part is what the value of a group says of who is in its cells, beside the conditions (stats.whom).
CREATE FUNCTION stats.part(conditions jsonb, name text, unit interval, value text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN name IS NULL THEN '{}'
        WHEN unit IS NULL THEN jsonb_build_object(name, value)
        ELSE jsonb_build_object('from', greatest(value::date, (conditions ->> 'from')::date), 'until', least((value::date + unit)::date, (conditions ->> 'until')::date))
    END
$$;

-- cells answers a statistic to analysts: for each combination of the values of up to 4 groups its key, in the order of the groups, and what
-- is told of it, by the names of the measures; null where that is nothing. The conditions are an object: "from" and "until", first days of
-- months, at most 10 years apart; and values of dimensions that are not days or practitioners. docs/analytics.md has what is told and why. It groups by hashing, for Postgres
-- cannot know how few values the columns of the facts have, and would sort all rows.
-- +migrate StatementBegin
CREATE FUNCTION stats.cells(statistic text, groups text[], conditions jsonb, measures text[]) RETURNS TABLE (key text[], told jsonb)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET jit = off SET enable_nestloop = off SET enable_sort = off SET work_mem = '64MB' SET "clinicql.as_of" = '' SET DateStyle = 'ISO' AS $fn$
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
    by_      text := '';
    texts    text := ''; -- the values of the groups, and their names
    keys     text := '';
    usable   text := 'true'; -- of a cell, by the places of its values
    whom     text := '$2';
    placed   text := '';
    places   text := '';
    pairs    text := '';
    known    text[];
    values_  text := '';
    arrays   text := ''; -- of each cell, an entry for each of its rows: arrays
    entry    text := ''; -- what they are called
    sums     text := ''; -- of the rows of a patient
    summed   text := ''; -- of patients with as many rows
    weighed  text := ''; -- of a cell
    chosen   text := ''; -- the same, by name
    hashes   text := '';
    steps    text[] := '{}'; -- whose quantiles are asked for
    step     int;
    ctes     text := '';
    joins    text := '';
    tells    text := '';
    cells    bigint := 1;
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
        IF statistic = 'appointments' THEN -- by the index, and by the clinic's days only near the ends
            filter := filter || format(' AND t.starts_at >= %L AND t.starts_at < %L AND (t.starts_at >= %L AND t.starts_at < %L OR t.day >= %L AND t.day < %L)',
                (asked ->> 'from')::date - 2 || ' 00:00Z', (asked ->> 'until')::date + 2 || ' 00:00Z',
                (asked ->> 'from')::date + 2 || ' 00:00Z', (asked ->> 'until')::date - 2 || ' 00:00Z', asked ->> 'from', asked ->> 'until');
        ELSE
            filter := filter || format(' AND t.%I >= %L AND t.%I < %L', day, asked ->> 'from', day, asked ->> 'until');
        END IF;
    END IF;

    IF ('region' = ANY (groups) OR asked ? 'region') AND (SELECT c.is_deidentification_strict FROM public.clinics c) THEN
        RAISE insufficient_privilege USING MESSAGE = 'statistics: the strict form of the lens has no regions';
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
        texts := texts || format(', coalesce(t.%I::text, '''') AS d%s', dim.col, k);
        by_ := by_ || format('t.%I, ', dim.col);
        opens[k] := known IS NULL;
        keys := keys || format(', d%s', k);
        usable := usable || format(' AND v%s.is_usable', k);
        whom := whom || format(' || v%s.part', k);
        placed := placed || format(', v%1$s.v AS d%1$s, v%1$s.pair AS pair%1$s', k);
        places := places || format(CASE k WHEN 1 THEN 'FROM' ELSE ' CROSS JOIN' END || ' (SELECT * FROM place WHERE k = %1$s) v%1$s', k);
        pairs := pairs || format(', t.pair%s', k);
        values_ := values_ || format(' UNION ALL SELECT %1$s, v, true, 0 FROM unnest(%2$L::text[]) v UNION ALL %3$s', k, coalesce(known, '{}'),
            format(CASE cardinality(groups) WHEN 1 THEN 'SELECT %1$s, d%1$s, false, n FROM cell'
                ELSE 'SELECT %1$s, d%1$s, false, count(DISTINCT who) FROM (SELECT * FROM gathered ORDER BY d%1$s) g, unnest(whos) who GROUP BY d%1$s' END, k));
    END LOOP;

    k := 0;
    FOREACH name IN ARRAY measures LOOP
        k := k + 1;
        SELECT * INTO m FROM stats.measures() f WHERE f.statistic = statistic AND f.name = name;
        IF NOT FOUND THEN PERFORM stats.refuse('there is no such measure'); END IF;
        IF m.kind IN ('sum', 'rate') THEN
            FOR dim IN SELECT c.name, c.source, c.most FROM (VALUES ('a' || k, m.a, m.most), ('b' || k, m.b, 1)) c (name, source, most) WHERE c.source IS NOT NULL LOOP
                IF dim.source = 'is_one' THEN -- of each row
                    summed := summed || format(', k * count(*) AS %s', dim.name);
                ELSE
                    arrays := arrays || format(', array_agg(least(t.%I, %s)) AS %s', dim.source, dim.most, dim.name);
                    entry := entry || ', ' || dim.name;
                    sums := sums || format(', sum(%1$s) AS %1$s', dim.name);
                    summed := summed || format(', sum(%1$s) AS %1$s', dim.name);
                END IF;
                chosen := chosen || format(', c.%s', dim.name);
                weighed := weighed || format(', sum(%1$s * least(k, cap) / k::float8) AS %1$s', dim.name);
            END LOOP;
        END IF;
        IF m.kind = 'patients' THEN
            tells := tells || format(', %L, 5 * round(c.p / 5.0)', name);
        ELSIF m.kind = 'sum' THEN
            hashes := hashes || format(', stats.hash($1, %L, c.whom) AS h%s', name, k);
            tells := tells || format(', %1$L, %2$s * round(greatest(0, c.a%3$s + c.cap * %4$s * stats.noise(h.h%3$s)) / %2$s)', name, CASE m.most WHEN 1 THEN 5 ELSE m.most / 2 END, k, m.most);
        ELSIF m.kind = 'rate' THEN
            hashes := hashes || format(', stats.hash($1, %L, c.whom) AS h%s, stats.hash($1, %L, c.whom) AS g%s', name || ' part', k, name || ' whole', k);
            tells := tells || format(', %1$L, (SELECT CASE WHEN whole >= 21 THEN round(least(%3$s, greatest(0, part / whole))::numeric, 2) END FROM (SELECT
                c.a%2$s + c.cap * %3$s * stats.noise(h.h%2$s) AS part, c.b%2$s + c.cap * stats.noise(h.g%2$s) AS whole) r)', name, k, m.most);
        ELSE
            step := array_position(steps, m.a);
            IF step IS NULL THEN
                steps := steps || m.a;
                step := cardinality(steps);
                arrays := arrays || format(', array_agg(width_bucket(t.%I, %L::float8[])) AS s%s', m.a, m.grid, step);
                -- Of a patient each row weighs as much as the cap leaves of all of them.
                ctes := ctes || format($q$, steps%1$s AS (
                    SELECT c.id, x.step, x.w
                    FROM told c JOIN gathered USING (id), LATERAL (
                        SELECT u.step, sum(least(u.k, c.cap) / u.k::float8) AS w
                        FROM (SELECT e.step, count(*) OVER (PARTITION BY e.who) AS k FROM unnest(whos, s%1$s) e (who, step)) u
                        WHERE u.step IS NOT NULL
                        GROUP BY u.step
                    ) x
                    WHERE c.is_told
                )$q$, step);
            END IF;
            -- The exponential mechanism: each step of the grid may be told, one e times less for each two patients that it is off by.
            ctes := ctes || format($q$, q%1$s AS (
                SELECT DISTINCT ON (id) id, CASE WHEN total + cap * stats.noise(stats.hash($1, %4$L, whom)) >= 21 THEN (%2$L::float8[])[step] END AS q
                FROM (
                    SELECT c.id, c.cap, c.whom, g.step, coalesce(s.w, 0) AS w,
                        sum(coalesce(s.w, 0)) OVER (PARTITION BY c.id ORDER BY g.step) AS below, sum(coalesce(s.w, 0)) OVER (PARTITION BY c.id) AS total
                    FROM told c CROSS JOIN generate_series(1, %5$s) g (step)
                    LEFT JOIN steps%7$s s ON s.id = c.id AND s.step = g.step
                    WHERE c.is_told
                ) h
                ORDER BY id, -greatest(0, below - w - %3$s * total, %3$s * total - below) / (2 * cap) - ln(-ln(stats.uniform(stats.hash($1, %6$L || step, whom), 0))) DESC
            )$q$, k, m.grid, m.b, name || ' whole', cardinality(m.grid), name || ' ', step);
            joins := joins || format(' LEFT JOIN q%1$s USING (id)', k);
            tells := tells || format(', %L, q%s.q', name, k);
        END IF;
    END LOOP;

    RETURN QUERY EXECUTE format($q$
        WITH gathered AS MATERIALIZED (
            -- One pass: the rows of each cell.
            SELECT row_number() OVER () AS id %1$s, count(*) AS n, array_agg(t.patient_id) AS whos %2$s FROM public.%3$I t WHERE %4$s %5$s
        ), cell AS MATERIALIZED (
            SELECT id %16$s, sum(n)::int AS n, cap %8$s
            FROM (
                SELECT g.id %16$s, p.*, -- at most two patients count for more than the cap
                    CASE WHEN coalesce(sum(p.n) FILTER (WHERE k > 1) OVER w, 0) < 3 THEN 1 WHEN coalesce(sum(p.n) FILTER (WHERE k > 4) OVER w, 0) < 3 THEN 4
                        WHEN coalesce(sum(p.n) FILTER (WHERE k > 16) OVER w, 0) < 3 THEN 16 ELSE 64 END AS cap
                FROM gathered g, LATERAL (
                    SELECT k, count(*) AS n %7$s FROM (SELECT count(*) AS k %6$s FROM unnest(g.whos %9$s) e (who %9$s) GROUP BY who) e GROUP BY k
                ) p
                WHERE g.n >= 11
                WINDOW w AS (PARTITION BY g.id)
            ) c
            GROUP BY id %16$s, cap
        ), value AS (
            -- A value of a group is usable where it has patients enough by itself. One that is unusable is never alone.
            SELECT v.k, v.v, v.part, v.is_many AND NOT (count(*) FILTER (WHERE NOT v.is_many) OVER w = 1 AND v.p = min(v.p) FILTER (WHERE v.is_many) OVER w AND NOT ($5::boolean[])[v.k]) AS is_usable
            FROM (
                SELECT u.k, u.v, w.part, s.p, u.n >= 11 AND s.p >= 21 AS is_many
                FROM (SELECT x.k, x.v, max(x.n) AS n, bool_or(x.is_known) AS is_known
                    FROM (SELECT 0 AS k, '' AS v, true AS is_known, 0 AS n %10$s) x
                    GROUP BY x.k, x.v) u,
                LATERAL (SELECT stats.part($2, ($3::text[])[u.k], ($4::interval[])[u.k], u.v) AS part) w,
                LATERAL (SELECT u.n + CASE WHEN ($3::text[])[u.k] IS NULL THEN 0 ELSE stats.noise(stats.hash($1, 'patients', $2 || w.part)) END AS p) s
                WHERE u.is_known OR ($5::boolean[])[u.k]
            ) v
            WINDOW w AS (PARTITION BY v.k)
        ), place AS MATERIALIZED (
            SELECT v.k, v.v, v.part, v.is_usable, least((v.place - 1) / 2, greatest(v.of / 2 - 1, 0)) AS pair
            FROM (SELECT value.*, row_number() OVER (PARTITION BY k, is_usable ORDER BY length(v), v) AS place, count(*) OVER (PARTITION BY k, is_usable) AS of FROM value) v
            WHERE v.is_usable OR NOT ($5::boolean[])[v.k]
        ), cube AS (
            SELECT %17$s AS is_usable, %18$s AS whom %19$s %20$s
            LIMIT 10001
        ), told AS MATERIALIZED (
            -- Cells that are told lie in blocks of pairs of values of which all are: what is not told can be exchanged within its block, so that
            -- no row and no column says what it is.
            SELECT t.*, t.is_usable AND bool_and(t.is_many) OVER (PARTITION BY t.is_usable %21$s) AS is_told
            FROM (
                SELECT q.*, c.id, c.n, c.cap %22$s, s.p, coalesce(c.n >= 11 AND s.p >= 21, false) AS is_many
                FROM cube q LEFT JOIN cell c %23$s
                LEFT JOIN LATERAL (SELECT stats.hash($1, 'patients', q.whom) AS hash WHERE c.n >= 11 OFFSET 0) h ON true,
                LATERAL (SELECT CASE WHEN c.n >= 11 THEN c.n + stats.noise(h.hash) END AS p OFFSET 0) s
            ) t
        ) %11$s
        SELECT ARRAY[%12$s]::text[], CASE WHEN c.is_told THEN jsonb_build_object(%13$s) END
        FROM told c %14$s %15$s
        $q$, texts, arrays, fact, filter, CASE WHEN by_ <> '' THEN 'GROUP BY ' || rtrim(by_, ', ') END, sums, summed, weighed, entry, values_, ctes, substr(keys, 3), substr(tells, 3), joins,
        CASE WHEN hashes <> '' THEN 'LEFT JOIN LATERAL (SELECT ' || substr(hashes, 3) || ' WHERE c.is_told OFFSET 0) h ON true' END,
        keys, usable, whom, placed, places, pairs, chosen, CASE WHEN keys <> '' THEN format('USING (%s)', substr(keys, 3)) ELSE 'ON true' END)
    USING (SELECT n.value FROM stats.noise_keys n), asked, names, units, opens;
END $fn$;
-- +migrate StatementEnd

REVOKE EXECUTE ON FUNCTION stats.part, stats.cells FROM PUBLIC;
GRANT EXECUTE ON FUNCTION stats.cells TO clinicql_analyst;

-- +migrate Down
DROP FUNCTION stats.cells;
DROP FUNCTION stats.part;
ALTER FUNCTION stats.cells_before RENAME TO cells;
GRANT EXECUTE ON FUNCTION stats.cells TO clinicql_analyst;
