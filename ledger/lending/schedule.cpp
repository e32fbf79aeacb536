// The repayment schedule is what the walk of an undisturbed loan plans: the disbursements happen,
// nothing is repaid, and the rows are read. So the officer's preview, the loan that is then created
// and `daifu schedule` cannot differ. It refuses what does not fit (a disbursement after the last
// due date, a fixed instalment below the interest) and never adjusts a term silently.
#include "ledger/lending/walk.hpp"

#include <utility>

namespace ledger {

namespace {

Result<void> check(Terms const& terms, std::span<DisbursementPlan const> disbursements)
{
    auto const refused = [](std::string wanted) {
        return refuse(Refusal::terms_contradict, "disbursements", std::move(wanted));
    };
    if (disbursements.empty()) return refused("disbursements >= 1");
    Wide sum = 0;
    Date last = disbursements.front().on;
    for (DisbursementPlan const& each : disbursements) {
        if (each.amount <= Money{}) {
            return refuse(Refusal::amount_must_be_positive, "disbursements");
        }
        if (each.on < last) return refused("disbursements[0].on <= disbursements[1].on <= …");
        last = each.on;
        sum += each.amount.fen();
    }
    if (sum > terms.principal.fen()) return refused("disbursements <= " + terms.principal.text());
    if (terms.down_payment > Rate{} && disbursements.size() > 1) {
        return refuse(Refusal::field_not_supported, "down_payment_percent");
    }
    return {};
}

/// A loan that nothing has happened to, under rules that charge nothing but interest.
Loan undisturbed(Terms const& terms, Date on, Programme programme)
{
    ProgrammeRules plain;
    plain.version = 1;
    plain.non_accrual_after_days = 0;
    programme.rules = {plain};
    Loan loan;
    loan.terms = terms;
    loan.proposed_on = on;
    loan.rules_version = 1;
    loan.programme = std::make_shared<Programme const>(std::move(programme));
    return loan;
}

/// A fixed or rounded instalment that the interest of a row exceeds would never repay anything.
Result<void> check_instalment(Contract const& contract, Schedule const& schedule)
{
    Terms const& terms = contract.terms;
    bool const is_level =
        terms.method == Method::equal_instalments && terms.interest == InterestBasis::declining;
    bool const is_given = terms.instalment || !terms.instalment_multiple.is_zero();
    if (!is_level || !is_given) return {};
    char const* field = terms.instalment ? "instalment" : "instalment_multiple";
    for (std::size_t n = 0; n + 1 < schedule.instalments.size(); ++n) {
        Instalment const& row = schedule.instalments[n];
        bool const repays_nothing = contract.periods[n].is_principal_asked &&
                                    row.principal.is_zero() && row.balance > Money{};
        bool const is_short = !terms.instalment || row.interest > *terms.instalment;
        if (repays_nothing && is_short && !row.interest.is_zero()) {
            return refuse(Refusal::terms_contradict, field, "instalment >= " + row.interest.text());
        }
    }
    return {};
}

} // namespace

Result<Schedule> schedule(Terms const& terms, std::vector<DisbursementPlan> const& disbursements,
                          Programme const& programme)
{
    if (auto good = check(terms, disbursements); !good) return std::unexpected{good.error()};
    Date const first = disbursements.front().on;
    if (auto const fits = contract_of(terms, first, programme); !fits) { // by the term's own name
        return std::unexpected{fits.error()};
    }
    Walk walk{undisturbed(terms, first, programme)};
    auto taken = walk.take({1, first, first, Approved{terms.principal}, {}, {}});
    int sequence = 1;
    for (DisbursementPlan const& each : disbursements) {
        if (taken)
            taken = walk.take({++sequence, each.on, each.on, Disbursed{each.amount}, {}, {}});
    }
    if (!taken) {
        Refused refused = taken.error();
        if (refused.field == "value_on") refused.field = "disbursements";
        return std::unexpected{std::move(refused)};
    }
    Schedule result;
    for (InstalmentState& row : walk.state().instalments) {
        result.principal += row.planned.principal;
        result.interest += row.planned.interest;
        result.instalments.push_back(std::move(row.planned));
    }
    LEDGER_ASSERT(result.principal == walk.facts().disbursed);
    if (auto good = check_instalment(walk.contract(), result); !good)
        return std::unexpected{good.error()};
    return result;
}

} // namespace ledger
