// libFuzzer on the register import's reading half: any bytes are either a plan or problems with a
// line, never a crash, a hang or an unmasked id. Build: clang++-19 -fsanitize=fuzzer,address.
#include "registers/plan.hpp"

#include "ledger/assert.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size)
{
    registers::SourceFile const file{"fuzz.csv", {reinterpret_cast<char const*>(bytes), size}};
    registers::Plan const plan = registers::plan({&file, 1}, ledger::Date{2026, 11, 24});
    for (registers::RowProblem const& problem : plan.problems) LEDGER_ASSERT(problem.line > 0);
    for (registers::PlannedCommand const& command : plan.commands) {
        LEDGER_ASSERT(plan.rows[command.row].is_good);
        LEDGER_ASSERT(command.key.size() <= 80);
    }
    registers::left_out_files(plan, plan.problems);
    return 0;
}
