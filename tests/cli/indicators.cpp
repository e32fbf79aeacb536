// The published figures over the demonstration county at ten dates, against plain SQL over the
// journal and the events: queries that share nothing with the views and know no standing.
#include "ledger/indicator.hpp"
#include "store/queries.hpp"
#include "store/registers.hpp"
#include "tests/cli/command.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
#include "wire/register_answers.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <pqxx/pqxx>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace json = boost::json;
using namespace test;
using ledger::Date;
using ledger::Span;

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

/// Debits less credits in yuan of the postings that the condition names, by value date.
std::int64_t debits(pqxx::work& work, std::string const& condition, char const* day)
{
    return asked(work,
                 "SELECT coalesce(sum(CASE side WHEN 'debit' THEN minor_units ELSE -minor_units"
                 " END), 0)::bigint FROM ledger.posting p"
                 " JOIN ledger.journal_entry e USING (county_code, entry_number)"
                 " JOIN ledger.account a USING (county_code, account_number)"
                 " WHERE p.unit = 'CNY' AND e.value_on <= $1::date AND " +
                     condition,
                 day);
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

/// Incomes per head before and since, of the households that have both.
void check_incomes(pqxx::work& work, json::object const& county, char const* day)
{
    auto const row = work.exec_params1(
        std::string{verified_claims} +
            ", led AS (SELECT claim.household_number, min(since) AS since, max(e.persons) AS "
            "persons"
            "   FROM claim JOIN ledger.household_event e ON e.household_number ="
            "     claim.household_number AND e.kind = 'household_registered' GROUP BY 1),"
            " income AS (SELECT led.household_number, led.persons, i.income_year < extract(year "
            "FROM"
            "     led.since) AS is_before, i.income_year, i.value_on, i.sequence, i.wages_fen +"
            "     i.production_fen + i.property_fen + i.transfers_fen AS fen"
            "   FROM led JOIN ledger.household_event i ON i.household_number = led.household_number"
            "     AND i.kind = 'income_recorded' AND i.value_on <= $1::date),"
            " last AS (SELECT DISTINCT ON (household_number, is_before) * FROM income"
            "   ORDER BY household_number, is_before, income_year DESC, value_on DESC, sequence"
            "   DESC)"
            " SELECT count(*), coalesce(sum(b.fen / b.persons), 0)::bigint,"
            " coalesce(sum(s.fen / s.persons), 0)::bigint"
            " FROM last b JOIN last s USING (household_number) WHERE b.is_before AND NOT"
            " s.is_before",
        day);
    auto const households = row[0].as<std::int64_t>();
    CHECK(county.at("households_with_incomes").as_int64() == households);
    for (auto const& [figure, column] :
         {std::pair{"income_before", 1}, std::pair{"income_since", 2}})
    {
        auto const sum = row[column].as<std::int64_t>();
        if (households == 0)
            CHECK(county.at(figure).is_null());
        else
            CHECK(fen(county.at(figure)) == (2 * sum + households) / (2 * households));
    }
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
        CHECK(fen(county.at("outstanding")) == debits(work, "a.code LIKE '1303.%'", day));
        // Nothing was written off: whatever else moved principal is a repayment or its reversal.
        CHECK(fen(county.at("written_off")) == 0);
        CHECK(fen(county.at("repaid")) ==
              -debits(work, "a.code LIKE '1303.%' AND e.cause <> 'disbursement'", day));
        // Of the cash that came in what was neither principal nor kept for the borrower.
        CHECK(fen(county.at("interest_received")) ==
              debits(work,
                     "e.cause IN ('repayment', 'reversal')"
                     " AND (a.code = '1002' OR a.code LIKE '1303.%' OR a.code LIKE '2241%')",
                     day));
    }
}

