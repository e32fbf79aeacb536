// The operator's command line: reads arguments, calls one verb, and turns what the world broke into
// exit code 3. It decides nothing; every verb is in verbs.hpp.
#include "bench/programs.hpp"
#include "daifu/usage.hpp"
#include "daifu/verbs.hpp"
#include "ledger/indicator.hpp"
#include "registers/columns.hpp"
#include "store/access.hpp"
#include "wire/choices.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <span>

namespace {

using daifu::Exit;
using daifu::Settings;
using ledger::Refusal;

constexpr char const* overview =
    "daifu - a loan programme's double-entry ledger, from the operator's side\n"
    "带富：创业致富贷款台账的操作命令\n\n"
    "Exit codes: 0 done 完成, 1 refused 被拒绝（账簿未变）, 2 usage 用法不对, 3 fault 系统故障.\n"
    "DAIFU_DATABASE names the database when --database does not; the flag wins. NO_COLOR switches "
    "colour off.\n"
    "Money is a decimal string in yuan, rates are percent a year, dates are ISO 8601.";

/// "  loans  贷款编号,…[,结息日]": a line a register, what may be left out in brackets.
std::string import_footer()
{
    std::string text =
        "Registers 登记簿 (recognised by their header; headings in Chinese or by field name):\n";
    for (registers::Register const kind : registers::all_registers()) {
        std::string line;
        for (registers::Column const& column : registers::columns_of(kind)) {
            std::string const name = (line.empty() ? "" : ",") + std::string{column.chinese};
            line += column.is_required ? name : "[" + name + "]";
        }
        text += "  " + std::string{registers::code_of(kind)} + " " +
                std::string{registers::chinese_of(kind)} + "\n      " + line + "\n";
    }
    return text +
           "UTF-8 (with or without BOM) or GB18030, comma or TAB. Files given together are merged "
           "by day.\n"
           "Everything is checked before anything is written: all rows are booked, or none; "
           "--skip-bad\n"
           "leaves bad rows out and writes them, with reasons, to NAME.left-out.csv, or "
           "NAME.left-out-2.csv\n"
           "when that is there: no file is overwritten. A row that is in the books already is not "
           "booked\n"
           "again. Two equal payments on one day need different 备注. The first line must be the "
           "headings;\n"
           "from Excel save as CSV UTF-8, with ids and numbers in columns formatted as text.\n"
           "Until the books are opened each row is booked on its own day, later with it as value "
           "date.";
}

constexpr char const* database_hint =
    "请检查 --database 或 DAIFU_DATABASE 指的数据库在运行\n"
    "  See that the database which --database or DAIFU_DATABASE names is running\n  ";

constexpr char const* as_of_help = "Last value date; default that of the books 截至";
constexpr char const* known_at_help =
    "As the books knew it at this instant, e.g. 2026-11-27T12:00:00+08:00 知悉时点";

class CommandLine {
  public:
    CommandLine()
    {
        // Not CLI11's envname: that fills the options of the verbs that were not called after those
        // of the one that was, and all of them are this one variable.
        if (char const* const url = std::getenv("DAIFU_DATABASE")) settings_.database = url;
        if (char const* const file = std::getenv("DAIFU_KEY_FILE")) settings_.key_file = file;
        app_.require_subcommand(1);
        app_.set_help_all_flag("--help-all", "Help of every verb 全部帮助");
        app_.set_version_flag("--version", "daifu 0.1.0");
        add_books();
        add_registers();
        add_people();
        add_keys();
        add_retention();
        add_reading();
        add_calculators();
    }

