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
    penalty_margin_ppm bigint, -- null: overdue principal bears nothing
    misuse_margin_ppm bigint NOT NULL,
    compounding text NOT NULL,
    allocation_order text[] NOT NULL,
    allocation_by text NOT NULL,
    non_accrual_allocation_order text[] NOT NULL,
    non_accrual_allocation_by text NOT NULL,
    in_advance text NOT NULL,
    non_accrual_after_days integer NOT NULL, -- 0: never
    provision_at text NOT NULL,
    renewals_limit integer NOT NULL,
    long_term_extension_limit_months integer NOT NULL,
    compensation_after_days integer NOT NULL,
    compensation_share_ppm bigint NOT NULL,
    PRIMARY KEY (county_code, version),
    CONSTRAINT "one version of the rules begins on a day" UNIQUE (county_code, effective_from),
    CONSTRAINT "rule versions count from one" CHECK (version >= 1),
    CONSTRAINT "a loan cap is positive" CHECK (loan_cap_fen > 0),
    CONSTRAINT "a term limit is positive" CHECK (term_limit_months > 0),
    CONSTRAINT "a rate band is in order"
        CHECK (0 <= rate_floor_ppm AND rate_floor_ppm <= rate_ceiling_ppm),
    CONSTRAINT "a margin is not negative"
        CHECK (penalty_margin_ppm >= 0 AND misuse_margin_ppm >= 0),
    CONSTRAINT "compounding is none, simple or by settlement"
        CHECK (compounding IN ('none', 'simple', 'by_settlement')),
    CONSTRAINT "an allocation order names each component once" CHECK (
        cardinality(allocation_order) = 5
        AND allocation_order @> ARRAY['cost', 'penalty', 'compound', 'interest', 'principal']
        AND cardinality(non_accrual_allocation_order) = 5
        AND non_accrual_allocation_order
            @> ARRAY['cost', 'penalty', 'compound', 'interest', 'principal']),
    CONSTRAINT "money is allocated by instalment or by component" CHECK (
        allocation_by IN ('instalment', 'component')
        AND non_accrual_allocation_by IN ('instalment', 'component')),
    CONSTRAINT "money in advance does one of three things" CHECK (in_advance IN
        ('fewer_instalments', 'smaller_instalments', 'next_instalment')),
    CONSTRAINT "provisions run never, at a month's or at a quarter's end"
        CHECK (provision_at IN ('never', 'month_end', 'quarter_end')),
    CONSTRAINT "a limit of the rules is not negative" CHECK (non_accrual_after_days >= 0
        AND renewals_limit >= 0 AND long_term_extension_limit_months >= 0
        AND compensation_after_days >= 0),
    CONSTRAINT "the risk fund bears at most the whole"
        CHECK (compensation_share_ppm BETWEEN 0 AND 1000000)
);

-- A loan more than so many days late is at least in this class, until a later day's table.
CREATE TABLE programme.class_floor (
    county_code text NOT NULL REFERENCES ledger.county,
    effective_from date NOT NULL,
    days_late integer NOT NULL, -- strictly more than
    risk_class text NOT NULL,
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    PRIMARY KEY (county_code, effective_from, days_late),
    CONSTRAINT "days late are not negative" CHECK (days_late >= 0),
    CONSTRAINT "a risk class is one of five" CHECK (risk_class IN
        ('normal', 'special_mention', 'substandard', 'doubtful', 'loss'))
);

