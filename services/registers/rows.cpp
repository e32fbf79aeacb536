// What a row of each register says, as commands: a fund row opens the fund and pays into it, a loan
// row proposes, approves and disburses, a repayment row repays and, where it says so, reverses.
#include "registers/row_reader.hpp"
#include "store/execute.hpp"

namespace registers {

using ledger::Refusal;

namespace {

/// A key has 80 characters, of which the prefix takes 16.
constexpr std::size_t identity_limit = 64;
constexpr std::size_t digest_prefix = 40;
constexpr std::size_t content_prefix = 12; ///< hex digits of the content in a key: 48 bits

/// What tells one payment from another: two of one amount on a day have different remarks or
/// documents.
std::string payment_identity(std::string const& of, ledger::Date on, ledger::Money amount,
                             std::string const& distinction)
{
    std::string const identity = of + ":" + on.text() + ":" + amount.text();
    if (distinction.empty()) return identity;
    return identity + ":" + ledger::hex(content_digest(distinction)).substr(0, content_prefix);
}

ledger::Terms terms_of_row(RowReader& row)
{
    ledger::Terms terms;
    terms.principal = row.money("amount");
    terms.annual_rate = row.rate("annual_rate");
    terms.method = row.take("method", method_of);
    terms.instalments = row.number("instalments", 1, ledger::instalments_limit);
    terms.every = row.take("every", frequency_of);
    terms.first_due_on = row.future_date_or_nothing("first_due_on");
    if (!row.is_empty("settlement_day")) {
        terms.settlement_day = row.number("settlement_day", 1, 31);
    }
    return terms;
}

std::string content_of(ledger::ProposeLoan const& command)
{
    ledger::Terms const& terms = command.terms;
    return joined({"propose", command.loan.text(), command.borrower.text(), command.fund.text(),
                   command.proposed_on.text(), command.purpose, command.industry,
                   terms.principal.text(), terms.annual_rate.text(), chinese_of(terms.method),
                   std::to_string(terms.instalments), std::to_string(terms.every.count),
                   std::to_string(static_cast<int>(terms.every.unit)),
                   terms.settlement_day ? std::to_string(*terms.settlement_day) : "",
                   terms.first_due_on ? terms.first_due_on->text() : ""});
}

/// Approval and disbursement dates in their order; a loan may still await either.
void check_loan_dates(RowReader& row, ledger::Date proposed_on,
                      std::optional<ledger::Date> approved_on,
                      std::optional<ledger::Date> disbursed_on)
{
    if (!row.is_good()) return;
    if (approved_on && *approved_on < proposed_on) {
        row.blame("approved_on", {Refusal::date_before_proposal, {}, proposed_on.text()});
    }
    if (disbursed_on && !approved_on) {
        row.blame("approved_on", {Refusal::text_missing, {}, {}});
    } else if (disbursed_on && *disbursed_on < *approved_on) {
        row.blame("disbursed_on", {Refusal::date_too_early, {}, approved_on->text()});
    }
}

} // namespace

void append(Plan& plan, std::size_t row, ledger::Date value_on, Rank rank, ledger::Command command,
            Said const& said)
{
    PlannedCommand planned;
    planned.row = row;
    planned.value_on = value_on;
    planned.booked_on = value_on;
    planned.rank = static_cast<int>(rank);
    planned.command = std::move(command);
    planned.content = content_digest(said.content);
    planned.key = import_key(said.kind, said.identity);
    plan.commands.push_back(std::move(planned));
}

Said with_content(std::string_view kind, std::string const& identity, std::string content)
{
    std::string const digest = ledger::hex(content_digest(content)).substr(0, content_prefix);
    return {kind, identity + ":" + digest, std::move(content)};
}

std::string joined(std::initializer_list<std::string_view> parts)
{
    std::string text;
    for (std::string_view const part : parts) text.append(part).append("\n");
    return text;
}

std::string import_key(std::string_view kind, std::string_view identity)
{
    std::string const prefix = std::string{store::import_keys} + std::string{kind} + ":";
    if (identity.size() <= identity_limit) return prefix + std::string{identity};
    return prefix + "sha256:" + ledger::hex(content_digest(identity)).substr(0, digest_prefix);
}

ledger::Digest content_digest(std::string_view content)
{
    return ledger::leaf_digest(
        {reinterpret_cast<std::uint8_t const*>(content.data()), content.size()},
        ledger::DigestAlgorithm::sha256);
}

void plan_fund_row(RowReader& row, std::size_t index, Plan& plan)
{
    auto const fund = row.id<ledger::FundCode>("fund");
    std::string const name = row.text("name", name_limit);
    std::string const document = row.text("document", document_limit);
    ledger::Date const paid_in_on = row.date("paid_in_on");
    ledger::Money const amount = row.money("amount");
    if (!row.is_good()) return;
    append(plan, index, paid_in_on, Rank::fund, ledger::OpenFund{fund, name, document},
           with_content("fund", fund.text(), joined({"fund", fund.text(), name})));
    std::string const identity = payment_identity(fund.text(), paid_in_on, amount, document);
    append(plan, index, paid_in_on, Rank::payment,
           ledger::PayIntoFund{fund, amount, paid_in_on, document},
           {"payment", identity, joined({"payment", identity})});
}

void plan_borrower_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::RegisterBorrower command;
    command.borrower = row.id<ledger::BorrowerNumber>("borrower");
    command.name = row.text("name", name_limit);
    command.resident_id = row.id<ledger::ResidentId>("resident_id");
    command.household = row.id<ledger::HouseholdNumber>("household");
    command.village = row.id<ledger::UnitCode>("village");
    command.party_branch = row.text("party_branch", name_limit);
    auto const registered_on = row.date_or_nothing("registered_on");
    if (!row.is_good()) return;
    std::string const number = command.borrower.text();
    // The key is kept as it is and the id could be guessed from a digest of it: only what the books
    // keep keyed is made of the id.
    std::string const shown = joined({"borrower", number, command.name, command.household.text(),
                                      command.village.text(), command.party_branch});
    auto said = with_content("borrower", number, shown);
    said.content += command.resident_id.reveal();
    append(plan, index, registered_on.value_or(ledger::Date{}), Rank::borrower, std::move(command),
           said);
}

