-- Reading loans: what the engine needs to fold one, the list, where each stood on a day, and the
-- portfolio statistics by township. A day that no event marks is answered from the last standing
-- before it and that standing's unpaid dues; nothing here computes interest.

CREATE OR REPLACE VIEW ledger.loan_for_engine AS
SELECT l.county_code, l.loan_number, l.borrower_number, l.fund_code,
       (SELECT row_to_json(body) FROM (SELECT l.*,
           (SELECT coalesce(json_agg(e ORDER BY e.sequence), '[]') FROM ledger.loan_event e
            WHERE e.county_code = l.county_code AND e.loan_number = l.loan_number) AS events,
           (SELECT row_to_json(p) FROM ledger.loan_position p
            WHERE p.county_code = l.county_code AND p.loan_number = l.loan_number
            ORDER BY p.version DESC LIMIT 1) AS position) body) AS body,
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
   OR p.compound_receivable <> 0 OR p.memo_interest <> 0 OR p.loss_allowance <> 0
   OR p.fund_reserved <> 0;

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
       s.rescheduled_on, s.written_off_on, l.renews, l.village_code, s.reserved_through
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
-- (null: now). What is written off is neither overdue nor late: it is off the books. One look into
-- the key a loan, however long its history; for a past day it goes back over what came later.
DROP FUNCTION IF EXISTS ledger.standing_on(text, date);
DROP FUNCTION IF EXISTS ledger.standing_on(text, date, timestamptz);
CREATE OR REPLACE FUNCTION ledger.standing_on(county_code text, as_of date,
                                              known_at timestamptz)
RETURNS TABLE (loan_number text, status text, disbursed_fen bigint, disbursed_on date,
               outstanding_fen bigint, written_off_fen bigint, recovered_fen bigint,
               interest_received_fen bigint, overdue_fen bigint, days_past_due integer,
               late_since date, rescheduled_on date, written_off_on date)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20000 SET search_path = '' AS $$
    SELECT l.loan_number, s.status, s.disbursed_fen, s.disbursed_on, s.outstanding_fen,
           s.written_off_fen, s.recovered_fen, s.interest_received_fen,
           coalesce((SELECT sum(due.fen) FROM unnest(s.unpaid_due_on, s.unpaid_principal_fen)
                         AS due(on_day, fen) WHERE due.on_day < as_of), 0)::bigint,
           CASE s.status WHEN 'active'
                THEN greatest(coalesce(as_of - s.oldest_unpaid_due_on, 0), 0) ELSE 0 END,
           s.oldest_unpaid_due_on, s.rescheduled_on, s.written_off_on
    FROM ledger.loan l
    CROSS JOIN LATERAL (
        SELECT * FROM ledger.loan_standing x
        WHERE x.county_code = l.county_code AND x.loan_number = l.loan_number
          AND x.effective_on <= as_of AND (known_at IS NULL OR x.recorded_at <= known_at)
        ORDER BY x.sequence DESC, x.revision DESC, x.effective_on DESC LIMIT 1) s
    WHERE l.county_code = standing_on.county_code AND l.proposed_on <= standing_on.as_of
$$;

