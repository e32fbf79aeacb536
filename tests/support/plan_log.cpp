// A plan in the log begins behind "plan:" and is JSON, each of whose lines begins with a tab.
#include "tests/support/plan_log.hpp"

#include "tests/support/cluster.hpp"

#include <boost/json.hpp>

#include <fstream>
#include <sstream>

namespace test {

namespace json = boost::json;

namespace {

std::string text_of(json::object const& node, char const* field)
{
    auto const* found = node.if_contains(field);
    return found == nullptr ? std::string{} : std::string{found->as_string()};
}

double number_of(json::object const& node, char const* field)
{
    auto const* found = node.if_contains(field);
    return found == nullptr ? 0 : found->to_number<double>();
}

/// The node and those below it. A bitmap's table is that of the node above the index.
void add_reads(json::object const& node, std::string const& statement, std::string table,
               std::vector<TableRead>& reads)
{
    if (node.contains("Relation Name")) table = text_of(node, "Relation Name");
    std::string const type = text_of(node, "Node Type");
    if (type.ends_with("Scan") && !table.empty() && type != "Bitmap Heap Scan") {
        double const loops = number_of(node, "Actual Loops");
        double const rows = number_of(node, "Actual Rows") +
                            number_of(node, "Rows Removed by Filter") +
                            number_of(node, "Rows Removed by Index Recheck");
        reads.push_back({table, type, text_of(node, "Index Name"), text_of(node, "Index Cond"),
                         rows * loops, statement});
    }
    if (auto const* below = node.if_contains("Plans")) {
        for (auto const& child : below->as_array())
            add_reads(child.as_object(), statement,
                      type == "Bitmap Heap Scan" || type == "BitmapAnd" || type == "BitmapOr"
                          ? table
                          : std::string{},
                      reads);
    }
}

} // namespace

PlanLog::PlanLog(std::string const& url)
    : path_{Cluster::instance().directory() + "/log"}
{
    auto& cluster = Cluster::instance();
    for (char const* setting :
         {"session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
          "auto_explain.log_format = json", "auto_explain.log_nested_statements = on",
          "auto_explain.log_analyze = on", "auto_explain.log_timing = off",
          "auto_explain.log_buffers = off"})
    {
        cluster.run_sql(url, "LOAD 'auto_explain'; ALTER DATABASE " + database_of(url) + " SET " +
                                 setting);
    }
    new_reads();
}

std::vector<TableRead> PlanLog::new_reads()
{
    std::ifstream log{path_};
    log.seekg(static_cast<std::streamoff>(read_));
    std::vector<TableRead> reads;
    std::string plan;
    auto const finish = [&] {
        if (plan.empty()) return;
        json::object const whole = json::parse(plan).as_object();
        add_reads(whole.at("Plan").as_object(), text_of(whole, "Query Text"), {}, reads);
        plan.clear();
    };
    bool is_in_plan = false;
    for (std::string line; std::getline(log, line); read_ += line.size() + 1) {
        if (is_in_plan && line.starts_with('\t')) {
            plan += line;
            continue;
        }
        finish();
        is_in_plan = line.ends_with("plan:");
    }
    finish();
    return reads;
}

} // namespace test
