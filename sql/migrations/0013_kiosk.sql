-- The kiosk: terminals with a credential of their own, what borrowers prove themselves with, and
-- who is at which terminal now. A borrower's secret is kept as a digest of its Argon2id hash under
-- a salt of its own, made with a pepper that lies outside the database; versions, the last counts.
CREATE TABLE access.terminal (
    county_code text NOT NULL REFERENCES ledger.county,
    terminal_code text NOT NULL,
    name text NOT NULL,
    token_digest bytea NOT NULL,
    enrolled_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (county_code, terminal_code),
    CONSTRAINT "a token proves one terminal" UNIQUE (county_code, token_digest),
    CONSTRAINT "a terminal's code is short and plain"
        CHECK (terminal_code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$'),
    CONSTRAINT "a token is kept as its digest" CHECK (length(token_digest) = 32)
);

CREATE TABLE access.kiosk_secret (
    county_code text NOT NULL,
    borrower_number text NOT NULL,
    version integer NOT NULL,
    kind text NOT NULL,
    salt bytea NOT NULL,
    verifier bytea NOT NULL,
    set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (county_code, borrower_number, version),
    CONSTRAINT "a secret is a registered borrower's"
        FOREIGN KEY (county_code, borrower_number) REFERENCES register.borrower,
    CONSTRAINT "versions count from one" CHECK (version >= 1),
    CONSTRAINT "a secret is digits or pictures" CHECK (kind IN ('pin', 'pictures')),
    CONSTRAINT "a salt has 16 bytes" CHECK (length(salt) = 16),
    CONSTRAINT "a verifier has 32 bytes" CHECK (length(verifier) = 32)
);

CREATE TABLE access.kiosk_session (
    county_code text NOT NULL,
    session_number bigint GENERATED ALWAYS AS IDENTITY,
    session_digest bytea NOT NULL,
    terminal_code text NOT NULL,
    borrower_number text NOT NULL,
    opened_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (county_code, session_number),
    CONSTRAINT "a token proves one session of a kiosk" UNIQUE (county_code, session_digest),
    CONSTRAINT "a session is at an enrolled terminal"
        FOREIGN KEY (county_code, terminal_code) REFERENCES access.terminal,
    CONSTRAINT "a session of a kiosk is a registered borrower's"
        FOREIGN KEY (county_code, borrower_number) REFERENCES register.borrower,
    CONSTRAINT "a token is kept as its digest" CHECK (length(session_digest) = 32)
);
CREATE UNIQUE INDEX "one person at a terminal" ON access.kiosk_session (county_code, terminal_code)
    WHERE ended_at IS NULL;

-- Tries of a card are counted under a keyed index of its number, never under the number.
ALTER TABLE access.tried
    DROP CONSTRAINT "tries are counted by account or address",
    ADD CONSTRAINT "tries are counted by account, address, card or terminal"
        CHECK (kind IN ('account', 'address', 'card', 'terminal')),
    ADD COLUMN place text NOT NULL DEFAULT '', -- of a card: the terminal where it was tried last
    ADD COLUMN is_awaited boolean NOT NULL DEFAULT false; -- of a card: counted, and not judged yet

-- A password that an administrator made is changed before anything else, and soon good for nothing.
ALTER TABLE access.staff ADD COLUMN password_is_initial boolean NOT NULL DEFAULT false;
