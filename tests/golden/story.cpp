// Reads the commands of a story and tells what the engine made of them. One county, one village,
// fund F and borrower B unless the line says otherwise.
#include "tests/golden/story.hpp"

#include "ledger/explain.hpp"
#include "ledger/preview.hpp"
#include "ledger/working_books.hpp"

#include "tests/golden/household_lines.hpp"
#include "tests/golden/loan_lines.hpp"
#include "tests/golden/programme_lines.hpp"

#include <algorithm>
#include <iomanip>
#include <iterator>
#include <map>
#include <utility>

namespace ledger::test {

namespace {

template <class Name> Name named(char const* text)
{
    auto name = Name::parse(text);
    LEDGER_ASSERT(name.has_value());
    return std::move(*name);
}

/// Nobody alive was born on that day; each borrower of a story has the next number.
ResidentId invented_id(std::size_t number)
{
    std::string const first_17 = "530921190001010" + std::to_string(10 + number);
    auto id = ResidentId::parse(first_17 + resident_id_check_digit(first_17));
    LEDGER_ASSERT(id.has_value());
    return std::move(*id);
}

/// "1234.50" yuan, "0.5000" households or persons.
std::string quantity(Unit unit, std::int64_t minor_units)
{
    if (unit == Unit::cny) return Money::fen(minor_units).text();
    std::int64_t const whole = minor_units_in(unit);
    return std::to_string(minor_units / whole) + "." +
           std::to_string(whole + minor_units % whole).substr(1);
}

/// Yuan are not named: most stories are of nothing else.
char const* unit_word(Unit unit)
{
    switch (unit) {
    case Unit::cny: return "";
    case Unit::household: return " 户";
    case Unit::person: return " 人";
    }
    LEDGER_ASSERT(!"a unit that is not in the list");
}

class Teller {
  public:
    std::string tell(std::string_view commands);

  private:
    void tell_line(std::string const& line);
    void begin(std::string const& line);
    void fund_line(Words&, Date on);
    void borrower_line(Words&, Date on);
    void loan_line(Words&, Date on);
    void household_line(Words&, Date on);
    RecordEvent recorded(std::string const& verb, Words&, LoanNumber, Date on);
    bool perform(Command const&, Date on);
    void close(LoanNumber const&, Date on);
    void preview_event(LoanNumber const&, Words&, Date on);
    void show(LoanNumber const&, Date on);
    void show_standing(LoanState const&);
    void show_plan(LoanNumber const&, Date on);
    void explain_loan(LoanNumber const&, Date on);
    void tell_allocation(Allocation const&);
    void tell_entry(Effects const&, Date on);
    void balances();
    Loan const& loan(LoanNumber const&) const;

