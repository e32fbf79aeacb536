// Takes JSON objects apart field by field, remembering which fields were asked for. It judges the
// form of a field (type, syntax, range), never what the field means.
#include "wire/json.hpp"

#include <boost/json.hpp>

#include <deque>
#include <set>

namespace json = boost::json;

namespace wire {

namespace {

using ledger::Refusal;

json::object const& empty_object()
{
    static json::object const empty;
    return empty;
}

json::string_view boost_view(std::string_view text)
{
    return {text.data(), text.size()};
}

std::string range_text(int least, int most)
{
    return std::to_string(least) + ".." + std::to_string(most);
}

} // namespace

/// What the readers of one document have in common.
struct ObjectReader::Shared {
    struct Node {
        json::object const* object = nullptr;
        std::string path;
        std::set<std::string, std::less<>> asked; ///< the fields that a reader asked for
    };
    std::deque<Node> nodes;
    std::optional<ledger::Refused> first;
};

ObjectReader::ObjectReader(json::object const& object, std::string path)
    : ObjectReader{std::make_shared<Shared>(), object, std::move(path)}
{
}

ObjectReader::ObjectReader(std::shared_ptr<Shared> shared, json::object const& object,
                           std::string path)
    : shared_{std::move(shared)}
    , node_{shared_->nodes.size()}
{
    shared_->nodes.push_back({&object, std::move(path), {}});
}

bool ObjectReader::has(std::string_view key) const
{
    return shared_->nodes[node_].object->contains(boost_view(key));
}

bool ObjectReader::holds_text(std::string_view key) const
{
    json::value const* const found = shared_->nodes[node_].object->if_contains(boost_view(key));
    return found != nullptr && found->is_string();
}

bool ObjectReader::is_null(std::string_view key)
{
    json::value const* const found = field(key);
    return found != nullptr && found->is_null();
}

std::string ObjectReader::path_of(std::string_view key) const
{
    std::string const& path = shared_->nodes[node_].path;
    if (key.empty()) return path;
    return path.empty() ? std::string{key} : path + '.' + std::string{key};
}

void ObjectReader::blame(Refusal code, std::string_view key, std::string limit)
{
    if (!shared_->first) shared_->first = ledger::Refused{code, path_of(key), std::move(limit)};
}

void ObjectReader::blame(ledger::Refused relative)
{
    blame(relative.code, relative.field, std::move(relative.limit));
}

bool ObjectReader::is_good() const
{
    return !shared_->first;
}

std::optional<ledger::Refused> const& ObjectReader::first_refusal() const
{
    return shared_->first;
}

ledger::Result<void> ObjectReader::finish() const
{
    auto const& first = shared_->first;
    if (first && first->code != Refusal::field_missing) return std::unexpected{*first};
    for (std::size_t n = 0; n < shared_->nodes.size(); ++n) {
        for (auto const& member : *shared_->nodes[n].object) {
            std::string const key{member.key().data(), member.key().size()};
            if (shared_->nodes[n].asked.contains(key)) continue;
            std::string const& path = shared_->nodes[n].path;
            return ledger::refuse(Refusal::field_unknown, path.empty() ? key : path + '.' + key);
        }
    }
    if (first) return std::unexpected{*first};
    return {};
}

void ObjectReader::expect_anything()
{
    Shared::Node& node = shared_->nodes[node_];
    for (auto const& member : *node.object) node.asked.emplace(member.key());
}

/// The field, asked for from now on; null and a refusal when it is not there.
json::value const* ObjectReader::field(std::string_view key)
{
    Shared::Node& node = shared_->nodes[node_];
    node.asked.emplace(key);
    json::value const* const found = node.object->if_contains(boost_view(key));
    if (found == nullptr) blame(Refusal::field_missing, key);
    return found;
}

std::string ObjectReader::raw_text(std::string_view key, bool number_is_usual_mistake)
{
    json::value const* const found = field(key);
    if (found == nullptr) return {};
    if (auto const* const text = found->if_string()) return {text->data(), text->size()};
    if (number_is_usual_mistake && found->is_number()) {
        blame(Refusal::number_must_be_text, key);
    } else {
        blame(Refusal::field_wrong_type, key, "string");
    }
    return {};
}

std::string ObjectReader::text(std::string_view key, int limit)
{
    std::string const raw = raw_text(key);
    if (!is_good()) return {};
    auto checked = ledger::checked_text(raw, limit);
    if (checked) return *std::move(checked);
    blame(checked.error().code, key, checked.error().limit);
    return {};
}

ledger::Money ObjectReader::money(std::string_view key)
{
    return parsed<ledger::Money>(key, true);
}

ledger::Money ObjectReader::positive_money(std::string_view key)
{
    ledger::Money const amount = money(key);
    if (amount <= ledger::Money{}) blame(Refusal::amount_must_be_positive, key);
    return amount;
}

ledger::Rate ObjectReader::rate(std::string_view key)
{
    return parsed<ledger::Rate>(key, true);
}

ledger::Date ObjectReader::date(std::string_view key)
{
    return parsed<ledger::Date>(key);
}

ledger::ResidentId ObjectReader::resident_id(std::string_view key)
{
    return parsed<ledger::ResidentId>(key);
}

int ObjectReader::integer(std::string_view key, int least, int most)
{
    json::value const* const found = field(key);
    if (found == nullptr) return least;
    if (found->is_int64() && found->get_int64() >= least && found->get_int64() <= most) {
        return static_cast<int>(found->get_int64());
    }
    if (found->is_int64() || found->is_uint64()) {
        blame(Refusal::number_malformed, key, range_text(least, most));
    } else {
        blame(Refusal::field_wrong_type, key, "integer");
    }
    return least;
}

ObjectReader ObjectReader::object(std::string_view key)
{
    json::value const* const found = field(key);
    json::object const* const object = found == nullptr ? nullptr : found->if_object();
    if (object == nullptr) blame(Refusal::field_wrong_type, key, "object");
    return {shared_, object == nullptr ? empty_object() : *object, path_of(key)};
}

std::vector<ObjectReader> ObjectReader::objects(std::string_view key, int least, int most)
{
    std::vector<ObjectReader> readers;
    json::array const* const elements = array(key, least, most);
    if (elements == nullptr) return readers;
    for (json::value const& element : *elements) {
        std::string const name = element_key(key, readers.size());
        json::object const* const object = element.if_object();
        if (object == nullptr) {
            blame(Refusal::field_wrong_type, name, "object");
            return readers;
        }
        readers.push_back(ObjectReader{shared_, *object, path_of(name)});
    }
    return readers;
}

std::string ObjectReader::element_key(std::string_view key, std::size_t index)
{
    return std::string{key} + '[' + std::to_string(index) + ']';
}

std::vector<std::string> ObjectReader::texts(std::string_view key, int least, int most)
{
    std::vector<std::string> texts;
    json::array const* const elements = array(key, least, most);
    if (elements == nullptr) return texts;
    for (json::value const& element : *elements) {
        auto const* const text = element.if_string();
        if (text == nullptr) {
            blame(Refusal::field_wrong_type, element_key(key, texts.size()), "string");
            return texts;
        }
        texts.emplace_back(text->data(), text->size());
    }
    return texts;
}

std::vector<ledger::Date> ObjectReader::dates(std::string_view key, int least, int most)
{
    std::vector<ledger::Date> dates;
    for (std::string const& text : texts(key, least, most)) {
        auto const date = ledger::Date::parse(text);
        if (!date) {
            blame(date.error().code, element_key(key, dates.size()), date.error().limit);
            return dates;
        }
        dates.push_back(*date);
    }
    return dates;
}

std::int64_t ObjectReader::signed_percent_ppm(std::string_view key)
{
    std::string text = raw_text(key, true);
    if (!is_good()) return 0;
    bool const is_negative = text.starts_with('-');
    if (is_negative) text.erase(0, 1);
    auto const size = ledger::Rate::parse(text);
    if (text.starts_with('-')) { // a second sign
        blame(Refusal::rate_malformed, key);
        return 0;
    }
    if (!size) {
        blame(size.error().code, key, size.error().limit);
        return 0;
    }
    return is_negative ? -size->ppm() : size->ppm();
}

json::array const* ObjectReader::array(std::string_view key, int least, int most)
{
    json::value const* const found = field(key);
    if (found == nullptr) return nullptr;
    json::array const* const elements = found->if_array();
    if (elements == nullptr) {
        blame(Refusal::field_wrong_type, key, "array");
        return nullptr;
    }
    if (elements->size() < static_cast<std::size_t>(least) ||
        elements->size() > static_cast<std::size_t>(most))
    {
        blame(Refusal::list_length_wrong, key, range_text(least, most));
        return nullptr;
    }
    return elements;
}

ledger::Money ObjectReader::money_or(std::string_view key, ledger::Money fallback)
{
    return has(key) ? money(key) : fallback;
}

ledger::Rate ObjectReader::rate_or(std::string_view key, ledger::Rate fallback)
{
    return has(key) ? rate(key) : fallback;
}

ledger::Date ObjectReader::date_or(std::string_view key, ledger::Date fallback)
{
    return has(key) ? date(key) : fallback;
}

int ObjectReader::integer_or(std::string_view key, int least, int most, int fallback)
{
    return has(key) ? integer(key, least, most) : fallback;
}

std::string ObjectReader::secret(std::string_view key)
{
    std::string text = raw_text(key);
    if (text.size() <= secret_bytes_limit) return text;
    blame(Refusal::text_too_long, key, std::to_string(secret_bytes_limit));
    return {};
}

std::string ObjectReader::text_or_nothing(std::string_view key, int limit)
{
    return has(key) ? text(key, limit) : std::string{};
}

bool ObjectReader::truth_or(std::string_view key, bool fallback)
{
    if (!has(key)) return fallback;
    bool const* const truth = field(key)->if_bool();
    if (truth == nullptr) blame(Refusal::field_wrong_type, key, "boolean");
    return truth == nullptr ? fallback : *truth;
}

std::optional<ledger::Date> ObjectReader::date_or_nothing(std::string_view key)
{
    return has(key) ? std::optional{date(key)} : std::nullopt;
}

std::optional<ledger::Rate> ObjectReader::rate_or_nothing(std::string_view key)
{
    return has(key) ? std::optional{rate(key)} : std::nullopt;
}

} // namespace wire
