"""Chinese headings of tables and columns, from what their descriptions begin with, for those who read no English names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.texts.catalogue import chinese

LONGEST = 63  # bytes: PostgreSQL cuts a longer name off, and two may become one
PRECISION = "_precision"
_END = re.compile("[：，。；＝]")
_REMARK = re.compile("（[^）]{7,}）")  # （万元） belongs to a heading, a whole remark does not
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def heading_of(description: str, name: str) -> str:
    """What a description begins with; the name itself where that is not Chinese, or too long for a name in a database."""
    short = _END.split(_REMARK.sub("", description))[0].strip()
    return short if _CHINESE.search(short) and len(short.encode()) <= LONGEST else name


def column_headings(descriptions: Mapping[str, str]) -> dict[str, str]:
    """Name of each column of a table -> its heading; no two are alike: the later one keeps its name.

    All precisions of dates are described in the same words: each is called after its date.
    """
    found: dict[str, str] = {}
    for name, description in descriptions.items():
        date = name.removesuffix(PRECISION)
        of_date = date != name and found.get(date, date) != date
        heading = chinese("serve.precision", date=found[date]) if of_date else heading_of(description, name)
        taken = heading in found.values() or (heading in descriptions and heading != name)
        found[name] = name if taken or len(heading.encode()) > LONGEST else heading
    return found
