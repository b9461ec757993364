#!/bin/sh
# vl-convert-python 1.9.0.post1 (Vega-Lite 6.4): dates without a time on a temporal axis.
#
# Expected: a value of "2018-05-01" stands at May 2018.
# Seen: the date is read as midnight in Greenwich and labelled in the time of the machine, so that west of Greenwich the
# same file labels it Apr. The unit utcyearmonth avoids it.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet vl-convert-python==1.9.0.post1
cat >"$folder/draw.py" <<'PYTHON'
import re

import vl_convert


def draw_label(unit):
    encoding = {"x": {"field": "month", "timeUnit": unit, "type": "ordinal", "axis": {"format": "%b"}}}
    specification = {"data": {"values": [{"month": "2018-05-01"}]}, "mark": "point", "encoding": encoding}
    return re.findall(r">(Apr|May|Jun)<", vl_convert.vegalite_to_svg(specification))


print(draw_label("yearmonth"), draw_label("utcyearmonth"))
PYTHON
east=$(TZ=Europe/London "$folder/env/bin/python" "$folder/draw.py")
west=$(TZ=America/New_York "$folder/env/bin/python" "$folder/draw.py")
echo "London: $east; New York: $west"
test "$east; $west" = "['May'] ['May']; ['Apr'] ['May']"
