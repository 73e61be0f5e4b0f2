"""The lower half of every explanation: lines, submissions, slots and cells as statements."""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.explain.node import Statement, as_written
from etl.explain.published import Published, Row
from etl.explain.worked import column_in_words, worked
from etl.texts.catalogue import LANGUAGES, Say, as_modelled, texts

ISSUE_SHOWN = (
    "issue_no",
    "rule",
    "severity",
    "level",
    "unit",
    "form",
    "period",
    "counts",
    "submission_id",
    "line_id",
    "file",
    "sheet",
    "row_no",
    "cell",
    "column_name",
    "value_sent",
    "expected",
    "difference",
    "sentence",
)
# Subjects whose keys stand in the data; before them `code`, which knows what a code means in a column of that name.
CODES = ("verdict", "severity", "state", "scoring", "unscored", "fitness", "order", "ground", "explain")
KEYS = re.compile(r"[a-z][a-z0-9_]+")
LISTED = ("column_name", "columns", "numerator_columns", "denominator_columns", "business_key")  # where columns of a form may stand
UNNAMED = ("_id", "_sha256", "supersedes")  # what the warehouse calls things by: names nothing to a reader
ADDRESS = ("quality_status", "line_id", "submission_id", "file", "sheet", "row_no", "cells")


def coded(column: str, text: str, say: Say) -> str:
    """A value of a column in words where it is a code of ours; any other text as it is."""
    if (own := f"{column}_{text}") in texts("code"):
        return say(f"code.{own}")
    return next((say.word(subject, text) for subject in CODES if text in texts(subject)), text)


def in_its_unit(value: object, uom: object, say: Say) -> str:
    """A figure with its unit of measurement; where one is a quotient each part is said."""
    return f"{as_written(value)} {'/'.join(say.word('uom', part) for part in str(uom).split('/'))}"


