-- Reading the journal: entries with their postings, statements, balances, the trial balance.
CREATE OR REPLACE VIEW ledger.county_status AS
SELECT c.county_code, c.name, c.opened_on, c.closed_through, c.last_entry_number AS entries,
       (SELECT count(*) FROM register.borrower b WHERE b.county_code = c.county_code) AS borrowers,
       (SELECT count(*) FROM ledger.loan l WHERE l.county_code = c.county_code) AS loans,
       c.digest_algorithm, c.last_batch_number,
       (SELECT a.recorded_at FROM ledger.batch a WHERE a.county_code = c.county_code
        ORDER BY a.batch_number DESC LIMIT 1) AS recorded_at
FROM ledger.county c;

-- Whether the county has ruled anything since a batch: whoever keeps its rules in memory asks. By
-- the key: it is asked for every loan that somebody looks at, and the batches since are few.
CREATE OR REPLACE FUNCTION programme.is_ruled_since(county_code text, batch_number bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' SET enable_seqscan = off AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ledger.batch b WHERE b.county_code = is_ruled_since.county_code
                   AND b.batch_number > is_ruled_since.batch_number AND b.commands = 0);
END $$;

CREATE OR REPLACE VIEW ledger.entry_card AS
SELECT e.county_code, e.entry_number, e.cause, e.value_on, e.booked_on, e.recorded_at, e.actor,
       e.idempotency_key, e.subject, e.event_sequence, e.narrative, e.format_version,
       e.digest_algorithm, encode(e.digest, 'hex') AS digest,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(a.code, a.subkey, p.side, p.unit,
                                                    p.minor_units) ORDER BY p.line), '[]')
        FROM ledger.posting p
        JOIN ledger.account a USING (county_code, account_number)
        WHERE p.county_code = e.county_code AND p.entry_number = e.entry_number) AS postings
FROM ledger.journal_entry e;

-- An entry in a list: its debits in yuan, what came into the programme's bank account by it (less
-- than nothing: what left), and whose loan or household it is of, and where.
CREATE OR REPLACE VIEW ledger.entry_line AS
SELECT e.county_code, e.entry_number, e.cause, e.value_on, e.booked_on, e.recorded_at, e.actor,
       e.subject, e.event_sequence, e.narrative, moved.debits_fen, moved.bank_fen,
       coalesce(b.name, '') AS borrower_name,
       coalesce(l.village_code, h.village_code, '') AS village_code
FROM ledger.journal_entry e
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.minor_units) FILTER (WHERE p.side = 'debit'), 0)::bigint AS debits_fen,
           coalesce(sum(CASE p.side WHEN 'debit' THEN p.minor_units ELSE -p.minor_units END)
                    FILTER (WHERE a.code = '1002'), 0)::bigint AS bank_fen
    FROM ledger.posting p
    JOIN ledger.account a USING (county_code, account_number)
    WHERE p.county_code = e.county_code AND p.entry_number = e.entry_number
      AND p.unit = 'CNY') moved
LEFT JOIN ledger.loan l ON l.county_code = e.county_code AND l.loan_number = e.subject
    AND e.cause NOT IN ('fund_payment', 'risk_fund_payment') -- a loan may be named like a fund
LEFT JOIN register.borrower b ON b.county_code = l.county_code
    AND b.borrower_number = l.borrower_number
LEFT JOIN LATERAL (SELECT s.village_code FROM ledger.household_standing s
                   WHERE e.subject LIKE 'household:%' AND s.county_code = e.county_code
                     AND s.household_number = substr(e.subject, 11)
                   ORDER BY s.sequence DESC, s.effective_on DESC LIMIT 1) h ON true;

CREATE OR REPLACE VIEW ledger.statement_line AS
SELECT e.county_code, e.subject, e.cause, e.entry_number, p.line, e.booked_on, e.value_on,
       e.recorded_at, e.narrative, a.code AS account_code, c.chinese AS account_name, a.subkey,
       p.side, p.unit, p.minor_units, p.balance_after
FROM ledger.journal_entry e
JOIN ledger.posting p USING (county_code, entry_number)
JOIN ledger.account a USING (county_code, account_number)
JOIN programme.chart_line c ON c.county_code = a.county_code AND c.code = a.code;

CREATE OR REPLACE VIEW ledger.account_balances AS
SELECT b.county_code, a.code, a.subkey, b.unit, b.debits, b.credits
FROM ledger.account_balance b
JOIN ledger.account a USING (county_code, account_number);

CREATE OR REPLACE VIEW ledger.funds AS
SELECT county_code, fund_code, name, document, opened_on FROM ledger.fund;

