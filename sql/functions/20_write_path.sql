-- The only two doors through which the application writes: begin_batch locks the county, behind
-- which all its writers stand in line, and says where the books stand; append_batch inserts what a
-- batch decided, set-based, and nothing else. Both run as the
-- owner with an empty search_path. Neither decides anything: the guards on the tables refuse what
-- must not be.
-- What a batch costs is mostly statements, look-ups and reading its text. So the rows that nearly
-- every batch has come as arrays of composite values (migration 0026; ledger/store/row_arrays.cpp
-- writes them), each kind goes in by one statement, and what several rows name is looked up once;
-- rare rows come as JSON, in which a column that is left out is null.
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

-- The numbers and balances of what a batch moves, by its place; null where the account is new.
CREATE OR REPLACE FUNCTION ledger.held_by(county_code text, moved ledger.moved_row[],
    OUT numbers bigint[], OUT balances bigint[])
LANGUAGE plpgsql STABLE SET search_path = '' AS $$
BEGIN
    SELECT pg_catalog.array_agg(a.account_number ORDER BY m.place),
           pg_catalog.array_agg(coalesce(b.debits - b.credits, 0) ORDER BY m.place)
    INTO numbers, balances
    FROM pg_catalog.unnest(moved) WITH ORDINALITY m(account_code, subkey, unit, place)
    LEFT JOIN LATERAL (SELECT x.account_number FROM ledger.account x
                       WHERE x.county_code = held_by.county_code
                         AND x.code = m.account_code AND x.subkey = m.subkey OFFSET 0) a ON true
    LEFT JOIN LATERAL (SELECT x.debits, x.credits FROM ledger.account_balance x
                       WHERE x.county_code = held_by.county_code
                         AND x.account_number = a.account_number AND x.unit = m.unit
                       OFFSET 0) b ON true;
END $$;

-- Accounts seen for the first time get the next numbers, in order of first appearance.
CREATE OR REPLACE FUNCTION ledger.append_accounts(county_code text, moved ledger.moved_row[],
    numbers bigint[]) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    added bigint;
BEGIN
    INSERT INTO ledger.account (county_code, account_number, code, subkey)
    SELECT append_accounts.county_code,
           c.last_account_number + row_number() OVER (ORDER BY n.first), n.account_code, n.subkey
    FROM (SELECT m.account_code, m.subkey, min(m.place) AS first
          FROM pg_catalog.unnest(moved) WITH ORDINALITY m(account_code, subkey, unit, place)
          WHERE numbers[m.place] IS NULL GROUP BY m.account_code, m.subkey) n
    JOIN ledger.county c ON c.county_code = append_accounts.county_code;
    GET DIAGNOSTICS added = ROW_COUNT;
    UPDATE ledger.county c SET last_account_number = c.last_account_number + added
    WHERE c.county_code = append_accounts.county_code;
END $$;

CREATE OR REPLACE FUNCTION ledger.append_journal(county_code text, recorded_at timestamptz,
    entries ledger.entry_row[], moved ledger.moved_row[], postings ledger.posting_row[])
RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    held record;
BEGIN
    INSERT INTO ledger.journal_entry
        (county_code, recorded_at, entry_number, cause, value_on, booked_on, actor,
         idempotency_key, subject, event_sequence, narrative, format_version, digest_algorithm,
         digest)
    SELECT append_journal.county_code, append_journal.recorded_at, r.*
    FROM pg_catalog.unnest(entries) r;

    -- Each account is looked up once a batch, however many postings it has.
    held := ledger.held_by(append_journal.county_code, moved);
    IF pg_catalog.array_position(held.numbers, NULL) IS NOT NULL THEN
        PERFORM ledger.append_accounts(append_journal.county_code, moved, held.numbers);
        held := ledger.held_by(append_journal.county_code, moved);
    END IF;
    -- The balance after each posting: what the account had, and the running sum of this batch.
    INSERT INTO ledger.posting
        (county_code, entry_number, line, account_number, side, unit, minor_units, balance_after)
    SELECT append_journal.county_code, p.entry_number, p.line, held.numbers[p.moved], p.side,
           p.unit, p.minor_units,
           held.balances[p.moved]
               + sum(CASE p.side WHEN 'debit' THEN p.minor_units ELSE -p.minor_units END)
                 OVER (PARTITION BY p.moved ORDER BY p.entry_number, p.line)
    FROM pg_catalog.unnest(postings) p;
END $$;

-- What happened to loans.
CREATE OR REPLACE FUNCTION ledger.append_loan_history(county_code text, recorded_at timestamptz,
    batch_number bigint, events ledger.event_row[], positions ledger.position_row[],
    standings ledger.standing_row[]) RETURNS void
LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    INSERT INTO ledger.loan_event
    SELECT append_loan_history.county_code, r.*, append_loan_history.recorded_at
    FROM pg_catalog.unnest(events) r;

    -- Versions follow from the batch: none can be made to be the last for ever.
    IF EXISTS (SELECT FROM pg_catalog.unnest(positions) r
               WHERE r.version / 4096 IS DISTINCT FROM batch_number) THEN
        RAISE EXCEPTION 'a position has the version of another batch' USING ERRCODE = 'LG014';
    END IF;
    INSERT INTO ledger.loan_position
    SELECT append_loan_history.county_code, r.* FROM pg_catalog.unnest(positions) r;

    INSERT INTO ledger.loan_standing
        (county_code, recorded_at, loan_number, effective_on, sequence, revision, status,
         disbursed_fen, disbursed_on, outstanding_fen, written_off_fen, recovered_fen,
         interest_received_fen, written_off_on, rescheduled_on, oldest_unpaid_due_on,
         reserved_through, unpaid_due_on, unpaid_principal_fen)
    SELECT append_loan_history.county_code, append_loan_history.recorded_at, r.*
    FROM pg_catalog.unnest(standings) r;
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
-- on, and is told where it stands.
CREATE OR REPLACE FUNCTION ledger.number_batch(county_code text, number bigint,
    recorded_at timestamptz, commands integer, entries integer) RETURNS ledger.county
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
    RETURN county;
END $$;

-- One batch, or a part of one: facts, entries, history, answers, and where the books now stand. A
-- row is what ledger.entry_row and its like say, and what it does not say is the batch's.
CREATE OR REPLACE FUNCTION ledger.append_batch(county_code text, batch jsonb,
    entries ledger.entry_row[] DEFAULT '{}', moved ledger.moved_row[] DEFAULT '{}',
    postings ledger.posting_row[] DEFAULT '{}', events ledger.event_row[] DEFAULT '{}',
    positions ledger.position_row[] DEFAULT '{}', standings ledger.standing_row[] DEFAULT '{}',
    answers ledger.answer_row[] DEFAULT '{}')
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' SET enable_seqscan = off AS $$
DECLARE
    number bigint := (batch ->> 'number')::bigint;
    now_at timestamptz := (batch ->> 'recorded_at')::timestamptz;
    opened date := (batch ->> 'opened_on')::date;
    closed date := (batch ->> 'closed_through')::date;
    county ledger.county;
BEGIN
    -- Of who calls it alone, in one round trip: until the transaction ends it sees its county.
    PERFORM pg_catalog.set_config('daifu.sight', append_batch.county_code, true);
    IF now_at > pg_catalog.clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'a batch is recorded now, not at %', now_at USING ERRCODE = 'LG010';
    END IF;
    county := ledger.number_batch(append_batch.county_code, number, now_at,
                                  cardinality(answers), cardinality(entries));
    -- The long way takes its instant after its transaction began; a draft, whose clock is the
    -- service's, shortly before.
    IF now_at < pg_catalog.transaction_timestamp() - interval '1 minute' THEN
        RAISE EXCEPTION 'a batch is recorded now, not at %', now_at USING ERRCODE = 'LG010';
    END IF;
    -- What a batch has nothing of costs it nothing.
    IF batch ?| ARRAY['borrowers', 'funds', 'loans', 'households'] THEN
        PERFORM ledger.append_facts(append_batch.county_code, batch);
    END IF;
    IF cardinality(entries) + cardinality(postings) > 0 THEN
        PERFORM ledger.append_journal(append_batch.county_code, now_at, entries, moved,
                                      postings);
    END IF;
    IF cardinality(events) + cardinality(positions) + cardinality(standings) > 0 THEN
        PERFORM ledger.append_loan_history(append_batch.county_code, now_at, number, events,
                                           positions, standings);
    END IF;
    IF batch ? 'household_events' THEN
        PERFORM ledger.append_household_history(append_batch.county_code, batch);
    END IF;
    IF batch ? 'register_facts' THEN
        PERFORM ledger.append_register_facts(append_batch.county_code, batch);
    END IF;

    INSERT INTO ledger.command_answer
        (county_code, recorded_at, idempotency_key, body_digest, command, subject, actor,
         confined_to, booked_on, entry_number, answer)
    SELECT append_batch.county_code, now_at, r.* FROM pg_catalog.unnest(answers) r;

    IF county.opened_on IS DISTINCT FROM opened
       OR county.closed_through IS DISTINCT FROM closed THEN
        UPDATE ledger.county c
        SET opened_on = opened, closed_through = closed
        WHERE c.county_code = append_batch.county_code;
    END IF;
END $$;
