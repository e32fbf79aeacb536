// Each check reads the tables as they are and trusts no cache, no trigger and no other check.
#include "ledger/store/doctor_checks.hpp"

namespace store {
namespace {

constexpr SqlCheck checks[] = {
    {"debits_equal_credits", "每张凭证借贷相等", "Debits equal credits in every entry and unit",
     "SELECT count(*) FROM ledger.journal_entry WHERE county_code = $1",
     R"(SELECT 'entry ' || e.entry_number || ' ' || coalesce(p.unit, '')
               || ': debits minus credits '
               || coalesce(sum(CASE p.side WHEN 'debit' THEN p.minor_units ELSE -p.minor_units END)
                           ::text, 'none, it is empty')
        FROM ledger.journal_entry e LEFT JOIN ledger.posting p USING (county_code, entry_number)
        WHERE e.county_code = $1 GROUP BY e.entry_number, p.unit
        HAVING coalesce(sum(CASE p.side WHEN 'debit' THEN p.minor_units ELSE -p.minor_units END), 1)
               <> 0 ORDER BY e.entry_number)"},

    {"trial_balance_is_zero", "试算平衡", "All debits equal all credits in each unit",
     "SELECT count(DISTINCT unit) FROM ledger.posting WHERE county_code = $1",
     R"(SELECT unit || ': debits minus credits ' || sum(debits - credits)
        FROM ledger.account_balance WHERE county_code = $1
        GROUP BY unit HAVING sum(debits - credits) <> 0)"},

    {"balances_equal_postings", "余额等于分录之和", "Every balance is the sum of its postings",
     "SELECT count(*) FROM ledger.account_balance WHERE county_code = $1",
     R"(SELECT 'account ' || a.code || ' ' || a.subkey || ': balance row ' || coalesce(b.debits, 0)
               || '/' || coalesce(b.credits, 0) || ', postings ' || coalesce(s.debits, 0) || '/'
               || coalesce(s.credits, 0)
        FROM (SELECT account_number, unit,
                     coalesce(sum(minor_units) FILTER (WHERE side = 'debit'), 0) AS debits,
                     coalesce(sum(minor_units) FILTER (WHERE side = 'credit'), 0) AS credits
              FROM ledger.posting WHERE county_code = $1 GROUP BY account_number, unit) s
        FULL JOIN (SELECT * FROM ledger.account_balance WHERE county_code = $1) b
            ON b.account_number = s.account_number AND b.unit = s.unit
        LEFT JOIN ledger.account a ON a.county_code = $1
            AND a.account_number = coalesce(s.account_number, b.account_number)
        WHERE (coalesce(s.debits, 0), coalesce(s.credits, 0))
              IS DISTINCT FROM (b.debits, b.credits))"},

    {"checkpoints_equal_postings", "余额检查点等于分录之和",
     "Every balance checkpoint is the sum of the postings up to its entry",
     R"(SELECT (SELECT count(*) FROM ledger.day_turnover WHERE county_code = $1)
             + (SELECT count(*) FROM ledger.month_balance WHERE county_code = $1))",
     R"(WITH taken AS (
            SELECT checkpoint_number, last_entry_number, last_booked_on,
                   date_trunc('month', lag(last_booked_on) OVER (ORDER BY checkpoint_number)
                                       + 1)::date - 1 AS months_before
            FROM ledger.checkpoint WHERE county_code = $1),
        opened AS (
            SELECT account_number, unit, min(entry_number) AS entry_number
            FROM ledger.posting WHERE county_code = $1 GROUP BY account_number, unit),
        posted AS MATERIALIZED (
            SELECT 1 + width_bucket(e.entry_number,
                       (SELECT array_agg(last_entry_number + 1 ORDER BY checkpoint_number)
                        FROM taken)) AS checkpoint_number,
                   a.code, CASE c.subledger WHEN 'fund' THEN a.subkey ELSE '' END AS fund_code,
                   p.unit, e.value_on, e.booked_on,
                   coalesce(sum(p.minor_units) FILTER (WHERE p.side = 'debit'), 0) AS debits,
                   coalesce(sum(p.minor_units) FILTER (WHERE p.side = 'credit'), 0) AS credits,
                   count(*) AS postings, count(DISTINCT a.account_number)
                       FILTER (WHERE o.entry_number = e.entry_number) AS accounts
            FROM ledger.journal_entry e
            JOIN ledger.posting p USING (county_code, entry_number)
            JOIN ledger.account a USING (county_code, account_number)
            JOIN programme.chart_line c USING (county_code, code)
            JOIN opened o ON o.account_number = p.account_number AND o.unit = p.unit
            WHERE e.county_code = $1
              AND e.entry_number <= (SELECT max(last_entry_number) FROM taken)
            GROUP BY 1, 2, 3, 4, 5, 6),
        ended AS (
            SELECT m.axis, m.through, m.checkpoint_number, p.code, p.fund_code, p.unit,
                   sum(p.debits) AS debits, sum(p.credits) AS credits,
                   sum(p.postings) AS postings, sum(p.accounts) AS accounts
            FROM (SELECT DISTINCT axis, through, checkpoint_number FROM ledger.month_balance
                  WHERE county_code = $1) m
            JOIN posted p ON p.checkpoint_number <= m.checkpoint_number
                AND CASE m.axis WHEN 'value_on' THEN p.value_on ELSE p.booked_on END <= m.through
            GROUP BY 1, 2, 3, 4, 5, 6)
        SELECT 'checkpoint ' || checkpoint_number || ': last booked on ' || last_booked_on
               || ', entries ' || last_on
        FROM (SELECT checkpoint_number,
                     max(max(booked_on)) OVER (ORDER BY checkpoint_number) AS last_on
              FROM posted GROUP BY checkpoint_number) p
        JOIN taken USING (checkpoint_number) WHERE last_on <> last_booked_on
        UNION ALL
        SELECT 'checkpoint ' || checkpoint_number || ', account ' || code || ' ' || fund_code
               || ' on ' || value_on || ', booked on ' || booked_on || ': '
               || coalesce(d.debits::text, 'nothing') || '/' || coalesce(d.credits::text, 'nothing')
               || ', postings ' || coalesce(p.debits, 0) || '/' || coalesce(p.credits, 0)
        FROM posted p
        LEFT JOIN taken USING (checkpoint_number)
        FULL JOIN (SELECT * FROM ledger.day_turnover WHERE county_code = $1) d
            USING (checkpoint_number, code, fund_code, unit, value_on, booked_on)
        WHERE (d.debits, d.credits, d.postings, d.accounts, d.is_late) IS DISTINCT FROM
              (p.debits, p.credits, p.postings, p.accounts,
               coalesce(value_on <= taken.months_before, false))
        UNION ALL
        SELECT 'month ' || through || ' by ' || axis || ', account ' || code || ' ' || fund_code
               || ': ' || coalesce(m.debits::text, 'nothing') || '/'
               || coalesce(m.credits::text, 'nothing') || ', postings ' || coalesce(o.debits, 0)
               || '/' || coalesce(o.credits, 0)
        FROM ended o
        FULL JOIN (SELECT * FROM ledger.month_balance WHERE county_code = $1) m
            USING (axis, through, checkpoint_number, code, fund_code, unit)
        WHERE (m.debits, m.credits, m.postings, m.accounts) IS DISTINCT FROM
              (o.debits, o.credits, o.postings, o.accounts))",
     Examines::checkpoints},

    {"running_balances_follow", "分录余额逐笔连续",
     "Each posting's balance follows from the one before",
     "SELECT count(*) FROM ledger.posting WHERE county_code = $1",
     R"(SELECT 'entry ' || entry_number || ' line ' || line || ': balance after is '
               || balance_after || ', should be ' || running
        FROM (SELECT entry_number, line, balance_after,
                     sum(CASE side WHEN 'debit' THEN minor_units ELSE -minor_units END)
                         OVER (PARTITION BY account_number, unit ORDER BY entry_number, line)
                         AS running
              FROM ledger.posting WHERE county_code = $1) p
        WHERE balance_after <> running ORDER BY entry_number, line)"},

    {"batch_numbers_are_gapless", "批次号连续", "Batch numbers run from one without a gap",
     "SELECT count(*) FROM ledger.batch WHERE county_code = $1",
     R"(SELECT 'batch ' || batch_number || ' follows ' || coalesce(before::text, 'nothing')
        FROM (SELECT batch_number, lag(batch_number) OVER (ORDER BY batch_number) AS before
              FROM ledger.batch WHERE county_code = $1) b
        WHERE batch_number <> coalesce(before, 0) + 1
        UNION ALL
        SELECT 'the county counts ' || c.last_batch_number || ' batches, there are ' || b.batches
               || ' with entries to ' || b.last_entry_number
        FROM ledger.county c,
             (SELECT count(*) AS batches, max(last_entry_number) AS last_entry_number
              FROM ledger.batch WHERE county_code = $1) b
        WHERE c.county_code = $1 AND b.batches > 0
          AND (c.last_batch_number, c.last_entry_number)
              IS DISTINCT FROM (b.batches, b.last_entry_number))"},

    {"rows_name_what_is_there", "引用的都在", "Entries, accounts, loans and events that rows name",
     "SELECT count(*) FROM ledger.posting WHERE county_code = $1",
     R"(SELECT 'posting ' || p.entry_number || '/' || p.line || ' has no entry or no account'
        FROM ledger.posting p
        LEFT JOIN ledger.journal_entry e USING (county_code, entry_number)
        LEFT JOIN ledger.account a USING (county_code, account_number)
        WHERE p.county_code = $1 AND (e.digest IS NULL OR a.code IS NULL)
        UNION ALL
        SELECT 'event ' || v.sequence || ' of loan ' || v.loan_number || ' has no loan or entry'
        FROM ledger.loan_event v
        LEFT JOIN ledger.loan l USING (county_code, loan_number)
        LEFT JOIN ledger.journal_entry e ON e.county_code = v.county_code
            AND e.entry_number = v.entry_number
        WHERE v.county_code = $1
          AND (l.purpose IS NULL OR (v.entry_number IS NOT NULL AND e.digest IS NULL))
        UNION ALL
        SELECT 'position ' || p.version || ' of loan ' || p.loan_number || ' has no loan or entry'
        FROM ledger.loan_position p
        LEFT JOIN ledger.loan l USING (county_code, loan_number)
        LEFT JOIN ledger.journal_entry e ON e.county_code = p.county_code
            AND e.entry_number = p.entry_number
        WHERE p.county_code = $1
          AND (l.purpose IS NULL OR (p.entry_number IS NOT NULL AND e.digest IS NULL))
        UNION ALL
        SELECT 'standing ' || s.sequence || ' of loan ' || s.loan_number || ' has no event'
        FROM ledger.loan_standing s
        LEFT JOIN ledger.loan_event v USING (county_code, loan_number, sequence)
        WHERE s.county_code = $1 AND v.kind IS NULL)"},

    {"entry_numbers_are_gapless", "凭证号连续", "Entry numbers run from one without a gap",
     "SELECT count(*) FROM ledger.journal_entry WHERE county_code = $1",
     R"(SELECT 'entry ' || entry_number || ' follows ' || coalesce(before::text, 'nothing')
        FROM (SELECT entry_number, lag(entry_number) OVER (ORDER BY entry_number) AS before
              FROM ledger.journal_entry WHERE county_code = $1) e
        WHERE entry_number <> coalesce(before, 0) + 1
        UNION ALL
        SELECT 'the county counts ' || c.last_entry_number || ' entries, the journal '
               || coalesce(max(e.entry_number), 0)
        FROM ledger.county c LEFT JOIN ledger.journal_entry e USING (county_code)
        WHERE c.county_code = $1 GROUP BY c.last_entry_number
        HAVING c.last_entry_number <> coalesce(max(e.entry_number), 0))"},

    {"entries_are_dated_in_order", "记录时间先后一致",
     "Entries are recorded in the order of their numbers",
     "SELECT count(*) FROM ledger.journal_entry WHERE county_code = $1",
     R"(SELECT 'entry ' || entry_number || ' is recorded before the one before it'
        FROM (SELECT entry_number, recorded_at,
                     lag(recorded_at) OVER (ORDER BY entry_number) AS before
              FROM ledger.journal_entry WHERE county_code = $1) e
        WHERE recorded_at < before)"},

    {"control_equals_subledgers", "统驭科目等于明细",
     "Control accounts equal what the loans' positions add up to",
     R"(SELECT count(*) FROM programme.chart_line WHERE county_code = $1 AND subledger = 'loan')",
     R"(WITH latest AS (
            SELECT DISTINCT ON (loan_number) * FROM ledger.loan_position WHERE county_code = $1
            ORDER BY loan_number, version DESC),
        held AS (
            SELECT v.code, sum(v.fen) AS fen FROM latest l, LATERAL (VALUES
                ('1303.01', l.principal_normal), ('1303.02', l.principal_overdue),
                ('1303.03', l.principal_non_accrual), ('1132.01', l.interest_receivable),
                ('1132.02', l.penalty_receivable), ('1132.03', l.compound_receivable),
                ('1221.02', l.cost_receivable), ('1221.01', l.subsidy_due),
                ('1221.03', l.subsidy_claimed), ('9001', l.memo_interest),
                ('9002', l.memo_written_off), ('9003', l.memo_subsidy),
                ('2241.01', l.overpayment), ('1304', l.loss_allowance), ('2702', l.compensation))
                AS v(code, fen) GROUP BY v.code),
        booked AS (
            SELECT a.code, sum(CASE WHEN p.side = c.normal_side THEN p.minor_units
                                    ELSE -p.minor_units END) AS fen
            FROM ledger.posting p JOIN ledger.account a USING (county_code, account_number)
            JOIN programme.chart_line c USING (county_code, code)
            WHERE p.county_code = $1 AND c.subledger = 'loan' GROUP BY a.code)
        SELECT 'account ' || coalesce(b.code, h.code) || ': journal ' || coalesce(b.fen, 0)
               || ', loans ' || coalesce(h.fen, 0)
        FROM booked b FULL JOIN held h USING (code)
        WHERE coalesce(b.fen, 0) <> coalesce(h.fen, 0))"},

    {"positions_equal_postings", "贷款头寸等于分录之和",
     "What the books hold for each loan is the sum of its postings",
     "SELECT count(DISTINCT loan_number) FROM ledger.loan_position WHERE county_code = $1",
     R"(WITH latest AS (
            SELECT DISTINCT ON (loan_number) * FROM ledger.loan_position WHERE county_code = $1
            ORDER BY loan_number, version DESC),
        held AS (
            SELECT l.loan_number, v.code, v.fen FROM latest l, LATERAL (VALUES
                ('1002', l.bank), ('1303.01', l.principal_normal),
                ('1303.02', l.principal_overdue), ('1303.03', l.principal_non_accrual),
                ('1132.01', l.interest_receivable), ('1132.02', l.penalty_receivable),
                ('1132.03', l.compound_receivable), ('1221.02', l.cost_receivable),
                ('1221.01', l.subsidy_due), ('1221.03', l.subsidy_claimed),
                ('6701', l.impairment), ('9001', l.memo_interest), ('9002', l.memo_written_off),
                ('9003', l.memo_subsidy), ('2241.01', l.overpayment), ('1304', l.loss_allowance),
                ('2702', l.compensation), ('6011.01', l.interest_income),
                ('6011.02', l.penalty_income), ('6011.03', l.compound_income),
                ('6051', l.subsidy_income), ('9099', l.memo_contra),
                ('2314.01', l.fund_available), ('2314.02', l.fund_reserved),
                ('2314.03', l.fund_lent), ('2314.04', l.fund_written_off),
                ('2701', l.risk_fund_available)) AS v(code, fen)),
        booked AS (
            SELECT e.subject AS loan_number, a.code,
                   sum(CASE WHEN p.side = c.normal_side THEN p.minor_units
                            ELSE -p.minor_units END) AS fen
            FROM ledger.journal_entry e JOIN ledger.posting p USING (county_code, entry_number)
            JOIN ledger.account a USING (county_code, account_number)
            JOIN programme.chart_line c USING (county_code, code)
            WHERE e.county_code = $1 AND e.cause NOT IN ('fund_payment', 'risk_fund_payment')
              AND e.subject NOT LIKE 'household:%'
            GROUP BY e.subject, a.code)
        SELECT 'loan ' || coalesce(b.loan_number, h.loan_number) || ' account '
               || coalesce(b.code, h.code) || ': journal ' || coalesce(b.fen, 0) || ', position '
               || coalesce(h.fen, 0)
        FROM booked b FULL JOIN held h USING (loan_number, code)
        WHERE coalesce(b.fen, 0) <> coalesce(h.fen, 0))",
     Examines::loans},

    {"fund_lent_is_outstanding", "资金已放等于贷款余额",
     "What each fund has lent is the outstanding principal of its loans",
     "SELECT count(*) FROM ledger.fund WHERE county_code = $1",
     R"(SELECT 'fund ' || f.fund_code || ': lent ' || lent.fen || ', outstanding ' || owed.fen
        FROM ledger.fund f,
        LATERAL (SELECT coalesce(sum(b.credits - b.debits), 0) AS fen FROM ledger.account a
                 JOIN ledger.account_balance b USING (county_code, account_number)
                 WHERE a.county_code = $1 AND a.code = '2314.03' AND a.subkey = f.fund_code) lent,
        LATERAL (SELECT coalesce(sum(b.debits - b.credits), 0) AS fen FROM ledger.account a
                 JOIN ledger.account_balance b USING (county_code, account_number)
                 JOIN ledger.loan l ON l.county_code = $1 AND l.loan_number = a.subkey
                 WHERE a.county_code = $1 AND a.code IN ('1303.01', '1303.02', '1303.03')
                   AND l.fund_code = f.fund_code) owed
        WHERE f.county_code = $1 AND lent.fen <> owed.fen)",
     Examines::funds}, // a county may register its households before it has a fund

    {"no_fund_below_zero", "资金从未透支", "No fund account was ever below zero",
     R"(SELECT count(*) FROM ledger.account a JOIN programme.chart_line c USING (county_code, code)
        WHERE a.county_code = $1 AND c.is_never_overdrawn)",
     R"(SELECT 'account ' || a.code || ' ' || a.subkey || ' is ' || p.balance_after
               || ' after entry ' || p.entry_number
        FROM ledger.posting p JOIN ledger.account a USING (county_code, account_number)
        JOIN programme.chart_line c USING (county_code, code)
        WHERE p.county_code = $1 AND c.is_never_overdrawn
          AND CASE c.normal_side WHEN 'debit' THEN p.balance_after ELSE -p.balance_after END < 0
          AND NOT EXISTS (SELECT FROM ledger.posting q WHERE q.county_code = p.county_code
              AND q.entry_number = p.entry_number AND q.account_number = p.account_number
              AND q.line > p.line))"},

    {"answers_match_entries", "应答与凭证一致",
     "Every entry has its command's answer, and the answer its entry",
     "SELECT count(*) FROM ledger.command_answer WHERE county_code = $1",
     R"(SELECT 'key ' || coalesce(a.idempotency_key, e.idempotency_key) || ': answer says entry '
               || coalesce(a.entry_number::text, 'none') || ', the journal '
               || coalesce(e.entry_number::text, 'none')
        FROM (SELECT * FROM ledger.command_answer WHERE county_code = $1) a
        FULL JOIN (SELECT * FROM ledger.journal_entry WHERE county_code = $1) e
            USING (idempotency_key)
        WHERE a.entry_number IS DISTINCT FROM e.entry_number
           OR (e.entry_number IS NOT NULL
               AND a.answer ->> 'entry_digest' <> encode(e.digest, 'hex')))"},

    {"events_match_entries", "贷款业务与凭证一致", "Every loan event names the entry that names it",
     "SELECT count(*) FROM ledger.loan_event WHERE county_code = $1",
     R"(SELECT 'loan ' || v.loan_number || ' event ' || v.sequence || ' and entry '
               || coalesce(v.entry_number::text, 'none') || ' do not name each other'
        FROM ledger.loan_event v
        LEFT JOIN ledger.journal_entry e
            ON e.county_code = v.county_code AND e.entry_number = v.entry_number
        LEFT JOIN ledger.journal_entry named ON named.county_code = v.county_code
            AND named.subject = v.loan_number AND named.event_sequence = v.sequence
            AND named.cause NOT IN ('fund_payment', 'risk_fund_payment')
        WHERE v.county_code = $1
          AND (named.entry_number IS DISTINCT FROM v.entry_number
               OR (v.entry_number IS NOT NULL
                   AND (e.subject, e.event_sequence, e.value_on, e.booked_on)
                       IS DISTINCT FROM (v.loan_number, v.sequence, v.value_on, v.booked_on))))",
     Examines::loans},

    {"household_events_match_entries", "农户业务与凭证一致",
     "Every household event names the entry that names it",
     "SELECT count(*) FROM ledger.household_event WHERE county_code = $1",
     R"(SELECT 'household ' || v.household_number || ' event ' || v.sequence || ' and entry '
               || coalesce(v.entry_number::text, 'none') || ' do not name each other'
        FROM ledger.household_event v
        LEFT JOIN ledger.journal_entry e
            ON e.county_code = v.county_code AND e.entry_number = v.entry_number
        LEFT JOIN ledger.journal_entry named ON named.county_code = v.county_code
            AND named.subject = 'household:' || v.household_number
            AND named.event_sequence = v.sequence
        WHERE v.county_code = $1
          AND (named.entry_number IS DISTINCT FROM v.entry_number
               OR (v.entry_number IS NOT NULL
                   AND (e.subject, e.event_sequence, e.value_on, e.booked_on) IS DISTINCT FROM
                       ('household:' || v.household_number, v.sequence, v.value_on,
                        v.booked_on))))",
     Examines::households},

    {"evidence_is_kept", "引用的佐证均已保存",
     "Every file that an event names is known, but for what was entered from paper",
     "SELECT count(*) FROM ledger.household_event WHERE county_code = $1",
     R"(SELECT 'household ' || v.household_number || ' event ' || v.sequence || ' names '
               || v.evidence || ', which was not kept'
        FROM ledger.household_event v JOIN ledger.county c USING (county_code)
        WHERE v.county_code = $1 AND v.evidence <> '' AND v.booked_on >= c.opened_on
          AND NOT EXISTS (SELECT FROM register.fact f WHERE f.county_code = v.county_code
                          AND f.register = 'evidence' AND f.subject = v.evidence))",
     Examines::households},

    {"a_household_is_one", "每户只计一次",
     "The journal holds as many households and persons as are registered, each once",
     "SELECT count(*) FROM ledger.household WHERE county_code = $1",
     R"(WITH booked AS (
            SELECT p.unit, sum(CASE WHEN a.code = '9199' THEN 0 WHEN p.side = 'debit'
                                    THEN p.minor_units ELSE -p.minor_units END) AS held,
                   sum(CASE WHEN a.code <> '9199' THEN 0 WHEN p.side = 'credit'
                            THEN p.minor_units ELSE -p.minor_units END) AS issued
            FROM ledger.posting p JOIN ledger.account a USING (county_code, account_number)
            WHERE p.county_code = $1 AND p.unit IN ('HOUSEHOLD', 'PERSON') GROUP BY p.unit),
        registered AS (
            SELECT count(*) * 10000 AS households, sum(s.persons) * 10000 AS persons
            FROM (SELECT DISTINCT ON (household_number) * FROM ledger.household_standing
                  WHERE county_code = $1
                  ORDER BY household_number, sequence DESC, effective_on DESC) s
            WHERE s.is_registered)
        SELECT b.unit || ': held ' || b.held || ', issued ' || b.issued || ', registered '
               || CASE b.unit WHEN 'HOUSEHOLD' THEN r.households ELSE coalesce(r.persons, 0) END
        FROM booked b, registered r
        WHERE b.held <> b.issued
           OR b.held <> CASE b.unit WHEN 'HOUSEHOLD' THEN r.households
                                    ELSE coalesce(r.persons, 0) END)",
     Examines::households},
};

} // namespace

std::span<SqlCheck const> sql_checks()
{
    return checks;
}

} // namespace store
