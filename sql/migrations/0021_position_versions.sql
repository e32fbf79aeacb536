-- Versions of what a loan holds follow from the batch and the place in it, so that nobody has to
-- look for the last one before he writes the next.
DROP VIEW IF EXISTS ledger.loan_for_engine, ledger.loan_to_close, register.account_closing CASCADE;
ALTER TABLE ledger.loan_position ALTER COLUMN version TYPE bigint;
