#include "ledger/store/kept_books.hpp"

#include <utility>

namespace store {

std::optional<Kept> KeptBooks::take(ledger::CountyCode const& county)
{
    auto node = kept_.extract(county);
    if (node.empty()) return std::nullopt;
    return std::move(node.mapped());
}

void KeptBooks::keep(ledger::CountyCode const& county, Kept kept)
{
    if (kept.books.size() > kept_limit) return;
    kept.books.forget_resident_ids();
    kept_.insert_or_assign(county, std::move(kept));
}

Kept const* KeptBooks::of(ledger::CountyCode const& county) const
{
    auto const it = kept_.find(county);
    return it == kept_.end() ? nullptr : &it->second;
}

KeptBooks& kept_of(Database::Session& session)
{
    if (!session.kept) session.kept = std::make_shared<KeptBooks>();
    return *session.kept;
}

} // namespace store
