-- Balances of the past without the past: a month's balances, the days since, and what no checkpoint
-- has seen yet. Asked on two axes at once: up to a day (of value, or of booking), and as known at
-- an instant, which is up to an entry's number. A township sees no checkpoint; what it asks is
-- added up from its own entries.

-- The last entry that the books knew at an instant (null: now). Entries are recorded in the order
-- of their numbers, so that halving finds it.
CREATE OR REPLACE FUNCTION ledger.last_known(county_code text, known_at timestamptz) RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    known bigint := 0;
    later bigint;
    middle bigint;
    probe record;
BEGIN
    SELECT c.last_entry_number + 1 INTO later FROM ledger.county c
    WHERE c.county_code = last_known.county_code;
    IF known_at IS NULL THEN
        RETURN later - 1;
    END IF;
    WHILE later - known > 1 LOOP
        middle := (known + later) / 2;
        -- The nearest one that is seen: a township does not see all of them.
        SELECT e.entry_number, e.recorded_at INTO probe FROM ledger.journal_entry e
        WHERE e.county_code = last_known.county_code AND e.entry_number > known
          AND e.entry_number <= middle
        ORDER BY e.entry_number DESC LIMIT 1;
        IF probe.recorded_at > known_at THEN
            later := probe.entry_number;
        ELSE
            known := middle;
        END IF;
    END LOOP;
    RETURN known;
END $$;

-- What the entries after one and up to another add up to, of value dates up to a day. An account
-- counts where its first posting in the unit is.
CREATE OR REPLACE FUNCTION ledger.turnover_between(county_code text, known bigint, last bigint,
                                                   day date)
RETURNS TABLE (value_on date, booked_on date, code text, fund_code text, unit text, debits bigint,
               credits bigint, postings bigint, accounts bigint)
LANGUAGE plpgsql STABLE SET search_path = '' SET plan_cache_mode = force_custom_plan AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH moved AS MATERIALIZED (
        SELECT e.value_on, e.booked_on, p.account_number, p.unit, min(p.entry_number) AS first,
               coalesce(sum(p.minor_units) FILTER (WHERE p.side = 'debit'), 0) AS debits,
               coalesce(sum(p.minor_units) FILTER (WHERE p.side = 'credit'), 0) AS credits,
               count(*) AS postings
        FROM ledger.journal_entry e
        -- OFFSET 0: each look-up by its whole key, whatever the statistics say (see 10_guards.sql).
        CROSS JOIN LATERAL (SELECT x.* FROM ledger.posting x
                            WHERE x.county_code = turnover_between.county_code
                              AND x.entry_number = e.entry_number OFFSET 0) p
        WHERE e.county_code = turnover_between.county_code
          AND e.entry_number > known AND e.entry_number <= last AND e.value_on <= day
        GROUP BY e.value_on, e.booked_on, p.account_number, p.unit)
    SELECT m.value_on, m.booked_on, a.code, a.fund_code, m.unit, sum(m.debits)::bigint,
           sum(m.credits)::bigint, sum(m.postings)::bigint, count(*) FILTER (WHERE NOT EXISTS (
               SELECT FROM ledger.posting q WHERE q.county_code = turnover_between.county_code
               AND q.account_number = m.account_number AND q.unit = m.unit
               AND q.entry_number < m.first))
    FROM moved m
    CROSS JOIN LATERAL (
        SELECT x.code, CASE c.subledger WHEN 'fund' THEN x.subkey ELSE '' END AS fund_code
        FROM ledger.account x
        JOIN programme.chart_line c ON c.county_code = x.county_code AND c.code = x.code
        WHERE x.county_code = turnover_between.county_code
          AND x.account_number = m.account_number OFFSET 0) a
    GROUP BY m.value_on, m.booked_on, a.code, a.fund_code, m.unit;
END $$;

-- What the checkpoints up to a number say of the time up to a day: the last month that was over by
-- then, the days since, and what was booked into that month after its balances were taken.
CREATE OR REPLACE FUNCTION ledger.turnover_at(county_code text, axis text, day date,
                                              number integer)
