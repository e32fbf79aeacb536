create table loan (
    loan_number text primary key,
    county_code text not null
);
