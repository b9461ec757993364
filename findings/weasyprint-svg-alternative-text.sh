#!/bin/sh
# WeasyPrint 70.0, PDF/UA-1: the alternative text of an inline SVG.
#
# Expected: a chart that is named with aria-label or aria-labelledby, as a browser reads it, has that name as the Alt of its
# Figure.
# Seen: Alt comes from a title inside the svg element alone. With the two attributes the Figure has no alternative text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet weasyprint==70.0 pydyf==0.13.0 pikepdf==10.17.0
"$folder/env/bin/python" - "$folder/chart.pdf" <<'PYTHON'
import sys

import pikepdf
from weasyprint import HTML

RECT = '<rect width="20" height="20"/>'
SVGS = {
    "title": f'<svg role="img" width="20" height="20"><title>A chart</title>{RECT}</svg>',
    "aria-labelledby": f'<b id="name">A chart</b><svg role="img" width="20" height="20" aria-labelledby="name">{RECT}</svg>',
    "aria-label": f'<svg role="img" width="20" height="20" aria-label="A chart">{RECT}</svg>',
}


def find_alternatives(element):
    if isinstance(element, pikepdf.Array):
        return [found for child in element for found in find_alternatives(child)]
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return []
    own = [str(element.get("/Alt", ""))] if element.S == "/Figure" else []
    return own + (find_alternatives(element.K) if "/K" in element else [])


seen = {}
for name, svg in SVGS.items():
    page = f"<html lang=en><title>Chart</title><h1>Chart</h1><p>{svg}</p></html>"
    HTML(string=page).write_pdf(sys.argv[1], pdf_variant="pdf/ua-1")
    with pikepdf.open(sys.argv[1]) as pdf:
        seen[name] = find_alternatives(pdf.Root.StructTreeRoot.K)
print(seen)
sys.exit(seen != {"title": ["A chart"], "aria-labelledby": [""], "aria-label": [""]})
PYTHON
