// The first answer to a command, as it is kept with its key: what is read back equals what was
// answered, to the microsecond.
#include "ledger/store/columns.hpp"
#include "ledger/store/rows.hpp"

namespace store {

namespace json = boost::json;
using ledger::Date;
using ledger::Money;

json::object json_of(Receipt const& receipt)
{
    json::object answer{{"command", receipt.command},
                        {"subject", receipt.subject},
                        {"booked_on", receipt.booked_on.text()},
                        {"recorded_at_us", receipt.recorded_at.time_since_epoch().count()},
                        {"entry_digest", receipt.entry_digest}};
    if (receipt.entry_number) answer["entry_number"] = *receipt.entry_number;
    if (receipt.event_sequence) answer["event_sequence"] = *receipt.event_sequence;
    if (receipt.value_on) answer["value_on"] = receipt.value_on->text();
    if (auto const& used = receipt.allocation)
        answer["allocation"] = {{"cost", used->cost.fen()},
                                {"penalty", used->penalty.fen()},
                                {"compound", used->compound.fen()},
                                {"interest", used->interest.fen()},
                                {"principal", used->principal.fen()},
                                {"overpayment", used->overpayment.fen()},
                                {"order", components_of(used->order)},
                                {"by", spelled(used->order.by)}};
    if (receipt.principal_outstanding)
        answer["principal_outstanding"] = receipt.principal_outstanding->fen();
    if (receipt.fund_available) answer["fund_available"] = receipt.fund_available->fen();
    json::array warnings;
    for (auto const& warning : receipt.warnings)
        warnings.push_back({{"code", ledger::name_of(warning.code)},
                            {"field", warning.field},
                            {"limit", warning.limit}});
    if (!warnings.empty()) answer["warnings"] = std::move(warnings);
    return answer;
}

Receipt receipt_from(json::object const& answer)
{
    auto text = [&](char const* key) { return std::string{answer.at(key).as_string()}; };
    Receipt receipt;
    receipt.command = text("command");
    receipt.subject = text("subject");
    receipt.booked_on = stored<Date>(text("booked_on"));
    receipt.recorded_at =
        Instant{std::chrono::microseconds{answer.at("recorded_at_us").as_int64()}};
    receipt.entry_digest = text("entry_digest");
    if (auto const* number = answer.if_contains("entry_number"))
        receipt.entry_number = number->as_int64();
    if (auto const* sequence = answer.if_contains("event_sequence"))
        receipt.event_sequence = static_cast<int>(sequence->as_int64());
    if (auto const* day = answer.if_contains("value_on"))
        receipt.value_on = stored<Date>(day->as_string());
    if (auto const* used = answer.if_contains("allocation")) {
        auto const& kept = used->as_object();
        receipt.allocation = ledger::Allocation{
            fen_at(kept, "cost"),
            fen_at(kept, "penalty"),
            fen_at(kept, "compound"),
            fen_at(kept, "interest"),
            fen_at(kept, "principal"),
            fen_at(kept, "overpayment"),
            allocation_order_from(kept.at("order").as_array(), text_at(kept, "by"))};
    }
    if (auto const* fen = answer.if_contains("principal_outstanding"))
        receipt.principal_outstanding = Money::fen(fen->as_int64());
    if (auto const* fen = answer.if_contains("fund_available"))
        receipt.fund_available = Money::fen(fen->as_int64());
    if (auto const* warnings = answer.if_contains("warnings"))
        for (auto const& value : warnings->as_array()) {
            auto const& warning = value.as_object();
            receipt.warnings.push_back({ledger::refusal_named(text_at(warning, "code")),
                                        std::string{text_at(warning, "field")},
                                        std::string{text_at(warning, "limit")}});
        }
    return receipt;
}

} // namespace store
