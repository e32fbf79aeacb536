-- Reading the registers: what the engine needs to fold a subject, the facts as they were entered,
-- and each register as of the end of a day and as known at an instant (null: now). What holds on a
-- day is the last fact in force of its kind (register.held_on), of a village the last of each
-- aspect.

-- Their shapes before a figure could be asked as it was known.
DROP FUNCTION IF EXISTS register.branch_on(text, date);
DROP FUNCTION IF EXISTS register.member_on(text, date);
DROP FUNCTION IF EXISTS register.household_on(text, date);
DROP FUNCTION IF EXISTS register.exit_between(text, date, date);
DROP FUNCTION IF EXISTS register.poor_member_on(text, date);
DROP FUNCTION IF EXISTS register.target_on(text, date);
DROP FUNCTION IF EXISTS register.plan_against(text, date);
DROP FUNCTION IF EXISTS register.responsibility_on(text, date);
DROP FUNCTION IF EXISTS register.village_on(text, date);
DROP FUNCTION IF EXISTS register.village_coverage(text, date);
-- Its shape before an exit told its household's head.
DROP FUNCTION IF EXISTS register.exit_between(text, date, date, timestamptz);

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

CREATE OR REPLACE FUNCTION register.branch_on(county_code text, as_of date,
                                              known_at timestamptz)
