-- Reading the registers: what the engine needs to fold a subject, the facts as they were entered,
-- and each register as of the end of a day. What holds on a day is the last fact in force of its
-- kind, of a village the last of each aspect.

-- A fact a row, so that a subject is looked up by its key: an aggregate here would add up all.
CREATE OR REPLACE VIEW register.fact_for_engine AS
SELECT f.county_code, f.register, f.subject, f.sequence,
       jsonb_build_object(
           'sequence', f.sequence, 'kind', f.kind, 'value_on', f.value_on,
           'booked_on', f.booked_on, 'document', f.document, 'reason', f.reason,
           'target_sequence', f.target_sequence, 'body', f.body) AS fact
FROM register.fact f;

-- Who names a branch or a target, once a fact, whether or not that is still in force.
CREATE OR REPLACE VIEW register.dependent AS
SELECT f.county_code, 'branch' AS register, f.body ->> 'branch' AS subject,
       f.register AS dependent_register, f.subject AS dependent
FROM register.fact f WHERE f.kind = 'member_recorded'
UNION ALL
SELECT f.county_code, 'target', f.body ->> 'target', f.register, f.subject
FROM register.fact f WHERE f.kind = 'responsibility_given';

CREATE OR REPLACE FUNCTION register.held_on(county_code text, register text, as_of date)
RETURNS TABLE (subject text, kind text, aspect text, value_on date, document text, body jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT ON (f.subject, f.kind, coalesce(f.body ->> 'aspect', ''))
           f.subject, f.kind, coalesce(f.body ->> 'aspect', ''), f.value_on, f.document, f.body
    FROM register.fact f
    WHERE f.county_code = held_on.county_code AND f.register = held_on.register
      AND f.kind <> 'reversed' AND f.value_on <= as_of
      AND NOT EXISTS (SELECT FROM register.fact r
                      WHERE r.county_code = f.county_code AND r.register = f.register
                        AND r.subject = f.subject AND r.target_sequence = f.sequence)
    ORDER BY f.subject, f.kind, coalesce(f.body ->> 'aspect', ''), f.value_on DESC,
             f.sequence DESC
$$;

CREATE OR REPLACE FUNCTION register.branch_on(county_code text, as_of date)
RETURNS TABLE (branch text, name text, village_code text, since date, full_members bigint,
               probationary_members bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT b.subject, b.body ->> 'name', b.body ->> 'village', b.value_on,
           coalesce(m.full_members, 0), coalesce(m.probationary_members, 0)
    FROM register.held_on(branch_on.county_code, 'branch', as_of) b
    LEFT JOIN (SELECT h.body ->> 'branch' AS branch,
                      count(*) FILTER (WHERE h.body ->> 'membership' = 'full') AS full_members,
                      count(*) FILTER (WHERE h.body ->> 'membership' = 'probationary')
                          AS probationary_members
               FROM register.held_on(branch_on.county_code, 'member', as_of) h
               WHERE h.kind = 'member_recorded' GROUP BY 1) m ON m.branch = b.subject
$$;

-- Members who left are members no more, but their points and their households stay to be read.
CREATE OR REPLACE FUNCTION register.member_on(county_code text, as_of date)
RETURNS TABLE (member text, name text, branch text, branch_name text, village_code text,
               joined_on date, membership text, since date, points integer, points_on date,
               household_number text, listed_on date, is_listed boolean, list_document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH held AS MATERIALIZED (
        SELECT * FROM register.held_on(member_on.county_code, 'member', as_of)
    )
    SELECT m.subject, m.body ->> 'name', m.body ->> 'branch', coalesce(b.body ->> 'name', ''),
           b.body ->> 'village', (m.body ->> 'joined_on')::date, m.body ->> 'membership',
           m.value_on, (p.body ->> 'points')::integer, p.value_on, l.body ->> 'household',
           l.value_on, coalesce((l.body ->> 'is_listed')::boolean, false),
           coalesce(l.document, '')
    FROM held m
    LEFT JOIN register.held_on(member_on.county_code, 'branch', as_of) b
        ON b.subject = m.body ->> 'branch'
    LEFT JOIN held p ON p.subject = m.subject AND p.kind = 'points_recorded'
    LEFT JOIN held l ON l.subject = m.subject AND l.kind = 'poor_member_listed'
    WHERE m.kind = 'member_recorded'
$$;

-- Where each registered household stood at the end of a day, once.
CREATE OR REPLACE FUNCTION register.household_on(county_code text, as_of date)
RETURNS TABLE (household_number text, head text, village_code text, standing text,
               persons integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT s.household_number, s.head, s.village_code, s.standing, s.persons
    FROM (SELECT DISTINCT ON (x.household_number) x.*
          FROM ledger.household_standing x
          WHERE x.county_code = household_on.county_code AND x.effective_on <= as_of
          ORDER BY x.household_number, x.sequence DESC, x.effective_on DESC) s
    WHERE s.is_registered
$$;

-- Households whose exit was approved in the days [from_on, as_of] and that had not fallen back by
-- their end, with the day of the last approval.
CREATE OR REPLACE FUNCTION register.exit_between(county_code text, from_on date, as_of date)
RETURNS TABLE (household_number text, village_code text, persons integer, exited_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT h.household_number, h.village_code, h.persons, e.exited_on
    FROM (SELECT e.household_number, max(e.value_on) AS exited_on
          FROM ledger.household_event e
          WHERE e.county_code = exit_between.county_code AND e.kind = 'exit_step_taken'
            AND e.step = 'approved' AND e.value_on BETWEEN from_on AND as_of
            AND NOT EXISTS (SELECT FROM ledger.household_event r
                            WHERE r.county_code = e.county_code
                              AND r.household_number = e.household_number
                              AND r.target_sequence = e.sequence)
          GROUP BY e.household_number) e
    JOIN register.household_on(exit_between.county_code, as_of) h USING (household_number)
    WHERE h.standing NOT IN ('poor', 'relapsed')
$$;

CREATE OR REPLACE FUNCTION register.poor_member_on(county_code text, as_of date)
RETURNS TABLE (member text, name text, branch text, branch_name text, membership text,
               household_number text, village_code text, standing text, persons integer,
               listed_on date, document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT m.member, m.name, m.branch, m.branch_name, m.membership, m.household_number,
           h.village_code, h.standing, h.persons, m.listed_on, m.list_document
    FROM register.member_on(poor_member_on.county_code, as_of) m
    LEFT JOIN register.household_on(poor_member_on.county_code, as_of) h
        ON h.household_number = m.household_number
    WHERE m.is_listed
$$;

CREATE OR REPLACE FUNCTION register.target_on(county_code text, as_of date)
RETURNS TABLE (target text, indicator text, unit text, year integer, planned integer, since date,
               document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT t.subject, t.body ->> 'indicator', t.body ->> 'unit', (t.body ->> 'year')::integer,
           (t.body ->> 'count')::integer, t.value_on, t.document
    FROM register.held_on(target_on.county_code, 'target', as_of) t
$$;

-- Each target beside what is counted against it: exits of its year up to the day.
CREATE OR REPLACE FUNCTION register.plan_against(county_code text, as_of date)
RETURNS TABLE (target text, indicator text, unit text, unit_name text, year integer,
               planned integer, since date, document text, counted bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH target AS MATERIALIZED (
        SELECT * FROM register.target_on(plan_against.county_code, as_of)
    ), year AS (
        SELECT DISTINCT t.year, least(as_of, make_date(t.year, 12, 31)) AS day FROM target t
    ), listed AS (
        SELECT year.year, m.household_number, count(*) AS members
        FROM year
        CROSS JOIN LATERAL register.member_on(plan_against.county_code, year.day) m
        WHERE m.is_listed GROUP BY year.year, m.household_number
    ), gone AS MATERIALIZED ( -- with how many members on the list live in each
        SELECT year.year, e.village_code, e.persons, coalesce(l.members, 0) AS members
        FROM year
        CROSS JOIN LATERAL register.exit_between(plan_against.county_code,
                                                 make_date(year.year, 1, 1), year.day) e
        LEFT JOIN listed l ON l.year = year.year AND l.household_number = e.household_number
    )
    SELECT t.target, t.indicator, t.unit, coalesce(u.name, c.name, ''), t.year, t.planned,
           t.since, t.document, coalesce(g.counted, 0)
    FROM target t
    LEFT JOIN register.administrative_unit u
        ON u.county_code = plan_against.county_code AND u.code = t.unit
    LEFT JOIN ledger.county c ON c.county_code = t.unit
    CROSS JOIN LATERAL (
        SELECT sum(CASE t.indicator WHEN 'households' THEN 1
                                    WHEN 'member_households' THEN least(gone.members, 1)
                                    WHEN 'persons' THEN gone.persons
                                    WHEN 'members' THEN gone.members END)::bigint AS counted
        FROM gone WHERE gone.year = t.year AND starts_with(gone.village_code, t.unit)) g
$$;

-- `place` is where it is: the household's or the target's unit or the village itself.
CREATE OR REPLACE FUNCTION register.responsibility_on(county_code text, as_of date)
RETURNS TABLE (responsibility text, about text, about_subject text, place text, person text,
               task text, duty text, goal text, deadline date, since date, document text,
               fulfilled_on date, result text, is_overdue boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH held AS MATERIALIZED (
        SELECT * FROM register.held_on(responsibility_on.county_code, 'responsibility', as_of)
    ), given AS (
        SELECT g.*, CASE WHEN g.body ? 'household' THEN 'household'
                         WHEN g.body ? 'village' THEN 'village' ELSE 'target' END AS about
        FROM held g WHERE g.kind = 'responsibility_given'
    )
    SELECT g.subject, g.about, g.body ->> g.about,
           CASE g.about WHEN 'household' THEN coalesce(h.village_code, '')
                        WHEN 'village' THEN g.body ->> 'village'
                        ELSE split_part(g.body ->> 'target', '.', 2) END,
           g.body ->> 'person', g.body ->> 'task', g.body ->> 'duty', g.body ->> 'goal',
           (g.body ->> 'deadline')::date, g.value_on, g.document, f.value_on,
           coalesce(f.body ->> 'result', ''),
           f.subject IS NULL AND (g.body ->> 'deadline')::date < as_of
    FROM given g
    LEFT JOIN held f ON f.subject = g.subject AND f.kind = 'responsibility_fulfilled'
    LEFT JOIN register.household_on(responsibility_on.county_code, as_of) h
        ON h.household_number = g.body ->> 'household'
$$;

-- Every village of which anything is recorded; what was never said of it is null.
CREATE OR REPLACE FUNCTION register.village_on(county_code text, as_of date)
RETURNS TABLE (village_code text, name text, is_poor boolean, poor_since date,
               has_plan boolean, plan_since date, plan_fen bigint,
               has_cooperation boolean, cooperation_since date, cooperation_fen bigint,
               has_income boolean, income_since date, income_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT v.subject, u.name,
           bool_or((v.body ->> 'has')::boolean) FILTER (WHERE v.aspect = 'poor_village'),
           max(v.value_on) FILTER (WHERE v.aspect = 'poor_village'),
           bool_or((v.body ->> 'has')::boolean) FILTER (WHERE v.aspect = 'project_plan'),
           max(v.value_on) FILTER (WHERE v.aspect = 'project_plan'),
           max((v.body ->> 'amount_fen')::bigint) FILTER (WHERE v.aspect = 'project_plan'),
           bool_or((v.body ->> 'has')::boolean) FILTER (WHERE v.aspect = 'share_cooperation'),
           max(v.value_on) FILTER (WHERE v.aspect = 'share_cooperation'),
           max((v.body ->> 'amount_fen')::bigint) FILTER (WHERE v.aspect = 'share_cooperation'),
           bool_or((v.body ->> 'has')::boolean) FILTER (WHERE v.aspect = 'collective_income'),
           max(v.value_on) FILTER (WHERE v.aspect = 'collective_income'),
           max((v.body ->> 'amount_fen')::bigint) FILTER (WHERE v.aspect = 'collective_income')
    FROM register.held_on(village_on.county_code, 'village', as_of) v
    JOIN register.administrative_unit u
        ON u.county_code = village_on.county_code AND u.code = v.subject
    GROUP BY v.subject, u.name
$$;

-- Of the registered poor villages those that have each thing, by township; the county (empty key)
-- last. A village of which nothing was said has nothing.
CREATE OR REPLACE FUNCTION register.village_coverage(county_code text, as_of date)
RETURNS TABLE (key text, name text, villages bigint, with_plan bigint, with_cooperation bigint,
               with_income bigint, plan_fen bigint, cooperation_fen bigint, income_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH poor AS (
        SELECT left(v.village_code, 9) AS township, v.*
        FROM register.village_on(village_coverage.county_code, as_of) v WHERE v.is_poor
    )
    SELECT coalesce(p.township, ''), CASE grouping(p.township) WHEN 0 THEN max(u.name) ELSE '' END,
           count(p.village_code),
           count(p.village_code) FILTER (WHERE p.has_plan),
           count(p.village_code) FILTER (WHERE p.has_cooperation),
           count(p.village_code) FILTER (WHERE p.has_income),
           coalesce(sum(p.plan_fen), 0)::bigint, coalesce(sum(p.cooperation_fen), 0)::bigint,
           coalesce(sum(p.income_fen), 0)::bigint
    FROM poor p
    LEFT JOIN register.administrative_unit u
        ON u.county_code = village_coverage.county_code AND u.code = p.township
    GROUP BY GROUPING SETS ((p.township), ())
    ORDER BY grouping(p.township), p.township
$$;

-- The files that are evidence, and which households' events name each.
CREATE OR REPLACE VIEW register.evidence_line AS
SELECT f.county_code, f.subject AS digest, f.body ->> 'media_type' AS media_type,
       (f.body ->> 'bytes')::integer AS bytes, f.value_on AS taken_on,
       f.body ->> 'place' AS place, f.body ->> 'description' AS description,
       f.booked_on AS kept_on,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('household', e.household_number,
                                                     'sequence', e.sequence)
                                  ORDER BY e.household_number, e.sequence), '[]')
        FROM ledger.household_event e
        WHERE e.county_code = f.county_code AND e.evidence = f.subject AND e.evidence <> '')
           AS shows
FROM register.fact f WHERE f.kind = 'evidence_kept';
