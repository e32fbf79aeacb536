-- What an administrator asks for is no longer of users alone: the county's rules are changed in the
-- same way, by two. Of a change of the rules the rows that it adds are kept beside what was sent.
DROP FUNCTION IF EXISTS access.settle_user_change(text, bigint, text, text);
ALTER TABLE access.user_change RENAME TO change;
ALTER TABLE access.user_change_step RENAME TO change_step;
ALTER TABLE access.change RENAME COLUMN user_name TO subject;
ALTER TABLE access.change
    ADD COLUMN effect jsonb,
    DROP CONSTRAINT "an act is one of four",
    ADD CONSTRAINT "an act is one of five"
        CHECK (act IN ('add', 'rights', 'password', 'second_factor', 'rules')),
    ADD CONSTRAINT "a change of the rules has its rows"
        CHECK ((act = 'rules') = (effect IS NOT NULL));
