// What is personal: sealed in the database, found by keyed indexes, whole only by the door that
// writes the read log, and sealed again with a newer key while others work.
#include "store/personal.hpp"

#include "secrets/key_ring.hpp"
#include "store/migrate.hpp"
#include "store/retention.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/keys.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

using namespace ledger;
using namespace test;

namespace {

std::string const phone = "13800003015", account = "6228480012345673015";

/// Ten borrowers, one with everything, on keys of their own.
struct People {
    std::string url = fresh_books();
    std::filesystem::path folder;
    std::shared_ptr<secrets::KeyRing> keys;
    Desk desk{url};

    People()
        : folder{made_folder()}
        , keys{std::make_shared<secrets::KeyRing>((folder / "keys").string())}
    {
        for (store::Database* const each : {&desk.app, &desk.reader}) each->seal_with(keys);
        desk.open(10);
        store::Contact contact{PhoneNumber::parse(phone).value(),
                               BankAccount::parse(account).value()};
        REQUIRE(store::record_contact(desk.app, fengqing(), {}, id<BorrowerNumber>("B1"), contact,
                                      {.actor = "clerk"}));
    }
    ~People() { std::filesystem::remove_all(folder); }

    static std::filesystem::path made_folder()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "daifu-people-XXXXXX";
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        return pattern;
    }
    Result<std::string> whole(char const* borrower, PersonalKind kind,
                              std::string const& township = {})
    {
        return store::reveal(desk.app, fengqing(),
                             township.empty() ? UnitCode{} : id<UnitCode>(township),
                             id<BorrowerNumber>(borrower), kind, "核对身份", {.actor = "clerk"});
    }
    std::string found(std::string const& text)
    {
        auto const all = store::find_borrowers(desk.reader, fengqing(), text);
        REQUIRE(all);
        std::string numbers;
        for (auto const& one : *all) numbers += (numbers.empty() ? "" : " ") + one.number;
        return numbers;
    }
    std::string first_of(std::string const& sql)
    {
        pqxx::connection superuser{url};
        pqxx::work work{superuser};
        work.exec("SELECT set_config('daifu.sight', '530921', true)"); // what views go by
        auto const rows = work.exec(sql);
        work.commit();
        return rows.empty() ? "" : rows[0][0].c_str();
    }
};

bool holds(std::filesystem::path const& file, std::string const& text)
{
    std::string bytes(std::filesystem::file_size(file), '\0');
    std::ifstream in{file, std::ios::binary};
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return ::memmem(bytes.data(), bytes.size(), text.data(), text.size()) != nullptr;
}

/// Which of the texts a file under the folder holds.
std::set<std::string> held_anywhere(std::filesystem::path const& folder,
                                    std::vector<std::string> const& texts)
{
    std::set<std::string> held;
    for (auto const& each : std::filesystem::recursive_directory_iterator{folder}) {
        if (!each.is_regular_file()) continue;
        for (auto const& text : texts)
            if (holds(each.path(), text)) held.insert(text);
    }
    return held;
}

} // namespace

TEST_CASE("No file of the database holds a resident id, a telephone or an account")
{
    People people;
    people.first_of("CHECKPOINT");
    std::string const plain = "复兴村党支部"; // what is not sealed is there to be found
    std::vector<std::string> texts{phone, account, plain};
    for (int n = 1; n <= 10; ++n) texts.push_back(invented_resident(n).reveal());
    auto const files = Cluster::instance().directory() + "/data";
    auto const database = people.first_of("SELECT 'base/' || oid FROM pg_database"
                                          " WHERE datname = current_database()");
    CHECK(held_anywhere(files + "/" + database, texts) == std::set{plain});
    CHECK(held_anywhere(files + "/pg_wal", texts) == std::set{plain});
}

