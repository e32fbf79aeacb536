// Reading the books: a loan and why its figures are what they are, the trial balance, the
// portfolio, the whole journal. And the two pure calculators, which need no books.
#include "daifu/verbs.hpp"
#include "daifu/words.hpp"
#include "ledger/explain.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"
#include "wire/choices.hpp"
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

struct LoanOnDay {
    ledger::Loan loan;
    ledger::Date as_of;
    std::optional<store::BorrowerCard> borrower;
};

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

std::string money(Money amount)
{
    return grouped(amount.text());
}

/// What only some loans have; nothing where there is none of it.
std::string standing_text(ledger::LoanState const& state)
{
    std::string text;
    auto const add = [&text](std::string_view words, std::string const& value) {
        text += (text.empty() ? "" : ", ") + std::string{words} + " " + value;
    };
    auto const add_day = [&](std::string_view words, std::optional<ledger::Date> day) {
        if (day) add(words, day->text());
    };
    auto const add_money = [&](std::string_view words, Money amount) {
        if (!amount.is_zero()) add(words, money(amount));
    };
    if (state.risk_class != ledger::RiskClass::normal) {
        add("分类 class", words_of(state.risk_class));
    }
    add_money("应还罚息 penalty owed", state.owed.penalty);
    add_money("应还复利 compound owed", state.owed.compound);
    add_money("应还费用 costs owed", state.owed.cost);
    add_money("贴息 subsidy", state.subsidy);
    add_day("非应计自 non-accrual since", state.non_accrual_since);
    add_day("重组于 rescheduled on", state.rescheduled_on);
    if (state.extensions > 0) add("展期次数 extensions", std::to_string(state.extensions));
    add_day("核销于 written off on", state.written_off_on);
    return text.empty() ? text : text + "\n";
}

std::string loan_head(LoanOnDay const& found, ledger::LoanState const& state)
{
    ledger::Loan const& loan = found.loan;
    std::string text = "贷款 loan " + loan.number.text() + "  借款人 borrower ";
    if (found.borrower) text += found.borrower->borrower.name + " ";
    text += loan.borrower.text();
    if (found.borrower) {
        text += "  村 village " + found.borrower->township_name + found.borrower->village_name;
    }
    text += "  资金 fund " + loan.fund.text() + "\n";
    text += "用途 purpose " + loan.purpose + " (" + industry_words(loan.industry) +
            ")  本金 principal " + money(loan.terms.principal) + " 元 CNY  年利率 rate " +
            state.annual_rate.text() + " %  方式 method " + words_of(loan.terms.method) +
            "  期限 term " + term_words(loan.terms) + "\n";
    text += "截至 as of " + state.as_of.text() + ": " + words_of(state.status) +
            ", 余额 outstanding " + money(state.positions.principal()) + ", 结清金额 payoff " +
            money(state.payoff) + ", 逾期天数 days past due " +
            std::to_string(state.days_past_due) + "\n" + standing_text(state);
    return text;
}

std::string instalments_text(ledger::LoanState const& state)
{
    using enum Align;
    Table table{{"期次 no", "到期日 due on", "应还本金 principal", "应还利息 interest",
                 "已还本金 principal paid", "已还利息 interest paid", "结清日 settled on"},
                {right, left, right, right, right, right, left}};
    for (ledger::InstalmentState const& row : state.instalments) {
        bool const is_to_come = state.as_of < row.planned.due_on && row.interest_due.is_zero();
        table.row({std::to_string(row.planned.number), row.planned.due_on.text(),
                   money(row.principal_due),
                   money(is_to_come ? row.planned.interest : row.interest_due),
                   money(row.principal_paid), money(row.interest_paid),
                   row.paid_on ? row.paid_on->text() : ""});
    }
    return table.text();
}

struct AmountText {
    std::string operator()(ledger::Reversed const&) const { return {}; }
    std::string operator()(ledger::RateChanged const&) const { return {}; }
    std::string operator()(ledger::Extended const&) const { return {}; }
    std::string operator()(ledger::Rescheduled const&) const { return {}; }
    std::string operator()(ledger::InterestPaused const&) const { return {}; }
    std::string operator()(ledger::MisuseDeclared const&) const { return {}; }
    std::string operator()(ledger::Classified const&) const { return {}; }
    std::string operator()(ledger::Provisioned const&) const { return {}; }
    std::string operator()(ledger::WrittenOff const&) const { return {}; }
    std::string operator()(auto const& what) const { return money(what.amount); }
};

