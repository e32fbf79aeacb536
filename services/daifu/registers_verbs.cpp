// import and demo: files in, a plan, the books, and a report that names every bad row.
#include "daifu/verbs.hpp"
#include "daifu/words.hpp"
#include "demo/demo.hpp"
#include "ledger/core/utf8.hpp"
#include "registers/csv.hpp"
#include "registers/load.hpp"
#include "store/checkpoints.hpp"
#include "store/personal.hpp"
#include "store/queries.hpp"
#include "wire/answers.hpp"

#include <array>
#include <boost/json.hpp>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace daifu {

namespace json = boost::json;
using registers::LoadReport;
using registers::Plan;
using registers::RowProblem;

namespace {

/// A screen of problems for people; --json and the left-out files hold all of them.
constexpr std::size_t problems_shown_limit = 1000;
/// Files of left-out rows of one register before somebody has to look at them.
constexpr int left_out_files_limit = 1000;

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
    if (!in.is_open() || in.bad()) {
        throw FileFault{ledger::Refusal::file_not_readable, path.string()};
    }
    return bytes;
}

void write_file(std::filesystem::path const& path, std::string_view bytes)
{
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out.flush()) throw FileFault{ledger::Refusal::file_not_writable, path.string()};
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
        text += "… 还有 " + std::to_string(problems.size() - problems_shown_limit) +
                " 处，--json 全部列出 more; --json names all of them\n";
    }
    std::fputs(text.c_str(), stderr);
}

void say_report(Plan const& plan, LoadReport const& report, bool dry_run)
{
    Table files{{"文件 file", "登记簿 register", "编码 encoding", "行数 rows"},
                {Align::left, Align::left, Align::left, Align::right}};
    for (registers::PlannedFile const& file : plan.files) {
        files.row({file.name,
                   std::string{registers::chinese_of(file.kind)} + " " +
                       std::string{registers::code_of(file.kind)},
                   std::string{registers::name_of(file.encoding)}, std::to_string(file.rows)});
    }
    print(files.text());
    if (!report.commands.empty()) {
        Table commands{{"业务 command", dry_run ? "将入账 would be booked" : "已入账 booked",
                        "早已在账 booked already"},
                       {Align::left, Align::right, Align::right}};
        for (auto const& [code, count] : report.commands) {
            commands.row({command_words(code), std::to_string(count.booked),
                          std::to_string(count.booked_already)});
        }
        print("\n" + commands.text());
    }
    std::size_t const good = report.rows - report.rows_left_out;
    std::string chinese, english;
    if (report.is_written) {
        chinese = std::to_string(good) + " 行已在账簿里";
        english = counted(good, "row is", "rows are") + " in the books";
    } else if (dry_run && report.problems.empty()) {
        chinese = "试运行：全部可以入账；没有写入任何内容";
        english = "Dry run: everything would be booked; nothing was written";
    } else {
        chinese = "没有写入任何内容";
        english = "Nothing was written";
    }
    if (report.rows_left_out > 0) {
        chinese += "；" + std::to_string(report.rows_left_out) + " 行有问题";
        english += "; " + counted(report.rows_left_out, "row has", "rows have") + " a problem";
    }
    print("\n" + chinese + "。\n" + english + ".\n");
}

/// The files of left-out rows, one a source, beside it or in the directory named. All of them are
/// made before anything is booked, so that what cannot be written books nothing; none is ever
/// overwritten (somebody may have typed corrections into it). Those without rows go again.
class LeftOutFiles {
  public:
    LeftOutFiles(Plan const& plan, ImportArguments const& arguments)
    {
        if (!arguments.skip_bad || arguments.dry_run) return;
        for (registers::PlannedFile const& file : plan.files) {
            std::filesystem::path const source{file.name};
            auto const directory = arguments.left_out_directory.empty()
                                       ? source.parent_path()
                                       : std::filesystem::path{arguments.left_out_directory};
            paths_.push_back(new_file(directory, source.stem().string() + ".left-out"));
        }
    }
    ~LeftOutFiles()
    {
        std::error_code ignored;
        for (auto const& path : paths_) {
            if (std::filesystem::file_size(path, ignored) == 0) {
                std::filesystem::remove(path, ignored);
            }
        }
    }
    LeftOutFiles(LeftOutFiles const&) = delete;
    LeftOutFiles& operator=(LeftOutFiles const&) = delete;

    /// The names of the files that have rows.
    std::vector<std::string> write(Plan const& plan, LoadReport const& report) const
    {
        std::vector<std::string> names;
        if (paths_.empty()) return names;
        for (registers::LeftOut const& rows : registers::left_out_files(plan, report.problems)) {
            write_file(paths_[rows.file], rows.bytes);
            names.push_back(paths_[rows.file].string());
        }
        return names;
    }

  private:
    /// NAME.csv, or NAME-2.csv … when that is there.
    static std::filesystem::path new_file(std::filesystem::path const& directory,
                                          std::string const& name)
    {
        for (int number = 1;; ++number) {
            std::string const suffix = number == 1 ? "" : "-" + std::to_string(number);
            auto path = directory / (name + suffix + ".csv");
            int const file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
            if (file >= 0) {
                close(file);
                return path;
            }
            if (errno != EEXIST || number == left_out_files_limit) {
                throw FileFault{ledger::Refusal::file_not_writable, path.string()};
            }
        }
    }

