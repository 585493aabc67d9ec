"""Column widths of long and wide tables, worked out from their text so that paper needs no trial layout."""

import math

from lxml import etree

LONGEST_WORD = 14
SAMPLE = 200


def fix_columns(body: etree._Element) -> None:
    """Give the tables of wide and register exhibits a ``colgroup`` whose classes w1 to w100 are percentages."""
    for table in body.iter("table"):
        parent = table.getparent()
        kinds = set() if parent is None else set((parent.get("class") or "").split())
        if not kinds & {"wide", "register"} or table.find("colgroup") is not None or _has_spans(table):
            continue
        widths = column_percentages(
            [[_text(cell) for cell in row] for row in list(table.iter("tr"))[:SAMPLE]]
        )
        group = etree.Element("colgroup")
        for width in widths:
            etree.SubElement(group, "col", {"class": f"w{width}"})
        caption = table.find("caption")
        table.insert(0 if caption is None else 1, group)


def column_percentages(rows: list[list[str]]) -> list[int]:
    """Whole percentages that add to 100: room for the longest word, then for the square root of the text.

    >>> column_percentages([["a", "b"], ["1", "2"]])
    [50, 50]
    """
    columns = max((len(row) for row in rows), default=0)
    weights = []
    for place in range(columns):
        texts = [row[place] for row in rows if place < len(row)]
        word = max((len(part) for text in texts for part in text.replace("-", "- ").split()), default=1)
        mean = sum(len(text) for text in texts) / len(texts)
        weights.append(max(1.1 * min(word, LONGEST_WORD) + 2, 2.6 * math.sqrt(mean)))
    shares = [max(1, math.floor(100 * weight / sum(weights))) for weight in weights]
    if shares:
        shares[shares.index(max(shares))] += 100 - sum(shares)
    return shares


def _has_spans(table: etree._Element) -> bool:
    return any(cell.get("colspan") or cell.get("rowspan") for cell in table.iter("th", "td"))


def _text(cell: etree._Element) -> str:
    return " ".join("".join(str(part) for part in cell.itertext()).split())
