// How fast the books are here, beside what else there is: two counties are filled with invented
// loans, the store alone writes the one, the service the other, and yardsticks run on the same
// PostgreSQL in between. Every line is measured once a round, one after the other, so that a noisy
// machine hurts all alike; the middle of the rounds is shown. It judges nothing.
#include "bench/counter.hpp"
#include "bench/served.hpp"
#include "bench/yardsticks.hpp"
#include "daifu/verbs.hpp"
#include "demo/stories.hpp"
#include "ledger/access.hpp"
#include "store/access.hpp"
#include "store/migrate.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <filesystem>

namespace daifu {

namespace json = boost::json;
using bench::Measured;
using bench::Row;

namespace {

constexpr char const* served_county = "990001"; ///< the second that generate fills
constexpr char const* token = "bench-token";
constexpr char const* yardstick = "(a) smallest function, spread, 32 clients";
constexpr char const* hot_yardstick = "(a) smallest function, one account, 32 clients";

template <class Value> Value middle_of(std::vector<Value> values, auto&& by)
{
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle, {}, by);
    return *middle;
}

/// A line of the table and what the rounds found.
struct Line {
    Row row;
    std::vector<Measured> rounds{};
    std::vector<double> wal{}; ///< bytes for each

    Measured middle() const { return middle_of(rounds, &Measured::a_second); }
    double wal_bytes() const { return middle_of(wal, std::identity{}); }
};

double seconds_since(std::chrono::steady_clock::time_point began)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
}

std::string fixed(double value, int digits)
{
    if (std::isnan(value)) return "";
    std::string text(32, '\0');
    text.resize(
        static_cast<std::size_t>(std::snprintf(text.data(), text.size(), "%.*f", digits, value)));
    return text;
}

