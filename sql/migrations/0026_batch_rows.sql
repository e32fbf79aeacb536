-- How the rows that nearly every batch has travel to append_batch: as arrays of these, which the
-- server reads several times faster than JSON, and into which no column can be put that is not the
-- client's to say; ledger/store/row_arrays.cpp has the same attributes in the same order. What is
-- rare stays JSON.
CREATE TYPE ledger.entry_row AS (
    entry_number bigint, cause text, value_on date, booked_on date, actor text,
    idempotency_key text, subject text, event_sequence integer, narrative text,
    format_version smallint, digest_algorithm text, digest bytea);
-- What the postings of a batch move, each once, in order of first appearance; a posting names its
-- place here, from one on.
CREATE TYPE ledger.moved_row AS (account_code text, subkey text, unit text);
CREATE TYPE ledger.posting_row AS (
    entry_number bigint, line smallint, moved integer, side text, unit text,
    minor_units bigint);
CREATE TYPE ledger.event_row AS (
    loan_number text, sequence integer, kind text, value_on date, booked_on date,
    amount_fen bigint, target_sequence integer, in_advance text, component text, rate_ppm bigint,
    until_on date, priced_from date, risk_class text, has_second_person boolean,
    plan_method text, plan_every_count integer, plan_every_unit text, plan_instalments integer,
    plan_first_due_on date, plan_grace_principal integer, document text, reason text,
    entry_number bigint);
CREATE TYPE ledger.position_row AS (
    loan_number text, version bigint, entry_number bigint, recognised_on date, bank bigint,
    principal_normal bigint, principal_overdue bigint, principal_non_accrual bigint,
    interest_receivable bigint, penalty_receivable bigint, compound_receivable bigint,
    cost_receivable bigint, subsidy_due bigint, subsidy_claimed bigint, impairment bigint,
    memo_interest bigint, memo_written_off bigint, memo_subsidy bigint, overpayment bigint,
    loss_allowance bigint, compensation bigint, interest_income bigint, penalty_income bigint,
    compound_income bigint, subsidy_income bigint, memo_contra bigint, fund_available bigint,
    fund_reserved bigint, fund_lent bigint, fund_written_off bigint, risk_fund_available bigint);
CREATE TYPE ledger.standing_row AS (
    loan_number text, effective_on date, sequence integer, revision integer, status text,
    disbursed_fen bigint, disbursed_on date, outstanding_fen bigint, written_off_fen bigint,
    recovered_fen bigint, interest_received_fen bigint, written_off_on date, rescheduled_on date,
    oldest_unpaid_due_on date, reserved_through date, unpaid_due_on date[],
    unpaid_principal_fen bigint[]);
CREATE TYPE ledger.answer_row AS (
    idempotency_key text, body_digest bytea, command text, subject text, actor text,
    confined_to text, booked_on date, entry_number bigint, answer jsonb);

-- Of other arguments, answers or columns now.
DROP FUNCTION IF EXISTS ledger.append_batch(text, jsonb),
    ledger.append_accounts(text, jsonb), ledger.append_journal(text, jsonb),
    ledger.append_loan_history(text, jsonb),
    ledger.number_batch(text, bigint, timestamptz, integer, integer);
DROP VIEW IF EXISTS ledger.loan_for_engine;

-- As before, but of reversals alone: every other event was written down here for nothing.
ALTER TABLE ledger.loan_event DROP CONSTRAINT "an event is reversed once";
CREATE UNIQUE INDEX "an event is reversed once"
    ON ledger.loan_event (county_code, loan_number, target_sequence)
    WHERE target_sequence IS NOT NULL;
