// The complete list of grants, from the catalogue, against a file that is reviewed like code.
// LEDGER_ACCEPT=1 rewrites the file.
#include "store/migrate.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

namespace {

std::string granted(std::string const& url)
{
    pqxx::connection connection{url};
    pqxx::work work{connection};
    auto const rows = work.exec(R"(
        SELECT coalesce(r.rolname, 'PUBLIC') || ' ' || lower(g.privilege) || ' ' || g.kind || ' '
               || g.name || CASE WHEN g.may_grant THEN ' with grant option' ELSE '' END AS line
        FROM (
            SELECT x.grantee, x.privilege_type, 'schema', n.nspname::text, x.is_grantable
            FROM pg_namespace n, aclexplode(n.nspacl) x
            WHERE n.nspname IN ('ledger', 'register', 'programme', 'public')
              AND x.grantee <> n.nspowner
            UNION ALL
            SELECT x.grantee, x.privilege_type,
                   CASE c.relkind WHEN 'v' THEN 'view' WHEN 'r' THEN 'table' ELSE 'other' END,
                   n.nspname || '.' || c.relname, x.is_grantable
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) x
            WHERE n.nspname IN ('ledger', 'register', 'programme', 'public')
              AND x.grantee <> c.relowner
            UNION ALL
            SELECT x.grantee, x.privilege_type, 'column',
                   n.nspname || '.' || c.relname || '.' || a.attname, x.is_grantable
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(a.attacl) x
            WHERE n.nspname IN ('ledger', 'register', 'programme', 'public')
            UNION ALL
            SELECT x.grantee, x.privilege_type, 'function',
                   n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid)
                   || ')', x.is_grantable
            FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace,
                 aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) x
            WHERE n.nspname IN ('ledger', 'register', 'programme', 'public')
              AND x.grantee <> p.proowner
        ) AS g(grantee, privilege, kind, name, may_grant)
        LEFT JOIN pg_roles r ON r.oid = g.grantee)");
    std::set<std::string> lines;
    for (auto const& row : rows) lines.insert(row[0].as<std::string>());
    std::string text;
    for (auto const& line : lines) text += line + "\n";
    return text;
}

} // namespace

TEST_CASE("The grants are exactly those of the golden file")
{
    std::string const path = std::string{DAIFU_SOURCE_DIR} + "/tests/sql/grants.golden";
    auto const found = granted(test::fresh_books());
    if (std::getenv("LEDGER_ACCEPT") != nullptr) std::ofstream{path} << found;
    std::ifstream in{path};
    std::stringstream golden;
    golden << in.rdbuf();
    CHECK(found == golden.str());
}

TEST_CASE(
    "A grant that somebody added by hand is gone after the next migration, and is seen before")
{
    auto const url = test::fresh_books();
    auto const before = granted(url);
    {
        pqxx::connection superuser{url};
        pqxx::work work{superuser};
        work.exec("GRANT UPDATE ON ledger.posting TO daifu_app");
        work.commit();
    }
    CHECK(granted(url) != before);
    store::Database owner{url, store::Role::owner};
    store::migrate(owner);
    CHECK(granted(url) == before);
}
