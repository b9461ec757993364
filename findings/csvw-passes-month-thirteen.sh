#!/bin/sh
# csvw 4.1.1, csvwvalidate: a CSV file checked against its CSV on the Web metadata.
#
# Expected: a gYearMonth of 2018-13 is refused, and so is a column heading that the metadata do not have.
# Seen: both pass. Columns are compared by their place only, and any text passes as a gYearMonth.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet csvw==4.1.1
cat >"$folder/values.csv-metadata.json" <<'JSON'
{"@context": "http://www.w3.org/ns/csvw", "url": "values.csv", "tableSchema": {"columns": [
  {"titles": "month", "name": "month", "datatype": "gYearMonth"}, {"titles": "value", "name": "value", "datatype": "decimal"}]}}
JSON
check() {
    printf '%s\n' "$1" "$2" >"$folder/values.csv"
    if "$folder/env/bin/csvwvalidate" "$folder/values.csv-metadata.json" >/dev/null 2>&1; then echo passes; else echo refused; fi
}
sound=$(check month,value 2018-05,83.0)
thirteen=$(check month,value 2018-13,83.0)
heading=$(check month,wrong 2018-05,83.0)
number=$(check month,value 2018-05,eighty)
echo "sound: $sound; month 13: $thirteen; unknown heading: $heading; a word for a decimal: $number"
test "$sound $thirteen $heading $number" = "passes passes passes refused"