RETURNS TABLE (code text, fund_code text, unit text, debits bigint, credits bigint,
               postings bigint, accounts bigint)
LANGUAGE plpgsql STABLE SET search_path = '' SET plan_cache_mode = force_custom_plan
SET max_parallel_workers_per_gather = 0 AS $$ -- to call helpers takes longer than to do it
#variable_conflict use_column
DECLARE
    last_on date;
    month_on date := '-infinity';
    month_number integer := 0;
    month record;
BEGIN
    -- No day is later than the last one that the checkpoint knows.
    SELECT least(day, c.last_booked_on) INTO last_on FROM ledger.checkpoint c
    WHERE c.county_code = turnover_at.county_code AND c.checkpoint_number = number;
    SELECT m.through, m.checkpoint_number INTO month FROM ledger.month_balance m
    WHERE m.county_code = turnover_at.county_code AND m.axis = turnover_at.axis
      AND m.through <= last_on
    ORDER BY m.through DESC LIMIT 1;
    IF FOUND THEN
        month_on := month.through;
        month_number := month.checkpoint_number;
    END IF;
    RETURN QUERY
    SELECT t.code, t.fund_code, t.unit, sum(t.debits)::bigint, sum(t.credits)::bigint,
           sum(t.postings)::bigint, sum(t.accounts)::bigint
    FROM (SELECT m.code, m.fund_code, m.unit, m.debits, m.credits, m.postings, m.accounts
          FROM ledger.month_balance m
          WHERE m.county_code = turnover_at.county_code AND m.axis = turnover_at.axis
            AND m.through = month_on
          UNION ALL
          SELECT d.code, d.fund_code, d.unit, d.debits, d.credits, d.postings, d.accounts
          FROM ledger.day_turnover d
          WHERE d.county_code = turnover_at.county_code AND turnover_at.axis = 'value_on'
            AND d.value_on > month_on AND d.value_on <= last_on
            AND d.checkpoint_number <= number
          UNION ALL
          SELECT d.code, d.fund_code, d.unit, d.debits, d.credits, d.postings, d.accounts
          FROM ledger.day_turnover d
          WHERE d.county_code = turnover_at.county_code AND turnover_at.axis = 'booked_on'
            AND d.booked_on > month_on AND d.booked_on <= last_on
            AND d.checkpoint_number <= number
          UNION ALL
          SELECT d.code, d.fund_code, d.unit, d.debits, d.credits, d.postings, d.accounts
          FROM ledger.day_turnover d
          WHERE d.county_code = turnover_at.county_code AND d.is_late
            AND d.checkpoint_number > month_number AND d.checkpoint_number <= number
            AND d.value_on <= month_on -- as it is, too, where the booking is
            AND (turnover_at.axis = 'value_on' OR d.booked_on <= month_on)) t
    GROUP BY t.code, t.fund_code, t.unit;
END $$;

-- What lines and funds turned over up to a day, of value ('value_on') or of booking ('booked_on'),
-- as the books knew it at an instant (null: now).
CREATE OR REPLACE FUNCTION ledger.turnover_through(county_code text, axis text, day date,
                                                   known_at timestamptz)
