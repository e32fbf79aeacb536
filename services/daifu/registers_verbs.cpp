// import and demo: files in, a plan, the books, and a report that names every bad row.
#include "daifu/verbs.hpp"
#include "demo/demo.hpp"
#include "ledger/core/utf8.hpp"
#include "registers/csv.hpp"
#include "registers/load.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <array>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace daifu {

namespace json = boost::json;
using registers::LoadReport;
using registers::Plan;
using registers::RowProblem;

namespace {

/// A screen of problems for people; --json and the left-out files hold all of them.
constexpr std::size_t problems_shown_limit = 1000;

/// At most one byte more than a register may have, so that the reader refuses what is larger.
std::string read_file(std::filesystem::path const& path)
{
    std::ifstream in{path, std::ios::binary};
    std::string bytes;
    std::array<char, 65'536> chunk;
    while (in && bytes.size() <= registers::csv_bytes_limit) {
        in.read(chunk.data(), chunk.size());
        bytes.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
    }
    if (!in.is_open() || in.bad()) throw std::runtime_error("cannot read " + path.string());
    return bytes;
}

void write_file(std::filesystem::path const& path, std::string_view bytes)
{
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

json::object problem_json(RowProblem const& problem)
{
    json::object answer = wire::to_json(problem.refused);
    answer["file"] = problem.file;
    answer["line"] = problem.line;
    answer["column"] = nullptr;
    if (!problem.column.empty()) answer["column"] = problem.column;
    answer["value"] = problem.value;
    return answer;
}

json::object report_json(Plan const& plan, LoadReport const& report,
                         std::vector<std::string> const& left_out)
{
    json::array files;
    for (registers::PlannedFile const& file : plan.files) {
        files.push_back(json::object{{"file", file.name},
                                     {"register", registers::code_of(file.kind)},
                                     {"encoding", registers::name_of(file.encoding)},
                                     {"rows", file.rows}});
    }
    json::object commands;
    for (auto const& [code, count] : report.commands) {
        commands[code] =
            json::object{{"booked", count.booked}, {"booked_already", count.booked_already}};
    }
    json::array problems;
    for (RowProblem const& problem : report.problems) problems.push_back(problem_json(problem));
    json::array left_out_names;
    for (std::string const& name : left_out) left_out_names.emplace_back(name);
    return {{"is_written", report.is_written},
            {"rows", report.rows},
            {"rows_left_out", report.rows_left_out},
            {"files", std::move(files)},
            {"commands", std::move(commands)},
            {"problems", std::move(problems)},
            {"left_out_files", std::move(left_out_names)}};
}

void say_problems(std::vector<RowProblem> const& problems)
{
    std::string text;
    std::size_t shown = 0;
    for (RowProblem const& problem : problems) {
        if (++shown > problems_shown_limit) break;
        text += problem.file + ":" + std::to_string(problem.line);
        if (!problem.column.empty()) text += "  " + problem.column;
        if (!problem.value.empty()) text += "  “" + problem.value + "”";
        text += "\n    " + std::string{ledger::name_of(problem.refused.code)};
        if (!problem.refused.limit.empty()) text += " (" + problem.refused.limit + ")";
        text += "\n    " + ledger::chinese(problem.refused) + "\n    " +
                ledger::english(problem.refused) + "\n";
    }
    if (problems.size() > problems_shown_limit) {
        text += "… " + std::to_string(problems.size() - problems_shown_limit) +
                " more; --json names all of them\n";
    }
    std::fputs(text.c_str(), stderr);
}

void say_report(Plan const& plan, LoadReport const& report, bool dry_run)
{
    Table files{{"file", "register", "encoding", "rows"},
                {Align::left, Align::left, Align::left, Align::right}};
    for (registers::PlannedFile const& file : plan.files) {
        files.row({file.name, std::string{registers::chinese_of(file.kind)},
                   std::string{registers::name_of(file.encoding)}, std::to_string(file.rows)});
    }
    print(files.text());
    if (!report.commands.empty()) {
        Table commands{{"command", dry_run ? "would be booked" : "booked", "booked already"},
                       {Align::left, Align::right, Align::right}};
        for (auto const& [code, count] : report.commands) {
            commands.row(
                {code, std::to_string(count.booked), std::to_string(count.booked_already)});
        }
        print("\n" + commands.text());
    }
    std::string sentence = "\n";
    if (report.is_written) {
        sentence += std::to_string(report.rows - report.rows_left_out) + " rows are in the books";
    } else if (dry_run && report.problems.empty()) {
        sentence += "Dry run: everything would be booked; nothing was written";
    } else {
        sentence += "Nothing was written";
    }
    if (report.rows_left_out > 0) {
        sentence += "; " + std::to_string(report.rows_left_out) + " rows have a problem";
    }
    print(sentence + ".\n");
}

/// One file of left-out rows beside each source, or in the directory named.
std::vector<std::string> write_left_out(Plan const& plan, LoadReport const& report,
                                        ImportArguments const& arguments)
{
    std::vector<std::string> names;
    if (!arguments.skip_bad || arguments.dry_run) return names;
    for (registers::SourceFile const& file : registers::left_out_files(plan, report.problems)) {
        std::filesystem::path path{file.name};
        path.replace_filename(path.stem().string() + ".left-out.csv");
        if (!arguments.left_out_directory.empty()) {
            path = std::filesystem::path{arguments.left_out_directory} / path.filename();
        }
        write_file(path, file.bytes);
        names.push_back(path.string());
    }
    return names;
}

Exit finish_import(Settings const& settings, ImportArguments const& arguments, Plan const& plan,
                   ledger::Result<LoadReport> const& report)
{
    if (!report) return refuse_aloud(report.error(), settings.json);
    auto const left_out = write_left_out(plan, *report, arguments);
    if (settings.json) {
        print(report_json(plan, *report, left_out));
    } else {
        say_problems(report->problems);
        say_report(plan, *report, arguments.dry_run);
        for (std::string const& name : left_out) print("Left out, with reasons: " + name + "\n");
    }
    bool const is_whole = report->problems.empty() || arguments.skip_bad;
    return is_whole ? Exit::done : Exit::refused;
}

ledger::Result<LoadReport> load(Settings const& settings, Books& books, Plan const& plan,
                                ImportArguments const& arguments)
{
    Progress progress{"import", settings.json};
    registers::LoadOptions options;
    options.dry_run = arguments.dry_run;
    options.skip_bad = arguments.skip_bad;
    options.today = business_day();
    options.progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); };
    return registers::load(books.app(), books.reader(), books.county(), plan, options);
}

