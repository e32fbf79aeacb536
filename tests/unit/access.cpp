// Roles, rights, passwords and the second factor, as tables.
#include "ledger/access.hpp"
#include "ledger/totp.hpp"
#include "tests/support/desk.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace ledger;
using test::id;
using test::on;

namespace {

std::string name_of_error(Result<void> const& result)
{
    return result ? "" : std::string{name_of(result.error().code)};
}

Principal officer_of(char const* township)
{
    return {id<UserName>("li.si"),
            "李四",
            {UserRole::officer},
            *township == '\0' ? UnitCode{} : id<UnitCode>(township)};
}

} // namespace

TEST_CASE("Whoever audits or gives rights does nothing else")
{
    using enum UserRole;
    struct Row {
        UserRoles roles;
        char const* refused;
        bool needs_second_factor;
    };
    for (auto const& [roles, refused, needs] : std::vector<Row>{
             {{}, "roles_missing", true},
             {{officer}, "", false},
             {{checker}, "", true},
             {{officer, checker}, "", true},
             {{auditor}, "", true},
             {{administrator}, "", true},
             {{officer, auditor}, "roles_conflict", true},
             {{checker, administrator}, "roles_conflict", true},
             {{auditor, administrator}, "roles_conflict", true},
         })
    {
        INFO(roles.size() << " " << refused);
        CHECK(name_of_error(check_roles(roles)) == refused);
        CHECK(needs_second_factor(roles) == needs);
    }
    CHECK(user_role_named("checker") == checker);
    CHECK(user_role_named("king").error().limit == "officer, checker, auditor, administrator");
}

TEST_CASE("A password is long, and not what everybody would guess")
{
    struct Row {
        char const* password;
        char const* refused;
    };
    auto const user = id<UserName>("wangwu");
    for (auto const& [password, refused] : std::vector<Row>{
             {"", "password_too_short"},
             {"elf shorts!", "password_too_short"},
             {"three plain long words", ""},
             {"核桃树下养了三头黄牛啊", "password_too_short"},
             {"核桃树下养了三头黄牛好不好", ""},
             {"password1234", "password_guessable"},
             {"Password!2026", "password_guessable"},
             {"123456789012", "password_guessable"},
             {"qwertyuiop123", "password_guessable"},
             {"woaini520520", "password_guessable"},
             {"aaaaaaaaaaaaaaa", "password_guessable"},
             {"abababababababab", "password_guessable"},
             {"my wangwu cattle", "password_guessable"},
             {"correct horse battery", ""},
             {"k7Qz-m2Xw-9bTr", ""},
         })
    {
        INFO(password);
        CHECK(name_of_error(check_password(password, user)) == refused);
    }
    CHECK(name_of_error(check_password(std::string(129, 'x') + "abcdefg", user)) ==
          "password_too_long");
    for (char const* name : {"ab", "Li", "李四", "li si", "9li", "li$", ""})
        CHECK(user_name(name).error().code == Refusal::user_name_malformed);
    CHECK(user_name("li.si-2").has_value());
}

