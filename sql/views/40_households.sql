-- Reading households: what the engine needs to fold one, the list, where each stood on a day, who
-- was led, and which households or loans a figure counts. Definitions are those of
-- include/ledger/indicator.hpp.

CREATE OR REPLACE VIEW ledger.household_for_engine AS
SELECT h.county_code, h.household_number,
       jsonb_build_object(
           'household_number', h.household_number,
           'events', (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.sequence), '[]')
                      FROM ledger.household_event e
                      WHERE e.county_code = h.county_code
                        AND e.household_number = h.household_number)) AS body
FROM ledger.household h;

-- As the books know them now: the row of the highest sequence, and of its rows the latest.
CREATE OR REPLACE VIEW ledger.household_line AS
SELECT h.county_code, h.household_number, s.head, left(s.village_code, 9) AS township,
       coalesce(t.name, '') AS township_name, s.village_code, v.name AS village_name, s.standing,
       s.persons, s.registered_on, s.dissolved_on IS NOT NULL AS is_dissolved,
       (SELECT coalesce(jsonb_agg(DISTINCT c ->> 'borrower'), '[]')
        FROM jsonb_array_elements(s.claims) c
        WHERE c ->> 'until_on' IS NULL AND c ->> 'verified_on' IS NOT NULL) AS led_by,
       (SELECT coalesce(jsonb_agg(DISTINCT c ->> 'borrower'), '[]')
        FROM jsonb_array_elements(s.claims) c
        WHERE c ->> 'until_on' IS NULL AND c ->> 'verified_on' IS NULL) AS claimed_by
FROM ledger.household h
CROSS JOIN LATERAL (
    SELECT * FROM ledger.household_standing x
    WHERE x.county_code = h.county_code AND x.household_number = h.household_number
    ORDER BY x.sequence DESC, x.effective_on DESC LIMIT 1) s
JOIN register.administrative_unit v ON v.county_code = h.county_code AND v.code = s.village_code
LEFT JOIN register.administrative_unit t
    ON t.county_code = h.county_code AND t.code = left(s.village_code, 9)
WHERE s.is_registered;

-- The files that show what happened to a household, and since when an event of it is reversed.
CREATE OR REPLACE VIEW ledger.household_evidence AS
SELECT e.county_code, e.household_number, e.sequence, e.evidence AS digest, e.value_on,
       e.recorded_at, r.recorded_at AS reversed_at
FROM ledger.household_event e
LEFT JOIN ledger.household_event r ON r.county_code = e.county_code
    AND r.household_number = e.household_number AND r.target_sequence = e.sequence
WHERE e.evidence <> '';

-- Their shapes before there were incomes, before parts could be asked as they were known, and
-- before parts could be asked of a group and of a period.
DROP FUNCTION IF EXISTS ledger.led_households(text, date, text, timestamptz);
DROP FUNCTION IF EXISTS ledger.leading_statistics(text, date, text, timestamptz);
DROP FUNCTION IF EXISTS ledger.household_part(text, text, date);
DROP FUNCTION IF EXISTS ledger.loan_part(text, text, date);
DROP FUNCTION IF EXISTS ledger.indicator_part(text, text, date);
DROP FUNCTION IF EXISTS ledger.household_part(text, text, date, timestamptz);
DROP FUNCTION IF EXISTS ledger.loan_part(text, text, date, timestamptz);
DROP FUNCTION IF EXISTS ledger.indicator_part(text, text, date, timestamptz);
DROP FUNCTION IF EXISTS ledger.led_claim(text, date, text, timestamptz);
DROP FUNCTION IF EXISTS ledger.led_under_loans(text, date, text, timestamptz);

-- Where each registered household stood at the end of a day, once for each of its claims, and once
-- without a claim where it has none; as known at an instant (null: now).
CREATE OR REPLACE FUNCTION ledger.household_claim_on(county_code text, as_of date,
                                                     known_at timestamptz)
