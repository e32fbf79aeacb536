-- From which amount on an approval or a payout wants a second checker: the county's to rule, by
-- document and day; without a row one other person confirms. Of the rows of the latest day that has
-- begun, the highest amount that is reached counts.
CREATE TABLE programme.approval_band (
    county_code text NOT NULL REFERENCES ledger.county,
    effective_from date NOT NULL,
    at_least_fen bigint NOT NULL,
    checkers integer NOT NULL,
    document text NOT NULL,
    is_sourced boolean NOT NULL,
    PRIMARY KEY (county_code, effective_from, at_least_fen),
    CONSTRAINT "a band begins at no amount or more" CHECK (at_least_fen >= 0),
    CONSTRAINT "one or two other persons confirm" CHECK (checkers IN (1, 2))
);
