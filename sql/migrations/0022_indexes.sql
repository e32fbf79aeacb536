-- Indexes that no statement of the service looks anything up in (tests/http/large_book_test). A
-- search for a borrower tries several ways at once and so reads the register; the head of a
-- village's code and a field of a fact's body are functions that row security lets no index see; a
-- foreign key to rows that are never deleted needs none; only the doctor asks when an event of a
-- household was booked, of all of them.
DROP INDEX register.borrower_by_initials;
DROP INDEX register.borrower_by_village;
DROP INDEX register.personal_by_key;
DROP INDEX register.fact_by_branch;
DROP INDEX register.fact_by_target;
DROP INDEX ledger.loan_by_village;
DROP INDEX ledger.household_event_by_loan;
DROP INDEX ledger.household_event_by_booking;
