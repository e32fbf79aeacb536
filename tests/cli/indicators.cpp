// The published figures over the demonstration county at ten dates, against plain SQL over the
// journal and the events: queries that share nothing with the views and know no standing.
#include "tests/cli/command.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <pqxx/pqxx>

namespace json = boost::json;
using namespace test;

namespace {

constexpr char const* days[] = {"2015-01-31", "2015-06-30", "2015-12-31", "2016-03-15",
                                "2016-08-31", "2016-11-20", "2016-12-31", "2017-06-30",
                                "2018-01-01", "2019-12-31"};

/// One number of plain SQL; $1 is the day.
std::int64_t asked(pqxx::work& work, std::string const& sql, char const* day)
{
    return work.exec_params1(sql, day)[0].as<std::int64_t>();
}

std::int64_t fen(json::value const& yuan)
{
    std::string digits{yuan.as_string()};
    std::erase(digits, '.');
    return std::stoll(digits);
}

constexpr char const* in_force =
    " AND NOT EXISTS (SELECT FROM ledger.loan_event r WHERE r.county_code = e.county_code"
    " AND r.loan_number = e.loan_number AND r.target_sequence = e.sequence)";

/// Households with an event of the kind on or before the day, among those of a claim that was
/// verified and never withdrawn. Nothing of the demonstration's households was reversed.
constexpr char const* verified_claims =
    "WITH claim AS (SELECT c.household_number, c.sequence, c.value_on AS since, v.value_on AS"
    " verified_on, o.value_on AS over_on, r.standing"
    " FROM ledger.household_event c"
    " JOIN ledger.household_event r ON r.household_number = c.household_number"
    "     AND r.kind = 'household_registered'"
    " JOIN ledger.household_event v ON v.household_number = c.household_number"
    "     AND v.kind = 'leading_verified' AND v.claim = c.sequence AND v.value_on <= $1::date"
    " LEFT JOIN ledger.household_event o ON o.household_number = c.household_number"
    "     AND o.kind = 'support_ended' AND o.claim = c.sequence AND o.value_on <= $1::date"
    " WHERE c.kind = 'leading_claimed' AND NOT EXISTS (SELECT FROM ledger.household_event w"
    "     WHERE w.household_number = c.household_number AND w.kind = 'claim_withdrawn'"
    "       AND w.claim = c.sequence AND w.value_on <= $1::date)),"
    " exit AS (SELECT household_number, max(value_on) AS exited_on FROM ledger.household_event"
    "     WHERE kind = 'exit_step_taken' AND step = 'approved' AND value_on <= $1::date GROUP BY "
    "1),"
    " relapse AS (SELECT household_number, max(value_on) AS relapsed_on FROM ledger.household_event"
    "     WHERE kind = 'relapsed' AND value_on <= $1::date GROUP BY 1) ";

std::string households_where(std::string const& condition)
{
    return std::string{verified_claims} +
           "SELECT count(DISTINCT claim.household_number) FROM claim"
           " LEFT JOIN exit USING (household_number) LEFT JOIN relapse USING (household_number)"
           " WHERE " +
           condition;
}

} // namespace

TEST_CASE("Lending, at ten dates, is what the journal and the events add up to")
{
    pqxx::connection connection{demo_books()};
    pqxx::work work{connection};
    for (char const* day : days) {
        INFO(day);
        auto const next = asked(work, "SELECT ($1::date + 1) - '1970-01-01'::date", day);
        auto const until =
            work.exec_params1("SELECT '1970-01-01'::date + $1::integer", next)[0].as<std::string>();
        auto const county = daifu({"report", "portfolio", "--until", until, "--json"}, demo_books())
                                .json()
                                .at("county")
                                .as_object();
        CHECK(fen(county.at("lent")) ==
              asked(work,
                    std::string{"SELECT coalesce(sum(amount_fen), 0) FROM ledger.loan_event"
                                " e WHERE kind = 'disbursed' AND value_on <= $1::date"} +
                        in_force,
                    day));
        CHECK(county.at("loans").as_int64() ==
              asked(work,
                    std::string{"SELECT count(DISTINCT loan_number) FROM ledger.loan_event e"
                                " WHERE kind = 'disbursed' AND value_on <= $1::date"} +
                        in_force,
                    day));
        CHECK(county.at("borrowers").as_int64() ==
              asked(work,
                    std::string{"SELECT count(DISTINCT borrower_number) FROM"
                                " ledger.loan_event e JOIN ledger.loan l USING (county_code,"
                                " loan_number) WHERE kind = 'disbursed' AND value_on <="
                                " $1::date"} +
                        in_force,
                    day));
        CHECK(fen(county.at("outstanding")) ==
              asked(work,
                    "SELECT coalesce(sum(CASE side WHEN 'debit' THEN minor_units"
                    " ELSE -minor_units END), 0)::bigint FROM ledger.posting p"
                    " JOIN ledger.journal_entry e USING (county_code, entry_number)"
                    " JOIN ledger.account a USING (county_code, account_number)"
                    " WHERE a.code LIKE '1303.%' AND e.value_on <= $1::date",
                    day));
    }
}