RETURNS TABLE (household_number text, head text, village_code text, standing text,
               persons integer, claim integer, loan_number text, borrower_number text, way text,
               share integer, since date, verified_on date, until_on date, is_withdrawn boolean,
               was_poor boolean, exited_on date, relapsed_on date, brought_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT s.household_number, s.head, s.village_code, s.standing, s.persons,
           c.claim, c.loan, c.borrower, c.way, c.share, c.since, c.verified_on, c.until_on,
           c.is_withdrawn, c.was_poor, c.exited_on, c.relapsed_on, c.brought_fen
    FROM ledger.household h
    CROSS JOIN LATERAL (
        SELECT * FROM ledger.household_standing x
        WHERE x.county_code = h.county_code AND x.household_number = h.household_number
          AND x.effective_on <= as_of AND (known_at IS NULL OR x.recorded_at <= known_at)
        ORDER BY x.sequence DESC, x.effective_on DESC LIMIT 1) s
    LEFT JOIN LATERAL pg_catalog.jsonb_to_recordset(s.claims)
        AS c(claim integer, loan text, borrower text, way text, share integer, since date,
             verified_on date, until_on date, is_withdrawn boolean, was_poor boolean,
             exited_on date, relapsed_on date, brought_fen bigint) ON true
    WHERE h.county_code = household_claim_on.county_code AND s.is_registered
$$;

-- The day that statistics are of (null: the day through which the books are kept), and for how
-- many months an exit must last to be sustained on it.
CREATE OR REPLACE FUNCTION ledger.leading_day(county_code text, as_of date)
RETURNS TABLE (as_of date, sustained_months integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT coalesce(leading_day.as_of, d.books_on),
           (SELECT r.sustained_months FROM programme.leading_rules r
            WHERE r.county_code = d.county_code
              AND r.effective_from <= coalesce(leading_day.as_of, d.books_on)
            ORDER BY r.effective_from DESC LIMIT 1)
    FROM ledger.books_day d WHERE d.county_code = leading_day.county_code
$$;

-- Every claim as of a day under the key of its group (null: county), with the day that makes it
-- count for each figure (null: it does not). What is not about the household is about the loan
-- under which it is led.
CREATE OR REPLACE FUNCTION ledger.led_claim(county_code text, as_of date, by_what text,
                                            known_at timestamptz)
RETURNS TABLE (key text, household_number text, head text, village_code text, persons integer,
               loan_number text, borrower_number text, share integer, brought_fen bigint,
               since date, claimed_on date, led_on date, led_ever_on date, led_poor_on date,
               exited_on date, sustained_on date, relapsed_on date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT CASE by_what WHEN 'township' THEN left(c.village_code, 9)
                        WHEN 'village' THEN c.village_code
                        WHEN 'way' THEN c.way
                        WHEN 'standing' THEN c.standing
                        ELSE g.key END,
           c.household_number, c.head, c.village_code, c.persons, c.loan_number,
           c.borrower_number, c.share, CASE WHEN c.is_withdrawn THEN 0 ELSE c.brought_fen END,
           c.since, CASE WHEN c.until_on IS NULL AND c.verified_on IS NULL THEN c.since END,
           CASE WHEN c.until_on IS NULL THEN c.verified_on END, f.led_ever_on, f.led_poor_on,
           o.exited_on,
           CASE WHEN o.exited_on + make_interval(months => d.sustained_months) <= d.as_of
                THEN o.exited_on END,
           CASE WHEN f.led_poor_on IS NOT NULL THEN c.relapsed_on END
    FROM ledger.leading_day(led_claim.county_code, led_claim.as_of) d
    CROSS JOIN LATERAL ledger.household_claim_on(led_claim.county_code, d.as_of,
                                                 led_claim.known_at) c
    JOIN ledger.loan_group(led_claim.county_code, by_what) g ON g.loan_number = c.loan_number
    CROSS JOIN LATERAL (
        SELECT CASE WHEN NOT c.is_withdrawn THEN c.verified_on END AS led_ever_on,
               CASE WHEN NOT c.is_withdrawn AND c.was_poor THEN c.verified_on END
                   AS led_poor_on) f
    CROSS JOIN LATERAL (
        SELECT CASE WHEN f.led_poor_on IS NOT NULL AND c.relapsed_on IS NULL
                    THEN c.exited_on END AS exited_on) o
$$;

-- What a head had a year before a household's leading began and has since, where both were
-- recorded: the last year before the year of the first verified claim, and the last one from it on.
-- Without leading: less what the leading brought in that later year. Heads are those of the day.
CREATE OR REPLACE FUNCTION ledger.income_change(county_code text, as_of date,
                                                known_at timestamptz)
RETURNS TABLE (household_number text, year_before integer, year_since integer, before_fen bigint,
               since_fen bigint, without_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH claim AS MATERIALIZED (
        SELECT * FROM ledger.household_claim_on(income_change.county_code, as_of, known_at)
    ), led AS (
        SELECT c.household_number, min(c.persons) AS persons,
               extract(year FROM min(c.since))::integer AS year_led
        FROM claim c
        WHERE NOT c.is_withdrawn AND c.verified_on IS NOT NULL GROUP BY c.household_number
    ), happened AS (
        SELECT e.* FROM led
        JOIN ledger.household_event e ON e.county_code = income_change.county_code
            AND e.household_number = led.household_number
        WHERE e.kind IN ('income_recorded', 'benefit_brought') AND e.value_on <= as_of
          AND (known_at IS NULL OR e.recorded_at <= known_at)
          AND NOT EXISTS (SELECT FROM ledger.household_event r
                          WHERE r.county_code = e.county_code
                            AND r.household_number = e.household_number
                            AND r.target_sequence = e.sequence
                            AND (known_at IS NULL OR r.recorded_at <= known_at))
    ), income AS (
        SELECT DISTINCT ON (e.household_number, e.income_year) e.household_number, e.income_year,
               e.wages_fen + e.production_fen + e.property_fen + e.transfers_fen AS fen
        FROM happened e WHERE e.kind = 'income_recorded'
        ORDER BY e.household_number, e.income_year, e.value_on DESC, e.sequence DESC
    ), last_of AS ( -- before the year in which the leading began, and from it on
        SELECT DISTINCT ON (i.household_number, i.income_year < led.year_led) i.*, led.persons,
               i.income_year < led.year_led AS is_before
        FROM income i JOIN led USING (household_number)
        ORDER BY i.household_number, i.income_year < led.year_led, i.income_year DESC
    ), brought AS (
        SELECT e.household_number, extract(year FROM e.value_on)::integer AS year,
               sum(e.amount_fen)::bigint AS fen
        FROM happened e
        JOIN claim c ON c.household_number = e.household_number AND c.claim = e.claim
        WHERE e.kind = 'benefit_brought' AND NOT c.is_withdrawn
        GROUP BY e.household_number, extract(year FROM e.value_on)
    )
    SELECT s.household_number, b.income_year, s.income_year, b.fen / b.persons,
           s.fen / s.persons, (s.fen - coalesce(brought.fen, 0)) / s.persons
    FROM last_of b
    JOIN last_of s ON s.household_number = b.household_number AND NOT s.is_before
    LEFT JOIN brought ON brought.household_number = s.household_number
        AND brought.year = s.income_year
    WHERE b.is_before
$$;

-- Households and persons of each figure, by group and of the county (is_county): each household
-- once in its line, however many lead it.
CREATE OR REPLACE FUNCTION ledger.led_households(county_code text, as_of date, by_what text,
                                                 known_at timestamptz)
RETURNS TABLE (key text, is_county boolean,
               claimed bigint, claimed_persons bigint, led bigint, led_persons bigint,
               led_ever bigint, led_ever_persons bigint, led_poor bigint, led_poor_persons bigint,
               exited bigint, exited_persons bigint, sustained bigint, sustained_persons bigint,
               relapsed bigint, relapsed_persons bigint, led_units bigint, brought_fen bigint,
               incomes bigint, income_before_fen bigint, income_since_fen bigint,
               income_without_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH counted AS (
        SELECT c.key, grouping(c.key) = 1 AS is_county, c.household_number,
               max(c.persons) AS persons, count(c.claimed_on) > 0 AS is_claimed,
               count(c.led_on) > 0 AS is_led, count(c.led_ever_on) > 0 AS is_led_ever,
               count(c.led_poor_on) > 0 AS is_poor, count(c.exited_on) > 0 AS is_exited,
               count(c.sustained_on) > 0 AS is_sustained,
               count(c.relapsed_on) > 0 AS is_relapsed,
               sum(c.share) FILTER (WHERE c.led_on IS NOT NULL) AS led_units,
               sum(c.brought_fen) AS brought_fen
        FROM ledger.led_claim(led_households.county_code, led_households.as_of, by_what,
                              led_households.known_at) c
        GROUP BY GROUPING SETS ((c.key, c.household_number), (c.household_number))
    ), income AS MATERIALIZED (
        SELECT i.* FROM ledger.leading_day(led_households.county_code, led_households.as_of) d
        CROSS JOIN LATERAL ledger.income_change(led_households.county_code, d.as_of,
                                                led_households.known_at) i
    )
    SELECT coalesce(c.key, ''), c.is_county,
           count(*) FILTER (WHERE is_claimed), sum(persons) FILTER (WHERE is_claimed),
           count(*) FILTER (WHERE is_led), sum(persons) FILTER (WHERE is_led),
           count(*) FILTER (WHERE is_led_ever), sum(persons) FILTER (WHERE is_led_ever),
           count(*) FILTER (WHERE is_poor), sum(persons) FILTER (WHERE is_poor),
           count(*) FILTER (WHERE is_exited), sum(persons) FILTER (WHERE is_exited),
           count(*) FILTER (WHERE is_sustained), sum(persons) FILTER (WHERE is_sustained),
           count(*) FILTER (WHERE is_relapsed), sum(persons) FILTER (WHERE is_relapsed),
           sum(c.led_units)::bigint, sum(c.brought_fen)::bigint,
           count(i.household_number) FILTER (WHERE is_led_ever),
           sum(i.before_fen) FILTER (WHERE is_led_ever)::bigint,
           sum(i.since_fen) FILTER (WHERE is_led_ever)::bigint,
           sum(i.without_fen) FILTER (WHERE is_led_ever)::bigint
    FROM counted c LEFT JOIN income i USING (household_number) GROUP BY c.key, c.is_county
$$;

-- The loans that were paid out by the day under the key of their group, and whether somebody was
-- ever led under each.
CREATE OR REPLACE FUNCTION ledger.led_under_loan(county_code text, as_of date, by_what text,
                                                 known_at timestamptz)
RETURNS TABLE (key text, loan_number text, disbursed_fen bigint, disbursed_on date,
               has_led boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT g.key, s.loan_number, s.disbursed_fen, s.disbursed_on, led.loan_number IS NOT NULL
    FROM ledger.leading_day(led_under_loan.county_code, led_under_loan.as_of) d
    CROSS JOIN LATERAL ledger.standing_on(led_under_loan.county_code, d.as_of, known_at) s
    JOIN ledger.loan_group(led_under_loan.county_code, by_what) g
        ON g.loan_number = s.loan_number
    LEFT JOIN (SELECT DISTINCT c.loan_number
               FROM ledger.led_claim(led_under_loan.county_code, led_under_loan.as_of, 'county',
                                     led_under_loan.known_at) c
               WHERE c.led_ever_on IS NOT NULL) led ON led.loan_number = s.loan_number
    WHERE s.disbursed_fen > 0
$$;

-- Who was led, as of the end of a day (null: the day through which the books are kept) and as known
-- at an instant (null: now), by one of county (no groups), township, village, way, standing,
-- borrower, branch, industry, fund, product, officer, year. The last line (empty key) is the
-- county.
CREATE OR REPLACE FUNCTION ledger.leading_statistics(county_code text, as_of date, by_what text,
                                                     known_at timestamptz)
RETURNS TABLE (key text, name text,
               claimed bigint, claimed_persons bigint, led bigint, led_persons bigint,
               led_ever bigint, led_ever_persons bigint, led_poor bigint, led_poor_persons bigint,
               exited bigint, exited_persons bigint, sustained bigint, sustained_persons bigint,
               relapsed bigint, relapsed_persons bigint, led_units bigint, borrowers bigint,
               brought_fen bigint, incomes bigint, income_before_fen bigint,
               income_since_fen bigint, income_without_fen bigint, loans bigint,
               loans_without bigint, lent_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH households AS (
        SELECT * FROM ledger.led_households(leading_statistics.county_code,
                                            leading_statistics.as_of, by_what,
                                            leading_statistics.known_at)
    ), leaders AS (
        SELECT coalesce(c.key, '') AS key, grouping(c.key) = 1 AS is_county,
               count(DISTINCT c.borrower_number) AS borrowers
        FROM ledger.led_claim(leading_statistics.county_code, leading_statistics.as_of,
                              by_what, leading_statistics.known_at) c
        WHERE c.led_ever_on IS NOT NULL GROUP BY GROUPING SETS ((c.key), ())
    ), loans AS (
        SELECT coalesce(u.key, '') AS key, grouping(u.key) = 1 AS is_county, count(*) AS loans,
               count(*) FILTER (WHERE NOT u.has_led) AS loans_without,
               sum(u.disbursed_fen)::bigint AS lent_fen
        FROM ledger.led_under_loan(leading_statistics.county_code, leading_statistics.as_of,
                                   by_what, leading_statistics.known_at) u
        GROUP BY GROUPING SETS ((u.key), ())
    ), keys AS (
        SELECT u.code AS key, false AS is_county FROM register.administrative_unit u
        WHERE u.county_code = leading_statistics.county_code AND by_what = 'township'
          AND length(u.code) = 9
        UNION SELECT h.key, false FROM households h WHERE h.key <> ''
        UNION SELECT l.key, false FROM loans l WHERE l.key <> ''
        UNION ALL SELECT '', true
    )
    SELECT k.key, coalesce(u.name, f.name, w.name, k.key),
           coalesce(h.claimed, 0), coalesce(h.claimed_persons, 0),
           coalesce(h.led, 0), coalesce(h.led_persons, 0),
           coalesce(h.led_ever, 0), coalesce(h.led_ever_persons, 0),
           coalesce(h.led_poor, 0), coalesce(h.led_poor_persons, 0),
           coalesce(h.exited, 0), coalesce(h.exited_persons, 0),
           coalesce(h.sustained, 0), coalesce(h.sustained_persons, 0),
           coalesce(h.relapsed, 0), coalesce(h.relapsed_persons, 0),
           coalesce(h.led_units, 0), coalesce(b.borrowers, 0), coalesce(h.brought_fen, 0),
           coalesce(h.incomes, 0), coalesce(h.income_before_fen, 0),
           coalesce(h.income_since_fen, 0), coalesce(h.income_without_fen, 0),
           coalesce(l.loans, n.nothing), coalesce(l.loans_without, n.nothing),
           coalesce(l.lent_fen, n.nothing)
    FROM keys k
    LEFT JOIN households h ON h.key = k.key AND h.is_county = k.is_county
    CROSS JOIN LATERAL ( -- a loan has no way of leading and no standing
        SELECT CASE WHEN k.is_county OR by_what NOT IN ('way', 'standing') THEN 0 END
            AS nothing) n
    LEFT JOIN leaders b ON b.key = k.key AND b.is_county = k.is_county
    LEFT JOIN loans l ON l.key = k.key AND l.is_county = k.is_county
    LEFT JOIN register.administrative_unit u ON by_what IN ('township', 'village')
        AND u.county_code = leading_statistics.county_code AND u.code = k.key
    LEFT JOIN ledger.fund f ON by_what = 'fund'
        AND f.county_code = leading_statistics.county_code AND f.fund_code = k.key
    LEFT JOIN register.borrower w ON by_what = 'borrower'
        AND w.county_code = leading_statistics.county_code AND w.borrower_number = k.key
    ORDER BY k.is_county, k.key
$$;