    int run(int argc, char** argv)
    {
        std::span<char* const> const arguments{argv, static_cast<std::size_t>(argc)};
        bool const as_json =
            std::ranges::find(arguments, std::string_view{"--json"}) != arguments.end();
        try {
            app_.parse(argc, argv);
            return static_cast<int>(daifu::finish_output(perform()));
        } catch (CLI::Success const& help) {
            return app_.exit(help);
        } catch (CLI::ParseError const& error) {
            auto const refused = daifu::why_not_understood(app_, error);
            return static_cast<int>(daifu::finish_output(
                daifu::usage_aloud(refused, daifu::where_help_is(app_), as_json)));
        } catch (daifu::UsageFault const& fault) {
            return static_cast<int>(daifu::finish_output(
                daifu::usage_aloud(fault.refused, daifu::where_help_is(app_), as_json)));
        }
    }

  private:
    Exit perform()
    {
        if (needs_database_ && !demo_.csv_only && settings_.database.empty()) {
            throw daifu::UsageFault{{Refusal::database_not_named, "--database", {}}};
        }
        try {
            return verb_();
        } catch (store::DatabaseUnavailable const& fault) {
            return daifu::fault_aloud({Refusal::database_unavailable, "--database", {}},
                                      std::string{database_hint} + fault.what(), settings_.json);
        } catch (daifu::FileFault const& fault) {
            return daifu::fault_aloud(fault.refused, {}, settings_.json);
        } catch (std::exception const& fault) {
            return daifu::fault_aloud({Refusal::command_failed, {}, {}}, fault.what(),
                                      settings_.json);
        }
    }

    CLI::App* add(CLI::App& parent, std::string name, std::string description,
                  std::function<Exit()> verb, bool needs_database = true)
    {
        CLI::App* const command = parent.add_subcommand(std::move(name), std::move(description));
        command->callback([this, verb = std::move(verb), needs_database] {
            verb_ = verb;
            needs_database_ = needs_database;
        });
        command->add_flag("--json", settings_.json, "One JSON object for programs 输出 JSON");
        if (needs_database) {
            command->add_option("--database", settings_.database,
                                "PostgreSQL URL, e.g. postgresql:///daifu?host=/run/postgresql; "
                                "default $DAIFU_DATABASE 数据库");
            command->add_option("--county", settings_.county, "County code 县代码")
                ->capture_default_str();
        }
        return command;
    }

    void add_books()
    {
        auto* const migrate =
            add(app_, "migrate",
                "Bring the schema to this binary's version and create the county's books\n"
                "建库升级，并建立县的账簿",
                [this] { return daifu::migrate(settings_, digest_, is_distributed_); });
        migrate
            ->add_option("--digest", digest_,
                         "How new books hash their entries, once for ever; default sha256\n"
                         "新账簿的凭证摘要算法（sm3 为国密），建账后不能更换")
            ->type_name("sha256|sm3")
            ->check(daifu::one_of({"sha256", "sm3"}));
        migrate->add_flag("--distribute", is_distributed_,
                          "Then spread the tables over the nodes of Citus by county\n"
                          "再按县把各表分布到 Citus 的多台机器上");
        add_key_file(*migrate);
        auto* const open = add(app_, "open-books",
                               "Open the books: history enters by value date from then on\n"
                               "启用账簿：此后历史只能以起息日补记",
                               [this] { return daifu::open_books(settings_, day_); });
        open->add_option("--date", day_, "First business day; default today 启用日期");
        auto* const close = add(app_, "close-day",
                                "Close business days up to a day, posting what accrued\n"
                                "日终：计提利息、结转逾期，当天及以前不再记账",
                                [this] { return daifu::close_day(settings_, day_); });
        close->add_option("--date", day_, "Day to close; default today 营业日");
        auto* const doctor =
            add(app_, "doctor",
                "Check every invariant of the books and say what was looked at; exit 1 when red\n"
                "逐项核对账簿的不变式",
                [this] { return daifu::doctor(settings_, evidence_, jobs_); });
        doctor
            ->add_option("--evidence", evidence_,
                         "Directory of the files that are evidence, to be read too 佐证文件目录")
            ->envname("DAIFU_EVIDENCE_DIRECTORY");
        doctor
            ->add_option("--jobs", jobs_,
                         "Checks that run side by side, each on a connection 同时进行的核对")
            ->check(CLI::Range(1, 16))
            ->capture_default_str();
    }

