-- An approval that is not paid out holds for days that the county rules. Rules that are there
-- already say nothing of it: what is approved under them holds without end, as before.
ALTER TABLE programme.programme_rules
    ADD COLUMN approval_valid_days integer NOT NULL DEFAULT 0, -- 0: without end
    ADD CONSTRAINT "an approval is valid for some days or without end"
        CHECK (approval_valid_days >= 0);

-- What the standing knows of the reservation: its last day, where it has one.
ALTER TABLE ledger.loan_standing
    ADD COLUMN reserved_through date,
    DROP CONSTRAINT "a status is one of six",
    ADD CONSTRAINT "a status is one of seven" CHECK (status IN
        ('proposed', 'approved', 'active', 'settled', 'withdrawn', 'written_off', 'expired'));

-- --- lists of before that grow
ALTER TABLE ledger.loan_event
    DROP CONSTRAINT "a kind of event is in the list",
    ADD CONSTRAINT "a kind of event is in the list" CHECK (kind IN
        ('approved', 'disbursed', 'repaid', 'reversed', 'overpayment_refunded', 'waived',
         'cost_charged', 'rate_changed', 'extended', 'rescheduled', 'interest_paused',
         'misuse_declared', 'classified', 'provisioned', 'written_off', 'recovered',
         'compensated', 'subsidy_claimed', 'subsidy_received', 'approval_expired'));
ALTER TABLE ledger.journal_entry
    DROP CONSTRAINT "a cause is in the list",
    ADD CONSTRAINT "a cause is in the list" CHECK (cause IN
        ('fund_payment', 'approval', 'disbursement', 'repayment', 'accrual', 'reversal',
         'risk_fund_payment', 'refund', 'waiver', 'cost', 'change_of_terms', 'classification',
         'provision', 'write_off', 'recovery', 'compensation', 'subsidy', 'household_register',
         'standing', 'leading', 'expiry'));
