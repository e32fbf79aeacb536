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

-- Where each registered household stood at the end of a day, once for each of its claims, and once
-- without a claim where it has none.
CREATE OR REPLACE FUNCTION ledger.household_claim_on(county_code text, as_of date)
RETURNS TABLE (household_number text, head text, village_code text, standing text,
               persons integer, claim integer, loan_number text, borrower_number text, way text,
               share integer, since date, verified_on date, until_on date, is_withdrawn boolean,
               was_poor boolean, exited_on date, relapsed_on date, brought_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT s.household_number, s.head, s.village_code, s.standing, s.persons,
           c.claim, c.loan, c.borrower, c.way, c.share, c.since, c.verified_on, c.until_on,
           c.is_withdrawn, c.was_poor, c.exited_on, c.relapsed_on, c.brought_fen
    FROM (SELECT DISTINCT ON (x.household_number) x.*
          FROM ledger.household_standing x
          WHERE x.county_code = household_claim_on.county_code AND x.effective_on <= as_of
          ORDER BY x.household_number, x.sequence DESC, x.effective_on DESC) s
    LEFT JOIN LATERAL pg_catalog.jsonb_to_recordset(s.claims)
        AS c(claim integer, loan text, borrower text, way text, share integer, since date,
             verified_on date, until_on date, is_withdrawn boolean, was_poor boolean,
             exited_on date, relapsed_on date, brought_fen bigint) ON true
    WHERE s.is_registered
$$;

-- Who was led, as of the end of a day (null: the day through which the books are kept), by one of
-- county (no groups), township, village, way, standing, borrower, branch, industry, fund. The last
-- line (empty key) is the county. Each household counts once in its line, however many lead it.
CREATE OR REPLACE FUNCTION ledger.leading_statistics(county_code text, as_of date, by_what text)
RETURNS TABLE (key text, name text,
               claimed bigint, claimed_persons bigint, led bigint, led_persons bigint,
               led_ever bigint, led_ever_persons bigint, led_poor bigint, led_poor_persons bigint,
               exited bigint, exited_persons bigint, sustained bigint, sustained_persons bigint,
               relapsed bigint, relapsed_persons bigint, led_units bigint, borrowers bigint,
               brought_fen bigint, loans bigint, loans_without bigint, lent_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH day AS (
        SELECT coalesce(as_of, d.books_on) AS as_of,
               (SELECT r.sustained_months FROM programme.leading_rules r
                WHERE r.county_code = d.county_code
                  AND r.effective_from <= coalesce(as_of, d.books_on)
                ORDER BY r.effective_from DESC LIMIT 1) AS sustained_months
        FROM ledger.books_day d WHERE d.county_code = leading_statistics.county_code
    ), claim AS (
        SELECT CASE by_what WHEN 'township' THEN left(c.village_code, 9)
                            WHEN 'village' THEN c.village_code
                            WHEN 'way' THEN c.way
                            WHEN 'standing' THEN c.standing
                            WHEN 'borrower' THEN c.borrower_number
                            WHEN 'branch' THEN b.party_branch
                            WHEN 'industry' THEN l.industry
                            WHEN 'fund' THEN l.fund_code END AS key,
               c.*, b.name AS borrower_name,
               c.until_on IS NULL AND c.verified_on IS NULL AS is_claimed,
               c.until_on IS NULL AND c.verified_on IS NOT NULL AS is_led,
               NOT c.is_withdrawn AND c.verified_on IS NOT NULL AS is_led_ever,
               c.exited_on IS NOT NULL AND c.relapsed_on IS NULL AS is_out,
               c.exited_on + make_interval(months => day.sustained_months) <= day.as_of AS is_long
        FROM day
        CROSS JOIN LATERAL ledger.household_claim_on(leading_statistics.county_code, day.as_of) c
        JOIN register.borrower b ON b.county_code = leading_statistics.county_code
            AND b.borrower_number = c.borrower_number
        JOIN ledger.loan l ON l.county_code = leading_statistics.county_code
            AND l.loan_number = c.loan_number
    ), counted AS ( -- a household once a group, and once in the county
        SELECT claim.key, grouping(claim.key) = 1 AS is_county, claim.household_number,
               max(claim.persons) AS persons,
               bool_or(is_claimed) AS is_claimed, bool_or(is_led) AS is_led,
               bool_or(is_led_ever) AS is_led_ever,
               bool_or(is_led_ever AND was_poor) AS is_poor,
               bool_or(is_led_ever AND was_poor AND is_out) AS is_exited,
               bool_or(is_led_ever AND was_poor AND is_out AND is_long) AS is_sustained,
               bool_or(is_led_ever AND was_poor AND relapsed_on IS NOT NULL) AS is_relapsed,
               sum(claim.share) FILTER (WHERE is_led) AS led_units,
               sum(claim.brought_fen) FILTER (WHERE NOT is_withdrawn) AS brought_fen
        FROM claim
        GROUP BY GROUPING SETS ((claim.key, claim.household_number), (claim.household_number))
    ), households AS (
        SELECT coalesce(c.key, '') AS key, c.is_county,
               count(*) FILTER (WHERE is_claimed) AS claimed,
               sum(persons) FILTER (WHERE is_claimed) AS claimed_persons,
               count(*) FILTER (WHERE is_led) AS led,
               sum(persons) FILTER (WHERE is_led) AS led_persons,
               count(*) FILTER (WHERE is_led_ever) AS led_ever,
               sum(persons) FILTER (WHERE is_led_ever) AS led_ever_persons,
               count(*) FILTER (WHERE is_poor) AS led_poor,
               sum(persons) FILTER (WHERE is_poor) AS led_poor_persons,
               count(*) FILTER (WHERE is_exited) AS exited,
               sum(persons) FILTER (WHERE is_exited) AS exited_persons,
               count(*) FILTER (WHERE is_sustained) AS sustained,
               sum(persons) FILTER (WHERE is_sustained) AS sustained_persons,
               count(*) FILTER (WHERE is_relapsed) AS relapsed,
               sum(persons) FILTER (WHERE is_relapsed) AS relapsed_persons,
               sum(led_units) AS led_units, sum(brought_fen) AS brought_fen
        FROM counted c GROUP BY c.key, c.is_county
    ), leaders AS (
        SELECT coalesce(claim.key, '') AS key, grouping(claim.key) = 1 AS is_county,
               count(DISTINCT claim.borrower_number) AS borrowers
        FROM claim WHERE is_led_ever GROUP BY GROUPING SETS ((claim.key), ())
    ), lent AS ( -- the loans that were paid out, with whether anybody was ever led under them
        SELECT CASE by_what WHEN 'township' THEN left(l.village_code, 9)
                            WHEN 'village' THEN l.village_code
                            WHEN 'borrower' THEN l.borrower_number
                            WHEN 'branch' THEN b.party_branch
                            WHEN 'industry' THEN l.industry
                            WHEN 'fund' THEN l.fund_code END AS key,
               s.disbursed_fen,
               EXISTS (SELECT FROM claim WHERE claim.loan_number = l.loan_number
                       AND claim.is_led_ever) AS has_led
        FROM day
        CROSS JOIN ledger.loan l
        JOIN register.borrower b ON b.county_code = l.county_code
            AND b.borrower_number = l.borrower_number
        CROSS JOIN LATERAL (
            SELECT x.disbursed_fen FROM ledger.loan_standing x
            WHERE x.county_code = l.county_code AND x.loan_number = l.loan_number
              AND x.effective_on <= day.as_of
            ORDER BY x.sequence DESC, x.revision DESC, x.effective_on DESC LIMIT 1) s
        WHERE l.county_code = leading_statistics.county_code AND s.disbursed_fen > 0
    ), loans AS (
        SELECT coalesce(lent.key, '') AS key, grouping(lent.key) = 1 AS is_county,
               count(*) AS loans, count(*) FILTER (WHERE NOT has_led) AS loans_without,
               sum(disbursed_fen) AS lent_fen
        FROM lent GROUP BY GROUPING SETS ((lent.key), ())
    ), keys AS (
        SELECT u.code AS key, u.name, false AS is_county FROM register.administrative_unit u
        WHERE u.county_code = leading_statistics.county_code AND by_what = 'township' AND length(u.code) = 9
        UNION
        SELECT k.key, coalesce(u.name, f.name, b.name, k.key), false
        FROM (SELECT claim.key FROM claim UNION SELECT lent.key FROM lent) k
        LEFT JOIN register.administrative_unit u ON by_what IN ('township', 'village')
            AND u.county_code = leading_statistics.county_code AND u.code = k.key
        LEFT JOIN ledger.fund f ON by_what = 'fund'
            AND f.county_code = leading_statistics.county_code AND f.fund_code = k.key
        LEFT JOIN register.borrower b ON by_what = 'borrower'
            AND b.county_code = leading_statistics.county_code AND b.borrower_number = k.key
        WHERE k.key IS NOT NULL
        UNION ALL
        SELECT '', '', true FROM day
    )
    SELECT k.key, k.name,
           coalesce(h.claimed, 0), coalesce(h.claimed_persons, 0)::bigint,
           coalesce(h.led, 0), coalesce(h.led_persons, 0)::bigint,
           coalesce(h.led_ever, 0), coalesce(h.led_ever_persons, 0)::bigint,
           coalesce(h.led_poor, 0), coalesce(h.led_poor_persons, 0)::bigint,
           coalesce(h.exited, 0), coalesce(h.exited_persons, 0)::bigint,
           coalesce(h.sustained, 0), coalesce(h.sustained_persons, 0)::bigint,
           coalesce(h.relapsed, 0), coalesce(h.relapsed_persons, 0)::bigint,
           coalesce(h.led_units, 0)::bigint, coalesce(b.borrowers, 0),
           coalesce(h.brought_fen, 0)::bigint, coalesce(l.loans, 0), coalesce(l.loans_without, 0),
           coalesce(l.lent_fen, 0)::bigint
    FROM keys k
    LEFT JOIN households h ON h.key = k.key AND h.is_county = k.is_county
    LEFT JOIN leaders b ON b.key = k.key AND b.is_county = k.is_county
    LEFT JOIN loans l ON l.key = k.key AND l.is_county = k.is_county
    ORDER BY k.is_county, k.key
$$;

-- What a figure counts: one row a household or a loan, the amount it adds (households, persons or
-- fen), and the day that makes it count. Of leading as of the end of the day; of lending the stocks
-- at its end and what was ever lent by then.
CREATE OR REPLACE FUNCTION ledger.indicator_part(county_code text, indicator text, as_of date)
RETURNS TABLE (number text, household_number text, loan_number text, borrower_number text,
               name text, village_code text, amount bigint, on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH day AS (
        SELECT coalesce(as_of, d.books_on) AS as_of,
               (SELECT r.sustained_months FROM programme.leading_rules r
                WHERE r.county_code = d.county_code
                  AND r.effective_from <= coalesce(as_of, d.books_on)
                ORDER BY r.effective_from DESC LIMIT 1) AS sustained_months
        FROM ledger.books_day d WHERE d.county_code = indicator_part.county_code
    ), leading_part AS (
        SELECT c.household_number, c.head, c.village_code, c.persons, min(f.on_day) AS on_day,
               min(c.borrower_number) AS borrower_number, min(c.loan_number) AS loan_number
        FROM day
        CROSS JOIN LATERAL ledger.household_claim_on(indicator_part.county_code, day.as_of) c
        CROSS JOIN LATERAL (SELECT CASE regexp_replace(indicator, '^(households|persons)_', '')
            WHEN 'claimed' THEN CASE WHEN c.until_on IS NULL AND c.verified_on IS NULL
                                     THEN c.since END
            WHEN 'led' THEN CASE WHEN c.until_on IS NULL THEN c.verified_on END
            WHEN 'led_ever' THEN CASE WHEN NOT c.is_withdrawn THEN c.verified_on END
            WHEN 'led_poor' THEN CASE WHEN NOT c.is_withdrawn AND c.was_poor
                                      THEN c.verified_on END
            WHEN 'exited' THEN CASE WHEN NOT c.is_withdrawn AND c.verified_on IS NOT NULL
                AND c.was_poor AND c.relapsed_on IS NULL THEN c.exited_on END
            WHEN 'sustained' THEN CASE WHEN NOT c.is_withdrawn AND c.verified_on IS NOT NULL
                AND c.was_poor AND c.relapsed_on IS NULL
                AND c.exited_on + make_interval(months => day.sustained_months) <= day.as_of
                THEN c.exited_on END
            WHEN 'relapsed' THEN CASE WHEN NOT c.is_withdrawn AND c.verified_on IS NOT NULL
                AND c.was_poor THEN c.relapsed_on END
            END AS on_day) f
        WHERE f.on_day IS NOT NULL AND indicator ~ '^(households|persons)_'
        GROUP BY c.household_number, c.head, c.village_code, c.persons
    ), led_loan AS (
        SELECT DISTINCT c.loan_number
        FROM day
        CROSS JOIN LATERAL ledger.household_claim_on(indicator_part.county_code, day.as_of) c
        WHERE indicator = 'loans_without_led' AND c.verified_on IS NOT NULL AND NOT c.is_withdrawn
    ), loan_part AS (
        SELECT l.loan_number, l.borrower_number, b.name, l.village_code, b.household_number,
               f.amount, x.disbursed_on AS on_day
        FROM day
        CROSS JOIN ledger.loan l
        JOIN register.borrower b ON b.county_code = l.county_code
            AND b.borrower_number = l.borrower_number
        JOIN ledger.standing_on(indicator_part.county_code, (SELECT d.as_of FROM day d)) s
            ON s.loan_number = l.loan_number
        CROSS JOIN LATERAL (
            SELECT y.disbursed_on, y.disbursed_fen FROM ledger.loan_standing y
            WHERE y.county_code = l.county_code AND y.loan_number = l.loan_number
              AND y.effective_on <= day.as_of
            ORDER BY y.sequence DESC, y.revision DESC, y.effective_on DESC LIMIT 1) x
        CROSS JOIN LATERAL (SELECT CASE indicator
            WHEN 'lent' THEN x.disbursed_fen
            WHEN 'loans' THEN (x.disbursed_fen > 0)::int::bigint
            WHEN 'outstanding' THEN s.outstanding_fen
            WHEN 'overdue' THEN s.overdue_fen
            WHEN 'par1' THEN CASE WHEN s.days_past_due >= 1 THEN s.outstanding_fen END
            WHEN 'par30' THEN CASE WHEN s.days_past_due > 30 THEN s.outstanding_fen END
            WHEN 'par90' THEN CASE WHEN s.days_past_due > 90 THEN s.outstanding_fen END
            WHEN 'par180' THEN CASE WHEN s.days_past_due > 180 THEN s.outstanding_fen END
            WHEN 'rescheduled' THEN CASE WHEN s.is_rescheduled THEN s.outstanding_fen END
            WHEN 'written_off' THEN s.written_off_fen
            WHEN 'recovered' THEN s.recovered_fen
            WHEN 'interest_received' THEN s.interest_received_fen
            WHEN 'loans_without_led' THEN (x.disbursed_fen > 0 AND NOT EXISTS (
                SELECT FROM led_loan WHERE led_loan.loan_number = l.loan_number))::int::bigint
            END AS amount) f
        WHERE l.county_code = indicator_part.county_code AND f.amount <> 0
    )
    SELECT p.household_number, p.household_number, p.loan_number, p.borrower_number, p.head,
           p.village_code, CASE WHEN indicator ~ '^persons_' THEN p.persons ELSE 1 END::bigint,
           p.on_day
    FROM leading_part p
    UNION ALL
    SELECT p.loan_number, p.household_number, p.loan_number, p.borrower_number, p.name,
           p.village_code, p.amount, p.on_day
    FROM loan_part p
$$;
