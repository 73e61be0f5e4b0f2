# ruff: noqa: C408  (cells read better as dict(column=text))
"""Tiny submissions for examples of rules: a good line of each form, of which an example changes what it is about."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace

import duckdb

from etl.forms.contract import Column, load_forms
from etl.judge.basis import Basis
from etl.judge.compare import beside
from etl.model import ColumnData, Cover, Finding, Heading, Lines, Reading, Submission, Total, column_letter
from etl.normalise.headers import HeaderIndex, read_header
from etl.site.decision import Decisions
from etl.site.load import Slot, Unit
from etl.validate.rulebook import load_parameters, load_rulebook
from etl.validate.rules import CONTEXT, Examination, examine
from etl.validate.stage import fill_staged

EXPECTATIONS = Path(__file__).parents[2] / "expectations"
FORMS = load_forms(EXPECTATIONS)
RULEBOOK = load_rulebook(EXPECTATIONS)
ABSENT = object()          # the sheet has no such column
PERIOD = {"performance_self_evaluation": "2023", "annual_target": "2024"}

GOOD = {
    "key_project_monthly": dict(
        project_code="2411-130202-89-01-637015", project_name="东湖水厂扩建工程", builder_name="东湖水务有限公司",
        builder_uscc="91350100M000100Y43", responsible_unit="县住建局", township="白石镇", level="县重点", category="城建",
        construction_nature="新建", total_investment="6000", annual_plan="3000", completed_month="100",
        completed_ytd="300", completed_since_start="900", completion_rate_reported="10", planned_start_date="2023-05",
        actual_start_date="2023-06-01", planned_finish_date="2025-12", actual_finish_date=None, started="是", stage="在建",
        progress_text="主体工程施工，完成15%"),
    "investment_monthly": dict(
        project_code="2509-140602-89-05-864976", project_name="饲料产业化基地项目", investor_name="长风实业有限公司",
        investor_uscc="91350100M000100Y43", investor_origin="重庆市", industry="绿色食品", introducing_unit="白石镇",
        split_ratio=None, is_continuing="新引进", stage="开工", follow_up_tier="50%以上", signed_date="2023-05-10",
        registered_date="2023-06-01", actual_start_date="2023-09-01", production_date=None, contracted_amount="15000",
        fixed_asset_amount="9000", arrived_month="120", arrived_ytd="500", arrived_since_signing="2500",
        arrived_ytd_out_of_province="300", arrived_ytd_foreign_usd="0", arrived_recognised="400", evidence_type="发票",
        evidence_no="JZ0001", land_area_mu="35", note=None),
    "performance_self_evaluation": dict(
        programme_name="农村公路养护费", competent_department="县财政局", implementing_unit="白石镇",
        budget_initial="400", budget_adjusted="420", budget_executed="399", execution_rate_reported="95",
        execution_weight="10", execution_score="9.5", indicator_level1="产出", indicator_level2="数量指标",
        indicator_level3="道路养护里程", comparator="≥", target_value="142公里", indicator_unit="公里", actual_value="148公里",
        weight="90", self_score="90", deviation_reason=None, budget_initial_fiscal="380", budget_initial_other="20",
        budget_adjusted_fiscal="400", budget_adjusted_other="20", budget_executed_fiscal="380",
        budget_executed_other="19", target_number="142", actual_number="148"),
    "annual_target": dict(
        department="白石镇", indicator="固定资产投资", year="2024", target_value="4.6", target_unit="亿元", stretch_value="5.1",
        issued_date="2024-01-18", document_no="云发改〔2024〕5号", supersedes=None),
    "budget_execution_monthly": dict(
        unit_name="县招商局", function_code="2230105", fund_nature="一般公共预算", budget_item="公用经费", budget_initial="800.25",
        budget_change="0", budget_adjusted="800.25", spent_month="40", spent_ytd="160.05", execution_rate_reported="20",
        note=None),
    "approval_case": dict(
        project_code="2411-130202-89-01-637015", project_name="龙泉大桥重建工程", matter="环评", approving_unit="县住建局",
        accepted_date="2024-03-04", promised_days="5", excluded_days=None, decided_date="2024-03-08",
        document_no="云环评〔2024〕8号", overdue_reason=None),
    "rectification": dict(
        problem_no="WT-202401-001", source="审计", problem_text="消防站运行经费资料缺失", amount="30.5", responsible_unit="县财政局",
        measure="县财政局6月底前补齐资料", due_date="2024-06", status="推进中", evidence=None, closed_date=None, rebound="否"),
}

SITE = SimpleNamespace(
    units=[Unit(u, n, k, True, a) for u, n, k, a in [
        ("czj", "县财政局", "bureau", ("财政局",)), ("zjj", "县住建局", "bureau", ("住建局",)), ("zsj", "县招商局", "bureau", ()),
        ("t01", "白石镇", "town", ("白石",)), ("t02", "清河镇", "town", ("清河",))]],
    roster=[Slot("t01", f, PERIOD.get(f, "2024-03"), date(2024, 4, 7)) for f in GOOD]
    + [Slot("t01", "budget_execution_monthly", "2024-02", date(2024, 3, 5))],
    settings={"county": "云岭县", "as_of": "2024-04-15 20:00:00"},
    fx_rates=(SimpleNamespace(month="2024-03", rate=Decimal("7.1"), date=date(2024, 3, 29), source="中国外汇交易中心"),),
    holidays=[SimpleNamespace(day=date(2024, 1, 1), kind="holiday"), SimpleNamespace(day=date(2024, 2, 4), kind="working"),
              SimpleNamespace(day=date(2024, 2, 12), kind="holiday")],
    names={"t01": "白石镇"},
    decisions=Decisions(),
)
SIGNED = dict(preparer="张某", reviewer="李某", head="王某", filled_date="2024-04-01")


def sheet(*changes: dict, unit="t01", period=None, received="2024-04-05 09:00:00", nil=False, totals=(), findings=(), layout="", **cover):
    """What an example is staged from: each dict of `changes` is a good line with some cells changed.

    `layout` names the headers of its table from left to right: in brackets one without data under it, 等次=项目级别 one
    that was taught.
    """
    return SimpleNamespace(changes=changes, unit=unit, period=period, received=received, nil=nil, totals=totals,
                           findings=findings, layout=layout, cover=SIGNED | cover)


def reading(form_name: str, s, number: int = 1) -> Reading:
    """The Reading that a perfect reader would give of a sheet; lines stand from row 5 on."""
    form = FORMS[form_name]
    period = s.period or PERIOD.get(form_name, "2024-03")
    lines = [GOOD[form_name] | change for change in s.changes]
    columns = {c.name: _column(c, i, lines) for i, c in enumerate(form.columns)
               if not any(line.get(c.name) is ABSENT for line in lines)}
    submission = Submission(
        f"{number:016x}-{form_name}-{period}", f"{form.name}{number}.xlsx", f"{number:064x}", "Sheet1", s.unit, form_name, period,
        datetime.fromisoformat(s.received), number, Cover(nil_declared=s.nil, **s.cover), layout=_layout(form, s.layout))
    rows = Lines([5 + i for i in range(len(lines))], columns) if lines else None
    totals = tuple(Total("总分", 30, "self_score", "N30", t, Decimal(t), Decimal(t), Decimal(t)) for t in s.totals)
    return Reading(submission, rows, totals, tuple(s.findings))


def judged(form_name: str, *sheets, rules=None, night: bool = False, others=(), settings=(), lang: str = "zh") -> Examination:
    """Stage the sheets of one form, oldest first, and run all rules on them by themselves, or those whose codes are given.

    At `night` they are compared too, with one another and with `others`: sheets of other forms, as (form, sheet).
    `settings` are a site's own numbers.
    """
    con = duckdb.connect(config={"threads": 1})
    rulebook = {code: rule for code, rule in RULEBOOK.items() if rules is None or code in rules}
    readings = [reading(form_name, s, n) for n, s in enumerate(sheets, start=1)]
    if not night:
        fill_staged(con, readings, {form_name: FORMS[form_name]}, SITE)
        return examine(con, {form_name: FORMS[form_name]}, rulebook, parameters(settings), lang=lang)
    readings += [reading(name, s, n) for n, (name, s) in enumerate(others, start=len(sheets) + 1)]
    basis = Basis(SITE, FORMS if rules is None else {name: FORMS[name] for name in sorted({form_name, *(name for name, _ in others)})}, rulebook,
                  parameters(settings))
    return Examination(beside(con, readings, basis, date(2024, 4, 15), over=CONTEXT, lang=lang)[0], {})


@lru_cache(maxsize=8)
def parameters(settings=()):
    return load_parameters(EXPECTATIONS, SITE.settings | dict(settings))


def finding(rule: str, column: str, row: int = 5, form: str = "key_project_monthly", value: str | None = None) -> Finding:
    """A finding of the reader at a cell of the builder's sheets."""
    index = [c.name for c in FORMS[form].columns].index(column)
    return Finding(rule, "Sheet1", row, column, f"{column_letter(index)}{row}", value)