// --- the demonstration county

/// The demonstration belongs into empty books; a run that was cut short may go on.
bool is_demo_or_empty(Books& books, store::CountyStatus const& status)
{
    if (status.borrowers == 0 && status.entries == 0) return true;
    auto const number = ledger::LoanNumber::parse("FQ-2015-0001");
    return store::loan(books.reader(), books.county(), *number).has_value();
}

json::object summary_json(demo::Summary const& summary)
{
    return {{"members", summary.members},
            {"loans", summary.loans},
            {"lent", summary.lent.text()},
            {"lent_2015", summary.lent_2015.text()},
            {"households_2015", summary.households_2015},
            {"repayments", summary.repayments},
            {"loans_paid_late", summary.late},
            {"loans_prepaid", summary.prepaid},
            {"repayments_reversed", summary.reversed},
            {"loans_in_arrears", summary.in_arrears}};
}

std::string summary_text(demo::Summary const& summary)
{
    auto const number = [](std::size_t n) { return grouped(std::to_string(n)); };
    return number(summary.members) + " members, " + number(summary.loans) + " loans, " +
           grouped(summary.lent.text()) + " yuan lent 2015-01…2016-08, of which " +
           grouped(summary.lent_2015.text()) + " to " + number(summary.households_2015) +
           " households in 2015\n" + number(summary.repayments) +
           " repayments: " + number(summary.late) + " loans paid late, " + number(summary.prepaid) +
           " paid ahead, " + number(summary.reversed) + " payments reversed, " +
           number(summary.in_arrears) +
           " loans in arrears today\n"
           "演示数据：人名、身份证号、金额均为虚构，只有公开的统计数和罗先国一笔是真的。\n"
           "Names, ids and amounts are invented; only the published totals and one loan are "
           "real.\n";
}

