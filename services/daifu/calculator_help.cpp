// The help of the calculators, made of the table of keys that they take, so that no key can be
// accepted and not named.
#include "daifu/verbs.hpp"
#include "wire/keys.hpp"

#include <algorithm>

namespace daifu {

namespace {

constexpr std::size_t meaning_column = 26;
constexpr std::size_t short_choices = 24; ///< longer ones stand on a line of their own

/// "  every.unit              the unit of the step 间隔单位" and what it takes.
std::string line_of(wire::Key const& key)
{
    std::string line = "  " + std::string{key.path};
    line.resize(std::max(line.size() + 1, meaning_column), ' ');
    std::string const margin(meaning_column, ' ');
    bool const is_short = key.takes.size() <= short_choices;
    return line + std::string{key.meaning} + (is_short ? " (" : "\n" + margin + "(") + key.takes +
           ")\n";
}

std::string keys_text(std::vector<wire::Key> const& keys)
{
    std::string text = "\nKeys 字段 (a dot is an object within, [] a list):\n";
    for (wire::Key const& key : keys) text += line_of(key);
    return text + "Keys that are not supported are refused by name 不支持的字段会被指名拒绝.\n";
}

constexpr char const* schedule_input =
    "Reads one JSON object on standard input, writes one on standard output; no database. The "
    "answer\n"
    "is JSON with and without --json. 总是输出 JSON，--json 可写可不写。\n";

constexpr char const* schedule_example =
    "\n  echo "
    "'{\"principal\":\"100000.00\",\"annual_rate\":\"4.75\",\"method\":\"equal_instalments\",\n"
    "    \"every\":{\"count\":1,\"unit\":\"month\"},\"instalments\":24,\n"
    "    \"disbursements\":[{\"on\":\"2015-11-10\",\"amount\":\"100000.00\"}]}' | daifu schedule";

constexpr char const* replay_input =
    "Reads one JSON object on standard input: the terms, the events and the day that is looked "
    "at;\n"
    "writes the schedule, each event's allocation, the positions, days past due and the journal\n"
    "entries. No database. The answer is JSON with and without --json. 总是输出 JSON，--json "
    "可写可不写。\n";

constexpr char const* replay_example =
    "\n  echo '{\"principal\":\"12000.00\",\"annual_rate\":\"6\",\"method\":\"interest_only\",\n"
    "    \"due_on\":[\"2016-04-01\",\"2016-07-01\"],\"as_of\":\"2016-05-01\",\"events\":[\n"
    "    {\"type\":\"disbursed\",\"value_on\":\"2016-01-01\",\"amount\":\"12000.00\"},\n"
    "    {\"type\":\"repaid\",\"value_on\":\"2016-04-01\",\"amount\":\"182.00\"}]}' | daifu replay";

} // namespace

std::string schedule_help()
{
    return schedule_input + keys_text(wire::schedule_keys()) + schedule_example;
}

std::string replay_help()
{
    return replay_input + keys_text(wire::replay_keys()) + replay_example;
}

} // namespace daifu
