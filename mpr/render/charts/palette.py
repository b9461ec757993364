"""What the charts share: their colours and their sizes in pixels.

Colours are opaque literals, so that a stylesheet can remap each of them (`svg [fill="#3D3D3D"]` in `dark.css`).
A picture's pixels are those of its viewBox: the page scales the whole picture to its column.
"""

CHART_WIDTH = 548  # of every picture but a spark: its column on the printed page (145 mm) in pixels
FONT_FAMILY, FONT_SIZE, LINE_HEIGHT = "MPR Sans", 12.5, 15.0  # the face, the height of its letters, from line to line

INK, GREY = "#3D3D3D", "#595959"  # words; contrast on white 10.9 and 7
NAVY, ORANGE, RUST = "#12436D", "#F46A25", "#A63E0A"  # the value; the target; words in orange's stead, for contrast
GRID, BOUNDARY, BAND, PAPER = "#D9D9D9", "#8C8C8C", "#FBE3D5", "#FFFFFF"  # behind the value, lightest last

PLUM = "#801650"  # others' figures
LINE_COLOURS = {"benchmark": PLUM, "earlier": GREY, "target": ORANGE, "current": NAVY}  # by the role of a line
LABEL_COLOURS = {"benchmark": PLUM, "earlier": GREY, "target": RUST, "current": NAVY}  # the words that name such a line