RETURNS TABLE (branch text, name text, village_code text, since date, full_members bigint,
               probationary_members bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT b.subject, b.body ->> 'name', b.body ->> 'village', b.value_on,
           coalesce(m.full_members, 0), coalesce(m.probationary_members, 0)
    FROM register.held_on(branch_on.county_code, 'branch', as_of, known_at) b
    LEFT JOIN (SELECT h.body ->> 'branch' AS branch,
                      count(*) FILTER (WHERE h.body ->> 'membership' = 'full') AS full_members,
                      count(*) FILTER (WHERE h.body ->> 'membership' = 'probationary')
                          AS probationary_members
               FROM register.held_on(branch_on.county_code, 'member', as_of, known_at) h
               WHERE h.kind = 'member_recorded' GROUP BY 1) m ON m.branch = b.subject
$$;

-- Members who left are members no more, but their points and their households stay to be read.
CREATE OR REPLACE FUNCTION register.member_on(county_code text, as_of date,
                                              known_at timestamptz)
RETURNS TABLE (member text, name text, branch text, branch_name text, village_code text,
               joined_on date, membership text, since date, points integer, points_on date,
               household_number text, listed_on date, is_listed boolean, list_document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH held AS MATERIALIZED (
        SELECT * FROM register.held_on(member_on.county_code, 'member', as_of, known_at)
    )
    SELECT m.subject, m.body ->> 'name', m.body ->> 'branch', coalesce(b.body ->> 'name', ''),
           b.body ->> 'village', (m.body ->> 'joined_on')::date, m.body ->> 'membership',
           m.value_on, (p.body ->> 'points')::integer, p.value_on, l.body ->> 'household',
           l.value_on, coalesce((l.body ->> 'is_listed')::boolean, false),
           coalesce(l.document, '')
    FROM held m
    LEFT JOIN register.held_on(member_on.county_code, 'branch', as_of, known_at) b
        ON b.subject = m.body ->> 'branch'
    LEFT JOIN held p ON p.subject = m.subject AND p.kind = 'points_recorded'
    LEFT JOIN held l ON l.subject = m.subject AND l.kind = 'poor_member_listed'
    WHERE m.kind = 'member_recorded'
$$;

-- Where each registered household stood at the end of a day, once.
CREATE OR REPLACE FUNCTION register.household_on(county_code text, as_of date,
                                                 known_at timestamptz)
RETURNS TABLE (household_number text, head text, village_code text, standing text,
               persons integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT h.household_number, s.head, s.village_code, s.standing, s.persons
    FROM ledger.household h
    CROSS JOIN LATERAL (
        SELECT * FROM ledger.household_standing x
        WHERE x.county_code = h.county_code AND x.household_number = h.household_number
          AND x.effective_on <= as_of AND (known_at IS NULL OR x.recorded_at <= known_at)
        ORDER BY x.sequence DESC, x.effective_on DESC LIMIT 1) s
    WHERE h.county_code = household_on.county_code AND s.is_registered
$$;

-- Households whose exit was approved in the days [from_on, as_of] and that had not fallen back by
-- their end, with the day of the last approval.
CREATE OR REPLACE FUNCTION register.exit_between(county_code text, from_on date, as_of date,
                                                 known_at timestamptz)
RETURNS TABLE (household_number text, head text, village_code text, persons integer,
               exited_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT h.household_number, h.head, h.village_code, h.persons, e.exited_on
    FROM (SELECT e.household_number, max(e.value_on) AS exited_on
          FROM ledger.household_event e
          WHERE e.county_code = exit_between.county_code AND e.kind = 'exit_step_taken'
            AND e.step = 'approved' AND e.value_on BETWEEN from_on AND as_of
            AND (known_at IS NULL OR e.recorded_at <= known_at)
            AND NOT EXISTS (SELECT FROM ledger.household_event r
                            WHERE r.county_code = e.county_code
                              AND r.household_number = e.household_number
                              AND r.target_sequence = e.sequence
                              AND (known_at IS NULL OR r.recorded_at <= known_at))
          GROUP BY e.household_number) e
    JOIN register.household_on(exit_between.county_code, as_of, known_at) h
        USING (household_number)
    WHERE h.standing NOT IN ('poor', 'relapsed')
$$;

CREATE OR REPLACE FUNCTION register.poor_member_on(county_code text, as_of date,
                                                   known_at timestamptz)
RETURNS TABLE (member text, name text, branch text, branch_name text, membership text,
               household_number text, village_code text, standing text, persons integer,
               listed_on date, document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT m.member, m.name, m.branch, m.branch_name, m.membership, m.household_number,
           h.village_code, h.standing, h.persons, m.listed_on, m.list_document
    FROM register.member_on(poor_member_on.county_code, as_of, known_at) m
    LEFT JOIN register.household_on(poor_member_on.county_code, as_of, known_at) h
        ON h.household_number = m.household_number
    WHERE m.is_listed
$$;

-- Who the persons of the households are; who left is not there any more. In the place of the
-- household.
CREATE OR REPLACE FUNCTION register.person_on(county_code text, as_of date,
                                              known_at timestamptz)
RETURNS TABLE (person text, name text, kinship text, can_work boolean, household_number text,
               village_code text, since date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT p.subject, p.body ->> 'name', p.body ->> 'kinship', (p.body ->> 'can_work')::boolean,
           p.body ->> 'household', h.village_code, p.value_on
    FROM register.held_on(person_on.county_code, 'person', as_of, known_at) p
    LEFT JOIN register.household_on(person_on.county_code, as_of, known_at) h
        ON h.household_number = p.body ->> 'household'
    WHERE (p.body ->> 'is_present')::boolean
$$;

CREATE OR REPLACE FUNCTION register.target_on(county_code text, as_of date,
                                              known_at timestamptz)
RETURNS TABLE (target text, indicator text, unit text, year integer, planned integer, since date,
               document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT t.subject, t.body ->> 'indicator', t.body ->> 'unit', (t.body ->> 'year')::integer,
           (t.body ->> 'count')::integer, t.value_on, t.document
    FROM register.held_on(target_on.county_code, 'target', as_of, known_at) t
$$;

-- The exits of a year up to the day, with how many members on the list of the poor live in each
-- household.
CREATE OR REPLACE FUNCTION register.exit_against(county_code text, year integer, as_of date,
                                                 known_at timestamptz)
RETURNS TABLE (household_number text, head text, village_code text, persons integer,
               members bigint, exited_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT e.household_number, e.head, e.village_code, e.persons, coalesce(l.members, 0),
           e.exited_on
    FROM (SELECT least(as_of, make_date(exit_against.year, 12, 31)) AS day) d
    CROSS JOIN LATERAL register.exit_between(exit_against.county_code,
                                             make_date(exit_against.year, 1, 1), d.day,
                                             known_at) e
    LEFT JOIN (SELECT m.household_number, count(*) AS members
               FROM register.member_on(exit_against.county_code,
                                       least(as_of, make_date(exit_against.year, 12, 31)),
                                       known_at) m
               WHERE m.is_listed GROUP BY m.household_number) l
        ON l.household_number = e.household_number
$$;

-- Each target beside what is counted against it: exits of its year up to the day.
CREATE OR REPLACE FUNCTION register.plan_against(county_code text, as_of date,
                                                 known_at timestamptz)
RETURNS TABLE (target text, indicator text, unit text, unit_name text, year integer,
               planned integer, since date, document text, counted bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH target AS MATERIALIZED (
        SELECT * FROM register.target_on(plan_against.county_code, as_of, known_at)
    ), gone AS MATERIALIZED (
        SELECT y.year, e.* FROM (SELECT DISTINCT t.year FROM target t) y
        CROSS JOIN LATERAL register.exit_against(plan_against.county_code, y.year, as_of,
                                                 known_at) e
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
CREATE OR REPLACE FUNCTION register.responsibility_on(county_code text, as_of date,
                                                      known_at timestamptz)
RETURNS TABLE (responsibility text, about text, about_subject text, place text, person text,
               task text, duty text, goal text, deadline date, since date, document text,
               fulfilled_on date, result text, is_overdue boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH held AS MATERIALIZED (
        SELECT * FROM register.held_on(responsibility_on.county_code, 'responsibility', as_of,
                                       known_at)
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
    LEFT JOIN register.household_on(responsibility_on.county_code, as_of, known_at) h
        ON h.household_number = g.body ->> 'household'
$$;

-- Every village of which anything is recorded; what was never said of it is null.
CREATE OR REPLACE FUNCTION register.village_on(county_code text, as_of date,
                                               known_at timestamptz)
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
    FROM register.held_on(village_on.county_code, 'village', as_of, known_at) v
    JOIN register.administrative_unit u
        ON u.county_code = village_on.county_code AND u.code = v.subject
    GROUP BY v.subject, u.name
$$;

-- Of the registered poor villages those that have each thing, by township; the county (empty key)
-- last. A village of which nothing was said has nothing.
CREATE OR REPLACE FUNCTION register.village_coverage(county_code text, as_of date,
                                                     known_at timestamptz)
RETURNS TABLE (key text, name text, villages bigint, with_plan bigint, with_cooperation bigint,
               with_income bigint, plan_fen bigint, cooperation_fen bigint, income_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH poor AS (
        SELECT left(v.village_code, 9) AS township, v.*
        FROM register.village_on(village_coverage.county_code, as_of, known_at) v
        WHERE v.is_poor
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

-- The plan of the day's year beside what was reached of it, a row a unit that has targets: the key
-- is the township's or village's code, empty the county's.
CREATE OR REPLACE FUNCTION register.plan_of_year(county_code text, as_of date,
                                                 known_at timestamptz)
RETURNS TABLE (key text, households bigint, exited_households bigint, member_households bigint,
               exited_member_households bigint, persons bigint, exited_persons bigint,
               members bigint, exited_members bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT CASE t.unit WHEN plan_of_year.county_code THEN '' ELSE t.unit END,
           coalesce(max(planned) FILTER (WHERE indicator = 'households'), 0)::bigint,
           coalesce(max(counted) FILTER (WHERE indicator = 'households'), 0),
           coalesce(max(planned) FILTER (WHERE indicator = 'member_households'), 0)::bigint,
           coalesce(max(counted) FILTER (WHERE indicator = 'member_households'), 0),
           coalesce(max(planned) FILTER (WHERE indicator = 'persons'), 0)::bigint,
           coalesce(max(counted) FILTER (WHERE indicator = 'persons'), 0),
           coalesce(max(planned) FILTER (WHERE indicator = 'members'), 0)::bigint,
           coalesce(max(counted) FILTER (WHERE indicator = 'members'), 0)
    FROM register.plan_against(plan_of_year.county_code, as_of, known_at) t
    WHERE t.year = extract(year FROM as_of)
    GROUP BY t.unit
$$;

-- Where money was lent by the end of a day, and of which branches.
CREATE OR REPLACE FUNCTION register.lent_place(county_code text, as_of date, known_at timestamptz)
RETURNS TABLE (village_code text, party_branch text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT l.village_code, b.party_branch
    FROM ledger.standing_on(lent_place.county_code, as_of, known_at) s
    JOIN ledger.loan l ON l.county_code = lent_place.county_code
        AND l.loan_number = s.loan_number
    JOIN register.borrower b ON b.county_code = l.county_code
        AND b.borrower_number = l.borrower_number
    WHERE s.disbursed_fen > 0
$$;

-- The townships and villages of a day, and whether somebody in them was lent to by then.
CREATE OR REPLACE FUNCTION register.unit_reached(county_code text, as_of date,
                                                 known_at timestamptz)
RETURNS TABLE (code text, name text, is_village boolean, valid_from date, has_lent boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH lent AS MATERIALIZED (
        SELECT DISTINCT l.village_code
        FROM register.lent_place(unit_reached.county_code, as_of, known_at) l
    )
    SELECT u.code, u.name, length(u.code) = 12, u.valid_from,
           EXISTS (SELECT FROM lent WHERE starts_with(lent.village_code, u.code))
    FROM register.administrative_unit u
    WHERE u.county_code = unit_reached.county_code AND length(u.code) IN (9, 12)
      AND u.valid_from <= as_of AND as_of < u.valid_until
$$;

CREATE OR REPLACE FUNCTION register.branch_reached(county_code text, as_of date,
                                                   known_at timestamptz)
RETURNS TABLE (branch text, name text, village_code text, since date, has_lent boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH lent AS MATERIALIZED (
        SELECT DISTINCT l.party_branch
        FROM register.lent_place(branch_reached.county_code, as_of, known_at) l
    )
    SELECT b.branch, b.name, b.village_code, b.since,
           EXISTS (SELECT FROM lent WHERE lent.party_branch IN (b.branch, b.name))
    FROM register.branch_on(branch_reached.county_code, as_of, known_at) b
$$;

-- How far the programme reaches, of each township and of the county (empty key, the last line):
-- where money was lent by the end of the day, of which branches, what the poor villages have, which
-- duties are open or late, and what of the plan of the day's year was reached.
CREATE OR REPLACE FUNCTION register.reach(county_code text, as_of date, known_at timestamptz)
RETURNS TABLE (key text, name text, townships bigint, townships_lent bigint, villages bigint,
               villages_lent bigint, branches bigint, branches_lent bigint, poor_villages bigint,
               with_plan bigint, with_cooperation bigint, with_income bigint, income_fen bigint,
               responsibilities bigint, overdue bigint,
               planned_households bigint, exited_households bigint,
               planned_member_households bigint, exited_member_households bigint,
               planned_persons bigint, exited_persons bigint,
               planned_members bigint, exited_members bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH unit AS MATERIALIZED (
        SELECT * FROM register.unit_reached(reach.county_code, as_of, known_at)
    ), branch AS MATERIALIZED (
        SELECT left(b.village_code, 9) AS township, b.has_lent
        FROM register.branch_reached(reach.county_code, as_of, known_at) b
    ), village AS MATERIALIZED (
        SELECT left(v.village_code, 9) AS township, v.*
        FROM register.village_on(reach.county_code, as_of, known_at) v WHERE v.is_poor
    ), duty AS MATERIALIZED (
        SELECT left(r.place, 9) AS township, r.is_overdue
        FROM register.responsibility_on(reach.county_code, as_of, known_at) r
        WHERE r.fulfilled_on IS NULL
    ), line AS (
        SELECT u.code AS key, u.name FROM unit u WHERE NOT u.is_village
        UNION ALL SELECT '', ''
    ), planned AS MATERIALIZED (
        SELECT * FROM register.plan_of_year(reach.county_code, as_of, known_at)
    )
    SELECT line.key, line.name, u.townships, u.townships_lent, u.villages, u.villages_lent,
           b.branches, b.lent, v.poor, v.with_plan, v.with_cooperation, v.with_income,
           v.income_fen, d.open, d.overdue,
           coalesce(p.households, 0), coalesce(p.exited_households, 0),
           coalesce(p.member_households, 0), coalesce(p.exited_member_households, 0),
           coalesce(p.persons, 0), coalesce(p.exited_persons, 0),
           coalesce(p.members, 0), coalesce(p.exited_members, 0)
    FROM line
    LEFT JOIN planned p ON p.key = line.key
    CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE NOT unit.is_village) AS townships,
               count(*) FILTER (WHERE NOT unit.is_village AND has_lent) AS townships_lent,
               count(*) FILTER (WHERE unit.is_village) AS villages,
               count(*) FILTER (WHERE unit.is_village AND has_lent) AS villages_lent
        FROM unit WHERE starts_with(unit.code, line.key)) u
    CROSS JOIN LATERAL (
        SELECT count(*) AS branches, count(*) FILTER (WHERE branch.has_lent) AS lent
        FROM branch WHERE starts_with(branch.township, line.key)) b
    CROSS JOIN LATERAL (
        SELECT count(*) AS poor, count(*) FILTER (WHERE village.has_plan) AS with_plan,
               count(*) FILTER (WHERE village.has_cooperation) AS with_cooperation,
               count(*) FILTER (WHERE village.has_income) AS with_income,
               coalesce(sum(village.income_fen) FILTER (WHERE village.has_income), 0)::bigint
                   AS income_fen
        FROM village WHERE starts_with(village.township, line.key)) v
    CROSS JOIN LATERAL (
        SELECT count(*) AS open, count(*) FILTER (WHERE duty.is_overdue) AS overdue
        FROM duty WHERE starts_with(duty.township, line.key)) d
    ORDER BY line.key = '', line.key
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

-- What was entered and moved no unit. Its subject says of what ("household:N1", "member:D-1"); of a
-- loan it is the loan's number, as in the journal.
CREATE OR REPLACE VIEW ledger.event_without_entry AS
SELECT e.county_code, e.recorded_at, e.value_on, e.booked_on, e.kind, e.loan_number AS subject
FROM ledger.loan_event e WHERE e.entry_number IS NULL
UNION ALL
SELECT e.county_code, e.recorded_at, e.value_on, e.booked_on, e.kind,
       'household:' || e.household_number
FROM ledger.household_event e WHERE e.entry_number IS NULL
UNION ALL
SELECT f.county_code, f.recorded_at, f.value_on, f.booked_on, f.kind,
       f.register || ':' || f.subject
FROM register.fact f;
