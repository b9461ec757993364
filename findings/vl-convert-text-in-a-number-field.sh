#!/bin/sh
# vl-convert-python 1.9.0.post1 (Vega-Lite 6.4): text from a spreadsheet in a quantitative field.
#
# Expected: a value that is no number is either refused or left out.
# Seen: an empty text is drawn as 0, "1,544" is left out, and null is a gap. Nothing is said about any of them, so a month
# without a figure becomes a fall to nothing.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet vl-convert-python==1.9.0.post1
"$folder/env/bin/python" <<'PYTHON'
import re
import sys

import vl_convert


def draw_points(value):
    """Return the heights at which points are drawn on a scale of 0 to 100 that is 100 pixels high."""
    specification = {
        "height": 100,
        "data": {"values": [{"month": "April", "value": 100}, {"month": "May", "value": value}]},
        "mark": {"type": "point", "aria": False},
        "encoding": {
            "x": {"field": "month", "type": "ordinal"},
            "y": {"field": "value", "type": "quantitative", "scale": {"domain": [0, 100]}},
        },
    }
    svg = vl_convert.vegalite_to_svg(specification)
    return [100 - float(y) for y in re.findall(r'<path[^>]*transform="translate\([\d.]+,([\d.]+)\)"[^>]*stroke="#4c78a8"', svg)]


seen = {repr(value): draw_points(value) for value in (50, "", "1,544", None)}
print(seen)
sys.exit(seen != {"50": [100, 50], "''": [100, 0], "'1,544'": [100], "None": [100]})
PYTHON
