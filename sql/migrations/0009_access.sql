-- Who may work with the books: staff, what proves them, how long it holds, and the trail of all of
-- it. Secrets are kept as digests or hashes, the telephone's secret sealed with a key that lies
-- outside the database. Rows of staff, sessions, tokens and tries change; the trail, which keeps
-- what they were before and after, never does.
CREATE TABLE access.staff (
    county_code text NOT NULL REFERENCES ledger.county,
    user_name text NOT NULL,
    name text NOT NULL,
    roles text[] NOT NULL,
    township_code text NOT NULL, -- empty: the whole county
    is_enabled boolean NOT NULL DEFAULT true,
    password_hash text NOT NULL,
    password_set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    totp_secret bytea, -- sealed; null: none was asked for
    totp_set_up_at timestamptz,
    totp_last_step bigint NOT NULL DEFAULT 0,
    added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, user_name),
    CONSTRAINT "a user name is short and plain" CHECK (user_name ~ '^[a-z][a-z0-9._-]{2,31}$'),
    CONSTRAINT "a role is one of four" CHECK (cardinality(roles) > 0
        AND roles <@ ARRAY['officer', 'checker', 'auditor', 'administrator']),
    CONSTRAINT "an auditor or an administrator has no other role" CHECK (cardinality(roles) = 1
        OR NOT roles && ARRAY['auditor', 'administrator']),
    CONSTRAINT "a township is of its county" CHECK (township_code = ''
        OR township_code ~ '^[0-9]{9}$' AND left(township_code, 6) = county_code),
    CONSTRAINT "a password is kept as its Argon2id hash" CHECK (password_hash ~ '^\$argon2id\$'),
    CONSTRAINT "what is set up has a secret"
        CHECK (totp_set_up_at IS NULL OR totp_secret IS NOT NULL)
);

-- One for each time that the telephone is not at hand.
CREATE TABLE access.recovery_code (
    county_code text NOT NULL,
    user_name text NOT NULL,
    code_digest bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (county_code, user_name, code_digest),
    CONSTRAINT "a recovery code is somebody's"
        FOREIGN KEY (county_code, user_name) REFERENCES access.staff,
    CONSTRAINT "a digest has 32 bytes" CHECK (length(code_digest) = 32)
);

CREATE TABLE access.session (
    county_code text NOT NULL,
    session_number bigint GENERATED ALWAYS AS IDENTITY,
    token_digest bytea NOT NULL,
    user_name text NOT NULL,
    address text NOT NULL,
    agent text NOT NULL,
    has_second_factor boolean NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    proved_at timestamptz NOT NULL DEFAULT clock_timestamp(), -- password or code last given
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (county_code, session_number),
    CONSTRAINT "a token proves one session" UNIQUE (county_code, token_digest),
    CONSTRAINT "a session is somebody's"
        FOREIGN KEY (county_code, user_name) REFERENCES access.staff,
    CONSTRAINT "a token is kept as its digest" CHECK (length(token_digest) = 32)
);
CREATE INDEX session_of_staff ON access.session (county_code, user_name) WHERE ended_at IS NULL;

-- For machines: what a token may is what its owner may, less where its scope is to read.
CREATE TABLE access.token (
    county_code text NOT NULL,
    token_number bigint GENERATED ALWAYS AS IDENTITY,
    token_digest bytea NOT NULL,
    user_name text NOT NULL,
    purpose text NOT NULL,
    scope text NOT NULL,
    has_second_factor boolean NOT NULL, -- of the session that made it
    made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (county_code, token_number),
    CONSTRAINT "a token is one machine's" UNIQUE (county_code, token_digest),
    CONSTRAINT "a token is somebody's"
        FOREIGN KEY (county_code, user_name) REFERENCES access.staff,
    CONSTRAINT "a token is kept as its digest" CHECK (length(token_digest) = 32),
    CONSTRAINT "a scope is read or write" CHECK (scope IN ('read', 'write')),
    CONSTRAINT "a token lasts a year at most"
        CHECK (expires_at > made_at AND expires_at <= made_at + interval '366 days')
);
CREATE INDEX token_of_staff ON access.token (county_code, user_name) WHERE ended_at IS NULL;

-- Tries that failed, or are being judged, by account and by address.
CREATE TABLE access.tried (
    county_code text NOT NULL REFERENCES ledger.county,
    kind text NOT NULL,
    key text NOT NULL,
    failures integer NOT NULL DEFAULT 0,
    last_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    locked_until timestamptz,
    PRIMARY KEY (county_code, kind, key),
    CONSTRAINT "tries are counted by account or address" CHECK (kind IN ('account', 'address')),
    CONSTRAINT "failures count from zero" CHECK (failures >= 0)
);

-- Who did what to whom, from where: append-only.
CREATE TABLE access.trail (
    county_code text NOT NULL REFERENCES ledger.county,
    trail_number bigint GENERATED ALWAYS AS IDENTITY,
    happened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,      -- user name; empty: nobody known
    event text NOT NULL,      -- signed_in, right_missing …
    subject text NOT NULL,    -- whose or what
    result text NOT NULL,     -- done, or the refusal's code
    address text NOT NULL,
    request_id text NOT NULL,
    was jsonb,
    became jsonb,
    PRIMARY KEY (county_code, trail_number)
);
CREATE INDEX trail_of_actor ON access.trail (county_code, actor, trail_number);
CREATE INDEX trail_of_subject ON access.trail (county_code, subject, trail_number);
