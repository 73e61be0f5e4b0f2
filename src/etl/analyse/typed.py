"""The answer of a query as a pandas table whose columns keep what they are: exact decimals, days, whole numbers with blanks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from pandas import DataFrame, Series

# DuckDB's type -> pandas'. Money stays decimal.Decimal in a column of objects: float64 would round it, and Arrow's decimals need
# pyarrow, a hundred megabytes that nothing else here asks for. Whole numbers and truth values are those that may be blank.
DTYPES = {
    "DECIMAL": "object",
    "VARCHAR": "str",
    "DATE": "datetime64[s]",
    "TIMESTAMP": "datetime64[us]",
    "BOOLEAN": "boolean",
    "INTEGER": "Int64",
    "BIGINT": "Int64",
}


def typed(con: DuckDBPyConnection, sql: str, values: Sequence[object] = (), exact: bool = True) -> DataFrame:
    """The rows of a query; without `exact` decimals become float64, for charts and for statistics that need no last digit."""
    from pandas import DataFrame

    found = con.execute(sql, list(values))
    names, kinds = zip(*((name, str(kind).partition("(")[0]) for name, kind, *_ in found.description), strict=True)
    columns = list(zip(*found.fetchall(), strict=True)) or [()] * len(names)
    return DataFrame({name: column(cells, kind, exact) for name, kind, cells in zip(names, kinds, columns, strict=True)})


def column(cells: Sequence[object], kind: str = "VARCHAR", exact: bool = True) -> Series:
    """One column of a DuckDB type; blanks are what pandas has for them in that type."""
    from pandas import Series

    dtype = "float64" if kind == "DECIMAL" and not exact else DTYPES.get(kind, "object")
    return Series(list(cells), dtype=dtype)