/// What an event says besides its amount.
struct NoteText {
    std::string operator()(ledger::Waived const& what) const { return words_of(what.component); }
    std::string operator()(ledger::RateChanged const& what) const
    {
        return what.annual_rate.text() + " %";
    }
    std::string operator()(ledger::Extended const& what) const
    {
        return "到 until " + what.until.text();
    }
    std::string operator()(ledger::Rescheduled const& what) const
    {
        return words_of(what.plan.method) + " " +
               steps_words(what.plan.instalments, what.plan.every);
    }
    std::string operator()(ledger::InterestPaused const& what) const
    {
        return "到 until " + what.until.text();
    }
    std::string operator()(ledger::Classified const& what) const
    {
        return what.risk_class ? words_of(*what.risk_class) : "按逾期天数 by lateness";
    }
    std::string operator()(auto const&) const { return {}; }
};

/// Of a reversal what it reverses, of a reversed event by what.
std::string reversal_text(ledger::Loan const& loan, ledger::LoanEvent const& event)
{
    if (auto const* const reversal = std::get_if<ledger::Reversed>(&event.what)) {
        return "冲第 " + std::to_string(reversal->sequence) + " 笔 reverses " +
               std::to_string(reversal->sequence);
    }
    for (ledger::LoanEvent const& later : loan.events) {
        auto const* const reversal = std::get_if<ledger::Reversed>(&later.what);
        if (reversal != nullptr && reversal->sequence == event.sequence) {
            return "已被第 " + std::to_string(later.sequence) + " 笔冲正 reversed by " +
                   std::to_string(later.sequence);
        }
    }
    return {};
}

/// The note of an event, its paper, and what reverses it.
std::string note_text(ledger::Loan const& loan, ledger::LoanEvent const& event)
{
    std::string note = std::visit(NoteText{}, event.what);
    for (std::string const& part : {event.document, reversal_text(loan, event)}) {
        if (!note.empty() && !part.empty()) note += ", ";
        note += part;
    }
    return note;
}

