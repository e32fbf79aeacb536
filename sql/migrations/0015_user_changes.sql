-- What one administrator wants changed of a user, which a second one has to confirm: the whole
-- change as it was sent, and what became of it.
CREATE TABLE access.user_change (
    county_code text NOT NULL REFERENCES ledger.county,
    change_number bigint GENERATED ALWAYS AS IDENTITY,
    act text NOT NULL,
    user_name text NOT NULL,
    body jsonb NOT NULL,
    maker text NOT NULL,
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, change_number),
    CONSTRAINT "an act is one of four"
        CHECK (act IN ('add', 'rights', 'password', 'second_factor')),
    CONSTRAINT "a maker has a name" CHECK (maker <> '')
);

CREATE TABLE access.user_change_step (
    county_code text NOT NULL,
    change_number bigint NOT NULL,
    outcome text NOT NULL,
    actor text NOT NULL,
    stepped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, change_number),
    CONSTRAINT "a step is of a change"
        FOREIGN KEY (county_code, change_number) REFERENCES access.user_change,
    CONSTRAINT "a change is approved, refused or withdrawn"
        CHECK (outcome IN ('approved', 'refused', 'withdrawn'))
);
