-- When the books came to know each event and where each loan and household then stood, so that a
-- figure can be asked as it was known at an instant. What is older than this column was known when
-- its entry was recorded, or else by the end of the day on which it was booked.
ALTER TABLE ledger.loan_event ADD COLUMN recorded_at timestamptz;
ALTER TABLE ledger.loan_standing ADD COLUMN recorded_at timestamptz;
ALTER TABLE ledger.household_event ADD COLUMN recorded_at timestamptz;
ALTER TABLE ledger.household_standing ADD COLUMN recorded_at timestamptz;

-- Rows are never changed: only the owner, and only here, writes into the new column.
ALTER TABLE ledger.loan_event DISABLE TRIGGER USER;
ALTER TABLE ledger.loan_standing DISABLE TRIGGER USER;
ALTER TABLE ledger.household_event DISABLE TRIGGER USER;
ALTER TABLE ledger.household_standing DISABLE TRIGGER USER;

UPDATE ledger.loan_event v SET recorded_at = coalesce(
    (SELECT e.recorded_at FROM ledger.journal_entry e
     WHERE e.county_code = v.county_code AND e.entry_number = v.entry_number),
    (v.booked_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai');
UPDATE ledger.loan_standing s SET recorded_at =
    (SELECT v.recorded_at FROM ledger.loan_event v
     WHERE v.county_code = s.county_code AND v.loan_number = s.loan_number
       AND v.sequence = s.sequence);
UPDATE ledger.household_event v SET recorded_at = coalesce(
    (SELECT e.recorded_at FROM ledger.journal_entry e
     WHERE e.county_code = v.county_code AND e.entry_number = v.entry_number),
    (v.booked_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai');
UPDATE ledger.household_standing s SET recorded_at =
    (SELECT v.recorded_at FROM ledger.household_event v
     WHERE v.county_code = s.county_code AND v.household_number = s.household_number
       AND v.sequence = s.sequence);

ALTER TABLE ledger.loan_event ENABLE TRIGGER USER;
ALTER TABLE ledger.loan_standing ENABLE TRIGGER USER;
ALTER TABLE ledger.household_event ENABLE TRIGGER USER;
ALTER TABLE ledger.household_standing ENABLE TRIGGER USER;

ALTER TABLE ledger.loan_event ALTER COLUMN recorded_at SET NOT NULL;
ALTER TABLE ledger.loan_standing ALTER COLUMN recorded_at SET NOT NULL;
ALTER TABLE ledger.household_event ALTER COLUMN recorded_at SET NOT NULL;
ALTER TABLE ledger.household_standing ALTER COLUMN recorded_at SET NOT NULL;
