"""The audit gate: every line received is published, quarantined or superseded, once, and the sums agree.

Published and quarantined are counted in the marts themselves, received and superseded in what was landed, so that
a line lost or doubled anywhere between shows. Sums are exact decimals. One unbalanced figure stops the night.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.transform.build import Mart

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class AuditFailure(Exception):
    """The warehouse built tonight must not be published; the text names the numbers that do not agree."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True)
class Balance:
    """One figure of the reconciliation: lines of a form, lines of a file, or the sum of a column."""

    form: str
    what: str  # 'lines', or the canonical column whose sum it is
    file: str  # path inside the inbox; '' for all files together
    received: Decimal
    published: Decimal
    quarantined: Decimal
    superseded: Decimal

    @property
    def balanced(self) -> bool:
        return self.received == self.published + self.quarantined + self.superseded

    def __str__(self) -> str:
        place = f" in {self.file}" if self.file else ""
        return (
            f"{self.form} {self.what}{place}: received {self.received:f} <> published {self.published:f}"
            f" + quarantined {self.quarantined:f} + superseded {self.superseded:f}"
        )


def reconcile_warehouse(
    landed: Path, build: Path, forms: Mapping[str, Form], marts: Sequence[Mart], *, staged: Path | None = None
) -> tuple[Balance, ...]:
    """Compare what was landed with what was built; answer all balances, sorted.

    With `staged`, tonight's staged lines are compared with the landed ones as well.
    Raises AuditFailure naming every figure that does not agree, and every mart that is empty without reason.
    """
    import duckdb

    con = duckdb.connect()
    try:
        for alias, path in (("house", landed), ("built", build), ("tonight", staged)):
            if path is not None:
                con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {alias} (READ_ONLY)")
        of_form = {mart.form: mart for mart in marts if mart.form}
        reasons = _empty(con, marts) + _unread(con, forms)
        balances: list[Balance] = []
        for name, form in sorted(forms.items()):
            if name not in of_form:
                reasons.append(f"{name}: no mart holds its lines")
                continue
            balances += _balances(con, form, of_form[name])
            if staged is not None:
                reasons += _unlanded(con, form)
        reasons += [str(balance) for balance in balances if not balance.balanced]
        if reasons:
            raise AuditFailure(reasons)
        return tuple(sorted(balances, key=lambda b: (b.form, b.file, b.what)))
    finally:
        con.close()


def _figures(form: Form, columns: Sequence[str]) -> list[str]:
    return [c.name for c in form.columns if c.numeric and c.type != "year" and c.name in columns]


def _balances(con: DuckDBPyConnection, form: Form, mart: Mart) -> list[Balance]:
    """Lines by file, and sums of every figure of the form that the mart carries."""
    figures = _figures(form, list(mart.columns))
    sums = "".join(f", coalesce(sum({name}), 0) AS {name}" for name in figures)
    landed = f"""
        SELECT line.*, s.file, CASE
            WHEN s.counts THEN 'counts' WHEN s.verdict = 'rejected' THEN 'rejected'
            WHEN s.unit IS NULL OR s.form IS NULL OR s.period IS NULL THEN 'rejected' ELSE 'superseded' END AS standing
        FROM house.landed.{form.form} AS line JOIN house.landed.submission AS s USING (submission_id)
    """
    parts = {
        "received": f"SELECT file, count(*) AS lines{sums} FROM ({landed}) GROUP BY file",
        "published": f"SELECT file, count(*) AS lines{sums} FROM built.marts.{mart.name} GROUP BY file",
        "quarantined": f"""
            SELECT held.file, count(*) AS lines{sums} FROM built.marts.fct_quarantined_line AS held
            JOIN house.landed.{form.form} AS line USING (line_id)
            WHERE held.form = '{form.form}' GROUP BY held.file""",
        "superseded": f"""
            SELECT file, count(*) AS lines{sums} FROM ({landed}) WHERE standing = 'superseded' GROUP BY file""",
    }
    by_part = {part: {row[0]: row[1:] for row in con.execute(sql).fetchall()} for part, sql in parts.items()}
    nothing = (0,) * (1 + len(figures))
    files = sorted(set().union(*by_part.values()))

    def figure(part: str, place: int, names: Sequence[str]) -> Decimal:
        return sum((Decimal(by_part[part].get(name, nothing)[place]) for name in names), Decimal(0))

    wanted = [("lines", file, 0, [file]) for file in files]
    wanted += [(what, "", place, files) for place, what in enumerate(["lines", *figures])]
    return [Balance(form.form, what, file, *(figure(part, place, names) for part in parts)) for what, file, place, names in wanted]


def _empty(con: DuckDBPyConnection, marts: Sequence[Mart]) -> list[str]:
    """A mart without rows although there is something that belongs into it."""
    empty = [m for m in marts if con.execute(f"SELECT count(*) FROM built.marts.{m.name}").fetchall() == [(0,)]]
    [(submissions,)] = con.execute("SELECT count(*) FROM house.landed.submission").fetchall()
    reasons = [f"{m.name} is empty" for m in empty if not m.may_be_empty and not m.form and submissions]
    for mart in empty:
        if mart.form:
            [(counted,)] = con.execute(
                f"SELECT count(*) FROM house.landed.{mart.form} JOIN house.landed.submission AS s USING (submission_id)"
                " WHERE s.counts AND quality_status <> 'quarantined'"
            ).fetchall()
            if counted:
                reasons.append(f"{mart.name} is empty although {counted} lines count")
    return reasons


def _unread(con: DuckDBPyConnection, forms: Mapping[str, Form]) -> list[str]:
    """Submissions whose number of landed lines is not the number that was read."""
    lines = " UNION ALL ".join(f"SELECT submission_id FROM house.landed.{name}" for name in sorted(forms))
    rows = con.execute(f"""
        SELECT s.file, s.form, s.line_count, count(line.submission_id) AS landed
        FROM house.landed.submission AS s LEFT JOIN ({lines}) AS line USING (submission_id)
        GROUP BY s.submission_id, s.file, s.form, s.line_count HAVING s.line_count <> landed ORDER BY ALL
    """).fetchall()
    return [f"{form} lines in {file}: read {read} <> landed {landed}" for file, form, read, landed in rows]


def _unlanded(con: DuckDBPyConnection, form: Form) -> list[str]:
    """Figures of tonight's staged lines that differ from the landed ones."""
    figures = _figures(form, [c.name for c in form.columns])
    sums = ", ".join(["count(*) AS lines", *(f"coalesce(sum({name}), 0) AS {name}" for name in figures)])
    [staged] = con.execute(f"SELECT {sums} FROM tonight.staged.{form.form}").fetchall()
    [landed] = con.execute(
        f"SELECT {sums} FROM house.landed.{form.form} WHERE submission_id IN (SELECT submission_id FROM tonight.staged.submission)"
    ).fetchall()
    return [
        f"{form.form} {what}: staged {here} <> landed {there}"
        for what, here, there in zip(["lines", *figures], staged, landed, strict=True)
        if here != there
    ]