std::string events_text(ledger::Loan const& loan, ledger::LoanState const& state)
{
    struct Part {
        std::string_view heading;
        Money ledger::Allocation::* amount;
        bool is_always_shown;
    };
    using Used = ledger::Allocation;
    std::vector<Part> parts{
        {"费用 cost", &Used::cost, false},          {"罚息 penalty", &Used::penalty, true},
        {"复利 compound", &Used::compound, false},  {"利息 interest", &Used::interest, true},
        {"本金 principal", &Used::principal, true}, {"多收 over", &Used::overpayment, true},
    };
    std::erase_if(parts, [&state](Part const& part) {
        return !part.is_always_shown &&
               std::ranges::all_of(state.allocations, [&part](auto const& used) {
                   return (used.second.*part.amount).is_zero();
               });
    });
    using enum Align;
    std::vector<std::string> headings{"序号 seq", "起息日 value", "记账日 booked", "业务 event",
                                      "金额 amount"};
    std::vector<Align> align{right, left, left, left, right};
    for (Part const& part : parts) {
        headings.emplace_back(part.heading);
        align.push_back(right);
    }
    headings.emplace_back("备注 note");
    align.push_back(left);
    Table table{headings, align};
    for (ledger::LoanEvent const& event : loan.events) {
        std::vector<std::string> cells{std::to_string(event.sequence), event.value_on.text(),
                                       event.booked_on.text(), words_of(event.what),
                                       std::visit(AmountText{}, event.what)};
        for (auto const& [sequence, used] : state.allocations) {
            if (sequence != event.sequence) continue;
            for (Part const& part : parts) cells.push_back(money(used.*part.amount));
        }
        cells.resize(headings.size() - 1);
        cells.push_back(note_text(loan, event));
        table.row(std::move(cells));
    }
    return table.text();
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
                          std::optional<ledger::Date> through)
{
    return std::string{name} + "  " + county.name + " " + county.county.text() +
           "  记账日期截止 booked through " + day_text(through, "最后一张凭证 the last entry") +
           "\n";
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

std::string portfolio_text(std::span<store::PortfolioLine const> lines, store::PortfolioBy by)
{
    using enum Align;
    bool const is_by_industry = by == store::PortfolioBy::industry;
    Table table{{"分组 group", "人数 名", "户数 户", "笔数 笔", "发放 lent", "收回本金 repaid",
                 "利息 interest", "余额 outstanding", "逾期 overdue", "PAR30", "PAR90"},
                {left, right, right, right, right, right, right, right, right, right, right}};
    for (store::PortfolioLine const& line : lines) {
        if (line.key.empty()) table.rule();
        std::string const name = is_by_industry ? industry_words(line.key) : line.name;
        table.row({line.key.empty() ? "全县 county" : name, std::to_string(line.borrowers),
                   std::to_string(line.households), std::to_string(line.loans), money(line.lent),
                   money(line.repaid), money(line.interest), money(line.outstanding),
                   money(line.overdue), money(line.par30), money(line.par90)});
    }
    return table.text();
}

Exit show_accounts(Settings const& settings, Books& books, store::CountyStatus const& county,
                   std::optional<ledger::Date> through)
{
    auto const balances = store::account_balances(books.reader(), books.county(), through);
    if (settings.json) {
        auto answer = wire::account_balances_json(balances);
        answer["booked_through"] = nullptr;
        if (through) answer["booked_through"] = through->text();
        print(answer);
    } else {
        print(balance_title(county, "明细账户余额 Account balances", through) +
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

namespace {

std::string entry_numbers(ledger::Explanation const& step)
{
    std::string numbers;
    for (std::int64_t const number : step.entries)
        numbers += (numbers.empty() ? "" : ", ") + std::to_string(number);
    return numbers;
}

/// The figure, and below it how it came about and what it rests on.
std::string step_text(ledger::Explanation const& step)
{
    std::string text =
        step.on.text() + "  " + figure_words(step.figure) + "  " + money(step.amount);
    std::string const numbers = entry_numbers(step);
    if (!numbers.empty()) text += "  凭证 entries " + numbers;
    text += "\n    " + step.formula;
    if (step.formula != step.formula_english) text += "\n    " + step.formula_english;
    std::string const basis = words_of(step.bases);
    if (!basis.empty()) text += "\n    依据 basis: " + basis;
    return text + "\n";
}

} // namespace

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
    Books books{settings};
    auto const county = books.status();
    if (!county) return refuse_aloud(county.error(), settings.json);
    if (arguments.accounts) return show_accounts(settings, books, *county, *through);
    auto const lines = store::trial_balance(books.reader(), books.county(), *through);
    if (settings.json) {
        print(wire::trial_balance_json(lines, *through));
    } else {
        print(balance_title(*county, "试算平衡表 Trial balance", *through) +
              trial_balance_text(lines));
    }
    return Exit::done;
}

Exit report_portfolio(Settings const& settings, PortfolioArguments const& arguments)
{
    auto const from = optional_day(arguments.from, "from");
    if (!from) return refuse_aloud(from.error(), settings.json);
    auto const until = optional_day(arguments.until, "until");
    if (!until) return refuse_aloud(until.error(), settings.json);
    auto const by = wire::enum_named<store::PortfolioBy>(arguments.by);
    if (!by) {
        return refuse_aloud(
            {ledger::Refusal::choice_unknown, "--by", wire::all_names<store::PortfolioBy>()},
            settings.json);
    }
    Books books{settings};
    auto const county = books.status();
    if (!county) return refuse_aloud(county.error(), settings.json);
    auto const lines = store::portfolio(books.reader(), books.county(), *from, *until, *by);
    if (!lines) return refuse_aloud(lines.error(), settings.json);
    if (settings.json) {
        print(wire::portfolio_json(*lines, *from, *until, *by));
        return Exit::done;
    }
    print("贷款统计 Portfolio  " + county->name + " " + county->county.text() +
          "  起息日 value dates [" + day_text(*from, "开始 the beginning") + ", " +
          day_text(*until, "今天 today") + ")  金额单位 amounts in 元 CNY\n" +
          portfolio_text(*lines, *by));
    return Exit::done;
}

Exit export_journal(Settings const& settings, ExportFormat format, std::string const& out)
{
    if (settings.json && out.empty()) { // the journal itself goes to standard output
        throw UsageFault{{ledger::Refusal::argument_missing, "--out", {}}};
    }
    Books books{settings};
    auto const status = books.status();
    if (!status) return refuse_aloud(status.error(), settings.json);
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