void plan_loan_row(RowReader& row, std::size_t index, Plan& plan)
{
    ledger::ProposeLoan command;
    command.loan = row.id<ledger::LoanNumber>("loan");
    command.borrower = row.id<ledger::BorrowerNumber>("borrower");
    command.fund = row.id<ledger::FundCode>("fund");
    command.proposed_on = row.date("proposed_on");
    auto const approved_on = row.date_or_nothing("approved_on");
    auto const disbursed_on = row.date_or_nothing("disbursed_on");
    command.terms = terms_of_row(row);
    command.purpose = row.text("purpose", purpose_limit);
    command.industry = row.take("industry", industry_of);
    check_loan_dates(row, command.proposed_on, approved_on, disbursed_on);
    if (!row.is_good()) return;
    ledger::LoanNumber const loan = command.loan;
    ledger::Money const amount = command.terms.principal;
    std::string const content = content_of(command);
    append(plan, index, command.proposed_on, Rank::proposal, std::move(command),
           with_content("propose", loan.text(), content));
    if (approved_on) {
        append(plan, index, *approved_on, Rank::approval,
               ledger::RecordEvent{loan, *approved_on, ledger::Approved{amount}},
               with_content("approve", loan.text(),
                            joined({"approve", loan.text(), amount.text(), approved_on->text()})));
    }
    if (disbursed_on) {
        append(
            plan, index, *disbursed_on, Rank::disbursement,
            ledger::RecordEvent{loan, *disbursed_on, ledger::Disbursed{amount}},
            with_content("disburse", loan.text(),
                         joined({"disburse", loan.text(), amount.text(), disbursed_on->text()})));
    }
}

void plan_repayment_row(RowReader& row, std::size_t index, Plan& plan)
{
    auto const loan = row.id<ledger::LoanNumber>("loan");
    ledger::Date const repaid_on = row.date("repaid_on");
    ledger::Money const amount = row.money("amount");
    std::string const remark = row.text_or_empty("remark", remark_limit);
    ledger::Date const booked_on = row.date_or_nothing("booked_on").value_or(repaid_on);
    auto const reversed_on = row.date_or_nothing("reversed_on");
    std::string const reason = row.text_or_empty("reversal_reason", remark_limit);
    if (!row.is_good()) return;
    if (booked_on < repaid_on) {
        row.blame("booked_on", {Refusal::date_too_early, {}, repaid_on.text()});
    }
    if (reversed_on.has_value() == reason.empty()) {
        row.blame(reversed_on ? "reversal_reason" : "reversed_on", {Refusal::text_missing, {}, {}});
    } else if (reversed_on && *reversed_on < booked_on) {
        row.blame("reversed_on", {Refusal::date_too_early, {}, booked_on.text()});
    }
    if (!row.is_good()) return;
    std::string const identity = payment_identity(loan.text(), repaid_on, amount, remark);
    append(plan, index, repaid_on, Rank::repayment,
           ledger::RecordEvent{loan, repaid_on, ledger::Repaid{amount}},
           {"repay", identity, joined({"repay", identity})});
    plan.commands.back().booked_on = booked_on;
    if (!reversed_on) return;
    Rank const rank =
        *reversed_on > booked_on ? Rank::reversal_of_earlier : Rank::reversal_of_the_day;
    append(plan, index, *reversed_on, rank, ledger::Reverse{loan, 0, reason},
           {"reverse", identity, joined({"reverse", identity, reversed_on->text()})});
}

} // namespace registers
