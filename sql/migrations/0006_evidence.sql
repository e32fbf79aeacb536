-- Files that are evidence: a photo or a document, kept outside the database under its SHA-256. The
-- books know each file once, what it is, where it was taken and what it shows; whoever names its
-- digest names this fact.
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
        WHEN 'reversed' THEN register IN ('branch', 'member', 'target', 'responsibility',
                                          'village')
        ELSE false END),
    ADD CONSTRAINT "evidence is a file of a known type with a place and a description"
        CHECK (kind <> 'evidence_kept' OR coalesce(
        body - '{media_type,bytes,place,description}'::text[] = '{}'
        AND body ->> 'media_type' IN ('image/jpeg', 'image/png', 'application/pdf')
        AND (body ->> 'bytes')::integer BETWEEN 1 AND 5242880
        AND body ->> 'place' <> '' AND body ->> 'description' <> '', false)),
    ADD CONSTRAINT "evidence is kept once, under its digest"
        CHECK (kind <> 'evidence_kept' OR sequence = 1 AND subject ~ '^[0-9a-f]{64}$');
CREATE INDEX household_event_by_evidence ON ledger.household_event (county_code, evidence)
    WHERE evidence <> '';