    Programme programme_;
    std::vector<Date> holidays_;
    std::vector<Date> make_up_days_;
    std::optional<WorkingBooks> books_;
    std::size_t borrowers_ = 0;
    std::map<std::pair<AccountName, Unit>, std::int64_t> debits_less_credits_;
    std::vector<EntryRecord> journal_;
    std::ostringstream out_;
};

/// The first dated line begins the books.
void Teller::begin(std::string const& line)
{
    Words const words{line};
    if (programme_.rules.empty()) words.fail("the rules come first");
    programme_.calendar = words.must(WorkingCalendar::of(holidays_, make_up_days_));
    Books books;
    books.county = named<CountyCode>("530921");
    books.programme = std::make_shared<Programme const>(std::move(programme_));
    books_.emplace(std::move(books));
    books_->add_village(named<UnitCode>("530921206201"));
}

Loan const& Teller::loan(LoanNumber const& number) const
{
    Loan const* found = books_->loan(number);
    if (!found) throw std::runtime_error{"no loan " + number.text()};
    return *found;
}

void Teller::fund_line(Words& words, Date on)
{
    auto const fund = words.name<FundCode>();
    if (words.reads("open")) {
        perform(OpenFund{fund, "扶贫再贷款资金", "协议1号"}, on);
    } else if (words.reads("receives")) {
        perform(PayIntoFund{fund, words.yuan(), on, "进账单1号"}, on);
    } else if (words.reads("covers")) {
        perform(PayIntoRiskFund{fund, words.yuan(), on, "进账单2号"}, on);
    } else {
        words.fail("no verb of a fund");
    }
}

void Teller::borrower_line(Words& words, Date on)
{
    perform(RegisterBorrower{words.name<BorrowerNumber>(), "罗先国", invented_id(borrowers_++),
                             named<HouseholdNumber>("H1"), named<UnitCode>("530921206201"),
                             "复兴村党支部"},
            on);
}

void Teller::household_line(Words& words, Date on)
{
    auto const number = words.name<HouseholdNumber>();
    std::string const verb = words.next();
    if (verb == "reverses") {
        int const sequence = words.number();
        perform(ReverseHouseholdEvent{number, sequence, words.rest()}, on);
    } else if (verb == "shows") {
        out_ << household_card(*books_->household(number), on);
    } else {
        HouseholdHappening what = household_happening(verb, words);
        Date const value_on = words.reads("@") ? words.date() : on;
        if (words.has_more()) words.fail("words are left over");
        perform(RecordHouseholdEvent{number, value_on, std::move(what), "文件1号", "见文件"}, on);
    }
}

/// Every event has its papers; "@ DATE" is the value date where it is not the day itself.
RecordEvent Teller::recorded(std::string const& verb, Words& words, LoanNumber number, Date on)
{
    Happening what = happening(verb, words);
    Date const value_on = words.reads("@") ? words.date() : on;
    if (words.has_more()) words.fail("words are left over");
    return {std::move(number), value_on, std::move(what), "文件1号", "见文件"};
}

void Teller::loan_line(Words& words, Date on)
{
    auto const number = words.name<LoanNumber>();
    std::string const verb = words.next();
    if (verb == "proposes") {
        perform(proposal(words, number, on), on);
    } else if (verb == "accrues") {
        perform(Accrue{number, on}, on);
    } else if (verb == "reverses") {
        int const sequence = words.number();
        perform(Reverse{number, sequence, words.rest()}, on);
    } else if (verb == "closes") {
        close(number, on);
    } else if (verb == "previews") {
        preview_event(number, words, on);
    } else if (verb == "shows") {
        show(number, on);
    } else if (verb == "plans") {
        show_plan(number, on);
    } else if (verb == "explains") {
        explain_loan(number, on);
    } else {
        perform(recorded(verb, words, number, on), on);
    }
}

void Teller::tell_line(std::string const& line)
{
    if (!books_ && read_programme_line(line, programme_, holidays_, make_up_days_)) return;
    if (!books_) begin(line);
    Words words{line};
    Date const on = words.date();
    out_ << line << "\n";
    if (words.reads("fund")) return fund_line(words, on);
    if (words.reads("borrower")) return borrower_line(words, on);
    if (words.reads("loan")) return loan_line(words, on);
    if (words.reads("household")) return household_line(words, on);
    if (words.reads("led")) {
        out_ << "    " << leading_figures(books_->households(), on) << "\n";
        return;
    }
    if (words.reads("books")) {
        perform(OpenBooks{on}, on);
    } else if (words.reads("day")) {
        perform(CloseDay{on}, on);
    } else {
        words.fail("no such line");
    }
}

/// What the day's closing does to one loan.
void Teller::close(LoanNumber const& number, Date on)
{
    if (closing_work_on(loan(number), on).accrue) perform(Accrue{number, on}, on);
    if (closing_work_on(loan(number), on).expire) {
        perform(RecordEvent{number, on, ApprovalExpired{}}, on);
    }
    if (closing_work_on(loan(number), on).provision) {
        perform(RecordEvent{number, on, Provisioned{}}, on);
    }
}

void Teller::preview_event(LoanNumber const& number, Words& words, Date on)
{
    std::string const verb = words.next();
    Command const command = recorded(verb, words, number, on);
    Situation now;
    now.books = &books_->books();
    now.booked_on = on;
    now.loan = loan(number);
    now.fund = *books_->fund(now.loan->fund);
    auto const shown = preview(now, command);
    if (!shown) {
        out_ << "    拒绝 " << name_of(shown.error().code) << "：" << chinese(shown.error())
             << "\n";
        return;
    }
    auto const standing = [this](char const* when, LoanState const& state) {
        out_ << "    " << when << " 结清金额 " << state.payoff.text() << "，逾期天数 "
             << state.days_past_due << "，分类 " << code_of(state.risk_class) << "\n";
    };
    standing("预览 前", shown->before);
    standing("预览 后", shown->after);
    for (AllocationChange const& change : shown->allocations) {
        out_ << "    第 " << change.sequence << " 笔\n";
        if (change.before) tell_allocation(*change.before);
        if (change.after) tell_allocation(*change.after);
    }
}

void Teller::tell_allocation(Allocation const& used)
{
    out_ << "    ";
    if (!used.cost.is_zero()) out_ << "费用 " << used.cost.text() << "，";
    out_ << "罚息 " << used.penalty.text() << "，";
    if (!used.compound.is_zero()) out_ << "复利 " << used.compound.text() << "，";
    out_ << "利息 " << used.interest.text() << "，本金 " << used.principal.text() << "，多还 "
         << used.overpayment.text() << "\n";
}

void Teller::tell_entry(Effects const& effects, Date on)
{
    JournalEntry const& entry = *effects.entry;
    auto const number = static_cast<std::int64_t>(journal_.size()) + 1;
    journal_.push_back({named<CountyCode>("530921"),
                        number,
                        {},
                        {},
                        {},
                        effects.loan ? effects.loan->number.text() : std::string{},
                        effects.event ? effects.event->sequence : 0,
                        entry});
    out_ << "    " << number << " " << entry.narrative();
    if (entry.value_on() != on) out_ << "（起息日 " << entry.value_on().text() << "）";
    out_ << "\n";
    for (Posting const& posting : entry.postings()) {
        bool const is_debit = posting.side == Side::debit;
        debits_less_credits_[{posting.account, posting.unit}] +=
            is_debit ? posting.minor_units : -posting.minor_units;
        out_ << "        " << (is_debit ? "借 " : "贷 ") << std::left << std::setw(8)
             << posting.account.code.text() << " " << std::setw(4) << posting.account.subkey
             << std::right << std::setw(14) << quantity(posting.unit, posting.minor_units)
             << unit_word(posting.unit) << "\n";
    }
}

bool Teller::perform(Command const& command, Date on)
{
    auto const effects = books_->perform(command, on);
    if (!effects) {
        out_ << "    拒绝 " << name_of(effects.error().code) << "：" << chinese(effects.error())
             << "\n";
        return false;
    }
    for (Refused const& warning : effects->warnings) {
        out_ << "    提醒 " << name_of(warning.code) << "：" << chinese(warning) << "\n";
    }
    if (effects->allocation) tell_allocation(*effects->allocation);
    if (effects->entry) tell_entry(*effects, on);
    return true;
}

void Teller::show(LoanNumber const& number, Date on)
{
    LoanState const state = fold(loan(number), on);
    out_ << "    " << code_of(state.status) << "，结清金额 " << state.payoff.text() << "，逾期天数 "
         << state.days_past_due;
    if (state.oldest_unpaid_due_on) out_ << "，下期 " << state.oldest_unpaid_due_on->text();
    out_ << "\n";
    show_standing(state);
}

/// Only what is out of the ordinary.
void Teller::show_standing(LoanState const& state)
{
    std::string told;
    auto const add = [&told](std::string what) { told += (told.empty() ? "" : "，") + what; };
    auto const amount = [&add](char const* name, Money money) {
        if (!money.is_zero()) add(name + (" " + money.text()));
    };
    if (state.risk_class != RiskClass::normal) {
        add("分类 " + std::string{code_of(state.risk_class)});
    }
    if (state.reserved_through) add("可放款至 " + state.reserved_through->text());
    if (state.non_accrual_since) add("非应计自 " + state.non_accrual_since->text());
    if (state.written_off_on) add("核销于 " + state.written_off_on->text());
    if (state.rescheduled_on) add("重组于 " + state.rescheduled_on->text());
    if (state.extensions > 0) {
        add("展期 " + std::to_string(state.extensions) + " 次到 " + state.matures_on->text());
    }
    amount("贴息", state.subsidy);
    amount("欠费用", state.owed.cost);
    amount("欠罚息", state.owed.penalty);
    amount("欠复利", state.owed.compound);
    if (!told.empty()) out_ << "    " << told << "\n";
}

void Teller::show_plan(LoanNumber const& number, Date on)
{
    for (InstalmentState const& row : fold(loan(number), on).instalments) {
        if (row.planned.total().is_zero() && row.interest_due.is_zero()) continue;
        out_ << "    " << std::setw(2) << row.planned.number << " " << row.planned.due_on.text()
             << " 本金 " << row.planned.principal.text() << "，利息 "
             << row.planned.interest.text();
        if (row.paid_on) out_ << "，还清于 " << row.paid_on->text();
        out_ << "\n";
    }
}

void Teller::explain_loan(LoanNumber const& number, Date on)
{
    std::vector<EntryRecord> own;
    std::ranges::copy_if(journal_, std::back_inserter(own), [&](EntryRecord const& record) {
        return record.subject == number.text();
    });
    for (Explanation const& step : explain(loan(number), on, own)) {
        out_ << "    " << step.on.text() << " " << step.figure << " " << step.amount.text() << " = "
             << step.formula;
        char const* sign = "，凭证 ";
        for (std::int64_t const entry : step.entries) out_ << std::exchange(sign, " ") << entry;
        out_ << "\n";
    }
}

void Teller::balances()
{
    std::map<Unit, std::int64_t> sums;
    out_ << "\n余额\n";
    for (auto const& [where, difference] : debits_less_credits_) {
        auto const& [account, unit] = where;
        sums[unit] += difference;
        if (difference == 0) continue;
        out_ << "    " << (difference > 0 ? "借 " : "贷 ") << std::left << std::setw(8)
             << account.code.text() << " " << std::setw(4) << account.subkey << std::right
             << std::setw(14) << quantity(unit, std::abs(difference)) << unit_word(unit) << "\n";
    }
    for (auto const& [unit, sum] : sums) {
        if (sum != 0) throw std::runtime_error{"the books do not balance"};
    }
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
