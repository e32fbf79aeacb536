// Files that are evidence over the real service and real files: kept, read back, named by what they
// show; refused by type, size and number; and what a changed byte on the disk brings about.
#include "tests/http/books.hpp"

#include "ledger/seal.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>

#include <filesystem>
#include <fstream>

using test::Books;
using test::code_of;
using test::get;

namespace json = boost::json;

namespace {

std::string const jpeg = "\xFF\xD8\xFF\xE0 a photo of a cow";
std::string const png = "\x89PNG\r\n\x1A\n a drawing";
std::string const pdf = "%PDF-1.4\n% a contract\n";
std::string const what = "?place=%E5%A4%8D%E5%85%B4%E6%9D%91&description=cattle"; // 复兴村

std::string digest_of(std::string const& bytes)
{
    return ledger::hex(ledger::file_digest(bytes));
}

test::Answer keep(Books& books, std::string const& bytes, char const* type,
                  std::string const& query = what, std::string key = test::fresh_key())
{
    return test::ask(books.port(), "POST", "/v1/evidence" + query, bytes,
                     {std::string{"Content-Type: "} + type, "Idempotency-Key: " + key});
}

std::string verification(std::string const& digest)
{
    return R"({"claim":2,"officer":"信贷员甲","witness":"村民乙","place":"复兴村","evidence":")" +
           digest + R"("})";
}

/// Opened books with a claim that awaits its verification.
void begin(Books& books)
{
    books.lend();
    books.book("/v1/households",
               R"({"household":"H-9","head":"户主","village":"530921206204","standing":"poor",)"
               R"("persons":4,"value_on":"2016-01-01"})");
    books.book("/v1/households/H-9/claims", R"({"loan":"L-1","way":"on_trust"})");
    books.book("/v1/books/opening", R"({"open_on":"2016-08-31"})");
}

std::filesystem::path path_of(Books& books, std::string const& digest)
{
    return std::filesystem::path{books.daifud.evidence_directory()} / "530921" /
           digest.substr(0, 2) / digest;
}

} // namespace

TEST_CASE("A file is kept once, read back byte by byte, and named by what it shows")
{
    Books books;
    begin(books);
    std::string const household = "/v1/households/H-9";
    CHECK(code_of(test::post(books.port(), household + "/verifications",
                             verification(digest_of(jpeg)))) == "evidence_not_found");

    struct Kind {
        std::string bytes;
        char const* type;
    };
    for (Kind const& kind :
         {Kind{jpeg, "image/jpeg"}, Kind{png, "image/png"}, Kind{pdf, "application/pdf"}})
    {
        auto const key = test::fresh_key();
        auto const kept = keep(books, kind.bytes, kind.type, what, key);
        INFO(kept.body);
        REQUIRE(kept.status == 201);
        std::string const digest = digest_of(kind.bytes);
        CHECK(test::json_of(kept).at("subject").as_string() == "evidence:" + digest);
        CHECK(keep(books, kind.bytes, kind.type, what, key).status == 200); // the answer was lost
        CHECK(code_of(keep(books, kind.bytes, kind.type)) == "evidence_already_kept");

        auto const read = get(books.port(), "/v1/evidence/" + digest);
        CHECK(read.status == 200);
        CHECK(read.body == kind.bytes);
        CHECK(read.header("content-type") == kind.type);
        CHECK(get(books.port(), "/v1/evidence/" + digest, {"If-None-Match: " + read.header("etag")})
                  .status == 304);
    }
    books.book(household + "/verifications", verification(digest_of(jpeg)));
    auto const listed = books.read("/v1/evidence").at("evidence").as_array();
    REQUIRE(listed.size() == 3);
    for (auto const& file : listed) {
        bool const is_photo = file.at("digest").as_string() == digest_of(jpeg);
        CHECK(file.at("place") == "复兴村");
        CHECK(file.at("shows").as_array().size() == (is_photo ? 1 : 0));
    }
    CHECK(books.read("/v1/register-facts?register=evidence&subject=" + digest_of(pdf))
              .at("facts")
              .at(0)
              .at("media_type") == "application/pdf");
    CHECK(code_of(test::post(books.port(), "/v1/register-facts/reversals",
                             R"({"register":"evidence","subject":")" + digest_of(pdf) +
                                 R"(","sequence":1,"reason":"x"})")) == "event_cannot_be_reversed");
    CHECK(books.read("/v1/doctor").at("is_sound") == true);
}

