-- The doors of what is personal.

-- What is sealed may be sealed again with a newer key, and nothing else of it changes; it goes when
-- the rules of retention say that its time is over.
CREATE OR REPLACE FUNCTION register.personal_is_only_resealed() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF tg_op = 'UPDATE' AND new.key_number > old.key_number
       AND (new.county_code, new.borrower_number, new.kind, new.version, new.recorded_at)
         = (old.county_code, old.borrower_number, old.kind, old.version, old.recorded_at) THEN
        RETURN new;
    END IF;
    IF tg_op = 'DELETE' AND register.is_due(old.county_code, old.borrower_number, old.kind) THEN
        RETURN old;
    END IF;
    RAISE EXCEPTION '% of %.% is refused: history is never changed',
        tg_op, tg_table_schema, tg_table_name USING ERRCODE = 'LG003';
END $$;

DROP TRIGGER IF EXISTS "a row is only sealed again" ON register.personal;
CREATE TRIGGER "a row is only sealed again" BEFORE UPDATE OR DELETE ON register.personal
    FOR EACH ROW EXECUTE FUNCTION register.personal_is_only_resealed();

CREATE OR REPLACE FUNCTION register.secret_is_only_erased() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF tg_op = 'DELETE'
       AND register.is_due(old.county_code, old.borrower_number, 'kiosk_secret') THEN
        RETURN old;
    END IF;
    RAISE EXCEPTION '% of %.% is refused: history is never changed',
        tg_op, tg_table_schema, tg_table_name USING ERRCODE = 'LG003';
END $$;

DROP TRIGGER IF EXISTS "a row is only erased" ON access.kiosk_secret;
CREATE TRIGGER "a row is only erased" BEFORE UPDATE OR DELETE ON access.kiosk_secret
    FOR EACH ROW EXECUTE FUNCTION register.secret_is_only_erased();
DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY['register.personal', 'access.kiosk_secret'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS "a table is never emptied" ON %s', guarded);
        EXECUTE format('CREATE TRIGGER "a table is never emptied" BEFORE TRUNCATE ON %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', guarded);
    END LOOP;
END $$;

-- Whether the time of something personal is over today. Late bound: what is due is a view's.
CREATE OR REPLACE FUNCTION register.is_due(county_code text, borrower_number text, what text)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM register.retention_due d
                   WHERE d.county_code = is_due.county_code
                     AND d.borrower_number = is_due.borrower_number AND d.what = is_due.what);
END $$;

-- Erases the next values whose time is over, each with its record of the trail: whose, what, by
-- which law. How many.
CREATE OR REPLACE FUNCTION register.erase_due(county_code text, most integer, by jsonb)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    due record;
    erased integer := 0;
BEGIN
    FOR due IN SELECT d.* FROM register.retention_due d
               WHERE d.county_code = erase_due.county_code
               ORDER BY d.borrower_number, d.what LIMIT most LOOP
        IF due.what = 'kiosk_secret' THEN
            DELETE FROM access.kiosk_secret s WHERE s.county_code = erase_due.county_code
                AND s.borrower_number = due.borrower_number;
        ELSE
            DELETE FROM register.personal p WHERE p.county_code = erase_due.county_code
                AND p.borrower_number = due.borrower_number AND p.kind = due.what;
        END IF;
        INSERT INTO access.trail (county_code, actor, event, subject, result, address, request_id,
                                  became)
        VALUES (erase_due.county_code, by ->> 'actor', 'personal_erased', due.borrower_number,
                'done', by ->> 'address', by ->> 'request_id',
                pg_catalog.jsonb_build_object('what', due.what, 'closed_on', due.closed_on,
                                              'document', due.document));
        erased := erased + 1;
    END LOOP;
    RETURN erased;
END $$;

