-- Reading the programme and the register. Columns bear the names that store/queries reads.
CREATE OR REPLACE VIEW programme.chart_of_accounts AS
SELECT county_code, code, chinese, english, account_class, normal_side, subledger
FROM programme.chart_line;

-- Everything that the county has ruled, as the engine reads it.
CREATE OR REPLACE VIEW programme.programme_for_engine AS
SELECT c.county_code,
       jsonb_build_object(
           'rules', (SELECT coalesce(jsonb_agg(to_jsonb(r) ORDER BY r.effective_from), '[]')
                     FROM programme.programme_rules r WHERE r.county_code = c.county_code),
           'base_rates', (SELECT coalesce(jsonb_agg(to_jsonb(b) ORDER BY b.effective_from, b.tier),
                                          '[]') FROM programme.base_rate b),
           'class_floors', (SELECT coalesce(jsonb_agg(to_jsonb(f)
                                ORDER BY f.effective_from, f.days_late), '[]')
                            FROM programme.class_floor f WHERE f.county_code = c.county_code),
           'provision_rates', (SELECT coalesce(jsonb_agg(to_jsonb(p)
                                   ORDER BY p.effective_from, p.rate_ppm, p.risk_class), '[]')
                               FROM programme.provision_rate p
                               WHERE p.county_code = c.county_code),
           'subsidy_schemes', (SELECT coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('steps',
                                   (SELECT coalesce(jsonb_agg(to_jsonb(t) ORDER BY t.from_on),
                                                    '[]')
                                    FROM programme.subsidy_step t
                                    WHERE t.county_code = s.county_code AND t.code = s.code))
                                   ORDER BY s.code), '[]')
                               FROM programme.subsidy_scheme s
                               WHERE s.county_code = c.county_code),
           'holidays', (SELECT coalesce(jsonb_agg(to_jsonb(h) ORDER BY h.day), '[]')
                        FROM programme.holiday h WHERE h.county_code = c.county_code),
           'leading_rules', (SELECT coalesce(jsonb_agg(to_jsonb(l) ORDER BY l.effective_from),
                                             '[]')
                             FROM programme.leading_rules l WHERE l.county_code = c.county_code),
           'poverty_lines', (SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.year), '[]')
                             FROM programme.poverty_line p
                             WHERE p.county_code = c.county_code),
           'approval_bands', (SELECT coalesce(jsonb_agg(to_jsonb(b)
                                  ORDER BY b.effective_from, b.at_least_fen), '[]')
                              FROM programme.approval_band b
                              WHERE b.county_code = c.county_code),
           'retention_rules', (SELECT coalesce(jsonb_agg(to_jsonb(r)
                                   ORDER BY r.effective_from, r.what), '[]')
                               FROM programme.retention_rule r
                               WHERE r.county_code = c.county_code)) AS body
FROM ledger.county c;

CREATE OR REPLACE VIEW programme.base_rates AS
SELECT effective_from, tier, rate_ppm, is_sourced FROM programme.base_rate;

CREATE OR REPLACE VIEW register.administrative_units AS
SELECT county_code, code, name, parent_code, valid_from, valid_until
FROM register.administrative_unit;

-- Of what is personal, what may be shown and by what it is found: of each kind the last version.
CREATE OR REPLACE VIEW register.personal_mask AS
SELECT DISTINCT ON (p.county_code, p.borrower_number, p.kind)
       p.county_code, p.borrower_number, p.kind, p.sealed_mask
FROM register.personal p
ORDER BY p.county_code, p.borrower_number, p.kind, p.version DESC;
CREATE OR REPLACE VIEW register.personal_key AS
SELECT p.county_code, p.key_number, p.borrower_number, p.kind FROM register.personal p;
CREATE OR REPLACE VIEW register.personal_index AS
SELECT p.county_code, p.exact_index, p.tail_index, p.kind, p.borrower_number
FROM register.personal p
WHERE NOT EXISTS (SELECT FROM register.personal later
                  WHERE later.county_code = p.county_code
                    AND later.borrower_number = p.borrower_number AND later.kind = p.kind
                    AND later.version > p.version);

CREATE OR REPLACE VIEW register.borrower_card AS
SELECT b.county_code, b.borrower_number, b.name, b.household_number,
       b.village_code, b.party_branch, b.registered_on,
       (SELECT coalesce(jsonb_object_agg(m.kind, encode(m.sealed_mask, 'hex')), '{}')
        FROM register.personal_mask m WHERE m.county_code = b.county_code
          AND m.borrower_number = b.borrower_number) AS masks,
       v.name AS village_name, coalesce(t.name, '') AS township_name,
       (SELECT coalesce(jsonb_agg(l.loan_number ORDER BY l.loan_number), '[]')
        FROM ledger.loan l WHERE l.county_code = b.county_code
          AND l.borrower_number = b.borrower_number) AS loans
FROM register.borrower b
JOIN register.administrative_unit v ON v.county_code = b.county_code AND v.code = b.village_code
LEFT JOIN register.administrative_unit t
    ON t.county_code = b.county_code AND t.code = left(b.village_code, 9);

CREATE OR REPLACE VIEW register.borrowers AS
SELECT county_code, borrower_number, name, household_number, village_code, party_branch,
       registered_on, name_initials
FROM register.borrower;

DROP FUNCTION IF EXISTS register.held_on(text, text, date);
-- The facts of a register that hold at the end of a day, as known at an instant (null: now): the
-- last of its kind of each subject, of a village the last of each aspect.
CREATE OR REPLACE FUNCTION register.held_on(county_code text, register text, as_of date,
                                            known_at timestamptz)
RETURNS TABLE (subject text, kind text, aspect text, value_on date, document text, body jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS $$
    SELECT DISTINCT ON (f.subject, f.kind, coalesce(f.body ->> 'aspect', ''))
           f.subject, f.kind, coalesce(f.body ->> 'aspect', ''), f.value_on, f.document, f.body
    FROM register.fact f
    WHERE f.county_code = held_on.county_code AND f.register = held_on.register
      AND f.kind <> 'reversed' AND f.value_on <= as_of
      AND (known_at IS NULL OR f.recorded_at <= known_at)
      AND NOT EXISTS (SELECT FROM register.fact r
                      WHERE r.county_code = f.county_code AND r.register = f.register
                        AND r.subject = f.subject AND r.target_sequence = f.sequence
                        AND (known_at IS NULL OR r.recorded_at <= known_at))
    ORDER BY f.subject, f.kind, coalesce(f.body ->> 'aspect', ''), f.value_on DESC,
             f.sequence DESC
$$;
