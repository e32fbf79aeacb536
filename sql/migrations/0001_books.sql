-- The books of a county: who borrows, under which rules, what was booked. Every key begins with
-- county_code, so that a county is a shard. Money is bigint fen. Constraints are named as the
-- sentences they enforce. Nothing is ever updated or deleted but two kinds of row: `county` (where
-- the books stand) and `account_balance` (a cache that the postings can rebuild). The triggers that
-- keep it so are in sql/functions, the grants in sql/roles.

-- --- where the books stand
CREATE TABLE ledger.county (
    county_code text PRIMARY KEY,
    name text NOT NULL,
    opened_on date,
    closed_through date,
    last_entry_number bigint NOT NULL DEFAULT 0,
    last_account_number bigint NOT NULL DEFAULT 0,
    last_recorded_at timestamptz NOT NULL DEFAULT '-infinity',
    digest_algorithm text NOT NULL DEFAULT 'sha256',
    CONSTRAINT "a county code has six digits" CHECK (county_code ~ '^[0-9]{6}$'),
    CONSTRAINT "numbers count from zero"
        CHECK (last_entry_number >= 0 AND last_account_number >= 0),
    CONSTRAINT "a digest algorithm is sha256 or sm3" CHECK (digest_algorithm IN ('sha256', 'sm3'))
) WITH (fillfactor = 50);

-- --- the programme: units, chart, rules, rates
CREATE TABLE register.administrative_unit (
    county_code text NOT NULL REFERENCES ledger.county,
    code text NOT NULL,
    name text NOT NULL,
    parent_code text NOT NULL,
    PRIMARY KEY (county_code, code),
    CONSTRAINT "a township has nine digits and a village twelve"
        CHECK (code ~ '^([0-9]{9}|[0-9]{12})$'),
    CONSTRAINT "a unit's code begins with its parent's"
        CHECK (left(code, length(parent_code)) = parent_code),
    CONSTRAINT "a unit's code begins with its county's" CHECK (left(code, 6) = county_code)
);

CREATE TABLE programme.chart_line (
    county_code text NOT NULL REFERENCES ledger.county,
    code text NOT NULL,
    chinese text NOT NULL,
    english text NOT NULL,
    account_class text NOT NULL,
    normal_side text NOT NULL,
    subledger text NOT NULL,
    is_never_overdrawn boolean NOT NULL,
    effective_from date NOT NULL,
    mark text NOT NULL,
    PRIMARY KEY (county_code, code),
    CONSTRAINT "an account class is one of six" CHECK (account_class IN
        ('asset', 'liability', 'equity', 'income', 'expense', 'memo')),
    CONSTRAINT "a normal side is debit or credit" CHECK (normal_side IN ('debit', 'credit')),
    CONSTRAINT "a subledger is none, loan or fund" CHECK (subledger IN ('none', 'loan', 'fund'))
);

CREATE TABLE programme.programme_rules (
    county_code text NOT NULL REFERENCES ledger.county,
    version integer NOT NULL,
    effective_from date NOT NULL,
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    loan_cap_fen bigint NOT NULL,
    term_limit_months integer NOT NULL,
    rate_floor_ppm bigint NOT NULL,
    rate_ceiling_ppm bigint NOT NULL,
    penalty_margin_ppm bigint NOT NULL,
    allocation_order text NOT NULL,
    PRIMARY KEY (county_code, version),
    CONSTRAINT "one version of the rules begins on a day" UNIQUE (county_code, effective_from),
    CONSTRAINT "rule versions count from one" CHECK (version >= 1),
    CONSTRAINT "a loan cap is positive" CHECK (loan_cap_fen > 0),
    CONSTRAINT "a term limit is positive" CHECK (term_limit_months > 0),
    CONSTRAINT "a rate band is in order"
        CHECK (0 <= rate_floor_ppm AND rate_floor_ppm <= rate_ceiling_ppm),
    CONSTRAINT "a penalty margin is not negative" CHECK (penalty_margin_ppm >= 0),
    CONSTRAINT "an allocation order is one of two" CHECK (allocation_order IN
        ('interest_first', 'principal_first'))
);

-- A true reference table: the central bank's rates are the same in every county.
CREATE TABLE programme.base_rate (
    effective_from date NOT NULL,
    tier text NOT NULL,
    rate_ppm bigint NOT NULL,
    is_sourced boolean NOT NULL,
    PRIMARY KEY (effective_from, tier),
    CONSTRAINT "a base rate is not negative" CHECK (rate_ppm >= 0)
);

