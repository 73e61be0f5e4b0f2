"""The booklet of a tour (观摩手册): of each key project its facts, stage, progress, what changed since the last tour, and its crux."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from etl.office.word import Block, PaperTable, Paragraph
from etl.pages.shard import Row, rows
from etl.papers.bulletin import ordinal
from etl.papers.source import NOTHING, PaperSource, rounded

FORM = "key_project_monthly"
# The projects as the last month of the period tells them; what changed is told of periods that have one before.
PROJECTS = """
SELECT p.unit, u.unit_name, p.project_key, p.project_name, p.period, p.builder_name, p.township, p.level, p.category,
       p.construction_nature, p.lead_official, p.total_investment, p.annual_plan, p.completed_ytd, p.completed_since_start,
       p.completion_rate, p.schedule_gap_pp, p.stage, p.planned_start_date, p.actual_start_date, p.planned_finish_date,
       p.actual_finish_date, p.progress_text, p.bottleneck_type, p.problem_text, p.quality_status, l.colour, c.change, c.previous_period,
       c.previous_stage, c.completed_since_tour
FROM fct_project_progress p
JOIN dim_unit u USING (unit)
LEFT JOIN fct_light l ON (l.subject, l.subject_key, l.unit, l.period) = ('project', p.project_key, p.unit, p.period)
LEFT JOIN fct_project_change c ON (c.project_key, c.unit, c.period) = (p.project_key, p.unit, ?)
WHERE p.period = ? AND (? IS NULL OR p.unit = ?)
ORDER BY u.kind, p.unit, p.row_no, p.project_key, p.line_id"""
LAST_MONTH = """
SELECT max(period) FROM fct_project_progress
WHERE period_end BETWEEN (SELECT period_start FROM dim_period WHERE period = ?) AND (SELECT period_end FROM dim_period WHERE period = ?)"""
GONE = """
SELECT unit, project_name, previous_stage, previous_completed_since_start, previous_period FROM fct_project_change
WHERE period = ? AND change = 'gone' AND (? IS NULL OR unit = ?) ORDER BY unit, project_name, project_key"""
LACKING = """
SELECT DISTINCT u.unit_name FROM fct_submission s JOIN dim_unit u USING (unit)
WHERE s.form = ? AND s.period = ? AND s.is_owed AND NOT coalesce(s.counts, false) AND (? IS NULL OR s.unit = ?) ORDER BY 1"""


def tour_blocks(source: PaperSource) -> dict[str, list[Block]]:
    """The projects by unit; none where no month of the period has any."""
    [(month,)] = source.con.execute(LAST_MONTH, [source.period, source.period]).fetchall()
    if month is None:
        return {"projects": [], "lacking": []}
    found = rows(source.con, PROJECTS, [source.period, month, source.unit, source.unit])
    lacking = [name for (name,) in source.con.execute(LACKING, [FORM, month, source.unit, source.unit]).fetchall()]
    say = source.say
    told: list[Block] = [Paragraph("body", say("papers.tour_lacking", units=lacking))] if lacking else []
    counted = Paragraph("body", say("papers.tour_counted", projects=len(found), units=len({row["unit"] for row in found})))
    return {"projects": [counted, *_projects(found, source), *_gone(source)] if found else [], "lacking": told}


def _projects(found: list[Row], source: PaperSource) -> Iterator[Block]:
    for number, (name, of_unit) in enumerate(groupby(found, key=lambda row: row["unit_name"]), start=1):
        yield Paragraph("point", source.say("papers.section", number=ordinal(number, source.say), name=name))
        for row in of_unit:
            yield _project(row, source)
            yield Paragraph("remark")


def _project(row: Row, source: PaperSource) -> PaperTable:
    say = source.say
    money = {name: rounded(row[name]) for name in ("total_investment", "annual_plan", "completed_ytd", "completed_since_start")}
    since = "" if row["change"] is None else say(f"code.change_{row['change']}")
    stage = row["stage"] or NOTHING
    if row["previous_stage"] and row["previous_stage"] != row["stage"]:
        stage = say("papers.stage_moved", before=row["previous_stage"], now=stage)
    added = NOTHING if row["completed_since_tour"] is None else rounded(row["completed_since_tour"])
    gap = row["schedule_gap_pp"]
    facts = (
        ("papers.project", row["project_name"], "papers.colour", row["colour"]),
        ("papers.township", row["township"], "papers.lead", row["lead_official"]),
        (
            "papers.builder",
            row["builder_name"],
            "papers.nature",
            say.list([part for part in (row["level"], row["category"], row["construction_nature"]) if part]),
        ),
        ("papers.total_investment", money["total_investment"], "papers.annual_plan", money["annual_plan"]),
        ("papers.completed_ytd", money["completed_ytd"], "papers.completed_since_start", money["completed_since_start"]),
        ("papers.completion_rate", _rate(row["completion_rate"]), "papers.gap", NOTHING if gap is None else rounded(gap)),
        (
            "papers.stage",
            stage,
            "papers.since_tour",
            say("papers.added_since", added=added, change=since) if since else say("papers.no_tour_before"),
        ),
        ("papers.started", _days(row, "start", source), "papers.finished", _days(row, "finish", source)),
        (
            "papers.progress",
            row["progress_text"],
            "papers.bottleneck",
            say("pack.colon").join(filter(None, (row["bottleneck_type"], row["problem_text"]))),
        ),
    )
    made = tuple((say(left), a or NOTHING, say(right), b or NOTHING) for left, a, right, b in facts)
    return PaperTable((26, 52, 26, 52), made, centred=(0, 2), has_head=False, is_whole=True)


def _rate(value: str | None) -> str:
    return NOTHING if value is None else f"{rounded(value)}%"


def _days(row: Row, which: str, source: PaperSource) -> str:
    """When it was to start or finish, and when it did."""
    planned, actual = (source.day(row[f"{kind}_{which}_date"]) for kind in ("planned", "actual"))
    return "\n".join(source.say(f"papers.{kind}_on", day=day) for kind, day in (("planned", planned), ("actual", actual)) if day)


def _gone(source: PaperSource) -> Iterator[Block]:
    """Projects that the tour before saw and that no unit reports any more."""
    say = source.say
    found = rows(source.con, GONE, [source.period, source.unit, source.unit])
    if not found:
        return
    names = dict(source.con.execute("SELECT unit, unit_name FROM dim_unit WHERE unit <> '*'").fetchall())
    yield Paragraph("point", say("papers.gone"))
    heads = tuple(say(f"papers.{head}") for head in ("serial", "unit", "project", "stage_then", "completed_then"))
    made = [
        (str(n), names[row["unit"]], row["project_name"], row["previous_stage"] or NOTHING, rounded(row["previous_completed_since_start"]))
        for n, row in enumerate(found, start=1)
    ]
    yield PaperTable((10, 36, 62, 20, 28), (heads, *made), centred=(0, 3), figures=(4,))
