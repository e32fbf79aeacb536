-- The database's own "no", whoever asks, the owner and a superuser included. Each refusal travels
-- as a SQLSTATE of class LG; the sentence is for people only:
--   LG001 an entry is balanced in each unit        LG005 entry numbers have no gap
--   LG002 an entry has postings                    LG006 a closed day takes no booking
--   LG003 history is never changed                 LG007 county state only moves forward
--   LG004 a posting joins only its own transaction LG008 an account matches its line of the chart
--   LG009 there are no books of this county        LG010 what is recorded is dated in order
--   LG011 nobody confirms what he recorded himself
--   LG012 who is confined to a township records nothing outside of it
--   LG013 the key file is the one that the county's data was sealed with
--   LG014 batch numbers have no gap
-- (That a fund is never overdrawn is a check constraint of account_balance: 23514.)

CREATE OR REPLACE FUNCTION ledger.refuse_change() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION '% of %.% is refused: history is never changed',
        tg_op, tg_table_schema, tg_table_name USING ERRCODE = 'LG003';
END $$;

-- Numbers follow the county's last one without a gap, days are open, time runs forward. The county
-- row is taken for the rest of the transaction, so that numbers cannot interleave: whatever number
-- is not above the county's last one is an entry's, and a transaction's own follow each other.
CREATE OR REPLACE FUNCTION ledger.entries_join_the_journal() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    new_of record;
    county ledger.county;
BEGIN
    FOR new_of IN
        SELECT n.county_code, min(n.entry_number) AS first, max(n.entry_number) AS last,
               count(*) AS entries, min(n.booked_on) AS earliest,
               min(n.recorded_at) AS recorded_at,
               bool_and(n.recorded_xid = pg_catalog.pg_current_xact_id()) AS is_ours
        FROM new_entry n GROUP BY n.county_code ORDER BY n.county_code
    LOOP
        UPDATE ledger.county c
        SET last_entry_number = new_of.last, last_recorded_at = new_of.recorded_at
        WHERE c.county_code = new_of.county_code
          AND new_of.first = c.last_entry_number + 1
          AND new_of.last = c.last_entry_number + new_of.entries
          AND coalesce(new_of.earliest > c.closed_through, true)
          AND new_of.recorded_at >= c.last_recorded_at AND new_of.is_ours;
        CONTINUE WHEN FOUND;

        SELECT * INTO STRICT county FROM ledger.county c WHERE c.county_code = new_of.county_code;
        IF new_of.first <> county.last_entry_number + 1
           OR new_of.last <> county.last_entry_number + new_of.entries THEN
            RAISE EXCEPTION 'entry numbers % to % do not follow %',
                new_of.first, new_of.last, county.last_entry_number USING ERRCODE = 'LG005';
        END IF;
        IF new_of.earliest <= county.closed_through THEN
            RAISE EXCEPTION 'the day % is closed (through %)',
                new_of.earliest, county.closed_through USING ERRCODE = 'LG006';
        END IF;
        RAISE EXCEPTION 'entries % to % are not recorded in order and by this transaction',
            new_of.first, new_of.last USING ERRCODE = 'LG010';
    END LOOP;
    RETURN NULL;
END $$;

-- All postings of an entry arrive in one statement of the transaction that wrote the entry, are
-- balanced in each unit and move the balance cache. What lies between two entries of a transaction
-- is its own, so the first and the last are asked; one that row security hides is not ours either.
CREATE OR REPLACE FUNCTION ledger.postings_join_their_entry() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    ours xid8 := pg_catalog.pg_current_xact_id();
    new_of record;
    unmoved bigint;
