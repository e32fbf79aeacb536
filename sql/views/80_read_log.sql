-- Who read whose whole number, when, why and from where: the trail's records of register.reveal.
CREATE OR REPLACE VIEW access.read_log AS
SELECT county_code, trail_number, happened_at, actor AS reader, subject AS borrower_number,
       became ->> 'what' AS what, became ->> 'purpose' AS purpose, address, request_id
FROM access.trail WHERE event = 'personal_read';
