-- The two doors of the kiosk's role, which reads no table and calls nothing else. Three wrong tries
-- lock a card for half an hour, then twice as long each; ten wrong tries at one terminal within ten
-- minutes, whosever cards they were, close the terminal for five, so that nobody locks out a
-- village. A try is counted before it is judged. The database judges: without the hash of the
-- secret no session is opened, whoever asks.

-- Before anything is hashed: the salt, or for how many seconds nobody may try. A card that nobody
-- has is answered like any other.
CREATE OR REPLACE FUNCTION access.kiosk_challenge(county_code text, terminal_digest bytea,
    card_indexes bytea[],
    OUT is_enrolled boolean, OUT locked_s integer, OUT salt bytea, OUT kind text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    now_at timestamptz := pg_catalog.clock_timestamp();
    card text := pg_catalog.encode(card_indexes[1], 'hex');
    terminal access.terminal;
    tried access.tried;
    counted integer;
BEGIN
    SELECT * INTO terminal FROM access.terminal t
    WHERE t.county_code = kiosk_challenge.county_code AND t.token_digest = terminal_digest
      AND t.ended_at IS NULL;
    is_enrolled := FOUND;
    locked_s := 0;
    IF NOT is_enrolled THEN
        RETURN;
    END IF;
    INSERT INTO access.tried (county_code, kind, key)
    VALUES (kiosk_challenge.county_code, 'terminal', terminal.terminal_code),
           (kiosk_challenge.county_code, 'card', card) ON CONFLICT DO NOTHING;
    SELECT * INTO STRICT tried FROM access.tried t
    WHERE t.county_code = kiosk_challenge.county_code AND t.kind = 'terminal'
      AND t.key = terminal.terminal_code FOR UPDATE;
    IF tried.locked_until > now_at THEN
        locked_s := ceil(extract(epoch FROM tried.locked_until - now_at));
        RETURN;
    END IF;
    counted := 1 + CASE WHEN tried.last_at < now_at - interval '10 minutes' THEN 0
                        ELSE tried.failures END;
    UPDATE access.tried t
    SET failures = CASE WHEN counted >= 10 THEN 0 ELSE counted END, last_at = now_at,
        locked_until = CASE WHEN counted >= 10 THEN now_at + interval '5 minutes' END
    WHERE t.county_code = kiosk_challenge.county_code AND t.kind = 'terminal'
      AND t.key = terminal.terminal_code;
    SELECT * INTO STRICT tried FROM access.tried t
    WHERE t.county_code = kiosk_challenge.county_code AND t.kind = 'card' AND t.key = card
    FOR UPDATE;
    IF tried.locked_until > now_at THEN
        locked_s := ceil(extract(epoch FROM tried.locked_until - now_at));
        RETURN;
    END IF;
    counted := 1 + CASE WHEN tried.last_at < now_at - interval '1 day' THEN 0
                        ELSE tried.failures END;
    UPDATE access.tried t
    SET failures = counted, last_at = now_at, place = terminal.terminal_code, is_awaited = true,
        locked_until = CASE WHEN counted >= 3 THEN now_at
            + interval '30 minutes' * (2 ^ least(counted - 3, 6)) END
    WHERE t.county_code = kiosk_challenge.county_code AND t.kind = 'card' AND t.key = card;
    SELECT s.salt, s.kind INTO salt, kind
    FROM register.personal p
    JOIN access.kiosk_secret s ON s.county_code = p.county_code
        AND s.borrower_number = p.borrower_number
    WHERE p.county_code = kiosk_challenge.county_code AND p.kind = 'resident_id'
      AND p.exact_index = ANY (card_indexes)
    ORDER BY s.version DESC LIMIT 1;
    salt := coalesce(salt, substr(pg_catalog.sha256(card_indexes[1]), 1, 16));
END $$;

-- What a borrower sees of himself.
CREATE OR REPLACE FUNCTION access.kiosk_view(county_code text, borrower_number text)
RETURNS jsonb
LANGUAGE sql STABLE SET search_path = '' AS $$
    SELECT pg_catalog.jsonb_build_object(
        'borrower', b.borrower_number, 'name', b.name,
        'loans', (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
                      'loan', l.loan_number, 'purpose', l.purpose, 'status', l.status,
                      'principal_fen', l.principal_fen, 'outstanding_fen', l.outstanding_fen,
                      'overdue_fen', l.overdue_fen, 'next_due_on', l.next_due_on)
                      ORDER BY l.loan_number), '[]')
                  FROM ledger.loan_line l WHERE l.county_code = b.county_code
                    AND l.borrower_number = b.borrower_number),
        'payments', (SELECT coalesce(pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
                         'loan', e.loan_number, 'paid_on', e.value_on, 'amount_fen', e.amount_fen,
                         'entry', e.entry_number) ORDER BY e.value_on DESC, e.sequence DESC), '[]')
                     FROM ledger.loan o
                     JOIN ledger.loan_event e USING (county_code, loan_number)
                     WHERE o.county_code = b.county_code
                       AND o.borrower_number = b.borrower_number AND e.kind = 'repaid'
                       AND NOT EXISTS (SELECT FROM ledger.loan_event r
                           WHERE r.county_code = e.county_code AND r.loan_number = e.loan_number
                             AND r.target_sequence = e.sequence)))
    FROM register.borrower b
    WHERE b.county_code = kiosk_view.county_code AND b.borrower_number = kiosk_view.borrower_number
$$;

-- 'open' with the hash of the secret, 'read' and 'end' with the session's token: the person who
-- proved himself, or null. A session ends after a minute without a question, after ten minutes in
-- all, and when another begins at its terminal.
CREATE OR REPLACE FUNCTION access.kiosk_person(county_code text, act text, terminal_digest bytea,
    session_digest bytea, card_indexes bytea[], proof bytea, request jsonb)
RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    now_at timestamptz := pg_catalog.clock_timestamp();
    terminal text;
    person text;
    is_right boolean;
BEGIN
    SELECT t.terminal_code INTO terminal FROM access.terminal t
    WHERE t.county_code = kiosk_person.county_code AND t.token_digest = terminal_digest
      AND t.ended_at IS NULL;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    UPDATE access.terminal t SET seen_at = now_at
    WHERE t.county_code = kiosk_person.county_code AND t.terminal_code = terminal;
    UPDATE access.kiosk_session s SET ended_at = now_at
    WHERE s.county_code = kiosk_person.county_code AND s.terminal_code = terminal
      AND s.ended_at IS NULL
      AND (act <> 'read' OR s.seen_at < now_at - interval '1 minute'
           OR s.opened_at < now_at - interval '10 minutes');
    IF act = 'end' THEN
        RETURN '{}';
    ELSIF act = 'read' THEN
        UPDATE access.kiosk_session s SET seen_at = now_at
        WHERE s.county_code = kiosk_person.county_code AND s.terminal_code = terminal
          AND s.session_digest = kiosk_person.session_digest AND s.ended_at IS NULL
        RETURNING s.borrower_number INTO person;
        RETURN access.kiosk_view(kiosk_person.county_code, person);
    END IF;
    -- Each try that was counted is judged once.
    UPDATE access.tried t SET is_awaited = false
    WHERE t.county_code = kiosk_person.county_code AND t.kind = 'card' AND t.is_awaited
      AND t.key = pg_catalog.encode(card_indexes[1], 'hex') AND t.place = terminal
      AND t.last_at > now_at - interval '1 minute';
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT s.borrower_number, s.verifier = pg_catalog.sha256(proof) INTO person, is_right
    FROM register.personal p
    JOIN access.kiosk_secret s ON s.county_code = p.county_code
        AND s.borrower_number = p.borrower_number
    WHERE p.county_code = kiosk_person.county_code AND p.kind = 'resident_id'
      AND p.exact_index = ANY (card_indexes)
    ORDER BY s.version DESC LIMIT 1;
    INSERT INTO access.trail (county_code, actor, event, subject, result, address, request_id)
    VALUES (kiosk_person.county_code, 'terminal ' || terminal,
            CASE WHEN is_right THEN 'kiosk_opened' ELSE 'kiosk_refused' END, coalesce(person, ''),
            CASE WHEN is_right THEN 'done' ELSE 'kiosk_refused' END, request ->> 'address',
            request ->> 'request_id');
    IF is_right IS NOT TRUE THEN
        RETURN NULL;
    END IF;
    UPDATE access.tried t SET failures = 0, locked_until = NULL
    WHERE t.county_code = kiosk_person.county_code AND t.kind = 'card'
      AND t.key = pg_catalog.encode(card_indexes[1], 'hex');
    UPDATE access.tried t SET failures = greatest(t.failures - 1, 0)
    WHERE t.county_code = kiosk_person.county_code AND t.kind = 'terminal' AND t.key = terminal;
    INSERT INTO access.kiosk_session (county_code, session_digest, terminal_code, borrower_number)
    VALUES (kiosk_person.county_code, kiosk_person.session_digest, terminal, person);
    RETURN access.kiosk_view(kiosk_person.county_code, person);
END $$;

-- At the counter: a new secret, which also opens a locked card; false: no such borrower is seen.
CREATE OR REPLACE FUNCTION access.set_kiosk_secret(county_code text, kind text, salt bytea,
    verifier bytea, by jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    PERFORM FROM register.borrower b
    WHERE b.county_code = set_kiosk_secret.county_code AND b.borrower_number = by ->> 'subject'
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO access.kiosk_secret (county_code, borrower_number, version, kind, salt, verifier)
    SELECT set_kiosk_secret.county_code, by ->> 'subject',
           coalesce((SELECT max(s.version) FROM access.kiosk_secret s
                     WHERE s.county_code = set_kiosk_secret.county_code
                       AND s.borrower_number = by ->> 'subject'), 0) + 1,
           set_kiosk_secret.kind, set_kiosk_secret.salt, set_kiosk_secret.verifier;
    UPDATE access.tried t SET failures = 0, locked_until = NULL
    FROM register.personal p
    WHERE t.county_code = set_kiosk_secret.county_code AND t.kind = 'card'
      AND p.county_code = t.county_code AND p.borrower_number = by ->> 'subject'
      AND p.kind = 'resident_id' AND t.key = pg_catalog.encode(p.exact_index, 'hex');
    INSERT INTO access.trail (county_code, actor, event, subject, result, address, request_id,
                              became)
    VALUES (set_kiosk_secret.county_code, by ->> 'actor', 'kiosk_secret_set', by ->> 'subject',
            'done', by ->> 'address', by ->> 'request_id',
            pg_catalog.jsonb_build_object('kind', set_kiosk_secret.kind));
    RETURN true;
END $$;

-- What the counter is told: whose cards are locked, where, until when; cards of nobody are left
-- out.
CREATE OR REPLACE VIEW access.kiosk_lock AS
SELECT t.county_code, p.borrower_number, b.village_code, t.place AS terminal_code,
       t.failures, t.locked_until
FROM access.tried t
JOIN register.personal p ON p.county_code = t.county_code AND p.kind = 'resident_id'
    AND encode(p.exact_index, 'hex') = t.key
JOIN register.borrower b ON b.county_code = p.county_code
    AND b.borrower_number = p.borrower_number
WHERE t.kind = 'card' AND t.locked_until > clock_timestamp();