/// Loans that owe enough for a long time of small repayments.
std::vector<std::string> running_loans(store::Database& reader, ledger::CountyCode const& county)
{
    constexpr auto enough = ledger::Money::yuan(5'000);
    std::vector<std::string> running;
    store::LoanFilter filter{
        .township = {}, .borrowers = {}, .after = {}, .limit = store::page_limit};
    for (;;) {
        auto const page = store::loans(reader, county, filter);
        if (page.empty()) return running;
        for (auto const& loan : page)
            if (loan.status == "active" && loan.outstanding >= enough)
                running.push_back(loan.number);
        filter.after = page.back().number;
    }
}

class Bench {
  public:
    Bench(Settings const& settings, BenchArguments const& arguments)
        : settings_{settings}
        , arguments_{arguments}
        , books_{settings}
        , opened_on_{demo::first_year + arguments.years, 1, 1}
    {
    }

    ledger::Result<void> run()
    {
        // Whatever county it names: nobody's books get invented ones beside them.
        if (bench::ask(settings_.database, "SELECT to_regclass('ledger.county') IS NULL") != "t")
            return ledger::refuse(ledger::Refusal::books_not_empty, "--database");
        store::migrate(books_.owner());
        auto made = generate_books(
            settings_,
            {.counties = 2, .loans = arguments_.loans, .years = arguments_.years, .seed = 1});
        if (!made) return std::unexpected{made.error()};
        generated_ = *made;
        if (auto const added = add_officer(); !added) return added;
        add_lines();
        measure();
        return {};
    }

    Exit show() const;

  private:
    ledger::CountyCode served() const { return *ledger::CountyCode::parse(served_county); }
    ledger::Result<void> add_officer();
    void add_lines();
    void add_store_lines();
    void add_auditors_choice();
    void add_served_lines();
    void add(Row row) { lines_.push_back({std::move(row)}); }
    void measure();
    void measure(Line&);
    double of(std::string const& name) const;
    double wal_now() const;
    json::object as_json() const;
    Table as_table() const;

    Settings const& settings_;
    BenchArguments const& arguments_;
    Books books_;
    ledger::Date opened_on_;
    store::Generated generated_;
    std::unique_ptr<bench::Yardsticks> yardsticks_;
    std::unique_ptr<bench::Counter> counter_;
    std::unique_ptr<bench::Served> service_;
    bench::Folder folder_;
    std::vector<Line> lines_;
    double idle_bytes_ = 0, busy_bytes_ = 0; ///< of the service
};

ledger::Result<void> Bench::add_officer()
{
    auto const officer = *ledger::user_name("bench");
    ledger::Principal const who{officer, "测量 bench", {ledger::UserRole::officer}, {}};
    store::TrailRecord const by{.actor = "bench"};
    if (auto const added = store::add_staff(books_.access(), served(), who, "$argon2id$none", by);
        !added)
        return std::unexpected{added.error()};
    auto const made = store::make_token(
        books_.access(), served(),
        {officer, ledger::file_digest(token), "bench", store::TokenScope::write, 1}, by);
    if (!made) return std::unexpected{made.error()};
    return {};
}

void Bench::add_lines()
{
    int const scale = static_cast<int>(std::clamp<std::int64_t>(arguments_.loans / 500, 1, 20));
    yardsticks_ =
        std::make_unique<bench::Yardsticks>(settings_.database, arguments_.seconds, scale);
    for (auto& row : yardsticks_->rows(arguments_.peer_file)) add(std::move(row));
    add_store_lines();
    if (!arguments_.service.empty()) add_served_lines();
    if (arguments_.only.empty()) return;
    std::erase_if(lines_, [this](Line const& line) {
        return line.row.name.find(arguments_.only) == std::string::npos;
    });
}

void Bench::add_store_lines()
{
    counter_ = std::make_unique<bench::Counter>(
        books_.app(), books_.county(), running_loans(books_.reader(), books_.county()), opened_on_);
    for (std::size_t const batch : {1UZ, 8UZ, 32UZ, 100UZ, 500UZ, 2'000UZ})
        add({"repayments, batches of " + std::to_string(batch), "还款，只用账簿，按批",
             [this, batch] { return counter_->repay(batch, arguments_.seconds); }});
    add(yardsticks_->bulk_insert(books_.county()));
    if (bench::is_installed("hledger")) add_auditors_choice();
}

/// What an auditor would take instead: the journal in a text file, summed by a program of his.
void Bench::add_auditors_choice()
{
    add({"(e) a trial balance by hledger", "hledger 汇总导出的凭证", [this] {
             auto const journal = folder_.path() + "/journal.hledger";
             if (!std::filesystem::exists(journal))
                 bench::output_of(bench::shell_quoted(bench::program_beside("daifu")) +
                                  " export --format hledger --database " +
                                  bench::shell_quoted(settings_.database) + " --county " +
                                  books_.county().text() + " --out " +
                                  bench::shell_quoted(journal) + " 2>&1");
             auto const began = std::chrono::steady_clock::now();
             bench::output_of("hledger -f " + bench::shell_quoted(journal) +
                              " balance --flat 2>&1 >/dev/null");
             return Measured{1 / seconds_since(began)};
         }});
}

void Bench::add_served_lines()
{
    service_ = std::make_unique<bench::Served>(bench::ServiceSetup{
        arguments_.service, settings_.database, settings_.key_file, served_county,
        opened_on_.text(), token, running_loans(books_.reader(), served())});
    idle_bytes_ = static_cast<double>(service_->resident_bytes());
    double const seconds = arguments_.seconds;
    std::string const most = "repayments over HTTP, 32 clients";
    for (int const clients : {1, 8, 32, 128, 512})
        add({"repayments over HTTP, " + std::to_string(clients) +
                 (clients == 1 ? " client" : " clients"),
             "还款，经服务", [this, clients, seconds] {
                 auto const measured = service_->repay(clients, seconds);
                 busy_bytes_ =
                     std::max(busy_bytes_, static_cast<double>(service_->resident_bytes()));
                 return measured;
             }});
    add({"repayments over HTTP, 32 clients at half of that", "还款，经服务，半载",
         [this, most, seconds] {
             double const all = of(most);
             return service_->repay(32, seconds, std::isnan(all) ? 100 : all / 2);
         }});
    add(yardsticks_->bare_commit([this] {
        for (Line const& line : lines_)
            if (line.row.name == "repayments over HTTP, 1 client" && !line.wal.empty())
                return line.wal_bytes();
        return 8'192.0;
    }));
    add({"a loan's card over HTTP, 8 clients", "查贷款卡片",
         [this, seconds] { return service_->read("/v1/loans/{loan}", 8, seconds); }});
    add({"the trial balance over HTTP, 1 client", "试算平衡表",
         [this, seconds] { return service_->read("/v1/trial-balance", 1, seconds); }});
    add({"the trial balance of its first summer over HTTP, 1 client", "当年夏天的试算平衡表",
         [this, seconds] {
             return service_->read("/v1/trial-balance?as_of=2015-06-30", 1, seconds);
         }});
    add({"the portfolio's figures over HTTP, 1 client", "贷款统计",
         [this, seconds] { return service_->read("/v1/statistics/portfolio", 1, seconds); }});
}

void Bench::measure()
{
    Progress progress{"测量 measuring", settings_.json};
    std::size_t const all = lines_.size() * static_cast<std::size_t>(arguments_.rounds);
    std::size_t done = 0;
    for (int round = 0; round < arguments_.rounds; ++round) {
        for (Line& line : lines_) {
            measure(line);
            progress.show(++done, all);
        }
    }
}

void Bench::measure(Line& line)
{
    double const wal_before = wal_now();
    auto const began = std::chrono::steady_clock::now();
    line.rounds.push_back(line.row.measure());
    double const count =
        line.rounds.back().a_second * std::min(seconds_since(began), arguments_.seconds);
    line.wal.push_back((wal_now() - wal_before) / std::max(1.0, count));
}

double Bench::wal_now() const
{
    return std::stod(bench::ask(settings_.database, "SELECT pg_current_wal_insert_lsn() - '0/0'"));
}

/// How many a second, or not a number where that is not measured (yet).
double Bench::of(std::string const& name) const
{
    auto const line = std::ranges::find(lines_, name, [](Line const& l) { return l.row.name; });
    if (line == lines_.end() || line->rounds.empty()) return std::nan("");
    return line->middle().a_second;
}

json::object Bench::as_json() const
{
    json::array lines;
    for (Line const& line : lines_) {
        auto const middle = line.middle();
        json::object one{{"name", line.row.name},
                         {"a_second", middle.a_second},
                         {"wal_bytes_each", line.wal_bytes()}};
        if (middle.latency) {
            one["p50_ms"] = middle.latency->p50_ms;
            one["p99_ms"] = middle.latency->p99_ms;
            one["p999_ms"] = middle.latency->p999_ms;
        }
        lines.push_back(std::move(one));
    }
    return {{"loans", generated_.loans},         {"postings", generated_.postings},
            {"rounds", arguments_.rounds},       {"seconds", arguments_.seconds},
            {"service_bytes_idle", idle_bytes_}, {"service_bytes_busy", busy_bytes_},
            {"lines", std::move(lines)}};
}

Table Bench::as_table() const
{
    Table table{{"", "每秒 a second", "÷(a) 分散 spread", "÷(a) 同一账户 one account",
                 "WAL 字节 bytes", "p50 ms", "p99 ms", "p99.9 ms"},
                {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                 Align::right, Align::right}};
    double const spread = of(yardstick), hot = of(hot_yardstick);
    for (Line const& line : lines_) {
        auto const middle = line.middle();
        auto const ms = [&](double bench::Latency::* part) {
            return middle.latency ? fixed((*middle.latency).*part, 1) : std::string{};
        };
        table.row({line.row.chinese + " " + line.row.name,
                   grouped(fixed(middle.a_second, middle.a_second < 10 ? 2 : 0)),
                   fixed(middle.a_second / spread, 2), fixed(middle.a_second / hot, 2),
                   grouped(fixed(line.wal_bytes(), 0)), ms(&bench::Latency::p50_ms),
                   ms(&bench::Latency::p99_ms), ms(&bench::Latency::p999_ms)});
    }
    return table;
}

Exit Bench::show() const
{
    if (settings_.json) {
        print(as_json());
        return Exit::done;
    }
    constexpr double mebibyte = 1024 * 1024;
    auto const count = [](std::int64_t n) { return grouped(std::to_string(n)); };
    print(as_table().text());
    print("两县共 " + count(generated_.loans) + " 笔贷款、" + count(generated_.postings) +
          " 条分录（均为虚构），" + std::to_string(arguments_.rounds) + " 轮取中数；" +
          "测完请删除此数据库\n" + "Two counties with " + count(generated_.loans) + " loans and " +
          count(generated_.postings) + " postings, all invented; the middle of " +
          counted(static_cast<std::size_t>(arguments_.rounds), "round", "rounds") +
          "; drop this database now\n");
    if (busy_bytes_ > 0)
        print("daifud: 空闲 idle " + fixed(idle_bytes_ / mebibyte, 0) + " MiB, 最忙 busiest " +
              fixed(busy_bytes_ / mebibyte, 0) + " MiB\n");
    return Exit::done;
}

} // namespace

Exit bench(Settings const& settings, BenchArguments const& arguments)
{
    Bench bench{settings, arguments};
    if (auto const measured = bench.run(); !measured)
        return refuse_aloud(measured.error(), settings.json);
    return bench.show();
}

} // namespace daifu
