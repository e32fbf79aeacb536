// What is done to the books as a whole: the schema, the opening, a day's closing, the self-check.
#include "daifu/verbs.hpp"
#include "registers/row_reader.hpp"
#include "store/access.hpp"
#include "store/evidence_files.hpp"
#include "store/execute.hpp"
#include "store/migrate.hpp"
#include "store/queries.hpp"
#include "store/registers.hpp"
#include "wire/answers.hpp"

#include <boost/json.hpp>
#include <unistd.h>

namespace daifu {

namespace json = boost::json;

namespace {

constexpr std::string_view actor = "operator";

/// The day in the argument, or the business day when it is empty.
ledger::Result<ledger::Date> day_or_today(std::string const& text, std::string_view field)
{
    if (text.empty()) return business_day();
    auto day = ledger::Date::parse(text);
    if (!day) day.error().field = field;
    return day;
}

/// None for no name; the names themselves are checked where arguments are read.
std::optional<ledger::DigestAlgorithm> digest_algorithm_named(std::string_view name)
{
    using ledger::DigestAlgorithm;
    for (auto const algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::sm3}) {
        if (name == ledger::code_of(algorithm)) return algorithm;
    }
    LEDGER_ASSERT(name.empty());
    return std::nullopt;
}

std::string tick(bool is_good)
{
    if (!may_colour(STDOUT_FILENO)) return is_good ? "✓" : "✗";
    return is_good ? "\x1b[32m✓\x1b[0m" : "\x1b[31m✗\x1b[0m";
}

void say_closing(store::Closing const& closing)
{
    std::string text = closing.day.text();
    if (closing.was_closed_already) {
        text += "  早已日终 closed already";
    } else {
        auto const posted = static_cast<std::size_t>(closing.accruals_posted);
        text += "  已日终，计提 " + std::to_string(posted) + " 笔  closed, " +
                counted(posted, "accrual", "accruals") + " posted";
        if (closing.provisions_posted > 0) {
            auto const provided = static_cast<std::size_t>(closing.provisions_posted);
            text += "，计提准备 " + std::to_string(provided) + " 笔, " +
                    counted(provided, "provision", "provisions") + " posted";
        }
        if (closing.approvals_expired > 0) {
            auto const expired = static_cast<std::size_t>(closing.approvals_expired);
            text += "，审批失效 " + std::to_string(expired) + " 笔, " +
                    counted(expired, "approval", "approvals") + " expired";
        }
    }
    for (auto const& [loan, refused] : closing.failed) {
        text += "\n  " + tick(false) + " 贷款 loan " + loan.text() +
                " 没有计提 not accrued: " + std::string{ledger::name_of(refused.code)} + "  " +
                ledger::chinese(refused) + "  " + ledger::english(refused);
    }
    print(text + "\n");
}

} // namespace

Books::Books(Settings const& settings)
    : asked_county_{settings.county}
    , keys_{std::make_shared<secrets::KeyRing>(settings.key_file)}
    , owner_{settings.database, store::Role::owner}
    , app_{settings.database, store::Role::app}
    , reader_{settings.database, store::Role::reader}
    , auditor_{settings.database, store::Role::auditor}
    , access_{settings.database, store::Role::access}
{
    for (store::Database* const each : {&owner_, &app_, &reader_, &access_}) each->seal_with(keys_);
    auto county = ledger::CountyCode::parse(settings.county);
    if (county) county_ = *std::move(county);
}

ledger::Result<store::CountyStatus> Books::status()
{
    if (county_.is_empty()) {
        return ledger::refuse(ledger::Refusal::identifier_malformed, "county");
    }
    auto status = store::county(reader_, county_);
    if (!status) return ledger::refuse(ledger::Refusal::county_not_found, "county", asked_county_);
    return *std::move(status);
}

void Books::taken_out(std::string const& what)
{
    store::TrailRecord const record{.actor = "daifu", .event = "exported", .subject = what};
    store::append_trail(access_, county_, {&record, 1});
}