BEGIN
    FOR new_of IN
        SELECT n.*,
               (SELECT e.recorded_xid = ours FROM ledger.journal_entry e
                WHERE e.county_code = n.county_code AND e.entry_number = n.first)
               AND (SELECT e.recorded_xid = ours FROM ledger.journal_entry e
                    WHERE e.county_code = n.county_code AND e.entry_number = n.last) AS is_ours
        FROM (SELECT e.county_code, min(e.entry_number) AS first, max(e.entry_number) AS last,
                     min(e.entry_number) FILTER (WHERE e.excess <> 0) AS unbalanced
              FROM (SELECT x.county_code, x.entry_number, x.unit,
                           sum(CASE x.side WHEN 'debit' THEN 1 ELSE -1 END * x.minor_units)
                               AS excess
                    FROM new_posting x GROUP BY x.county_code, x.entry_number, x.unit) e
              GROUP BY e.county_code) n
    LOOP
        IF new_of.is_ours IS NOT TRUE THEN
            RAISE EXCEPTION 'entry % or % of county % is complete: no posting joins it later',
                new_of.first, new_of.last, new_of.county_code USING ERRCODE = 'LG004';
        END IF;
        IF new_of.unbalanced IS NOT NULL THEN
            RAISE EXCEPTION 'entry % of county % is not balanced',
                new_of.unbalanced, new_of.county_code USING ERRCODE = 'LG001';
        END IF;
    END LOOP;

    -- By whole keys. What was held is read and replaced: nobody else moves balances meanwhile.
    -- (Adding on conflict would have the first row, of what moved alone, judged as overdrawn.)
    WITH moved AS MATERIALIZED (
        SELECT n.county_code, n.account_number, n.unit,
               coalesce(sum(n.minor_units) FILTER (WHERE n.side = 'debit'), 0)::bigint AS debits,
               coalesce(sum(n.minor_units) FILTER (WHERE n.side = 'credit'), 0)::bigint AS credits,
               max(n.entry_number) AS last_entry_number
        FROM new_posting n GROUP BY n.county_code, n.account_number, n.unit),
    done AS (
        INSERT INTO ledger.account_balance AS b
            (county_code, account_number, unit, is_never_overdrawn, normal_side, debits, credits,
             last_entry_number)
        SELECT m.county_code, m.account_number, m.unit,
               coalesce(held.is_never_overdrawn, line.is_never_overdrawn),
               coalesce(held.normal_side, line.normal_side), coalesce(held.debits, 0) + m.debits,
               coalesce(held.credits, 0) + m.credits, m.last_entry_number
        FROM moved m
        LEFT JOIN LATERAL (SELECT x.debits, x.credits, x.is_never_overdrawn, x.normal_side
                           FROM ledger.account_balance x
                           WHERE x.county_code = m.county_code
                             AND x.account_number = m.account_number AND x.unit = m.unit
                           OFFSET 0) held ON true
        -- Only of an account that moves for the first time.
        LEFT JOIN LATERAL (SELECT l.is_never_overdrawn, l.normal_side
                           FROM ledger.account a
                           JOIN programme.chart_line l USING (county_code, code)
                           WHERE held.normal_side IS NULL AND a.county_code = m.county_code
                             AND a.account_number = m.account_number OFFSET 0) line ON true
        WHERE coalesce(held.normal_side, line.normal_side) IS NOT NULL
        ON CONFLICT (county_code, account_number, unit) DO UPDATE
        SET debits = excluded.debits, credits = excluded.credits,
            last_entry_number = excluded.last_entry_number
        RETURNING b.account_number)
    SELECT (SELECT count(*) FROM moved) - (SELECT count(*) FROM done) INTO unmoved;
    IF unmoved > 0 THEN -- a balance is an account's: what is not there has none
        RAISE EXCEPTION '% postings name an account that is not there', unmoved
            USING ERRCODE = '23503';
    END IF;
    RETURN NULL;
END $$;

-- At commit: the entries by which the county went on have postings, whatever happened in between.
-- Those were balanced when they came, and in each unit that takes two. (No entry joins the journal
-- without the county going on.)
CREATE OR REPLACE FUNCTION ledger.entries_are_whole() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' SET enable_seqscan = off
    SET plan_cache_mode = force_generic_plan AS $$ -- else it is planned at each commit
DECLARE
    empty_entry bigint;
BEGIN
    SELECT number INTO empty_entry
    FROM pg_catalog.generate_series(old.last_entry_number + 1, new.last_entry_number) AS number
    WHERE (SELECT true FROM ledger.posting p WHERE p.county_code = new.county_code
           AND p.entry_number = number LIMIT 1) IS NULL LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % of county % has no postings',
            empty_entry, new.county_code USING ERRCODE = 'LG002';
    END IF;
    RETURN NULL;
