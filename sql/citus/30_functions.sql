-- Every function of ours takes its county first and is run on the node where that county lies, in
-- one round trip: the write path's, so that a batch is written where its rows are and in that
-- node's transaction (an entry carries its number, see recorded_xid), and the reports'. The
-- functions of triggers are there as well, without an argument to go by.
SELECT create_distributed_function(p.oid::regprocedure, p.proargnames[1],
                                   colocate_with => 'ledger.county')
FROM pg_catalog.pg_proc p
WHERE p.pronamespace IN ('ledger'::regnamespace, 'register'::regnamespace,
                         'programme'::regnamespace, 'access'::regnamespace)
  AND p.prorettype <> 'trigger'::regtype
ORDER BY p.oid::regprocedure::text;

SELECT create_distributed_function(p.oid::regprocedure)
FROM pg_catalog.pg_proc p
WHERE p.pronamespace IN ('ledger'::regnamespace, 'register'::regnamespace,
                         'programme'::regnamespace, 'access'::regnamespace)
  AND p.prorettype = 'trigger'::regtype
ORDER BY p.oid::regprocedure::text;
