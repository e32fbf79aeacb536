-- The persons of the households join the registers.
ALTER TABLE register.fact
    DROP CONSTRAINT "a fact is of a register that takes its kind",
    ADD CONSTRAINT "a fact is of a register that takes its kind" CHECK (CASE kind
        WHEN 'branch_named' THEN register = 'branch'
        WHEN 'member_recorded' THEN register = 'member'
        WHEN 'points_recorded' THEN register = 'member'
        WHEN 'poor_member_listed' THEN register = 'member'
        WHEN 'target_set' THEN register = 'target'
        WHEN 'responsibility_given' THEN register = 'responsibility'
        WHEN 'responsibility_fulfilled' THEN register = 'responsibility'
        WHEN 'village_recorded' THEN register = 'village' AND subject = body ->> 'village'
        WHEN 'evidence_kept' THEN register = 'evidence'
        WHEN 'person_recorded' THEN register = 'person'
        WHEN 'reversed' THEN register IN ('branch', 'member', 'target', 'responsibility',
                                          'village', 'person')
        ELSE false END),
    ADD CONSTRAINT "a person has a household, a name and a kinship"
        CHECK (kind <> 'person_recorded' OR coalesce(
        body - '{household,name,kinship,can_work,is_present}'::text[] = '{}'
        AND body ->> 'household' <> '' AND body ->> 'name' <> ''
        AND body ->> 'kinship' IN ('head', 'spouse', 'child', 'child_in_law', 'grandchild',
                                   'parent', 'grandparent', 'sibling', 'other')
        AND jsonb_typeof(body -> 'can_work') = 'boolean'
        AND jsonb_typeof(body -> 'is_present') = 'boolean'
        AND (reason <> '' OR (body ->> 'is_present')::boolean), false));

-- When the books came to know each fact of a register, so that these figures too can be asked as
-- they were known at an instant. What is older than this column was known by the end of the day on
-- which it was booked.
ALTER TABLE register.fact ADD COLUMN recorded_at timestamptz;
ALTER TABLE register.fact DISABLE TRIGGER USER;
UPDATE register.fact SET recorded_at = (booked_on + 1)::timestamp AT TIME ZONE 'Asia/Shanghai';
ALTER TABLE register.fact ENABLE TRIGGER USER;
ALTER TABLE register.fact ALTER COLUMN recorded_at SET NOT NULL;

-- Where a loan or a household stood is one look into the key: the last row by sequence that had
-- begun by the day. And what was paid out in a period, and the last day booked on, without reading
-- what else happened.
ALTER TABLE ledger.loan_standing
    DROP CONSTRAINT loan_standing_pkey,
    ADD PRIMARY KEY (county_code, loan_number, sequence, revision, effective_on);
ALTER TABLE ledger.household_standing
    DROP CONSTRAINT household_standing_pkey,
    ADD PRIMARY KEY (county_code, household_number, sequence, effective_on);
CREATE INDEX disbursement_by_value ON ledger.loan_event (county_code, value_on)
    WHERE kind = 'disbursed';
CREATE INDEX loan_event_by_booking ON ledger.loan_event (county_code, booked_on);
