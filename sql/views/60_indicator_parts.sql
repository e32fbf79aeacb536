-- What each figure counts, a row a part, so that any figure of any group, day or period opens.
-- `key` is the group by `by_what` (null: all groups, each part once); the sum, mean, median or
-- largest of the amounts (include/ledger/indicator.hpp) is the figure. Definitions are those of the
-- statistics themselves: the same functions, one row each before they are added up. What the engine
-- alone can say of a loan (quality) is opened by the store.
--   number    of the part, in order of which pages go
--   subjects  of the journal's entries about it
--   on_day    that makes it count

-- Loans, and whom they were lent to. Flows are of [from_on, as_of], stocks of the end of as_of.
CREATE OR REPLACE FUNCTION ledger.loan_amount(county_code text, indicator text, by_what text,
                                              key text, from_on date, as_of date,
                                              known_at timestamptz)
RETURNS TABLE (loan_number text, borrower_number text, household_number text, name text,
               village_code text, amount bigint, on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT l.loan_number, l.borrower_number, l.household_number, l.name, l.village_code, f.amount,
           f.on_day
    FROM ledger.leading_day(loan_amount.county_code, loan_amount.as_of) d
    CROSS JOIN LATERAL ledger.portfolio_loan(loan_amount.county_code, from_on, d.as_of + 1,
                                             by_what, loan_amount.known_at) l
    LEFT JOIN (SELECT u.loan_number
               FROM ledger.led_under_loan(loan_amount.county_code, loan_amount.as_of, 'county',
                                          loan_amount.known_at) u
               WHERE indicator = 'loans_without_led' AND NOT u.has_led) alone
        ON alone.loan_number = l.loan_number
    CROSS JOIN LATERAL (SELECT
        CASE WHEN indicator ~ '^(lent|average_loan|median_loan|largest_loan)$' THEN
                 CASE WHEN l.is_lent THEN l.lent END
             WHEN indicator ~ '^(loans|borrowers|households)$' THEN l.is_lent::int::bigint
             WHEN indicator = 'loans_without_led' THEN
                 (alone.loan_number IS NOT NULL)::int::bigint
             WHEN indicator = 'repaid' THEN l.repaid
             WHEN indicator = 'interest_received' THEN l.interest
             WHEN indicator = 'outstanding' THEN l.outstanding
             WHEN indicator = 'overdue' THEN l.overdue
             WHEN indicator = 'rescheduled' OR indicator ~ '_with_rescheduled$'
                  AND l.rescheduled_on IS NOT NULL THEN
                 CASE WHEN l.rescheduled_on IS NOT NULL THEN l.outstanding END
             WHEN indicator ~ '^par1(_|$)' THEN CASE WHEN l.late >= 1 THEN l.outstanding END
             WHEN indicator ~ '^par30(_|$)' THEN CASE WHEN l.late > 30 THEN l.outstanding END
             WHEN indicator ~ '^par90(_|$)' THEN CASE WHEN l.late > 90 THEN l.outstanding END
             WHEN indicator ~ '^par180(_|$)' THEN CASE WHEN l.late > 180 THEN l.outstanding END
             WHEN indicator = 'written_off' THEN l.written_off
             WHEN indicator = 'recovered' THEN l.recovered
        END AS amount,
        CASE WHEN indicator ~ '^(overdue|par)' THEN
                 CASE WHEN l.late >= 1 THEN l.late_since ELSE l.rescheduled_on END
             WHEN indicator = 'rescheduled' THEN l.rescheduled_on
             WHEN indicator ~ '^(written_off|recovered)$' THEN l.written_off_on
             ELSE l.disbursed_on END AS on_day) f
    WHERE f.amount <> 0 AND (loan_amount.key IS NULL OR l.key = loan_amount.key)
$$;

-- Of leading: households with what they add (1, their persons, fen) and by whom they are led.
CREATE OR REPLACE FUNCTION ledger.household_amount(county_code text, indicator text, by_what text,
                                                   key text, as_of date, known_at timestamptz)
RETURNS TABLE (household_number text, head text, village_code text, loans text[],
               borrowers text[], amount bigint, on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH counted AS (
        SELECT c.*, CASE regexp_replace(indicator, '^(households|persons)_', '')
            WHEN 'claimed' THEN c.claimed_on
            WHEN 'led' THEN c.led_on
            WHEN 'led_poor' THEN c.led_poor_on
            WHEN 'exited' THEN c.exited_on
            WHEN 'sustained' THEN c.sustained_on
            WHEN 'relapsed' THEN c.relapsed_on
            WHEN 'income_brought' THEN CASE WHEN c.brought_fen <> 0 THEN c.since END
            ELSE c.led_ever_on END AS on_day
        FROM ledger.led_claim(household_amount.county_code, household_amount.as_of, by_what,
                              household_amount.known_at) c
    ), income AS MATERIALIZED (
        SELECT i.* FROM ledger.leading_day(household_amount.county_code,
                                           household_amount.as_of) d
        CROSS JOIN LATERAL ledger.income_change(household_amount.county_code, d.as_of,
                                                household_amount.known_at) i
        WHERE indicator ~ '^(households_with_incomes|income_(before|since|change.*))$'
    )
    SELECT c.household_number, min(c.head), min(c.village_code),
           array_agg(DISTINCT c.loan_number), array_agg(DISTINCT c.borrower_number),
           CASE WHEN indicator ~ '^persons_' THEN max(c.persons)
                WHEN indicator = 'income_brought' THEN sum(c.brought_fen)
                WHEN indicator = 'income_before' THEN min(i.before_fen)
                WHEN indicator = 'income_since' THEN min(i.since_fen)
                WHEN indicator = 'income_change' THEN min(i.since_fen - i.before_fen)
                WHEN indicator = 'income_change_without' THEN min(i.without_fen - i.before_fen)
                ELSE 1 END::bigint,
           min(c.on_day)
    FROM counted c
    LEFT JOIN income i ON i.household_number = c.household_number
    WHERE c.on_day IS NOT NULL AND (household_amount.key IS NULL OR c.key = household_amount.key)
      AND (indicator !~ '^(households_with_incomes|income_(before|since|change.*))$'
           OR i.household_number IS NOT NULL)
    GROUP BY c.household_number
$$;

-- What the funds hold, and of the loans paid out from them what was approved beside the caps.
CREATE OR REPLACE FUNCTION ledger.fund_amount(county_code text, indicator text, key text,
                                              as_of date, known_at timestamptz)
RETURNS TABLE (number text, name text, village_code text, loans text[], borrowers text[],
               amount bigint, on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT f.key, f.name, NULL, '{}'::text[], '{}'::text[], a.amount, u.opened_on
    FROM ledger.fund_statistics(fund_amount.county_code, fund_amount.as_of, known_at) f
    JOIN ledger.fund u ON u.county_code = fund_amount.county_code AND u.fund_code = f.key
    CROSS JOIN LATERAL (SELECT CASE indicator
        WHEN 'fund_paid_in' THEN f.paid_in_fen
        WHEN 'fund_available' THEN f.available_fen
        WHEN 'fund_reserved' THEN f.reserved_fen
        WHEN 'fund_lent' THEN f.lent_fen
        WHEN 'fund_written_off' THEN f.written_off_fen
        WHEN 'risk_paid_in' THEN f.risk_paid_in_fen
        WHEN 'risk_available' THEN f.risk_available_fen END AS amount) a
    WHERE a.amount <> 0 AND (fund_amount.key IS NULL OR f.key = fund_amount.key)
    UNION ALL
    SELECT c.loan_number, b.name, c.village_code, ARRAY[c.loan_number],
           ARRAY[c.borrower_number],
           CASE indicator WHEN 'cap_approved' THEN c.approved_fen
                          WHEN 'cap_total' THEN c.loan_cap_fen ELSE 1 END,
           c.disbursed_on
    FROM ledger.leading_day(fund_amount.county_code, fund_amount.as_of) d
    CROSS JOIN LATERAL ledger.cap_use(fund_amount.county_code, d.as_of, known_at) c
    JOIN register.borrower b ON b.county_code = fund_amount.county_code
        AND b.borrower_number = c.borrower_number
    WHERE (indicator IN ('cap_approved', 'cap_total') OR indicator = 'loans_at_cap' AND c.is_at_cap)
      AND (fund_amount.key IS NULL OR c.fund_code = fund_amount.key)
$$;

-- The plan of the day's year, and the households whose exit counts for it.
CREATE OR REPLACE FUNCTION register.plan_amount(county_code text, indicator text, key text,
                                                as_of date, known_at timestamptz)
RETURNS TABLE (number text, name text, village_code text, household_number text, amount bigint,
               on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    WITH target AS (
        SELECT t.* FROM register.target_on(plan_amount.county_code, as_of, known_at) t
        WHERE t.unit = coalesce(plan_amount.key, plan_amount.county_code)
          AND t.year = extract(year FROM as_of)
          AND t.indicator = regexp_replace(plan_amount.indicator, '^(planned|reached)_', '')
    )
    SELECT t.target, coalesce(u.name, c.name, ''), t.unit, NULL::text, t.planned::bigint, t.since
    FROM target t
    LEFT JOIN register.administrative_unit u
        ON u.county_code = plan_amount.county_code AND u.code = t.unit
    LEFT JOIN ledger.county c ON c.county_code = t.unit
    WHERE plan_amount.indicator ~ '^planned_'
    UNION ALL
    SELECT e.household_number, e.head, e.village_code, e.household_number, f.amount, e.exited_on
    FROM target t
    CROSS JOIN LATERAL register.exit_against(plan_amount.county_code, t.year, as_of, known_at) e
    CROSS JOIN LATERAL (
        SELECT CASE t.indicator WHEN 'households' THEN 1
                                WHEN 'member_households' THEN least(e.members, 1)
                                WHEN 'persons' THEN e.persons
                                WHEN 'members' THEN e.members END::bigint AS amount) f
    WHERE plan_amount.indicator ~ '^reached_' AND starts_with(e.village_code, t.unit)
      AND f.amount > 0
$$;

-- Of reach and plan; `key` is a township.
CREATE OR REPLACE FUNCTION register.reach_amount(county_code text, indicator text, key text,
                                                 as_of date, known_at timestamptz)
RETURNS TABLE (number text, name text, village_code text, household_number text, amount bigint,
               on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT u.code, u.name, u.code, NULL::text, 1::bigint, u.valid_from
    FROM register.unit_reached(reach_amount.county_code, as_of, known_at) u
    WHERE CASE indicator WHEN 'townships' THEN NOT u.is_village
                         WHEN 'townships_lent' THEN NOT u.is_village AND u.has_lent
                         WHEN 'villages' THEN u.is_village
                         WHEN 'villages_lent' THEN u.is_village AND u.has_lent END
      AND starts_with(u.code, coalesce(reach_amount.key, ''))
    UNION ALL
    SELECT b.branch, b.name, b.village_code, NULL, 1, b.since
    FROM register.branch_reached(reach_amount.county_code, as_of, known_at) b
    WHERE (indicator = 'branches' OR indicator = 'branches_lent' AND b.has_lent)
      AND starts_with(b.village_code, coalesce(reach_amount.key, ''))
    UNION ALL
    SELECT v.village_code, v.name, v.village_code, NULL,
           CASE indicator WHEN 'collective_income' THEN coalesce(v.income_fen, 0) ELSE 1 END,
           CASE indicator WHEN 'poor_villages' THEN v.poor_since
                          WHEN 'villages_with_plan' THEN v.plan_since
                          WHEN 'villages_with_cooperation' THEN v.cooperation_since
                          ELSE v.income_since END
    FROM register.village_on(reach_amount.county_code, as_of, known_at) v
    WHERE v.is_poor
      AND CASE indicator WHEN 'poor_villages' THEN true
                         WHEN 'villages_with_plan' THEN v.has_plan
                         WHEN 'villages_with_cooperation' THEN v.has_cooperation
                         WHEN 'villages_with_income' THEN v.has_income
                         WHEN 'collective_income' THEN v.has_income END
      AND starts_with(v.village_code, coalesce(reach_amount.key, ''))
    UNION ALL
    SELECT r.responsibility, r.person || '：' || r.task, r.place,
           CASE r.about WHEN 'household' THEN r.about_subject END, 1, r.deadline
    FROM register.responsibility_on(reach_amount.county_code, as_of, known_at) r
    WHERE r.fulfilled_on IS NULL
      AND (indicator = 'responsibilities'
           OR indicator = 'responsibilities_overdue' AND r.is_overdue)
      AND starts_with(r.place, coalesce(reach_amount.key, ''))
    UNION ALL
    SELECT * FROM register.plan_amount(reach_amount.county_code, indicator, reach_amount.key,
                                       as_of, known_at)
$$;

-- `report` is the statistic that shows the figure: portfolio, leading, funds or reach.
CREATE OR REPLACE FUNCTION ledger.indicator_part(county_code text, report text, indicator text,
                                                 by_what text, key text, from_on date,
                                                 as_of date, known_at timestamptz)
RETURNS TABLE (number text, name text, village_code text, household_number text, loans text[],
               borrowers text[], subjects text[], amount bigint, on_day date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT l.loan_number, l.name, l.village_code, l.household_number, ARRAY[l.loan_number],
           ARRAY[l.borrower_number], ARRAY[l.loan_number], l.amount, l.on_day
    FROM ledger.loan_amount(indicator_part.county_code, indicator, by_what, indicator_part.key,
                            from_on, indicator_part.as_of, known_at) l
    WHERE report = 'portfolio' AND indicator NOT IN ('borrowers', 'households')
       OR indicator = 'loans_without_led'
    UNION ALL
    SELECT CASE indicator WHEN 'borrowers' THEN l.borrower_number ELSE l.household_number END,
           min(l.name), min(l.village_code), min(l.household_number),
           array_agg(l.loan_number ORDER BY l.loan_number), array_agg(DISTINCT l.borrower_number),
           array_agg(l.loan_number), 1, min(l.on_day)
    FROM ledger.loan_amount(indicator_part.county_code, indicator, by_what, indicator_part.key,
                            from_on, indicator_part.as_of, known_at) l
    WHERE indicator IN ('borrowers', 'households') GROUP BY 1
    UNION ALL
    SELECT h.household_number, h.head, h.village_code, h.household_number, h.loans, h.borrowers,
           ARRAY['household:' || h.household_number], h.amount, h.on_day
    FROM ledger.household_amount(indicator_part.county_code, indicator, by_what,
                                 indicator_part.key, indicator_part.as_of, known_at) h
    WHERE report = 'leading' AND indicator ~ '^(households|persons|income)_'
    UNION ALL
    SELECT c.borrower_number, min(b.name), min(b.village_code), min(b.household_number),
           array_agg(DISTINCT c.loan_number), ARRAY[c.borrower_number],
           array_agg(DISTINCT 'household:' || c.household_number), 1, min(c.led_ever_on)
    FROM ledger.led_claim(indicator_part.county_code, indicator_part.as_of, by_what, known_at) c
    JOIN register.borrower b ON b.county_code = indicator_part.county_code
        AND b.borrower_number = c.borrower_number
    WHERE indicator = 'leading_borrowers' AND c.led_ever_on IS NOT NULL
      AND (indicator_part.key IS NULL OR c.key = indicator_part.key)
    GROUP BY c.borrower_number
    UNION ALL
    SELECT f.number, f.name, f.village_code, NULL, f.loans, f.borrowers,
           CASE WHEN f.loans = '{}' THEN ARRAY[f.number] ELSE f.loans END, f.amount, f.on_day
    FROM ledger.fund_amount(indicator_part.county_code, indicator, indicator_part.key,
                            indicator_part.as_of, known_at) f
    WHERE report = 'funds'
    UNION ALL
    SELECT r.number, r.name, r.village_code, r.household_number, '{}', '{}',
           CASE WHEN r.household_number IS NULL THEN '{}'
                ELSE ARRAY['household:' || r.household_number] END, r.amount, r.on_day
    FROM ledger.leading_day(indicator_part.county_code, indicator_part.as_of) d
    CROSS JOIN LATERAL register.reach_amount(indicator_part.county_code, indicator,
                                             indicator_part.key, d.as_of, known_at) r
    WHERE report = 'reach'
$$;
