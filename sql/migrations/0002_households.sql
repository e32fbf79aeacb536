-- Households: who lives in the county, how they stand, who leads them. Their unit and their persons
-- are postings in the journal like the money (accounts 9101 to 9103 and 9199); here are the events
-- that moved them and where each household stood on a day. The rules of leading and the lines of
-- poverty are dated rows with the paper behind them.

-- --- lists of 0001 that grow
ALTER TABLE programme.chart_line
    DROP CONSTRAINT "a subledger is none, loan or fund",
    ADD CONSTRAINT "a subledger is none, loan, fund, village or borrower"
        CHECK (subledger IN ('none', 'loan', 'fund', 'village', 'borrower'));
ALTER TABLE ledger.journal_entry
    DROP CONSTRAINT "a cause is in the list",
    ADD CONSTRAINT "a cause is in the list" CHECK (cause IN
        ('fund_payment', 'approval', 'disbursement', 'repayment', 'accrual', 'reversal',
         'risk_fund_payment', 'refund', 'waiver', 'cost', 'change_of_terms', 'classification',
         'provision', 'write_off', 'recovery', 'compensation', 'subsidy', 'household_register',
         'standing', 'leading'));
-- Codes of townships and villages change over the years: half-open days of validity.
ALTER TABLE register.administrative_unit
    ADD COLUMN valid_from date NOT NULL DEFAULT '1900-01-01',
    ADD COLUMN valid_until date NOT NULL DEFAULT '2200-12-31',
    ADD CONSTRAINT "a unit's code is valid for some days" CHECK (valid_from < valid_until);

-- --- the programme
CREATE TABLE programme.leading_rules (
    county_code text NOT NULL REFERENCES ledger.county,
    effective_from date NOT NULL,
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    notice_days integer NOT NULL,
    sustained_months integer NOT NULL,
    on_relative text NOT NULL,
    on_exited_before text NOT NULL,
    on_led_by_another text NOT NULL,
    on_registered_later text NOT NULL,
    PRIMARY KEY (county_code, effective_from),
    CONSTRAINT "days of notice and months of an exit are positive"
        CHECK (notice_days >= 1 AND sustained_months >= 1),
    CONSTRAINT "a ruling is to ignore, to warn or to refuse" CHECK (
        on_relative IN ('ignore', 'warn', 'refuse')
        AND on_exited_before IN ('ignore', 'warn', 'refuse')
        AND on_led_by_another IN ('ignore', 'warn', 'refuse')
        AND on_registered_later IN ('ignore', 'warn', 'refuse'))
);

CREATE TABLE programme.poverty_line (
    county_code text NOT NULL REFERENCES ledger.county,
    year integer NOT NULL,
    per_head_fen bigint NOT NULL,
    is_sourced boolean NOT NULL,
    PRIMARY KEY (county_code, year),
    CONSTRAINT "a poverty line is positive" CHECK (per_head_fen > 0)
);

-- --- the households
CREATE TABLE ledger.household (
    county_code text NOT NULL REFERENCES ledger.county,
    household_number text NOT NULL,
    PRIMARY KEY (county_code, household_number)
);

