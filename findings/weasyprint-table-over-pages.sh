#!/bin/sh
# WeasyPrint 70.0, PDF/UA-1: a table that continues on the next page.
#
# Expected: one Table in the structure tree, and the table head that is repeated on each page marked as an artifact, so
# that a screen reader reads one table.
# Seen: one Table element for each page, each with a head of its own that is read as content again. Validators of
# PDF/UA-1 accept it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet weasyprint==70.0 pydyf==0.13.0 pikepdf==10.17.0
"$folder/env/bin/python" - "$folder/table.pdf" <<'PYTHON'
import sys

import pikepdf
from weasyprint import HTML

ROWS = 120
rows = "".join(f"<tr><th scope=row>Ward {number}</th><td>{number}</td></tr>" for number in range(ROWS))
head = "<thead><tr><th scope=col>Ward</th><th scope=col>Visits</th></tr></thead>"
page = f"<html lang=en><title>Visits</title><h1>Visits</h1><table>{head}<tbody>{rows}</tbody></table></html>"
HTML(string=page).write_pdf(sys.argv[1], pdf_variant="pdf/ua-1")


def count_roles(element, roles):
    if isinstance(element, pikepdf.Array):
        for child in element:
            count_roles(child, roles)
    elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
        roles[str(element.S)] = roles.get(str(element.S), 0) + 1
        if "/K" in element:
            count_roles(element.K, roles)


with pikepdf.open(sys.argv[1]) as pdf:
    pages, roles = len(pdf.pages), {}
    count_roles(pdf.Root.StructTreeRoot.K, roles)
print(f"{pages} pages, {roles['/Table']} Table elements, {roles['/TH'] - ROWS} column heads for 2 columns")
sys.exit(not (pages > 1 and roles["/Table"] == pages and roles["/TH"] - ROWS == 2 * pages))
PYTHON
