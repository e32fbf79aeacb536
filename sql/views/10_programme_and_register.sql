-- Reading the programme and the register. Columns bear the names that store/queries reads.
CREATE OR REPLACE VIEW programme.chart_of_accounts AS
SELECT county_code, code, chinese, english, account_class, normal_side, subledger
FROM programme.chart_line;

CREATE OR REPLACE VIEW programme.rules AS
SELECT county_code, version, effective_from, document, is_sourced, loan_cap_fen,
       term_limit_months, rate_floor_ppm, rate_ceiling_ppm, penalty_margin_ppm, allocation_order
FROM programme.programme_rules;

CREATE OR REPLACE VIEW programme.base_rates AS
SELECT effective_from, tier, rate_ppm, is_sourced FROM programme.base_rate;

CREATE OR REPLACE VIEW register.administrative_units AS
SELECT county_code, code, name, parent_code FROM register.administrative_unit;

CREATE OR REPLACE VIEW register.borrower_card AS
SELECT b.county_code, b.borrower_number, b.name, b.resident_id, b.household_number,
       b.village_code, b.party_branch, b.registered_on,
       v.name AS village_name, coalesce(t.name, '') AS township_name,
       (SELECT coalesce(jsonb_agg(l.loan_number ORDER BY l.loan_number), '[]')
        FROM ledger.loan l WHERE l.county_code = b.county_code
          AND l.borrower_number = b.borrower_number) AS loans
FROM register.borrower b
JOIN register.administrative_unit v ON v.county_code = b.county_code AND v.code = b.village_code
LEFT JOIN register.administrative_unit t
    ON t.county_code = b.county_code AND t.code = left(b.village_code, 9);

CREATE OR REPLACE VIEW register.borrowers AS
SELECT county_code, borrower_number, name, resident_id, household_number, village_code,
       party_branch, registered_on
FROM register.borrower;
