-- What must exist before the first migration: the six group roles, the schemas and the record of
-- what was applied. Idempotent; run by the connecting login before it takes the owner role, so a
-- login that may not create roles needs them created beforehand (and granted to it) by somebody
-- who may. Creates no table of the books.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['daifu_owner', 'daifu_app', 'daifu_reader', 'daifu_auditor',
                                'daifu_access', 'daifu_kiosk'] LOOP
        IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = wanted) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', wanted);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- another database of this cluster is being set up at the same moment
            END;
        END IF;
        IF NOT pg_catalog.pg_has_role(current_user, wanted, 'MEMBER') THEN
            EXECUTE format('GRANT %I TO CURRENT_USER', wanted);
        END IF;
    END LOOP;
    IF NOT pg_catalog.has_database_privilege('daifu_owner', current_database(), 'CREATE') THEN
        EXECUTE format('GRANT CREATE ON DATABASE %I TO daifu_owner', current_database());
    END IF;
    BEGIN
        REVOKE ALL ON SCHEMA public FROM PUBLIC;
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE NOTICE 'schema public stays as it is: it belongs to somebody else';
    END;
END $$;

SET ROLE daifu_owner;
CREATE SCHEMA IF NOT EXISTS ledger;
CREATE SCHEMA IF NOT EXISTS register;
CREATE SCHEMA IF NOT EXISTS programme;
CREATE SCHEMA IF NOT EXISTS access;
-- Deployment's own record, of the database and not of a county.
CREATE TABLE IF NOT EXISTS ledger.migration (
    file text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
