-- Reading loans: what the engine needs to fold one, the list, where each stood on a day, and the
-- portfolio statistics by township. A day that no event marks is answered from the last standing
-- before it and that standing's unpaid dues; nothing here computes interest.

CREATE OR REPLACE VIEW ledger.loan_for_engine AS
SELECT l.county_code, l.loan_number, l.borrower_number, l.fund_code,
       to_jsonb(l) || jsonb_build_object(
           'events', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                          'sequence', e.sequence, 'kind', e.kind, 'amount_fen', e.amount_fen,
                          'target_sequence', e.target_sequence, 'value_on', e.value_on,
                          'booked_on', e.booked_on) ORDER BY e.sequence), '[]')
                      FROM ledger.loan_event e
                      WHERE e.county_code = l.county_code AND e.loan_number = l.loan_number),
           'position', (SELECT to_jsonb(p) FROM ledger.loan_position p
                        WHERE p.county_code = l.county_code AND p.loan_number = l.loan_number
                        ORDER BY p.version DESC LIMIT 1)) AS body
FROM ledger.loan l;

-- The day through which the books are kept: the last one booked on or closed. No clock: a report
-- without a day says the same tomorrow.
CREATE OR REPLACE VIEW ledger.books_day AS
SELECT c.county_code,
       greatest(c.closed_through, c.opened_on,
                (SELECT max(e.booked_on) FROM ledger.journal_entry e
                 WHERE e.county_code = c.county_code)) AS books_on
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
       coalesce(s.status, 'proposed') AS status
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
    ORDER BY x.effective_on DESC, x.sequence DESC LIMIT 1) s ON true;

-- Where each loan with an event stood at the end of a day, as the books know it now.
CREATE OR REPLACE FUNCTION ledger.standing_on(county_code text, as_of date)
RETURNS TABLE (loan_number text, status text, outstanding_fen bigint, interest_received_fen bigint,
               overdue_fen bigint, days_past_due integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT s.loan_number, s.status, s.outstanding_fen, s.interest_received_fen,
           coalesce((SELECT sum(due.fen) FROM unnest(s.unpaid_due_on, s.unpaid_principal_fen)
                         AS due(on_day, fen) WHERE due.on_day < as_of), 0)::bigint,
           greatest(coalesce(as_of - s.oldest_unpaid_due_on, 0), 0)
    FROM (SELECT DISTINCT ON (x.loan_number) x.*
          FROM ledger.loan_standing x
          WHERE x.county_code = standing_on.county_code AND x.effective_on <= as_of
          ORDER BY x.loan_number, x.effective_on DESC, x.sequence DESC) s
$$;

-- Half-open [from_on, until_on) by value date; the last line (empty township) is the county.
--   lent         disbursed in the period, net of disbursements that were reversed
--   outstanding  principal at the end of the period's last day
--   repaid       lent, less the growth of what is outstanding
--   interest     interest and penalty that payments covered in the period
--   overdue      principal fallen due before the last day and unpaid
--   par30, par90 outstanding principal of loans more than 30, 90 days late on the last day
CREATE OR REPLACE FUNCTION ledger.portfolio(county_code text, from_on date, until_on date)
RETURNS TABLE (township text, township_name text, borrowers bigint, households bigint,
               loans bigint, lent_fen bigint, repaid_fen bigint, interest_fen bigint,
               outstanding_fen bigint, overdue_fen bigint, par30_fen bigint, par90_fen bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH period AS (
        SELECT coalesce(from_on, '0001-01-01'::date) AS from_on,
               coalesce(until_on, d.books_on + 1, '0001-01-01'::date) AS until_on
        FROM ledger.books_day d WHERE d.county_code = portfolio.county_code
    ), lent AS (
        SELECT e.loan_number, sum(e.amount_fen) AS fen
        FROM period, ledger.loan_event e
        WHERE e.county_code = portfolio.county_code AND e.kind = 'disbursed'
          AND e.value_on >= period.from_on AND e.value_on < period.until_on
          AND NOT EXISTS (SELECT FROM ledger.loan_event r WHERE r.county_code = e.county_code
                          AND r.loan_number = e.loan_number AND r.target_sequence = e.sequence)
        GROUP BY e.loan_number
    ), line AS (
        SELECT left(l.village_code, 9) AS township, l.borrower_number, b.household_number,
               lent.loan_number IS NOT NULL AS is_lent, coalesce(lent.fen, 0) AS lent,
               coalesce(lent.fen, 0) - coalesce(after.outstanding_fen, 0)
                   + coalesce(before.outstanding_fen, 0) AS repaid,
               coalesce(after.interest_received_fen, 0)
                   - coalesce(before.interest_received_fen, 0) AS interest,
               coalesce(after.outstanding_fen, 0) AS outstanding,
               coalesce(after.overdue_fen, 0) AS overdue,
               coalesce(after.days_past_due, 0) AS days_past_due
        FROM period
        CROSS JOIN ledger.loan l
        JOIN register.borrower b
            ON b.county_code = l.county_code AND b.borrower_number = l.borrower_number
        LEFT JOIN lent USING (loan_number)
        LEFT JOIN ledger.standing_on(portfolio.county_code,
                                     (SELECT p.until_on - 1 FROM period p)) after
            USING (loan_number)
        LEFT JOIN ledger.standing_on(portfolio.county_code,
                                     (SELECT p.from_on - 1 FROM period p)) before
            USING (loan_number)
        WHERE l.county_code = portfolio.county_code
    ), township AS (
        SELECT u.code, u.name FROM register.administrative_unit u
        WHERE u.county_code = portfolio.county_code AND length(u.code) = 9
    )
    SELECT coalesce(t.code, ''),
           CASE WHEN grouping(t.code) = 1 THEN '' ELSE coalesce(max(t.name), '') END,
           count(DISTINCT line.borrower_number) FILTER (WHERE line.is_lent),
           count(DISTINCT line.household_number) FILTER (WHERE line.is_lent),
           count(*) FILTER (WHERE line.is_lent),
           coalesce(sum(line.lent), 0)::bigint, coalesce(sum(line.repaid), 0)::bigint,
           coalesce(sum(line.interest), 0)::bigint, coalesce(sum(line.outstanding), 0)::bigint,
           coalesce(sum(line.overdue), 0)::bigint,
           coalesce(sum(line.outstanding) FILTER (WHERE line.days_past_due > 30), 0)::bigint,
           coalesce(sum(line.outstanding) FILTER (WHERE line.days_past_due > 90), 0)::bigint
    FROM township t
    FULL JOIN line ON line.township = t.code
    GROUP BY GROUPING SETS ((t.code), ())
    ORDER BY grouping(t.code), t.code
$$;
