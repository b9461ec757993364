"""The characters in the report's typeface: no other character can be printed.

`tools/make_fonts.py` reduces the fonts in templates/fonts/ to these, and a test checks that the fonts have them.
"""

RANGES = (
    (0x20, 0x7E),  # Basic Latin
    (0xA0, 0x17F),  # Latin-1 and Latin Extended-A, with the pound sign and most Welsh letters
    (0x218, 0x21B),
    (0x1E80, 0x1E85),
    (0x2010, 0x2015),  # hyphens and dashes
    (0x2018, 0x201E),
    (0x2020, 0x2022),  # quotation marks, daggers, bullet
    (0x2030, 0x2030),
    (0x2070, 0x2070),
    (0x2074, 0x2079),
    (0x2080, 0x2089),  # subscripts, as in CO₂
)
SIGNS = "…‹›′″€№™←↑→↓−≈≠≤≥▲▼●■◆○□✓✔✗✘"
GLYPHS = frozenset(chr(point) for low, high in RANGES for point in range(low, high + 1)) | frozenset(SIGNS)
