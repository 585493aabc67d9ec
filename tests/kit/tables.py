"""Small tables typed inside the tests."""

import pandas as pd


def frame(text: str) -> pd.DataFrame:
    """A table from lines with bars; whole columns of numbers become numbers, an empty cell is missing.

    >>> frame('''
    ...     | measure | n |
    ...     | a       | 3 |
    ...     | b       |   |
    ... ''')["n"].tolist()
    [3.0, nan]
    """
    lines = [line.strip().strip("|").split("|") for line in text.strip().splitlines() if line.strip()]
    header, *rows = [[cell.strip() for cell in line] for line in lines]
    table = pd.DataFrame(rows, columns=header).replace({"": None})
    for name in header:
        numbers = pd.to_numeric(table[name], errors="coerce")
        if numbers.notna().any() and (numbers.notna() | table[name].isna()).all():
            table[name] = numbers
    return table