void add_knowledge(json::object& answer, Books& books, std::optional<store::Instant> known_at,
                   std::optional<ledger::Date> until, bool with_households)
{
    store::LaterEntries later;
    if (known_at) {
        later =
            store::entries_since(books.reader(), books.county(), *known_at, until, with_households);
    }
    wire::add_knowledge(answer, known_at, later);
}

Exit migrate(Settings const& settings, std::string const& digest, bool is_distributed)
{
    Books books{settings};
    if (books.county().is_empty()) {
        return refuse_aloud({ledger::Refusal::identifier_malformed, "county", {}}, settings.json);
    }
    json::array steps;
    std::size_t applied = 0;
    store::migrate(books.owner(), [&](store::MigrationStep const& step) {
        applied += step.applied_now ? 1 : 0;
        steps.push_back(json::object{{"file", step.file}, {"applied_now", step.applied_now}});
        if (!settings.json) {
            print((step.applied_now ? "已执行 applied  " : "早已有 there    ") + step.file + "\n");
        }
    });
    auto const settled =
        store::create_county(books.owner(), books.county(), digest_algorithm_named(digest));
    if (!settled) return refuse_aloud(settled.error(), settings.json);
    std::string const algorithm{ledger::code_of(*settled)};
    if (is_distributed) {
        auto const spread = store::distribute(books.owner());
        if (!spread) return refuse_aloud(spread.error(), settings.json);
        store::migrate(books.owner()); // views on every node
    }
    if (settings.json) {
        print(json::object{{"steps", std::move(steps)},
                           {"county", settings.county},
                           {"is_distributed", is_distributed},
                           {"digest_algorithm", algorithm}});
    } else {
        print("执行了 " + std::to_string(applied) + " 个脚本；县 " + settings.county +
              " 的账簿已就绪，凭证摘要算法 " + algorithm + "。\n" +
              counted(applied, "file", "files") + " applied; the books of county " +
              settings.county + " are there, entries hashed with " + algorithm + ".\n");
    }
    return Exit::done;
}

namespace {

/// So many days have a line each; of more only those with a failure.
constexpr std::size_t days_shown = 10;

void say_closings(std::vector<store::Closing> const& closings)
{
    std::size_t accruals = 0, provisions = 0, expired = 0, failures = 0;
    for (store::Closing const& closing : closings) {
        accruals += static_cast<std::size_t>(closing.accruals_posted);
        provisions += static_cast<std::size_t>(closing.provisions_posted);
        expired += static_cast<std::size_t>(closing.approvals_expired);
        failures += closing.failed.size();
        if (closings.size() <= days_shown || !closing.failed.empty()) say_closing(closing);
    }
    if (closings.size() == 1) return;
    auto const number = [](std::size_t n) { return grouped(std::to_string(n)); };
    print("共 " + number(closings.size()) + " 天 " + closings.front().day.text() + " – " +
          closings.back().day.text() + "：计提 " + number(accruals) + " 笔，计提准备 " +
          number(provisions) + " 笔，审批失效 " + number(expired) + " 笔，没有计提的贷款 " +
          number(failures) + " 笔\n" + counted(closings.size(), "day", "days") + ": " +
          counted(accruals, "accrual", "accruals") + ", " +
          counted(provisions, "provision", "provisions") + ", " +
          counted(expired, "approval", "approvals") + " expired, " +
          counted(failures, "failure", "failures") + "\n");
}

} // namespace

ledger::Result<store::Receipt> open_county(Books& books, ledger::Date open_on)
{
    store::Envelope envelope;
    envelope.county = books.county();
    envelope.idempotency_key = std::string{store::opening_keys} + open_on.text();
    envelope.body_digest = registers::content_digest(envelope.idempotency_key);
    envelope.actor = actor;
    envelope.booked_on = business_day();
    envelope.command = ledger::OpenBooks{open_on};
    auto const outcomes = store::execute(books.app(), {&envelope, 1});
    auto const& answer = outcomes.front().answer;
    if (auto const* refused = std::get_if<ledger::Refused>(&answer)) {
        return std::unexpected{*refused};
    }
    return std::get<store::Receipt>(answer);
}

