// The commands' names, and what each touches, so that the store can load and lock it beforehand.
#include "ledger/command.hpp"

namespace ledger {

namespace {

struct Name {
    std::string_view operator()(RegisterBorrower const&) const { return "register_borrower"; }
    std::string_view operator()(OpenFund const&) const { return "open_fund"; }
    std::string_view operator()(PayIntoFund const&) const { return "pay_into_fund"; }
    std::string_view operator()(ProposeLoan const&) const { return "propose_loan"; }
    std::string_view operator()(ApproveLoan const&) const { return "approve_loan"; }
    std::string_view operator()(Disburse const&) const { return "disburse"; }
    std::string_view operator()(Repay const&) const { return "repay"; }
    std::string_view operator()(Reverse const&) const { return "reverse"; }
    std::string_view operator()(Accrue const&) const { return "accrue"; }
    std::string_view operator()(OpenBooks const&) const { return "open_books"; }
    std::string_view operator()(CloseDay const&) const { return "close_day"; }
};

References of_loan(LoanNumber const& loan)
{
    References touched;
    touched.loan = loan;
    return touched;
}

References of_fund(FundCode const& fund)
{
    References touched;
    touched.fund = fund;
    return touched;
}

struct Touched {
    References operator()(RegisterBorrower const& command) const
    {
        References touched;
        touched.borrower = command.borrower;
        touched.village = command.village;
        return touched;
    }
    References operator()(OpenFund const& command) const { return of_fund(command.fund); }
    References operator()(PayIntoFund const& command) const { return of_fund(command.fund); }
    References operator()(ProposeLoan const& command) const
    {
        References touched = of_loan(command.loan);
        touched.borrower = command.borrower;
        touched.fund = command.fund;
        return touched;
    }
    References operator()(ApproveLoan const& command) const { return of_loan(command.loan); }
    References operator()(Disburse const& command) const { return of_loan(command.loan); }
    References operator()(Repay const& command) const { return of_loan(command.loan); }
    References operator()(Reverse const& command) const { return of_loan(command.loan); }
    References operator()(Accrue const& command) const { return of_loan(command.loan); }
    References operator()(OpenBooks const&) const { return {}; }
    References operator()(CloseDay const&) const { return {}; }
};

} // namespace

std::string_view code_of(Command const& command)
{
    return std::visit(Name{}, command);
}

References references(Command const& command)
{
    return std::visit(Touched{}, command);
}

} // namespace ledger
