-- A base rate that is published later changes what a repriced loan's coming instalments are,
-- without any event: the closing that recognises it writes anew where the loan stands, under the
-- loan's last event and a revision. The row of a day is, of those of the highest sequence and then
-- revision that has one on or before it, the latest.
ALTER TABLE ledger.loan_standing
    ADD COLUMN revision integer NOT NULL DEFAULT 0, -- 0: by the event itself
    DROP CONSTRAINT loan_standing_pkey,
    ADD PRIMARY KEY (county_code, loan_number, effective_on, sequence, revision),
    ADD CONSTRAINT "revisions of a standing count up" CHECK (revision >= 0);
