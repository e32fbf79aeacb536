#include "ledger/store/kept_books.hpp"

#include <utility>

namespace store {

std::optional<ledger::WorkingBooks> KeptBooks::take(ledger::CountyCode const& county,
                                                    std::int64_t batch_number)
{
    auto const found = kept_.find(county);
    if (found == kept_.end()) return std::nullopt;
    auto node = kept_.extract(found);
    if (node.mapped().batch_number != batch_number) return std::nullopt;
    return std::move(node.mapped().books);
}

void KeptBooks::keep(ledger::CountyCode const& county, std::int64_t batch_number,
                     ledger::WorkingBooks books)
{
    if (books.size() > kept_limit) return;
    books.forget_resident_ids();
    kept_.insert_or_assign(county, Kept{batch_number, std::move(books)});
}

} // namespace store
