-- Reading loans: what the engine needs to fold one, the list, where each stood on a day, and the
-- portfolio statistics by township. A day that no event marks is answered from the last standing
-- before it and that standing's unpaid dues; nothing here computes interest.

CREATE OR REPLACE VIEW ledger.loan_for_engine AS
SELECT l.county_code, l.loan_number, l.borrower_number, l.fund_code,
       to_jsonb(l) || jsonb_build_object(
           'events', (SELECT coalesce(jsonb_agg(to_jsonb(e) ORDER BY e.sequence), '[]')
                      FROM ledger.loan_event e
                      WHERE e.county_code = l.county_code AND e.loan_number = l.loan_number),
           'position', (SELECT to_jsonb(p) FROM ledger.loan_position p
                        WHERE p.county_code = l.county_code AND p.loan_number = l.loan_number
                        ORDER BY p.version DESC LIMIT 1)) AS body,
       l.subsidy_scheme
FROM ledger.loan l;

-- Loans for which the books hold something that a closing may have to move.
CREATE OR REPLACE VIEW ledger.loan_to_close AS
SELECT l.county_code, l.loan_number
FROM ledger.loan l
CROSS JOIN LATERAL (
    SELECT * FROM ledger.loan_position x
    WHERE x.county_code = l.county_code AND x.loan_number = l.loan_number
    ORDER BY x.version DESC LIMIT 1) p
WHERE p.fund_lent <> 0 OR p.interest_receivable <> 0 OR p.penalty_receivable <> 0
   OR p.compound_receivable <> 0 OR p.memo_interest <> 0 OR p.loss_allowance <> 0;

-- The day through which the books are kept: the last one booked on or closed. No clock: a report
-- without a day says the same tomorrow.
CREATE OR REPLACE VIEW ledger.books_day AS
SELECT c.county_code,
       greatest(c.closed_through, c.opened_on,
                (SELECT max(e.booked_on) FROM ledger.journal_entry e
                 WHERE e.county_code = c.county_code),
                (SELECT max(v.booked_on) FROM ledger.loan_event v
                 WHERE v.county_code = c.county_code)) AS books_on
FROM ledger.county c;

CREATE OR REPLACE VIEW ledger.loan_line AS
SELECT l.county_code, l.loan_number, l.borrower_number, b.name AS borrower_name,
       left(l.village_code, 9) AS township, coalesce(t.name, '') AS township_name,
       v.name AS village_name, l.purpose, l.industry, l.principal_fen,
       coalesce(s.disbursed_fen, 0) AS disbursed_fen,
       coalesce(s.outstanding_fen, 0) AS outstanding_fen,
       coalesce((SELECT sum(due.fen) FROM unnest(s.unpaid_due_on, s.unpaid_principal_fen)
                     AS due(on_day, fen) WHERE due.on_day < d.books_on), 0)::bigint AS overdue_fen,
       s.disbursed_on,
       (SELECT min(due.on_day) FROM unnest(s.unpaid_due_on) AS due(on_day)
        WHERE due.on_day >= d.books_on) AS next_due_on,
       coalesce(s.status, 'proposed') AS status,
       CASE s.status WHEN 'active'
            THEN greatest(coalesce(d.books_on - s.oldest_unpaid_due_on, 0), 0)
            ELSE 0 END AS days_past_due,
       s.rescheduled_on, s.written_off_on, l.renews
FROM ledger.loan l
JOIN ledger.books_day d ON d.county_code = l.county_code
JOIN register.borrower b
    ON b.county_code = l.county_code AND b.borrower_number = l.borrower_number
JOIN register.administrative_unit v ON v.county_code = l.county_code AND v.code = l.village_code
LEFT JOIN register.administrative_unit t
    ON t.county_code = l.county_code AND t.code = left(l.village_code, 9)
LEFT JOIN LATERAL (
    SELECT * FROM ledger.loan_standing x
    WHERE x.county_code = l.county_code AND x.loan_number = l.loan_number
      AND x.effective_on <= d.books_on
    ORDER BY x.sequence DESC, x.revision DESC, x.effective_on DESC LIMIT 1) s ON true;

-- Where each loan with an event stood at the end of a day, as the books knew it at an instant
-- (null: now). What is written off is neither overdue nor late: it is off the books.
DROP FUNCTION IF EXISTS ledger.standing_on(text, date);
CREATE OR REPLACE FUNCTION ledger.standing_on(county_code text, as_of date,
                                              known_at timestamptz)
