-- A machine confirms only where its token was made to: whoever has one that records and no more
-- approves nothing with it.
ALTER TABLE access.token
    DROP CONSTRAINT "a scope is read or write",
    ADD CONSTRAINT "a scope is to read, to write or to confirm"
        CHECK (scope IN ('read', 'write', 'confirm'));
