// Registering a borrower. Text and the resident id were read and judged by the door.
// Refuses, after the shared ones: text_missing (name), village_not_found,
// borrower_already_registered (the number or the resident id).
#include "ledger/lending/decisions.hpp"

namespace ledger {

Result<Effects> register_borrower(Situation const& now, RegisterBorrower const& command)
{
    if (auto dates = check_dates(now, {}, ""); !dates) return std::unexpected{dates.error()};
    if (command.name.empty()) return refuse(Refusal::text_missing, "name");
    if (!now.village) return refuse(Refusal::village_not_found, "village");
    if (now.borrower) {
        bool const same_number = now.borrower->number == command.borrower;
        return refuse(Refusal::borrower_already_registered,
                      same_number ? "borrower" : "resident_id", now.borrower->number.text());
    }

    Effects effects;
    effects.borrower =
        Borrower{command.borrower, command.name,         command.resident_id, command.household,
                 command.village,  command.party_branch, now.booked_on};
    return effects;
}

} // namespace ledger
