// The work report as a worksheet, by libxlsxwriter. Figures are numbers, so that a spreadsheet can
// go on with them; a share is written as the percentage that it is. The library writes to a file
// only, so a temporary one is read back.
#include "reports/work_report.hpp"

#include "ledger/assert.hpp"

#include <xlsxwriter.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>
#include <utility>

namespace reports {

namespace {

/// A file that goes with the object.
class TemporaryFile {
  public:
    TemporaryFile()
    {
        path_ = (std::filesystem::temp_directory_path() / "daifu-report.XXXXXX").string();
        int const descriptor = mkstemp(path_.data());
        if (descriptor < 0) throw std::runtime_error{"no temporary file for the report"};
        close(descriptor);
    }
    ~TemporaryFile()
    {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    TemporaryFile(TemporaryFile const&) = delete;
    TemporaryFile& operator=(TemporaryFile const&) = delete;
    std::string const& path() const { return path_; }
    std::string bytes() const
    {
        std::ifstream in{path_, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }

  private:
    std::string path_;
};

struct Formats {
    lxw_format* title = nullptr;
    lxw_format* heading = nullptr;
    lxw_format* section = nullptr; ///< the name of the figures that follow
    lxw_format* text = nullptr;
    lxw_format* wrapped = nullptr;
    lxw_format* money = nullptr;
    lxw_format* count = nullptr;
    lxw_format* percent = nullptr;
};

lxw_format* bordered(lxw_workbook* book)
{
    lxw_format* format = workbook_add_format(book);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    return format;
}

Formats formats_of(lxw_workbook* book)
{
    Formats formats;
    formats.title = workbook_add_format(book);
    format_set_bold(formats.title);
    format_set_font_size(formats.title, 16);
    formats.heading = bordered(book);
    format_set_bold(formats.heading);
    format_set_bg_color(formats.heading, 0xE6F0EC);
    formats.section = workbook_add_format(book);
    format_set_bold(formats.section);
    formats.text = bordered(book);
    formats.wrapped = bordered(book);
    format_set_text_wrap(formats.wrapped);
    formats.money = bordered(book);
    format_set_num_format(formats.money, "#,##0.00");
    formats.count = bordered(book);
    format_set_num_format(formats.count, "#,##0");
    formats.percent = bordered(book);
    format_set_num_format(formats.percent, "0.00");
    return formats;
}

lxw_format* format_for(Formats const& formats, ledger::CountingUnit unit)
{
    switch (unit) {
    case ledger::CountingUnit::fen: return formats.money;
    case ledger::CountingUnit::parts_per_million: return formats.percent;
    case ledger::CountingUnit::borrower:
    case ledger::CountingUnit::household:
    case ledger::CountingUnit::loan:
    case ledger::CountingUnit::number:
    case ledger::CountingUnit::person: return formats.count;
    }
    LEDGER_ASSERT(!"a unit that is not in the list");
}

void text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string const& what,
          lxw_format* format)
{
    worksheet_write_string(sheet, row, column, what.c_str(), format);
}

/// Nothing where nothing is said.
void number(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, std::string const& what,
            lxw_format* format)
{
    if (what.empty()) {
        worksheet_write_blank(sheet, row, column, format);
    } else {
        worksheet_write_number(sheet, row, column, std::strtod(what.c_str(), nullptr), format);
    }
}

void write(lxw_worksheet* sheet, Formats const& formats, WorkReport const& report)
{
    text(sheet, 0, 0, title_of(report), formats.title);
    text(sheet, 1, 0, preface_of(report), nullptr);
    static constexpr char const* headings[] = {"指标", "Indicator", "单位",     "口径", "数值",
                                               "目标", "完成率%",   "上年同项", "增减", "定义"};
    for (lxw_col_t column = 0; column < std::size(headings); ++column) {
        text(sheet, 3, column, headings[column], formats.heading);
    }
    lxw_row_t row = 4;
    ledger::Report section{};
    for (WorkReportLine const& line : report.lines) {
        ledger::Indicator const& each = *line.indicator;
        if (std::exchange(section, each.report) != each.report) {
            text(sheet, row, 0, std::string{ledger::chinese_of(section)}, formats.section);
            text(sheet, row++, 1, std::string{ledger::english_of(section)}, formats.section);
        }
        text(sheet, row, 0, std::string{each.chinese}, formats.text);
        text(sheet, row, 1, std::string{each.english}, formats.text);
        text(sheet, row, 2, std::string{each.chinese_unit}, formats.text);
        text(sheet, row, 3, std::string{chinese_of(timing_of(each))}, formats.text);
        lxw_format* const format = format_for(formats, each.unit);
        number(sheet, row, 4, line.value, format);
        number(sheet, row, 5, line.target, format);
        number(sheet, row, 6, line.share, formats.percent);
        number(sheet, row, 7, line.before, format);
        number(sheet, row, 8, line.change, format);
        text(sheet, row, 9, std::string{each.definition}, formats.wrapped);
        ++row;
    }
    text(sheet, row + 1, 0, "填报人：", nullptr);
    text(sheet, row + 1, 4, "审核人：", nullptr);
    text(sheet, row + 1, 7, "日期：　　年　　月　　日", nullptr);
}

void lay_out(lxw_worksheet* sheet)
{
    worksheet_set_column(sheet, 0, 0, 28, nullptr);
    worksheet_set_column(sheet, 1, 1, 36, nullptr);
    worksheet_set_column(sheet, 2, 2, 6, nullptr);
    worksheet_set_column(sheet, 3, 3, 6, nullptr);
    worksheet_set_column(sheet, 4, 4, 18, nullptr);
    worksheet_set_column(sheet, 5, 6, 10, nullptr);
    worksheet_set_column(sheet, 7, 8, 18, nullptr);
    worksheet_set_column(sheet, 9, 9, 60, nullptr);
    worksheet_freeze_panes(sheet, 4, 1);
    worksheet_repeat_rows(sheet, 3, 3);
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9); // A4
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页");
}

} // namespace

std::string xlsx_of(WorkReport const& report)
{
    TemporaryFile const file;
    lxw_workbook* const book = workbook_new(file.path().c_str());
    if (book == nullptr) throw std::runtime_error{"the report cannot be begun"};
    lxw_worksheet* const sheet = workbook_add_worksheet(book, "述职表");
    write(sheet, formats_of(book), report);
    lay_out(sheet);
    lxw_error const error = workbook_close(book);
    if (error != LXW_NO_ERROR) throw std::runtime_error{lxw_strerror(error)};
    return file.bytes();
}

} // namespace reports