-- --- the register
CREATE TABLE register.borrower (
    county_code text NOT NULL REFERENCES ledger.county,
    borrower_number text NOT NULL,
    name text NOT NULL,
    resident_id text NOT NULL,
    household_number text NOT NULL,
    village_code text NOT NULL,
    party_branch text NOT NULL,
    registered_on date NOT NULL,
    PRIMARY KEY (county_code, borrower_number),
    CONSTRAINT "a resident id registers once" UNIQUE (county_code, resident_id),
    CONSTRAINT "a borrower lives in a known village"
        FOREIGN KEY (county_code, village_code) REFERENCES register.administrative_unit
);
CREATE INDEX borrower_by_village ON register.borrower (county_code, village_code);

-- --- funds and loans: facts that never change once written
CREATE TABLE ledger.fund (
    county_code text NOT NULL REFERENCES ledger.county,
    fund_code text NOT NULL,
    name text NOT NULL,
    document text NOT NULL,
    opened_on date NOT NULL,
    PRIMARY KEY (county_code, fund_code)
);

CREATE TABLE ledger.loan (
    county_code text NOT NULL REFERENCES ledger.county,
    loan_number text NOT NULL,
    borrower_number text NOT NULL,
    fund_code text NOT NULL,
    proposed_on date NOT NULL,
    purpose text NOT NULL,
    industry text NOT NULL,
    village_code text NOT NULL, -- the borrower's, at signing
    rules_version integer NOT NULL,
    penalty_margin_ppm bigint NOT NULL,
    allocation_order text NOT NULL,
    -- terms
    principal_fen bigint NOT NULL,
    annual_rate_ppm bigint NOT NULL,
    rate_step_from date[] NOT NULL,
    rate_step_ppm bigint[] NOT NULL,
    method text NOT NULL,
    interest text NOT NULL,
    day_count text NOT NULL,
    interest_per text NOT NULL,
    every_count integer NOT NULL,
    every_unit text NOT NULL,
    instalments integer NOT NULL,
    first_due_on date,
    due_on date[] NOT NULL,
    settlement_day integer,
    month_end text NOT NULL,
    instalment_fen bigint,
    grace_principal integer NOT NULL,
    grace_interest_payment integer NOT NULL,
    grace_interest_free integer NOT NULL,
    instalment_multiple_fen bigint NOT NULL,
    down_payment_ppm bigint NOT NULL,
    rounding text NOT NULL,
    remainder_to text NOT NULL,
    PRIMARY KEY (county_code, loan_number),
    CONSTRAINT "a loan has a registered borrower"
        FOREIGN KEY (county_code, borrower_number) REFERENCES register.borrower,
    CONSTRAINT "a loan draws on an open fund"
        FOREIGN KEY (county_code, fund_code) REFERENCES ledger.fund,
    CONSTRAINT "a loan is signed under known rules"
        FOREIGN KEY (county_code, rules_version) REFERENCES programme.programme_rules,
    CONSTRAINT "a loan belongs to a known village"
        FOREIGN KEY (county_code, village_code) REFERENCES register.administrative_unit,
    CONSTRAINT "a principal is positive and at most ten trillion yuan"
        CHECK (principal_fen > 0 AND principal_fen <= 1000000000000000),
    CONSTRAINT "a contract rate is not negative" CHECK (annual_rate_ppm >= 0),
    CONSTRAINT "each rate step has a day and a rate"
        CHECK (cardinality(rate_step_from) = cardinality(rate_step_ppm)),
    CONSTRAINT "a loan has one to six hundred instalments" CHECK (instalments BETWEEN 1 AND 600),
    CONSTRAINT "a method is one of four" CHECK (method IN
        ('equal_instalments', 'equal_principal', 'interest_only', 'at_maturity')),
    CONSTRAINT "a penalty margin is not negative" CHECK (penalty_margin_ppm >= 0)
);
CREATE INDEX loan_by_borrower ON ledger.loan (county_code, borrower_number);
CREATE INDEX loan_by_village ON ledger.loan (county_code, village_code);

