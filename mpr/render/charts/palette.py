"""The colours and sizes that all charts share.

Colours are opaque literals, so that a stylesheet can replace each of them (`svg [fill="#3D3D3D"]` in `dark.css`).
Pixels are those of a chart's viewBox: the page scales the whole chart to its column.
"""

CHART_WIDTH = 548  # pixels: the column on the printed page, 145 mm; a sparkline is narrower
FONT_FAMILY, FONT_SIZE, LINE_HEIGHT = "MPR Sans", 12.5, 15.0  # sizes in pixels

INK, GREY = "#3D3D3D", "#595959"  # words; contrast on white 10.9 and 7 to 1
NAVY, ORANGE, RUST = "#12436D", "#F46A25", "#A63E0A"  # the value; the target; words about the target, for contrast
GRID, BOUNDARY, BAND, PAPER = "#D9D9D9", "#8C8C8C", "#FBE3D5", "#FFFFFF"  # behind the value; the lightest last

PLUM = "#801650"  # benchmarks
LINE_COLOURS = {"benchmark": PLUM, "earlier": GREY, "target": ORANGE, "current": NAVY}  # by the role of a line
LABEL_COLOURS = {"benchmark": PLUM, "earlier": GREY, "target": RUST, "current": NAVY}  # the words that name such a line