END $$;

-- What new rows name is there. Loans and events are looked up by their whole key, whatever the
-- statistics say. Entries need no look-up each: there is none missing up to the county's last one.
CREATE OR REPLACE FUNCTION ledger.refuse_unknown(county_code text, what text) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    RAISE EXCEPTION 'there is no % in county %', what, county_code USING ERRCODE = '23503';
END $$;

CREATE OR REPLACE FUNCTION ledger.loan_rows_name_what_is_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM ledger.refuse_unknown(n.county_code, coalesce(
        'loan ' || n.unknown_loan, 'entry between ' || n.first || ' and ' || n.last))
    FROM (SELECT r.county_code, min(r.entry_number) AS first, max(r.entry_number) AS last,
                 min(r.loan_number) FILTER (WHERE (
                     SELECT true FROM ledger.loan l WHERE l.county_code = r.county_code
                     AND l.loan_number = r.loan_number) IS NULL) AS unknown_loan
          FROM new_row r GROUP BY r.county_code) n
    WHERE n.unknown_loan IS NOT NULL
       OR (SELECT n.first >= 1 AND n.last <= c.last_entry_number
           FROM ledger.county c WHERE c.county_code = n.county_code) IS FALSE;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger.standings_follow_from_events() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM ledger.refuse_unknown(n.county_code,
                                  'event ' || n.sequence || ' of loan ' || n.loan_number)
    FROM new_row n WHERE (SELECT true FROM ledger.loan_event e
                          WHERE e.county_code = n.county_code AND e.loan_number = n.loan_number
                            AND e.sequence = n.sequence) IS NULL LIMIT 1;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger.answers_name_what_is_there() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    PERFORM ledger.refuse_unknown(n.county_code, coalesce(
        'entry between ' || n.first || ' and ' || n.last, 'book'))
    FROM (SELECT r.county_code, min(r.entry_number) AS first, max(r.entry_number) AS last
          FROM new_row r GROUP BY r.county_code) n
    WHERE (SELECT coalesce(n.first >= 1 AND n.last <= c.last_entry_number, true)
           FROM ledger.county c WHERE c.county_code = n.county_code) IS NOT TRUE;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger.county_moves_forward() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF new.county_code <> old.county_code
       OR (old.opened_on IS NOT NULL AND new.opened_on IS DISTINCT FROM old.opened_on)
       OR (old.closed_through IS NOT NULL
           AND (new.closed_through IS NULL OR new.closed_through < old.closed_through))
       OR new.last_entry_number < old.last_entry_number
       OR new.last_account_number < old.last_account_number
       OR new.last_batch_number NOT IN (old.last_batch_number, old.last_batch_number + 1)
       OR new.last_recorded_at < old.last_recorded_at THEN
        RAISE EXCEPTION 'the books of county % only move forward', old.county_code
            USING ERRCODE = 'LG007';
    END IF;
    RETURN new;
END $$;

-- An account carries the key of what its line of the chart hangs under, any other account none.
CREATE OR REPLACE FUNCTION ledger.accounts_match_the_chart() RETURNS trigger
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    wrong record;
BEGIN
    SELECT n.county_code, n.code, n.subkey INTO wrong
    FROM new_account n JOIN programme.chart_line c USING (county_code, code)
    WHERE NOT CASE c.subledger
        WHEN 'none' THEN n.subkey = ''
        WHEN 'loan' THEN EXISTS (SELECT FROM ledger.loan l
            WHERE l.county_code = n.county_code AND l.loan_number = n.subkey)
        WHEN 'fund' THEN EXISTS (SELECT FROM ledger.fund f
            WHERE f.county_code = n.county_code AND f.fund_code = n.subkey)
        WHEN 'village' THEN EXISTS (SELECT FROM register.administrative_unit u
            WHERE u.county_code = n.county_code AND u.code = n.subkey AND length(u.code) = 12)
        ELSE EXISTS (SELECT FROM register.borrower b
            WHERE b.county_code = n.county_code AND b.borrower_number = n.subkey) END
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'account % / "%" does not match its line of the chart',
            wrong.code, wrong.subkey USING ERRCODE = 'LG008';
    END IF;
    RETURN NULL;
