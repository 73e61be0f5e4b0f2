"""What readers would see less of than in the version before, slot by slot, and what none of tonight's files explains.

A slot is a form, a period and a unit. It may publish fewer lines or smaller sums where its submission was replaced or taken
back, and where its lines are held back and told of in quarantine. All else has no reason: a warehouse that lost something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from etl.forms.contract import Form
from etl.publish.export import DATABASE
from etl.texts.catalogue import Text
from etl.transform.build import Mart

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Slot = tuple[str, str, str]  # form, period, unit
NAMED = 12  # slots that are told one by one


@dataclass(frozen=True, slots=True)
class Fewer:
    """A slot that publishes less than it did, without a reason."""

    slot: Slot
    was: int  # lines
    now: int
    column: str = ""  # whose sum fell where no line did
    was_sum: Decimal = Decimal(0)
    now_sum: Decimal = Decimal(0)

    @property
    def text(self) -> Text:
        form, period, unit = self.slot
        if self.column:
            was, now = f"{self.was_sum:f}", f"{self.now_sum:f}"
            return Text("use.fewer_sum", form=form, period=period, unit=unit, column=self.column, was=was, now=now)
        return Text("use.fewer_lines", form=form, period=period, unit=unit, was=self.was, now=self.now)


def fewer(before: Path, build: Path, landed: Path, forms: Mapping[str, Form], marts: Sequence[Mart], files: Collection[str]) -> list[Fewer]:
    """The slots of the version in the folder `before` that the database `build` has less of, beyond what explains it.

    `files` are the SHA-256 of what was read tonight. The slots of those that are new to readers are theirs to change; bytes that
    were read before, read again by the same rules, explain nothing. Raises duckdb.Error where the version before cannot be read.
    """
    import duckdb

    con = duckdb.connect()
    try:
        for alias, path in (("was", before / DATABASE), ("built", build), ("house", landed)):
            con.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {alias} (READ_ONLY)")
        con.execute("CREATE TEMP TABLE tonight AS SELECT unnest(?::VARCHAR[]) AS file_sha256", [sorted(files)])
        con.execute("""
            CREATE TEMP TABLE theirs AS
            SELECT form, period, unit FROM house.landed.submission
            WHERE withdrawal IS NOT NULL OR file_sha256 IN (FROM tonight)
              AND file_sha256 NOT IN (SELECT file_sha256 FROM was.main.fct_submission_version WHERE readable)""")
        there = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'was'").fetchall()}
        of_forms = [(forms[m.form], m) for m in marts if m.form is not None and m.form in forms and m.name in there]
        return [one for form, mart in of_forms for one in _of_form(con, form, mart)]
    finally:
        con.close()


def told_fewer(found: Sequence[Fewer]) -> list[Text]:
    """The first of them in sentences, the gravest first, and how many more there are."""
    told = sorted(found, key=lambda one: (one.now - one.was, one.slot))
    more = [Text("use.fewer_more", count=len(told) - NAMED)] if len(told) > NAMED else []
    return [one.text for one in told[:NAMED]] + more


def _of_form(con: DuckDBPyConnection, form: Form, mart: Mart) -> Iterator[Fewer]:
    had = {
        name
        for (name,) in con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = 'was' AND table_name = ?", [mart.name]
        ).fetchall()
    }
    figures = [c.name for c in form.columns if c.numeric and c.type != "year" and c.name in mart.columns and c.name in had]
    sums = "".join(f", coalesce(sum({name}), 0) AS {name}" for name in figures)
    both = "".join(f", was.{name}, coalesce(now.{name}, 0)" for name in figures)
    rows = con.execute(
        f"""
        WITH was AS (SELECT period, unit, count(*) AS lines{sums} FROM was.main.{mart.name} GROUP BY ALL),
        now AS (SELECT period, unit, count(*) AS lines{sums} FROM built.marts.{mart.name} GROUP BY ALL),
        held AS (SELECT period, unit, count(*) AS lines FROM built.marts.fct_quarantined_line WHERE form = $form GROUP BY ALL),
        held_then AS (SELECT period, unit, count(*) AS lines FROM was.main.fct_quarantined_line WHERE form = $form GROUP BY ALL)
        SELECT was.period, was.unit, was.lines, coalesce(now.lines, 0),
               coalesce(held.lines, 0) - coalesce(held_then.lines, 0){both}
        FROM was LEFT JOIN now USING (period, unit) LEFT JOIN held USING (period, unit) LEFT JOIN held_then USING (period, unit)
        WHERE NOT EXISTS (FROM theirs WHERE form = $form AND (theirs.period, theirs.unit) = (was.period, was.unit))
        ORDER BY 1, 2""",
        {"form": form.form},
    ).fetchall()
    for period, unit, was, now, held, *values in rows:
        slot = form.form, period, unit
        if was - now > max(held, 0):
            yield Fewer(slot, was, now)
        elif was == now:
            for name, (sum_was, sum_now) in zip(figures, zip(values[::2], values[1::2], strict=True), strict=True):
                if sum_now < sum_was:
                    yield Fewer(slot, was, now, name, sum_was, sum_now)