    void add_registers()
    {
        auto* const import = add(app_, "import",
                                 "Import registers of money, households and the party (CSV)\n"
                                 "导入登记簿：先校验，再入账，全有或全无",
                                 [this] { return daifu::import_registers(settings_, import_); });
        import->add_option("files", import_.files, "CSV files 文件")
            ->required()
            ->check(daifu::existing_file());
        import->add_flag("--dry-run", import_.dry_run, "Check everything, write nothing 只校验");
        import->add_flag("--skip-bad", import_.skip_bad, "Leave bad rows out 跳过有问题的行");
        import->add_option("--left-out", import_.left_out_directory,
                           "Directory for left-out rows; default beside the file 剔除行的目录");
        add_key_file(*import);
        import->footer(import_footer());
        auto* const evidence = app_.add_subcommand("evidence", "Files that are evidence 佐证");
        evidence->require_subcommand(1);
        auto* const keep =
            add(*evidence, "keep", "Keep a photo or a PDF under its digest\n留存照片或 PDF",
                [this] { return daifu::keep_evidence(settings_, kept_); });
        keep->add_option("file", kept_.file, "JPEG, PNG or PDF 文件")
            ->required()
            ->check(daifu::existing_file());
        keep->add_option("--place", kept_.place, "Where it was taken 地点")->required();
        keep->add_option("--taken-on", kept_.taken_on, "Day; default today 拍摄日期");
        keep->add_option("--description", kept_.description, "What it shows 说明")->required();
        keep->add_option("--directory", kept_.directory, "Where the service keeps them 目录")
            ->envname("DAIFU_EVIDENCE_DIRECTORY")
            ->required();
        auto* const demo =
            add(app_, "demo",
                "Load the demonstration county through the import, into empty books\n"
                "装入演示县（人名、身份证号、金额均为虚构）",
                [this] { return daifu::load_demo(settings_, demo_); });
        demo->add_option("--directory", demo_.directory, "Where the CSV registers go 目录")
            ->capture_default_str();
        demo->add_option("--seed", demo_.seed, "Another seed, another county 随机种子");
        add_key_file(*demo);
        demo->add_flag("--csv-only", demo_.csv_only, "Write the files only 只写文件");
        add_generate();
        add_bench();
    }

    void add_generate()
    {
        auto* const generate =
            add(app_, "generate",
                "Fill empty books with invented loans, as many as are wanted, for measuring\n"
                "生成任意规模的虚构账簿（只装入空账），用于测试性能",
                [this] { return daifu::generate(settings_, generate_); });
        generate->add_option("--counties", generate_.counties, "Counties, --county the first 县数")
            ->check(CLI::Range(1, 9999))
            ->capture_default_str();
        generate->add_option("--loans", generate_.loans, "Loans of all counties 贷款笔数")
            ->check(CLI::Range(1, 100'000'000))
            ->capture_default_str();
        generate->add_option("--years", generate_.years, "Years of lending from 2015 on 年数")
            ->check(CLI::Range(1, 50))
            ->capture_default_str();
        generate->add_option("--seed", generate_.seed, "The same seed, the same books 随机种子")
            ->capture_default_str();
        add_key_file(*generate);
    }

