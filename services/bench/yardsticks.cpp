#include "bench/yardsticks.hpp"

#include <algorithm>
#include <cmath>

namespace bench {

namespace {

/// One entry, two postings, two balances, in one function that locks in order: the least that
/// somebody would write who knows what he does.
constexpr char const* smallest_ledger = R"(
CREATE SCHEMA bench;
SET search_path = bench;
CREATE TABLE account (id bigint PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 70);
CREATE TABLE entry (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now());
CREATE TABLE posting (entry_id bigint NOT NULL, account_id bigint NOT NULL, amount bigint NOT NULL,
    balance_after bigint NOT NULL, PRIMARY KEY (entry_id, account_id));
INSERT INTO account SELECT n, 0 FROM generate_series(1, 100000) n;
CREATE FUNCTION transfer(a bigint, b bigint, amount bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE e bigint; x bigint; y bigint;
BEGIN
    PERFORM FROM account WHERE id IN (a, b) ORDER BY id FOR NO KEY UPDATE;
    UPDATE account SET balance = balance - amount WHERE id = a RETURNING balance INTO x;
    UPDATE account SET balance = balance + amount WHERE id = b RETURNING balance INTO y;
    INSERT INTO entry DEFAULT VALUES RETURNING id INTO e;
    INSERT INTO posting VALUES (e, a, -amount, x), (e, b, amount, y);
    RETURN e;
END $$;
)";

constexpr char const* spread = "\\set a random(1, 50000)\n"
                               "\\set b random(50001, 100000)\n"
                               "SELECT transfer(:a, :b, 1);\n";
constexpr char const* one_account = "\\set b random(2, 100000)\n"
                                    "SELECT transfer(1, :b, 1);\n";

constexpr char const* peer_accounts = R"(
CREATE TABLE acct AS SELECT n, (pgledger_create_account('a' || n, 'CNY')).id
FROM generate_series(1, 10000) n;
CREATE UNIQUE INDEX ON acct (n);
)";
constexpr char const* peer_transfer = "SELECT id AS x FROM acct WHERE n = :a \\gset\n"
                                      "SELECT id AS y FROM acct WHERE n = :b \\gset\n"
                                      "SELECT pgledger_create_transfer(:x, :y, 1);\n";

constexpr int bulk_rows = 2'000;
/// The tables that a repayment writes, without triggers and foreign keys but with every index and
/// check, and what the last repayments wrote into them. Answers the statements of one bulk insert
/// into a county of its own, :county.
constexpr char const* bulk_tables = R"(
SET client_min_messages = error;
SELECT set_config('daifu.sight', :'county', false);
CREATE SCHEMA bulk;
SELECT format('CREATE TABLE bulk.%1$I (LIKE ledger.%1$I INCLUDING ALL);'
    ' CREATE TABLE bulk.%1$s_rows AS SELECT t.* FROM ledger.%1$I t WHERE county_code = %2$L'
    ' AND %3$s', name, :'county', CASE name WHEN 'loan_standing' THEN
        'recorded_at >= (SELECT min(recorded_at) FROM bulk.journal_entry_rows)'
        ELSE format('entry_number > (SELECT last_entry_number - %s FROM ledger.county'
                    ' WHERE county_code = %L)', :rows, :'county') END)
FROM unnest(ARRAY['journal_entry', 'posting', 'loan_event', 'loan_position', 'loan_standing',
                  'command_answer']) WITH ORDINALITY AS t(name, place) ORDER BY place \gexec
SELECT string_agg(format('INSERT INTO bulk.%s SELECT %s FROM bulk.%1$s_rows;', name, columns), ' ')
FROM (SELECT c.relname AS name, string_agg(CASE a.attname WHEN 'county_code'
          THEN ':county' ELSE quote_ident(a.attname) END, ', ' ORDER BY a.attnum) AS columns
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE c.relnamespace = 'bulk'::regnamespace AND c.relkind = 'r'
        AND c.relname NOT LIKE '%\_rows' AND NOT a.attisdropped GROUP BY c.relname) t;
)";

} // namespace

Yardsticks::Yardsticks(std::string database, double seconds, int tpcb_scale)
    : database_{std::move(database)}
    , seconds_{seconds}
{
    for (std::string const& program : {std::string{"psql"}, pgbench_program()})
        if (!is_installed(program))
            throw ProgramFailed{program + " is not installed (Debian: postgresql)"};
    ask(database_, smallest_ledger);
    output_of("PGOPTIONS='-c search_path=bench' " + pgbench_program() + " -q -i -s " +
              std::to_string(tpcb_scale) + " " + shell_quoted(database_) + " 2>&1");
}

