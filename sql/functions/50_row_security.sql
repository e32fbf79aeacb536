-- Who sees which rows. A transaction names the one administrative unit it works for, a county
-- (six digits) or a township (nine), in the setting daifu.sight; what it has not named it does not
-- see, and a setting that is not there is no unit. It holds for everybody but a superuser, for the
-- owner of the tables and so for its views and functions too (FORCE). What the service asks before
-- every route is asked here again, by another program in another place.

-- Where a household has lived, and what hangs on it lies there too: persons, tasks, files.
CREATE OR REPLACE FUNCTION register.places_follow_events() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM new_event) THEN
        RETURN NULL; -- most batches have none
    END IF;
    INSERT INTO register.place
    SELECT DISTINCT e.county_code, s.subject, e.village_code
    FROM new_event e
    CROSS JOIN LATERAL (
        SELECT 'household:' || e.household_number AS subject
        UNION ALL
        SELECT f.register || ':' || f.subject FROM register.fact f
        WHERE f.county_code = e.county_code AND f.household_number = e.household_number) s
    WHERE e.village_code IS NOT NULL
    ON CONFLICT DO NOTHING;
    INSERT INTO register.place
    SELECT DISTINCT e.county_code, 'evidence:' || e.evidence, p.unit_code
    FROM new_event e
    JOIN register.place p ON p.county_code = e.county_code
        AND p.subject = 'household:' || e.household_number
    WHERE e.evidence <> ''
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

-- A fact's village or unit, its household's, its branch's, its target's; and who belongs to a
-- branch moves with it.
CREATE OR REPLACE FUNCTION register.places_follow_facts() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM new_fact) THEN
        RETURN NULL;
    END IF;
    INSERT INTO register.place
    SELECT DISTINCT f.county_code, s.subject, f.unit_code
    FROM (SELECT n.*, coalesce(n.village_code, n.body ->> 'unit') AS unit_code FROM new_fact n) f
    CROSS JOIN LATERAL (
        SELECT f.register || ':' || f.subject AS subject
        UNION ALL
        SELECT 'member:' || m.subject FROM register.fact m
        WHERE f.kind = 'branch_named' AND m.county_code = f.county_code
          AND m.kind = 'member_recorded' AND m.body ->> 'branch' = f.subject) s
    WHERE length(f.unit_code) IN (9, 12)
    ON CONFLICT DO NOTHING;
    INSERT INTO register.place
    SELECT DISTINCT f.county_code, f.register || ':' || f.subject, p.unit_code
    FROM new_fact f
    JOIN register.place p ON p.county_code = f.county_code
        AND p.subject IN ('household:' || f.household_number, 'branch:' || (f.body ->> 'branch'),
                          'target:' || (f.body ->> 'target'))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS "places follow events" ON ledger.household_event;
CREATE TRIGGER "places follow events" AFTER INSERT ON ledger.household_event
    REFERENCING NEW TABLE AS new_event
    FOR EACH STATEMENT EXECUTE FUNCTION register.places_follow_events();
DROP TRIGGER IF EXISTS "places follow facts" ON register.fact;
CREATE TRIGGER "places follow facts" AFTER INSERT ON register.fact
    REFERENCING NEW TABLE AS new_fact
    FOR EACH STATEMENT EXECUTE FUNCTION register.places_follow_facts();

-- Every command has one answer, which says who was confined where and what it was about.
CREATE OR REPLACE FUNCTION ledger.answers_stay_in_their_township() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    wrong record;
BEGIN
    IF NOT EXISTS (SELECT FROM new_answer n WHERE n.confined_to <> '') THEN
        RETURN NULL; -- most work for the whole county
    END IF;
    SELECT n.command, n.confined_to INTO wrong
    FROM new_answer n
    WHERE n.confined_to <> ''
      AND NOT CASE
        WHEN n.command = 'register_borrower' THEN EXISTS (SELECT FROM register.borrower b
            WHERE b.county_code = n.county_code AND b.borrower_number = n.subject
              AND left(b.village_code, 9) = n.confined_to)
        WHEN strpos(n.subject, ':') > 0 THEN EXISTS (SELECT FROM register.place p
            WHERE p.county_code = n.county_code AND p.subject = n.subject
              AND left(p.unit_code, 9) = n.confined_to)
        -- A loan may be named like a fund.
        ELSE n.command NOT IN ('open_fund', 'pay_into_fund', 'pay_into_risk_fund')
            AND EXISTS (SELECT FROM ledger.loan l
            WHERE l.county_code = n.county_code AND l.loan_number = n.subject
              AND left(l.village_code, 9) = n.confined_to) END
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'what % did lies outside of %', wrong.command, wrong.confined_to
            USING ERRCODE = 'LG012';
    END IF;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS "answers stay in their township" ON ledger.command_answer;
CREATE TRIGGER "answers stay in their township" AFTER INSERT ON ledger.command_answer
    REFERENCING NEW TABLE AS new_answer
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.answers_stay_in_their_township();

-- What a township sees of the tables that name no village. Run as the owner, who sees no more than
-- the transaction's unit either. Cheap to the planner, because whoever works for the whole county,
-- and that is nearly everybody, never comes to call them.
CREATE OR REPLACE FUNCTION ledger.sees_loan(county_code text, loan_number text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ledger.loan l WHERE l.county_code = sees_loan.county_code
                   AND l.loan_number = sees_loan.loan_number);