TEST_CASE("Who was led, at ten dates, is what the journal and the events add up to")
{
    pqxx::connection connection{demo_books()};
    pqxx::work work{connection};
    std::int64_t most_exited = 0, most_relapsed = 0;
    for (char const* day : days) {
        INFO(day);
        auto const county = daifu({"report", "leading", "--as-of", day, "--json"}, demo_books())
                                .json()
                                .at("county")
                                .as_object();
        auto const figure = [&county](char const* code) { return county.at(code).as_int64(); };
        auto const counted = [&](std::string const& condition) {
            return asked(work, households_where(condition), day);
        };
        CHECK(figure("households_led") == counted("over_on IS NULL"));
        CHECK(figure("households_led_ever") == counted("true"));
        CHECK(figure("households_led_poor") == counted("standing = 'poor'"));
        std::string const out = "standing = 'poor' AND exited_on > since";
        CHECK(figure("households_exited") == counted(out + " AND relapsed_on IS NULL"));
        CHECK(figure("households_sustained") ==
              counted(out + " AND relapsed_on IS NULL"
                            " AND exited_on + interval '12 months' <= $1::date"));
        CHECK(figure("households_relapsed") == counted(out + " AND relapsed_on IS NOT NULL"));
        std::string units{county.at("led_units").as_string()};
        std::erase(units, '.');
        CHECK(std::stoll(units) ==
              asked(work,
                    "SELECT coalesce(sum(CASE side WHEN 'debit' THEN minor_units"
                    " ELSE -minor_units END), 0)::bigint FROM ledger.posting p"
                    " JOIN ledger.journal_entry e USING (county_code, entry_number)"
                    " JOIN ledger.account a USING (county_code, account_number)"
                    " WHERE a.code LIKE '9103.%' AND p.unit = 'HOUSEHOLD'"
                    " AND e.value_on <= $1::date",
                    day));
        most_exited = std::max(most_exited, figure("households_exited"));
        most_relapsed = std::max(most_relapsed, figure("households_relapsed"));
    }
    CHECK(most_exited > 20);
    CHECK(most_relapsed > 0);
}

TEST_CASE("Every indicator that opens into parts is the sum of its parts")
{
    auto const leading = daifu({"report", "leading", "--json"}, demo_books()).json();
    auto const county = leading.at("county").as_object();
    for (auto const& value : leading.at("indicators").as_array()) {
        auto const& indicator = value.as_object();
        if (!indicator.at("has_parts").as_bool()) continue;
        std::string const code{indicator.at("code").as_string()};
        INFO(code);
        auto const parts =
            daifu({"report", "leading", "--explain", code, "--json"}, demo_books()).json();
        std::int64_t sum = 0;
        for (auto const& part : parts.at("parts").as_array()) sum += part.at("amount").as_int64();
        CHECK(sum == county.at(code).as_int64());
    }
    auto const lent =
        daifu({"report", "leading", "--explain", "lent", "--json"}, demo_books()).json();
    std::int64_t sum = 0;
    for (auto const& part : lent.at("parts").as_array()) sum += fen(part.at("amount"));
    CHECK(sum == 4'210'000'000);
}