    void add_bench()
    {
        auto* const measure =
            add(app_, "bench",
                "Fill an empty database and measure how fast the books are in it, beside others\n"
                "在空数据库中测量记账速度，与同类做法对照",
                [this] { return daifu::bench(settings_, bench_); });
        measure->add_option("--loans", bench_.loans, "Invented loans, in two counties 贷款笔数")
            ->check(CLI::Range(20, 100'000'000))
            ->capture_default_str();
        measure->add_option("--years", bench_.years, "Years of their history from 2015 on 年数")
            ->check(CLI::Range(1, 10))
            ->capture_default_str();
        measure->add_option("--seconds", bench_.seconds, "Of each line in each round 每项秒数")
            ->check(CLI::Range(0.1, 3600.0))
            ->capture_default_str();
        measure->add_option("--rounds", bench_.rounds, "The middle one counts 轮数")
            ->check(CLI::Range(1, 99))
            ->capture_default_str();
        measure->add_option("--only", bench_.only, "Lines whose name holds this 只测名称含此者");
        measure
            ->add_option("--pgledger", bench_.peer_file,
                         "pgledger's SQL, to measure it too pgledger 的 SQL 文件")
            ->check(CLI::ExistingFile);
        bench_.service = bench::program_beside("daifud");
        measure->add_option("--service", bench_.service, "daifud; \"\": the store alone 服务程序")
            ->capture_default_str();
        add_key_file(*measure);
    }

    void add_people()
    {
        auto* const user = app_.add_subcommand("user", "Who may sign in 用户");
        user->require_subcommand(1);
        auto* const added =
            add(*user, "add", "Add a user and print the first password\n添加用户并显示初始密码",
                [this] { return daifu::add_user(settings_, user_); });
        added->add_option("user", user_.user, "Name to sign in with 用户名")->required();
        added->add_option("--name", user_.name, "What people call him 姓名")->required();
        added
            ->add_option("--role", user_.roles,
                         "Role; several are fine 岗位：经办员、复核员、审计员、管理员")
            ->required()
            ->type_name("officer|checker|auditor|administrator");
        added->add_option("--township", user_.township, "Township; default the county 乡镇代码");
        auto* const reset = add(*user, "reset", "Print a new password, end all sessions\n重置密码",
                                [this] { return daifu::reset_user(settings_, user_); });
        reset->add_option("user", user_.user, "User 用户名")->required();
        reset->add_flag("--forget-second-factor", user_.forget_second_factor,
                        "The telephone is lost: it must be set up again 解除手机验证");
        add(*user, "list", "Every user with his rights\n全部用户和岗位",
            [this] { return daifu::list_users(settings_); });
        auto* const token =
            add(*user, "token", "Make a token for a machine and print it\n为程序制作访问令牌",
                [this] { return daifu::make_token(settings_, token_); });
        token->add_option("user", token_.user, "Whose rights it has 用户名")->required();
        token->add_option("--purpose", token_.purpose, "What it is for 用途")->required();
        token->add_option("--scope", token_.scope, "read|write|confirm")
            ->check(daifu::one_of({"read", "write", "confirm"}))
            ->capture_default_str();
        token->add_option("--days", token_.days, "Days that it lasts 有效天数")
            ->check(CLI::Range(1, store::token_days_most))
            ->capture_default_str();
    }

    void add_keys()
    {
        auto* const keys = app_.add_subcommand("keys", "The keys that seal personal data 密钥");
        keys->require_subcommand(1);
        auto* const rotate = add(
            *keys, "rotate", "Seal everything with a new key, while the service works\n更换密钥",
            [this] { return daifu::rotate_keys(settings_, false); });
        auto* const retire = add(*keys, "retire", "Take the older keys out of the file\n销毁旧密钥",
                                 [this] { return daifu::rotate_keys(settings_, true); });
        auto* const list = add(*keys, "list", "How many values each key seals\n密钥用量",
                               [this] { return daifu::list_keys(settings_); });
        for (CLI::App* const verb : {rotate, retire, list}) add_key_file(*verb);
    }

    void add_retention()
    {
        auto* const retention = app_.add_subcommand(
            "retention", "Personal data of closed accounts whose time is over 个人信息保存期限");
        retention->require_subcommand(1);
        add(*retention, "list", "What is due to be erased, and by which law\n到期应删除的",
            [this] { return daifu::list_retention(settings_); });
        add(*retention, "erase", "Erase it; each erasure is in the trail\n删除到期的",
            [this] { return daifu::erase_retention(settings_); });
    }

