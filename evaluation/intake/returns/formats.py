"""Number formats of workbooks: the built-in ones, which of them show dates, and serial numbers as ISO days."""

import re
from datetime import datetime, timedelta
from functools import cache

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
}
"""ECMA-376 part 1, 18.8.30; 14 and 22 follow the reader's language there and are written here as Romania shows them."""


@cache
def is_date_format(code: str) -> bool:
    """True when a number format shows a day or a time; literals, colours and currencies do not count.

    >>> is_date_format("dd/mm/yyyy"), is_date_format('#,##0 "lei"'), is_date_format("[$-418]d mmmm yyyy")
    (True, False, True)
    """
    if code == "General":
        return False
    bare = re.sub(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]|general", "", code.lower())
    return bool(re.search(r"[dmyhs]", bare.split(";")[0]))


def serial_to_iso(number: float, *, early: bool) -> str:
    """The ISO day (with time, if any) of a workbook's serial number; empty where there is none.

    Serial 60 is the 29 February 1900 that never was, so earlier numbers lie one day later. ``early``: days count from
    1904. Seconds are rounded.

    >>> serial_to_iso(45731, early=False), serial_to_iso(45731.5, early=False)
    ('2025-03-15', '2025-03-15T12:00:00')
    """
    if not 0 <= number < 2_958_466:
        return ""
    zero = datetime(1904, 1, 1) if early else datetime(1899, 12, 31 if number < 60 else 30)
    try:
        moment = zero + timedelta(days=int(number), seconds=round((number - int(number)) * 86_400))
    except OverflowError:
        return ""
    if number < 1:
        return moment.time().isoformat()
    return moment.date().isoformat() if moment.time().isoformat() == "00:00:00" else moment.isoformat()
