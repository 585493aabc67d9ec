"""The house style of a picture: size, letters, palette that also works in grey, and the same bytes every time."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

import matplotlib
import numpy as np
import seaborn
from matplotlib import font_manager
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.transforms import Bbox
from PIL import Image

FONTS = Path(__file__).resolve().parent.parent / "page" / "fonts"
WIDTH = 16.0
DPI = 200
COLOURS = 128
TEXT, SMALL = 8.5, 7.5
LINE = 0.40
NAVY, INK, GREY, RULE, PALE = "#12305a", "#1c2127", "#4a525c", "#c9d0d9", "#eef1f5"
# Okabe-Ito in an order whose neighbours also differ in grey; never alone: a marker, line style or hatch goes with it.
PALETTE = ("#0072b2", "#e69f00", "#12305a", "#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#f0e442")
MARKERS = ("s", "^", "D", "v", "P", "X", "<", ">")
DASHES = ("-", (0, (5, 2)), (0, (1, 1.4)), (0, (7, 2, 1, 2)), (0, (3, 1, 1, 1, 1, 1)))
HATCHES = ("", "////", "", "....", "\\\\\\\\", "xxxx", "----", "++++")

CM = 1 / 2.54
_BAND = 0.75


@contextmanager
def house_style() -> Iterator[None]:
    """The style for the time of one picture; what the reader's machine has set plays no part."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(seaborn.axes_style("ticks"))
        matplotlib.rcParams.update(
            {
                "font.family": list(_families()),
                "font.size": TEXT,
                "text.color": INK,
                "text.parse_math": False,
                "axes.edgecolor": GREY,
                "axes.labelcolor": GREY,
                "axes.linewidth": 0.7,
                "xtick.color": GREY,
                "ytick.color": GREY,
                "xtick.labelcolor": INK,
                "ytick.labelcolor": INK,
                "xtick.major.size": 3,
                "ytick.major.size": 0,
                "hatch.linewidth": 0.6,
                "hatch.color": "white",
                "axes.unicode_minus": True,
            }
        )
        yield


def png_bytes(figure: Figure, *, band: str = "") -> bytes:
    """The picture as PNG: 200 dots per inch, 128 colours, no clock and no program name inside.

    The words of ``band`` stand in a strip of their own above the picture, so that they cover nothing.
    """
    stream = BytesIO()
    box = _add_band(figure, band) if band else None
    figure.savefig(stream, format="png", dpi=DPI, bbox_inches=box, pil_kwargs={"compress_level": 0})
    picture = Image.open(stream).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small = BytesIO()
    picture.save(small, format="PNG", compress_level=6, dpi=(DPI, DPI))
    return small.getvalue()


def _add_band(figure: Figure, words: str) -> Bbox:
    """A hatched strip with words over the picture, and the box of both in inches."""
    width, height = figure.get_size_inches()
    whole = Rectangle(
        (0.004, 1.004), 0.992, (_BAND - 0.1) * CM / height, facecolor="white", edgecolor=INK, linewidth=1.6
    )
    whole.set(transform=figure.transFigure, hatch="////", hatchcolor=RULE)
    figure.add_artist(whole)
    figure.text(
        0.5,
        1 + _BAND / 2 * CM / height,
        words,
        ha="center",
        va="center_baseline",
        size=10,
        weight="bold",
        bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
    )
    return Bbox.from_extents(0.0, 0.0, width, height + _BAND * CM)


@lru_cache(maxsize=20_000)
def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """Width of a line of text in cm."""
    weight = "bold" if bold else "normal"
    letters = FontProperties(family=list(_families()), size=size, weight=weight)
    width, _, _ = _measure().get_text_width_height_descent(text, letters, ismath=False)
    return float(width) / DPI / CM


def wrap(text: str, width: float, *, size: float) -> list[str]:
    """The words in lines no wider than ``width`` cm; one longer word keeps a line of its own."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size=size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def label_column(labels: list[str]) -> tuple[list[list[str]], float]:
    """The lines of each row's label and their size: wider and smaller where there are many rows."""
    width, size = (6.0, TEXT) if len(labels) <= 10 else (7.4, SMALL)
    return [wrap(label, width, size=size) for label in labels], size


def line_height(size: float) -> float:
    """Height in cm of one line of a label."""
    return size * 0.0425


def is_dark(colour: str | tuple[float, ...]) -> bool:
    """White letters read better than black ones on this colour (WCAG relative luminance)."""
    parts = matplotlib.colors.to_rgb(colour)
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] < 0.18


def shades() -> ListedColormap:
    """cividis from light to dark, its light end paler, so that large surfaces stay calm on paper."""
    steps = np.linspace(0.0, 1.0, 256)
    colours = matplotlib.colormaps["cividis_r"](steps)[:, :3]
    white = 0.6 * (1 - steps)[:, None]
    return ListedColormap(colours * (1 - white) + white)


def hatch_colour(colour: str | tuple[float, ...]) -> str:
    """Hatching that shows on this colour."""
    return "white" if is_dark(colour) else INK


@cache
def _measure() -> RendererAgg:
    return RendererAgg(10, 10, DPI)


@cache
def _families() -> tuple[str, ...]:
    """Kit Sans (Noto Sans) from the kit's own files, before any of the machine's; DejaVu Sans where they are missing."""
    files = sorted(FONTS.glob("NotoSans-*.ttf"))
    manager = font_manager.fontManager
    for file in files:
        manager.addfont(file)
        manager.ttflist.insert(0, manager.ttflist.pop())
    return ("Kit Sans", "DejaVu Sans") if files else ("DejaVu Sans",)
