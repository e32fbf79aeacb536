-- Whose account is closed, and what of it is kept no longer.

-- An account closes by itself: every loan is settled, withdrawn or expired and nothing is held for
-- the borrower. Who never had a loan, and whose loan was written off, has an open one.
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
HAVING bool_and(coalesce(s.status IN ('settled', 'withdrawn', 'expired'), false)
                AND coalesce(p.overpayment, 0) = 0);

-- What is due today in China, where the county is: by the clock of the database, so that nobody
-- names a day. What was recorded after the closing counts from then: somebody is coming back.
CREATE OR REPLACE VIEW register.retention_due AS
SELECT a.county_code, a.borrower_number, k.what, a.closed_on, c.until_on, rule.document
FROM register.account_closing a
CROSS JOIN LATERAL (
    SELECT p.kind AS what, max(p.recorded_at) AS recorded_at FROM register.personal p
    WHERE p.county_code = a.county_code AND p.borrower_number = a.borrower_number
    GROUP BY p.kind
    UNION ALL
    SELECT 'kiosk_secret', max(s.set_at) FROM access.kiosk_secret s
    WHERE s.county_code = a.county_code AND s.borrower_number = a.borrower_number
    HAVING count(*) > 0) k
CROSS JOIN LATERAL (
    SELECT r.* FROM programme.retention_rule r
    WHERE r.county_code = a.county_code AND r.what = k.what
      AND r.effective_from <= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date
    ORDER BY r.effective_from DESC LIMIT 1) rule
CROSS JOIN LATERAL (SELECT greatest(a.closed_on,
    (k.recorded_at AT TIME ZONE 'Asia/Shanghai')::date) AS on_day) f
CROSS JOIN LATERAL (SELECT (CASE rule.counted_from WHEN 'closing' THEN f.on_day
    ELSE make_date(extract(year FROM f.on_day)::integer, 12, 31) END
    + make_interval(months => rule.months))::date AS until_on) c
WHERE c.until_on < (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