Exit open_books(Settings const& settings, std::string const& open_on)
{
    auto const day = day_or_today(open_on, "open_on");
    if (!day) return refuse_aloud(day.error(), settings.json);
    Books books{settings};
    auto const receipt = open_county(books, *day);
    if (!receipt) return refuse_aloud(receipt.error(), settings.json);
    if (settings.json) {
        print(wire::to_json(*receipt));
    } else {
        print("账簿自 " + day->text() + " 启用：此后历史只能以起息日补记。\n" +
              "The books are open from " + day->text() +
              ": the past enters by value date from here on.\n");
    }
    return Exit::done;
}

Exit close_day(Settings const& settings, std::string const& text)
{
    auto const day = day_or_today(text, "date");
    if (!day) return refuse_aloud(day.error(), settings.json);
    ledger::Date const today = business_day();
    if (*day > today) {
        return refuse_aloud({ledger::Refusal::date_in_future, "date", today.text()}, settings.json);
    }
    Books books{settings};
    if (auto const county = books.status(); !county) {
        return refuse_aloud(county.error(), settings.json);
    }
    bool has_failures = false;
    std::optional<Progress> progress;
    store::ClosingOptions options;
    options.progress = [&](std::size_t done, std::size_t all) {
        if (!progress) progress.emplace("日终 closing", settings.json);
        progress->show(done, all);
    };
    options.report = [&](store::Closing const& closing) {
        progress.reset(); // its line makes room
        has_failures |= !closing.failed.empty();
    };
    auto const closings =
        store::close_days(books.app(), books.county(), *day, today, std::string{actor}, options);
    if (!closings) return refuse_aloud(closings.error(), settings.json);
    progress.reset();
    if (settings.json) {
        print(wire::closings_json(*closings));
    } else {
        say_closings(*closings);
    }
    return has_failures ? Exit::refused : Exit::done;
}

Exit doctor(Settings const& settings, std::string const& evidence, int jobs)
{
    Books books{settings};
    if (auto const county = books.status(); !county) {
        return refuse_aloud(county.error(), settings.json);
    }
    bool is_sound = true;
    // A bar for who watches; whoever keeps the output gets the checks and nothing else.
    bool const is_silent = settings.json || isatty(STDERR_FILENO) == 0;
    std::optional<Progress> progress;
    store::DoctorOptions options{.jobs = jobs, .report = {}, .progress = {}};
    options.progress = [&](std::size_t done, std::size_t all) {
        if (!progress) progress.emplace("自检 doctor", is_silent);
        progress->show(done, all);
    };
    options.report = [&](store::Check const& check) {
        is_sound = is_sound && check.violation_count == 0;
        if (settings.json) return;
        progress.reset(); // its line makes room
        print(tick(check.violation_count == 0) + " " + check.chinese + "  " + check.english +
              "  (" + grouped(std::to_string(check.examined)) + " examined)\n");
        for (std::string const& violation : check.violations) print("    " + violation + "\n");
        auto const shown = static_cast<std::int64_t>(check.violations.size());
        if (check.violation_count > shown) {
            print("    … 还有 and " + std::to_string(check.violation_count - shown) + " 处 more\n");
        }
    };
    auto checks = store::doctor(books.auditor(), books.county(), options);
    progress.reset();
    if (!evidence.empty()) {
        checks.push_back(
            store::check_evidence(books.auditor(), books.county(), store::EvidenceFiles{evidence}));
        options.report(checks.back());
    }
    if (settings.json) print(wire::doctor_json(checks));
    return is_sound ? Exit::done : Exit::refused;
}

} // namespace daifu