TEST_CASE("A file is refused for its type, its size and what is not said of it; nothing is kept")
{
    Books books;
    begin(books);
    auto const before = books.state();
    CHECK(code_of(keep(books, "GIF89a", "image/gif")) == "evidence_type_wrong");
    CHECK(code_of(keep(books, jpeg, "image/png")) == "evidence_type_wrong");
    CHECK(code_of(keep(books, jpeg, "application/json")) == "evidence_type_wrong");
    CHECK(code_of(keep(books, "", "image/png")) == "evidence_type_wrong");
    CHECK(code_of(keep(books, jpeg, "image/jpeg", "?place=x")) == "field_missing");
    CHECK(code_of(keep(books, jpeg, "image/jpeg", what + "&who=me")) == "parameter_unknown");

    std::string whole = jpeg;
    whole.resize(5 * 1024 * 1024, 'x');
    auto const large = keep(books, whole + "x", "image/jpeg");
    CHECK(large.status == 413);
    CHECK(code_of(large) == "body_too_large");
    CHECK(test::json_of(large).at("limit") == "5242880");
    auto const elsewhere = test::post(books.port(), "/v1/borrowers", std::string(70'000, ' '));
    CHECK(test::json_of(elsewhere).at("limit") == "65536");
    CHECK(books.state() == before);
    CHECK_FALSE(std::filesystem::exists(books.daifud.evidence_directory()));
    // Refused by the books alone: the file is there, and nothing knows of it.
    CHECK(code_of(keep(books, jpeg, "image/jpeg", what + "&taken_on=2016-09-01")) ==
          "date_in_future");
    CHECK(books.state() == before);

    CHECK(keep(books, whole, "image/jpeg").status == 201);
    CHECK(get(books.port(), "/v1/evidence/" + digest_of(whole)).body == whole);
    CHECK(code_of(get(books.port(), "/v1/evidence/" + digest_of(pdf))) == "evidence_not_found");
}

TEST_CASE("A changed byte on the disk is noticed when the file is read and by the self-check")
{
    Books books;
    begin(books);
    REQUIRE(keep(books, pdf, "application/pdf").status == 201);
    std::string const digest = digest_of(pdf);
    std::fstream{path_of(books, digest), std::ios::in | std::ios::out} << "%pdf";
    auto const damaged = get(books.port(), "/v1/evidence/" + digest);
    CHECK(damaged.status == 409);
    CHECK(code_of(damaged) == "evidence_damaged");
    CHECK(books.read("/v1/doctor").at("is_sound") == false);

    // Who still has the file brings it again, and it is whole.
    CHECK(code_of(keep(books, pdf, "application/pdf")) == "evidence_already_kept");
    CHECK(get(books.port(), "/v1/evidence/" + digest).body == pdf);
    CHECK(books.read("/v1/doctor").at("is_sound") == true);
    std::filesystem::remove(path_of(books, digest));
    CHECK(code_of(get(books.port(), "/v1/evidence/" + digest)) == "evidence_damaged");
}

TEST_CASE("What was kept survives a kill, and so many large files are taken at once and no more")
{
    test::DaifudSetup setup;
    setup.limits = "large_bodies = 1\n";
    Books books{setup};
    begin(books);
    std::string whole = png;
    whole.resize(200'000, 'x');
    REQUIRE(keep(books, whole, "image/png").status == 201);
    books.daifud.kill();
    books.daifud.start();
    CHECK(get(books.port(), "/v1/evidence/" + digest_of(whole)).body == whole);

    std::string const text =
        test::request_text("POST", "/v1/evidence" + what, whole + "y",
                           {"Content-Type: image/png", "Idempotency-Key: " + test::fresh_key()});
    test::RawClient slow{books.port()};
    REQUIRE(slow.send(text.substr(0, 100'000)));
    auto second = keep(books, whole + "z", "image/png");
    for (int tries = 0; tries < 100 && second.status == 201; ++tries)
    { // the first was not there yet
        second = keep(books, whole + std::string(2, static_cast<char>('a' + tries % 26)),
                      "image/png", what + "&taken_on=2016-08-" + std::to_string(10 + tries % 20));
    }
    CHECK(code_of(second) == "service_busy");
    CHECK(books.read("/v1/doctor").at("is_sound") == true); // small requests go on
    REQUIRE(slow.send(text.substr(100'000)));
    CHECK(slow.read_answer().status == 201);
    CHECK(keep(books, whole + "z!", "image/png").status == 201);
}