-- Which columns an event has follows from its kind; the constraints below are the list.
CREATE TABLE ledger.household_event (
    county_code text NOT NULL,
    household_number text NOT NULL,
    sequence integer NOT NULL,
    kind text NOT NULL,
    value_on date NOT NULL,
    booked_on date NOT NULL,
    target_sequence integer,
    head text,
    village_code text,
    standing text,
    persons integer,
    loan_number text,
    borrower_number text,
    way text,
    share integer, -- 1/10 000
    promised_fen bigint,
    is_relative boolean,
    claim integer, -- the sequence of the event that made it
    officer text,
    witness text,
    place text,
    evidence text, -- SHA-256 of a file, in hex
    shared_claim integer[],
    shared_share integer[],
    amount_fen bigint,
    step text,
    person text,
    until_on date,
    income_year integer,
    wages_fen bigint,
    production_fen bigint,
    property_fen bigint,
    transfers_fen bigint,
    causes text[],
    labour integer,
    has_safe_housing boolean,
    has_schooling boolean,
    has_medical_care boolean,
    official text,
    document text NOT NULL,
    reason text NOT NULL,
    entry_number bigint, -- null: the books did not move
    PRIMARY KEY (county_code, household_number, sequence),
    CONSTRAINT "an event happens to a household"
        FOREIGN KEY (county_code, household_number) REFERENCES ledger.household,
    CONSTRAINT "a household event's entry is in the journal"
        FOREIGN KEY (county_code, entry_number) REFERENCES ledger.journal_entry,
    CONSTRAINT "a reversal names an earlier event of the household"
        FOREIGN KEY (county_code, household_number, target_sequence)
        REFERENCES ledger.household_event,
    CONSTRAINT "a household event is reversed once"
        UNIQUE (county_code, household_number, target_sequence),
    CONSTRAINT "a claim is made by an earlier event of the household"
        FOREIGN KEY (county_code, household_number, claim) REFERENCES ledger.household_event,
    CONSTRAINT "a household lives in a known village"
        FOREIGN KEY (county_code, village_code) REFERENCES register.administrative_unit,
    CONSTRAINT "a household is led under a known loan"
        FOREIGN KEY (county_code, loan_number) REFERENCES ledger.loan,
    CONSTRAINT "a household is led by a registered borrower"
        FOREIGN KEY (county_code, borrower_number) REFERENCES register.borrower,
    CONSTRAINT "household event sequences count from one"
        CHECK (sequence >= 1 AND target_sequence < sequence AND claim < sequence),
    CONSTRAINT "a household event is not entered before its value date"
        CHECK (value_on <= booked_on),
    CONSTRAINT "a kind of household event is in the list" CHECK (kind IN
        ('household_registered', 'household_moved', 'persons_counted', 'standing_recorded',
         'household_dissolved', 'leading_claimed', 'leading_verified', 'claim_withdrawn',
         'support_ended', 'shares_agreed', 'benefit_brought', 'exit_step_taken', 'relapsed',
         'income_recorded', 'surveyed', 'reversed')),
    CONSTRAINT "a household's reversal has a target and no other event has"
        CHECK ((kind = 'reversed') = (target_sequence IS NOT NULL)),
    CONSTRAINT "a registration is whole" CHECK (kind <> 'household_registered' OR
        head <> '' AND num_nulls(village_code, standing, persons) = 0),
    CONSTRAINT "a move names a head or a village" CHECK (kind <> 'household_moved' OR
        coalesce(head, '') <> '' OR village_code IS NOT NULL),
    CONSTRAINT "only a registration and a move have a head and a village" CHECK (
        num_nonnulls(head, village_code) = 0
        OR kind IN ('household_registered', 'household_moved')),
    CONSTRAINT "a household has at least one person and at most ninety-nine" CHECK (
        (kind IN ('household_registered', 'persons_counted')) = (persons IS NOT NULL)
        AND coalesce(persons BETWEEN 1 AND 99, true)),
    CONSTRAINT "a standing is one of seven" CHECK (
        (kind IN ('household_registered', 'standing_recorded')) = (standing IS NOT NULL)
        AND coalesce(standing IN ('ordinary', 'poor', 'exited', 'unstable', 'marginal',
                                  'sudden_hardship', 'relapsed'), true)),
    CONSTRAINT "a household leaves poverty and falls back by procedure"
        CHECK (kind <> 'standing_recorded' OR standing NOT IN ('exited', 'relapsed')),
    CONSTRAINT "a claim is whole and no other event is one" CHECK (
        num_nonnulls(loan_number, borrower_number, way, share, promised_fen, is_relative)
            = CASE kind WHEN 'leading_claimed' THEN 6 ELSE 0 END
        AND coalesce(share BETWEEN 1 AND 10000 AND promised_fen >= 0, true)),
    CONSTRAINT "a way of leading is one of ten" CHECK (way IN
        ('employment', 'dividends', 'land_lease', 'guaranteed_purchase', 'guidance', 'on_trust',
         'cooperative', 'mutual_aid', 'e_commerce', 'other')),
    CONSTRAINT "an event about a claim names it" CHECK (
        (kind IN ('leading_verified', 'claim_withdrawn', 'support_ended', 'benefit_brought'))
            = (claim IS NOT NULL)),
    CONSTRAINT "a verification has two persons, a place and evidence" CHECK (
        num_nonnulls(officer, witness, place)
            = CASE kind WHEN 'leading_verified' THEN 3 ELSE 0 END
        AND (kind <> 'leading_verified'
             OR officer <> '' AND witness <> '' AND place <> '' AND officer <> witness
                AND evidence <> '')),
    CONSTRAINT "evidence is named by its digest" CHECK (
        (kind IN ('leading_verified', 'benefit_brought', 'exit_step_taken'))
            = (evidence IS NOT NULL)
        AND coalesce(evidence ~ '^([0-9a-f]{64})?$', true)),
    CONSTRAINT "agreed shares are parts of one household" CHECK (
        (kind = 'shares_agreed') = (shared_claim IS NOT NULL)
        AND (shared_claim IS NULL) = (shared_share IS NULL)
        AND coalesce(cardinality(shared_claim) = cardinality(shared_share)
                     AND 1 <= ALL (shared_share) AND 10000 >= ALL (shared_share), true)),
    CONSTRAINT "a benefit is positive" CHECK (
        (kind = 'benefit_brought') = (amount_fen IS NOT NULL) AND coalesce(amount_fen > 0, true)),
    CONSTRAINT "a step of an exit has its person" CHECK (
        num_nonnulls(step, person, income_year)
            = CASE kind WHEN 'exit_step_taken' THEN 3 WHEN 'income_recorded' THEN 1 ELSE 0 END
        AND (step IS NULL OR person <> ''
             AND step IN ('proposed', 'reviewed', 'signed_off', 'noticed', 'checked',
                          'approved'))),
    CONSTRAINT "a notice ends and no other step does" CHECK (
        (coalesce(step, '') = 'noticed') = (until_on IS NOT NULL)
        AND coalesce(until_on >= value_on, true)),
    CONSTRAINT "an income is whole" CHECK (
        num_nonnulls(wages_fen, production_fen, property_fen, transfers_fen)
            = CASE kind WHEN 'income_recorded' THEN 4 ELSE 0 END),
    CONSTRAINT "a survey is whole" CHECK (
        num_nonnulls(causes, labour, has_safe_housing, has_schooling, has_medical_care, official)
            = CASE kind WHEN 'surveyed' THEN 6 ELSE 0 END
        AND coalesce(labour BETWEEN 0 AND 99, true)
        AND coalesce(causes <@ ARRAY['illness', 'disability', 'schooling', 'disaster', 'marriage',
            'land', 'water', 'skills', 'funds', 'labour', 'roads', 'motivation', 'other'], true)),
    CONSTRAINT "a household event has the document that its kind needs"
        CHECK (document <> '' OR kind NOT IN ('standing_recorded', 'relapsed')),
    CONSTRAINT "a household event has the reason that its kind needs" CHECK (reason <> ''
        OR kind NOT IN ('household_dissolved', 'claim_withdrawn', 'support_ended', 'reversed'))
);
CREATE INDEX household_event_by_booking ON ledger.household_event (county_code, booked_on);
CREATE INDEX household_event_by_loan ON ledger.household_event (county_code, loan_number)
    WHERE loan_number IS NOT NULL;

-- Where a household stood at the end of a day, as known after an event: read as loan_standing is.
CREATE TABLE ledger.household_standing (
    county_code text NOT NULL,
    household_number text NOT NULL,
    effective_on date NOT NULL,
    sequence integer NOT NULL, -- of the event after which this was known
    is_registered boolean NOT NULL,
    registered_on date,
    dissolved_on date,
    head text NOT NULL,
    village_code text,
    standing text,
    persons integer NOT NULL,
    claims jsonb NOT NULL, -- every claim so far, withdrawn and ended ones too
    PRIMARY KEY (county_code, household_number, effective_on, sequence),
    CONSTRAINT "a household's standing follows from an event"
        FOREIGN KEY (county_code, household_number, sequence) REFERENCES ledger.household_event,
    CONSTRAINT "a registered household lives, stands and has persons" CHECK (NOT is_registered
        OR num_nulls(registered_on, village_code, standing) = 0 AND persons >= 1),
    CONSTRAINT "claims are a list" CHECK (jsonb_typeof(claims) = 'array')
);
