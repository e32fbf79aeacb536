-- The only two doors through which the application writes: begin_batch locks the county, behind
-- which all its writers stand in line, and says where the books stand; append_batch inserts what a
-- batch decided, set-based, and nothing else. Both run as the
-- owner with an empty search_path. Neither decides anything: the guards on the tables refuse what
-- must not be.
-- A connection plans once and for all, perhaps while the books are small. So that no batch ever
-- reads a table from end to end, what is there already is looked up key by key (a scalar
-- subquery, or LATERAL with OFFSET 0), and append_batch forbids sequential scans.

CREATE OR REPLACE FUNCTION ledger.begin_batch(county_code text,
    OUT opened_on date, OUT closed_through date, OUT last_entry_number bigint,
    OUT digest_algorithm text, OUT recorded_at timestamptz, OUT last_batch_number bigint)
LANGUAGE sql SECURITY DEFINER SET search_path = '' AS $$
    -- No row: there are no books of this county.
    SELECT c.opened_on, c.closed_through, c.last_entry_number, c.digest_algorithm,
           greatest(pg_catalog.clock_timestamp(), c.last_recorded_at), c.last_batch_number
    FROM ledger.county c WHERE c.county_code = begin_batch.county_code FOR NO KEY UPDATE
$$;

-- Facts that postings and events refer to.
CREATE OR REPLACE FUNCTION ledger.append_facts(county_code text, batch jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    of_batch jsonb := pg_catalog.jsonb_build_object('county_code', append_facts.county_code);
BEGIN
    INSERT INTO register.borrower (county_code, borrower_number, name, household_number,
                                   village_code, party_branch, registered_on, name_initials)
    SELECT append_facts.county_code, r.* FROM pg_catalog.jsonb_to_recordset(batch -> 'borrowers')
        AS r(borrower_number text, name text, household_number text, village_code text,
             party_branch text, registered_on date, name_initials text);
    PERFORM register.append_personal(append_facts.county_code, batch -> 'personal',
                                     batch -> 'key');

    INSERT INTO ledger.fund
    SELECT append_facts.county_code, r.* FROM pg_catalog.jsonb_to_recordset(batch -> 'funds')
        AS r(fund_code text, name text, document text, opened_on date);

    INSERT INTO ledger.loan
    SELECT r.* FROM pg_catalog.jsonb_populate_recordset(
        pg_catalog.jsonb_populate_record(NULL::ledger.loan, of_batch), batch -> 'loans') r;

    INSERT INTO ledger.household
    SELECT append_facts.county_code, r.number
    FROM pg_catalog.jsonb_array_elements_text(batch -> 'households') AS r(number)
    ON CONFLICT DO NOTHING; -- registered again after its registration was reversed
END $$;

-- Accounts seen for the first time get the next numbers, in order of first appearance.
CREATE OR REPLACE FUNCTION ledger.append_accounts(county_code text, batch jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    added bigint;
BEGIN
    INSERT INTO ledger.account (county_code, account_number, code, subkey)
    SELECT append_accounts.county_code,
           c.last_account_number + row_number() OVER (ORDER BY n.seen), n.code, n.subkey
    FROM (SELECT r.account_code AS code, r.subkey, min(r.entry_number * 64 + r.line) AS seen
          FROM pg_catalog.jsonb_to_recordset(batch -> 'postings')
              AS r(entry_number bigint, line integer, account_code text, subkey text)
          GROUP BY r.account_code, r.subkey) n
    JOIN ledger.county c ON c.county_code = append_accounts.county_code
    WHERE (SELECT true FROM ledger.account a WHERE a.county_code = append_accounts.county_code
           AND a.code = n.code AND a.subkey = n.subkey) IS NULL;
    GET DIAGNOSTICS added = ROW_COUNT;
    IF added > 0 THEN
        UPDATE ledger.county c SET last_account_number = c.last_account_number + added
        WHERE c.county_code = append_accounts.county_code;
    END IF;
END $$;

CREATE OR REPLACE FUNCTION ledger.append_journal(county_code text, batch jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    now_at timestamptz := (batch ->> 'recorded_at')::timestamptz;
BEGIN
    INSERT INTO ledger.journal_entry
        (county_code, entry_number, cause, value_on, booked_on, recorded_at, actor,
         idempotency_key, subject, event_sequence, narrative, format_version, digest_algorithm,
         digest)
    SELECT append_journal.county_code, r.entry_number, r.cause, r.value_on, r.booked_on,
           now_at, r.actor, r.idempotency_key, r.subject, r.event_sequence,
           r.narrative, r.format_version, r.digest_algorithm, pg_catalog.decode(r.digest, 'hex')
    FROM pg_catalog.jsonb_to_recordset(batch -> 'entries')
        AS r(entry_number bigint, cause text, value_on date, booked_on date, actor text,
             idempotency_key text, subject text, event_sequence integer, narrative text,
             format_version smallint, digest_algorithm text, digest text);

    PERFORM ledger.append_accounts(append_journal.county_code, batch);

    -- The balance after each posting: what the account had, and the running sum of this batch. Each
    -- account is looked up once a batch, however many postings it has.
    WITH posted AS MATERIALIZED (
        SELECT r.* FROM pg_catalog.jsonb_to_recordset(batch -> 'postings')
            AS r(entry_number bigint, line smallint, account_code text, subkey text, side text,
                 unit text, minor_units bigint)),
    held AS MATERIALIZED (
        SELECT p.account_code, p.subkey, p.unit, a.account_number,
               coalesce(b.debits - b.credits, 0) AS balance
        FROM (SELECT DISTINCT x.account_code, x.subkey, x.unit FROM posted x) p
        CROSS JOIN LATERAL (SELECT x.account_number FROM ledger.account x
                            WHERE x.county_code = append_journal.county_code
                              AND x.code = p.account_code AND x.subkey = p.subkey OFFSET 0) a
        LEFT JOIN LATERAL (SELECT x.debits, x.credits FROM ledger.account_balance x
                           WHERE x.county_code = append_journal.county_code
                             AND x.account_number = a.account_number AND x.unit = p.unit
                           OFFSET 0) b ON true)
    INSERT INTO ledger.posting
        (county_code, entry_number, line, account_number, side, unit, minor_units, balance_after)
    SELECT append_journal.county_code, p.entry_number, p.line, h.account_number, p.side, p.unit,
           p.minor_units,
           h.balance + sum(CASE p.side WHEN 'debit' THEN p.minor_units ELSE -p.minor_units END)
               OVER (PARTITION BY h.account_number, p.unit ORDER BY p.entry_number, p.line)
    FROM posted p JOIN held h USING (account_code, subkey, unit);
END $$;

-- What happened to loans; rows carry their columns' names, and a column that is left out is null.
CREATE OR REPLACE FUNCTION ledger.append_loan_history(county_code text, batch jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    of_batch jsonb := pg_catalog.jsonb_build_object('county_code', append_loan_history.county_code,
                                                    'recorded_at', batch -> 'recorded_at');
BEGIN
    INSERT INTO ledger.loan_event
    SELECT r.* FROM pg_catalog.jsonb_populate_recordset(
        pg_catalog.jsonb_populate_record(NULL::ledger.loan_event, of_batch),
        batch -> 'events') r;

    -- Versions follow from the batch: none can be made to be the last for ever.
    IF EXISTS (SELECT FROM pg_catalog.jsonb_to_recordset(batch -> 'positions') AS r(version bigint)
               WHERE r.version / 4096 IS DISTINCT FROM (batch ->> 'number')::bigint) THEN
        RAISE EXCEPTION 'a position has the version of another batch' USING ERRCODE = 'LG014';
    END IF;
    -- What a position leaves out is nothing.
    INSERT INTO ledger.loan_position
    SELECT r.* FROM pg_catalog.jsonb_populate_recordset(
        pg_catalog.jsonb_populate_record(NULL::ledger.loan_position,
                                         (batch -> 'nothing_held') || of_batch),
        batch -> 'positions') r;

    INSERT INTO ledger.loan_standing
    SELECT r.* FROM pg_catalog.jsonb_populate_recordset(
        pg_catalog.jsonb_populate_record(NULL::ledger.loan_standing, of_batch),
        batch -> 'standings') r;
END $$;

CREATE OR REPLACE FUNCTION ledger.append_household_history(county_code text, batch jsonb)
RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    of_batch jsonb := pg_catalog.jsonb_build_object(
        'county_code', append_household_history.county_code,
        'recorded_at', batch -> 'recorded_at');
BEGIN
    INSERT INTO ledger.household_event
    SELECT r.* FROM pg_catalog.jsonb_populate_recordset(
        pg_catalog.jsonb_populate_record(NULL::ledger.household_event, of_batch),
        batch -> 'household_events') r;
    INSERT INTO ledger.household_standing
    SELECT r.* FROM pg_catalog.jsonb_populate_recordset(
        pg_catalog.jsonb_populate_record(NULL::ledger.household_standing, of_batch),
        batch -> 'household_standings') r;
END $$;

-- Facts of the registers; a reversal's body is empty.
CREATE OR REPLACE FUNCTION ledger.append_register_facts(county_code text, batch jsonb)
RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO register.fact (county_code, register, subject, sequence, kind, value_on, booked_on,
                               document, reason, target_sequence, body, recorded_at)
    SELECT append_register_facts.county_code, r.*, (batch ->> 'recorded_at')::timestamptz
    FROM pg_catalog.jsonb_to_recordset(batch -> 'register_facts')
        AS r(register text, subject text, sequence integer, kind text, value_on date,
             booked_on date, document text, reason text, target_sequence integer, body jsonb);
END $$;

-- The county's next batch has this number, or somebody else has written meanwhile. Whatever writes
-- the county's books, or what the engine goes by, comes through here; it holds the county from then
-- on.
CREATE OR REPLACE FUNCTION ledger.number_batch(county_code text, number bigint,
    recorded_at timestamptz, commands integer, entries integer) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    county ledger.county;
BEGIN
    UPDATE ledger.county c SET last_batch_number = number
    WHERE c.county_code = number_batch.county_code AND c.last_batch_number + 1 = number
    RETURNING c.* INTO county;
    IF NOT FOUND THEN
        SELECT * INTO county FROM ledger.county c WHERE c.county_code = number_batch.county_code;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'there are no books of county %', number_batch.county_code
                USING ERRCODE = 'LG009';
        END IF;
        RAISE EXCEPTION 'batch % of county % does not follow batch %', number,
            number_batch.county_code, county.last_batch_number USING ERRCODE = 'LG014';
    END IF;
    INSERT INTO ledger.batch
    VALUES (number_batch.county_code, number, commands, county.last_entry_number + entries,
            number_batch.recorded_at);
END $$;

-- One batch, or a part of one: facts, entries, history, answers, and where the books now stand.
CREATE OR REPLACE FUNCTION ledger.append_batch(county_code text, batch jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET enable_seqscan = off AS $$
DECLARE
    now_at timestamptz := (batch ->> 'recorded_at')::timestamptz;
BEGIN
    -- Of who calls it alone, in one round trip: until the transaction ends it sees its county.
    PERFORM pg_catalog.set_config('daifu.sight', append_batch.county_code, true);
    IF now_at > pg_catalog.clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'a batch is recorded now, not at %', now_at USING ERRCODE = 'LG010';
    END IF;
    PERFORM ledger.number_batch(append_batch.county_code, (batch ->> 'number')::bigint, now_at,
                                pg_catalog.jsonb_array_length(batch -> 'answers'),
                                coalesce(pg_catalog.jsonb_array_length(batch -> 'entries'), 0));
    -- The long way takes its instant after its transaction began; a draft, whose clock is the
    -- service's, shortly before.
    IF now_at < pg_catalog.transaction_timestamp() - interval '1 minute' THEN
        RAISE EXCEPTION 'a batch is recorded now, not at %', now_at USING ERRCODE = 'LG010';
    END IF;
    -- What a batch has nothing of is left out of it.
    IF batch ?| ARRAY['borrowers', 'funds', 'loans', 'households'] THEN
        PERFORM ledger.append_facts(append_batch.county_code, batch);
    END IF;
    IF batch ? 'entries' THEN
        PERFORM ledger.append_journal(append_batch.county_code, batch);
    END IF;
    IF batch ?| ARRAY['events', 'positions', 'standings'] THEN
        PERFORM ledger.append_loan_history(append_batch.county_code, batch);
    END IF;
    IF batch ? 'household_events' THEN
        PERFORM ledger.append_household_history(append_batch.county_code, batch);
    END IF;
    IF batch ? 'register_facts' THEN
        PERFORM ledger.append_register_facts(append_batch.county_code, batch);
    END IF;

    INSERT INTO ledger.command_answer
        (county_code, idempotency_key, body_digest, command, subject, actor, booked_on,
         entry_number, answer, recorded_at, confined_to)
    SELECT append_batch.county_code, r.idempotency_key, pg_catalog.decode(r.body_digest, 'hex'),
           r.command, r.subject, r.actor, r.booked_on, r.entry_number, r.answer,
           now_at, r.confined_to
    FROM pg_catalog.jsonb_to_recordset(batch -> 'answers')
        AS r(idempotency_key text, body_digest text, command text, subject text, actor text,
             booked_on date, entry_number bigint, answer jsonb, confined_to text);

    UPDATE ledger.county c
    SET opened_on = (batch ->> 'opened_on')::date,
        closed_through = (batch ->> 'closed_through')::date
    WHERE c.county_code = append_batch.county_code
      AND (c.opened_on IS DISTINCT FROM (batch ->> 'opened_on')::date
           OR c.closed_through IS DISTINCT FROM (batch ->> 'closed_through')::date);
END $$;