std::vector<std::string> write_demo_files(demo::Registers const& made, std::string const& directory)
{
    std::filesystem::create_directories(directory);
    std::vector<std::string> paths;
    for (registers::SourceFile const& file : made.files) {
        auto const path = std::filesystem::path{directory} / file.name;
        write_file(path, file.bytes);
        paths.push_back(path.string());
    }
    return paths;
}

std::optional<ledger::Refused> why_no_demo(Books& books)
{
    auto const status = store::county(books.reader(), books.county());
    if (!status) return ledger::Refused{ledger::Refusal::county_not_found, {}, {}};
    if (status->opened_on) {
        return ledger::Refused{ledger::Refusal::books_already_open, {}, status->opened_on->text()};
    }
    if (!is_demo_or_empty(books, *status)) {
        return ledger::Refused{ledger::Refusal::books_not_empty, {}, {}};
    }
    return std::nullopt;
}

/// The last day of the month before: its closing recognises all interest and arrears up to it.
ledger::Date day_before_month(ledger::Date today)
{
    return today.plus_days(-static_cast<int>(today.day()));
}

void say_files(Settings const& settings, demo::Registers const& made,
               std::vector<std::string> const& paths)
{
    if (settings.json) {
        json::array names;
        for (std::string const& path : paths) names.emplace_back(path);
        print(json::object{{"summary", summary_json(made.summary)}, {"files", std::move(names)}});
        return;
    }
    print(summary_text(made.summary));
    for (std::string const& path : paths) print(path + "\n");
}

} // namespace

Exit import_registers(Settings const& settings, ImportArguments const& arguments)
{
    std::vector<registers::SourceFile> files;
    for (std::string const& name : arguments.files) files.push_back({name, read_file(name)});
    Plan const plan = registers::plan(files, business_day());
    Books books{settings};
    auto const report = load(settings, books, plan, arguments);
    return finish_import(settings, arguments, plan, report);
}

Exit load_demo(Settings const& settings, DemoArguments const& arguments)
{
    demo::Registers const made = demo::generate(
        demo::embedded_facts(), arguments.seed == 0 ? demo::default_seed : arguments.seed);
    if (arguments.csv_only) {
        say_files(settings, made, write_demo_files(made, arguments.directory));
        return Exit::done;
    }
    Books books{settings};
    if (auto const refused = why_no_demo(books)) return refuse_aloud(*refused, settings.json);
    write_demo_files(made, arguments.directory);
    Plan const plan = registers::plan(made.files, business_day());
    auto const report = load(settings, books, plan, {});
    if (!report || !report->problems.empty()) return finish_import(settings, {}, plan, report);
    ledger::Date const today = business_day();
    ledger::Date const open_on = day_before_month(today);
    if (auto const opened = open_county(books, open_on); !opened) {
        return refuse_aloud(opened.error(), settings.json);
    }
    auto const closings =
        store::close_days(books.app(), books.county(), today.plus_days(-1), today, "demo");
    if (settings.json) {
        print(json::object{{"summary", summary_json(made.summary)},
                           {"import", report_json(plan, *report, {})},
                           {"opened_on", open_on.text()},
                           {"closings", wire::closings_json(closings)["closings"]}});
        return Exit::done;
    }
    say_report(plan, *report, false);
    print("Books open from " + open_on.text() + ", closed through " + today.plus_days(-1).text() +
          ".\n\n" + summary_text(made.summary));
    return Exit::done;
}

} // namespace daifu
