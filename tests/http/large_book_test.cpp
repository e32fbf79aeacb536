// What PostgreSQL does for the routes when the book is large: its own plans, read from its log. No
// route that somebody waits for reads the journal, the events or what follows from them from one
// end to the other, and every index has a statement that looks something up in it.
#include "daifud/routes.hpp"
#include "daifud/service.hpp"

#include "tests/http/books.hpp"
#include "tests/support/cluster.hpp"
#include "tests/support/crowd.hpp"
#include "tests/support/people.hpp"
#include "tests/support/plan_log.hpp"

#include "ledger/seal.hpp"

#include <catch2/catch.hpp>
#include <pqxx/pqxx>

#include <boost/json.hpp>

#include <map>
#include <set>

using namespace test;

namespace {

constexpr int loans = 2'000;
std::string const kiosk_secret =
    std::string{R"({"card":")"} + some_resident_id + R"(","pin":"246813"})";

/// Tables that grow with every posting. What happens to households is not among them: it is a few
/// rows a household, and a figure over all households needs them all.
std::set<std::string> const growing{"posting",       "journal_entry", "loan_event",
                                    "loan_position", "loan_standing", "command_answer",
                                    "batch"};

/// GETs that the walk leaves out.
std::set<std::string> const not_asked{
    // Ask no books.
    "/healthz",
    "/metrics",
    "/openapi.yaml",
    "/",
    "/docs",
    "/docs/problems",
    "/docs/assets/{file}",
    "/assets/{file}",
    "/c/{screen...}",
    "/a/{screen...}",
    "/d/{screen...}",
    "/m/{screen...}",
    // Compares every row with what it must follow from, in a queue of its own.
    "/v1/doctor",
    // Has no end; the walk begins with its first event.
    "/v1/statistics/stream",
    // Needs the file's digest: asked when it is kept.
    "/v1/evidence/{digest}",
};

std::string const in_2016 = "from=2016-01-01&until=2016-09-01", past = "as_of=2016-03-01";

/// How each GET is asked, each with the parameters that change its statements.
using Targets = std::map<std::string, std::vector<std::string>>;

Targets ledger_targets()
{
    Targets of{
        {"/v1/borrowers/{borrower}", {"/v1/borrowers/B7"}},
        {"/v1/funds", {"/v1/funds"}},
        {"/v1/loans",
         {"/v1/loans", "/v1/loans?township=530921101", "/v1/loans?borrower=B7",
          "/v1/loans?after=L1500&limit=200", "/v1/loans?township=530921101&borrower=B7"}},
        {"/v1/loans/{loan}", {"/v1/loans/L7", "/v1/loans/L7?" + past}},
        {"/v1/loans/{loan}/statement", {"/v1/loans/L7/statement"}},
        {"/v1/explain/loan/{loan}", {"/v1/explain/loan/L7", "/v1/explain/loan/L7?" + past}},
        {"/v1/loans/{loan}/payoff", {"/v1/loans/L7/payoff", "/v1/loans/L7/payoff?on=2016-09-20"}},
        {"/v1/subsidy-claims", {"/v1/subsidy-claims?" + in_2016}},
        {"/v1/households",
         {"/v1/households", "/v1/households?township=530921101", "/v1/households?standing=poor",
          "/v1/households?borrower=B7", "/v1/households?after=N2&limit=200"}},
        {"/v1/households/{household}", {"/v1/households/N7", "/v1/households/N7?" + past}},
        {"/v1/county", {"/v1/county"}},
        {"/v1/entries/{number}", {"/v1/entries/4711"}},
        {"/v1/entries",
         {"/v1/entries", "/v1/entries?booked_on=2016-03-01", "/v1/entries?subject=G-530921-00007",
          "/v1/entries?booked_on=2016-03-01&actor=generator&before=9000",
          "/v1/entries?booked_on=2016-03-01&township=530921206"}},
        {"/v1/trial-balance",
         {"/v1/trial-balance", "/v1/trial-balance?booked_through=2016-08-30",
          "/v1/trial-balance?booked_through=2015-06-15", "/v1/trial-balance?as_of=2015-06-15"}},
        {"/v1/pending",
         {"/v1/pending", "/v1/pending?status=waiting", "/v1/pending?maker=desk",
          "/v1/pending?township=530921206"}},
        {"/v1/pending/{pending}", {"/v1/pending/1"}},
    };
    return of;
}

Targets figure_targets(std::string const& known)
{
    Targets of{
        {"/v1/public/statistics", {"/v1/public/statistics"}},
        {"/v1/public/statistics.csv", {"/v1/public/statistics.csv"}},
        {"/v1/reports/work", {"/v1/reports/work?year=2016"}},
        {"/v1/reports/work.html", {"/v1/reports/work.html?township=530921101"}},
        {"/v1/reports/work.xlsx", {"/v1/reports/work.xlsx?year=2016&township=530921101"}},
        {"/v1/indicators", {"/v1/indicators"}},
    };
    auto const add = [&of](std::string const& name, std::string const& with,
                           std::vector<std::string> const& more) {
        std::string const at = "/v1/statistics/" + name;
        for (auto const& last : more) of[at].push_back(at + with + last);
        of[at + ".csv"] = {at + ".csv" + with};
    };
    add("portfolio", "?" + in_2016,
        {"", "&township=530921101", "&by=township", "&by=village", "&by=borrower", "&by=branch",
         "&by=industry", "&by=fund", "&by=product", "&by=officer", "&by=year", "&" + known});
    add("series", "?" + in_2016, {"", "&step=quarter", "&" + known});
    add("quality", "?" + in_2016, {"", "&by=township", "&" + known});
    add("leading", "?by=township", {"", "&" + past, "&" + known});
    add("leading-series", "?" + in_2016, {"", "&" + known});
    add("funds", "?" + past, {"", "&" + known});
    add("reach", "?" + past, {"", "&" + known});
    add("villages", "?" + past, {"", "&" + known});
    add("plan", "?year=2016", {"", "&" + past, "&" + known});
    auto& parts = of["/v1/explain/indicator/{code}"];
    for (auto const code : {"outstanding", "lent", "repaid", "households_led"}) {
        std::string const at = std::string{"/v1/explain/indicator/"} + code;
        parts.insert(parts.end(), {at, at + "?" + past + "&limit=10", at + "?" + known});
    }
    return of;
}

Targets register_targets(std::string const& known)
{
    Targets of{
        {"/v1/members", {"/v1/members?branch=P-1"}},
        {"/v1/persons", {"/v1/persons?household=H-9"}},
        {"/v1/responsibilities", {"/v1/responsibilities?overdue=true"}},
        {"/v1/register-facts", {"/v1/register-facts?register=member&subject=M-1"}},
        {"/v1/evidence", {"/v1/evidence"}},
    };
    for (char const* list : {"/v1/branches", "/v1/members", "/v1/poor-members", "/v1/persons",
                             "/v1/targets", "/v1/responsibilities", "/v1/villages"})
    {
        std::string const at = list;
        for (auto const& with : {std::string{}, "?township=530921206&" + past, "?" + known})
            of[at].push_back(at + with);
    }
    for (char const* ruled :
         {"chart-of-accounts", "programme-rules", "base-rates", "class-floors", "provision-rates",
          "subsidy-schemes", "holidays", "leading-rules", "poverty-lines", "approval-bands",
          "retention-rules", "administrative-units"})
        of[std::string{"/v1/"} + ruled] = {std::string{"/v1/"} + ruled};
    for (char const* of_people : {"/readyz", "/v1/kiosk/session", "/v1/kiosk/pictures",
                                  "/v1/kiosk/locks", "/v1/terminals", "/v1/sessions", "/v1/session",
                                  "/v1/tokens", "/v1/permissions", "/v1/users", "/v1/changes"})
        of[of_people] = {of_people};
    of["/v1/session/trail"] = {"/v1/session/trail", "/v1/session/trail?event=token_made&before=99"};
    of["/v1/trail"] = {"/v1/trail", "/v1/trail?actor=desk", "/v1/trail?subject=B-1",
                       "/v1/trail?event=token_made&before=99"};
    return of;
}

std::string figure_of(std::string const& books, std::string const& query)
{
    pqxx::connection superuser{books};
    pqxx::work work{superuser};
    return work.exec1(query)[0].as<std::string>();
}

std::string now_of(std::string const& books)
{
    return figure_of(books,
                     R"(SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'))");
}

/// When the books were half as long as they are.
std::string half_way_of(std::string const& books)
{
    return figure_of(
        books, R"(SELECT to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))"
               " FROM ledger.journal_entry WHERE entry_number ="
               " (SELECT last_entry_number / 2 FROM ledger.county)");
}

std::string described(TableRead const& read)
{
    return read.how + " of " + read.table + ' ' + read.index + ", " +
           std::to_string(static_cast<long>(read.rows)) + " rows, by " + read.condition + "\n" +
           read.statement + "\n";
}

/// Looks something up: asks for more than the county.
bool looks_up(TableRead const& read)
{
    return read.condition.find(") AND (") != std::string::npos;
}

/// A scan, or an index of the whole county in its stead; the first few of an order are none.
bool reads_from_end_to_end(TableRead const& read)
{
    constexpr double few = 500;
    return read.how == "Seq Scan" || (!looks_up(read) && read.rows > few);
}

/// A service before a large book, every plan of which is kept.
class Walk {
  public:
    Walk()
        : crowd_{books_, loans}
        , plans_{books_}
        , daifud_{{.database = books_, .settings = {}, .limits = {}, .environment = {}}}
    {
        Cluster::instance().run_sql(books_, "VACUUM ANALYZE");
        first_live_figures();
        plans_.new_reads();
    }

    /// POST as whoever may, confirmed where it waits; its answer.
    boost::json::object post(std::string const& target, std::string const& body,
                             std::string const& type = "application/json")
    {
        bool const is_of_terminal = target == "/v1/kiosk/sessions";
        auto answer = ask(
            daifud_.port(), "POST", target, body,
            {"Content-Type: " + type, "Idempotency-Key: " + fresh_key(),
             is_of_terminal ? "Authorization: Terminal " + terminal_ : bearer(token_for(target))});
        if (answer.status == 202) answer = confirmed(daifud_.port(), answer);
        CAPTURE(target, answer.status / 100 == 2 ? "" : answer.body);
        REQUIRE(answer.status / 100 == 2);
        judge("POST " + target);
        return json_of(answer);
    }
    void get(std::string const& pattern, std::string const& target)
    {
        std::vector<std::string> who;
        if (pattern == "/v1/kiosk/session") {
            auto const session = post("/v1/kiosk/sessions", kiosk_secret).at("session").as_string();
            who = {"Authorization: Terminal " + terminal_,
                   "Daifu-Session: " + std::string{session}};
        }
        auto const answer = ask(daifud_.port(), "GET", target, "", who);
        CAPTURE(target, answer.status == 200 ? "" : answer.body);
        CHECK(answer.status == 200);
        judge("GET " + target);
    }
    /// Rows of the journal that are met for a GET.
    double journal_rows(std::string const& target)
    {
        plans_.new_reads();
        CHECK(ask(daifud_.port(), "GET", target, "").status == 200);
        double rows = 0;
        for (TableRead const& read : plans_.new_reads())
            if (read.table == "journal_entry" || read.table == "posting") rows += read.rows;
        return rows;
    }
    void enrol_terminal()
    {
        terminal_ = post("/v1/terminals", R"({"terminal":"T-1","name":"政务大厅"})")
                        .at("token")
                        .as_string();
        post("/v1/borrowers/B-1/kiosk-secret", kiosk_secret);
    }

    /// Again, by indexes wherever one serves: most tables of people and registers are so small here
    /// that reading them whole is right.
    void prefer_indexes()
    {
        Cluster::instance().run_sql(books_, "ALTER DATABASE " + database_of(books_) +
                                                " SET enable_seqscan = off");
        REQUIRE(daifud_.stop() == 0);
        daifud_.start();
        prefers_indexes_ = true;
    }
    /// The instant before the walk, as a parameter.
    std::string const& known() const { return known_; }

    /// Indexes in which a statement looked something up.
    std::set<std::string> const& looked_up() const { return looked_up_; }
    std::string const& books() const { return books_; }

  private:
    void first_live_figures()
    {
        RawClient client{daifud_.port()};
        client.send(request_text("GET", "/v1/statistics/stream", "", {}));
        REQUIRE(client.read_until("data: ").ends_with("data: "));
    }
    void judge(std::string const& asked)
    {
        for (TableRead const& read : plans_.new_reads()) {
            if (looks_up(read)) looked_up_.insert(read.index);
            if (prefers_indexes_ || !growing.contains(read.table)) continue;
            INFO(asked << "\n" << described(read));
            CHECK_FALSE(reads_from_end_to_end(read));
        }
    }

    std::string const books_ = fresh_books();
    Crowd crowd_;
    PlanLog plans_;
    Daifud daifud_;
    std::string const known_ = "known_at=" + now_of(books_);
    std::string terminal_;
    bool prefers_indexes_ = false;
    std::set<std::string> looked_up_;
};

void search(Walk& walk)
{
    for (std::string const find : {"演示甲", "B-1", "0003", some_resident_id, "ysj"})
        walk.post("/v1/borrowers/searches", R"({"find":")" + find + R"("})");
}

/// A balance of long ago, of either day, or as it was known long ago, reads what was entered
/// between two of the checkpoints, which lie a month apart.
void look_back(Walk& walk)
{
    std::string const known = "known_at=" + half_way_of(walk.books());
    double const journal =
        std::stod(figure_of(walk.books(), "SELECT count(*) FROM ledger.posting"));
    for (std::string const& with :
         {std::string{"booked_through=2015-05-20"}, std::string{"as_of=2015-05-20"}, known,
          "as_of=2015-05-20&" + known, "booked_through=2015-05-20&" + known})
    {
        INFO(with);
        CHECK(walk.journal_rows("/v1/trial-balance?" + with) < journal / 5);
    }
    CHECK(walk.journal_rows("/v1/statistics/funds?as_of=2015-05-20&" + known) < journal / 5);
}

/// What a counter does on a day, on loan W-1 of borrower B-1.
void work_at_the_counter(Walk& walk)
{
    walk.post("/v1/borrowers", std::string{R"({"borrower":"B-1","name":"演示甲","resident_id":")"} +
                                   some_resident_id +
                                   R"(","household":"H-1","village":"530921206204",)"
                                   R"("party_branch":"复兴村党支部"})");
    walk.post("/v1/loans", R"({"loan":"W-1","borrower":"B-1","fund":"F1","purpose":"养牛",)"
                           R"("industry":"cattle","terms":{"principal":"50000.00",)"
                           R"("annual_rate":"4.75","method":"interest_only","every":{"count":1,)"
                           R"("unit":"quarter"},"settlement_day":20,"instalments":4}})");
    std::string const amount = R"({"amount":"50000.00"})", some = R"({"amount":"1000.00"})";
    walk.post("/v1/loans/W-1/approval", amount);
    walk.post("/v1/loans/W-1/disbursements", amount);
    for (std::string const loan : {"W-1", "L7"}) {
        walk.post("/v1/loans/" + loan + "/repayments/preview", some);
        walk.post("/v1/loans/" + loan + "/repayments", some);
    }
    walk.post("/v1/loans/W-1/reversals", R"({"sequence":3,"reason":"金额录错"})");
    walk.post("/v1/funds/F1/payments", R"({"amount":"1000.00","document":"回单"})");
    walk.post("/v1/funds/F1/risk-payments", R"({"amount":"1000.00","document":"回单"})");
    search(walk);
    walk.post("/v1/borrowers/B-1/contact", R"({"phone":"13800003015"})");
    walk.post("/v1/borrowers/B-1/revelations", R"({"what":"phone","purpose":"核对"})");
}

void keep_the_registers(Walk& walk)
{
    std::string const village = R"("village":"530921206204")";
    walk.post("/v1/branches", R"({"branch":"P-1","name":"复兴村党支部",)" + village + "}");
    walk.post("/v1/members", R"({"member":"M-1","name":"李某","branch":"P-1",)"
                             R"("joined_on":"2010-07-01","membership":"full"})");
    walk.post("/v1/members/M-1/points", R"({"points":86})");
    walk.post("/v1/households", R"({"household":"H-9","head":"户主",)" + village +
                                    R"(,"standing":"poor","persons":4})");
    walk.post("/v1/poor-members", R"({"member":"M-1","household":"H-9"})");
    walk.post("/v1/persons", R"({"person":"H-9-1","household":"H-9","name":"李某",)"
                             R"("kinship":"head","can_work":true})");
    walk.post("/v1/targets", R"({"indicator":"households","unit":"530921","year":2016,)"
                             R"("count":2262,"document":"凤办发〔2016〕1号"})");
    walk.post("/v1/responsibilities",
              R"({"responsibility":"R-1","person":"张某","task":"脱贫","duty":"包户",)"
              R"("goal":"出列","target":"households.530921.2016","deadline":"2016-09-30"})");
    walk.post("/v1/responsibilities/R-1/fulfilment", R"({"result":"已出列"})");
    walk.post("/v1/villages/530921206204/facts", R"({"aspect":"poor_village"})");
    std::string const picture = "\xFF\xD8\xFF\xE0 a picture";
    auto const digest = ledger::hex(ledger::file_digest(picture));
    walk.post("/v1/evidence?place=x&description=cattle", picture, "image/jpeg");
    walk.get("/v1/evidence/{digest}", "/v1/evidence/" + digest);
    walk.post("/v1/households/H-9/claims", R"({"loan":"W-1","way":"on_trust"})");
    walk.post("/v1/households/H-9/verifications",
              R"({"claim":2,"officer":"甲","witness":"乙","place":"村","evidence":")" + digest +
                  R"("})");
}

