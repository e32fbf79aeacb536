-- What every row of a batch was asked alone is asked of the batch as a whole (functions/10): that
-- entries, accounts, loans and events are there which the new rows name, and that every new entry
-- has postings and is balanced. What is named is never changed nor deleted, so the question of the
-- moment of writing is the whole of it. A key asked seventeen times a repayment.
DROP TRIGGER IF EXISTS "an entry is whole" ON ledger.journal_entry;
DROP FUNCTION IF EXISTS ledger.entry_is_whole();
ALTER TABLE ledger.journal_entry DROP CONSTRAINT journal_entry_county_code_fkey;
ALTER TABLE ledger.posting
    DROP CONSTRAINT "a posting belongs to an entry",
    DROP CONSTRAINT "a posting names an account";
ALTER TABLE ledger.loan_event
    DROP CONSTRAINT "an event happens to a loan",
    DROP CONSTRAINT "an event's entry is in the journal";
ALTER TABLE ledger.loan_position
    DROP CONSTRAINT "a position is of a loan",
    DROP CONSTRAINT "a position's entry is in the journal";
ALTER TABLE ledger.loan_standing DROP CONSTRAINT "a standing follows from an event";
ALTER TABLE ledger.command_answer
    DROP CONSTRAINT command_answer_county_code_fkey,
    DROP CONSTRAINT "an answer's entry is in the journal";
DROP INDEX ledger.event_by_booking; -- loan_event_by_booking is the same