RETURNS TABLE (loan_number text, status text, outstanding_fen bigint, written_off_fen bigint,
               recovered_fen bigint, interest_received_fen bigint, overdue_fen bigint,
               days_past_due integer, is_rescheduled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT s.loan_number, s.status, s.outstanding_fen, s.written_off_fen, s.recovered_fen,
           s.interest_received_fen,
           coalesce((SELECT sum(due.fen) FROM unnest(s.unpaid_due_on, s.unpaid_principal_fen)
                         AS due(on_day, fen) WHERE due.on_day < as_of), 0)::bigint,
           CASE s.status WHEN 'active'
                THEN greatest(coalesce(as_of - s.oldest_unpaid_due_on, 0), 0) ELSE 0 END,
           s.rescheduled_on IS NOT NULL
    FROM (SELECT DISTINCT ON (x.loan_number) x.*
          FROM ledger.loan_standing x
          WHERE x.county_code = standing_on.county_code AND x.effective_on <= as_of
            AND (known_at IS NULL OR x.recorded_at <= known_at)
          ORDER BY x.loan_number, x.sequence DESC, x.revision DESC, x.effective_on DESC) s
$$;

-- The group that each loan belongs to: its borrower's township or village at signing, his branch,
-- the industry, the fund, the way of repaying (the programme's products), who booked the first
-- disbursement and its year ("-" before it), or none.
CREATE OR REPLACE FUNCTION ledger.loan_group(county_code text, by_what text)
RETURNS TABLE (loan_number text, key text, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT g.loan_number, g.key, coalesce(u.name, f.name, g.key)
    FROM (SELECT l.loan_number, CASE by_what
                     WHEN 'township' THEN left(l.village_code, 9)
                     WHEN 'village' THEN l.village_code
                     WHEN 'branch' THEN b.party_branch
                     WHEN 'industry' THEN l.industry
                     WHEN 'fund' THEN l.fund_code
                     WHEN 'product' THEN l.method
                     WHEN 'officer' THEN coalesce((SELECT e.actor
                         FROM ledger.loan_event v
                         JOIN ledger.journal_entry e ON e.county_code = v.county_code
                             AND e.entry_number = v.entry_number
                         WHERE v.county_code = l.county_code AND v.loan_number = l.loan_number
                           AND v.kind = 'disbursed'
                         ORDER BY v.sequence LIMIT 1), '-')
                     WHEN 'year' THEN coalesce((SELECT to_char(s.disbursed_on, 'YYYY')
                         FROM ledger.loan_standing s
                         WHERE s.county_code = l.county_code AND s.loan_number = l.loan_number
                         ORDER BY s.sequence DESC, s.revision DESC,
                                  s.effective_on DESC LIMIT 1), '-')
                 END AS key
          FROM ledger.loan l
          JOIN register.borrower b ON b.county_code = l.county_code
              AND b.borrower_number = l.borrower_number
          WHERE l.county_code = loan_group.county_code) g
    LEFT JOIN register.administrative_unit u ON by_what IN ('township', 'village')
        AND u.county_code = loan_group.county_code AND u.code = g.key
    LEFT JOIN ledger.fund f ON by_what = 'fund'
        AND f.county_code = loan_group.county_code AND f.fund_code = g.key
$$;

-- What was paid out on each loan in [from_on, until_on) by value date, reversed events left out,
-- as known at an instant (null: now).
CREATE OR REPLACE FUNCTION ledger.lent_in(county_code text, from_on date, until_on date,
                                          known_at timestamptz)
RETURNS TABLE (loan_number text, fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT e.loan_number, sum(e.amount_fen)::bigint
    FROM ledger.loan_event e
    WHERE e.county_code = lent_in.county_code AND e.kind = 'disbursed'
      AND e.value_on >= lent_in.from_on AND e.value_on < lent_in.until_on
      AND (known_at IS NULL OR e.recorded_at <= known_at)
      AND NOT EXISTS (SELECT FROM ledger.loan_event r WHERE r.county_code = e.county_code
                      AND r.loan_number = e.loan_number AND r.target_sequence = e.sequence
                      AND (known_at IS NULL OR r.recorded_at <= known_at))
    GROUP BY e.loan_number
$$;

-- Half-open [from_on, until_on) by value date, as known at an instant (null: now), by one of:
-- township, village, branch, industry, fund, product, officer, year (of the first disbursement),
-- county (no groups); the last line (empty key) is the county. A township or fund without loans has
-- its line of zeros.
--   lent         disbursed in the period, net of disbursements that were reversed
--   outstanding  principal on the books at the end of the period's last day
--   repaid       principal that payments covered; a write-off repays nothing
--   interest     interest, compound interest and penalty that payments covered in the period
--   overdue      principal fallen due before the last day and unpaid
--   par1         outstanding principal of loans that are late at all on the last day
--   par30 ... 180  of loans more than 30 ... 180 days late
--   ..._with_rescheduled  the same, of loans that are so late or have been rescheduled
--   rescheduled  outstanding principal of loans that have been rescheduled
--   written_off, recovered  principal taken off the books in the period, and what of it came back
-- So lent = repaid + written_off + the growth of what is outstanding.
DROP FUNCTION IF EXISTS ledger.portfolio(text, date, date);
CREATE OR REPLACE FUNCTION ledger.portfolio(county_code text, from_on date, until_on date,
                                            by_what text, known_at timestamptz)
RETURNS TABLE (key text, name text, borrowers bigint, households bigint,
               loans bigint, lent_fen bigint, repaid_fen bigint, interest_fen bigint,
               outstanding_fen bigint, overdue_fen bigint, par1_fen bigint, par30_fen bigint,
               par90_fen bigint, par180_fen bigint, par30_with_rescheduled_fen bigint,
               par90_with_rescheduled_fen bigint, rescheduled_fen bigint, written_off_fen bigint,
               recovered_fen bigint, largest_fen bigint, median_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH period AS (
        SELECT coalesce(from_on, '0001-01-01'::date) AS from_on,
               coalesce(until_on, d.books_on + 1, '0001-01-01'::date) AS until_on
        FROM ledger.books_day d WHERE d.county_code = portfolio.county_code
    ), moved AS (
        SELECT l.loan_number, l.borrower_number,
               lent.loan_number IS NOT NULL AS is_lent, coalesce(lent.fen, 0) AS lent,
               coalesce(after.written_off_fen, 0) - coalesce(before.written_off_fen, 0)
                   AS written_off,
               coalesce(after.recovered_fen, 0) - coalesce(before.recovered_fen, 0) AS recovered,
               coalesce(after.interest_received_fen, 0)
                   - coalesce(before.interest_received_fen, 0) AS interest,
               coalesce(after.outstanding_fen, 0) - coalesce(before.outstanding_fen, 0) AS growth,
               coalesce(after.outstanding_fen, 0) AS outstanding,
               coalesce(after.overdue_fen, 0) AS overdue,
               coalesce(after.days_past_due, 0) AS days_past_due,
               coalesce(after.is_rescheduled, false) AS is_rescheduled
        FROM period
        CROSS JOIN ledger.loan l
        LEFT JOIN ledger.lent_in(portfolio.county_code, (SELECT p.from_on FROM period p),
                                 (SELECT p.until_on FROM period p), known_at) lent
            USING (loan_number)
        LEFT JOIN ledger.standing_on(portfolio.county_code, (SELECT p.until_on - 1 FROM period p),
                                     known_at) after USING (loan_number)
        LEFT JOIN ledger.standing_on(portfolio.county_code, (SELECT p.from_on - 1 FROM period p),
                                     known_at) before USING (loan_number)
        WHERE l.county_code = portfolio.county_code
    ), line AS (
        SELECT g.key, g.name, b.household_number, m.*, m.lent - m.growth - m.written_off AS repaid
        FROM moved m
        JOIN ledger.loan_group(portfolio.county_code, by_what) g USING (loan_number)
        JOIN register.borrower b ON b.county_code = portfolio.county_code
            AND b.borrower_number = m.borrower_number
    ), named AS (
        SELECT DISTINCT line.key, line.name FROM line WHERE line.key IS NOT NULL
        UNION
        SELECT u.code, u.name FROM register.administrative_unit u
        WHERE u.county_code = portfolio.county_code AND by_what = 'township' AND length(u.code) = 9
        UNION
        SELECT f.fund_code, f.name FROM ledger.fund f
        WHERE f.county_code = portfolio.county_code AND by_what = 'fund'
    )
    SELECT coalesce(n.key, ''),
           CASE WHEN grouping(n.key) = 1 THEN '' ELSE coalesce(max(n.name), '') END,
           count(DISTINCT line.borrower_number) FILTER (WHERE line.is_lent),
           count(DISTINCT line.household_number) FILTER (WHERE line.is_lent),
           count(*) FILTER (WHERE line.is_lent),
           coalesce(sum(line.lent), 0)::bigint, coalesce(sum(line.repaid), 0)::bigint,
           coalesce(sum(line.interest), 0)::bigint, coalesce(sum(line.outstanding), 0)::bigint,
           coalesce(sum(line.overdue), 0)::bigint,
           coalesce(sum(line.outstanding) FILTER (WHERE line.days_past_due >= 1), 0)::bigint,
           coalesce(sum(line.outstanding) FILTER (WHERE line.days_past_due > 30), 0)::bigint,
           coalesce(sum(line.outstanding) FILTER (WHERE line.days_past_due > 90), 0)::bigint,
           coalesce(sum(line.outstanding) FILTER (WHERE line.days_past_due > 180), 0)::bigint,
           coalesce(sum(line.outstanding)
                    FILTER (WHERE line.days_past_due > 30 OR line.is_rescheduled), 0)::bigint,
           coalesce(sum(line.outstanding)
                    FILTER (WHERE line.days_past_due > 90 OR line.is_rescheduled), 0)::bigint,
           coalesce(sum(line.outstanding) FILTER (WHERE line.is_rescheduled), 0)::bigint,
           coalesce(sum(line.written_off), 0)::bigint, coalesce(sum(line.recovered), 0)::bigint,
           coalesce(max(line.lent) FILTER (WHERE line.is_lent), 0)::bigint,
           coalesce(percentile_disc(0.5) WITHIN GROUP (ORDER BY line.lent)
                    FILTER (WHERE line.is_lent), 0)::bigint
    FROM named n
    FULL JOIN line ON line.key = n.key
    GROUP BY GROUPING SETS ((n.key), ())
    HAVING grouping(n.key) = 1 OR n.key IS NOT NULL
    ORDER BY grouping(n.key), n.key
$$;