-- The group that each loan belongs to: its borrower, his township or village at signing, his branch
-- (by its code where the register of branches has it), the industry, the fund, the way of repaying
-- (the programme's products), who booked the first disbursement and its year ("-" before it), or
-- none.
CREATE OR REPLACE FUNCTION ledger.loan_group(county_code text, by_what text)
RETURNS TABLE (loan_number text, key text, name text)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20000 SET search_path = '' AS $$
    WITH branch AS MATERIALIZED ( -- a borrower's branch is written by its code or by its name
        SELECT DISTINCT ON (w.written) w.written, h.subject AS code, h.body ->> 'name' AS name
        FROM register.held_on(loan_group.county_code, 'branch', 'infinity', NULL) h
        CROSS JOIN LATERAL (VALUES (h.subject), (h.body ->> 'name')) w(written)
        WHERE by_what = 'branch' ORDER BY w.written, h.subject
    )
    SELECT g.loan_number, g.key, coalesce(u.name, f.name, g.name, g.key)
    FROM (SELECT l.loan_number, CASE by_what
                     WHEN 'township' THEN left(l.village_code, 9)
                     WHEN 'village' THEN l.village_code
                     WHEN 'borrower' THEN l.borrower_number
                     WHEN 'branch' THEN coalesce(r.code, b.party_branch)
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
                 END AS key,
                 CASE by_what WHEN 'borrower' THEN b.name WHEN 'branch' THEN r.name END AS name
          FROM ledger.loan l
          JOIN register.borrower b ON b.county_code = l.county_code
              AND b.borrower_number = l.borrower_number
          LEFT JOIN branch r ON r.written = b.party_branch
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
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20000 SET search_path = '' AS $$
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

-- What each loan adds to the figures of [from_on, until_on) by value date, as known at an instant
-- (null: now), under the key of its group (loan_group; null: county). From the beginning where
-- from_on is null, through the day of the books where until_on is.
--   lent         disbursed in the period, net of disbursements that were reversed
--   outstanding  principal on the books at the end of the period's last day
--   repaid       principal that payments covered; a write-off repays nothing
--   interest     interest, compound interest and penalty that payments covered in the period
--   overdue      principal fallen due before the last day and unpaid
--   written_off, recovered  principal taken off the books in the period, and what of it came back
-- So lent = repaid + written_off + the growth of what is outstanding.
CREATE OR REPLACE FUNCTION ledger.portfolio_loan(county_code text, from_on date, until_on date,
                                                 by_what text, known_at timestamptz)
RETURNS TABLE (key text, group_name text, loan_number text, borrower_number text,
               household_number text, name text, village_code text, is_lent boolean, lent bigint,
               repaid bigint, interest bigint, outstanding bigint, overdue bigint,
               written_off bigint, recovered bigint, late integer, disbursed_on date,
               late_since date, rescheduled_on date, written_off_on date)
LANGUAGE sql STABLE SECURITY DEFINER ROWS 20000 SET search_path = '' AS $$
    WITH period AS (
        SELECT coalesce(from_on, '0001-01-01'::date) AS from_on,
               coalesce(until_on, d.books_on + 1, '0001-01-01'::date) AS until_on
        FROM ledger.books_day d WHERE d.county_code = portfolio_loan.county_code
    ), moved AS (
        SELECT l.loan_number, l.borrower_number, l.village_code,
               lent.loan_number IS NOT NULL AS is_lent, coalesce(lent.fen, 0) AS lent,
               coalesce(after.written_off_fen, 0) - coalesce(before.written_off_fen, 0)
                   AS written_off,
               coalesce(after.recovered_fen, 0) - coalesce(before.recovered_fen, 0) AS recovered,
               coalesce(after.interest_received_fen, 0)
                   - coalesce(before.interest_received_fen, 0) AS interest,
               coalesce(after.outstanding_fen, 0) - coalesce(before.outstanding_fen, 0) AS growth,
               coalesce(after.outstanding_fen, 0) AS outstanding,
               coalesce(after.overdue_fen, 0) AS overdue,
               coalesce(after.days_past_due, 0) AS late, after.disbursed_on, after.late_since,
               after.rescheduled_on, after.written_off_on
        FROM period
        CROSS JOIN ledger.loan l
        LEFT JOIN ledger.lent_in(portfolio_loan.county_code, (SELECT p.from_on FROM period p),
                                 (SELECT p.until_on FROM period p), known_at) lent
            USING (loan_number)
        LEFT JOIN ledger.standing_on(portfolio_loan.county_code,
                                     (SELECT p.until_on - 1 FROM period p), known_at) after
            USING (loan_number)
        LEFT JOIN ledger.standing_on(portfolio_loan.county_code,
                                     (SELECT p.from_on - 1 FROM period p), known_at) before
            USING (loan_number)
        WHERE l.county_code = portfolio_loan.county_code
    )
    SELECT g.key, g.name, m.loan_number, m.borrower_number, b.household_number, b.name,
           m.village_code, m.is_lent, m.lent, m.lent - m.growth - m.written_off, m.interest,
           m.outstanding, m.overdue, m.written_off, m.recovered, m.late, m.disbursed_on,
           m.late_since, m.rescheduled_on, m.written_off_on
    FROM moved m
    JOIN ledger.loan_group(portfolio_loan.county_code, by_what) g USING (loan_number)
    JOIN register.borrower b ON b.county_code = portfolio_loan.county_code
        AND b.borrower_number = m.borrower_number
$$;

-- The loans of a period added up by one of: township, village, branch, industry, fund, product,
-- officer, year (of the first disbursement), borrower, county (no groups); the last line (empty
-- key) is the county. A township or fund without loans has its line of zeros.
--   par1         outstanding principal of loans that are late at all on the last day
--   par30 ... 180  of loans more than 30 ... 180 days late
--   ..._with_rescheduled  the same, of loans that are so late or have been rescheduled
--   rescheduled  outstanding principal of loans that have been rescheduled
DROP FUNCTION IF EXISTS ledger.portfolio(text, date, date);
DROP FUNCTION IF EXISTS ledger.portfolio(text, date, date, text, timestamptz);
CREATE OR REPLACE FUNCTION ledger.portfolio(county_code text, from_on date, until_on date,
                                            by_what text, known_at timestamptz)
RETURNS TABLE (key text, name text, borrowers bigint, households bigint,
               loans bigint, lent_fen bigint, repaid_fen bigint, interest_fen bigint,
               outstanding_fen bigint, overdue_fen bigint, par1_fen bigint, par30_fen bigint,
               par90_fen bigint, par180_fen bigint, par1_with_rescheduled_fen bigint,
               par30_with_rescheduled_fen bigint, par90_with_rescheduled_fen bigint,
               par180_with_rescheduled_fen bigint, rescheduled_fen bigint, written_off_fen bigint,
               recovered_fen bigint, largest_fen bigint, median_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH line AS (
        SELECT l.*, l.rescheduled_on IS NOT NULL AS is_rescheduled
        FROM ledger.portfolio_loan(portfolio.county_code, portfolio.from_on, portfolio.until_on,
                                   by_what, portfolio.known_at) l
    ), named AS (
        SELECT DISTINCT line.key, line.group_name AS name FROM line WHERE line.key IS NOT NULL
        UNION
        SELECT u.code, u.name FROM register.administrative_unit u
        WHERE u.county_code = portfolio.county_code AND by_what = 'township' AND length(u.code) = 9
        UNION
        SELECT f.fund_code, f.name FROM ledger.fund f
        WHERE f.county_code = portfolio.county_code AND by_what = 'fund'
    )
    SELECT coalesce(n.key, ''),
           CASE WHEN grouping(n.key) = 1 THEN '' ELSE coalesce(max(n.name), '') END,
           count(DISTINCT line.borrower_number COLLATE "C") FILTER (WHERE line.is_lent),
           count(DISTINCT line.household_number COLLATE "C") FILTER (WHERE line.is_lent),
           count(*) FILTER (WHERE line.is_lent),
           coalesce(sum(line.lent), 0)::bigint, coalesce(sum(line.repaid), 0)::bigint,
           coalesce(sum(line.interest), 0)::bigint, coalesce(sum(line.outstanding), 0)::bigint,
           coalesce(sum(line.overdue), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late >= 1), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late > 30), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late > 90), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late > 180), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late >= 1 OR is_rescheduled), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late > 30 OR is_rescheduled), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late > 90 OR is_rescheduled), 0)::bigint,
           coalesce(sum(outstanding) FILTER (WHERE late > 180 OR is_rescheduled), 0)::bigint,
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

