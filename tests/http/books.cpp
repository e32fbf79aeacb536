#include "tests/http/books.hpp"

#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>

#include <boost/json.hpp>
#include <pqxx/pqxx>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <csignal>
#include <stdexcept>
#include <unistd.h>

namespace test {

namespace {

DaifudSetup with_database(DaifudSetup setup, std::string const& database)
{
    setup.database = database;
    return setup;
}

/// What the service wrote, where an answer alone does not tell what went wrong.
std::string said(Answer const& answer, Daifud const& daifud)
{
    return answer.status == 0 || answer.status >= 500 ? daifud.log() : "";
}

} // namespace

Books::Books(DaifudSetup setup)
    : database{setup.database.empty() ? fresh_books() : setup.database}
    , daifud{with_database(std::move(setup), database)}
{
}

boost::json::object json_of(Answer const& answer)
{
    return boost::json::parse(answer.body).as_object();
}

std::string code_of(Answer const& answer)
{
    if (answer.header("content-type") != "application/problem+json") return "";
    return std::string{json_of(answer).at("code").as_string()};
}

boost::json::object Books::book(std::string const& target, std::string const& body)
{
    auto const answer = post(port(), target, body);
    INFO(target << ' ' << answer.body << '\n' << said(answer, daifud));
    REQUIRE(answer.status == 201);
    return json_of(answer);
}

boost::json::object Books::read(std::string const& target)
{
    auto const answer = get(port(), target);
    INFO(target << ' ' << answer.body << '\n' << said(answer, daifud));
    REQUIRE(answer.status == 200);
    return json_of(answer);
}

void Books::propose()
{
    book("/v1/borrowers", std::string{R"({"borrower":"B-1","name":")"} + some_name +
                              R"(","resident_id":")" + some_resident_id +
                              R"(","household":"H-1","village":"530921206204",)"
                              R"("party_branch":"复兴村党支部"})");
    book("/v1/funds", R"({"fund":"F-1","name":"扶贫再贷款资金","document":"凤扶组发〔2016〕1号"})");
    book("/v1/funds/F-1/payments", R"({"amount":"1000000.00","document":"回单 1"})");
    book("/v1/loans", R"({"loan":"L-1","borrower":"B-1","fund":"F-1","purpose":"养牛",)"
                      R"("industry":"cattle","terms":{"principal":"50000.00",)"
                      R"("annual_rate":"4.75","method":"interest_only",)"
                      R"("every":{"count":1,"unit":"quarter"},"settlement_day":20,)"
                      R"("instalments":4}})");
}

void Books::lend()
{
    propose();
    book("/v1/loans/L-1/approval", R"({"amount":"50000.00"})");
    book("/v1/loans/L-1/disbursements", R"({"amount":"50000.00"})");
}

std::string Books::state()
{
    pqxx::connection superuser{database};
    pqxx::work work{superuser};
    auto const answers =
        work.exec1("SELECT count(*) FROM ledger.command_answer")[0].as<std::string>();
    return get(port(), "/v1/trial-balance").body + get(port(), "/v1/county").body +
           get(port(), "/v1/funds").body + answers + " answers";
}

HeldLock::HeldLock(std::string const& database, std::string const& table)
{
    int in[2];
    int out[2];
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
        throw std::runtime_error{"no pipe"};
    }
    pid_ = fork();
    if (pid_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(in[0], STDIN_FILENO);
        dup2(out[1], STDOUT_FILENO);
        execlp("psql", "psql", "-X", "-q", database.c_str(), nullptr);
        _exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    to_psql_ = in[1];
    from_psql_ = out[0];
    if (!does("BEGIN; LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE;")) {
        throw std::runtime_error{"the lock was not taken"};
    }
}

bool HeldLock::does(std::string const& commands)
{
    std::string const sent = "\\set ON_ERROR_STOP on\n" + commands + "\n\\echo done\n";
    char answer[8] = {};
    return ::write(to_psql_, sent.data(), sent.size()) == std::ssize(sent) &&
           ::read(from_psql_, answer, sizeof answer) > 0;
}

void HeldLock::wait_until_wanted()
{
    bool const is_wanted = does(
        "DO $$ BEGIN FOR look IN 1..2000 LOOP"
        " IF EXISTS (SELECT FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database"
        "            WHERE d.datname = current_database() AND NOT l.granted) THEN RETURN; END IF;"
        " PERFORM pg_sleep(0.01); END LOOP; RAISE 'nobody waits'; END $$;");
    if (!is_wanted) throw std::runtime_error{"nobody waits for the lock"};
}

void HeldLock::release()
{
    if (to_psql_ < 0) return;
    ::close(to_psql_); // end of input: psql ends and its transaction with it
    ::close(from_psql_);
    to_psql_ = from_psql_ = -1;
    waitpid(pid_, nullptr, 0);
}

HeldLock::~HeldLock()
{
    release();
}

} // namespace test
