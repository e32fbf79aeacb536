-- Who may do what; sql/definitions.golden holds the whole list as the catalogue has it.
--   daifu_owner    owns everything, logs in nowhere
--   daifu_app      reads, and writes through begin_batch and append_batch, submit_pending and
--                  step_pending only; has balances added up by take_checkpoint
--   daifu_reader   reads views and reporting functions only
--   daifu_auditor  reads everything but what proves people, writes nothing
--   daifu_access   signs people in and keeps the trail; sees no loan and no household
--   daifu_kiosk    calls two functions, for the person who just proved himself; reads no table
REVOKE ALL ON SCHEMA ledger, register, programme, access
    FROM PUBLIC, daifu_app, daifu_reader, daifu_auditor, daifu_access, daifu_kiosk;
REVOKE ALL ON ALL TABLES IN SCHEMA ledger, register, programme, access
    FROM PUBLIC, daifu_app, daifu_reader, daifu_auditor, daifu_access, daifu_kiosk;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger, register, programme, access
    FROM PUBLIC, daifu_app, daifu_reader, daifu_auditor, daifu_access, daifu_kiosk;

GRANT USAGE ON SCHEMA ledger, register, programme TO daifu_app, daifu_reader, daifu_auditor;
GRANT SELECT ON ALL TABLES IN SCHEMA ledger, register, programme TO daifu_app, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.begin_batch(text) TO daifu_app;
GRANT EXECUTE ON FUNCTION ledger.append_batch(text, jsonb, ledger.entry_row[],
        ledger.moved_row[], ledger.posting_row[], ledger.event_row[], ledger.position_row[],
        ledger.standing_row[], ledger.answer_row[]) TO daifu_app;
GRANT EXECUTE ON FUNCTION ledger.submit_pending(text, jsonb) TO daifu_app;
GRANT EXECUTE ON FUNCTION ledger.step_pending(text, bigint, text, text, text, jsonb) TO daifu_app;
-- What is sealed is read through its doors only.
REVOKE SELECT ON register.personal FROM daifu_app, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.record_contact(text, jsonb, jsonb, jsonb),
    register.reveal(text, text, jsonb), register.note_search(text, jsonb) TO daifu_app;
-- What the policies of the rows ask.
GRANT EXECUTE ON FUNCTION ledger.sees_loan(text, text), register.sees_borrower(text, text),
    register.sees_subject(text, text), ledger.sees_entry(text, bigint),
    ledger.sees_account(text, bigint),
    ledger.sees_line(text, text, text), ledger.sees_pending(text, bigint)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.portfolio(text, date, date, text, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION programme.is_ruled_since(text, bigint)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.loan_group(text, text)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.household_claim_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.leading_statistics(text, date, text, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.indicator_part(text, text, text, text, text, date, date,
                                                timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.branch_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.member_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.poor_member_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.target_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.plan_against(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.responsibility_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.village_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.village_coverage(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.reach(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.fund_statistics(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION register.person_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.trial_balance(text, date, date, timestamptz),
    ledger.last_known(text, timestamptz) TO daifu_app, daifu_reader, daifu_auditor;
GRANT EXECUTE ON FUNCTION ledger.take_checkpoint(text) TO daifu_app;
GRANT EXECUTE ON FUNCTION ledger.standing_on(text, date, timestamptz)
    TO daifu_app, daifu_reader, daifu_auditor;

-- The reader sees every view, and no table but the record of migrations.
DO $$
DECLARE
    shown record;
BEGIN
    FOR shown IN SELECT schemaname, viewname FROM pg_catalog.pg_views
                 WHERE schemaname IN ('ledger', 'register', 'programme') LOOP
        EXECUTE format('GRANT SELECT ON %I.%I TO daifu_reader', shown.schemaname, shown.viewname);
    END LOOP;
END $$;
GRANT SELECT ON ledger.migration TO daifu_reader;

GRANT USAGE ON SCHEMA access, ledger, register TO daifu_access;
GRANT SELECT, INSERT, UPDATE ON access.staff, access.recovery_code, access.session, access.token,
    access.tried TO daifu_access;
GRANT SELECT, INSERT ON access.trail TO daifu_access;
GRANT EXECUTE ON FUNCTION access.count_try(text, text, text, integer) TO daifu_access;
GRANT SELECT ON ledger.county, register.administrative_unit TO daifu_access;
GRANT USAGE ON SCHEMA access TO daifu_auditor;
GRANT SELECT ON access.trail, access.read_log TO daifu_auditor;
GRANT SELECT (county_code, user_name, name, roles, township_code, is_enabled, password_set_at,
              totp_set_up_at, added_at) ON access.staff TO daifu_auditor;
GRANT SELECT, INSERT, UPDATE ON access.terminal TO daifu_access;

GRANT USAGE ON SCHEMA access TO daifu_kiosk, daifu_app;
GRANT EXECUTE ON FUNCTION access.kiosk_challenge(text, bytea, bytea[]),
    access.kiosk_person(text, text, bytea, bytea, bytea[], bytea, jsonb) TO daifu_kiosk;
GRANT EXECUTE ON FUNCTION access.set_kiosk_secret(text, text, bytea, bytea, jsonb) TO daifu_app;
GRANT SELECT ON access.kiosk_lock TO daifu_app;

GRANT SELECT, INSERT ON access.change TO daifu_access;
GRANT SELECT ON access.change_step TO daifu_access;
GRANT EXECUTE ON FUNCTION access.settle_change(text, bigint, text, text),
    programme.enact(text, bigint) TO daifu_access;
GRANT USAGE ON SCHEMA programme TO daifu_access;
GRANT SELECT ON programme.programme_for_engine TO daifu_access;

-- What is kept no longer: a door that asks the rules of retention.
GRANT EXECUTE ON FUNCTION register.erase_due(text, integer, jsonb) TO daifu_app;
