#!/bin/sh
# XlsxWriter 3.3.1: a table whose headings differ only in case, such as Target and target.
#
# Expected: an exception, as for other mistakes in the options of a table.
# Seen: add_table warns, returns -2 and leaves the table out; the workbook is written without it, so that it is not
# marked up as a table any more.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet xlsxwriter==3.3.1 openpyxl==3.1.5
"$folder/env/bin/python" - "$folder" <<'PYTHON'
import sys
import warnings

import openpyxl
import xlsxwriter

warnings.simplefilter("ignore")


def write_table(headings):
    path = f"{sys.argv[1]}/table.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        code = sheet.add_table(0, 0, 1, 1, {"columns": [{"header": heading} for heading in headings]})
    return code, len(openpyxl.load_workbook(path).active.tables)


seen = write_table(["Target", "Value"]), write_table(["Target", "target"])
print("returned, tables in the file:", *seen)
sys.exit(seen[0] != (0, 1) or seen[1][1] != 0)
PYTHON
