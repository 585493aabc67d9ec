"""Makes the bundled fonts: Latin, Greek and the signs of statistics out of the full Noto families.

Run: ``python -m evaluation.reporting.page.subset_fonts FOLDER`` with the folder that holds the TrueType files of
Debian's package fonts-noto-core. Equal input gives equal bytes. The families are named Kit Sans and Kit Serif inside
the files: under the name Noto a copy on the reader's machine, with other glyph numbers, would be taken for them.
"""

import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from fontTools import merge, subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
FACES = ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic")
SERIF_FACES = ("NotoSerif-Regular", "NotoSerif-Bold", "NotoSerif-Italic")
LETTERS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x192, 0x192), (0x1CD, 0x1DC), (0x218, 0x21B), (0x237, 0x237), (0x2C6, 0x2DD),
    (0x300, 0x30C), (0x326, 0x328), (0x391, 0x3C9), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x2000, 0x200A),
    (0x2010, 0x2027), (0x202F, 0x203A), (0x2044, 0x2044), (0x2070, 0x2094), (0x20AC, 0x20AC), (0x2116, 0x2116),
    (0x2122, 0x2122), (0x2150, 0x215E),
)  # fmt: skip
SIGNS = {
    "NotoSansMath-Regular": (0x2102, 0x2115, 0x211A, 0x211D, 0x2124, 0x2190, 0x2191, 0x2192, 0x2193, 0x2194, 0x21D2,
                             0x21D4, 0x2200, 0x2203, 0x2205, 0x2206, 0x2208, 0x2209, 0x220F, 0x2211, 0x2212, 0x2216,
                             0x221A, 0x221D, 0x221E, 0x2227, 0x2228, 0x2229, 0x222A, 0x223C, 0x2243, 0x2245, 0x2248,
                             0x225F, 0x2260, 0x2261, 0x2264, 0x2265, 0x226A, 0x226B, 0x2282, 0x2286, 0x230A, 0x230B,
                             0x2308, 0x2309),
    "NotoSansSymbols2-Regular": (0x25A0, 0x25A1, 0x25B2, 0x25B3, 0x25BC, 0x25CB, 0x25CF, 0x2713, 0x2717),
}  # fmt: skip
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum", "sups", "subs"]


def main(source: Path) -> None:
    """Write every face as .woff2 (page and PDF), the sans also as .ttf (figures), into ``fonts/``."""
    FONTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        signs = [_signs(source, name, points, Path(scratch)) for name, points in SIGNS.items()]
        for face in FACES + SERIF_FACES:
            letters = Path(scratch) / f"{face}.ttf"
            _subset(
                source / f"{face}.ttf",
                [p for low, high in LETTERS for p in range(low, high + 1)],
                FEATURES,
                letters,
            )
            _join([letters, *signs], face)


def _signs(source: Path, name: str, points: tuple[int, ...], scratch: Path) -> Path:
    """The few signs that the text families lack, without layout tables, so that they merge."""
    target = scratch / f"{name}.ttf"
    _subset(source / f"{name}.ttf", list(points), [], target)
    return target


def _subset(source: Path, points: list[int], features: list[str], target: Path) -> None:
    options = subset.Options(
        layout_features=features, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        drop_tables=["MATH", "meta", "DSIG", "GDEF"] if not features else ["DSIG", "meta"], recalc_timestamp=False,
    )  # fmt: skip
    font = TTFont(source, recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=points)
    worker.subset(font)
    font.save(target)


def _join(parts: list[Path], face: str) -> None:
    """One font of the letters and the signs; line heights and dates are those of the letters."""
    letters = TTFont(parts[0])
    font = merge.Merger().merge([str(part) for part in parts])
    for table in ("hhea", "OS/2", "head"):
        for field in ("ascent", "descent", "lineGap", "sTypoAscender", "sTypoDescender", "sTypoLineGap", "usWinAscent",
                      "usWinDescent", "usWeightClass", "fsSelection", "macStyle", "created", "modified"):  # fmt: skip
            if hasattr(letters[table], field):
                setattr(font[table], field, getattr(letters[table], field))
    font["name"] = _named(letters["name"])
    font.recalcTimestamp = False
    if face in FACES:
        font.save(FONTS / f"{face}.ttf")
    font.flavor = "woff2"
    font.save(FONTS / f"{face}.woff2")


def _named(table: Any) -> Any:
    """The names of the file under the kit's own family; the licence texts stay."""
    for record in table.names:
        if record.nameID in (1, 3, 4, 6, 16, 21, 25):
            text = re.sub(
                r"Noto ?(Sans|Serif)", lambda hit: hit[0].replace("Noto", "Kit"), record.toUnicode()
            )
            record.string = text
    return table


if __name__ == "__main__":
    main(Path(sys.argv[1]))
