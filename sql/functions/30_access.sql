-- The doors of sign-in. A try is counted before it is judged, so that fifty at once are not fifty
-- guesses; whoever is right is forgiven.

-- Counts a try. Answers until when the key is locked, and then counts nothing; null: go on. The
-- first `free` failures cost nothing; each further one locks twice as long, from half a minute to
-- an hour. A day without a try forgets.
CREATE OR REPLACE FUNCTION access.count_try(county_code text, kind text, key text, free integer)
RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    now_at timestamptz := pg_catalog.clock_timestamp();
    found_row access.tried;
    counted integer;
BEGIN
    INSERT INTO access.tried (county_code, kind, key)
    VALUES (count_try.county_code, count_try.kind, count_try.key) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT found_row FROM access.tried t
    WHERE t.county_code = count_try.county_code AND t.kind = count_try.kind
      AND t.key = count_try.key FOR UPDATE;
    IF found_row.locked_until > now_at THEN
        RETURN found_row.locked_until;
    END IF;
    counted := 1 + CASE WHEN found_row.last_at < now_at - interval '1 day' THEN 0
                        ELSE found_row.failures END;
    UPDATE access.tried t
    SET failures = counted, last_at = now_at,
        locked_until = CASE WHEN counted >= free THEN now_at
            + least(interval '30 seconds' * (2 ^ least(counted - free, 7)), interval '1 hour') END
    WHERE t.county_code = count_try.county_code AND t.kind = count_try.kind
      AND t.key = count_try.key;
    RETURN NULL;
END $$;

-- What becomes of what an administrator asked for; false: it was settled before. Its maker
-- withdraws it, nobody else; another approves or refuses it, never he.
CREATE OR REPLACE FUNCTION access.settle_change(county_code text, change_number bigint,
    outcome text, actor text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    change access.change;
BEGIN
    SELECT * INTO STRICT change FROM access.change c
    WHERE c.county_code = settle_change.county_code
      AND c.change_number = settle_change.change_number;
    IF (outcome = 'withdrawn') <> (actor = change.maker) THEN
        RAISE EXCEPTION '% is not who may have change % %', actor, change.change_number, outcome
            USING ERRCODE = 'LG011';
    END IF;
    IF change.act = 'rules' THEN -- what is judged now is enacted behind the same lock
        PERFORM FROM ledger.county c WHERE c.county_code = settle_change.county_code
        FOR NO KEY UPDATE;
    END IF;
    INSERT INTO access.change_step (county_code, change_number, outcome, actor)
    VALUES (settle_change.county_code, settle_change.change_number, outcome, actor)
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END $$;

-- What the county rules anew: the rows that were approved, and by whom else than their maker is
-- looked up here. All of them, or none.
CREATE OR REPLACE FUNCTION programme.enact(county_code text, change_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    rows jsonb;
    ruled text;
BEGIN
    SELECT c.effect INTO rows
    FROM access.change c
    JOIN access.change_step s ON s.county_code = c.county_code
        AND s.change_number = c.change_number
    WHERE c.county_code = enact.county_code AND c.change_number = enact.change_number
      AND c.act = 'rules' AND s.outcome = 'approved' AND s.actor <> c.maker;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'change % of the rules is not approved', enact.change_number
            USING ERRCODE = 'LG011';
    END IF;
    PERFORM ledger.number_batch(enact.county_code, (SELECT c.last_batch_number + 1
        FROM ledger.county c WHERE c.county_code = enact.county_code FOR NO KEY UPDATE),
        pg_catalog.clock_timestamp(), 0, 0);
    FOREACH ruled IN ARRAY ARRAY['programme_rules', 'class_floor', 'provision_rate',
        'subsidy_scheme', 'subsidy_step', 'holiday', 'leading_rules', 'poverty_line',
        'approval_band', 'retention_rule'] LOOP
        EXECUTE pg_catalog.format('INSERT INTO programme.%1$I SELECT r.* '
            'FROM pg_catalog.jsonb_populate_recordset(pg_catalog.jsonb_populate_record('
            'NULL::programme.%1$I, $1), $2) r', ruled)
        USING pg_catalog.jsonb_build_object('county_code', enact.county_code),
              coalesce(rows -> ruled, '[]');
    END LOOP;
END $$;