def _layout(form, headers: str) -> tuple[Heading, ...]:
    index = HeaderIndex(form)
    written = [(text.strip("()").partition("="), not text.startswith("(")) for text in headers.split()]
    return tuple(Heading(column_letter(c), header, read_header(header).key, index.find(taught or header), counted)
                 for c, ((header, _, taught), counted) in enumerate(written))


def _column(column: Column, index: int, lines: list[dict]) -> ColumnData:
    raw = [line.get(column.name) for line in lines]
    rows = range(5, 5 + len(lines)) if column.block == "table" else [3] * len(lines)
    cells = [f"{column_letter(index)}{row}" for row in rows]
    if column.type == "date":
        parsed = [_date(text) for text in raw]
        return ColumnData(raw, [p[1] for p in parsed], cells, [p[0] for p in parsed], [p[1] for p in parsed], [p[2] for p in parsed])
    if column.type == "year":
        return ColumnData(raw, [int(text) if text else None for text in raw], cells)
    if column.numeric:
        value = [_decimal(text) for text in raw]
        half = [_half(v, column) for v in value]
        return ColumnData(raw, value, cells, [v if v is None else v - h for v, h in zip(value, half)],
                          [v if v is None else v + h for v, h in zip(value, half)])
    return ColumnData(raw, raw, cells)


def _decimal(text):
    """The number in a text, None where there is none: '3天' is 3, '待定' nothing."""
    digits = "".join(ch for ch in text or "" if ch in "0123456789.-")
    return Decimal(digits) if digits.strip("-.") else None


def _half(value, column: Column) -> Decimal:
    if value is None or column.unit in ("工作日", "亩"):
        return Decimal(0)
    return max(Decimal("0.005"), Decimal(5).scaleb(value.as_tuple().exponent - 1))


def _date(text):
    if not text or not text[:4].isdigit():
        return None, None, None
    if len(text) == 7:
        first = date.fromisoformat(text + "-01")
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), "month"
    return date.fromisoformat(text), date.fromisoformat(text), "day"
