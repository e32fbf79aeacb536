-- What waits, or waited, for a second person, with how it stands: waiting, approved (enough have,
-- and it is not in the books yet), booked, refused, withdrawn, sent_back.
CREATE OR REPLACE VIEW ledger.pending_line AS
SELECT p.county_code, p.pending_number, p.idempotency_key,
       encode(p.body_digest, 'hex') AS body_digest, p.command, p.path, p.body, p.subject, p.place,
       p.maker, p.confined_to, p.business_day, p.effect, p.checkers, p.made_at,
       coalesce(s.steps, '[]') AS steps, a.entry_number,
       CASE WHEN a.idempotency_key IS NOT NULL THEN 'booked'
            WHEN s.settled IS NOT NULL THEN s.settled
            WHEN s.approvals >= p.checkers THEN 'approved'
            ELSE 'waiting' END AS status,
       coalesce(s.approvals, 0) AS approvals
FROM ledger.pending p
LEFT JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('outcome', x.outcome, 'actor', x.actor,
               'reason', x.reason, 'effect_now', x.effect_now,
               'stepped_at', to_char(x.stepped_at AT TIME ZONE 'UTC',
                                     'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
               ORDER BY x.step_number) AS steps,
           min(x.outcome) FILTER (WHERE x.outcome <> 'approved') AS settled,
           count(*) FILTER (WHERE x.outcome = 'approved') AS approvals
    FROM ledger.pending_step x
    WHERE x.county_code = p.county_code AND x.pending_number = p.pending_number) s ON true
LEFT JOIN ledger.command_answer a
    ON a.county_code = p.county_code AND a.idempotency_key = p.idempotency_key
   AND a.body_digest = p.body_digest;
