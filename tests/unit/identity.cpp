// identity.hpp: resident ids, social credit codes, business identifiers and text for people.
#include "ledger/identity.hpp"

#include "ledger/assert.hpp"
#include "tests/support/outcome.hpp"
#include "tests/support/vectors.hpp"

#include <catch2/catch.hpp>

#include <ostream>
#include <type_traits>

using namespace ledger;
using ledger::test::outcome;
using ledger::test::vectors;

namespace {

template <class T>
concept printable = requires(std::ostream& stream, T const& value) { stream << value; };

static_assert(!printable<ResidentId>, "a log line must not hold a resident id by accident");
static_assert(!std::is_convertible_v<LoanNumber, FundCode>);
static_assert(!std::is_constructible_v<LoanNumber, FundCode>);

} // namespace

TEST_CASE("A resident id is normalised and kept, or refused")
{
    for (auto const& row : vectors("identity", "resident_id")) {
        CAPTURE(row["text"]);
        auto const id = ResidentId::parse(row["text"]);
        CHECK(outcome(id, &ResidentId::reveal) == row.expected("kept"));
        if (id) CHECK(id->masked() == row["masked"]);
    }
    CHECK(ResidentId{}.masked().empty());
    CHECK(outcome(ResidentId::parse("53092119000101000\xFF"), &ResidentId::reveal) ==
          "resident_id_malformed");
}

TEST_CASE("Every wrong check digit of a resident id is refused, and the right one is computed")
{
    std::string const body = "53092119000101000";
    CHECK(resident_id_check_digit(body) == '3');
    CHECK(resident_id_check_digit("11010519491231002") == 'X');
    for (char const check : std::string_view{"012456789X"}) {
        CAPTURE(check);
        CHECK(outcome(ResidentId::parse(body + check), &ResidentId::reveal) ==
              "resident_id_check_digit_wrong");
    }
    CHECK_THROWS_AS(resident_id_check_digit("5309211900010100"), Bug);
    CHECK_THROWS_AS(resident_id_check_digit("5309211900010100X"), Bug);
}

TEST_CASE("A social credit code is kept, or refused")
{
    for (auto const& row : vectors("identity", "credit_code")) {
        CAPTURE(row["text"]);
        CHECK(outcome(CreditCode::parse(row["text"]), &CreditCode::text) == row.expected("kept"));
    }
}

TEST_CASE("A business identifier is kept exactly, or refused")
{
    for (auto const& row : vectors("identity", "identifier")) {
        CAPTURE(row["text"]);
        CHECK(outcome(LoanNumber::parse(row["text"]), &LoanNumber::text) == row.expected("kept"));
        CHECK(outcome(checked_identifier(row["text"])) == row.expected("kept"));
    }
    CHECK(LoanNumber{}.is_empty());
    CHECK(*LoanNumber::parse("a") != *LoanNumber::parse("A"));
}

TEST_CASE("Text for people is trimmed, valid UTF-8, one line, and not too long")
{
    struct Row {
        std::string text;
        std::string outcome;
    };
    auto const row = GENERATE(values<Row>({
        {"罗先国", "罗先国"},
        {"  罗先国 ", "罗先国"},
        {"\u3000罗先国\u3000 ", "罗先国"},
        {"罗 先 国", "罗 先 国"},
        {"阿卜杜拉", "阿卜杜拉"},
        {"\U00020BB7野家", "\U00020BB7野家"}, // four bytes, one character
        {"茶核桃牛蔗薯", "text_too_long"},    // six characters where five are allowed
        {"abcdef", "text_too_long"},
        {"", "text_missing"},
        {" \u3000 ", "text_missing"},
        {"a\tb", "text_has_control_characters"},
        {"a\n", "text_has_control_characters"},
        {std::string{"a\0b", 3}, "text_has_control_characters"},
        {"a\x7F", "text_has_control_characters"},
        {"a\u0085b", "text_has_control_characters"}, // next line
        {"a\u2028b", "text_has_control_characters"}, // line separator
        {"a\u202Eb", "text_has_control_characters"}, // right-to-left override
        {"abcdef\n", "text_has_control_characters"}, // said before the length
        {"\xFF", "utf8_invalid"},
        {"\x80", "utf8_invalid"},             // a continuation without its lead
        {"\xE7\xBD", "utf8_invalid"},         // cut short
        {"\xE7\xBD\x41", "utf8_invalid"},     // a lead without its continuation
        {"\xC0\x80", "utf8_invalid"},         // overlong NUL
        {"\xC1\xBF", "utf8_invalid"},         // overlong DEL
        {"\xE0\x9F\xBF", "utf8_invalid"},     // overlong U+07FF
        {"\xF0\x8F\xBF\xBF", "utf8_invalid"}, // overlong U+FFFF
        {"\xED\xA0\x80", "utf8_invalid"},     // surrogate U+D800
        {"\xED\xBF\xBF", "utf8_invalid"},     // surrogate U+DFFF
        {"\xF4\x90\x80\x80", "utf8_invalid"}, // U+110000
        {"\xF8\x88\x80\x80\x80", "utf8_invalid"},
        {"\xC2\xA0\xC0\x80\n", "utf8_invalid"}, // said before the control character
        {"\xC2\xA1", "\u00A1"},                 // a smallest pair is not overlong
        {"\xF4\x8F\xBF\xBD", "\xF4\x8F\xBF\xBD"},
        {"\xF4\x8F\xBF\xBF", "text_has_control_characters"}, // a noncharacter
        {"\uFFFF", "text_has_control_characters"},
        {"a\u200Bb", "text_has_control_characters"},     // zero width space
        {"a\u061Cb", "text_has_control_characters"},     // Arabic letter mark
        {"a\u200Fb", "text_has_control_characters"},     // right-to-left mark
        {"a\uFEFFb", "text_has_control_characters"},     // byte order mark
        {"a\u00ADb", "text_has_control_characters"},     // soft hyphen
        {"a\U000E0041b", "text_has_control_characters"}, // a tag
        {"\u3164", "text_missing"},                      // a filler, nothing to be seen
        {"\u2003 \u2800", "text_missing"},
    }));
    CAPTURE(row.text);
    CHECK(outcome(checked_text(row.text, 5)) == row.outcome);
}

TEST_CASE("Text that is too long names the limit in characters")
{
    auto const refused = checked_text("茶核桃", 2);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().limit == "2");
    CHECK(checked_text("茶核桃", 3));
}
