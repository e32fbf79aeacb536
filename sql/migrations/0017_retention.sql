-- How long something personal is kept after its borrower's account closed, by law and day; without
-- a row it is kept.
CREATE TABLE programme.retention_rule (
    county_code text NOT NULL REFERENCES ledger.county,
    effective_from date NOT NULL,
    what text NOT NULL,
    months integer NOT NULL,
    counted_from text NOT NULL,
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    PRIMARY KEY (county_code, effective_from, what),
    CONSTRAINT "what is kept is one of four"
        CHECK (what IN ('kiosk_secret', 'phone', 'bank_account', 'resident_id')),
    CONSTRAINT "months are not negative" CHECK (months >= 0),
    CONSTRAINT "time begins with the closing or with the end of its year"
        CHECK (counted_from IN ('closing', 'year_end')),
    CONSTRAINT "a rule names its law" CHECK (document <> '')
);

-- These two are erased when their time is over, and never before: functions/60 puts the guard.
DROP TRIGGER IF EXISTS "a row is never changed" ON access.kiosk_secret;
DROP TRIGGER IF EXISTS "a table is never changed" ON access.kiosk_secret;
DROP TRIGGER IF EXISTS "a table is never emptied" ON register.personal;
