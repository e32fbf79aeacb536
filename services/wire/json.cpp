// The strict reading of one JSON object: UTF-8 first, then the parser with our own handler, which
// builds nothing and only remembers keys, then Boost.JSON's own values; and the writing of text.
#include "wire/json.hpp"

#include "ledger/core/utf8.hpp"

#include <boost/json.hpp>
#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <set>
#include <utility>

namespace json = boost::json;

namespace wire {

namespace {

using ledger::Refusal;

/// Follows the parser through the document and stops it at the first key that its object has
/// already.
class KeyWatch {
  public:
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    std::string const& duplicate() const { return duplicate_; }
    bool top_is_object() const { return top_is_object_; }

    bool on_document_begin(json::error_code&) { return true; }
    bool on_document_end(json::error_code&) { return true; }
    bool on_object_begin(json::error_code&)
    {
        if (levels_.empty()) top_is_object_ = true;
        return enter(false);
    }
    bool on_object_end(std::size_t, json::error_code&) { return leave(); }
    bool on_array_begin(json::error_code&) { return enter(true); }
    bool on_array_end(std::size_t, json::error_code&) { return leave(); }
    bool on_key_part(json::string_view part, std::size_t, json::error_code&)
    {
        key_.append(part.data(), part.size());
        return true;
    }
    bool on_key(json::string_view part, std::size_t, json::error_code& error)
    {
        key_.append(part.data(), part.size());
        Level& level = levels_.back();
        level.key = std::exchange(key_, {});
        if (level.keys.insert(level.key).second) return true;
        duplicate_ = path();
        error = json::error::syntax; // stops the parser; the caller asks for duplicate()
        return false;
    }
    bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
    bool on_string(json::string_view, std::size_t, json::error_code&) { return value(); }
    bool on_number_part(json::string_view, json::error_code&) { return true; }
    bool on_int64(std::int64_t, json::string_view, json::error_code&) { return value(); }
    bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return value(); }
    bool on_double(double, json::string_view, json::error_code&) { return value(); }
    bool on_bool(bool, json::error_code&) { return value(); }
    bool on_null(json::error_code&) { return value(); }
    bool on_comment_part(json::string_view, json::error_code&) { return true; }
    bool on_comment(json::string_view, json::error_code&) { return true; }

  private:
    struct Level {
        bool is_array = false;
        std::size_t index = 0; ///< of the element that is being read
        std::string key;       ///< of the member that is being read
        std::set<std::string> keys;
    };

    bool enter(bool is_array)
    {
        Level level;
        level.is_array = is_array;
        levels_.push_back(std::move(level));
        return true;
    }
    bool leave()
    {
        levels_.pop_back();
        return value();
    }
    /// A value is complete: the next one in this array has the next index.
    bool value()
    {
        if (!levels_.empty()) ++levels_.back().index;
        return true;
    }
    std::string path() const
    {
        std::string text;
        for (Level const& level : levels_) {
            if (level.is_array) {
                text += '[' + std::to_string(level.index) + ']';
            } else {
                if (!text.empty()) text += '.';
                text += level.key;
            }
        }
        return text;
    }

    std::vector<Level> levels_;
    std::string key_;
    std::string duplicate_;
    bool top_is_object_ = false;
};

json::parse_options strict_options()
{
    json::parse_options options;
    options.max_depth = static_cast<std::size_t>(json_depth_limit);
    return options; // no comments, no trailing commas, no invalid UTF-8
}

bool is_utf8(std::string_view text)
{
    while (!text.empty()) {
        if (!ledger::take_code_point(text)) return false;
    }
    return true;
}

/// "2:17", as an editor counts: the bytes before the place are read, columns are characters.
std::string place_in(std::string_view text, std::size_t at)
{
    std::string_view const before = text.substr(0, at);
    auto const line_start = before.rfind('\n') + 1; // npos + 1 is the first line's start
    auto const is_first_byte = [](char c) { return (c & 0xC0) != 0x80; };
    auto const line = 1 + std::ranges::count(before, '\n');
    auto const column = 1 + std::ranges::count_if(before.substr(line_start), is_first_byte);
    return std::to_string(line) + ':' + std::to_string(column);
}

std::string new_line(int depth)
{
    return '\n' + std::string(static_cast<std::size_t>(depth) * 2, ' ');
}

void write_pretty(std::string& out, json::value const& value, int depth);

void write_pretty(std::string& out, json::object const& object, int depth)
{
    out += '{';
    bool is_first = true;
    for (auto const& member : object) {
        if (!std::exchange(is_first, false)) out += ',';
        out += new_line(depth + 1) + json::serialize(member.key()) + ": ";
        write_pretty(out, member.value(), depth + 1);
    }
    if (!object.empty()) out += new_line(depth);
    out += '}';
}

void write_pretty(std::string& out, json::value const& value, int depth)
{
    if (auto const* const object = value.if_object()) return write_pretty(out, *object, depth);
    auto const* const array = value.if_array();
    if (array == nullptr) {
        out += json::serialize(value);
        return;
    }
    out += '[';
    bool is_first = true;
    for (json::value const& element : *array) {
        if (!std::exchange(is_first, false)) out += ',';
        out += new_line(depth + 1);
        write_pretty(out, element, depth + 1);
    }
    if (!array->empty()) out += new_line(depth);
    out += ']';
}

} // namespace

ledger::Result<json::object> parse_object(std::string_view body)
{
    if (!is_utf8(body)) return ledger::refuse(Refusal::utf8_invalid);

    json::basic_parser<KeyWatch> parser{strict_options()};
    json::error_code error;
    std::size_t const read = parser.write_some(false, body.data(), body.size(), error);
    KeyWatch const& watch = parser.handler();
    if (!watch.duplicate().empty()) {
        return ledger::refuse(Refusal::json_duplicate_key, watch.duplicate());
    }
    if (error || read != body.size()) {
        return ledger::refuse(Refusal::json_malformed, {}, place_in(body, read));
    }
    if (!watch.top_is_object()) return ledger::refuse(Refusal::json_not_an_object);
    json::value parsed =
        json::parse(json::string_view{body.data(), body.size()}, {}, strict_options());
    return std::move(parsed.as_object());
}

std::string text_of(json::object const& object)
{
    return json::serialize(object);
}

std::string pretty_text_of(json::object const& object)
{
    std::string out;
    write_pretty(out, object, 0);
    return out;
}

} // namespace wire
