// The books of a batch in memory: decide, then apply. Everything that can fail happens before the
// first change, so a refused or failed command leaves the books as they were.
#include "ledger/working_books.hpp"

#include <algorithm>

namespace ledger {

namespace {

template <class Key, class Value>
Value const* found_in(std::map<Key, Value> const& map, Key const& key)
{
    auto const found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

template <class Value> std::optional<Value> copied(Value const* value)
{
    return value ? std::optional<Value>{*value} : std::nullopt;
}

template <class Key, class Value>
void replace(std::map<Key, Value>& kept, std::map<Key, Value>& changed)
{
    for (auto const& [key, value] : changed) kept.erase(key);
    kept.merge(changed);
}

} // namespace

WorkingBooks::WorkingBooks(Books books)
    : books_{std::move(books)}
{
    LEDGER_ASSERT(books_.programme != nullptr);
}

void WorkingBooks::add(Borrower borrower)
{
    auto number = borrower.number;
    if (!(borrower.resident_id == ResidentId{}))
        by_resident_id_.insert_or_assign(borrower.resident_id, number);
    borrowers_.insert_or_assign(std::move(number), std::move(borrower));
}

void WorkingBooks::add(Fund fund)
{
    auto code = fund.code;
    funds_.insert_or_assign(std::move(code), std::move(fund));
}

void WorkingBooks::add(Loan loan)
{
    LEDGER_ASSERT(loan.programme != nullptr);
    auto number = loan.number;
    loans_.insert_or_assign(std::move(number), std::move(loan));
}

void WorkingBooks::add(Household household)
{
    auto number = household.number;
    households_.insert_or_assign(std::move(number), std::move(household));
}

void WorkingBooks::add(Register subject)
{
    auto name = subject.name;
    registers_.insert_or_assign(std::move(name), std::move(subject));
}

void WorkingBooks::add_township(UnitCode township, Span days_of_its_code)
{
    townships_.insert_or_assign(std::move(township), days_of_its_code);
}

void WorkingBooks::add_village(UnitCode village, Span days_of_its_code)
{
    villages_.insert_or_assign(std::move(village), days_of_its_code);
}

void WorkingBooks::forget_resident_ids()
{
    for (auto const& [id, number] : by_resident_id_) borrowers_.at(number).resident_id = {};
    by_resident_id_.clear();
}

Borrower const* WorkingBooks::borrower(BorrowerNumber const& number) const
{
    return found_in(borrowers_, number);
}

Fund const* WorkingBooks::fund(FundCode const& code) const
{
    return found_in(funds_, code);
}

Loan const* WorkingBooks::loan(LoanNumber const& number) const
{
    return found_in(loans_, number);
}

Household const* WorkingBooks::household(HouseholdNumber const& number) const
{
    return found_in(households_, number);
}

Register const* WorkingBooks::subject(RegisterName const& name) const
{
    return found_in(registers_, name);
}

std::vector<Register> WorkingBooks::dependents_of(RegisterName const& name) const
{
    std::vector<Register> dependents;
    for (auto const& [other, subject] : registers_) {
        bool const names_it = std::ranges::any_of(subject.events, [&](RegisterEvent const& event) {
            return rests_on(event.what) == name;
        });
        if (names_it) dependents.push_back(subject);
    }
    return dependents;
}

std::string WorkingBooks::others_shown(std::string const& evidence,
                                       HouseholdNumber const& than) const
{
    std::string others;
    auto const* shown = found_in(shown_by_, evidence);
    if (!shown) return others;
    for (HouseholdNumber const& household : *shown) {
        if (household != than) others += (others.empty() ? "" : ", ") + household.text();
    }
    return others;
}

void WorkingBooks::add_shown(std::string const& evidence, HouseholdNumber household)
{
    if (!evidence.empty()) shown_by_[evidence].insert(std::move(household));
}

Situation WorkingBooks::situation_for(Command const& command, Date booked_on) const
{
    Situation now;
    now.books = &books_;
    now.booked_on = booked_on;
    References const touched = references(command);
    if (touched.borrower) now.borrower = copied(borrower(*touched.borrower));
    if (auto const* registering = std::get_if<RegisterBorrower>(&command);
        registering && !now.borrower)
    {
        auto const* number = found_in(by_resident_id_, registering->resident_id);
        if (number) now.borrower = copied(borrower(*number));
    }
    if (touched.loan) now.loan = copied(loan(*touched.loan));
    if (touched.renewed) now.renewed = copied(loan(*touched.renewed));
    if (touched.fund) {
        now.fund = copied(fund(*touched.fund));
    } else if (now.loan) {
        now.fund = copied(fund(now.loan->fund));
    }
    if (touched.village) now.village = copied(found_in(villages_, *touched.village));
    if (touched.household) {
        now.household = copied(household(*touched.household));
        if (now.loan) now.borrower = copied(borrower(now.loan->borrower));
    }
    if (touched.township) now.township = copied(found_in(townships_, *touched.township));
    if (touched.subject) now.subject = copied(subject(*touched.subject));
    if (touched.rests_on) now.rested_on = copied(subject(*touched.rests_on));
    if (touched.wants_dependents) now.dependents = dependents_of(*touched.subject);
    if (auto const* event = std::get_if<RecordHouseholdEvent>(&command)) {
        now.also_shown = others_shown(evidence_of(event->what), event->household);
    }
    return now;
}

Result<Effects> WorkingBooks::perform(Command const& command, Date booked_on)
{
    Result<Effects> effects = decide(situation_for(command, booked_on), command);
    if (effects) apply(*effects);
    return effects;
}

void WorkingBooks::apply(Effects const& effects)
{
    // Only a warning rests on it: more than there is does no harm.
    if (effects.household_event)
        add_shown(evidence_of(effects.household_event->what), effects.household->number);
    // Everything is copied first; what follows moves ready nodes and allocates nothing.
    std::map<BorrowerNumber, Borrower> borrowers;
    std::map<FundCode, Fund> funds;
    std::map<LoanNumber, Loan> loans;
    std::map<ResidentId, BorrowerNumber> resident_ids;
    std::map<HouseholdNumber, Household> households;
    std::map<RegisterName, Register> registers;
    std::optional<Books> books = effects.books;
    if (effects.borrower) {
        borrowers.emplace(effects.borrower->number, *effects.borrower);
        resident_ids.emplace(effects.borrower->resident_id, effects.borrower->number);
    }
    if (effects.fund) funds.emplace(effects.fund->code, *effects.fund);
    if (effects.loan) loans.emplace(effects.loan->number, *effects.loan);
    if (effects.household) households.emplace(effects.household->number, *effects.household);
    if (effects.subject) registers.emplace(effects.subject->name, *effects.subject);

    replace(borrowers_, borrowers);
    replace(by_resident_id_, resident_ids);
    replace(funds_, funds);
    replace(loans_, loans);
    replace(households_, households);
    replace(registers_, registers);
    if (books) books_ = std::move(*books);
}

} // namespace ledger