class Teller:
    """Statements about what was sent, in one language."""

    def __init__(self, published: Published, say: Say) -> None:
        self.data, self.say = published, say

    def unit(self, code: str | None) -> str:
        return self.data.units.get(code or "", code) or "?"

    def form(self, code: object) -> str:
        if code == "*":
            return self.say("explain.every_form")
        return self.data.forms[code][LANGUAGES.index(self.say.lang)] if code in self.data.forms else str(code or "?")

    def row(self, row: Row, most: int = 6) -> str:
        """A row named by its first filled columns in words: units and forms by their names, codes as people say them."""
        named = {name.removesuffix("_name") for name in row if name.endswith("_name")} - {"node"}  # a node's code is what people call it by
        # The name of a measure says both; of a text in both languages one is shown.
        named |= {"indicator", "basis"} if "measure" in row else set()
        named |= {name if self.say.lang == "zh" else name.removesuffix("_en") for name in row if name.endswith("_en")}
        shown = [
            self.said(name, value, row)
            for name, value in row.items()
            if value not in (None, "") and not name.endswith(UNNAMED) and not named & {name, name.removesuffix("_key")}
        ]
        whose = [self.said("unit", row["unit"], row)] if row.get("unit") and "unit" not in named else []  # wherever it stands in the row
        return " ".join(dict.fromkeys([*shown[:most], *whose]))

    def said(self, column: str, value: object, row: Row) -> str:
        """What stands in a column of a row, in words."""
        if column in ("form", "needs_form"):
            return self.form(value)
        if column == "unit" and value == "*":
            return self.say("explain.county")
        if column in LISTED:
            value = KEYS.sub(lambda found: self.column(row.get("form"), found.group()), str(value))
        if "|" in str(value):  # a key of several parts
            return " ".join(self.said("", part, row) for part in str(value).split("|") if part)
        if column == "scheme":
            return self.data.schemes.get(str(value), str(value))
        if column == "measure" and (measure := self.data.measures.get((str(row.get("form")), str(value)))):
            return str(measure["measure_name" if self.say.lang == "zh" else "measure_name_en"])
        if isinstance(value, str) and value in self.data.units:
            return self.unit(value)
        return coded(column, as_modelled(as_written(value), self.say.lang), self.say)

    def column(self, form: object, name: str) -> str:
        """A column of a form in words, as the mart of its lines describes it."""
        return column_in_words(name, self.data.columns_of(str(form)), self.say.lang)

    def cell(self, line: Row, column: str, fact: Row | None = None) -> Statement | None:
        """One cell with what stood in it; a cell that was blank is shown as blank."""
        address = line["cells"].get(column)
        if address is None:
            return None
        place = f"{line['sheet']}!{address}" if line["sheet"] else address
        facts: dict[str, object] = {"column": column, "sent": line["sent"].get(column)}
        if fact is not None and column in fact:
            facts["understood"] = fact[column]
        return Statement("cell", place, facts)

    def line(self, line_id: str, columns: Iterable[str] = (), *, adds: Row | None = None) -> Statement:
        """A line with its submission, its issues and the cells of `columns`; all its cells where none are named."""
        line = self.data.line(line_id)
        if line is None:
            return Statement("line", line_id)
        found = self.data.fact(line_id)
        mart, fact = found or (None, None)
        chosen = [c for c in columns if c in line["cells"]] or list(line["cells"])
        cells = tuple(filter(None, (self.cell(line, column, fact) for column in chosen)))
        children = (*self.issues(line["submission_id"], line_id), self.submission(line["submission_id"], cells))
        name = next(
            (
                str(line["sent"][c])
                for c in ("project_name", "programme_name", "budget_item", "problem_no", "indicator")
                if line["sent"].get(c)
            ),
            line["business_key"] or line_id,
        )
        facts: dict[str, object] = {
            "line_id": line_id,
            "mart": mart,
            "status": self.say.word("explain", line["disposition"]),
            **(adds or {}),
        }
        return Statement("fact" if mart else "line", self.say("explain.name_row", name=name, row=line["row_no"]), facts, children)

    def submission(self, submission_id: str, children: tuple[Statement, ...] | None = None) -> Statement:
        """A submission with its version, verdict and file; by itself it leads to its issues and lines."""
        of = self.data.submission(submission_id)
        if of is None:
            return self.lost(submission_id)
        if children is None:
            children = self._inside(of)
        facts = {
            "verdict": of["verdict"],
            "counts": of["counts"],
            "received": of["received_at"],
            "file": of["file"],
            "sheet": of["sheet"] or None,
            "sha256": of["file_sha256"],
        }
        title = f"{self.unit(of['unit'])} {self.form(of['form'])} {of['period'] or '?'} {self.say('explain.version', n=of['version'])}"
        return Statement("submission", title, facts, children)

    def _inside(self, of: Row) -> tuple[Statement, ...]:
        lines = []
        for line in filter(None, map(self.data.line, self.data.lines_of(of["submission_id"]))):
            cells = tuple(filter(None, (self.cell(line, column) for column in line["sent"])))[:1]
            facts: dict[str, object] = {"line_id": line["line_id"], "status": self.say.word("explain", line["disposition"])}
            lines.append(Statement("line", f"{self.say('explain.row')} {line['row_no']}", facts, cells))
        if not lines:
            end = "nil" if of["nil_return"] else "file"
            lines = [Statement(end, of["file"], {"sheet": of["sheet"] or None, "sha256": of["file_sha256"]})]
        return (*self.issues(of["submission_id"], None), *lines)

    def lost(self, submission_id: str) -> Statement:
        """What is said about a form that never came: `missing:unit:form:period`."""
        parts = submission_id.split(":")
        if parts[0] == "missing" and len(parts) == 4:
            return self.slot(*parts[1:])
        return Statement("file", submission_id)

    def slot(self, unit: str, form: str, period: str) -> Statement:
        """A slot of the roster: what was owed until when, and what came."""
        found = self.data.slots.get((unit, form, period))
        title = f"{self.unit(unit)} {self.form(form)} {period}"
        if not found:
            return Statement("group", title)
        slot = found[0]
        facts = {"deadline": slot["deadline"], "status": slot["status"], "received": slot["first_received_at"]}
        children = (self.submission(slot["submission_id"]),) if slot["submission_id"] else ()
        return Statement("slot", title, facts, children)

    def slots_like(self, unit: object, period: object, form: object) -> list[Statement]:
        """Every slot of a unit, period and form, each of which may be open (blank or `*`)."""
        wanted = (unit, form, period)
        return [
            self.slot(*key)
            for key in sorted(key for key in self.data.slots if all(key))
            if all(value in (None, "", "*", part) for value, part in zip(wanted, key, strict=True))
        ]

    def nothing_owed(self, unit: object, period: object, form: object) -> Statement:
        """The end of what rests on nothing because nothing was asked for."""
        return Statement("register", self.say("explain.nothing_owed", what=self.row({"unit": unit, "form": form, "period": period})))

    def issues(self, submission_id: str, line_id: str | None) -> tuple[Statement, ...]:
        return tuple(self.issue(row) for row in self.data.issues.get((submission_id, line_id), ()))

    def issue(self, row: Row, children: tuple[Statement, ...] = ()) -> Statement:
        """A rule that fired; whatever people have said to it stands with it."""
        facts = {"cell": row["cell"], "sent": row["value_sent"], "sentence": row["sentence"]}
        facts |= {key: value for key, value in row.items() if key not in ISSUE_SHOWN and value not in (None, "", False)}
        if row.get("business_key"):
            facts["business_key"] = self.said("business_key", row["business_key"], row)
        return Statement("issue", f"{row['rule']} {self.say('severity.' + row['severity'])}", facts, children)

    def computed(self, mart: str, row: Row) -> tuple[Statement, ...]:
        """How the columns that no clerk filled were worked out."""
        said = self.data.marts[mart]
        texts = (worked(name, said, row, self.say.lang) for name in said if name not in ADDRESS)
        return tuple(Statement("formula", text) for text in texts if text)