RETURNS TABLE (code text, fund_code text, unit text, debits bigint, credits bigint,
               postings bigint, accounts bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = '' AS $$
#variable_conflict use_column
DECLARE
    last bigint := ledger.last_known(county_code, known_at);
    taken ledger.checkpoint;
BEGIN
    SELECT c.* INTO taken FROM ledger.checkpoint c
    WHERE c.county_code = turnover_through.county_code AND c.last_entry_number <= last
    ORDER BY c.last_entry_number DESC LIMIT 1;
    RETURN QUERY
    SELECT t.code, t.fund_code, t.unit, sum(t.debits)::bigint, sum(t.credits)::bigint,
           sum(t.postings)::bigint, sum(t.accounts)::bigint
    FROM (SELECT k.* FROM ledger.turnover_at(turnover_through.county_code, turnover_through.axis,
                                             day, taken.checkpoint_number) k
          UNION ALL
          SELECT n.code, n.fund_code, n.unit, n.debits, n.credits, n.postings, n.accounts
          FROM ledger.turnover_between(turnover_through.county_code,
                                       coalesce(taken.last_entry_number, 0), last, day) n
          WHERE CASE turnover_through.axis WHEN 'value_on' THEN n.value_on ELSE n.booked_on END
                <= day) t
    GROUP BY t.code, t.fund_code, t.unit;
END $$;

-- Adds up what was booked since the last checkpoint, so much of it as is done in a few seconds;
-- says how many entries. Takes no lock that a writer waits for: entries up to a number are there
-- and stay as they are. Of two at once the second leaves it to the first, and who does not see
-- every entry adds up none.
CREATE OR REPLACE FUNCTION ledger.take_checkpoint(county_code text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
DECLARE
    most CONSTANT bigint := 200000;
    before ledger.checkpoint;
    taken ledger.checkpoint;
    new_entries record;
    over_on date; -- the last month end that has balances
    month_on date;
BEGIN
    SELECT c.* INTO before FROM ledger.checkpoint c
    WHERE c.county_code = take_checkpoint.county_code ORDER BY c.checkpoint_number DESC LIMIT 1;
    before.last_entry_number := coalesce(before.last_entry_number, 0);
    SELECT least(c.last_entry_number, before.last_entry_number + most)
    INTO taken.last_entry_number FROM ledger.county c
    WHERE c.county_code = take_checkpoint.county_code;
    SELECT count(*) AS seen, max(e.booked_on) AS last_on INTO new_entries
    FROM ledger.journal_entry e
    WHERE e.county_code = take_checkpoint.county_code
      AND e.entry_number > before.last_entry_number AND e.entry_number <= taken.last_entry_number;
    IF new_entries.seen = 0
       OR new_entries.seen IS DISTINCT FROM taken.last_entry_number - before.last_entry_number THEN
        RETURN 0;
    END IF;
    INSERT INTO ledger.checkpoint AS c (county_code, checkpoint_number, last_entry_number,
                                        last_booked_on)
    VALUES (take_checkpoint.county_code, coalesce(before.checkpoint_number, 0) + 1,
            taken.last_entry_number, greatest(before.last_booked_on, new_entries.last_on))
    ON CONFLICT DO NOTHING RETURNING c.* INTO taken;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    over_on := pg_catalog.date_trunc('month', before.last_booked_on + 1)::date - 1;
    INSERT INTO ledger.day_turnover
        (county_code, checkpoint_number, value_on, booked_on, code, fund_code, unit, debits,
         credits, postings, accounts, is_late)
    SELECT taken.county_code, taken.checkpoint_number, t.*, coalesce(t.value_on <= over_on, false)
    FROM ledger.turnover_between(taken.county_code, before.last_entry_number,
                                 taken.last_entry_number, 'infinity') t;
    -- The months that are over since: each follows from the one before.
    SELECT coalesce(over_on + 1, pg_catalog.date_trunc('month', min(d.value_on))::date)
    INTO month_on FROM ledger.day_turnover d WHERE d.county_code = taken.county_code;
    LOOP
        month_on := (month_on + interval '1 month')::date - 1;
        EXIT WHEN month_on > taken.last_booked_on;
        INSERT INTO ledger.month_balance
        SELECT taken.county_code, a.axis, month_on, t.code, t.fund_code, t.unit,
               taken.checkpoint_number, t.debits, t.credits, t.postings, t.accounts
        FROM (VALUES ('value_on'), ('booked_on')) AS a(axis)
        CROSS JOIN LATERAL ledger.turnover_at(taken.county_code, a.axis, month_on,
                                              taken.checkpoint_number) t;
        month_on := month_on + 1;
    END LOOP;
    RETURN new_entries.seen;
END $$;
