-- What is personal of a borrower, sealed with a key that lies outside the database: resident id,
-- telephone, bank account, each in versions of which the last counts. The whole value leaves by one
-- door only, which writes the read log (sql/functions/60_personal.sql); a second seal holds what
-- may be shown of it. Indexes are keyed digests: the database alone tells nothing by them.
-- The column resident_id goes when its values are sealed, which takes the key: store/migrate.
DROP VIEW IF EXISTS register.borrower_card, register.borrowers;
ALTER TABLE register.borrower
    DROP CONSTRAINT "a resident id registers once", ALTER COLUMN resident_id DROP NOT NULL;

CREATE TABLE register.personal (
    county_code text NOT NULL REFERENCES ledger.county,
    borrower_number text NOT NULL,
    kind text NOT NULL,
    version integer NOT NULL,
    sealed bytea NOT NULL,
    sealed_mask bytea NOT NULL,
    key_number integer NOT NULL,
    exact_index bytea NOT NULL, -- of the whole
    tail_index bytea NOT NULL,  -- of its last four characters
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, borrower_number, kind, version),
    CONSTRAINT "what is personal is a registered borrower's"
        FOREIGN KEY (county_code, borrower_number) REFERENCES register.borrower,
    CONSTRAINT "what is personal is one of three"
        CHECK (kind IN ('resident_id', 'phone', 'bank_account')),
    CONSTRAINT "versions count from one" CHECK (version >= 1),
    CONSTRAINT "an index has 32 bytes" CHECK (length(exact_index) = 32 AND length(tail_index) = 32),
    CONSTRAINT "what is sealed names its key" CHECK (key_number >= 1
        AND substr(sealed, 1, 4) = int4send(key_number)
        AND substr(sealed_mask, 1, 4) = int4send(key_number))
);
CREATE UNIQUE INDEX "a resident id registers once" ON register.personal (county_code, exact_index)
    WHERE kind = 'resident_id';
CREATE INDEX personal_by_exact ON register.personal (county_code, exact_index);
CREATE INDEX personal_by_tail ON register.personal (county_code, tail_index);
CREATE INDEX personal_by_key ON register.personal (county_code, key_number);

-- Under which keys the county's data was sealed: with another key of the same number nothing is
-- written, so that two programs with two key files cannot spoil each other's rows.
CREATE TABLE register.sealing_key (
    county_code text NOT NULL REFERENCES ledger.county,
    key_number integer NOT NULL,
    fingerprint bytea NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, key_number),
    CONSTRAINT "a fingerprint has 32 bytes" CHECK (length(fingerprint) = 32)
);

-- Keys that were destroyed: whoever still has one writes nothing with it.
CREATE TABLE register.retired_key (
    county_code text NOT NULL REFERENCES ledger.county,
    key_number integer NOT NULL,
    retired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, key_number)
);

-- How a name begins in pinyin, letter by letter: 李国华 is lgh.
ALTER TABLE register.borrower ADD COLUMN name_initials text NOT NULL DEFAULT '';
CREATE INDEX borrower_by_initials
    ON register.borrower (county_code, name_initials text_pattern_ops);
