// personal.hpp: telephones and accounts as people write them, what is shown of them, names.
#include "ledger/personal.hpp"

#include "ledger/store/pinyin.hpp"

#include <catch2/catch.hpp>

#include <ostream>
#include <string>
#include <vector>

using namespace ledger;

namespace {

template <class T>
concept printable = requires(std::ostream& out, T const& value) { out << value; };
static_assert(!printable<PhoneNumber> && !printable<BankAccount>,
              "a log line must not hold one by accident");

struct Row {
    char const* written;
    char const* kept; ///< or the refusal
    char const* shown;
};

template <class Number> void check(std::vector<Row> const& rows)
{
    for (auto const& [written, kept, shown] : rows) {
        INFO(written);
        auto const number = Number::parse(written);
        CHECK((number ? number->reveal() : std::string{name_of(number.error().code)}) == kept);
        if (number) CHECK(number->masked() == shown);
    }
    CHECK(Number{}.masked().empty());
}

} // namespace

TEST_CASE("A telephone is taken as people write it, and shown without its middle")
{
    check<PhoneNumber>({
        {"13800003015", "13800003015", "138****3015"},
        {"+86 138-0000-3015", "13800003015", "138****3015"},
        {"１３８００００３０１５", "13800003015", "138****3015"},
        {"0883-1234567", "08831234567", "088****4567"},
        {"1380000301", "phone_malformed", ""},
        {"12800003015", "phone_malformed", ""},
        {"138000030155", "phone_malformed", ""},
        {"1380000301O", "phone_malformed", ""},
        {"1+3800003015", "phone_malformed", ""},
        {"", "phone_malformed", ""},
    });
}

TEST_CASE("An account is eight digits at least, and shown by its last four")
{
    check<BankAccount>({
        {"6228 4800 1234 5673015", "6228480012345673015", "…3015"},
        {"12345678", "12345678", "…5678"},
        {"1234567", "bank_account_malformed", ""},
        {"+12345678", "bank_account_malformed", ""},
        {"6228-4800-1234-567X", "bank_account_malformed", ""},
        {"123456789012345678901234567890123", "bank_account_malformed", ""},
    });
}

TEST_CASE("A name is shown by its first character, and its last where there are three")
{
    for (auto const& [name, shown] :
         std::vector<std::pair<char const*, char const*>>{{"李国华", "李＊华"},
                                                          {"李华", "李＊"},
                                                          {"李", "李"},
                                                          {"欧阳国华", "欧＊＊华"},
                                                          {"阿依古丽·买买提", "阿＊＊＊＊＊＊提"},
                                                          {"", ""},
                                                          {"\xFF", ""}})
    {
        CHECK(masked_name(name) == shown);
    }
}

TEST_CASE("A name is found by the first letters of its syllables")
{
    for (auto const& [name, initials] : std::vector<std::pair<char const*, char const*>>{
             {"李国华", "lgh"},
             {"罗先国", "lxg"},
             {"曾小平", "zxp"}, // as a surname, not ceng
             {"单雄信", "sxx"}, // shan, not dan
             {"欧阳修", "oyx"},
             {"吕秀英", "lxy"},
             {"演示甲乙丙", "ysjyb"},
             {"Ana 李", "al"},
             {"", ""}})
    {
        INFO(name);
        CHECK(store::pinyin_initials(name) == initials);
    }
}

TEST_CASE("A kind of personal data is one of three")
{
    for (PersonalKind const kind : all_personal_kinds)
        CHECK(personal_kind_named(code_of(kind)) == kind);
    CHECK(personal_kind_named("name").error() ==
          Refused{Refusal::choice_unknown, "what", "resident_id, phone, bank_account"});
}