-- What came into each fund, and where it is. Its risk-compensation fund stands behind its loans.
CREATE OR REPLACE VIEW ledger.fund_line AS
SELECT f.county_code, f.fund_code, f.name, f.document, f.opened_on,
       coalesce(paid.into_fund, 0)::bigint AS paid_in_fen,
       coalesce(b.available, 0)::bigint AS available_fen,
       coalesce(b.reserved, 0)::bigint AS reserved_fen,
       coalesce(b.lent, 0)::bigint AS lent_fen,
       coalesce(b.written_off, 0)::bigint AS written_off_fen,
       coalesce(paid.into_risk_fund, 0)::bigint AS risk_paid_in_fen,
       coalesce(b.risk_available, 0)::bigint AS risk_available_fen
FROM ledger.fund f
LEFT JOIN LATERAL (
    SELECT sum(CASE p.side WHEN 'credit' THEN p.minor_units ELSE -p.minor_units END)
               FILTER (WHERE e.cause = 'fund_payment' AND a.code = '2314.01') AS into_fund,
           sum(CASE p.side WHEN 'credit' THEN p.minor_units ELSE -p.minor_units END)
               FILTER (WHERE e.cause = 'risk_fund_payment' AND a.code = '2701') AS into_risk_fund
    FROM ledger.journal_entry e
    JOIN ledger.posting p USING (county_code, entry_number)
    JOIN ledger.account a USING (county_code, account_number)
    WHERE e.county_code = f.county_code AND e.subject = f.fund_code
      AND a.subkey = f.fund_code) paid ON true
LEFT JOIN LATERAL (
    SELECT sum(x.credits - x.debits) FILTER (WHERE a.code = '2314.01') AS available,
           sum(x.credits - x.debits) FILTER (WHERE a.code = '2314.02') AS reserved,
           sum(x.credits - x.debits) FILTER (WHERE a.code = '2314.03') AS lent,
           sum(x.credits - x.debits) FILTER (WHERE a.code = '2314.04') AS written_off,
           sum(x.credits - x.debits) FILTER (WHERE a.code = '2701') AS risk_available
    FROM ledger.account a
    JOIN ledger.account_balance x USING (county_code, account_number)
    WHERE a.county_code = f.county_code AND a.subkey = f.fund_code
      AND a.code IN ('2314.01', '2314.02', '2314.03', '2314.04', '2701')
      AND x.unit = 'CNY') b ON true;

-- Turnover and balance of each line of the chart, of what is booked through a day or takes effect
-- by one, as known at an instant; with neither of them of everything, which is the balances as
-- they are. Planned for what is asked: what no checkpoint has seen is little or much.
CREATE OR REPLACE FUNCTION ledger.trial_balance(county_code text, booked_through date, as_of date,
                                                known_at timestamptz)
RETURNS TABLE (code text, chinese text, english text, account_class text, normal_side text,
               unit text, debits bigint, credits bigint, balance bigint, accounts bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
DECLARE
    -- As many entries as are added up sooner than the balances of all accounts are.
    few CONSTANT bigint := 2000;
    is_now boolean := booked_through IS NULL AND as_of IS NULL AND known_at IS NULL;
BEGIN
    -- Of everything, too, the checkpoints know the sums, but for what came since. They are the
    -- county's: a township's are those of its accounts.
    is_now := is_now AND (length(current_setting('daifu.sight', true)) > 6 OR NOT EXISTS (
        SELECT FROM ledger.county c
        JOIN ledger.checkpoint k ON k.county_code = c.county_code
            AND k.last_entry_number >= c.last_entry_number - few
        WHERE c.county_code = trial_balance.county_code));
    RETURN QUERY
    WITH turnover AS (
        SELECT a.code, b.unit, b.debits, b.credits, 1::bigint AS accounts
        FROM ledger.account_balance b
        JOIN ledger.account a ON a.county_code = b.county_code
            AND a.account_number = b.account_number
        WHERE is_now AND b.county_code = trial_balance.county_code AND b.debits + b.credits > 0
        UNION ALL
        SELECT t.code, t.unit, t.debits, t.credits, t.accounts
        FROM ledger.turnover_through(trial_balance.county_code,
                 CASE WHEN as_of IS NULL THEN 'booked_on' ELSE 'value_on' END,
                 coalesce(as_of, booked_through, 'infinity'), known_at) t
        WHERE NOT is_now)
    SELECT c.code, c.chinese, c.english, c.account_class, c.normal_side,
           coalesce(t.unit, 'CNY'),
           coalesce(sum(t.debits), 0)::bigint, coalesce(sum(t.credits), 0)::bigint,
           coalesce(CASE c.normal_side WHEN 'debit' THEN sum(t.debits) - sum(t.credits)
                         ELSE sum(t.credits) - sum(t.debits) END, 0)::bigint,
           coalesce(sum(t.accounts), 0)::bigint
    FROM programme.chart_line c
    LEFT JOIN turnover t ON t.code = c.code
    WHERE c.county_code = trial_balance.county_code
    GROUP BY c.code, c.chinese, c.english, c.account_class, c.normal_side, coalesce(t.unit, 'CNY')
    ORDER BY c.code, coalesce(t.unit, 'CNY');
END $$;
