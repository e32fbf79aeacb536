-- Where each table lies when the books are spread over machines: the one list. tests/sql compares
-- it with the catalogue and refuses a table that is in none of the three parts, or in two.
--   distributed  a county's rows, by county_code; all tables of a county lie on one node
--   reference    the same in every county, a copy on each node
--   local        of the deployment, on the coordinator alone: ledger.migration
-- A table comes after those that it refers to. What lies there already is left as it is.
DO $$
DECLARE
    spread text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_dist_partition p
                   WHERE p.logicalrelid = 'programme.base_rate'::regclass) THEN
        PERFORM create_reference_table('programme.base_rate');
    END IF;
    FOREACH spread IN ARRAY ARRAY[
        'ledger.county', -- first: the others lie beside it
        'register.administrative_unit', 'programme.chart_line', 'programme.programme_rules',
        'programme.class_floor', 'programme.provision_rate', 'programme.subsidy_scheme',
        'programme.subsidy_step', 'programme.holiday', 'programme.leading_rules',
        'programme.poverty_line', 'programme.approval_band', 'programme.retention_rule',
        'register.borrower', 'register.personal', 'register.sealing_key', 'register.retired_key',
        'register.place', 'ledger.fund', 'ledger.loan', 'ledger.batch', 'ledger.journal_entry',
        'ledger.account', 'ledger.posting', 'ledger.account_balance', 'ledger.checkpoint',
        'ledger.day_turnover', 'ledger.month_balance', 'ledger.loan_event',
        'ledger.loan_position', 'ledger.loan_standing', 'ledger.household',
        'ledger.household_event', 'ledger.household_standing', 'register.fact',
        'ledger.command_answer', 'ledger.pending', 'ledger.pending_step', 'access.staff',
        'access.recovery_code', 'access.session', 'access.token', 'access.tried', 'access.trail',
        'access.terminal', 'access.kiosk_secret', 'access.kiosk_session', 'access.change',
        'access.change_step'] LOOP
        IF NOT EXISTS (SELECT FROM pg_dist_partition p
                       WHERE p.logicalrelid = spread::regclass) THEN
            PERFORM create_distributed_table(spread, 'county_code', colocate_with =>
                CASE spread WHEN 'ledger.county' THEN 'none' ELSE 'ledger.county' END);
        END IF;
    END LOOP;
END $$;