END $$;

-- --- put the guards in place
DO $$
DECLARE
    guarded text;
BEGIN
    FOREACH guarded IN ARRAY ARRAY[
        'register.administrative_unit', 'programme.chart_line', 'programme.programme_rules',
        'programme.base_rate', 'programme.class_floor', 'programme.provision_rate',
        'programme.subsidy_scheme', 'programme.subsidy_step', 'programme.holiday',
        'register.borrower', 'ledger.fund', 'ledger.loan', 'ledger.journal_entry',
        'ledger.account', 'ledger.posting', 'ledger.loan_event', 'ledger.loan_position',
        'ledger.loan_standing', 'ledger.command_answer', 'programme.leading_rules',
        'programme.poverty_line', 'ledger.household', 'ledger.household_event',
        'ledger.checkpoint', 'ledger.day_turnover', 'ledger.month_balance',
        'ledger.batch', 'ledger.pending', 'ledger.pending_step', 'programme.approval_band',
        'ledger.household_standing', 'register.fact', 'register.place', 'register.sealing_key',
        'register.retired_key', 'access.trail', 'access.change', 'access.change_step',
        'programme.retention_rule'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS "a row is never changed" ON %s', guarded);
        EXECUTE format('DROP TRIGGER IF EXISTS "a table is never changed" ON %s', guarded);
        EXECUTE format('CREATE TRIGGER "a row is never changed" BEFORE UPDATE OR DELETE ON %s '
            'FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change()', guarded);
        EXECUTE format('CREATE TRIGGER "a table is never changed" '
            'BEFORE UPDATE OR DELETE OR TRUNCATE ON %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', guarded);
    END LOOP;
    FOREACH guarded IN ARRAY ARRAY['ledger.county', 'ledger.account_balance',
        'access.staff', 'access.recovery_code', 'access.session', 'access.token',
        'access.terminal', 'access.kiosk_session'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS "a table is never emptied" ON %s', guarded);
        EXECUTE format('CREATE TRIGGER "a table is never emptied" BEFORE DELETE OR TRUNCATE ON %s '
            'FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change()', guarded);
    END LOOP;
END $$;

DROP TRIGGER IF EXISTS "entries join the journal" ON ledger.journal_entry;
CREATE TRIGGER "entries join the journal" AFTER INSERT ON ledger.journal_entry
    REFERENCING NEW TABLE AS new_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.entries_join_the_journal();

DROP TRIGGER IF EXISTS "postings join their entry" ON ledger.posting;
CREATE TRIGGER "postings join their entry" AFTER INSERT ON ledger.posting
    REFERENCING NEW TABLE AS new_posting
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.postings_join_their_entry();

DROP TRIGGER IF EXISTS "new entries are whole" ON ledger.county;
CREATE CONSTRAINT TRIGGER "new entries are whole" AFTER UPDATE ON ledger.county
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (new.last_entry_number > old.last_entry_number)
    EXECUTE FUNCTION ledger.entries_are_whole();

DO $$
DECLARE
    named record;
BEGIN
    FOR named IN SELECT * FROM (VALUES
        ('ledger.loan_event', 'ledger.loan_rows_name_what_is_there'),
        ('ledger.loan_position', 'ledger.loan_rows_name_what_is_there'),
        ('ledger.loan_standing', 'ledger.standings_follow_from_events'),
        ('ledger.command_answer', 'ledger.answers_name_what_is_there')) AS t(name, guard) LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS "what rows name is there" ON %s', named.name);
        EXECUTE format('CREATE TRIGGER "what rows name is there" AFTER INSERT ON %s '
            'REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION %s()',
            named.name, named.guard);
    END LOOP;
END $$;

DROP TRIGGER IF EXISTS "a county moves forward" ON ledger.county;
CREATE TRIGGER "a county moves forward" BEFORE UPDATE ON ledger.county
    FOR EACH ROW EXECUTE FUNCTION ledger.county_moves_forward();

DROP TRIGGER IF EXISTS "accounts match the chart" ON ledger.account;
CREATE TRIGGER "accounts match the chart" AFTER INSERT ON ledger.account
    REFERENCING NEW TABLE AS new_account
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.accounts_match_the_chart();
