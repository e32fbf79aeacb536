-- The registers beside the households: party branches and members, the poor party members, the
-- county's planned exits, who answers for what by when, and what each village has. One table of
-- dated facts: a subject's facts are numbered in the order of entry, hold from their value date
-- until the next of their kind, and are taken back by a reversal, never overwritten. They count no
-- units, so that no posting and no entry belongs to them. What a kind of fact says is in `body`,
-- whose keys the constraints list.

CREATE TABLE register.fact (
    county_code text NOT NULL REFERENCES ledger.county,
    register text NOT NULL, -- what the subject is
    subject text NOT NULL,
    sequence integer NOT NULL,
    kind text NOT NULL,
    value_on date NOT NULL,
    booked_on date NOT NULL,
    document text NOT NULL,
    reason text NOT NULL,
    target_sequence integer, -- of a reversal: the fact that it takes back
    body jsonb NOT NULL,
    village_code text GENERATED ALWAYS AS (body ->> 'village') STORED,
    household_number text GENERATED ALWAYS AS (body ->> 'household') STORED,
    PRIMARY KEY (county_code, register, subject, sequence),
    CONSTRAINT "a reversal names an earlier fact of the subject"
        FOREIGN KEY (county_code, register, subject, target_sequence) REFERENCES register.fact,
    CONSTRAINT "a fact is reversed once"
        UNIQUE (county_code, register, subject, target_sequence),
    CONSTRAINT "a fact names a known village"
        FOREIGN KEY (county_code, village_code) REFERENCES register.administrative_unit,
    CONSTRAINT "a fact names a known household"
        FOREIGN KEY (county_code, household_number) REFERENCES ledger.household,
    CONSTRAINT "fact sequences count from one"
        CHECK (sequence >= 1 AND target_sequence < sequence),
    CONSTRAINT "a fact is not entered before its value date" CHECK (value_on <= booked_on),
    CONSTRAINT "a fact is of a register that takes its kind" CHECK (CASE kind
        WHEN 'branch_named' THEN register = 'branch'
        WHEN 'member_recorded' THEN register = 'member'
        WHEN 'points_recorded' THEN register = 'member'
        WHEN 'poor_member_listed' THEN register = 'member'
        WHEN 'target_set' THEN register = 'target'
        WHEN 'responsibility_given' THEN register = 'responsibility'
        WHEN 'responsibility_fulfilled' THEN register = 'responsibility'
        WHEN 'village_recorded' THEN register = 'village' AND subject = body ->> 'village'
        WHEN 'reversed' THEN register IN ('branch', 'member', 'target', 'responsibility',
                                          'village')
        ELSE false END),
    CONSTRAINT "a fact's reversal has a target and no other fact has"
        CHECK ((kind = 'reversed') = (target_sequence IS NOT NULL)),
    CONSTRAINT "a reversal of a fact has a reason and says nothing else"
        CHECK (kind <> 'reversed' OR reason <> '' AND body = '{}'),
    CONSTRAINT "a branch has a name and a village" CHECK (kind <> 'branch_named' OR coalesce(
        body - '{name,village}'::text[] = '{}'
        AND body ->> 'name' <> '' AND length(body ->> 'village') = 12, false)),
    CONSTRAINT "a member has a name, a branch, a day of joining and a standing"
        CHECK (kind <> 'member_recorded' OR coalesce(
        body - '{name,branch,joined_on,membership}'::text[] = '{}'
        AND body ->> 'name' <> '' AND body ->> 'branch' <> ''
        AND body ->> 'joined_on' <= to_char(value_on, 'YYYY-MM-DD')
        AND body ->> 'membership' IN ('full', 'probationary', 'left'), false)),
    CONSTRAINT "a member who left did so for a reason"
        CHECK (body ->> 'membership' IS DISTINCT FROM 'left' OR reason <> ''),
    CONSTRAINT "points are a number from zero to a hundred thousand"
        CHECK (kind <> 'points_recorded' OR coalesce(
        body - '{points}'::text[] = '{}' AND jsonb_typeof(body -> 'points') = 'number'
        AND (body ->> 'points')::bigint BETWEEN 0 AND 100000, false)),
    CONSTRAINT "a poor member of a household is on the list or taken off it"
        CHECK (kind <> 'poor_member_listed' OR coalesce(
        body - '{household,is_listed}'::text[] = '{}' AND body ->> 'household' <> ''
        AND jsonb_typeof(body -> 'is_listed') = 'boolean'
        AND (reason <> '' OR (body ->> 'is_listed')::boolean), false)),
    CONSTRAINT "a target counts one of four things in a unit and a year"
        CHECK (kind <> 'target_set' OR coalesce(
        body - '{indicator,unit,year,count}'::text[] = '{}'
        AND body ->> 'indicator' IN ('households', 'member_households', 'persons', 'members')
        AND left(body ->> 'unit', 6) = county_code AND length(body ->> 'unit') IN (6, 9, 12)
        AND (body ->> 'year')::integer BETWEEN 2010 AND 2100
        AND (body ->> 'count')::integer BETWEEN 1 AND 10000000
        AND subject = (body ->> 'indicator') || '.' || (body ->> 'unit') || '.'
                      || (body ->> 'year'), false)),
    CONSTRAINT "a target has the document that sets it"
        CHECK (kind <> 'target_set' OR document <> ''),
    CONSTRAINT "a responsibility names person, task, duty, goal and deadline"
        CHECK (kind <> 'responsibility_given' OR coalesce(
        body - '{household,village,target,person,task,duty,goal,deadline}'::text[] = '{}'
        AND body ->> 'person' <> '' AND body ->> 'task' <> '' AND body ->> 'duty' <> ''
        AND body ->> 'goal' <> '' AND body ->> 'deadline' >= to_char(value_on, 'YYYY-MM-DD'),
        false)),
    CONSTRAINT "somebody answers for one household, village or target"
        CHECK (kind <> 'responsibility_given'
               OR num_nonnulls(body ->> 'household', body ->> 'village', body ->> 'target') = 1),
    CONSTRAINT "what was reached is a text" CHECK (kind <> 'responsibility_fulfilled' OR coalesce(
        body - '{result}'::text[] = '{}' AND jsonb_typeof(body -> 'result') = 'string', false)),
    CONSTRAINT "a village has one of four things or has it not"
        CHECK (kind <> 'village_recorded' OR coalesce(
        body - '{village,aspect,has,amount_fen}'::text[] = '{}'
        AND body ->> 'aspect' IN ('poor_village', 'project_plan', 'share_cooperation',
                                  'collective_income')
        AND jsonb_typeof(body -> 'has') = 'boolean' AND (body ->> 'amount_fen')::bigint >= 0,
        false)),
    CONSTRAINT "only what a village has bears an amount, and an income one"
        CHECK (kind <> 'village_recorded' OR CASE
        WHEN NOT (body ->> 'has')::boolean THEN body ->> 'amount_fen' = '0'
        WHEN body ->> 'aspect' = 'collective_income' THEN body ->> 'amount_fen' <> '0'
        ELSE true END)
);
CREATE INDEX fact_by_branch ON register.fact (county_code, (body ->> 'branch'))
    WHERE kind = 'member_recorded';
CREATE INDEX fact_by_target ON register.fact (county_code, (body ->> 'target'))
    WHERE kind = 'responsibility_given';