-- What each account of a fund holds at the end of a day, and what was paid into it by then, as
-- known at an instant (null: now). The balances as they are, or from checkpoints those of the past.
CREATE OR REPLACE FUNCTION ledger.fund_account_on(county_code text, as_of date,
                                                  known_at timestamptz)
RETURNS TABLE (fund_code text, code text, held_fen bigint, paid_in_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH past AS MATERIALIZED (
        SELECT t.fund_code, t.code, t.credits - t.debits AS fen
        FROM ledger.books_day d
        CROSS JOIN LATERAL ledger.turnover_through(d.county_code, 'value_on',
                                                   fund_account_on.as_of, known_at) t
        WHERE d.county_code = fund_account_on.county_code
          AND (fund_account_on.as_of < d.books_on OR known_at IS NOT NULL) AND t.unit = 'CNY')
    SELECT a.subkey, a.code,
           CASE WHEN fund_account_on.as_of < d.books_on OR known_at IS NOT NULL
                THEN coalesce(past.fen, 0) ELSE b.credits - b.debits END,
           coalesce(paid.fen, 0)::bigint
    FROM ledger.books_day d
    JOIN ledger.account a ON a.county_code = d.county_code
        AND a.code IN ('2314.01', '2314.02', '2314.03', '2314.04', '2701')
    JOIN ledger.account_balance b ON b.county_code = a.county_code
        AND b.account_number = a.account_number AND b.unit = 'CNY'
    LEFT JOIN past ON past.fund_code = a.subkey AND past.code = a.code
    LEFT JOIN LATERAL (
        SELECT sum(p.minor_units) AS fen
        FROM ledger.journal_entry e
        JOIN ledger.posting p ON p.county_code = e.county_code
            AND p.entry_number = e.entry_number AND p.side = 'credit'
            AND p.account_number = a.account_number
        WHERE e.county_code = a.county_code AND e.subject = a.subkey
          AND e.cause = CASE a.code WHEN '2314.01' THEN 'fund_payment'
                                    WHEN '2701' THEN 'risk_fund_payment' END
          AND e.value_on <= fund_account_on.as_of
          AND (known_at IS NULL OR e.recorded_at <= known_at)) paid ON true
    WHERE d.county_code = fund_account_on.county_code
$$;

-- What was approved of each loan that was paid out by a day, and the most that the rules it was
-- signed under allow.
CREATE OR REPLACE FUNCTION ledger.cap_use(county_code text, as_of date, known_at timestamptz)
RETURNS TABLE (loan_number text, borrower_number text, fund_code text, village_code text,
               disbursed_on date, approved_fen bigint, loan_cap_fen bigint, is_at_cap boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT l.loan_number, l.borrower_number, l.fund_code, l.village_code, s.disbursed_on,
           a.amount_fen, r.loan_cap_fen, a.amount_fen >= r.loan_cap_fen
    FROM ledger.standing_on(cap_use.county_code, cap_use.as_of, known_at) s
    JOIN ledger.loan l ON l.county_code = cap_use.county_code AND l.loan_number = s.loan_number
    JOIN programme.programme_rules r ON r.county_code = l.county_code
        AND r.version = l.rules_version
    CROSS JOIN LATERAL (
        SELECT e.amount_fen FROM ledger.loan_event e
        WHERE e.county_code = l.county_code AND e.loan_number = l.loan_number
          AND e.kind = 'approved' AND (known_at IS NULL OR e.recorded_at <= known_at)
          AND NOT EXISTS (SELECT FROM ledger.loan_event x
                          WHERE x.county_code = e.county_code AND x.loan_number = e.loan_number
                            AND x.target_sequence = e.sequence
                            AND (known_at IS NULL OR x.recorded_at <= known_at))
        ORDER BY e.sequence LIMIT 1) a
    WHERE s.disbursed_fen > 0
$$;

-- Each fund at the end of a day (null: the day through which the books are kept) and the county
-- (empty key, the last line): where its money is, and how far the loans paid out by then use the
-- caps of the rules that they were signed under.
CREATE OR REPLACE FUNCTION ledger.fund_statistics(county_code text, as_of date,
                                                  known_at timestamptz)
RETURNS TABLE (key text, name text, paid_in_fen bigint, available_fen bigint,
               reserved_fen bigint, lent_fen bigint, written_off_fen bigint,
               risk_paid_in_fen bigint, risk_available_fen bigint, loans bigint,
               approved_fen bigint, caps_fen bigint, loans_at_cap bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH day AS (
        SELECT coalesce(fund_statistics.as_of, d.books_on) AS as_of
        FROM ledger.books_day d WHERE d.county_code = fund_statistics.county_code
    ), held AS MATERIALIZED (
        SELECT h.* FROM day
        CROSS JOIN LATERAL ledger.fund_account_on(fund_statistics.county_code, day.as_of,
                                                  known_at) h
    ), signed AS MATERIALIZED (
        SELECT c.* FROM day
        CROSS JOIN LATERAL ledger.cap_use(fund_statistics.county_code, day.as_of, known_at) c
    ), line AS (
        SELECT f.fund_code AS key, f.name FROM day CROSS JOIN ledger.fund f
        WHERE f.county_code = fund_statistics.county_code AND f.opened_on <= day.as_of
        UNION ALL SELECT '', ''
    )
    SELECT line.key, line.name, h.paid_in, h.available, h.reserved, h.lent, h.written_off,
           h.risk_paid_in, h.risk_available, s.loans, s.approved, s.caps, s.at_cap
    FROM line
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(paid_in_fen) FILTER (WHERE code = '2314.01'), 0)::bigint AS paid_in,
               coalesce(sum(held_fen) FILTER (WHERE code = '2314.01'), 0)::bigint AS available,
               coalesce(sum(held_fen) FILTER (WHERE code = '2314.02'), 0)::bigint AS reserved,
               coalesce(sum(held_fen) FILTER (WHERE code = '2314.03'), 0)::bigint AS lent,
               coalesce(sum(held_fen) FILTER (WHERE code = '2314.04'), 0)::bigint AS written_off,
               coalesce(sum(paid_in_fen) FILTER (WHERE code = '2701'), 0)::bigint AS risk_paid_in,
               coalesce(sum(held_fen) FILTER (WHERE code = '2701'), 0)::bigint AS risk_available
        FROM held WHERE line.key IN (held.fund_code, '')) h
    CROSS JOIN LATERAL (
        SELECT count(*) AS loans, coalesce(sum(approved_fen), 0)::bigint AS approved,
               coalesce(sum(loan_cap_fen), 0)::bigint AS caps,
               count(*) FILTER (WHERE is_at_cap) AS at_cap
        FROM signed WHERE line.key IN (signed.fund_code, '')) s
    ORDER BY line.key = '', line.key
$$;
