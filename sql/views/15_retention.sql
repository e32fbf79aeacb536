-- Whose account is closed, and what of it is kept no longer.

-- An account closes by itself: every loan is settled or withdrawn and nothing is held for the
-- borrower. Who never had a loan, and whose loan was written off, has an open one.
CREATE OR REPLACE VIEW register.account_closing AS
SELECT l.county_code, l.borrower_number, max(s.effective_on) AS closed_on
FROM ledger.loan l
LEFT JOIN LATERAL (
    SELECT x.status, x.effective_on FROM ledger.loan_standing x
    WHERE x.county_code = l.county_code AND x.loan_number = l.loan_number
    ORDER BY x.sequence DESC, x.revision DESC, x.effective_on DESC LIMIT 1) s ON true
LEFT JOIN LATERAL (
    SELECT x.overpayment FROM ledger.loan_position x
    WHERE x.county_code = l.county_code AND x.loan_number = l.loan_number
    ORDER BY x.version DESC LIMIT 1) p ON true
GROUP BY l.county_code, l.borrower_number
HAVING bool_and(coalesce(s.status IN ('settled', 'withdrawn'), false)
                AND coalesce(p.overpayment, 0) = 0);

-- Today in China, where the county is: the clock of the database, so that nobody names a day.
CREATE OR REPLACE FUNCTION register.retention_due(county_code text)
RETURNS TABLE (borrower_number text, what text, closed_on date, until_on date, document text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH rule AS (
        SELECT DISTINCT ON (r.what) r.* FROM programme.retention_rule r
        WHERE r.county_code = retention_due.county_code
          AND r.effective_from <= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date
        ORDER BY r.what, r.effective_from DESC),
    kept AS (
        SELECT DISTINCT p.borrower_number, p.kind AS what FROM register.personal p
        WHERE p.county_code = retention_due.county_code
        UNION
        SELECT DISTINCT s.borrower_number, 'kiosk_secret' FROM access.kiosk_secret s
        WHERE s.county_code = retention_due.county_code)
    SELECT k.borrower_number, k.what, a.closed_on, t.until_on, rule.document
    FROM register.account_closing a
    JOIN kept k ON k.borrower_number = a.borrower_number
    JOIN rule ON rule.what = k.what
    CROSS JOIN LATERAL (SELECT (CASE rule.counted_from WHEN 'closing' THEN a.closed_on
        ELSE make_date(extract(year FROM a.closed_on)::integer, 12, 31) END
        + make_interval(months => rule.months))::date AS until_on) t
    WHERE a.county_code = retention_due.county_code
      AND t.until_on < (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date
$$;
