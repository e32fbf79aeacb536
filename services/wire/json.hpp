// Reads JSON as money deserves it: one object, valid UTF-8, no field twice, nothing after it, and
// every field of it accounted for. Boost.JSON silently keeps the last of two equal keys and turns
// long decimals into floats, so our own handler sits between its parser and its values. The size
// of a body is the caller's to bound. It knows no loan: what a field means is said by its readers.
#pragma once

#include "ledger/calendar.hpp"
#include "ledger/money.hpp"
#include "ledger/rate.hpp"
#include "wire/choices.hpp"

#include <boost/json/fwd.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wire {

/// The top object is depth 1. No body of ours needs more than four; a parser needs a bound.
inline constexpr int json_depth_limit = 16;
inline constexpr std::size_t secret_bytes_limit = 512;

/// Refuses utf8_invalid, json_malformed (a syntax error, something after the object, deeper than
/// json_depth_limit; limit: line:column), json_duplicate_key (field: the path of the key),
/// json_not_an_object.
ledger::Result<boost::json::object> parse_object(std::string_view body);

/// One line without spaces; a field per line, indented by two, for people.
std::string text_of(boost::json::object const&);
std::string pretty_text_of(boost::json::object const&);

/// Takes an object apart field by field. A reader never stops a caller: on a refusal it answers a
/// default value and keeps the first refusal with the path of its field ("terms.every.unit",
/// "disbursements[1].amount"); finish() returns it. Readers of nested objects share the first
/// refusal, and finish() of the outermost refuses every field at any depth that nobody asked for.
/// A field that is null is of the wrong type: absent is written by leaving it out.
/// The object must outlive its readers.
class ObjectReader {
  public:
    /// `path` is put before every field's name, as "terms".
    explicit ObjectReader(boost::json::object const&, std::string path = {});

    bool has(std::string_view key) const;
    /// Is the field there, and a text? It is not asked for by this.
    bool holds_text(std::string_view key) const;

    // --- required fields: field_missing when absent, field_wrong_type when not a text or number
    /// As ledger::checked_text.
    std::string text(std::string_view key, int limit);
    /// A number instead of a text is number_must_be_text.
    /// A password or what else must be taken as it is: not trimmed, at most secret_bytes_limit.
    std::string secret(std::string_view key);
    ledger::Money money(std::string_view key);
    /// Also refuses amount_must_be_positive.
    ledger::Money positive_money(std::string_view key);
    ledger::Rate rate(std::string_view key);
    ledger::Date date(std::string_view key);
    /// A float is field_wrong_type; outside the range is number_malformed.
    int integer(std::string_view key, int least, int most);
    /// An Id of the core: id<ledger::LoanNumber>("loan").
    template <class Name> Name id(std::string_view key) { return parsed<Name>(key); }
    ledger::ResidentId resident_id(std::string_view key);
    template <class Enum> Enum choice(std::string_view key)
    {
        auto const found = enum_named<Enum>(raw_text(key));
        if (found) return *found;
        if (is_good()) blame(ledger::Refusal::choice_unknown, key, all_names<Enum>());
        return enum_names<Enum>().front().value;
    }
    ObjectReader object(std::string_view key);
    /// Between `least` and `most` objects, read as key[0], key[1] …; else list_length_wrong.
    std::vector<ObjectReader> objects(std::string_view key, int least, int most);
    std::vector<ledger::Date> dates(std::string_view key, int least, int most);
    /// Percent with at most four decimals and perhaps a sign, in ppm: "-1.5" is -15,000.
    std::int64_t signed_percent_ppm(std::string_view key);
    /// A list of choices, read as key[0], key[1] …
    template <class Enum> std::vector<Enum> choices(std::string_view key, int least, int most)
    {
        std::vector<Enum> found;
        for (std::string const& name : texts(key, least, most)) {
            auto const known = enum_named<Enum>(name);
            if (!known) {
                blame(ledger::Refusal::choice_unknown, element_key(key, found.size()),
                      all_names<Enum>());
                return found;
            }
            found.push_back(*known);
        }
        return found;
    }
    /// Empty where it is null.
    template <class Name> Name id_or_null(std::string_view key)
    {
        if (is_null(key)) return {};
        return id<Name>(key);
    }
    /// A field that may be null: it takes back what was chosen before.
    template <class Enum> std::optional<Enum> choice_or_null(std::string_view key)
    {
        if (is_null(key)) return std::nullopt;
        return choice<Enum>(key);
    }

    // --- optional fields: the fallback when absent
    ledger::Money money_or(std::string_view key, ledger::Money fallback);
    ledger::Rate rate_or(std::string_view key, ledger::Rate fallback);
    ledger::Date date_or(std::string_view key, ledger::Date fallback);
    int integer_or(std::string_view key, int least, int most, int fallback);
    /// Empty when absent; there it may not be empty.
    std::string text_or_nothing(std::string_view key, int limit);
    /// As they are: whoever asks says what they may be.
    std::vector<std::string> texts(std::string_view key, int least, int most);
    /// true or false; anything else is field_wrong_type.
    bool truth_or(std::string_view key, bool fallback);
    std::optional<ledger::Date> date_or_nothing(std::string_view key);
    std::optional<ledger::Rate> rate_or_nothing(std::string_view key);
    template <class Enum> Enum choice_or(std::string_view key, Enum fallback)
    {
        return has(key) ? choice<Enum>(key) : fallback;
    }

    /// "terms.principal" for "principal"; the reader's own path for an empty key.
    std::string path_of(std::string_view key) const;
    /// Keeps the refusal for this field unless one was kept before.
    void blame(ledger::Refusal, std::string_view key, std::string limit = {});
    /// Keeps a refusal whose field is relative to this reader ("principal", or empty).
    void blame(ledger::Refused relative);
    /// No refusal so far, here or in any reader that shares it.
    bool is_good() const;
    std::optional<ledger::Refused> const& first_refusal() const;

    /// Which fields may be here is said by one that is missing: none is refused as unknown.
    void expect_anything();
    /// The first refusal, else field_unknown for the first field that was not asked for. Before a
    /// missing field comes an unknown one: it may be the missing one, misspelled.
    ledger::Result<void> finish() const;

  private:
    struct Shared;
    ObjectReader(std::shared_ptr<Shared>, boost::json::object const&, std::string path);
    boost::json::value const* field(std::string_view key);
    boost::json::array const* array(std::string_view key, int least, int most);
    bool is_null(std::string_view key);
    static std::string element_key(std::string_view key, std::size_t index);
    std::string raw_text(std::string_view key, bool number_is_usual_mistake = false);
    template <class T> T parsed(std::string_view key, bool number_is_usual_mistake = false)
    {
        std::string const text = raw_text(key, number_is_usual_mistake);
        if (!is_good()) return T{};
        auto result = T::parse(text);
        if (result) return *std::move(result);
        blame(result.error().code, key, result.error().limit);
        return T{};
    }

    std::shared_ptr<Shared> shared_;
    std::size_t node_ = 0; ///< which object of the shared ones this reader reads
};

} // namespace wire
