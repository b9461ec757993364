"""The table of formats, in the order in which their files are listed. To add a format, add its module and an entry."""

from mpr.render.formats.interface import ReportFormat

FORMATS = {
    report_format.name: report_format
    for report_format in (
        ReportFormat("html", "mpr.render.formats.html_export"),
        ReportFormat("pdf", "mpr.render.formats.pdf_export"),
        ReportFormat("xlsx", "mpr.render.formats.xlsx_export", link_text="Spreadsheet (XLSX)"),
        ReportFormat("csv", "mpr.render.formats.csv_export", link_text="CSV"),
        ReportFormat("json", "mpr.render.formats.json_export", link_text="JSON"),
    )
}
