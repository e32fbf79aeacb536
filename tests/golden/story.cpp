// Reads the commands of a story and tells what the engine made of them. One county, one village,
// fund F and borrower B unless the line says otherwise.
#include "tests/golden/story.hpp"

#include "ledger/explain.hpp"
#include "ledger/working_books.hpp"

#include <iomanip>
#include <sstream>
#include <stdexcept>

namespace ledger::test {

namespace {

template <class T> T must(Result<T> result, std::string const& line)
{
    if (!result) {
        throw std::runtime_error{line + ": " + std::string{name_of(result.error().code)}};
    }
    return std::move(*result);
}

template <class Name> Name named(std::string const& text, std::string const& line)
{
    return must(Name::parse(text), line);
}

ResidentId invented_id(std::string const& line)
{
    std::string const first_17 = "53092119000101000"; // nobody alive was born on that day
    return must(ResidentId::parse(first_17 + resident_id_check_digit(first_17)), line);
}

Money yuan(std::string const& text, std::string const& line)
{
    return must(Money::parse(text), line);
}

Date date(std::string const& text, std::string const& line)
{
    return must(Date::parse(text), line);
}

class Teller {
  public:
    std::string tell(std::string_view commands);

  private:
    void tell_line(std::string const& line);
    void set_rules(std::istringstream&, std::string const& line);
    std::optional<Command> fund_command(std::istringstream&, Date on, std::string const& line);
    std::optional<Command> loan_command(std::istringstream&, Date on, std::string const& line);
    ProposeLoan proposal(std::istringstream&, LoanNumber, Date on, std::string const& line);
    void perform(Command const&, Date on);
    void show(LoanNumber const&, Date on);
    void explain_loan(LoanNumber const&, Date on);
    void balances();
    WorkingBooks& books(std::string const& line)
    {
        if (!books_) throw std::runtime_error{line + ": the rules come first"};
        return *books_;
    }