-- --- the journal
CREATE TABLE ledger.journal_entry (
    county_code text NOT NULL REFERENCES ledger.county,
    entry_number bigint NOT NULL,
    cause text NOT NULL,
    value_on date NOT NULL,
    booked_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    actor text NOT NULL,
    idempotency_key text NOT NULL,
    subject text NOT NULL,
    event_sequence integer NOT NULL DEFAULT 0,
    narrative text NOT NULL,
    format_version smallint NOT NULL,
    digest_algorithm text NOT NULL,
    digest bytea NOT NULL,
    PRIMARY KEY (county_code, entry_number),
    CONSTRAINT "entry numbers count from one" CHECK (entry_number >= 1),
    CONSTRAINT "a value date is not after the booking date" CHECK (value_on <= booked_on),
    CONSTRAINT "a cause is one of six" CHECK (cause IN
        ('fund_payment', 'approval', 'disbursement', 'repayment', 'accrual', 'reversal')),
    CONSTRAINT "a digest has 32 bytes" CHECK (length(digest) = 32),
    CONSTRAINT "a digest algorithm is sha256 or sm3" CHECK (digest_algorithm IN ('sha256', 'sm3'))
);
CREATE INDEX entry_by_subject ON ledger.journal_entry (county_code, subject, entry_number);
CREATE INDEX entry_by_booking ON ledger.journal_entry (county_code, booked_on);

CREATE TABLE ledger.account (
    county_code text NOT NULL,
    account_number bigint NOT NULL,
    code text NOT NULL,
    subkey text NOT NULL,
    PRIMARY KEY (county_code, account_number),
    CONSTRAINT "an account has one number" UNIQUE (county_code, code, subkey),
    CONSTRAINT "account numbers count from one" CHECK (account_number >= 1),
    CONSTRAINT "an account hangs under a line of the chart"
        FOREIGN KEY (county_code, code) REFERENCES programme.chart_line
);

CREATE TABLE ledger.posting (
    county_code text NOT NULL,
    entry_number bigint NOT NULL,
    line smallint NOT NULL,
    account_number bigint NOT NULL,
    side text NOT NULL,
    unit text NOT NULL,
    minor_units bigint NOT NULL,
    balance_after bigint NOT NULL, -- debits minus credits of the account, after this posting
    PRIMARY KEY (county_code, entry_number, line),
    CONSTRAINT "a posting belongs to an entry"
        FOREIGN KEY (county_code, entry_number) REFERENCES ledger.journal_entry,
    CONSTRAINT "a posting names an account"
        FOREIGN KEY (county_code, account_number) REFERENCES ledger.account,
    CONSTRAINT "a posting amount is positive" CHECK (minor_units > 0),
    CONSTRAINT "a posting amount is at most ten trillion yuan"
        CHECK (minor_units <= 1000000000000000),
    CONSTRAINT "a side is debit or credit" CHECK (side IN ('debit', 'credit')),
    CONSTRAINT "a unit is counted here" CHECK (unit IN ('CNY', 'HOUSEHOLD', 'PERSON')),
    CONSTRAINT "an entry has at most 64 postings" CHECK (line BETWEEN 1 AND 64)
);
CREATE INDEX posting_by_account ON ledger.posting (county_code, account_number, entry_number)
    INCLUDE (side, unit, minor_units, balance_after);

-- A cache: what the postings add up to. The trigger on posting keeps it, the doctor compares it.
CREATE TABLE ledger.account_balance (
    county_code text NOT NULL,
    account_number bigint NOT NULL,
    unit text NOT NULL,
    debits bigint NOT NULL DEFAULT 0,
    credits bigint NOT NULL DEFAULT 0,
    last_entry_number bigint NOT NULL DEFAULT 0,
    is_never_overdrawn boolean NOT NULL,
    normal_side text NOT NULL,
    PRIMARY KEY (county_code, account_number, unit),
    CONSTRAINT "a balance is of an account"
        FOREIGN KEY (county_code, account_number) REFERENCES ledger.account,
    CONSTRAINT "turnover is not negative" CHECK (debits >= 0 AND credits >= 0),
    CONSTRAINT "a fund is never overdrawn" CHECK (NOT is_never_overdrawn OR
        CASE normal_side WHEN 'debit' THEN debits >= credits ELSE credits >= debits END)
) WITH (fillfactor = 50);

