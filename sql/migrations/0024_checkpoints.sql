-- Balance checkpoints: what the journal adds up to, so that nobody who asks for a day of the past,
-- or for what was known then, adds it up from the beginning. A checkpoint sums the entries since
-- the one before it, a row a day; each month that is over gets its balances. A sum is of the
-- entries up to a number and so never changes: what is booked late is a row of a later checkpoint.
-- Rows are of lines of the chart and of funds. An account of a loan needs none: it is as short as
-- the loan.
CREATE TABLE ledger.checkpoint (
    county_code text NOT NULL REFERENCES ledger.county,
    checkpoint_number integer NOT NULL,
    last_entry_number bigint NOT NULL, -- it knows the entries up to this one
    last_booked_on date NOT NULL, -- of these; the months that end by then have balances
    recorded_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (county_code, checkpoint_number),
    CONSTRAINT "a checkpoint knows entries that none before it knew"
        UNIQUE (county_code, last_entry_number),
    CONSTRAINT "checkpoints count from one" CHECK (checkpoint_number >= 1)
);

-- What a checkpoint found that was new, by value date and booking day.
CREATE TABLE ledger.day_turnover (
    county_code text NOT NULL,
    checkpoint_number integer NOT NULL,
    value_on date NOT NULL,
    booked_on date NOT NULL,
    code text NOT NULL,
    fund_code text NOT NULL, -- empty: no fund's line
    unit text NOT NULL,
    debits bigint NOT NULL,
    credits bigint NOT NULL,
    postings bigint NOT NULL,
    accounts bigint NOT NULL, -- that had no posting in the unit before
    is_late boolean NOT NULL, -- its month had its balances already
    PRIMARY KEY (county_code, value_on, checkpoint_number, booked_on, code, fund_code, unit),
    CONSTRAINT "turnover is found by a checkpoint"
        FOREIGN KEY (county_code, checkpoint_number) REFERENCES ledger.checkpoint,
    CONSTRAINT "turnover is on a line of the chart"
        FOREIGN KEY (county_code, code) REFERENCES programme.chart_line,
    CONSTRAINT "turnover is not negative" CHECK (debits >= 0 AND credits >= 0),
    CONSTRAINT "turnover has postings" CHECK (postings >= 1 AND accounts BETWEEN 0 AND postings),
    CONSTRAINT "a value date is not after the booking date" CHECK (value_on <= booked_on)
);
CREATE INDEX turnover_by_booking ON ledger.day_turnover (county_code, booked_on);
CREATE INDEX late_turnover ON ledger.day_turnover (county_code, checkpoint_number, value_on)
    WHERE is_late;

-- What lines held when a month was over, by value date or booking day, as a checkpoint knew it.
CREATE TABLE ledger.month_balance (
    county_code text NOT NULL,
    axis text NOT NULL,
    through date NOT NULL,
    code text NOT NULL,
    fund_code text NOT NULL,
    unit text NOT NULL,
    checkpoint_number integer NOT NULL,
    debits bigint NOT NULL,
    credits bigint NOT NULL,
    postings bigint NOT NULL,
    accounts bigint NOT NULL,
    PRIMARY KEY (county_code, axis, through, code, fund_code, unit),
    CONSTRAINT "a balance is found by a checkpoint"
        FOREIGN KEY (county_code, checkpoint_number) REFERENCES ledger.checkpoint,
    CONSTRAINT "an axis is the value date or the booking day"
        CHECK (axis IN ('value_on', 'booked_on')),
    CONSTRAINT "a month is over on its last day" CHECK (extract(day FROM through + 1) = 1),
    CONSTRAINT "turnover is not negative" CHECK (debits >= 0 AND credits >= 0)
);
DROP FUNCTION IF EXISTS ledger.trial_balance(text, date);
