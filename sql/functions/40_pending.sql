-- The doors of what waits for a second person. The maker is never the checker, whoever asks: LG011.

-- Its number; null: the key waits already.
CREATE OR REPLACE FUNCTION ledger.submit_pending(county_code text, pending jsonb) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    INSERT INTO ledger.pending (county_code, idempotency_key, body_digest, command, path, body,
        subject, place, maker, confined_to, business_day, effect, checkers)
    SELECT submit_pending.county_code, r.idempotency_key, pg_catalog.decode(r.body_digest, 'hex'),
           r.command, r.path, r.body, r.subject, r.place, r.maker, r.confined_to, r.business_day,
           r.effect,
           coalesce((SELECT b.checkers FROM programme.approval_band b
                     WHERE b.county_code = submit_pending.county_code
                       AND b.at_least_fen <= r.amount_fen
                       AND b.effective_from = (
                           SELECT max(x.effective_from) FROM programme.approval_band x
                           WHERE x.county_code = submit_pending.county_code
                             AND x.effective_from <= r.business_day)
                     ORDER BY b.at_least_fen DESC LIMIT 1), 1)
    FROM pg_catalog.jsonb_to_record(pending) AS r(idempotency_key text, body_digest text,
        command text, path jsonb, body jsonb, subject text, place text, maker text,
        confined_to text, business_day date, effect jsonb, amount_fen bigint)
    ON CONFLICT DO NOTHING RETURNING pending_number
$$;

-- How many have approved by now, this step with it; null: it was settled before.
CREATE OR REPLACE FUNCTION ledger.step_pending(county_code text, pending_number bigint,
    outcome text, actor text, reason text, effect_now jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    waiting ledger.pending;
    steps integer;
    approvals integer;
    is_settled boolean;
BEGIN
    SELECT * INTO STRICT waiting FROM ledger.pending p
    WHERE p.county_code = step_pending.county_code
      AND p.pending_number = step_pending.pending_number FOR UPDATE;
    IF (outcome = 'withdrawn') <> (actor = waiting.maker) AND outcome <> 'sent_back' THEN
        RAISE EXCEPTION '% is not who may have pending % %', actor, waiting.pending_number, outcome
            USING ERRCODE = 'LG011';
    END IF;
    SELECT count(*), count(*) FILTER (WHERE s.outcome = 'approved'),
           coalesce(bool_or(s.outcome <> 'approved'), false)
               OR EXISTS (SELECT FROM ledger.command_answer a
                          WHERE a.county_code = step_pending.county_code
                            AND a.idempotency_key = waiting.idempotency_key
                            AND a.body_digest = waiting.body_digest)
               -- nobody confirms it twice
               OR coalesce(bool_or(s.actor = step_pending.actor
                                   AND s.outcome = step_pending.outcome), false)
    INTO steps, approvals, is_settled
    FROM ledger.pending_step s
    WHERE s.county_code = step_pending.county_code
      AND s.pending_number = step_pending.pending_number;
    IF is_settled OR (approvals >= waiting.checkers AND outcome = 'approved') THEN
        RETURN NULL;
    END IF;
    INSERT INTO ledger.pending_step (county_code, pending_number, step_number, outcome, actor,
                                     reason, effect_now)
    VALUES (step_pending.county_code, step_pending.pending_number, steps + 1, outcome, actor,
            reason, effect_now);
    RETURN approvals + CASE outcome WHEN 'approved' THEN 1 ELSE 0 END;
END $$;
