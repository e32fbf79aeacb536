// Reading the books: a loan and why its figures are what they are, the trial balance, the
// portfolio, the whole journal. And the two pure calculators, which need no books.
#include "daifu/indicator_parts.hpp"
#include "daifu/loan_text.hpp"
#include "daifu/verbs.hpp"
#include "daifu/words.hpp"
#include "ledger/explain.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
#include "wire/group_name.hpp"
#include "wire/json.hpp"
#include "wire/replay.hpp"
#include "wire/schedule.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <utility>

namespace daifu {

namespace json = boost::json;
using ledger::Money;

namespace {

/// A request on standard input; the HTTP body limit is a service's, a calculator takes more.
constexpr std::size_t request_bytes_limit = 16U * 1024U * 1024U;

ledger::Result<LoanOnDay> loan_on_day(Books& books, std::string const& number,
                                      std::string const& as_of)
{
    auto const parsed = ledger::LoanNumber::parse(number);
    if (!parsed) return ledger::refuse(parsed.error().code, "loan");
    auto const day = optional_day(as_of, "as_of");
    if (!day) return std::unexpected{day.error()};
    if (auto const county = books.status(); !county) return std::unexpected{county.error()};
    auto loan = store::loan(books.reader(), books.county(), *parsed);
    if (!loan) return ledger::refuse(ledger::Refusal::loan_not_found, "loan");
    auto borrower = store::borrower(books.reader(), books.county(), loan->borrower);
    return LoanOnDay{*std::move(loan), day->value_or(business_day()), std::move(borrower)};
}

std::string minor(std::int64_t amount, std::string const& unit)
{
    return grouped(wire::minor_units_text(amount, unit));
}

std::string day_text(std::optional<ledger::Date> day, std::string_view otherwise)
{
    return day ? day->text() : std::string{otherwise};
}

/// "试算平衡表 Trial balance  凤庆县 530921  记账日期截止 booked through 2016-08-31".
std::string balance_title(store::CountyStatus const& county, std::string_view name,
                          store::BalanceDay const& day)
{
    std::string title = std::string{name} + "  " + county.name + " " + county.county.text();
    title += day.as_of ? "  起息日截止 as of " + day.as_of->text()
                       : "  记账日期截止 booked through " +
                             day_text(day.booked_through, "最后一张凭证 the last entry");
    if (day.known_at) title += "  当时所知 as known at " + wire::rfc3339(*day.known_at);
    return title + "\n";
}

std::string accounts_text(std::span<store::AccountBalance const> balances)
{
    using enum Align;
    Table table{{"科目 account", "明细 subkey", "借方 debits", "贷方 credits", "单位 unit"},
                {left, left, right, right, left}};
    for (store::AccountBalance const& line : balances) {
        table.row({line.account.code.text(), line.account.subkey, minor(line.debits, line.unit),
                   minor(line.credits, line.unit), unit_words(line.unit)});
    }
    return table.text();
}

std::string trial_balance_text(std::span<store::TrialBalanceLine const> lines)
{
    using enum Align;
    Table table{{"科目 account", "名称 name", "借方 debits", "贷方 credits", "余额 balance",
                 "方向 side", "单位 unit"},
                {left, left, right, right, right, left, left}};
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> totals;
    for (store::TrialBalanceLine const& line : lines) {
        table.row({line.code.text(), line.chinese + " " + line.english,
                   minor(line.debits, line.unit), minor(line.credits, line.unit),
                   minor(line.balance, line.unit), side_words(line.normal_side),
                   unit_words(line.unit)});
        totals[line.unit].first += line.debits;
        totals[line.unit].second += line.credits;
    }
    table.rule();
    for (auto const& [unit, total] : totals) {
        table.row({"",
                   total.first == total.second ? "合计 借贷平衡 balanced" : "合计 不平 UNBALANCED",
                   minor(total.first, unit), minor(total.second, unit), "", "", unit_words(unit)});
    }
    return table.text();
}

std::string portfolio_text(std::span<store::PortfolioLine const> lines, ledger::Dimension by)
{
    using enum Align;
    Table table{{"分组 group", "人数 名", "户数 户", "笔数 笔", "发放 lent", "收回本金 repaid",
                 "利息 interest", "余额 outstanding", "逾期 overdue", "PAR30", "PAR90"},
                {left, right, right, right, right, right, right, right, right, right, right}};
    for (store::PortfolioLine const& line : lines) {
        if (line.key.empty()) table.rule();
        table.row({line.key.empty() ? "全县 county" : wire::group_name(by, line.key, line.name),
                   std::to_string(line.borrowers), std::to_string(line.households),
                   std::to_string(line.loans), money(line.lent), money(line.repaid),
                   money(line.interest), money(line.outstanding), money(line.overdue),
                   money(line.par30), money(line.par90)});
    }
    return table.text();
}

std::string quality_text(std::span<store::QualityLine const> lines, ledger::Dimension by)
{
    using enum Align;
    Table table{
        {"分组 group", "正常 normal", "关注 special mention", "次级 substandard", "可疑 doubtful",
         "损失 loss", "不良 non-performing", "准备 provisions", "到期 due", "已收 collected",
         "按时 on time", "应贴息 subsidy due"},
        {left, right, right, right, right, right, right, right, right, right, right, right}};
    for (store::QualityLine const& line : lines) {
        bool const is_county = &line == &lines.back();
        if (is_county) table.rule();
        ledger::Quality const& of = line.quality;
        std::vector<std::string> cells{is_county ? "全县 county"
                                                 : wire::group_name(by, line.key, line.name)};
        for (ledger::Money const principal : of.principal) cells.push_back(money(principal));
        for (ledger::Money const amount : {of.non_performing(), of.provisions, of.due, of.collected,
                                           of.collected_on_time, of.subsidy_due})
            cells.push_back(money(amount));
        table.row(std::move(cells));
    }
    return table.text();
}

/// What a report of lending was asked.
struct Asked {
    std::optional<ledger::Date> from;
    ledger::Date until;
    ledger::Dimension by{};
    std::optional<store::Instant> known_at;
};

std::string lending_title(std::string const& what, store::CountyStatus const& county,
                          Asked const& asked)
{
    return what + "  " + county.name + " " + county.county.text() + "  起息日 value dates [" +
           day_text(asked.from, "开始 the beginning") + ", " + asked.until.text() +
           ")  金额单位 amounts in 元 CNY\n";
}

template <class Say>
Exit lending_report(Settings const& settings, ReportArguments const& arguments,
                    ledger::Report report, Say say)
{
    auto const from = optional_day(arguments.from, "from");
    if (!from) return refuse_aloud(from.error(), settings.json);
    auto const until = optional_past_day(arguments.until, "until", business_day().plus_days(1));
    if (!until) return refuse_aloud(until.error(), settings.json);
    auto const by = grouping_of(arguments, report);
    if (!by) return refuse_aloud(by.error(), settings.json);
    auto const known_at = optional_instant(arguments.known_at, "--known-at");
    if (!known_at) return refuse_aloud(known_at.error(), settings.json);
    Books books{settings};
    auto const county = books.status();
    if (!county) return refuse_aloud(county.error(), settings.json);
    Asked const asked{*from, until->value_or(books_day(books).plus_days(1)), *by, *known_at};
    if (arguments.explain.code.empty()) return say(books, *county, asked);
    return explain_indicator(
        settings, books, arguments.explain,
        {asked.by, {}, asked.from, asked.until.plus_days(-1), {}, 0, asked.known_at});
}

Exit show_accounts(Settings const& settings, Books& books, store::CountyStatus const& county,
                   store::BalanceDay const& day)
{
    auto const balances = store::account_balances(books.reader(), books.county(), day);
    if (settings.json) {
        print(wire::account_balances_json(balances, day));
    } else {
        print(balance_title(county, "明细账户余额 Account balances", day) +
              accounts_text(balances));
    }
    return Exit::done;
}

std::string read_request()
{
    std::string body;
    for (char c; std::cin.get(c);) {
        body += c;
        if (body.size() > request_bytes_limit) break;
    }
    return body;
}

template <class Answer> Exit answer_request(Answer answer)
{
    std::string const body = read_request();
    if (body.size() > request_bytes_limit) {
        return refuse_aloud(
            {ledger::Refusal::body_too_large, {}, std::to_string(request_bytes_limit)}, true);
    }
    auto const request = wire::parse_object(body);
    if (!request) return refuse_aloud(request.error(), true);
    auto const answered = answer(*request);
    if (!answered) return refuse_aloud(answered.error(), true);
    print(*answered);
    return Exit::done;
}

} // namespace

Exit show_loan(Settings const& settings, std::string const& number, std::string const& as_of)
{
    Books books{settings};
    auto const found = loan_on_day(books, number, as_of);
    if (!found) return refuse_aloud(found.error(), settings.json);
    auto const state = ledger::fold(found->loan, found->as_of);
    if (settings.json) {
        print(wire::loan_card_json(found->loan, state));
    } else {
        print(loan_head(*found, state) + "\n" + instalments_text(state) + "\n" +
              events_text(found->loan, state));
    }
    return Exit::done;
}

Exit explain_loan(Settings const& settings, std::string const& number, std::string const& as_of)
{
    Books books{settings};
    auto const found = loan_on_day(books, number, as_of);
    if (!found) return refuse_aloud(found.error(), settings.json);
    auto const journal = store::entries_of(books.reader(), books.county(), found->loan.number);
    auto const steps = ledger::explain(found->loan, found->as_of, journal);
    if (settings.json) {
        print(wire::explanation_json(found->loan, found->as_of, steps));
        return Exit::done;
    }
    print(loan_head(*found, ledger::fold(found->loan, found->as_of)) + "\n");
    for (ledger::Explanation const& step : steps) print(step_text(step));
    return Exit::done;
}

Exit show_trial_balance(Settings const& settings, TrialBalanceArguments const& arguments)
{
    auto const through = optional_day(arguments.booked_through, "booked_through");
    if (!through) return refuse_aloud(through.error(), settings.json);
    auto const as_of = optional_day(arguments.as_of, "as_of");
    if (!as_of) return refuse_aloud(as_of.error(), settings.json);
    auto const known_at = optional_instant(arguments.known_at, "--known-at");
    if (!known_at) return refuse_aloud(known_at.error(), settings.json);
    store::BalanceDay const day{*through, *as_of, *known_at};
    Books books{settings};
    auto const county = books.status();
    if (!county) return refuse_aloud(county.error(), settings.json);
    if (arguments.accounts) return show_accounts(settings, books, *county, day);
    auto const lines = store::trial_balance(books.reader(), books.county(), day);
    if (settings.json) {
        print(wire::trial_balance_json(lines, day));
    } else {
        print(balance_title(*county, "试算平衡表 Trial balance", day) + trial_balance_text(lines));
    }
    return Exit::done;
}

Exit report_portfolio(Settings const& settings, ReportArguments const& arguments)
{
    return lending_report(
        settings, arguments, ledger::Report::portfolio,
        [&](Books& books, store::CountyStatus const& county, Asked const& asked) {
            auto const lines = store::portfolio(books.reader(), books.county(), asked.from,
                                                asked.until, asked.by, asked.known_at);
            if (!lines) return refuse_aloud(lines.error(), settings.json);
            if (settings.json) {
                auto answer = wire::portfolio_json(*lines, asked.from, asked.until, asked.by);
                add_knowledge(answer, books, asked.known_at, asked.until, false);
                print(answer);
                return Exit::done;
            }
            print(lending_title("贷款统计 Portfolio", county, asked) +
                  portfolio_text(*lines, asked.by));
            return Exit::done;
        });
}

Exit report_quality(Settings const& settings, ReportArguments const& arguments)
{
    return lending_report(
        settings, arguments, ledger::Report::quality,
        [&](Books& books, store::CountyStatus const& county, Asked const& asked) {
            ledger::Span const span{asked.from.value_or(ledger::all_days.from), asked.until};
            auto const lines =
                store::quality(books.reader(), books.county(), span, asked.by, asked.known_at);
            if (!lines) return refuse_aloud(lines.error(), settings.json);
            if (settings.json) {
                auto answer = wire::quality_json(*lines, span, asked.by);
                add_knowledge(answer, books, asked.known_at, asked.until, false);
                print(answer);
                return Exit::done;
            }
            print(lending_title("贷款质量 Quality", county, asked) +
                  quality_text(*lines, asked.by));
            return Exit::done;
        });
}

Exit export_journal(Settings const& settings, ExportFormat format, std::string const& out)
{
    if (settings.json && out.empty()) { // the journal itself goes to standard output
        throw UsageFault{{ledger::Refusal::argument_missing, "--out", {}}};
    }
    Books books{settings};
    auto const status = books.status();
    if (!status) return refuse_aloud(status.error(), settings.json);
    books.taken_out("journal");
    ExportAccounts accounts;
    accounts.chart = store::chart_of_accounts(books.reader(), books.county());
    for (store::AccountBalance const& line :
         store::account_balances(books.reader(), books.county()))
    {
        if (accounts.used.empty() || accounts.used.back() != line.account) {
            accounts.used.push_back(line.account);
        }
    }
    std::ofstream file;
    if (!out.empty()) file.open(out, std::ios::binary | std::ios::trunc);
    if (!file) throw FileFault{ledger::Refusal::file_not_writable, out};
    std::ostringstream text;
    auto const is_written = [&] {
        std::string const part = std::exchange(text, {}).str();
        return out.empty() ? print(part) : bool{file << part};
    };
    Progress progress{"导出 export", settings.json || out.empty()};
    std::size_t entries = 0;
    auto const writer = exporter(format, std::move(accounts));
    writer->begin(text);
    bool is_whole = is_written();
    if (is_whole) {
        store::each_entry(books.reader(), books.county(), [&](store::EntryCard const& card) {
            writer->entry(text, card);
            progress.show(++entries, static_cast<std::size_t>(status->entries));
            return is_whole = is_written();
        });
    }
    if (!out.empty() && (!is_whole || !file.flush())) {
        throw FileFault{ledger::Refusal::file_not_writable, out};
    }
    if (settings.json && !out.empty()) {
        print(json::object{{"entries", entries}, {"file", out}});
    } else if (!out.empty()) {
        print("已写出 " + std::to_string(entries) + " 张凭证 " +
              counted(entries, "entry", "entries") + " written to " + out + "\n");
    }
    return Exit::done;
}

Exit answer_schedule()
{
    return answer_request(wire::schedule_answer);
}

Exit answer_replay()
{
    return answer_request(wire::replay_answer);
}

} // namespace daifu
