"""Make the "MPR Sans" faces in templates/fonts/ from Source Sans 3 (SIL Open Font License).

Run it by hand when a glyph is missing: `python tools/make_fonts.py FOLDER`, where FOLDER is the unpacked npm package
@expo-google-fonts/source-sans-3. The licence reserves the name "Source" for unchanged fonts, so a subset needs another
name. The family's bold is the semibold of Source Sans 3; the design uses two weights.
"""

import pathlib
import shutil
import sys

from fontTools import subset
from fontTools.ttLib import TTFont

from mpr.load.glyphs import GLYPHS

FAMILY = "MPR Sans"
FACES = {
    "Regular": ("400Regular/SourceSans3_400Regular.ttf", 400),
    "Italic": ("400Regular_Italic/SourceSans3_400Regular_Italic.ttf", 400),
    "Bold": ("600SemiBold/SourceSans3_600SemiBold.ttf", 700),
}
RECORD_KEYS = ("nameID", "platformID", "platEncID", "langID")
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "pnum", "onum", "sups"]


def make_fonts(package: pathlib.Path, fonts: pathlib.Path) -> None:
    """Write each face into `fonts` as TTF, for charts and PDF, and as WOFF2, for the HTML."""
    characters = [ord(letter) for letter in GLYPHS]
    for style, (source, weight) in FACES.items():
        font = TTFont(package / source)
        options = subset.Options(layout_features=FEATURES, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], hinting=False)
        options.drop_tables += ["STAT"]
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        for record in list(font["name"].names):
            new = {1: FAMILY, 2: style, 3: f"{FAMILY} {style}", 4: f"{FAMILY} {style}", 6: f"MPRSans-{style}"}
            if record.nameID in new:
                font["name"].setName(new[record.nameID], *(getattr(record, key) for key in RECORD_KEYS))
        font["OS/2"].usWeightClass = weight
        font["OS/2"].fsSelection = {"Regular": 0x40, "Italic": 0x01, "Bold": 0x20}[style] | 0x80
        font["head"].macStyle = {"Regular": 0, "Italic": 2, "Bold": 1}[style]
        font["head"].modified = font["head"].created
        font.recalcTimestamp = False
        font.save(fonts / f"MPRSans-{style}.ttf")
        font.flavor = "woff2"
        font.save(fonts / f"MPRSans-{style}.woff2")
    shutil.copy(package / "LICENSE_FONT", fonts / "OFL.txt")


if __name__ == "__main__":
    make_fonts(pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent.parent / "templates" / "fonts")