TEST_CASE("A whole value leaves by the door that writes who read it, whose, why and from where")
{
    People people;
    CHECK(people.whole("B1", PersonalKind::phone) == phone);
    CHECK(people.whole("B1", PersonalKind::bank_account) == account);
    CHECK(people.whole("B2", PersonalKind::resident_id) == invented_resident(2).reveal());
    CHECK(people.whole("B2", PersonalKind::phone).error().code == Refusal::personal_not_found);
    CHECK(people.whole("B99", PersonalKind::phone).error().code == Refusal::personal_not_found);
    CHECK(people.whole("B2", PersonalKind::resident_id, "530921206").error().code ==
          Refusal::personal_not_found);
    CHECK(people.whole("B2", PersonalKind::resident_id, "530921101").has_value());
    CHECK(
        people.first_of("SELECT string_agg(concat_ws(' ', reader, borrower_number, what, purpose),"
                        " ', ' ORDER BY trail_number) FROM access.read_log") ==
        "clerk B1 phone 核对身份, clerk B1 bank_account 核对身份, clerk B2 resident_id 核对身份,"
        " clerk B2 resident_id 核对身份");
    // No value is in the trail.
    CHECK(people.first_of("SELECT count(*) FROM access.trail t WHERE t::text LIKE '%" + phone +
                          "%'") == "0");
}

TEST_CASE("A borrower is found by number, id, last four, telephone, initials, name and loan")
{
    People people;
    people.desk.lend(3);
    auto const third = invented_resident(3).reveal();
    CHECK(people.found(third) == "B3");
    CHECK(people.found(third.substr(14)) == "B3");
    CHECK(people.found(phone) == "B1");
    CHECK(people.found("L3") == "B3");
    CHECK(people.found("B1") == "B1");
    CHECK(people.found("10") == "B10");
    CHECK(people.found("甲3") == "B3");
    CHECK(people.found("j1") == "");
    CHECK(people.found("%%") == "");
    CHECK(people.found("530921190001010009") == ""); // nobody's, though its form is right
    CHECK(store::find_borrowers(people.desk.reader, fengqing(), "甲").error() ==
          Refused{Refusal::find_too_short, "find", "2"});
    auto named = register_borrower(11);
    named.name = "罗先国";
    people.desk.booked(named, on("2015-01-05"));
    CHECK(people.found("lxg") == "B11");
    CHECK(people.found("LX") == "B11");
    CHECK(people.found("先国") == "B11");
    auto const shown = store::find_borrowers(people.desk.reader, fengqing(), "lxg")->front();
    CHECK(shown.resident_id == invented_resident(11).masked());
    store::Confined const confined{people.desk.reader, id<UnitCode>("530921206")};
    CHECK(people.found("lxg") == "");
    CHECK(people.found(third) == "");
}

TEST_CASE("What is sealed in one row does not open in another, nor under another kind")
{
    People people;
    people.first_of("ALTER TABLE register.personal DISABLE TRIGGER USER;"
                    "UPDATE register.personal p SET sealed = o.sealed FROM register.personal o"
                    " WHERE p.borrower_number = 'B2' AND o.borrower_number = 'B3'"
                    " AND p.kind = o.kind");
    CHECK_THROWS_AS(people.whole("B2", PersonalKind::resident_id), store::IntegrityFault);
    CHECK(people.whole("B3", PersonalKind::resident_id) == invented_resident(3).reveal());
    people.first_of("UPDATE register.personal p SET sealed = o.sealed FROM register.personal o"
                    " WHERE p.borrower_number = 'B1' AND p.kind = 'phone'"
                    " AND o.borrower_number = 'B1' AND o.kind = 'bank_account'");
    CHECK_THROWS_AS(people.whole("B1", PersonalKind::phone), store::IntegrityFault);
}

TEST_CASE("Keys are turned while others register, and the older ones can be destroyed")
{
    People people;
    int registered = 10;
    std::jthread counter{[&](std::stop_token is_over) {
        Desk other{people.url, "other"};
        other.app.seal_with(people.keys);
        while (!is_over.stop_requested() && registered < 200) {
            store::Envelope const sent =
                other.envelope(register_borrower(registered + 1), on("2015-01-05"));
            if (store::execute(other.app, {&sent, 1}).front().is_booked()) ++registered;
        }
    }};
    // Another program turns them: it shares nothing but the file.
    auto const elsewhere = std::make_shared<secrets::KeyRing>((people.folder / "keys").string());
    store::Database owner{people.url, store::Role::owner};
    owner.seal_with(elsewhere);
    CHECK(elsewhere->add() == 2);
    while (store::reseal(owner, fengqing(), 3) > 0) {
    }
    counter.request_stop();
    counter.join();
    store::reseal_last(owner, fengqing());
    CHECK(store::sealed_by_key(owner, fengqing()) ==
          std::map<int, std::int64_t>{{2, registered + 2}});
    // A key that was retired seals nothing, though somebody still has it.
    auto const check = [&](int number) {
        people.first_of("SELECT register.check_key('530921', jsonb_build_object('number',"
                        " key_number, 'fingerprint', encode(fingerprint, 'hex')))"
                        " FROM register.sealing_key WHERE key_number = " +
                        std::to_string(number));
    };
    CHECK_NOTHROW(check(2));
    CHECK_THROWS_AS(check(1), pqxx::sql_error);
    elsewhere->keep_newest();
    CHECK(people.keys->numbers() == std::vector{2});
    for (int n = 1; n <= registered; ++n) {
        std::string const borrower = "B" + std::to_string(n);
        CHECK(people.whole(borrower.c_str(), PersonalKind::resident_id) ==
              invented_resident(n).reveal());
    }
    CHECK(people.found(phone) == "B1");
    // Once registered, always: the index has turned with the key.
    auto again = register_borrower(999);
    again.resident_id = invented_resident(5);
    CHECK(people.desk.refused(again, on("2015-01-05")) == Refusal::borrower_already_registered);
}