TEST_CASE("The funds, at ten dates, are what their accounts hold")
{
    pqxx::connection connection{demo_books()};
    pqxx::work work{connection};
    std::int64_t most_lent = 0;
    for (char const* day : days) {
        INFO(day);
        auto const answer =
            daifu({"report", "funds", "--as-of", day, "--json"}, demo_books()).json();
        auto const county = answer.at("county").as_object();
        for (auto const& [figure, account] :
             {std::pair{"fund_available", "2314.01"}, std::pair{"fund_reserved", "2314.02"},
              std::pair{"fund_lent", "2314.03"}, std::pair{"fund_written_off", "2314.04"},
              std::pair{"risk_available", "2701"}})
        {
            INFO(figure);
            CHECK(fen(county.at(figure)) ==
                  -debits(work, "a.code = '" + std::string{account} + "'", day));
        }
        CHECK(fen(county.at("fund_paid_in")) ==
              -debits(work, "a.code = '2314.01' AND e.cause = 'fund_payment'", day));
        most_lent = std::max(most_lent, fen(county.at("fund_lent")));
    }
    CHECK(most_lent > 1'000'000'000);
}

TEST_CASE("Reach, at ten dates, is what the registers' facts and the events say")
{
    pqxx::connection connection{demo_books()};
    pqxx::work work{connection};
    // Nothing of the demonstration's facts was reversed.
    auto const village_has = [&](char const* aspect, char const* day) {
        return asked(work,
                     "SELECT count(*) FROM (SELECT DISTINCT ON (subject) subject, body FROM"
                     " register.fact WHERE register = 'village' AND body ->> 'aspect' = '" +
                         std::string{aspect} +
                         "' AND value_on <= $1::date ORDER BY subject, value_on DESC, sequence"
                         " DESC) v WHERE (body ->> 'has')::boolean AND subject IN (SELECT subject"
                         " FROM register.fact WHERE body ->> 'aspect' = 'poor_village'"
                         " AND value_on <= $1::date)",
                     day);
    };
    std::int64_t most_overdue = 0;
    for (char const* day : days) {
        INFO(day);
        auto const county = daifu({"report", "reach", "--as-of", day, "--json"}, demo_books())
                                .json()
                                .at("county")
                                .as_object();
        auto const figure = [&county](char const* code) { return county.at(code).as_int64(); };
        CHECK(figure("poor_villages") == village_has("poor_village", day));
        CHECK(figure("villages_with_plan") == village_has("project_plan", day));
        CHECK(figure("villages_with_cooperation") == village_has("share_cooperation", day));
        CHECK(figure("villages_with_income") == village_has("collective_income", day));
        std::string const lent =
            " FROM ledger.loan_event e JOIN ledger.loan l USING (county_code, loan_number)"
            " JOIN register.borrower b USING (county_code, borrower_number)"
            " WHERE kind = 'disbursed' AND value_on <= $1::date" +
            std::string{in_force};
        CHECK(figure("villages_lent") ==
              asked(work, "SELECT count(DISTINCT l.village_code)" + lent, day));
        CHECK(figure("townships_lent") ==
              asked(work, "SELECT count(DISTINCT left(l.village_code, 9))" + lent, day));
        CHECK(figure("branches_lent") ==
              asked(work,
                    "SELECT count(*) FROM register.fact f WHERE kind = 'branch_named'"
                    " AND f.value_on <= $1::date AND f.body ->> 'name' IN (SELECT b.party_branch" +
                        lent + ")",
                    day));
        std::string const open =
            "SELECT count(*) FROM register.fact g WHERE kind = 'responsibility_given'"
            " AND value_on <= $1::date AND NOT EXISTS (SELECT FROM register.fact d WHERE"
            " d.kind = 'responsibility_fulfilled' AND d.subject = g.subject"
            " AND d.value_on <= $1::date)";
        CHECK(figure("responsibilities") == asked(work, open, day));
        CHECK(figure("responsibilities_overdue") ==
              asked(work, open + " AND (body ->> 'deadline')::date < $1::date", day));
        std::string const gone =
            std::string{verified_claims} +
            "SELECT count(*) FROM exit JOIN ledger.household_event e USING (household_number)"
            " LEFT JOIN relapse USING (household_number) WHERE e.kind = 'household_registered'"
            " AND relapsed_on IS NULL AND extract(year FROM exited_on) = extract(year FROM"
            " $1::date) AND extract(year FROM exited_on) = 2016";
        CHECK(figure("reached_households") == asked(work, gone, day));
        CHECK(figure("planned_households") ==
              (std::string_view{day}.starts_with("2016") && std::string_view{day} >= "2016-01-15"
                   ? 2'262
                   : 0)); // shared facts, published_figures.csv
        most_overdue = std::max(most_overdue, figure("responsibilities_overdue"));
    }
    CHECK(most_overdue > 0);
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
        std::string const persons =
            std::string{verified_claims} +
            "SELECT coalesce(sum(persons), 0)::bigint FROM (SELECT DISTINCT e.household_number,"
            " e.persons FROM claim JOIN ledger.household_event e USING (household_number)"
            " WHERE e.kind = 'household_registered') p";
        CHECK(figure("persons_led_ever") == asked(work, persons, day));
        CHECK(figure("leading_borrowers") ==
              asked(work,
                    std::string{verified_claims} +
                        "SELECT count(DISTINCT e.borrower_number) FROM claim"
                        " JOIN ledger.household_event e ON e.household_number ="
                        " claim.household_number AND e.sequence = claim.sequence",
                    day));
        CHECK(fen(county.at("income_brought")) ==
              asked(work,
                    "SELECT coalesce(sum(b.amount_fen), 0)::bigint FROM ledger.household_event b"
                    " WHERE b.kind = 'benefit_brought' AND b.value_on <= $1::date AND NOT EXISTS"
                    " (SELECT FROM ledger.household_event w WHERE w.kind = 'claim_withdrawn'"
                    " AND w.household_number = b.household_number AND w.claim = b.claim"
                    " AND w.value_on <= $1::date)",
                    day));
        check_incomes(work, county, day);
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

namespace {

/// The figures of a line of a statistic by their codes, with the key of its group.
struct Line {
    std::string key;
    json::object figures;
};

template <class Lines> std::vector<Line> lines_of(Lines const& lines)
{
    std::vector<Line> out;
    for (auto const& line : lines) {
        auto figures = wire::to_json(line);
        auto const& key = figures.at("key");
        out.push_back({key.is_null() ? "" : std::string{key.as_string()}, std::move(figures)});
    }
    return out;
}

constexpr Span year_2016{Date{2016, 1, 1}, Date{2017, 1, 1}};

/// A statistic by a dimension: of the year where it is of a period, else of the year's last day.
std::vector<Line> statistic(store::Database& reader, ledger::Report report, ledger::Dimension by)
{
    auto const county = ledger::CountyCode::parse("530921").value();
    Date const last = year_2016.until.plus_days(-1);
    switch (report) {
    case ledger::Report::portfolio:
        return lines_of(
            store::portfolio(reader, county, year_2016.from, year_2016.until, by).value());
    case ledger::Report::quality: {
        auto lines = lines_of(store::quality(reader, county, year_2016, by).value());
        for (Line const& lent : statistic(reader, ledger::Report::portfolio, by)) {
            for (Line& line : lines) { // what is bad is a part of what is outstanding
                if (line.key == lent.key)
                    line.figures["outstanding"] = lent.figures.at("outstanding");
            }
        }
        return lines;
    }
    case ledger::Report::leading: return lines_of(store::leading(reader, county, last, by));
    case ledger::Report::funds: return lines_of(store::fund_figures(reader, county, last));
    case ledger::Report::reach: return lines_of(store::reach(reader, county, last));
    }
    throw std::logic_error("a report that is not in the list");
}

std::int64_t number_in(json::value const& figure)
{
    return figure.is_int64() ? figure.as_int64() : fen(figure);
}

std::vector<std::int64_t> amounts_of(store::Database& reader, ledger::Indicator const& indicator,
                                     ledger::Dimension by, std::string const& key)
{
    store::PartFilter filter;
    filter.by = by;
    filter.key = key;
    bool const is_of_a_period = indicator.report == ledger::Report::portfolio ||
                                indicator.report == ledger::Report::quality;
    if (is_of_a_period) filter.from = year_2016.from;
    filter.as_of = year_2016.until.plus_days(-1);
    filter.limit = 200;
    auto const county = ledger::CountyCode::parse("530921").value();
    std::vector<std::int64_t> amounts;
    for (;;) {
        auto const parts = store::parts_of(reader, county, indicator.code, filter).value();
        for (auto const& part : parts.page) amounts.push_back(part.amount);
        if (std::cmp_less(parts.page.size(), filter.limit)) {
            CHECK(parts.count == static_cast<std::int64_t>(amounts.size()));
            CHECK(parts.sum == std::accumulate(amounts.begin(), amounts.end(), std::int64_t{}));
            return amounts;
        }
        filter.after = parts.page.back().number;
    }
}

/// What the parts make, as the indicator says; nothing where there are none and no figure is zero.
std::optional<std::int64_t> made(ledger::Indicator const& indicator,
                                 std::vector<std::int64_t> amounts)
{
    auto const sum = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{});
    auto const count = static_cast<std::int64_t>(amounts.size());
    std::ranges::sort(amounts);
    switch (indicator.aggregation) {
    case ledger::Aggregation::sum: return sum;
    case ledger::Aggregation::mean:
        if (count == 0) return std::nullopt;
        return (2 * sum + (sum < 0 ? -count : count)) / (2 * count);
    case ledger::Aggregation::median:
        return amounts.empty() ? 0 : amounts[(amounts.size() - 1) / 2];
    case ledger::Aggregation::largest: return amounts.empty() ? 0 : amounts.back();
    case ledger::Aggregation::ratio: break;
    }
    throw std::logic_error("a ratio has no parts");
}

/// A ratio is the sum of all but the last of what it is made of, divided by the last.
void check_ratio(ledger::Indicator const& indicator, json::object const& figures)
{
    std::vector<std::int64_t> numbers;
    for (std::string_view const code : indicator.made_of) {
        if (code.empty()) continue;
        auto const& number = figures.at(code);
        if (number.is_null()) return; // a loan has no way of leading
        numbers.push_back(number_in(number));
    }
    std::int64_t const whole = numbers.back();
    std::int64_t const part = std::accumulate(numbers.begin(), numbers.end() - 1, std::int64_t{});
    auto const& figure = figures.at(indicator.code);
    if (whole == 0) {
        CHECK(figure.is_null());
    } else if (indicator.unit == ledger::CountingUnit::fen) {
        CHECK(fen(figure) == (2 * part + whole) / (2 * whole));
    } else {
        double const percent = std::stod(std::string{figure.as_string()});
        CHECK(
            percent ==
            Approx(100.0 * static_cast<double>(part) / static_cast<double>(whole)).margin(0.00006));
    }
}

} // namespace

TEST_CASE("Every figure of every group is made of its parts")
{
    store::Database reader{demo_books(), store::Role::reader};
    std::map<ledger::Report, std::set<std::string>> shown;
    for (auto const report :
         {ledger::Report::portfolio, ledger::Report::quality, ledger::Report::leading,
          ledger::Report::funds, ledger::Report::reach})
    {
        for (ledger::Dimension const by : ledger::dimensions_of(report)) {
            bool const folds_every_loan = report == ledger::Report::quality;
            if (folds_every_loan && by != ledger::Dimension::village) continue;
            auto const lines = statistic(reader, report, by);
            // The county, or a group from the middle.
            Line const& line =
                by == ledger::Dimension::county ? lines.back() : lines[(lines.size() - 1) / 2];
            for (ledger::Indicator const& indicator : ledger::all_indicators()) {
                // Of lending the statistics of leading tell what was ever lent.
                if (indicator.report != report || !line.figures.contains(indicator.code)) continue;
                INFO(indicator.code << " of " << code_of(by) << " " << line.key);
                shown[report].emplace(indicator.code);
                auto const& figure = line.figures.at(indicator.code);
                if (indicator.aggregation == ledger::Aggregation::ratio) {
                    check_ratio(indicator, line.figures);
                    continue;
                }
                auto const parts = made(indicator, amounts_of(reader, indicator, by, line.key));
                bool const is_told = !figure.is_null();
                if (is_told) CHECK(parts == number_in(figure));
                if (!is_told) CHECK(parts.value_or(0) == 0);
            }
        }
    }
    for (ledger::Indicator const& indicator : ledger::all_indicators()) {
        INFO(indicator.code);
        CHECK(shown[indicator.report].contains(std::string{indicator.code}));
    }
}

TEST_CASE("A figure opens on the terminal, of a group and of a period")
{
    auto const lent = daifu({"report", "portfolio", "--from", "2016-01-01", "--until", "2017-01-01",
                             "--by", "industry", "--explain", "lent", "--key", "cattle", "--json"},
                            demo_books())
                          .json();
    auto const lines = daifu({"report", "portfolio", "--from", "2016-01-01", "--until",
                              "2017-01-01", "--by", "industry", "--json"},
                             demo_books())
                           .json();
    bool is_found = false;
    for (auto const& line : lines.at("lines").as_array()) {
        if (line.at("key") != "cattle") continue;
        is_found = true;
        CHECK(line.at("lent") == lent.at("sum"));
        CHECK(line.at("loans") == lent.at("count"));
    }
    CHECK(is_found);
    auto const rate = daifu({"report", "portfolio", "--explain", "par30_rate"}, demo_books()).out;
    CHECK_THAT(rate, Catch::Contains("par30") && Catch::Contains("outstanding"));
    auto const all =
        daifu({"report", "leading", "--explain", "lent", "--json"}, demo_books()).json();
    CHECK(all.at("sum") == "42100000.00"); // shared facts, published_figures.csv
}