    std::optional<WorkingBooks> books_;
    std::map<AccountName, std::int64_t> debits_less_credits_;
    std::ostringstream out_;
};

void Teller::set_rules(std::istringstream& words, std::string const& line)
{
    ProgrammeRules rules;
    rules.version = 1;
    rules.effective_from = Date{2012, 1, 1};
    rules.rate_ceiling = Rate::ppm(240'000);
    std::string key;
    std::string value;
    while (words >> key >> value) {
        if (key == "cap") {
            rules.loan_cap = yuan(value, line);
        } else if (key == "term") {
            rules.term_limit_months = std::stoi(value);
        } else if (key == "margin") {
            rules.penalty_margin_ppm = must(Rate::parse(value), line).ppm();
        } else if (key == "order" && value == "principal_first") {
            rules.allocation_order = AllocationOrder::principal_first;
        } else if (key != "order" || value != "interest_first") {
            throw std::runtime_error{line};
        }
    }
    Books books;
    books.county = named<CountyCode>("530921", line);
    books.rules = {rules};
    books_.emplace(std::move(books));
    books_->add_village(named<UnitCode>("530921206201", line));
}

Method method_named(std::string const& text, std::string const& line)
{
    if (text == "equal_instalments") return Method::equal_instalments;
    if (text == "equal_principal") return Method::equal_principal;
    if (text == "interest_only") return Method::interest_only;
    if (text == "at_maturity") return Method::at_maturity;
    throw std::runtime_error{line};
}

ProposeLoan Teller::proposal(std::istringstream& words, LoanNumber loan, Date on,
                             std::string const& line)
{
    std::string amount;
    std::string rate;
    std::string method;
    std::string unit;
    ProposeLoan command;
    words >> amount >> rate >> method >> command.terms.instalments >> unit;
    command.loan = std::move(loan);
    command.borrower = named<BorrowerNumber>("B", line);
    command.fund = named<FundCode>("F", line);
    command.proposed_on = on;
    command.terms.principal = yuan(amount, line);
    if (rate.empty() || rate.back() != '%') throw std::runtime_error{line};
    command.terms.annual_rate = must(Rate::parse(rate.substr(0, rate.size() - 1)), line);
    command.terms.method = method_named(method, line);
    command.terms.every.unit = unit == "quarter" ? PeriodUnit::quarter : PeriodUnit::month;
    std::string key;
    std::string value;
    while (words >> key >> value) {
        if (key == "settle") {
            command.terms.settlement_day = std::stoi(value);
        } else if (key == "per" && value == "period") {
            command.terms.interest_per = InterestPer::period;
        } else if (key == "fund") {
            command.fund = named<FundCode>(value, line);
        } else if (key == "first") {
            command.terms.first_due_on = date(value, line);
        } else {
            throw std::runtime_error{line};
        }
    }
    return command;
}

std::optional<Command> Teller::fund_command(std::istringstream& words, Date on,
                                            std::string const& line)
{
    std::string code;
    std::string verb;
    std::string amount;
    words >> code >> verb >> amount;
    auto const fund = named<FundCode>(code, line);
    if (verb == "open") return OpenFund{fund, "扶贫再贷款资金", "协议1号"};
    if (verb == "receives") return PayIntoFund{fund, yuan(amount, line), on, "进账单1号"};
    throw std::runtime_error{line};
}

std::optional<Command> Teller::loan_command(std::istringstream& words, Date on,
                                            std::string const& line)
{
    std::string number;
    std::string verb;
    words >> number >> verb;
    auto const loan = named<LoanNumber>(number, line);
    if (verb == "proposes") return proposal(words, loan, on, line);
    if (verb == "accrues") return Accrue{loan, on};
    std::string what;
    std::string at;
    words >> what;
    if (verb == "reverses") {
        std::string reason;
        std::getline(words >> std::ws, reason);
        return Reverse{loan, std::stoi(what), reason};
    }
    if (verb == "shows" || verb == "explains") {
        verb == "shows" ? show(loan, on) : explain_loan(loan, on);
        return std::nullopt;
    }
    Date value_on = on;
    std::string day;
    if (words >> at >> day) value_on = date(day, line);
    Money const amount = yuan(what, line);
    if (verb == "approves") return ApproveLoan{loan, amount, value_on};
    if (verb == "disburses") return Disburse{loan, amount, value_on};
    if (verb == "repays") return Repay{loan, amount, value_on};
    throw std::runtime_error{line};
}

void Teller::tell_line(std::string const& line)
{
    std::istringstream words{line};
    std::string day;
    std::string kind;
    words >> day;
    if (day == "rules") return set_rules(words, line);
    words >> kind;
    Date const on = date(day, line);
    out_ << line << "\n";
    std::optional<Command> command;
    books(line);
    if (kind == "fund") command = fund_command(words, on, line);
    if (kind == "loan") command = loan_command(words, on, line);
    if (kind == "books") command = OpenBooks{on};
    if (kind == "day") command = CloseDay{on};
    if (kind == "borrower") {
        std::string number;
        words >> number;
        command = RegisterBorrower{named<BorrowerNumber>(number, line),
                                   "罗先国",
                                   invented_id(line),
                                   named<HouseholdNumber>("H1", line),
                                   named<UnitCode>("530921206201", line),
                                   "复兴村党支部"};
    }
    if (command) perform(*command, on);
}

void Teller::perform(Command const& command, Date on)
{
    auto const effects = books_->perform(command, on);
    if (!effects) {
        out_ << "    拒绝 " << name_of(effects.error().code) << "：" << chinese(effects.error())
             << "\n";
        return;
    }
    if (effects->allocation) {
        Allocation const& used = *effects->allocation;
        out_ << "    罚息 " << used.penalty.text() << "，利息 " << used.interest.text() << "，本金 "
             << used.principal.text() << "，多还 " << used.overpayment.text() << "\n";
    }
    if (!effects->entry) return;
    JournalEntry const& entry = *effects->entry;
    out_ << "    " << entry.narrative();
    if (entry.value_on() != on) out_ << "（起息日 " << entry.value_on().text() << "）";
    out_ << "\n";
    for (Posting const& posting : entry.postings()) {
        bool const is_debit = posting.side == Side::debit;
        debits_less_credits_[posting.account] +=
            is_debit ? posting.minor_units : -posting.minor_units;
        out_ << "        " << (is_debit ? "借 " : "贷 ") << std::left << std::setw(8)
             << posting.account.code.text() << " " << std::setw(4) << posting.account.subkey
             << std::right << std::setw(14) << Money::fen(posting.minor_units).text() << "\n";
    }
}

void Teller::show(LoanNumber const& number, Date on)
{
    Loan const* loan = books_->loan(number);
    if (!loan) throw std::runtime_error{"no loan " + number.text()};
    LoanState const state = fold(*loan, on);
    out_ << "    " << code_of(state.status) << "，结清金额 " << state.payoff.text() << "，逾期天数 "
         << state.days_past_due;
    if (state.oldest_unpaid_due_on) out_ << "，下期 " << state.oldest_unpaid_due_on->text();
    out_ << "\n";
}

void Teller::explain_loan(LoanNumber const& number, Date on)
{
    Loan const* loan = books_->loan(number);
    if (!loan) throw std::runtime_error{"no loan " + number.text()};
    for (Explanation const& step : explain(*loan, on)) {
        out_ << "    " << step.on.text() << " " << step.figure << " " << step.amount.text() << " = "
             << step.formula << "\n";
    }
}

void Teller::balances()
{
    std::int64_t sum = 0;
    out_ << "\n余额\n";
    for (auto const& [account, difference] : debits_less_credits_) {
        sum += difference;
        if (difference == 0) continue;
        out_ << "    " << (difference > 0 ? "借 " : "贷 ") << std::left << std::setw(8)
             << account.code.text() << " " << std::setw(4) << account.subkey << std::right
             << std::setw(14) << Money::fen(std::abs(difference)).text() << "\n";
    }
    if (sum != 0) throw std::runtime_error{"the books do not balance"};
}

std::string Teller::tell(std::string_view commands)
{
    std::istringstream lines{std::string{commands}};
    std::string line;
    while (std::getline(lines, line)) {
        if (!line.empty() && line.front() != '#') tell_line(line);
    }
    balances();
    return out_.str();
}

} // namespace

std::string told(std::string_view commands)
{
    return Teller{}.tell(commands);
}

} // namespace ledger::test
