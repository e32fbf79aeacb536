// Rows of the registers' facts. What a kind says is its body, an object; the constraints of
// register.fact say the same list. Whose fact it is stands beside it, not in the body.
#include "ledger/store/columns.hpp"
#include "ledger/store/rows.hpp"

namespace store {

namespace json = boost::json;

using ledger::RegisterFact;

namespace {

struct Body {
    json::object operator()(ledger::BranchNamed const& what) const
    {
        return {{"name", what.name}, {"village", what.village.text()}};
    }
    json::object operator()(ledger::MemberRecorded const& what) const
    {
        return {{"name", what.name},
                {"branch", what.branch.text()},
                {"joined_on", what.joined_on.text()},
                {"membership", spelled(what.membership)}};
    }
    json::object operator()(ledger::PointsRecorded const& what) const
    {
        return {{"points", what.points}};
    }
    json::object operator()(ledger::PoorMemberListed const& what) const
    {
        return {{"household", what.household.text()}, {"is_listed", what.is_listed}};
    }
    json::object operator()(ledger::TargetSet const& what) const
    {
        return {{"indicator", spelled(what.target.indicator)},
                {"unit", what.target.unit.text()},
                {"year", what.target.year},
                {"count", what.count}};
    }
    json::object operator()(ledger::ResponsibilityGiven const& what) const
    {
        json::object body{{"person", what.person},
                          {"task", what.task},
                          {"duty", what.duty},
                          {"goal", what.goal},
                          {"deadline", what.deadline.text()}};
        if (auto const* household = std::get_if<ledger::HouseholdNumber>(&what.about))
            body["household"] = household->text();
        if (auto const* village = std::get_if<ledger::UnitCode>(&what.about))
            body["village"] = village->text();
        if (auto const* target = std::get_if<ledger::TargetName>(&what.about))
            body["target"] = target->text();
        return body;
    }
    json::object operator()(ledger::ResponsibilityFulfilled const& what) const
    {
        return {{"result", what.result}};
    }
    json::object operator()(ledger::VillageRecorded const& what) const
    {
        return {{"village", what.village.text()},
                {"aspect", spelled(what.aspect)},
                {"has", what.has},
                {"amount_fen", what.amount.fen()}};
    }
    json::object operator()(ledger::EvidenceKept const& what) const
    {
        return {{"media_type", ledger::code_of(what.media_type)},
                {"bytes", what.bytes},
                {"place", what.place},
                {"description", what.description}};
    }
    json::object operator()(ledger::PersonRecorded const& what) const
    {
        return {{"household", what.household.text()},
                {"name", what.name},
                {"kinship", spelled(what.kinship)},
                {"can_work", what.can_work},
                {"is_present", what.is_present}};
    }
    json::object operator()(ledger::Reversed const&) const { return {}; }
};

// --- reading back

using Read = RegisterFact (*)(std::string_view subject, json::object const& body);

std::string text_of(json::object const& body, std::string_view key)
{
    return std::string{text_at(body, key)};
}

template <class Name> Name name_at(json::object const& body, std::string_view key)
{
    return stored<Name>(text_at(body, key));
}

RegisterFact branch_named(std::string_view subject, json::object const& body)
{
    return ledger::BranchNamed{stored<ledger::BranchCode>(subject), text_of(body, "name"),
                               name_at<ledger::UnitCode>(body, "village")};
}

RegisterFact member_recorded(std::string_view subject, json::object const& body)
{
    return ledger::MemberRecorded{stored<ledger::MemberNumber>(subject), text_of(body, "name"),
                                  name_at<ledger::BranchCode>(body, "branch"),
                                  day_at(body, "joined_on"),
                                  enum_at<ledger::Membership>(body, "membership")};
}

RegisterFact points_recorded(std::string_view subject, json::object const& body)
{
    return ledger::PointsRecorded{stored<ledger::MemberNumber>(subject), int_at(body, "points")};
}

RegisterFact poor_member_listed(std::string_view subject, json::object const& body)
{
    return ledger::PoorMemberListed{stored<ledger::MemberNumber>(subject),
                                    name_at<ledger::HouseholdNumber>(body, "household"),
                                    body.at("is_listed").as_bool()};
}

RegisterFact target_set(std::string_view subject, json::object const& body)
{
    return ledger::TargetSet{stored<ledger::TargetName>(subject), int_at(body, "count")};
}

RegisterFact responsibility_given(std::string_view subject, json::object const& body)
{
    ledger::ResponsibilityGiven what;
    what.responsibility = stored<ledger::ResponsibilityNumber>(subject);
    if (body.contains("household"))
        what.about = name_at<ledger::HouseholdNumber>(body, "household");
    if (body.contains("village")) what.about = name_at<ledger::UnitCode>(body, "village");
    if (body.contains("target")) what.about = name_at<ledger::TargetName>(body, "target");
    what.person = text_of(body, "person");
    what.task = text_of(body, "task");
    what.duty = text_of(body, "duty");
    what.goal = text_of(body, "goal");
    what.deadline = day_at(body, "deadline");
    return what;
}

RegisterFact responsibility_fulfilled(std::string_view subject, json::object const& body)
{
    return ledger::ResponsibilityFulfilled{stored<ledger::ResponsibilityNumber>(subject),
                                           text_of(body, "result")};
}

RegisterFact village_recorded(std::string_view subject, json::object const& body)
{
    return ledger::VillageRecorded{stored<ledger::UnitCode>(subject),
                                   enum_at<ledger::VillageAspect>(body, "aspect"),
                                   body.at("has").as_bool(), fen_at(body, "amount_fen")};
}

RegisterFact evidence_kept(std::string_view subject, json::object const& body)
{
    return ledger::EvidenceKept{
        std::string{subject}, enum_at<ledger::MediaType>(body, "media_type"), int_at(body, "bytes"),
        text_of(body, "place"), text_of(body, "description")};
}

RegisterFact person_recorded(std::string_view subject, json::object const& body)
{
    return ledger::PersonRecorded{stored<ledger::PersonNumber>(subject),
                                  name_at<ledger::HouseholdNumber>(body, "household"),
                                  text_of(body, "name"),
                                  enum_at<ledger::Kinship>(body, "kinship"),
                                  body.at("can_work").as_bool(),
                                  body.at("is_present").as_bool()};
}

constexpr std::pair<std::string_view, Read> readers[] = {
    {"branch_named", branch_named},
    {"member_recorded", member_recorded},
    {"points_recorded", points_recorded},
    {"poor_member_listed", poor_member_listed},
    {"target_set", target_set},
    {"responsibility_given", responsibility_given},
    {"responsibility_fulfilled", responsibility_fulfilled},
    {"village_recorded", village_recorded},
    {"evidence_kept", evidence_kept},
    {"person_recorded", person_recorded},
};
// All kinds but the reversal, which says nothing but its target.
static_assert(std::size(readers) + 1 == std::variant_size_v<RegisterFact>);

RegisterFact fact_from(std::string_view subject, json::object const& row)
{
    auto const kind = text_at(row, "kind");
    if (kind == "reversed") return ledger::Reversed{int_at(row, "target_sequence")};
    for (auto const& [name, read] : readers)
        if (name == kind) return read(subject, row.at("body").as_object());
    throw IntegrityFault{"the books hold an unknown kind of fact"};
}

} // namespace

json::object row_of(ledger::RegisterName const& name, ledger::RegisterEvent const& event)
{
    json::object row{{"register", spelled(name.kind)},
                     {"subject", name.subject},
                     {"sequence", event.sequence},
                     {"kind", ledger::code_of(event.what)},
                     {"value_on", event.value_on.text()},
                     {"booked_on", event.booked_on.text()},
                     {"document", event.document},
                     {"reason", event.reason},
                     {"body", std::visit(Body{}, event.what)}};
    if (auto const* reversed = std::get_if<ledger::Reversed>(&event.what))
        row["target_sequence"] = reversed->sequence;
    return row;
}

ledger::Register register_from(ledger::RegisterName name, json::array const& events)
{
    ledger::Register subject{std::move(name), {}};
    for (auto const& value : events) {
        auto const& row = value.as_object();
        subject.events.push_back({int_at(row, "sequence"), day_at(row, "value_on"),
                                  day_at(row, "booked_on"), fact_from(subject.name.subject, row),
                                  text_of(row, "document"), text_of(row, "reason")});
    }
    return subject;
}

} // namespace store
