-- Every function names its county first, without exception (sql/functions/10 makes this one anew):
-- where a county's books lie on another machine, its first argument says on which.
DROP FUNCTION IF EXISTS ledger.refuse_unknown(text, text);
