-- What an administrator asks for is no longer of users alone: the county's rules are changed in the
-- same way, by two. Beside what was sent stands what it would do: the rows that are added to the
-- rules, or the rights before and after (what was asked earlier has none: NOT VALID). Where that
-- has changed meanwhile it goes back.
DROP FUNCTION IF EXISTS access.settle_user_change(text, bigint, text, text);
ALTER TABLE access.user_change RENAME TO change;
ALTER TABLE access.user_change_step RENAME TO change_step;
ALTER TABLE access.change RENAME COLUMN user_name TO subject;
ALTER TABLE access.change
    ADD COLUMN effect jsonb,
    DROP CONSTRAINT "an act is one of four",
    ADD CONSTRAINT "an act is one of five"
        CHECK (act IN ('add', 'rights', 'password', 'second_factor', 'rules')),
    ADD CONSTRAINT "a change of rules or of rights has its effect"
        CHECK ((act IN ('rules', 'rights')) = (effect IS NOT NULL)) NOT VALID;
ALTER TABLE access.change_step
    DROP CONSTRAINT "a change is approved, refused or withdrawn",
    ADD CONSTRAINT "a change is approved, refused, withdrawn or sent back"
        CHECK (outcome IN ('approved', 'refused', 'withdrawn', 'sent_back'));
