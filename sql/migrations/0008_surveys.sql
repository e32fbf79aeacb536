-- What a visit did not ask is null: it is not known, which is not "no". What it says nothing of
-- stays as it was known before (the fold). A survey of before this migration asked everything.
ALTER TABLE ledger.household_event DROP CONSTRAINT "a survey is whole";
ALTER TABLE ledger.household_event ADD CONSTRAINT "a survey says something" CHECK (
    num_nonnulls(causes, official) = CASE kind WHEN 'surveyed' THEN 2 ELSE 0 END
    AND (kind = 'surveyed'
         OR num_nonnulls(labour, has_safe_housing, has_schooling, has_medical_care) = 0)
    AND (kind <> 'surveyed' OR causes <> '{}' OR official <> ''
         OR num_nonnulls(labour, has_safe_housing, has_schooling, has_medical_care) > 0)
    AND coalesce(labour BETWEEN 0 AND 99, true)
    AND coalesce(causes <@ ARRAY['illness', 'disability', 'schooling', 'disaster', 'marriage',
        'land', 'water', 'skills', 'funds', 'labour', 'roads', 'motivation', 'other'], true));

-- What was entered without an entry is looked up by when it was (event_without_entry).
CREATE INDEX loan_event_without_entry ON ledger.loan_event (county_code, recorded_at)
    WHERE entry_number IS NULL;
CREATE INDEX household_event_without_entry ON ledger.household_event (county_code, recorded_at)
    WHERE entry_number IS NULL;
CREATE INDEX fact_by_recording ON register.fact (county_code, recorded_at);