TEST_CASE("The same key, and the same command once more, are known after the keys have turned")
{
    People people;
    auto sent = people.desk.envelope(register_borrower(20), on("2015-01-05"));
    sent.body_digest = file_digest("the body");
    REQUIRE(store::execute(people.desk.app, {&sent, 1}).front().is_booked());
    people.keys->add();
    CHECK(store::execute(people.desk.app, {&sent, 1}).front().is_replay);
    auto other = sent;
    other.body_digest.front() ^= 1U;
    auto const refused = store::execute(people.desk.app, {&other, 1}).front();
    CHECK(std::get<Refused>(refused.answer).code == Refusal::idempotency_key_reused);
    // What is kept of the command is no digest that an id could be tried against.
    CHECK(people.first_of("SELECT count(*) FROM ledger.command_answer WHERE body_digest ="
                          " decode('" +
                          hex(sent.body_digest) + "', 'hex')") == "0");
}

TEST_CASE("With another key file nothing is sealed, and the database says so itself")
{
    People people;
    auto const other = std::make_shared<secrets::KeyRing>((people.folder / "other").string());
    CHECK(store::check_key(people.desk.app, fengqing()));
    people.desk.app.seal_with(other);
    CHECK(store::check_key(people.desk.app, fengqing()).error() ==
          Refused{Refusal::key_file_other, "key_file", "1"});
    CHECK(people.desk.refused(register_borrower(30), on("2015-01-05")) == Refusal::internal_fault);
    CHECK_THAT(people.desk.faults, Catch::Contains("LG013"));
    people.desk.app.seal_with(nullptr);
    CHECK(people.desk.refused(register_borrower(31), on("2015-01-05")) == Refusal::internal_fault);
    CHECK_THAT(people.desk.faults, Catch::Contains("no key"));
    // Whoever seals nothing needs no key.
    people.desk.lend(1);
}

