#include "services/wire/programme_parts.hpp"

#include "wire/choices.hpp"
#include "wire/terms.hpp"

#include <algorithm>

namespace wire {

using namespace ledger;

std::array<DebtComponent, debt_components> components_from(ObjectReader& from, std::string_view key)
{
    if (from.holds_text(key)) {
        auto const usual = from.choice<UsualOrder>(key);
        return usual == UsualOrder::principal_first ? principal_first.components
                                                    : interest_first.components;
    }
    auto listed = from.choices<DebtComponent>(key, debt_components, debt_components);
    std::array<DebtComponent, debt_components> order = interest_first.components;
    if (listed.size() != order.size()) return order;
    std::ranges::copy(listed, order.begin());
    std::ranges::sort(listed);
    if (std::ranges::adjacent_find(listed) != listed.end()) {
        from.blame(Refusal::choice_unknown, key, all_names<DebtComponent>());
    }
    return order;
}

SubsidyStep step_from(ObjectReader& from)
{
    SubsidyStep step;
    step.from = from.date("from");
    step.kind = from.choice<SubsidyKind>("kind");
    if (!from.is_good()) from.expect_anything(); // which keys belong to it is its kind's to say
    switch (step.kind) {
    case SubsidyKind::none: break;
    case SubsidyKind::share:
    case SubsidyKind::points: step.ppm = from.rate("percent").ppm(); break;
    case SubsidyKind::spread:
        step.ppm = from.signed_percent_ppm("percent");
        step.tier = from.text("tier", tier_limit);
        if (auto const cap = from.rate_or_nothing("cap_percent")) step.cap_ppm = cap->ppm();
        break;
    }
    bool const is_above_all = step.kind == SubsidyKind::share && step.ppm > 1'000'000;
    if (is_above_all) from.blame(Refusal::terms_contradict, "percent", "percent <= 100");
    return step;
}

} // namespace wire