    std::vector<std::filesystem::path> paths_; ///< by file of the plan
};

Exit finish_import(Settings const& settings, ImportArguments const& arguments, Plan const& plan,
                   LeftOutFiles const& files, ledger::Result<LoadReport> const& report)
{
    if (!report) return refuse_aloud(report.error(), settings.json);
    auto const left_out = files.write(plan, *report);
    if (settings.json) {
        print(report_json(plan, *report, left_out));
    } else {
        say_problems(report->problems);
        say_report(plan, *report, arguments.dry_run);
        for (std::string const& name : left_out)
            print("剔除的行和原因 left out, with reasons: " + name + "\n");
    }
    bool const is_whole = report->problems.empty() || arguments.skip_bad;
    return is_whole ? Exit::done : Exit::refused;
}

ledger::Result<LoadReport> load(Settings const& settings, Books& books, Plan const& plan,
                                ImportArguments const& arguments)
{
    Progress progress{"导入 import", settings.json};
    registers::LoadOptions options;
    options.dry_run = arguments.dry_run;
    options.skip_bad = arguments.skip_bad;
    options.today = business_day();
    options.progress = [&](std::size_t done, std::size_t all) { progress.show(done, all); };
    auto report = registers::load(books.app(), books.reader(), books.county(), plan, options);
    if (report && !options.dry_run) store::take_checkpoint(books.app(), books.county());
    return report;
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
            {"loans_in_arrears", summary.in_arrears},
            {"households", summary.households},
            {"claims", summary.claims},
            {"exits", summary.exits}};
}

std::string summary_text(demo::Summary const& summary)
{
    auto const number = [](std::size_t n) { return grouped(std::to_string(n)); };
    return "党员 " + number(summary.members) + " 名，贷款 " + number(summary.loans) +
           " 笔，2015 年 1 月至 2016 年 8 月放款 " + grouped(summary.lent.text()) +
           " 元，其中 2015 年 " + number(summary.households_2015) + " 户 " +
           grouped(summary.lent_2015.text()) + " 元\n还款 " + number(summary.repayments) +
           " 次：迟还的贷款 " + number(summary.late) + " 笔，提前还的 " + number(summary.prepaid) +
           " 笔，冲正的还款 " + number(summary.reversed) + " 次，今天拖欠的 " +
           number(summary.in_arrears) + " 笔\n" + number(summary.members) + " members, " +
           number(summary.loans) + " loans, " + grouped(summary.lent.text()) +
           " yuan lent 2015-01…2016-08, of which " + grouped(summary.lent_2015.text()) + " to " +
           number(summary.households_2015) + " households in 2015\n" + number(summary.repayments) +
           " repayments: " + number(summary.late) + " loans paid late, " + number(summary.prepaid) +
           " paid ahead, " + number(summary.reversed) + " payments reversed, " +
           number(summary.in_arrears) + " loans in arrears today\n登记农户 " +
           number(summary.households) + " 户，带动申报 " + number(summary.claims) +
           " 项，脱贫退出 " + number(summary.exits) + " 户\n" + number(summary.households) +
           " households registered, " + number(summary.claims) + " claims to lead, " +
           number(summary.exits) +
           " exits from poverty\n"
           "演示数据：人名、身份证号、金额均为虚构，只有公开的统计数和罗先国一笔是真的。\n"
           "Names, ids and amounts are invented; only the published totals and one loan are "
           "real.\n";
}

std::vector<std::string> write_demo_files(demo::Registers const& made, std::string const& directory)
{
    std::error_code failed;
    std::filesystem::create_directories(directory, failed);
    if (failed) {
        errno = failed.value();
        throw FileFault{ledger::Refusal::file_not_writable, directory};
    }
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
    auto const status = books.status();
    if (!status) return status.error();
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
    if (auto const status = books.status(); !status)
        return refuse_aloud(status.error(), settings.json);
    if (auto const known = store::check_key(books.app(), books.county()); !known)
        return refuse_aloud(known.error(), settings.json);
    LeftOutFiles const left_out{plan, arguments};
    auto const report = load(settings, books, plan, arguments);
    return finish_import(settings, arguments, plan, left_out, report);
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
    if (!report || !report->problems.empty()) {
        return finish_import(settings, {}, plan, LeftOutFiles{plan, {}}, report);
    }
    ledger::Date const today = business_day();
    ledger::Date const open_on = day_before_month(today);
    if (auto const opened = open_county(books, open_on); !opened) {
        return refuse_aloud(opened.error(), settings.json);
    }
    auto const closings =
        store::close_days(books.app(), books.county(), today.plus_days(-1), today, "demo");
    if (!closings) return refuse_aloud(closings.error(), settings.json);
    if (settings.json) {
        print(json::object{{"summary", summary_json(made.summary)},
                           {"import", report_json(plan, *report, {})},
                           {"opened_on", open_on.text()},
                           {"closings", wire::closings_json(*closings)["closings"]}});
        return Exit::done;
    }
    say_report(plan, *report, false);
    std::string const closed = today.plus_days(-1).text();
    print("账簿自 " + open_on.text() + " 启用，已日终到 " + closed + "。\nBooks open from " +
          open_on.text() + ", closed through " + closed + ".\n\n" + summary_text(made.summary));
    return Exit::done;
}

} // namespace daifu