TEST_CASE("A key file that others may read, or that holds no keys, is refused by name")
{
    auto const folder = People::made_folder();
    auto const file = (folder / "keys").string();
    {
        secrets::KeyRing ring{file};
        ring.load();
    }
    std::filesystem::permissions(file, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    CHECK_THROWS_WITH(secrets::KeyRing{file}.load(), Catch::Contains("chmod 600"));
    std::ofstream{file} << "not a key\n";
    std::filesystem::permissions(file, std::filesystem::perms::owner_read |
                                           std::filesystem::perms::owner_write);
    CHECK_THROWS_WITH(secrets::KeyRing{file}.load(), Catch::Contains("no key"));
    std::filesystem::remove_all(folder);
}

TEST_CASE("Straight in SQL nobody reads what is sealed, and the door asks for a purpose")
{
    People people;
    struct Row {
        char const* role;
        char const* sql;
        bool is_allowed;
    };
    for (auto const& [role, sql, is_allowed] : std::vector<Row>{
             {"daifu_app", "SELECT sealed FROM register.personal", false},
             {"daifu_auditor", "SELECT sealed FROM register.personal", false},
             {"daifu_reader", "SELECT sealed FROM register.personal", false},
             {"daifu_access", "SELECT sealed FROM register.personal", false},
             {"daifu_reader", "SELECT register.reveal('530921', 'phone', '{}')", false},
             {"daifu_app", "SELECT register.reveal('530921', 'phone', '{}')", false},
             {"daifu_app",
              "SELECT register.reveal('530921', 'phone', '{\"subject\": \"B1\", \"actor\": "
              "\"x\"}')",
              false},
             {"daifu_app", "SELECT * FROM register.sealed_before('530921', 9, 9)", false},
             {"daifu_app", "SELECT register.reseal('530921', '[]', '{}')", false},
             {"daifu_owner", "UPDATE register.personal SET key_number = 2", false},
             {"daifu_app", "UPDATE register.personal SET key_number = 9", false},
             {"daifu_owner", "UPDATE register.personal SET key_number = 0", false},
             {"daifu_owner", "UPDATE register.personal SET key_number = 9, kind = 'phone'", false},
             {"daifu_owner", "DELETE FROM register.personal", false},
             {"daifu_auditor", "SELECT * FROM access.read_log", true},
             {"daifu_reader", "SELECT * FROM access.read_log", false},
         })
    {
        INFO(role << " " << sql);
        pqxx::connection connection{people.url};
        pqxx::work work{connection};
        work.exec(std::string{"SET LOCAL ROLE "} + role +
                  "; SELECT set_config('daifu.sight', '530921', true)");
        if (is_allowed)
            CHECK_NOTHROW(work.exec(sql));
        else
            CHECK_THROWS_AS(work.exec(sql), pqxx::sql_error);
    }
}

TEST_CASE("Ids of a database of before they were sealed are sealed by the migration, and gone")
{
    People people;
    people.first_of("DO $$ BEGIN"
                    " ALTER TABLE register.borrower ADD COLUMN resident_id text;"
                    " ALTER TABLE register.borrower DISABLE TRIGGER USER;"
                    " ALTER TABLE register.personal DISABLE TRIGGER USER;"
                    " DELETE FROM register.personal WHERE kind = 'resident_id';"
                    " ALTER TABLE register.personal ENABLE TRIGGER USER; END $$");
    for (int n = 1; n <= 10; ++n)
        people.first_of("UPDATE register.borrower SET name_initials = '', resident_id = '" +
                        invented_resident(n).reveal() + "' WHERE borrower_number = 'B" +
                        std::to_string(n) + "'");
    people.first_of("ALTER TABLE register.borrower ENABLE TRIGGER USER");
    store::Database owner{people.url, store::Role::owner};
    CHECK_THROWS_AS(store::migrate(owner), store::IntegrityFault); // it needs the key
    owner.seal_with(people.keys);
    store::migrate(owner);
    CHECK(people.whole("B7", PersonalKind::resident_id) == invented_resident(7).reveal());
    CHECK(people.found(invented_resident(7).reveal()) == "B7");
    CHECK(people.first_of("SELECT name_initials FROM register.borrower"
                          " WHERE borrower_number = 'B7'") == "j");
    CHECK(people.first_of("SELECT count(*) FROM pg_attribute WHERE attrelid ="
                          " 'register.borrower'::regclass AND attname = 'resident_id'") == "0");
    CHECK(complaints(people.desk.auditor) == "");
    // The table's own file holds none of them any more.
    people.first_of("CHECKPOINT");
    std::string const file = people.first_of("SELECT pg_relation_filepath('register.borrower')");
    auto const path = Cluster::instance().directory() + "/data/" + file;
    CHECK(holds(path, "复兴村党支部"));
    CHECK_FALSE(holds(path, invented_resident(7).reveal()));
}

namespace {

/// As if everything personal had been recorded in 2015.
void record_long_ago(People& people)
{
    people.first_of("DO $$ BEGIN ALTER TABLE register.personal DISABLE TRIGGER USER;"
                    " ALTER TABLE access.kiosk_secret DISABLE TRIGGER USER;"
                    " UPDATE register.personal SET recorded_at = '2015-01-05';"
                    " UPDATE access.kiosk_secret SET set_at = '2015-01-05';"
                    " ALTER TABLE register.personal ENABLE TRIGGER USER;"
                    " ALTER TABLE access.kiosk_secret ENABLE TRIGGER USER; END $$");
}

std::string due_of(People& people)
{
    std::string all;
    for (auto const& due : store::retention_due(people.desk.app, fengqing()))
        all += due.borrower + " " + std::to_string(static_cast<int>(due.what)) + " " +
               due.closed_on.text() + " " + due.until.text() + "; ";
    return all;
}

} // namespace

TEST_CASE("What is personal is erased when the law's time after the closing is over, not before")
{
    People people;
    auto& desk = people.desk;
    auto const erased = [&] {
        return store::erase_due(desk.app, fengqing(), 100, {.actor = "daifu"});
    };
    CHECK(due_of(people) == ""); // who never had a loan has an open account
    desk.lend(1);
    CHECK(due_of(people) == "");
    desk.booked(repay(loan_number("L1"), yuan("60000.00"), on("2015-03-03")), on("2015-03-03"));
    CHECK(due_of(people) == ""); // something is held for him
    desk.booked(event_on(loan_number("L1"), on("2015-03-10"), OverpaymentRefunded{yuan("1.00")}),
                on("2015-03-10"));
    CHECK(erased() == 0);
    auto const left = people.first_of("SELECT overpayment FROM ledger.loan_position WHERE"
                                      " loan_number = 'L1' ORDER BY version DESC LIMIT 1");
    desk.booked(event_on(loan_number("L1"), on("2015-03-11"),
                         OverpaymentRefunded{Money::fen(std::stoll(left))}),
                on("2015-03-11"));
    CHECK(due_of(people) == ""); // recorded today: somebody came back
    record_long_ago(people);
    // Telephone and account 36 months after it; the id with the vouchers, for thirty years more.
    std::string const both = "B1 3 2015-03-11 2018-03-11; B1 2 2015-03-11 2018-03-11; ";
    CHECK(due_of(people) == both);
    people.first_of("INSERT INTO programme.retention_rule VALUES ('530921', '2016-01-01', 'phone',"
                    " 1200, 'closing', '某办法', true)");
    CHECK(due_of(people) == "B1 3 2015-03-11 2018-03-11; "); // the later rule counts
    CHECK_THROWS(people.first_of("DELETE FROM register.personal WHERE borrower_number = 'B1'"
                                 " AND kind = 'phone'"));
    CHECK_THROWS(people.first_of("DELETE FROM register.personal WHERE borrower_number = 'B2'"));
    CHECK(erased() == 1);
    CHECK(erased() == 0);
    CHECK(people.whole("B1", PersonalKind::bank_account).error().code ==
          Refusal::personal_not_found);
    CHECK(people.whole("B1", PersonalKind::phone) == phone);
    CHECK(people.whole("B1", PersonalKind::resident_id) == invented_resident(1).reveal());
    CHECK(people.first_of("SELECT concat_ws(' ', actor, subject, became ->> 'what',"
                          " became ->> 'closed_on') FROM access.trail"
                          " WHERE event = 'personal_erased'") ==
          "daifu B1 bank_account 2015-03-11");
    CHECK(complaints(desk.auditor) == "");
}

TEST_CASE("The secret for the kiosk goes when its account is closed, and nobody empties the table")
{
    People people; // of whom B1 has a telephone and an account as well
    people.first_of("INSERT INTO access.kiosk_secret (county_code, borrower_number, version, kind,"
                    " salt, verifier) SELECT '530921', b, 1, 'pin', decode(repeat('00', 16),"
                    " 'hex'), decode(repeat('00', 32), 'hex') FROM unnest(ARRAY['B1', 'B2']) b");
    people.desk.lend(1);
    people.desk.lend(2);
    CHECK_THROWS(people.first_of("DELETE FROM access.kiosk_secret"));
    CHECK_THROWS(people.first_of("UPDATE access.kiosk_secret SET kind = 'pictures'"));
    CHECK_THROWS(people.first_of("TRUNCATE access.kiosk_secret"));
    CHECK_THROWS(people.first_of("TRUNCATE register.personal"));
    CHECK(due_of(people) == "");
    people.desk.booked(repay(loan_number("L1"), yuan("50000.00"), on("2015-02-02")),
                       on("2015-02-02"));
    record_long_ago(people);
    CHECK(due_of(people) == "B1 3 2015-02-02 2018-02-02; B1 1 2015-02-02 2016-02-02; "
                            "B1 2 2015-02-02 2018-02-02; ");
    CHECK(store::erase_due(people.desk.app, fengqing(), 100, {.actor = "daifu"}) == 3);
    CHECK(people.first_of("SELECT string_agg(borrower_number, ' ') FROM access.kiosk_secret") ==
          "B2");
}