CREATE TABLE programme.provision_rate (
    county_code text NOT NULL REFERENCES ledger.county,
    effective_from date NOT NULL,
    risk_class text NOT NULL,
    rate_ppm bigint NOT NULL, -- of outstanding principal
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    PRIMARY KEY (county_code, effective_from, risk_class),
    CONSTRAINT "a risk class is one of five" CHECK (risk_class IN
        ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
    CONSTRAINT "a provision is at most the whole" CHECK (rate_ppm BETWEEN 0 AND 1000000)
);

CREATE TABLE programme.subsidy_scheme (
    county_code text NOT NULL REFERENCES ledger.county,
    code text NOT NULL,
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    paid_to text NOT NULL,
    principal_cap_fen bigint,
    days_cap integer NOT NULL, -- from each tranche's disbursement; 0: no cap
    PRIMARY KEY (county_code, code),
    CONSTRAINT "a scheme has a code" CHECK (code <> ''),
    CONSTRAINT "a subsidy is paid to the lender or the borrower"
        CHECK (paid_to IN ('lender', 'borrower')),
    CONSTRAINT "a cap of a subsidy is not negative"
        CHECK (principal_cap_fen > 0 AND days_cap >= 0)
);

CREATE TABLE programme.subsidy_step (
    county_code text NOT NULL,
    code text NOT NULL,
    from_on date NOT NULL, -- by the day of accrual
    kind text NOT NULL,
    ppm bigint NOT NULL, -- share, points a year, or spread
    cap_ppm bigint,
    tier text NOT NULL,
    PRIMARY KEY (county_code, code, from_on),
    CONSTRAINT "a step is of a scheme"
        FOREIGN KEY (county_code, code) REFERENCES programme.subsidy_scheme,
    CONSTRAINT "a step is none, a share, points or a spread"
        CHECK (kind IN ('none', 'share', 'points', 'spread')),
    CONSTRAINT "a share is at most the whole and points are not negative" CHECK (
        CASE kind WHEN 'none' THEN ppm = 0
                  WHEN 'share' THEN ppm BETWEEN 0 AND 1000000
                  WHEN 'points' THEN ppm >= 0
                  ELSE true END),
    CONSTRAINT "only a spread has a tier and a cap" CHECK (
        CASE kind WHEN 'spread' THEN tier <> '' AND coalesce(cap_ppm >= 0, true)
                  ELSE tier = '' AND cap_ppm IS NULL END)
);

-- The State Council's notice of a year: days that are not what their day of the week says.
CREATE TABLE programme.holiday (
    county_code text NOT NULL REFERENCES ledger.county,
    day date NOT NULL,
    is_worked boolean NOT NULL, -- a make-up working day; else a day without work
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    PRIMARY KEY (county_code, day)
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
    renews text, -- the loan that it follows
    renewal integer NOT NULL, -- how many renewals it stands at the end of
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
    matures_on date,
    stub text NOT NULL,
    due_day text NOT NULL,
    interest_follows boolean NOT NULL,
    month_end text NOT NULL,
    instalment_fen bigint,
    principal_every integer NOT NULL,
    part_on date[] NOT NULL, -- the principal plan: one element a part
    part_after_count integer[] NOT NULL,
    part_after_unit text[] NOT NULL,
    part_share_ppm bigint[] NOT NULL,
    part_amount_fen bigint[] NOT NULL,
    grace_principal integer NOT NULL,
    grace_interest_payment integer NOT NULL,
    grace_interest_free integer NOT NULL,
    instalment_multiple_fen bigint NOT NULL,
    down_payment_ppm bigint NOT NULL,
    rounding text NOT NULL,
    remainder_to text NOT NULL,
    pricing_reset text, -- null: the rate does not follow the base rates
    pricing_tier text,
    pricing_points_ppm bigint,
    pricing_multiple_ppm bigint,
    subsidy_scheme text, -- null: no subsidy
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
    CONSTRAINT "a loan has at most six hundred instalments" CHECK (instalments BETWEEN 0 AND 600),
    CONSTRAINT "the number of instalments is given or follows from days" CHECK (instalments >= 1
        OR matures_on IS NOT NULL OR method = 'principal_plan'),
    CONSTRAINT "a method is one of five" CHECK (method IN
        ('equal_instalments', 'equal_principal', 'interest_only', 'at_maturity',
         'principal_plan')),
    CONSTRAINT "interest is declining or flat" CHECK (interest IN ('declining', 'flat')),
    CONSTRAINT "a step is of one of five units" CHECK (every_count >= 1 AND every_unit IN
        ('day', 'week', 'month', 'quarter', 'year')),
    CONSTRAINT "an odd period is first or last, short or long" CHECK (stub IN
        ('last_short', 'last_long', 'first_short', 'first_long')),
    CONSTRAINT "a due date stays or moves to a working day" CHECK (due_day IN
        ('stays', 'next', 'previous', 'next_in_month', 'previous_in_month')),
    CONSTRAINT "principal falls due with an instalment" CHECK (principal_every >= 1),
    CONSTRAINT "each part of a principal plan has a day and a size" CHECK (
        cardinality(part_on) = cardinality(part_share_ppm)
        AND cardinality(part_after_count) = cardinality(part_share_ppm)
        AND cardinality(part_after_unit) = cardinality(part_share_ppm)
        AND cardinality(part_amount_fen) = cardinality(part_share_ppm)),
    CONSTRAINT "a principal plan has parts and nothing else has"
        CHECK ((method = 'principal_plan') = (cardinality(part_share_ppm) > 0)),
    CONSTRAINT "a price is whole or absent" CHECK (
        num_nulls(pricing_reset, pricing_tier, pricing_points_ppm, pricing_multiple_ppm)
            IN (0, 4) AND pricing_multiple_ppm >= 0),
    CONSTRAINT "a rate is reset never, in months or in years" CHECK (pricing_reset IN
        ('never', 'monthly', 'quarterly', 'anniversary', 'new_year')),
    CONSTRAINT "a loan's subsidy follows a known scheme"
        FOREIGN KEY (county_code, subsidy_scheme) REFERENCES programme.subsidy_scheme,
    CONSTRAINT "a renewal follows a known loan"
        FOREIGN KEY (county_code, renews) REFERENCES ledger.loan,
    CONSTRAINT "renewals are counted" CHECK (renewal >= 0 AND (renewal > 0) = (renews IS NOT NULL))
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
    CONSTRAINT "a cause is in the list" CHECK (cause IN
        ('fund_payment', 'approval', 'disbursement', 'repayment', 'accrual', 'reversal',
         'risk_fund_payment', 'refund', 'waiver', 'cost', 'change_of_terms', 'classification',
         'provision', 'write_off', 'recovery', 'compensation', 'subsidy')),
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
-- Which columns an event has follows from its kind; the constraints below are the list.
CREATE TABLE ledger.loan_event (
    county_code text NOT NULL,
    loan_number text NOT NULL,
    sequence integer NOT NULL,
    kind text NOT NULL,
    value_on date NOT NULL,
    booked_on date NOT NULL,
    amount_fen bigint,
    target_sequence integer,
    in_advance text,
    component text,
    rate_ppm bigint,
    until_on date,
    priced_from date,
    risk_class text,
    has_second_person boolean,
    plan_method text,
    plan_every_count integer,
    plan_every_unit text,
    plan_instalments integer,
    plan_first_due_on date,
    plan_grace_principal integer,
    document text NOT NULL,
    reason text NOT NULL,
    entry_number bigint, -- null: the books did not move
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
    CONSTRAINT "an event is not entered before its value date" CHECK (value_on <= booked_on),
    CONSTRAINT "a kind of event is in the list" CHECK (kind IN
        ('approved', 'disbursed', 'repaid', 'reversed', 'overpayment_refunded', 'waived',
         'cost_charged', 'rate_changed', 'extended', 'rescheduled', 'interest_paused',
         'misuse_declared', 'classified', 'provisioned', 'written_off', 'recovered',
         'compensated', 'subsidy_claimed', 'subsidy_received')),
    CONSTRAINT "a reversal has a target and no other event has"
        CHECK ((kind = 'reversed') = (target_sequence IS NOT NULL)),
    CONSTRAINT "an event of money has a positive amount and no other event has" CHECK (
        (kind IN ('approved', 'disbursed', 'repaid', 'overpayment_refunded', 'waived',
                  'cost_charged', 'recovered', 'compensated', 'subsidy_claimed',
                  'subsidy_received')) = (amount_fen IS NOT NULL)
        AND coalesce(amount_fen > 0, true)),
    CONSTRAINT "only a repayment says what money in advance does" CHECK (in_advance IS NULL OR
        kind = 'repaid'
        AND in_advance IN ('fewer_instalments', 'smaller_instalments', 'next_instalment')),
    CONSTRAINT "a waiver is of penalty, compound interest or interest" CHECK (
        (kind = 'waived') = (component IS NOT NULL)
        AND coalesce(component IN ('penalty', 'compound', 'interest'), true)),
    CONSTRAINT "a rate is that of a change, an extension or a new plan" CHECK (
        CASE WHEN kind = 'rate_changed' THEN rate_ppm IS NOT NULL
             WHEN kind IN ('extended', 'rescheduled') THEN true
             ELSE rate_ppm IS NULL END
        AND coalesce(rate_ppm >= 0, true)),
    CONSTRAINT "an extension and a pause end, and nothing else does" CHECK (
        (kind IN ('extended', 'interest_paused')) = (until_on IS NOT NULL)
        AND coalesce(until_on > value_on, true)),
    CONSTRAINT "only an extension is priced from a day"
        CHECK (priced_from IS NULL OR kind = 'extended'),
    CONSTRAINT "only a classification has a class and a second person" CHECK (
        (kind = 'classified') = (has_second_person IS NOT NULL)
        AND (risk_class IS NULL OR kind = 'classified'
             AND risk_class IN ('normal', 'special_mention', 'substandard', 'doubtful', 'loss'))),
    CONSTRAINT "a rescheduling has a new plan and no other event has" CHECK (
        num_nonnulls(plan_method, plan_every_count, plan_every_unit, plan_instalments,
                     plan_grace_principal) = CASE kind WHEN 'rescheduled' THEN 5 ELSE 0 END
        AND (plan_first_due_on IS NULL OR kind = 'rescheduled')),
    CONSTRAINT "a new plan is one that a loan can have" CHECK (
        plan_method IN ('equal_instalments', 'equal_principal', 'interest_only', 'at_maturity')
        AND plan_every_count >= 1
        AND plan_every_unit IN ('day', 'week', 'month', 'quarter', 'year')
        AND plan_instalments BETWEEN 1 AND 600 AND plan_grace_principal >= 0),
    CONSTRAINT "an event has the document that its kind needs" CHECK (document <> '' OR kind NOT IN
        ('rate_changed', 'extended', 'rescheduled', 'interest_paused', 'written_off',
         'compensated', 'subsidy_claimed', 'subsidy_received')),
    CONSTRAINT "an event has the reason that its kind needs" CHECK (reason <> '' OR kind NOT IN
        ('reversed', 'waived', 'cost_charged', 'misuse_declared', 'classified'))
);
CREATE INDEX event_by_booking ON ledger.loan_event (county_code, booked_on);

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
    principal_non_accrual bigint NOT NULL,
    interest_receivable bigint NOT NULL,
    penalty_receivable bigint NOT NULL,
    compound_receivable bigint NOT NULL,
    cost_receivable bigint NOT NULL,
    subsidy_due bigint NOT NULL,
    subsidy_claimed bigint NOT NULL,
    impairment bigint NOT NULL,
    memo_interest bigint NOT NULL,
    memo_written_off bigint NOT NULL,
    memo_subsidy bigint NOT NULL,
    overpayment bigint NOT NULL,
    loss_allowance bigint NOT NULL,
    compensation bigint NOT NULL,
    interest_income bigint NOT NULL,
    penalty_income bigint NOT NULL,
    compound_income bigint NOT NULL,
    subsidy_income bigint NOT NULL,
    memo_contra bigint NOT NULL,
    fund_available bigint NOT NULL,
    fund_reserved bigint NOT NULL,
    fund_lent bigint NOT NULL,
    fund_written_off bigint NOT NULL,
    risk_fund_available bigint NOT NULL,
    PRIMARY KEY (county_code, loan_number, version),
    CONSTRAINT "a position is of a loan"
        FOREIGN KEY (county_code, loan_number) REFERENCES ledger.loan,
    CONSTRAINT "a position's entry is in the journal"
        FOREIGN KEY (county_code, entry_number) REFERENCES ledger.journal_entry,
    CONSTRAINT "position versions count from one" CHECK (version >= 1),
    CONSTRAINT "what the fund has lent is the outstanding principal"
        CHECK (fund_lent = principal_normal + principal_overdue + principal_non_accrual),
    CONSTRAINT "what a loan holds is balanced" CHECK (
        bank + principal_normal + principal_overdue + principal_non_accrual + interest_receivable
        + penalty_receivable + compound_receivable + cost_receivable + subsidy_due
        + subsidy_claimed + impairment + memo_interest + memo_written_off + memo_subsidy
        = overpayment + loss_allowance + compensation + interest_income + penalty_income
        + compound_income + subsidy_income + memo_contra + fund_available + fund_reserved
        + fund_lent + fund_written_off + risk_fund_available),
    CONSTRAINT "what is off the balance sheet has its contra"
        CHECK (memo_contra = memo_interest + memo_written_off + memo_subsidy)
);

-- Where a loan stood at the end of a day, as known after an event. An event in order adds one row;
-- one that enters late, or a reversal, adds a row for each later value date too; where time alone
-- will change more than the unpaid dues tell (money is held for instalments, a subsidy pays them),
-- a row for each due date on which it does. An event's rows speak for every day from
-- its first on: the row of a day is, of those of the highest sequence that has one on or before it,
-- the latest. It is the fold as of that day in everything but what the unpaid dues tell.
CREATE TABLE ledger.loan_standing (
    county_code text NOT NULL,
    loan_number text NOT NULL,
    effective_on date NOT NULL,
    sequence integer NOT NULL, -- of the event after which this was known
    status text NOT NULL,
    disbursed_fen bigint NOT NULL,
    disbursed_on date,
    outstanding_fen bigint NOT NULL, -- principal on the books
    written_off_fen bigint NOT NULL, -- principal taken off the books, recovered or not
    recovered_fen bigint NOT NULL, -- principal of it that came back
    interest_received_fen bigint NOT NULL, -- interest, compound and penalty that was paid so far
    written_off_on date,
    rescheduled_on date,
    oldest_unpaid_due_on date,
    unpaid_due_on date[] NOT NULL,
    unpaid_principal_fen bigint[] NOT NULL,
    PRIMARY KEY (county_code, loan_number, effective_on, sequence),
    CONSTRAINT "a standing follows from an event"
        FOREIGN KEY (county_code, loan_number, sequence) REFERENCES ledger.loan_event,
    CONSTRAINT "each unpaid due has a day and an amount"
        CHECK (cardinality(unpaid_due_on) = cardinality(unpaid_principal_fen)),
    CONSTRAINT "outstanding principal is not negative" CHECK (outstanding_fen >= 0),
    CONSTRAINT "no more is recovered than was written off"
        CHECK (recovered_fen BETWEEN 0 AND written_off_fen),
    CONSTRAINT "a status is one of six" CHECK (status IN
        ('proposed', 'approved', 'active', 'settled', 'withdrawn', 'written_off'))
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