/// What looks into the indexes of the register and of the people's data.
void work_again(Walk& walk)
{
    search(walk);
    walk.post("/v1/borrowers", R"({"borrower":"B-2","name":"演示乙","resident_id":")" +
                                   invented_resident(999).reveal() +
                                   R"(","household":"H-2","village":"530921206204",)"
                                   R"("party_branch":"复兴村党支部"})");
    walk.post("/v1/branches", R"({"branch":"P-2","name":"二支部","village":"530921206204"})");
    walk.post("/v1/targets", R"({"indicator":"households","unit":"530921","year":2017,)"
                             R"("count":100,"document":"凤办发〔2017〕1号"})");
    walk.post("/v1/register-facts/reversals",
              R"({"register":"target","subject":"households.530921.2017","sequence":1,)"
              R"("reason":"录错"})");
    walk.post("/v1/register-facts/reversals",
              R"({"register":"branch","subject":"P-2","sequence":1,"reason":"录错"})");
}

/// What the walk does not come to, with who does.
std::set<std::string> const used_elsewhere{
    "session_of_staff", // nobody signs in here: whose rights change loses his sessions by it
};

/// Indexes in which nothing was looked up; those that say that something is there once are rules.
std::string indexes_without(std::string const& books, std::set<std::string> const& used)
{
    pqxx::connection superuser{books};
    pqxx::work work{superuser};
    std::string without;
    for (auto const& row :
         work.exec("SELECT indexrelname FROM pg_stat_user_indexes JOIN pg_index USING (indexrelid)"
                   " WHERE NOT indisunique ORDER BY 1"))
        if (!used.contains(row[0].c_str()) && !used_elsewhere.contains(row[0].c_str()))
            without += std::string{row[0].c_str()} + "\n";
    return without;
}

/// Every GET of the table of routes.
void walk_all(Walk& walk)
{
    Targets targets = ledger_targets();
    targets.merge(figure_targets(walk.known()));
    targets.merge(register_targets(walk.known()));
    daifud::Service service{daifud::config_from("", [](char const*) { return nullptr; })};
    for (auto const& route : daifud::routes(service)) {
        std::string const pattern{route.pattern};
        if (route.method != "GET" || not_asked.contains(pattern)) continue;
        INFO(pattern);
        REQUIRE(targets.contains(pattern));
        for (auto const& target : targets.at(pattern)) walk.get(pattern, target);
    }
}

} // namespace

TEST_CASE("No route reads the journal or the events from end to end, and every index has a reader")
{
    Walk walk;
    look_back(walk);
    work_at_the_counter(walk);
    keep_the_registers(walk);
    walk.enrol_terminal();

    walk_all(walk);
    walk.prefer_indexes();
    work_again(walk);
    walk_all(walk);
    CHECK(indexes_without(walk.books(), walk.looked_up()) == "");
}
