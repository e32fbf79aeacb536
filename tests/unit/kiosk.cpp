// kiosk.hpp: what a borrower proves himself with.
#include "ledger/kiosk.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <vector>

using namespace ledger;

TEST_CASE("A number that the neighbour guesses is no secret")
{
    auto const id = ResidentId::parse("11010519491231002X").value(); // born on 1949-12-31
    for (auto const& [pin, answer] : std::vector<std::pair<char const*, char const*>>{
             {"246813", ""},
             {"２４６８１３", ""},
             {"907152", ""},
             {"111111", "kiosk_secret_guessable"},
             {"123456", "kiosk_secret_guessable"},
             {"987654", "kiosk_secret_guessable"},
             {"121212", "kiosk_secret_guessable"},
             {"479479", "kiosk_secret_guessable"},
             {"491231", "kiosk_secret_guessable"}, // the birthday, in any order
             {"311249", "kiosk_secret_guessable"},
             {"123149", "kiosk_secret_guessable"},
             {"194912", "kiosk_secret_guessable"},
             {"231002", "kiosk_secret_guessable"}, // out of the number
             {"12345", "kiosk_secret_malformed"},
             {"1234567", "kiosk_secret_malformed"},
             {"24681X", "kiosk_secret_malformed"},
             {"", "kiosk_secret_malformed"}})
    {
        INFO(pin);
        auto const secret = KioskSecret::of_pin(pin);
        auto const good = secret ? check_kiosk_secret(*secret, id)
                                 : Result<void>{std::unexpected{secret.error()}};
        CHECK((good ? "" : std::string{name_of(good.error().code)}) == answer);
    }
}

TEST_CASE("Four pictures of the wall in order are a secret, and the order counts")
{
    using Codes = std::vector<std::string>;
    auto const secret = KioskSecret::of_pictures(Codes{"teapot", "ox", "sun", "pig"});
    REQUIRE(secret);
    CHECK(secret->kind() == KioskSecretKind::pictures);
    CHECK(secret->reveal() !=
          KioskSecret::of_pictures(Codes{"ox", "teapot", "sun", "pig"})->reveal());
    for (auto const& wrong :
         {Codes{"teapot", "ox", "sun"}, Codes{"teapot", "ox", "sun", "dragon"}, Codes{}})
    {
        CHECK(KioskSecret::of_pictures(wrong).error() ==
              Refused{Refusal::kiosk_secret_malformed, "pictures", ""});
    }
    auto const id = ResidentId::parse("11010519491231002X").value();
    CHECK(check_kiosk_secret(*secret, id));
    CHECK(
        check_kiosk_secret(*KioskSecret::of_pictures(Codes{"ox", "ox", "ox", "ox"}), id).error() ==
        Refused{Refusal::kiosk_secret_guessable, "pictures", ""});
    std::set<std::string_view> codes, names;
    for (auto const& picture : kiosk_pictures()) {
        codes.insert(picture.code);
        names.insert(picture.chinese);
    }
    CHECK(codes.size() == 12);
    CHECK(names.size() == 12);
}
