#!/bin/sh
# openpyxl 3.1.5: a workbook saved as Strict Open XML, one of Excel's own formats, also called .xlsx.
#
# Expected: its sheets, or an error that says that the format is not supported.
# Seen: a workbook without sheets and without an error; a warning speaks of something else. python-calamine 0.9.1 reads the
# same file.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet openpyxl==3.1.5 python-calamine==0.9.1
"$folder/env/bin/python" -W ignore - "$folder" <<'PYTHON'
import sys
import zipfile

import openpyxl
import python_calamine

# A strict file has the namespaces of ISO 29500; everything else in this small workbook is the same in both.
NAMESPACES = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
}
usual, strict = f"{sys.argv[1]}/usual.xlsx", f"{sys.argv[1]}/strict.xlsx"
workbook = openpyxl.Workbook()
workbook.active.append(["month", "value"])
workbook.save(usual)
with zipfile.ZipFile(usual) as source, zipfile.ZipFile(strict, "w") as target:
    for name in source.namelist():
        data = source.read(name)
        for transitional, iso in NAMESPACES.items():
            data = data.replace(transitional, iso)
        target.writestr(name, data)
seen = openpyxl.load_workbook(strict).sheetnames, python_calamine.CalamineWorkbook.from_path(strict).sheet_names
print("openpyxl:", seen[0], "; calamine:", seen[1])
sys.exit(seen != ([], ["Sheet"]))
PYTHON
