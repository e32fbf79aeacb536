#include "stage.hpp"

#include "tests/support/cluster.hpp"
#include "tests/support/desk.hpp"
#include "tests/support/raw_client.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

using namespace std::chrono_literals;

namespace fault {

ledger::LoanNumber loan_number(int n)
{
    return test::loan_number("L" + std::to_string(n));
}

std::string repayments_of(ledger::LoanNumber const& loan)
{
    return "/v1/loans/" + loan.text() + "/repayments";
}

std::string body_of(ledger::Money amount)
{
    return R"({"amount":")" + amount.text() + R"("})";
}

void set_the_stage(std::string const& url)
{
    test::Desk desk{url, "stage"};
    auto const today = test::on("2016-08-31");
    desk.open(loans, today);
    for (int n = 1; n <= loans; ++n) desk.lend(n, today, "100000.00");
}

test::DaifudSetup setup_for(std::string const& url)
{
    test::DaifudSetup setup;
    setup.database = url;
    setup.limits = "connections_per_address = 256";
    return setup;
}

std::int64_t batches_drafted(std::uint16_t port)
{
    std::string const name = "\nledger_batches_drafted_total ";
    auto const figures = test::get(port, "/metrics").body;
    auto const at = figures.find(name);
    REQUIRE(at != std::string::npos);
    return static_cast<std::int64_t>(std::stod(figures.substr(at + name.size())));
}

void wait_until_ready(std::uint16_t port)
{
    for (auto const until = std::chrono::steady_clock::now() + 60s;
         test::get(port, "/readyz").status != 200;)
    {
        REQUIRE(std::chrono::steady_clock::now() < until);
        std::this_thread::sleep_for(20ms);
    }
}

pid_t writer_of(std::string const& url)
{
    return test::find_process(
        url, "SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid)"
             " WHERE application_name = 'daifu' AND relation = 'ledger.county'::regclass"
             " AND mode IN ('RowShareLock', 'RowExclusiveLock')");
}

} // namespace fault
