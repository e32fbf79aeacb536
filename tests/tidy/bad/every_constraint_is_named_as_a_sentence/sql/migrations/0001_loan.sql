create table loan (
    amount_fen bigint not null check (amount_fen > 0)
);
