#!/bin/sh
# vl-convert-python 1.9.0.post1: the same chart drawn twice in one process.
#
# Expected: the same specification gives the same SVG.
# Seen: ids of clip paths are numbered through the whole process, so the second SVG differs from the first; two processes
# that draw the same charts in another order give other files.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet vl-convert-python==1.9.0.post1
"$folder/env/bin/python" <<'PYTHON'
import re
import sys

import vl_convert

SPECIFICATION = {
    "data": {"values": [{"month": 1, "value": 5}, {"month": 2, "value": 7}]},
    "mark": {"type": "line", "clip": True},
    "encoding": {"x": {"field": "month", "type": "quantitative"}, "y": {"field": "value", "type": "quantitative"}},
}
first, second = (vl_convert.vegalite_to_svg(SPECIFICATION) for _ in range(2))
print("the same bytes:", first == second, "; ids:", *(sorted(set(re.findall(r'id="(clip\d+)"', svg))) for svg in (first, second)))
sys.exit(first == second or re.sub(r"clip\d+", "clip", first) != re.sub(r"clip\d+", "clip", second))
PYTHON
