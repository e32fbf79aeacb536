// Reading the books: a loan and why its figures are what they are, the trial balance, the
// portfolio, the whole journal. And the two pure calculators, which need no books.
#include "daifu/verbs.hpp"
#include "ledger/explain.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"
#include "wire/json.hpp"
#include "wire/replay.hpp"
#include "wire/schedule.hpp"

#include <boost/json.hpp>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

namespace daifu {

namespace json = boost::json;
using ledger::Money;

namespace {

/// A request on standard input; the HTTP body limit is a service's, a calculator takes more.
constexpr std::size_t request_bytes_limit = 16U * 1024U * 1024U;

ledger::Result<std::optional<ledger::Date>> optional_day(std::string const& text,
                                                         std::string_view field)
{
    if (text.empty()) return std::optional<ledger::Date>{};
    auto day = ledger::Date::parse(text);
    if (day) return *day;
    day.error().field = field;
    return std::unexpected{day.error()};
}

struct LoanOnDay {
    ledger::Loan loan;
    ledger::Date as_of;
};

ledger::Result<LoanOnDay> loan_on_day(Books& books, std::string const& number,
                                      std::string const& as_of)
{
    auto const parsed = ledger::LoanNumber::parse(number);
    if (!parsed) return ledger::refuse(parsed.error().code, "loan");
    auto const day = optional_day(as_of, "as_of");
    if (!day) return std::unexpected{day.error()};
    auto loan = store::loan(books.reader(), books.county(), *parsed);
    if (!loan) return ledger::refuse(ledger::Refusal::loan_not_found, "loan");
    return LoanOnDay{*std::move(loan), day->value_or(business_day())};
}

std::string money(Money amount)
{
    return grouped(amount.text());
}

std::string loan_head(ledger::Loan const& loan, ledger::LoanState const& state)
{
    std::string text = "贷款 loan " + loan.number.text() + "  借款人 borrower " +
                       loan.borrower.text() + "  资金 fund " + loan.fund.text() + "\n";
    text += "用途 purpose " + loan.purpose + " (" + loan.industry + ")  年利率 rate " +
            loan.terms.annual_rate.text() + " %\n";
    text += "截至 as of " + state.as_of.text() + ": " + std::string{ledger::code_of(state.status)} +
            ", outstanding " + money(state.positions.principal()) + ", payoff " +
            money(state.payoff) + ", days past due " + std::to_string(state.days_past_due) + "\n";
    return text;
}

std::string instalments_text(ledger::LoanState const& state)
{
    using enum Align;
    Table table{{"期次 no", "到期日 due on", "应还本金 principal", "应还利息 interest",
                 "已还本金 paid", "已还利息 paid", "结清日 paid on"},
                {right, left, right, right, right, right, left}};
    for (ledger::InstalmentState const& row : state.instalments) {
        table.row({std::to_string(row.planned.number), row.planned.due_on.text(),
                   money(row.principal_due), money(row.interest_due), money(row.principal_paid),
                   money(row.interest_paid), row.paid_on ? row.paid_on->text() : ""});
    }
    return table.text();
}

std::string amount_text(ledger::Happening const& what)
{
    struct Amount {
        std::string operator()(ledger::Approved const& e) const { return money(e.amount); }
        std::string operator()(ledger::Disbursed const& e) const { return money(e.amount); }
        std::string operator()(ledger::Repaid const& e) const { return money(e.amount); }
        std::string operator()(ledger::Reversed const& e) const
        {
            return "of " + std::to_string(e.sequence);
        }
    };
    return std::visit(Amount{}, what);
}

std::string events_text(ledger::Loan const& loan, ledger::LoanState const& state)
{
    using enum Align;
    Table table{{"序号 seq", "起息日 value", "记账日 booked", "业务 event", "金额 amount",
                 "罚息 penalty", "利息 interest", "本金 principal", "多收 over"},
                {right, left, left, left, right, right, right, right, right}};
    for (ledger::LoanEvent const& event : loan.events) {
        std::vector<std::string> cells{
            std::to_string(event.sequence), event.value_on.text(), event.booked_on.text(),
            std::string{ledger::code_of(event.what)}, amount_text(event.what)};
        for (auto const& [sequence, used] : state.allocations) {
            if (sequence != event.sequence) continue;
            for (Money const part : {used.penalty, used.interest, used.principal, used.overpayment})
                cells.push_back(money(part));
        }
        table.row(std::move(cells));
    }
    return table.text();
}

std::string minor(std::int64_t amount, std::string const& unit)
{
    return grouped(wire::minor_units_text(amount, unit));
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
        print(loan_head(found->loan, state) + "\n" + instalments_text(state) + "\n" +
              events_text(found->loan, state));
    }
    return Exit::done;
}

Exit explain_loan(Settings const& settings, std::string const& number, std::string const& as_of)
{
    Books books{settings};
    auto const found = loan_on_day(books, number, as_of);
    if (!found) return refuse_aloud(found.error(), settings.json);
    auto const steps = ledger::explain(found->loan, found->as_of);
    if (settings.json) {
        print(wire::explanation_json(found->loan, found->as_of, steps));
        return Exit::done;
    }
    print(loan_head(found->loan, ledger::fold(found->loan, found->as_of)) + "\n");
    Table table{{"日期 on", "项目 figure", "金额 amount", "算式 formula", "依据 rule"},
                {Align::left, Align::left, Align::right, Align::left, Align::left}};
    for (ledger::Explanation const& step : steps) {
        table.row({step.on.text(), step.figure, money(step.amount), step.formula, step.rule});
    }
    print(table.text());
    return Exit::done;
}

Exit show_trial_balance(Settings const& settings, TrialBalanceArguments const& arguments)
{
    using enum Align;
    auto const through = optional_day(arguments.booked_through, "booked_through");
    if (!through) return refuse_aloud(through.error(), settings.json);
    Books books{settings};
    if (arguments.accounts) {
        auto const balances = store::account_balances(books.reader(), books.county());
        if (settings.json) {
            print(wire::account_balances_json(balances));
            return Exit::done;
        }
        Table table{{"科目 account", "明细 subkey", "借方 debits", "贷方 credits", "单位 unit"},
                    {left, left, right, right, left}};
        for (store::AccountBalance const& line : balances) {
            table.row({line.account.code.text(), line.account.subkey, minor(line.debits, line.unit),
                       minor(line.credits, line.unit), line.unit});
        }
        print(table.text());
        return Exit::done;
    }
    auto const lines = store::trial_balance(books.reader(), books.county(), *through);
    if (settings.json) {
        print(wire::trial_balance_json(lines, *through));
        return Exit::done;
    }
    Table table{{"科目 account", "名称 name", "借方 debits", "贷方 credits", "余额 balance",
                 "方向 side", "单位 unit"},
                {left, left, right, right, right, left, left}};
    std::map<std::string, std::pair<std::int64_t, std::int64_t>> totals;
    for (store::TrialBalanceLine const& line : lines) {
        table.row({line.code.text(), line.chinese + " " + line.english,
                   minor(line.debits, line.unit), minor(line.credits, line.unit),
                   minor(line.balance, line.unit), line.normal_side, line.unit});
        totals[line.unit].first += line.debits;
        totals[line.unit].second += line.credits;
    }
    table.rule();
    for (auto const& [unit, total] : totals) {
        table.row({"",
                   total.first == total.second ? "合计 借贷平衡 balanced" : "合计 不平 UNBALANCED",
                   minor(total.first, unit), minor(total.second, unit), "", "", unit});
    }
    print(table.text());
    return Exit::done;
}

Exit report_portfolio(Settings const& settings, std::string const& from_text,
                      std::string const& until_text)
{
    using enum Align;
    auto const from = optional_day(from_text, "from");
    if (!from) return refuse_aloud(from.error(), settings.json);
    auto const until = optional_day(until_text, "until");
    if (!until) return refuse_aloud(until.error(), settings.json);
    Books books{settings};
    auto const lines = store::portfolio(books.reader(), books.county(), *from, *until);
    if (settings.json) {
        print(wire::portfolio_json(lines, *from, *until));
        return Exit::done;
    }
    Table table{{"乡镇 township", "人数 名", "户数 户", "笔数 笔", "发放 lent", "收回本金 repaid",
                 "利息 interest", "余额 outstanding", "逾期 overdue", "PAR30", "PAR90"},
                {left, right, right, right, right, right, right, right, right, right, right}};
    for (store::PortfolioLine const& line : lines) {
        if (line.township.empty()) table.rule();
        table.row({line.township.empty() ? "全县 county" : line.township_name,
                   std::to_string(line.borrowers), std::to_string(line.households),
                   std::to_string(line.loans), money(line.lent), money(line.repaid),
                   money(line.interest), money(line.outstanding), money(line.overdue),
                   money(line.par30), money(line.par90)});
    }
    print(table.text());
    return Exit::done;
}

Exit export_journal(Settings const& settings, ExportFormat format, std::string const& out)
{
    Books books{settings};
    auto const status = store::county(books.reader(), books.county());
    if (!status) {
        return refuse_aloud({ledger::Refusal::county_not_found, {}, {}}, settings.json);
    }
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
    if (!out.empty()) {
        file.open(out, std::ios::binary | std::ios::trunc);
        if (!file) throw std::runtime_error("cannot write " + out);
    }
    std::ostream& stream = out.empty() ? std::cout : file;
    Progress progress{"export", settings.json || out.empty()};
    std::size_t entries = 0;
    auto const writer = exporter(format, std::move(accounts));
    writer->begin(stream);
    store::each_entry(books.reader(), books.county(), [&](store::EntryCard const& card) {
        writer->entry(stream, card);
        progress.show(++entries, static_cast<std::size_t>(status->entries));
        return stream.good();
    });
    if (!stream.flush()) throw std::runtime_error("cannot write the whole export");
    if (settings.json && !out.empty()) {
        print(json::object{{"entries", entries}, {"file", out}});
    } else if (!out.empty()) {
        print(std::to_string(entries) + " entries written to " + out + "\n");
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
