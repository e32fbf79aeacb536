-- What one person recorded and a second has to confirm before it is booked: the whole command as it
-- was sent, what it would have booked then, and each step of what came of it. Append-only; whether
-- it is booked is told by the answer of its key.
CREATE TABLE ledger.pending (
    county_code text NOT NULL REFERENCES ledger.county,
    pending_number bigint GENERATED ALWAYS AS IDENTITY,
    idempotency_key text NOT NULL,
    body_digest bytea NOT NULL,
    command text NOT NULL,
    path jsonb NOT NULL,
    body jsonb NOT NULL,
    subject text NOT NULL,
    place text NOT NULL, -- the village where it takes effect; empty: the county
    maker text NOT NULL,
    confined_to text NOT NULL, -- the maker's township; empty: none
    business_day date NOT NULL,
    effect jsonb NOT NULL,
    checkers integer NOT NULL DEFAULT 1, -- how many other persons
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, pending_number),
    CONSTRAINT "a key waits once" UNIQUE (county_code, idempotency_key),
    CONSTRAINT "a digest has 32 bytes" CHECK (length(body_digest) = 32),
    CONSTRAINT "a maker has a name" CHECK (maker <> ''),
    CONSTRAINT "at least one other person confirms" CHECK (checkers BETWEEN 1 AND 2)
);
CREATE INDEX pending_of_maker ON ledger.pending (county_code, maker, pending_number);

CREATE TABLE ledger.pending_step (
    county_code text NOT NULL,
    pending_number bigint NOT NULL,
    step_number integer NOT NULL,
    outcome text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    effect_now jsonb, -- of one that is sent back: what it would book by now
    stepped_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, pending_number, step_number),
    CONSTRAINT "a step is of something that waits"
        FOREIGN KEY (county_code, pending_number) REFERENCES ledger.pending,
    CONSTRAINT "nobody confirms twice" UNIQUE (county_code, pending_number, actor, outcome),
    CONSTRAINT "a step is one of four"
        CHECK (outcome IN ('approved', 'refused', 'withdrawn', 'sent_back')),
    CONSTRAINT "a refusal says why" CHECK (outcome <> 'refused' OR reason <> '')
);
