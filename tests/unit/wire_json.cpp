// What the strict reader takes and what it refuses, with the field that it blames.
#include "wire/json.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

namespace {

using ledger::Refusal;

struct BadText {
    char const* what;
    std::string body;
    Refusal code;
    char const* field;
};

std::string nested(int depth)
{
    std::string body;
    for (int n = 0; n < depth; ++n) body += R"({"a":)";
    body += '1';
    return body + std::string(static_cast<std::size_t>(depth), '}');
}

} // namespace

TEST_CASE("A body that is not one strict JSON object is refused with its reason", "[wire]")
{
    auto const row = GENERATE(values<BadText>({
        {"nothing", "", Refusal::json_malformed, ""},
        {"an unfinished object", R"({"a":"1")", Refusal::json_malformed, ""},
        {"something after the object", R"({"a":"1"} x)", Refusal::json_malformed, ""},
        {"a second object", R"({}{})", Refusal::json_malformed, ""},
        {"a trailing comma", R"({"a":"1",})", Refusal::json_malformed, ""},
        {"a comment", R"({/* money */"a":"1"})", Refusal::json_malformed, ""},
        {"single quotes", R"({'a':'1'})", Refusal::json_malformed, ""},
        {"a number with a leading zero", R"({"a":01})", Refusal::json_malformed, ""},
        {"NaN", R"({"a":NaN})", Refusal::json_malformed, ""},
        {"a raw line break in a text", "{\"a\":\"1\n2\"}", Refusal::json_malformed, ""},
        {"half a surrogate pair", R"({"a":"\ud800"})", Refusal::json_malformed, ""},
        {"seventeen levels", nested(17), Refusal::json_malformed, ""},
        {"a byte that UTF-8 never has", "{\"a\":\"\xFF\"}", Refusal::utf8_invalid, ""},
        {"an overlong slash", "{\"a\":\"\xC0\xAF\"}", Refusal::utf8_invalid, ""},
        {"GB18030 text", "{\"a\":\"\xB7\xEF\xC7\xEC\"}", Refusal::utf8_invalid, ""},
        {"an array", R"(["a"])", Refusal::json_not_an_object, ""},
        {"a text", R"("a")", Refusal::json_not_an_object, ""},
        {"a number", "1", Refusal::json_not_an_object, ""},
        {"a field twice", R"({"a":"1","b":"2","a":"3"})", Refusal::json_duplicate_key, "a"},
        {"a field twice, once escaped", R"({"a":"1","\u0061":"3"})", Refusal::json_duplicate_key,
         "a"},
        {"a nested field twice", R"({"t":{"e":{"u":1,"u":1}}})", Refusal::json_duplicate_key,
         "t.e.u"},
        {"a field of the second element twice", R"({"d":[{"on":1},{"on":1,"on":1}]})",
         Refusal::json_duplicate_key, "d[1].on"},
        {"a field of an element after nested arrays", R"({"d":[[1,2],[{"x":[]},{"x":1,"x":1}]]})",
         Refusal::json_duplicate_key, "d[1][1].x"},
    }));
    INFO(row.what);
    auto const parsed = wire::parse_object(row.body);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(name_of(parsed.error().code) == name_of(row.code));
    CHECK(parsed.error().field == row.field);
}

TEST_CASE("A syntax error says where it is, in lines and characters as an editor counts", "[wire]")
{
    struct Row {
        std::string body;
        char const* place;
    };
    auto const row = GENERATE(values<Row>({
        {"", "1:1"},
        {"amount=1", "1:1"},
        {R"({"a":"1",})", "1:10"},
        {R"({"a":"1"} x)", "1:11"},
        {R"({"a":"1")", "1:9"},
        {"{\n  \"a\": \"1\"\n  \"b\": \"2\"\n}", "3:3"},
        {"{\"名\": 罗}", "1:7"},
    }));
    INFO(row.body);
    auto const parsed = wire::parse_object(row.body);
    REQUIRE_FALSE(parsed.has_value());
    CHECK(parsed.error() == ledger::Refused{Refusal::json_malformed, "", row.place});
}

TEST_CASE("A misspelled field is blamed before the field that it leaves missing", "[wire]")
{
    auto const parsed = wire::parse_object(R"({"amuont":"5.00"})");
    REQUIRE(parsed.has_value());
    wire::ObjectReader reader{*parsed};
    reader.money("amount");
    CHECK(reader.finish().error() == ledger::Refused{Refusal::field_unknown, "amuont", ""});

    wire::ObjectReader expecting{*parsed};
    expecting.money("amount");
    expecting.expect_anything();
    CHECK(expecting.finish().error() == ledger::Refused{Refusal::field_missing, "amount", ""});
}

TEST_CASE("The same name in two different objects is no duplicate", "[wire]")
{
    CHECK(wire::parse_object(R"({"a":{"a":1},"b":[{"a":1},{"a":2}]})").has_value());
    CHECK(wire::parse_object(nested(16)).has_value());
    CHECK(wire::parse_object(" \r\n\t{ } \n").has_value());
}

TEST_CASE("Text survives reading and writing byte for byte", "[wire]")
{
    std::string const body = R"({"name":"罗先国","amount":"100000.00","n":[1,{"x":null},[]]})";
    auto const parsed = wire::parse_object(body);
    REQUIRE(parsed.has_value());
    CHECK(wire::text_of(*parsed) == body);
    CHECK(wire::pretty_text_of(*parsed) == R"({
  "name": "罗先国",
  "amount": "100000.00",
  "n": [
    1,
    {
      "x": null
    },
    []
  ]
})");
    auto const again = wire::parse_object(wire::pretty_text_of(*parsed));
    REQUIRE(again.has_value());
    CHECK(*again == *parsed);
}

TEST_CASE("A reader keeps the first refusal, and fields nobody asked for come last", "[wire]")
{
    auto const parsed = wire::parse_object(R"({"list":[{"a":"1.234","b":7}],"extra":1})");
    REQUIRE(parsed.has_value());
    {
        wire::ObjectReader reader{*parsed};
        auto const elements = reader.objects("list", 1, 3);
        REQUIRE(elements.size() == 1);
        auto element = elements.front();
        element.money("a");
        element.integer("b", 1, 5);
        auto const finished = reader.finish();
        REQUIRE_FALSE(finished.has_value());
        CHECK(finished.error() == ledger::Refused{Refusal::amount_malformed, "list[0].a", ""});
    }
    {
        wire::ObjectReader reader{*parsed};
        auto element = reader.objects("list", 1, 3).front();
        element.integer("b", 1, 7);
        auto const finished = reader.finish();
        REQUIRE_FALSE(finished.has_value());
        CHECK(finished.error() == ledger::Refused{Refusal::field_unknown, "extra", ""});
    }
    {
        wire::ObjectReader reader{*parsed, "terms"};
        CHECK(reader.integer("extra", 0, 9) == 1);
        auto element = reader.objects("list", 1, 3).front();
        element.integer("b", 1, 7);
        CHECK(reader.finish().error() ==
              ledger::Refused{Refusal::field_unknown, "terms.list[0].a", ""});
    }
}

TEST_CASE("A list of the wrong length names the lengths that fit", "[wire]")
{
    auto const parsed = wire::parse_object(R"({"list":[]})");
    REQUIRE(parsed.has_value());
    wire::ObjectReader reader{*parsed};
    CHECK(reader.objects("list", 1, 3).empty());
    CHECK(reader.finish().error() == ledger::Refused{Refusal::list_length_wrong, "list", "1..3"});
}