    void add_key_file(CLI::App& verb)
    {
        verb.add_option("--key-file", settings_.key_file,
                        "The service's; default $DAIFU_KEY_FILE 密钥文件")
            ->capture_default_str();
    }

    void add_reading()
    {
        auto* const loan = app_.add_subcommand("loan", "One loan 一笔贷款");
        loan->require_subcommand(1);
        auto* const show = add(*loan, "show", "Its card: state, instalments, events\n贷款卡片",
                               [this] { return daifu::show_loan(settings_, loan_, as_of_); });
        auto* const explain =
            add(*loan, "explain", "Every figure opened into its formula\n数字的来历",
                [this] { return daifu::explain_loan(settings_, loan_, as_of_); });
        for (CLI::App* const verb : {show, explain}) {
            verb->add_option("loan", loan_, "Loan number 贷款编号")->required();
            verb->add_option("--as-of", as_of_, "Day; default today 截至日期");
        }
        auto* const household = app_.add_subcommand("household", "One household 一户");
        household->require_subcommand(1);
        auto* const card =
            add(*household, "show", "Its card: standing, who leads it, events\n农户卡片",
                [this] { return daifu::show_household(settings_, household_, as_of_); });
        card->add_option("household", household_, "Household number 户编号")->required();
        card->add_option("--as-of", as_of_, "Day; default today 截至日期");
        auto* const balance =
            add(app_, "trial-balance", "Debits and credits by line of the chart\n试算平衡表",
                [this] { return daifu::show_trial_balance(settings_, balance_); });
        auto* const through =
            balance->add_option("--booked-through", balance_.booked_through,
                                "Entries booked on or before this day 记账日期截止");
        balance
            ->add_option("--as-of", balance_.as_of,
                         "Entries of a value date on or before this day 起息日截止")
            ->excludes(through);
        balance->add_option("--known-at", balance_.known_at, known_at_help);
        balance->add_flag("--accounts", balance_.accounts, "Every account 每个明细账户");
        auto* const report = app_.add_subcommand("report", "Reports 报表");
        report->require_subcommand(1);
        auto* const portfolio = add(
            *report, "portfolio", "Lending by township and for the county\n按乡镇和全县的贷款统计",
            [this] { return daifu::report_portfolio(settings_, report_); });
        auto* const quality =
            add(*report, "quality", "Classes, provisions, what fell due and came in\n贷款质量",
                [this] { return daifu::report_quality(settings_, report_); });
        for (CLI::App* const verb : {portfolio, quality}) {
            verb->add_option("--from", report_.from, "First value date 起");
            verb->add_option("--until", report_.until, "Day after the last value date 止（不含）");
            add_group_options(*verb, ledger::Report::portfolio);
        }
        auto* const leading =
            add(*report, "leading", "Who was led, who left poverty\n带动农户和脱贫统计",
                [this] { return daifu::report_leading(settings_, report_); });
        leading->add_option("--as-of", report_.as_of, as_of_help);
        add_group_options(*leading, ledger::Report::leading);
        auto* const work = add(*report, "work", "A township's work report\n述职表",
                               [this] { return daifu::report_work(settings_, work_); });
        work->add_option("--township", work_.township, "Its code; default the county 乡镇代码");
        work->add_option("--year", work_.year, "Default this year 年度");
        work->add_option("--xlsx", work_.xlsx, "Write a worksheet 写成 Excel 文件");
        work->add_option("--html", work_.html, "Write a page that prints 写成可打印网页");
        add_register_reports(*report);
        auto* const exported =
            add(app_, "export", "The whole journal for other accounting programs\n导出全部凭证",
                [this] {
                    return daifu::export_journal(settings_, daifu::format_named(format_), out_);
                });
        exported->add_option("--format", format_, "Of which program 哪个程序的格式")
            ->required()
            ->type_name("ledger|hledger|beancount|csv")
            ->check(daifu::one_of({"ledger", "hledger", "beancount", "csv"}));
        exported->add_option("--out", out_, "File; default standard output; --json needs it 文件");
    }

