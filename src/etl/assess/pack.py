"""The content of the audit pack: what an assessor must know of the data before judging by them, sheet by sheet.

cadence.md section 5. Everything is read from one published version.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from etl.texts.catalogue import Say, as_modelled, speaker
from etl.validate.sentences import in_language

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BETWEEN_REASONS = "；"  # as fct_ranking writes them


@dataclass(frozen=True, slots=True)
class CellLink:
    """An address inside a received file, shown as text and linked to the copy in the pack."""

    file: str
    sheet: str | None = None
    cell: str | None = None  # in words where only the row is known
    row: int | None = None  # then the row

    def __str__(self) -> str:
        return " ".join(part for part in (Path(self.file).name, self.sheet and f"“{self.sheet}”", self.cell) if part)


@dataclass(frozen=True, slots=True)
class Judged:
    """A figure with the verdict that colours it."""

    text: str
    verdict: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class PackSheet:
    """One table of the pack; `note` says in a sentence how to read it."""

    title: str
    note: str
    columns: tuple[tuple[str, int], ...]  # header, width in characters
    rows: Sequence[tuple]


@dataclass
class Pack:
    """All of it."""

    period: str
    units: tuple[str, ...]  # names; none: the whole county
    headline: list[tuple[str, str]]
    say: Say
    county: str = ""
    sheets: list[PackSheet] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # path inside the inbox -> SHA-256


class Source:
    """A published version with the names that people use for its codes."""

    def __init__(self, con: DuckDBPyConnection, period: str, units: Sequence[str], lang: str = "zh") -> None:
        self.con, self.period, self.chosen, self.lang, self.say = con, period, tuple(units), lang, speaker(lang)
        self.groups = dict(con.execute("SELECT unit_group, max(group_name) FROM dim_scheme_group GROUP BY unit_group").fetchall())
        self.units = dict(con.execute("SELECT unit, unit_name FROM dim_unit WHERE unit <> '*'").fetchall())
        self.schemes = dict(con.execute("SELECT scheme, max(scheme_name) FROM dim_scheme GROUP BY scheme").fetchall())
        self.nodes = {
            (scheme, node): name
            for scheme, node, name in con.execute("SELECT scheme, node, max(node_name) FROM dim_scheme_node GROUP BY ALL").fetchall()
        }
        english = "_en" if lang == "en" else ""
        self.forms = dict(con.execute(f"SELECT form, form_name{english} FROM dim_form").fetchall())
        self.rules = {
            rule: (name, dimension)
            for rule, name, dimension in con.execute(f"SELECT rule, rule_name{english}, coalesce(dimension, '') FROM dim_rule").fetchall()
        }
        everybody: list[str | None] = [*self.units, "*", None]
        con.execute("CREATE OR REPLACE TEMP TABLE chosen AS SELECT unnest(?::VARCHAR[]) AS unit", [list(units) or everybody])

    def ask(self, sql: str) -> list[tuple]:
        """Rows of a query; {mine} keeps to the chosen units, {period} is the period as text."""
        mine = "(unit IN (FROM chosen) OR unit IS NULL AND (FROM (SELECT count(*) FROM chosen WHERE unit IS NULL)) > 0)"
        return self.con.execute(sql.replace("{mine}", mine).replace("{period}", f"'{self.period}'")).fetchall()

    def unit(self, code: str | None) -> str:
        return self.say("pack.county") if code == "*" else self.units.get(code, code or "")

    def form(self, name: str | None) -> str:
        return self.say("pack.all_forms") if name == "*" else self.forms.get(name, name or "")

    def at(self, file: str | None, sheet: str | None, cell: str | None, row: int | None = None) -> CellLink | str:
        """An address in a received file; '' where there is none."""
        if not file:
            return ""
        return (
            CellLink(file, sheet or None, self.say("pack.row", row=row), row)
            if row and not cell
            else CellLink(file, sheet or None, cell or None)
        )

    def key(self, text: str | None) -> str:
        """What a finding without a cell is about, its codes in words: a place in a scheme, or a unit's form."""
        parts = (text or "").split("|")
        if len(parts) == 4 and parts[0] in self.schemes:
            scheme, version, group, node = parts
            named = f"{node} {self.nodes.get((scheme, node), '')}".strip()
            return self.say("pack.scheme_place", scheme=self.schemes[scheme], version=version, group=self.group(group), node=named)
        return self.say.list([self.units.get(part) or self.forms.get(part, part) for part in parts])

    def word(self, subject: str, code: str | None) -> str:
        """What people read for a code of the marts; the code itself where there is no word for it."""
        return self.say.word(subject, code or "")

    def expected(self, text: str | None, rule: str) -> str:
        """What a rule expected, in the language of the pack; '' where nothing was worked out."""
        return in_language(text, rule, self.lang) if text and self.lang != "zh" else text or ""

    def sheet(self, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[tuple], **values: object) -> PackSheet:
        """A sheet with its title, its note (`values` fill it in) and the headings of its columns in words."""
        heads = tuple((self.say.word("pack", head), width) for head, width in columns)
        return PackSheet(self.say(f"pack.{name}"), self.say(f"pack.{name}_note", **values), heads, rows)

    def group(self, name: str) -> str:
        return self.groups.get(name, name)

    def rule(self, code: str) -> str:
        return f"{code} {self.rules.get(code, ('', ''))[0]}".strip()


def reasons(text: str | None, say: Say) -> str:
    """A ranking's reasons such as “A1 missing；A2 not_fit；B1 not_fit” for people: 未报或未通过：A1；数据不可用：A2、B1."""
    nodes: dict[str, list[str]] = {}
    for part in (text or "").split(BETWEEN_REASONS):
        node, _, reason = part.rpartition(" ")
        if reason:
            nodes.setdefault(say.word("unscored", reason), []).append(node)
    return say("pack.semicolon").join(
        say("pack.reason_of", reason=reason, nodes=found) if any(found) else reason for reason, found in nodes.items()
    )


def between(low: object, high: object, say: Say) -> str:
    """80.18～83.18; one of them where both are the same, nothing where one is not known."""
    if low in (None, "") or high in (None, ""):
        return ""
    return str(low) if low == high else say("pack.between", low=low, high=high)


def by_scheme(told: Sequence[tuple[str, str]], say: Say) -> str:
    """What a finding does to a unit's score, said of each scheme where there are several."""
    if len(told) == 1:
        return as_modelled(told[0][1], say.lang)
    return say("pack.semicolon").join(say("pack.reason_of", reason=scheme, nodes=as_modelled(words, say.lang)) for scheme, words in told)
