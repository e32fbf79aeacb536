-- Every write of a county's books is one batch with the next number. Whoever writes names the
-- number that he believes to be next: two writers at once collide on it instead of forking the
-- books, and one that kept books in memory knows by it whether anybody else has written since.
ALTER TABLE ledger.county
    ADD COLUMN last_batch_number bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT "batch numbers count from one" CHECK (last_batch_number >= 0);

CREATE TABLE ledger.batch (
    county_code text NOT NULL REFERENCES ledger.county,
    batch_number bigint NOT NULL,
    commands integer NOT NULL, -- 0: the rules changed
    last_entry_number bigint NOT NULL, -- of the county, after it
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (county_code, batch_number),
    CONSTRAINT "a batch has a number" CHECK (batch_number >= 1),
    CONSTRAINT "commands are counted" CHECK (commands >= 0)
);
DROP FUNCTION IF EXISTS ledger.begin_batch(text, text[], text[], text[]);