CREATE OR REPLACE FUNCTION register.check_key(county_code text, key jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    number integer := (key ->> 'number')::integer;
    mark bytea := pg_catalog.decode(key ->> 'fingerprint', 'hex');
    known bytea;
BEGIN
    -- In the order of the write path: the county first.
    PERFORM FROM ledger.county c WHERE c.county_code = check_key.county_code FOR KEY SHARE;
    INSERT INTO register.sealing_key (county_code, key_number, fingerprint)
    SELECT check_key.county_code, number, mark
    WHERE NOT EXISTS (SELECT FROM register.sealing_key k
                      WHERE k.county_code = check_key.county_code AND k.key_number >= number)
    ON CONFLICT DO NOTHING;
    SELECT k.fingerprint INTO known FROM register.sealing_key k
    WHERE k.county_code = check_key.county_code AND k.key_number = number;
    IF known IS DISTINCT FROM mark
       OR EXISTS (SELECT FROM register.retired_key k
                  WHERE k.county_code = check_key.county_code AND k.key_number = number) THEN
        RAISE EXCEPTION 'key % of the key file is not the one that county % was sealed with',
            number, check_key.county_code USING ERRCODE = 'LG013';
    END IF;
END $$;

-- Rows as append_batch and record_contact have them; a version that is left out follows the last.
CREATE OR REPLACE FUNCTION register.append_personal(county_code text, rows jsonb, key jsonb)
RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF coalesce(pg_catalog.jsonb_array_length(rows), 0) = 0 THEN
        RETURN;
    END IF;
    PERFORM register.check_key(append_personal.county_code, key);
    INSERT INTO register.personal (county_code, borrower_number, kind, version, sealed, sealed_mask,
                                   key_number, exact_index, tail_index)
    SELECT append_personal.county_code, r.borrower_number, r.kind,
           coalesce((SELECT max(p.version) FROM register.personal p
                     WHERE p.county_code = append_personal.county_code
                       AND p.borrower_number = r.borrower_number AND p.kind = r.kind), 0) + 1,
           pg_catalog.decode(r.sealed, 'hex'), pg_catalog.decode(r.sealed_mask, 'hex'),
           r.key_number, pg_catalog.decode(r.exact_index, 'hex'),
           pg_catalog.decode(r.tail_index, 'hex')
    FROM pg_catalog.jsonb_to_recordset(rows)
        AS r(borrower_number text, kind text, key_number integer, sealed text, sealed_mask text,
             exact_index text, tail_index text);
END $$;

-- A new telephone or bank account, with its record of the trail; false: no such borrower is seen.
CREATE OR REPLACE FUNCTION register.record_contact(county_code text, rows jsonb, key jsonb,
                                                   by jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM FROM register.borrower b
    WHERE b.county_code = record_contact.county_code AND b.borrower_number = by ->> 'subject'
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    PERFORM register.append_personal(record_contact.county_code, rows, key);
    INSERT INTO access.trail (county_code, actor, event, subject, result, address, request_id,
                              became)
    SELECT record_contact.county_code, by ->> 'actor', 'contact_recorded', by ->> 'subject', 'done',
           by ->> 'address', by ->> 'request_id',
           pg_catalog.jsonb_build_object('kinds', (SELECT pg_catalog.jsonb_agg(r -> 'kind')
                                                   FROM pg_catalog.jsonb_array_elements(rows) r));
    RETURN true;
END $$;

-- The one door to a whole value: who opens it is in the read log before he has it. Null: there is
-- none, or its borrower is not seen.
CREATE OR REPLACE FUNCTION register.reveal(county_code text, kind text, by jsonb) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    opened bytea;
BEGIN
    IF coalesce(by ->> 'purpose', '') = '' OR coalesce(by ->> 'actor', '') = '' THEN
        RAISE EXCEPTION 'a reading of personal data has a reader and a purpose'
            USING ERRCODE = 'LG003';
    END IF;
    SELECT p.sealed INTO opened FROM register.personal p
    WHERE p.county_code = reveal.county_code AND p.borrower_number = by ->> 'subject'
      AND p.kind = reveal.kind
    ORDER BY p.version DESC LIMIT 1;
    IF FOUND THEN
        INSERT INTO access.trail (county_code, actor, event, subject, result, address, request_id,
                                  became)
        VALUES (reveal.county_code, by ->> 'actor', 'personal_read', by ->> 'subject', 'done',
                by ->> 'address', by ->> 'request_id',
                pg_catalog.jsonb_build_object('what', reveal.kind, 'purpose', by -> 'purpose'));
    END IF;
    RETURN opened;
END $$;

-- The next rows that an older key sealed, for whoever turns the keys; read to be sealed again only.
CREATE OR REPLACE FUNCTION register.sealed_before(county_code text, key_number integer,
                                                  most integer)
RETURNS TABLE (borrower_number text, kind text, version integer, sealed bytea, sealed_mask bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT p.borrower_number, p.kind, p.version, p.sealed, p.sealed_mask
    FROM register.personal p
    WHERE p.county_code = sealed_before.county_code AND p.key_number < sealed_before.key_number
    ORDER BY p.borrower_number, p.kind, p.version LIMIT most
$$;
-- How many it changed: who was faster with a row is not overwritten.
CREATE OR REPLACE FUNCTION register.reseal(county_code text, rows jsonb, key jsonb)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    changed integer;
BEGIN
    PERFORM register.check_key(reseal.county_code, key);
    UPDATE register.personal p
    SET sealed = pg_catalog.decode(r.sealed, 'hex'),
        sealed_mask = pg_catalog.decode(r.sealed_mask, 'hex'),
        key_number = r.key_number,
        exact_index = pg_catalog.decode(r.exact_index, 'hex'),
        tail_index = pg_catalog.decode(r.tail_index, 'hex')
    FROM pg_catalog.jsonb_to_recordset(rows)
        AS r(borrower_number text, kind text, version integer, key_number integer, sealed text,
             sealed_mask text, exact_index text, tail_index text)
    WHERE p.county_code = reseal.county_code AND p.borrower_number = r.borrower_number
      AND p.kind = r.kind AND p.version = r.version
      AND p.key_number < r.key_number;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN changed;
END $$;

-- Of everything that an older key sealed, nothing is left: from now on they seal nothing.
CREATE OR REPLACE FUNCTION register.retire_keys(county_code text, key_number integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM FROM register.personal p
    WHERE p.county_code = retire_keys.county_code AND p.key_number < retire_keys.key_number;
    IF FOUND THEN
        RAISE EXCEPTION 'an older key still seals something of county %', retire_keys.county_code
            USING ERRCODE = 'LG013';
    END IF;
    INSERT INTO register.retired_key (county_code, key_number)
    SELECT k.county_code, k.key_number FROM register.sealing_key k
    WHERE k.county_code = retire_keys.county_code AND k.key_number < retire_keys.key_number
      AND NOT EXISTS (SELECT FROM register.retired_key r
                      WHERE r.county_code = k.county_code AND r.key_number = k.key_number);
END $$;

-- Who looked for somebody by a whole number leaves a record too: tried often enough, a search tells
-- what a mask hides.
CREATE OR REPLACE FUNCTION register.note_search(county_code text, by jsonb) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    INSERT INTO access.trail (county_code, actor, event, subject, result, address, request_id)
    VALUES (note_search.county_code, by ->> 'actor', 'personal_searched', by ->> 'subject', 'done',
            by ->> 'address', by ->> 'request_id')
$$;