    void add_explain_options(CLI::App& verb)
    {
        verb.add_option("--known-at", report_.known_at, known_at_help);
        verb.add_option("--explain", report_.explain.code,
                        "What this figure counts, by its code 指标明细");
        verb.add_option("--key", report_.explain.key,
                        "Of this group only, by the code of its line 只看一组");
    }

    void add_group_options(CLI::App& verb, ledger::Report report)
    {
        std::string names;
        for (auto const each : ledger::dimensions_of(report))
            names += (names.empty() ? "" : "|") + std::string{code_of(each)};
        verb.add_option("--by", report_.by, "Lines by this 分组")->type_name(names);
        add_explain_options(verb);
    }

    void add_register_reports(CLI::App& report)
    {
        auto* const funds = add(report, "funds", "Where the funds' money is, use of caps\n资金统计",
                                [this] { return daifu::report_funds(settings_, report_); });
        auto* const reach =
            add(report, "reach", "Places, branches, villages, duties and plan\n覆盖与任务",
                [this] { return daifu::report_reach(settings_, report_); });
        for (CLI::App* const verb : {funds, reach}) {
            verb->add_option("--as-of", report_.as_of, as_of_help);
            add_explain_options(*verb);
        }
        auto* const villages =
            add(report, "villages", "What the registered poor villages have\n贫困村统计",
                [this] { return daifu::report_villages(settings_, as_of_); });
        auto* const plan =
            add(report, "plan", "Planned exits beside what is counted\n脱贫计划完成情况",
                [this] { return daifu::report_plan(settings_, as_of_, year_); });
        plan->add_option("--year", year_, "Of this year only 年度");
        auto* const responsibilities = add(
            report, "responsibilities", "Who answers for what by when\n责任清单（五定）",
            [this] { return daifu::report_responsibilities(settings_, as_of_, only_overdue_); });
        responsibilities->add_flag("--overdue", only_overdue_,
                                   "Past their deadline and not fulfilled 只列超期");
        for (CLI::App* const verb : {villages, plan, responsibilities}) {
            verb->add_option("--as-of", as_of_, "Last value date; default today 截至");
        }
    }

    void add_calculators()
    {
        add(app_, "schedule", "A repayment schedule from its terms\n还款计划试算",
            daifu::answer_schedule, false)
            ->footer(daifu::schedule_help());
        add(app_, "replay", "A loan's life from its terms and events\n贷款全过程推演",
            daifu::answer_replay, false)
            ->footer(daifu::replay_help());
    }

    CLI::App app_{overview, "daifu"};
    Settings settings_;
    std::function<Exit()> verb_;
    bool needs_database_ = true;
    bool is_distributed_ = false;
    int jobs_ = 2;
    std::string digest_, evidence_, day_, loan_, as_of_, from_, until_, format_, out_;
    daifu::ImportArguments import_;
    daifu::DemoArguments demo_;
    daifu::GenerateArguments generate_;
    daifu::BenchArguments bench_;
    daifu::TrialBalanceArguments balance_;
    daifu::UserArguments user_;
    daifu::TokenArguments token_;
    daifu::ReportArguments report_;
    daifu::WorkReportArguments work_;
    daifu::EvidenceArguments kept_;
    std::string household_;
    int year_ = 0; ///< every year
    bool only_overdue_ = false;
};

} // namespace

int main(int argc, char** argv)
{
    std::signal(SIGPIPE, SIG_IGN); // a closed pipe is a failed write, said as one
    return CommandLine{}.run(argc, argv);
}
