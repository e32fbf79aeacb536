-- Where each household and each subject of a register lies or once lay, so that the database knows
-- what a township may see of the tables that name no village themselves. Kept by the trigger on
-- their events (sql/functions/50_row_security.sql); a row is never taken back: whoever looked after
-- a household may still read what happened to it.
CREATE TABLE register.place (
    county_code text NOT NULL REFERENCES ledger.county,
    subject text NOT NULL, -- as the answers of commands name it: "household:…", "member:…"
    unit_code text NOT NULL,
    PRIMARY KEY (county_code, subject, unit_code),
    CONSTRAINT "a place is a township or a village" CHECK (length(unit_code) IN (9, 12)),
    CONSTRAINT "a place lies in its county" CHECK (left(unit_code, 6) = county_code)
);

-- In the order in which one follows from the other.
INSERT INTO register.place
SELECT DISTINCT county_code, 'household:' || household_number, village_code
FROM ledger.household_event WHERE village_code IS NOT NULL;
INSERT INTO register.place
SELECT DISTINCT f.county_code, f.register || ':' || f.subject, f.village_code
FROM register.fact f WHERE f.village_code IS NOT NULL;
INSERT INTO register.place
SELECT DISTINCT f.county_code, f.register || ':' || f.subject, f.body ->> 'unit'
FROM register.fact f WHERE length(f.body ->> 'unit') IN (9, 12)
ON CONFLICT DO NOTHING;
INSERT INTO register.place
SELECT DISTINCT f.county_code, f.register || ':' || f.subject, p.unit_code
FROM register.fact f
JOIN register.place p ON p.county_code = f.county_code
    AND p.subject IN ('household:' || f.household_number, 'branch:' || (f.body ->> 'branch'),
                      'target:' || (f.body ->> 'target'))
ON CONFLICT DO NOTHING;
INSERT INTO register.place
SELECT DISTINCT e.county_code, 'evidence:' || e.evidence, p.unit_code
FROM ledger.household_event e
JOIN register.place p ON p.county_code = e.county_code
    AND p.subject = 'household:' || e.household_number
WHERE e.evidence <> ''
ON CONFLICT DO NOTHING;

-- The township that whoever entered a command was confined to: the database checks it again.
ALTER TABLE ledger.command_answer ADD COLUMN confined_to text NOT NULL DEFAULT '';