TEST_CASE("The codes of a telephone are those of RFC 6238, appendix B")
{
    std::string const secret = "12345678901234567890";
    struct Row {
        std::int64_t seconds;
        char const* code; ///< the last six of the appendix's eight digits
    };
    for (auto const& [seconds, code] : std::vector<Row>{
             {59, "287082"},
             {1'111'111'109, "081804"},
             {1'111'111'111, "050471"},
             {1'234'567'890, "005924"},
             {2'000'000'000, "279037"},
             {20'000'000'000, "353130"},
         })
    {
        CHECK(totp_code(secret, seconds / totp_step_s) == code);
        CHECK(totp_step_of(secret, code, seconds, 0) == seconds / totp_step_s);
        CHECK(totp_step_of(secret, code, seconds + 30, 0).has_value());
        CHECK(totp_step_of(secret, code, seconds - 30, 0).has_value());
        CHECK(!totp_step_of(secret, code, seconds + 90, 0));
        CHECK(!totp_step_of(secret, code, seconds, seconds / totp_step_s)); // used
    }
    CHECK(!totp_step_of(secret, "28708", 59, 0));
    // RFC 4648, section 10.
    CHECK(base32("") == "");
    CHECK(base32("f") == "MY");
    CHECK(base32("foobar") == "MZXW6YTBOI");
}

TEST_CASE("The table has one row an operation, and every command has one")
{
    std::set<std::string_view> seen;
    for (Permission const& row : permissions()) {
        INFO(row.operation);
        CHECK(seen.insert(row.operation).second);
        CHECK(!row.chinese.empty());
        CHECK(!row.english.empty());
        // An auditor changes nothing and an administrator touches no money.
        bool const is_open = row.operation == "open" || row.operation == "own_account" ||
                             row.operation == "calculate" || row.operation == "read_programme";
        bool const is_reading = row.operation.starts_with("read_") || is_open ||
                                row.operation == "check_books" ||
                                row.operation == "explain_figures";
        if (!is_reading) CHECK(row.of(UserRole::auditor) == Reach::none);
        bool const is_administration =
            row.operation == "manage_users" || row.operation == "read_users" ||
            row.operation == "manage_rules" || row.operation == "manage_terminals";
        if (!is_open && !is_administration) CHECK(row.of(UserRole::administrator) == Reach::none);
    }
    for (Command const& command :
         {Command{RegisterBorrower{}}, Command{OpenFund{}}, Command{PayIntoFund{}},
          Command{PayIntoRiskFund{}}, Command{ProposeLoan{}}, Command{Reverse{}}, Command{Accrue{}},
          Command{ReverseHouseholdEvent{}}, Command{ReverseFact{}}, Command{OpenBooks{}},
          Command{CloseDay{}}})
    {
        CHECK(permission_for(code_of(command)) != nullptr);
    }
}

TEST_CASE("A right reaches as far as the role and the township say")
{
    auto const of_township = officer_of("530921206");
    auto const of_county = officer_of("");
    CHECK(confinement_of(of_township, "repay")->text() == "530921206");
    CHECK(confinement_of(of_county, "repay")->is_empty());
    CHECK(confinement_of(of_township, "read_statistics")->is_empty());
    auto const refused = confinement_of(of_township, "check_books").error();
    CHECK(refused == Refused{Refusal::right_missing, "check_books", "auditor"});
    Principal both = of_township;
    both.roles.insert(UserRole::checker);
    CHECK(reach_of(both, "read_loans") == Reach::own);
}

TEST_CASE("A command takes effect where its loan, its household or its village lies")
{
    Books books;
    Situation now;
    now.books = &books;
    now.booked_on = on("2016-08-31");
    auto const fuxing = id<UnitCode>("530921206204");
    auto const elsewhere = id<UnitCode>("530921101001");
    Loan loan;
    loan.village = fuxing;
    Borrower borrower;
    borrower.village = elsewhere;
    now.loan = loan;
    now.borrower = borrower;
    RegisterBorrower borrowing;
    borrowing.village = fuxing;
    HouseholdRegistered registered;
    registered.village = fuxing;
    RecordHouseholdEvent household;
    household.what = registered;
    VillageRecorded income;
    income.village = fuxing;
    RecordFact of_village, of_file;
    of_village.what = income;
    of_file.what = EvidenceKept{};
    CHECK(place_of(RecordEvent{}, now) == fuxing);
    CHECK(place_of(Reverse{}, now) == fuxing);
    CHECK(place_of(ProposeLoan{}, now) == elsewhere);
    CHECK(place_of(borrowing, now) == fuxing);
    CHECK(place_of(household, now) == fuxing);
    CHECK(!place_of(OpenFund{}, now));
    CHECK(place_of(of_village, now) == fuxing);
    CHECK(!place_of(of_file, now));
    // A branch of another township is not taken by naming a village of one's own.
    BranchNamed theirs, taken;
    theirs.village = elsewhere;
    taken.village = fuxing;
    RecordFact naming;
    naming.what = taken;
    CHECK(place_of(naming, now) == fuxing);
    RegisterEvent first;
    first.sequence = 1;
    first.value_on = first.booked_on = on("2016-01-01");
    first.what = theirs;
    now.subject = Register{{RegisterKind::branch, "B-1"}, {first}};
    CHECK(!place_of(naming, now));

    auto const yaojie = id<UnitCode>("530921206");
    CHECK(check_place(yaojie, fuxing).has_value());
    CHECK(check_place({}, std::nullopt).has_value());
    CHECK(check_place(yaojie, elsewhere).error() ==
          Refused{Refusal::not_own_township, {}, "530921206"});
    CHECK(check_place(yaojie, std::nullopt).error().code == Refusal::not_own_township);
}