double Yardsticks::transactions(std::string const& script, int clients, std::string const& schema,
                                std::string const& options) const
{
    auto const text = output_of(
        "PGOPTIONS='-c search_path=" + schema + "' " + pgbench_program() + " -n -M prepared -c " +
        std::to_string(clients) + " -j " + std::to_string(std::min(clients, 2)) + " -T " +
        std::to_string(std::max(1, static_cast<int>(std::lround(seconds_)))) + " " + options + " " +
        script + " " + shell_quoted(database_) + " 2>&1");
    auto const at = text.find("tps = ");
    if (at == std::string::npos) throw ProgramFailed{"pgbench said no rate: " + text};
    return std::stod(text.substr(at + 6));
}

Row Yardsticks::row(std::string name, std::string chinese, std::string const& script, int clients,
                    std::string const& schema)
{
    return {name + ", " + std::to_string(clients) + (clients == 1 ? " client" : " clients"),
            std::move(chinese), [this, script, clients, schema] {
                return Measured{transactions(script, clients, schema)};
            }};
}

std::vector<Row> Yardsticks::rows(std::string const& peer_file)
{
    std::vector<Row> rows;
    auto const wide = "-f " + folder_.file("spread.sql", spread);
    auto const hot = "-f " + folder_.file("one_account.sql", one_account);
    for (int const clients : {1, 8, 32}) {
        rows.push_back(
            row("(a) smallest function, spread", "最小记账函数，分散", wide, clients, "bench"));
        rows.push_back(row("(a) smallest function, one account", "最小记账函数，同一账户", hot,
                           clients, "bench"));
    }
    if (!peer_file.empty()) add_peer(rows, peer_file);
    rows.push_back(row("(c) TPC-B", "TPC-B", "-b tpcb-like", 8, "bench"));
    return rows;
}

void Yardsticks::add_peer(std::vector<Row>& rows, std::string const& file)
{
    ask(database_,
        "CREATE SCHEMA peer; SET search_path = peer, public;\n\\i " + file + "\n" + peer_accounts);
    auto const wide =
        "-f " + folder_.file("peer_spread.sql", std::string{"\\set a random(1, 5000)\n"
                                                            "\\set b random(5001, "
                                                            "10000)\n"} +
                                                    peer_transfer);
    auto const hot =
        "-f " + folder_.file("peer_one_account.sql",
                             std::string{"\\set a 1\n\\set b random(2, 10000)\n"} + peer_transfer);
    for (int const clients : {8, 32}) {
        rows.push_back(row("(b) pgledger, spread", "pgledger，分散", wide, clients, "peer,public"));
        rows.push_back(
            row("(b) pgledger, one account", "pgledger，同一账户", hot, clients, "peer,public"));
    }
}

Row Yardsticks::bare_commit(std::function<double()> bytes)
{
    auto const script =
        "-f " + folder_.file("commit.sql", "SELECT pg_logical_emit_message(true, 'bench', "
                                           "repeat('x', :bytes));\n");
    return {"a bare commit of as many bytes, 1 client", "只提交同样多的字节", [=, this] {
                auto const size = std::to_string(static_cast<int>(bytes()));
                return Measured{transactions(script, 1, "bench", "-D bytes=" + size)};
            }};
}

Row Yardsticks::bulk_insert(ledger::CountyCode const& county)
{
    return {"(d) the same rows, one insert of 2,000", "同样的行，一次插入两千笔", [=, this] {
                if (!has_bulk_) {
                    auto const statements =
                        ask(database_, "\\set county " + county.text() + "\n\\set rows " +
                                           std::to_string(bulk_rows) + "\n" + bulk_tables);
                    folder_.file("bulk.sql",
                                 "\\set county :county + 1\nBEGIN;\n" + statements + "\nCOMMIT;\n");
                }
                auto const script = "-f " + folder_.path() + "/bulk.sql";
                // Each round begins with a county of its own.
                auto const from = ask(database_, "SELECT 100000 + count(DISTINCT county_code)"
                                                 " FROM bulk.journal_entry");
                has_bulk_ = true;
                return Measured{bulk_rows * transactions(script, 1, "bench", "-D county=" + from)};
            }};
}

} // namespace bench
