// The one door through which an entry comes into being. Postings on the same account, side and unit
// are one posting; what is left must balance in each unit, or the program stops: an unbalanced
// entry is a bug here, never an answer. It keeps nothing and numbers nothing; store::execute does.
#include "ledger/journal.hpp"

#include "ledger/wide.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace ledger {

namespace {

constexpr std::size_t unit_count = 3;

/// Debits minus credits of each unit; Wide, because 64 postings at the limit pass 64 bits.
std::array<Wide, unit_count> differences(std::span<Posting const> postings)
{
    std::array<Wide, unit_count> difference{};
    for (Posting const& posting : postings) {
        Wide& sum = difference.at(static_cast<std::size_t>(posting.unit) - 1);
        switch (posting.side) {
        case Side::debit: sum += posting.minor_units; break;
        case Side::credit: sum -= posting.minor_units; break;
        }
    }
    return difference;
}

std::vector<Posting> merged(std::vector<Posting> postings)
{
    auto const key = [](Posting const& posting) {
        return std::tie(posting.side, posting.account, posting.unit);
    };
    std::ranges::stable_sort(postings,
                             [key](Posting const& a, Posting const& b) { return key(a) < key(b); });
    std::vector<Posting> whole;
    for (Posting& posting : postings) {
        LEDGER_ASSERT(posting.minor_units >= 0);
        LEDGER_ASSERT(posting.minor_units <= money_limit_fen);
        if (posting.minor_units == 0) continue;
        if (!whole.empty() && key(whole.back()) == key(posting)) {
            whole.back().minor_units += posting.minor_units;
            LEDGER_ASSERT(whole.back().minor_units <= money_limit_fen);
        } else {
            whole.push_back(std::move(posting));
        }
    }
    return whole;
}

} // namespace

std::string_view code_of(Cause cause)
{
    switch (cause) {
    case Cause::fund_payment: return "fund_payment";
    case Cause::approval: return "approval";
    case Cause::disbursement: return "disbursement";
    case Cause::repayment: return "repayment";
    case Cause::accrual: return "accrual";
    case Cause::reversal: return "reversal";
    case Cause::risk_fund_payment: return "risk_fund_payment";
    case Cause::refund: return "refund";
    case Cause::waiver: return "waiver";
    case Cause::cost: return "cost";
    case Cause::change_of_terms: return "change_of_terms";
    case Cause::classification: return "classification";
    case Cause::provision: return "provision";
    case Cause::write_off: return "write_off";
    case Cause::recovery: return "recovery";
    case Cause::compensation: return "compensation";
    case Cause::subsidy: return "subsidy";
    case Cause::household_register: return "household_register";
    case Cause::standing: return "standing";
    case Cause::leading: return "leading";
    case Cause::expiry: return "expiry";
    }
    LEDGER_ASSERT(!"a cause that is not in the list");
}

Posting debit(AccountName account, Money amount)
{
    return {std::move(account), Side::debit, Unit::cny, amount.fen()};
}

Posting credit(AccountName account, Money amount)
{
    return {std::move(account), Side::credit, Unit::cny, amount.fen()};
}

JournalEntry JournalEntry::balanced(Cause cause, Date value_on, Date booked_on,
                                    std::string narrative, std::vector<Posting> postings)
{
    JournalEntry entry;
    entry.cause_ = cause;
    entry.value_on_ = value_on;
    entry.booked_on_ = booked_on;
    entry.narrative_ = std::move(narrative);
    entry.postings_ = merged(std::move(postings));
    LEDGER_ASSERT(entry.postings_.size() >= 2);
    LEDGER_ASSERT(entry.postings_.size() <= postings_per_entry_limit);
    LEDGER_ASSERT(value_on <= booked_on);
    LEDGER_ASSERT(std::ranges::all_of(differences(entry.postings_),
                                      [](Wide difference) { return difference == 0; }));
    return entry;
}

} // namespace ledger