-- --- what happened to a loan, and what the books hold for it
CREATE TABLE ledger.loan_event (
    county_code text NOT NULL,
    loan_number text NOT NULL,
    sequence integer NOT NULL,
    kind text NOT NULL,
    amount_fen bigint,
    target_sequence integer,
    value_on date NOT NULL,
    booked_on date NOT NULL,
    entry_number bigint,
    PRIMARY KEY (county_code, loan_number, sequence),
    CONSTRAINT "an event happens to a loan"
        FOREIGN KEY (county_code, loan_number) REFERENCES ledger.loan,
    CONSTRAINT "an event's entry is in the journal"
        FOREIGN KEY (county_code, entry_number) REFERENCES ledger.journal_entry,
    CONSTRAINT "a reversal names an earlier event of the loan"
        FOREIGN KEY (county_code, loan_number, target_sequence) REFERENCES ledger.loan_event,
    CONSTRAINT "an event is reversed once" UNIQUE (county_code, loan_number, target_sequence),
    CONSTRAINT "event sequences count from one"
        CHECK (sequence >= 1 AND target_sequence < sequence),
    CONSTRAINT "a kind of event is one of four" CHECK (kind IN
        ('approved', 'disbursed', 'repaid', 'reversed')),
    CONSTRAINT "a reversal has a target and every other event an amount"
        CHECK (CASE kind WHEN 'reversed' THEN target_sequence IS NOT NULL AND amount_fen IS NULL
                         ELSE target_sequence IS NULL AND amount_fen > 0 END)
);

-- One row for each change of what the journal holds for a loan; the newest is Loan::booked.
CREATE TABLE ledger.loan_position (
    county_code text NOT NULL,
    loan_number text NOT NULL,
    version integer NOT NULL,
    entry_number bigint,
    recognised_on date,
    bank bigint NOT NULL,
    principal_normal bigint NOT NULL,
    principal_overdue bigint NOT NULL,
    interest_receivable bigint NOT NULL,
    penalty_receivable bigint NOT NULL,
    overpayment bigint NOT NULL,
    interest_income bigint NOT NULL,
    penalty_income bigint NOT NULL,
    fund_available bigint NOT NULL,
    fund_reserved bigint NOT NULL,
    fund_lent bigint NOT NULL,
    PRIMARY KEY (county_code, loan_number, version),
    CONSTRAINT "a position is of a loan"
        FOREIGN KEY (county_code, loan_number) REFERENCES ledger.loan,
    CONSTRAINT "a position's entry is in the journal"
        FOREIGN KEY (county_code, entry_number) REFERENCES ledger.journal_entry,
    CONSTRAINT "position versions count from one" CHECK (version >= 1),
    CONSTRAINT "what the fund has lent is the outstanding principal"
        CHECK (fund_lent = principal_normal + principal_overdue)
);

-- Where a loan stood at the end of a value date, as known after an event. An event in order adds
-- one row; one that enters late, or a reversal, adds a row for each later value date too. The row
-- with the latest effective_on before a day, and of those the one with the highest sequence, is the
-- fold as of that day in everything but what time alone changes: the unpaid dues tell that.
CREATE TABLE ledger.loan_standing (
    county_code text NOT NULL,
    loan_number text NOT NULL,
    effective_on date NOT NULL,
    sequence integer NOT NULL, -- of the event after which this was known
    status text NOT NULL,
    disbursed_fen bigint NOT NULL,
    disbursed_on date,
    outstanding_fen bigint NOT NULL,
    interest_received_fen bigint NOT NULL, -- interest and penalty that payments covered so far
    oldest_unpaid_due_on date,
    unpaid_due_on date[] NOT NULL,
    unpaid_principal_fen bigint[] NOT NULL,
    PRIMARY KEY (county_code, loan_number, effective_on, sequence),
    CONSTRAINT "a standing follows from an event"
        FOREIGN KEY (county_code, loan_number, sequence) REFERENCES ledger.loan_event,
    CONSTRAINT "each unpaid due has a day and an amount"
        CHECK (cardinality(unpaid_due_on) = cardinality(unpaid_principal_fen)),
    CONSTRAINT "outstanding principal is not negative" CHECK (outstanding_fen >= 0),
    CONSTRAINT "a status is one of five" CHECK (status IN
        ('proposed', 'approved', 'active', 'settled', 'withdrawn'))
);

-- --- the first answer to each command
CREATE TABLE ledger.command_answer (
    county_code text NOT NULL REFERENCES ledger.county,
    idempotency_key text NOT NULL,
    body_digest bytea NOT NULL,
    command text NOT NULL,
    subject text NOT NULL,
    actor text NOT NULL,
    booked_on date NOT NULL,
    entry_number bigint,
    answer jsonb NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (county_code, idempotency_key),
    CONSTRAINT "an answer's entry is in the journal"
        FOREIGN KEY (county_code, entry_number) REFERENCES ledger.journal_entry,
    CONSTRAINT "a digest has 32 bytes" CHECK (length(body_digest) = 32)
);