END $$;
CREATE OR REPLACE FUNCTION register.sees_borrower(county_code text, borrower_number text)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM register.borrower b
                   WHERE b.county_code = sees_borrower.county_code
                     AND b.borrower_number = sees_borrower.borrower_number);
END $$;
CREATE OR REPLACE FUNCTION register.sees_subject(county_code text, subject text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM register.place p WHERE p.county_code = sees_subject.county_code
                   AND p.subject = sees_subject.subject);
END $$;
CREATE OR REPLACE FUNCTION ledger.sees_entry(county_code text, entry_number bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ledger.journal_entry e
                   WHERE e.county_code = sees_entry.county_code
                     AND e.entry_number = sees_entry.entry_number);
END $$;
CREATE OR REPLACE FUNCTION ledger.sees_account(county_code text, account_number bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ledger.account a
                   WHERE a.county_code = sees_account.county_code
                     AND a.account_number = sees_account.account_number);
END $$;
-- Of what a loan or a borrower has an account of his own, only his; the rest is the county's.
CREATE OR REPLACE FUNCTION ledger.sees_line(county_code text, code text, subkey text)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM programme.chart_line c WHERE c.county_code = sees_line.county_code
                   AND c.code = sees_line.code AND CASE c.subledger
                       WHEN 'loan' THEN ledger.sees_loan(sees_line.county_code, sees_line.subkey)
                       ELSE c.subledger <> 'borrower' END);
END $$;
CREATE OR REPLACE FUNCTION ledger.sees_pending(county_code text, pending_number bigint)
RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1 SET search_path = '' AS $$
BEGIN
    RETURN EXISTS (SELECT FROM ledger.pending p WHERE p.county_code = sees_pending.county_code
                   AND p.pending_number = sees_pending.pending_number);
END $$;

-- Every table of a county's rows; that a county has books at all is no secret. "Not null" instead
-- of "true": of that the planner believes that it holds of nearly all rows, as it does. Every query
-- names its county itself and finds its rows by the key. The setting is read in a query of its own,
-- once a statement and not once a row: of a batch of 500 a sixth of its time.
DO $$
DECLARE
    shut record;
BEGIN
    FOR shut IN SELECT c.oid::regclass AS name FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
                WHERE n.nspname IN ('ledger', 'register', 'programme', 'access')
                  AND c.relkind IN ('r', 'p') AND a.attname = 'county_code'
                  AND c.oid <> 'ledger.county'::regclass LOOP
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY',
                       shut.name);
        EXECUTE format('DROP POLICY IF EXISTS "a county is seen alone" ON %s', shut.name);
        EXECUTE format('CREATE POLICY "a county is seen alone" ON %s USING (nullif(county_code = '
            '(SELECT left(current_setting(''daifu.sight'', true), 6)), false) IS NOT NULL)',
            shut.name);
    END LOOP;
END $$;

DO $$
DECLARE
    shut record;
BEGIN
    FOR shut IN SELECT * FROM (VALUES
        ('register.borrower', 'left(village_code, 9) = current_setting(''daifu.sight'', true)'),
        ('ledger.loan', 'left(village_code, 9) = current_setting(''daifu.sight'', true)'),
        ('register.place', 'left(unit_code, 9) = current_setting(''daifu.sight'', true)'),
        ('register.personal', 'register.sees_borrower(county_code, borrower_number)'),
        ('ledger.loan_event', 'ledger.sees_loan(county_code, loan_number)'),
        ('ledger.loan_standing', 'ledger.sees_loan(county_code, loan_number)'),
        ('ledger.loan_position', 'ledger.sees_loan(county_code, loan_number)'),
        ('ledger.household',
         'register.sees_subject(county_code, ''household:'' || household_number)'),
        ('ledger.household_event',
         'register.sees_subject(county_code, ''household:'' || household_number)'),
        ('ledger.household_standing',
         'register.sees_subject(county_code, ''household:'' || household_number)'),
        ('register.fact', 'register.sees_subject(county_code, register || '':'' || subject)'),
        ('ledger.journal_entry', 'cause NOT IN (''fund_payment'', ''risk_fund_payment'')
            AND ledger.sees_loan(county_code, subject)
            OR register.sees_subject(county_code, subject)'),
        ('ledger.posting', 'ledger.sees_entry(county_code, entry_number)'),
        ('ledger.account', 'ledger.sees_line(county_code, code, subkey)'),
        ('ledger.account_balance', 'ledger.sees_account(county_code, account_number)'),
        ('ledger.checkpoint', 'false'), -- sums are the county's
        ('ledger.day_turnover', 'false'), ('ledger.month_balance', 'false'),
        ('ledger.command_answer', 'command NOT IN (''open_fund'', ''pay_into_fund'',
                ''pay_into_risk_fund'') AND ledger.sees_loan(county_code, subject)
            OR register.sees_subject(county_code, subject)'),
        ('ledger.pending', 'left(place, 9) = current_setting(''daifu.sight'', true)'),
        ('ledger.pending_step', 'ledger.sees_pending(county_code, pending_number)'))
        AS t(name, seen) LOOP
        EXECUTE format('DROP POLICY IF EXISTS "a township is seen alone" ON %s', shut.name);
        EXECUTE format('CREATE POLICY "a township is seen alone" ON %s AS RESTRICTIVE FOR SELECT '
            'USING (nullif((SELECT length(current_setting(''daifu.sight'', true)) = 6) OR %s, '
            'false) IS NOT NULL)', shut.name, shut.seen);
    END LOOP;
END $$;
