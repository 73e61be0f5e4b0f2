# ruff: noqa: C408  (cells read better as dict(column=text))
"""What is just allowed and what is just too much: of every number that a rule goes by the line at it and the line beyond it.

All lines of a limit stand in one submission: `found` are those that the rule names, each at the column `at`, `quiet` those
that it leaves alone. A rule that looks at a whole submission (`at` None) has either.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fixtures.submissions import finding
from tests.rules.cases import (
    BUDGET,
    CASE,
    EXANTE,
    FEBRUARY,
    FUNDS,
    INV,
    INV_CODE,
    KP,
    KP_CODE,
    LANDED,
    NODE,
    NOT_BEGUN,
    OTHER,
    RAISED,
    RECT,
    SELF,
    TARGET,
    UNSIGNED,
    many,
    same,
)


@dataclass(frozen=True)
class Limit:
    code: str
    form: str
    at: str | None
    quiet: list = field(default_factory=list)
    found: list = field(default_factory=list)
    before: tuple = ()             # earlier submissions of the form
    others: tuple = ()             # submissions of other forms, as (form, sheet)
    sent: dict = field(default_factory=dict)   # period, unit, time of receipt
    settings: tuple = ()           # a site's own numbers


def each(column, *texts, **more):
    """A line for each text of a column."""
    return [{column: text} | more for text in texts]


def project(name, planned):
    """The only line of a project in its paper on funds."""
    return dict(project_code=None, project_name=name, planned_total=planned)


def some(n, of, **change):
    """Lines of `of` records of which the first n are changed."""
    return [one | change if k < n else one for k, one in enumerate(many(of))]


def twice(**change):
    """Two projects with the same figures but for the year to date."""
    return [dict(completed_ytd="301") | change, OTHER | dict(completed_ytd="302") | change]


OCTOBER_TO_DECEMBER = tuple(same(p) for p in ("2023-10", "2023-11", "2023-12"))
SIGNED_IN_MARCH = dict(signed_date="2024-03-05")
AT_ONCE = dict(signed_date="2024-01-12", actual_start_date="2024-01-19", contracted_amount="10000")
LOWER = dict(target_value="4", document_no="云发改〔2024〕50号", supersedes="云发改[2024]5号")

STARTED = dict(actual_start_date="2024-01-01")
NOTHING_DONE = dict(completed_since_start="0")
PERMIT = dict(matter="施工许可", decided_date="2024-03-31")
THEIR_SHARES = same("2024-03", dict(introducing_unit="清河", split_ratio="30"), dict(introducing_unit="县招商局", split_ratio="10"), unit="t02")
A_YEAR_OF_11 = dict(completed_month="1", completed_ytd="11")
ANOTHER_FIRM = dict(investor_name="西岭建筑集团", investor_uscc="91610999MA6X00008P")
ANOTHER_ENTERPRISE = dict(enterprise_name="西岭饲料有限公司", enterprise_uscc="91610999MA6X00008P")
SETTLED = dict(handling="已办结", closed_date="2024-03-20", result="市林草局批复了12亩")
ENDS = dict(totals=["9"])          # what stands below a whole table, beside the signatures

LIMITS = [
    Limit("F02", SELF, "deviation_reason", each("self_score", "89"), each("self_score", "88")),
    Limit("F02", CASE, "overdue_reason",
          [dict(excluded_days="若干"), dict(decided_date="待定"), dict(decided_date="2024-03-12", excluded_days="1"),
           dict(decided_date="2024-03-09", promised_days="5自然日"), dict(decided_date="2024-03-12", overdue_reason="等专家评审")],
          [dict(decided_date="2024-03-13", excluded_days="1"), dict(decided_date=None), dict(decided_date="2024-03-10", promised_days="5自然日")],
          sent=dict(findings=(finding("F04", "excluded_days", 5, CASE), finding("F05", "decided_date", 6, CASE)))),
    # one sign too many behind a right code, and the last sign right behind one that no code has
    Limit("F09", KP, "builder_uscc", each("builder_uscc", "91610999MA6X00008P"), each("builder_uscc", "91610999MA6X00008PP", "91350100I000100Y49")),
    Limit("F11", KP, "project_code", each("project_code", "2411-130202-89-01-637015", "2509-140602-89-05-864976")),
    Limit("F26", INV, None, before=(same("2024-01"), same("2024-02", unit="t02")), sent=dict(nil=True)),
    *(Limit("F38", KP, None, [], [dict()], sent={signed: None}) for signed in ("preparer", "head", "filled_date")),
    Limit("F38", KP, None, [dict()], sent=UNSIGNED | dict(findings=(finding("F33", "project_name"),))),
    Limit("F38", KP, None, [], [dict()], sent=UNSIGNED | dict(findings=(finding("F04", "completed_month"),))),
    # A delivery beside the one that it replaces: half of its lines, as many, more; and beside the last month's.
    *(Limit("F58", KP, None, lines, before=(before,), sent=now) for lines, before, now in (
        ([dict()], same("2024-03", dict(), OTHER, **ENDS), ENDS),
        ([dict()], same("2024-03", **ENDS), {}),
        ([dict(), OTHER], same("2024-03"), UNSIGNED),
        ([], same(**ENDS), UNSIGNED),
        ([dict()], same(**ENDS), {}),
        ([dict()], same(), UNSIGNED))),
    *(Limit("F58", KP, None, [], [dict()], (before,), sent=UNSIGNED) for before in (same("2024-03"), same(**ENDS))),
    # A printed figure stands for half a unit of its last digit on either side: 199 may be 199.5, and 200 too.
    Limit("P01", KP, "completed_ytd", each("completed_ytd", "199"), each("completed_ytd", "198"), (FEBRUARY[KP],)),
    Limit("P01", BUDGET, "spent_ytd", [dict(spent_ytd="100.05", spent_month="-1")], [dict(spent_ytd="100.05", spent_month="0")], (FEBRUARY[BUDGET],)),
    Limit("P01", KP, "completed_ytd", [dict(completed_ytd="298")], [OTHER | dict(completed_ytd="298")],     # of the other year, of January
          (same("2023-12"), same("2024-01", OTHER)), sent=dict(period="2024-02")),
    Limit("P02", KP, "completed_since_start", each("completed_since_start", "799"), each("completed_since_start", "798"), (FEBRUARY[KP],)),
    Limit("P03", KP, "completed_ytd", each("completed_ytd", "298.995", "301.005", "198"),            # what fell is P01's
          each("completed_ytd", "298.985", "301.015", "199"), (FEBRUARY[KP],)),
    Limit("P03", KP, "completed_since_start", each("completed_since_start", "898.995", "901.005", "798"),
          each("completed_since_start", "898.985", "901.015", "799"), (FEBRUARY[KP],)),
    Limit("P03", KP, "completed_month", each("completed_since_start", "955", completed_ytd="350"),
          each("completed_since_start", "954", completed_ytd="350"), (FEBRUARY[KP],)),
    Limit("P03", KP, "completed_month", each("completed_since_start", "1154", completed_ytd="350"),
          each("completed_since_start", "1153", completed_ytd="350"), (same("2023-12", dict(completed_since_start="800")),), sent=dict(period="2024-01")),
    Limit("P04", KP, "completed_month", each("completed_month", "200"), each("completed_month", "201"), OCTOBER_TO_DECEMBER),
    Limit("P04", KP, "completed_month", each("completed_month", "2"), each("completed_month", "3"),
          tuple(same(p, dict(completed_month="1")) for p in ("2023-10", "2023-11", "2023-12"))),
    Limit("P04", KP, "completed_month", each("completed_month", "300"), before=OCTOBER_TO_DECEMBER[:2]),
    Limit("P04", KP, "completed_month", each("completed_month", "300"), before=(*OCTOBER_TO_DECEMBER[:2], same("2023-12", dict(completed_month="0")))),
    Limit("P04", KP, "completed_month", [], each("completed_month", "300"), (*OCTOBER_TO_DECEMBER, same("2024-02", dict(completed_month="0")))),
    Limit("P04", KP, "completed_month", each("completed_month", "300"), before=(*OCTOBER_TO_DECEMBER, same("2024-02", dict(completed_month="1")))),
    Limit("P05", KP, "total_investment",
          [dict(total_investment="6001"), dict(annual_plan="3001"), dict(completed_month="101"), dict(completed_ytd="301"),
           dict(completed_since_start="901"), dict(stage="竣工")],
          [dict(progress_text="主体工程封顶"), OTHER | dict(completed_month="1", progress_text="主体工程封顶")],
          (same("2024-02", dict(), OTHER | dict(completed_month="1")),)),
    Limit("P05", KP, "total_investment", [dict(completed_month="0", progress_text="主体工程封顶")], [dict(completed_month="0")],
          (same("2024-02", dict(completed_month="0")),)),
    *(Limit("P05", form, at, [{month: "0"}], [one | {month: "1"}], (same("2024-02", {month: "0"}, one | {month: "1"}),)) for form, at, month, one in (
        (BUDGET, "budget_adjusted", "spent_month", dict(budget_item="会议费")), (INV, "contracted_amount", "arrived_month", OTHER))),
    Limit("P05E", KP, "total_investment", [dict()], [], (same("2024-01", dict(completed_ytd="299")), same())),
    Limit("P06", KP, "progress_text", [dict(stage="停工")], [dict()], (same(),)),
    Limit("P07", KP, "completed_since_start", each("completed_since_start", "6001"), each("completed_since_start", "6002")),
    Limit("P08", KP, "completed_ytd", [dict(completed_ytd="3900.655"), dict(annual_plan="0", completed_ytd="0")],
          [dict(completed_ytd="3900.665"), dict(annual_plan="0", completed_ytd="0.01"), dict(annual_plan="1", completed_ytd="3")]),
    Limit("P09", INV, "arrived_since_signing", [*each("arrived_since_signing", "18000.605"), dict(contracted_amount="0")],
          [*each("arrived_since_signing", "18000.615"), dict(contracted_amount="1", arrived_since_signing="3")]),
    Limit("P09", INV, "arrived_ytd", each("arrived_ytd", "18000.605", arrived_since_signing=None),
          each("arrived_ytd", "18000.615", arrived_since_signing=None)),
    Limit("P10", INV, "arrived_recognised", each("arrived_recognised", "501"), each("arrived_recognised", "502")),
    Limit("P11", INV, "registered_date", [*each("registered_date", "2023-04-10"), dict(registered_date="2023-04-09", is_continuing="续建")],
          each("registered_date", "2023-04-09")),
    Limit("P11", INV, "actual_start_date", each("actual_start_date", "2023-04-10"), each("actual_start_date", "2023-04-09")),
    Limit("P12", KP, "actual_start_date", [dict(actual_start_date="2024-03-08"), dict(actual_start_date="2024-04-01", **INV_CODE)],
          [dict(actual_start_date="2024-03-07"), dict(actual_start_date="2024-03-31", **INV_CODE)],
          others=((CASE, same(None, dict(), dict(matter="立项", decided_date="2024-03-20"), INV_CODE | dict(matter="施工许可", decided_date=None))),)),
    Limit("P12M", KP, "project_code", [dict(actual_start_date="2023-12-31"), STARTED | dict(started="否"), STARTED | dict(project_code=None)], [STARTED],
          others=((CASE, same(None, INV_CODE, dict(matter="用地"))),)),
    Limit("P12M", KP, "project_code", [STARTED], others=((CASE, same("2024-02", INV_CODE)),)),          # the ledger of March did not come
    Limit("P13", INV, "actual_start_date",
          [AT_ONCE | dict(actual_start_date="2024-01-20"), AT_ONCE | dict(actual_start_date="2024-01-11"), AT_ONCE | dict(contracted_amount="9999.99"),
           AT_ONCE | dict(is_continuing="续建"), AT_ONCE | dict(signed_date="2024-01", actual_start_date="2024-02-01"),
           AT_ONCE | dict(signed_date="2024-01-31", actual_start_date="2024-01")],
          [AT_ONCE, AT_ONCE | dict(actual_start_date="2024-01-12")]),
    Limit("P14", KP, "actual_start_date", each("actual_start_date", "2024-03-31"), each("actual_start_date", "2024-04-01")),
    Limit("P14", KP, "actual_finish_date", each("actual_finish_date", "2023-06-01"), each("actual_finish_date", "2023-05-31")),
    Limit("P15", KP, "completed_since_start",           # a permit of the last day of the period is one, and one of the day after is none
          [dict(completed_since_start="若干"), NOTHING_DONE | dict(started="否", stage="签约"), NOTHING_DONE | INV_CODE],
          [dict(completed_since_start=None), NOTHING_DONE, NOTHING_DONE | dict(started="否"), NOTHING_DONE | dict(stage="签约")],
          others=((CASE, same(None, PERMIT | INV_CODE, PERMIT | dict(decided_date="2024-04-01"))),)),
    Limit("P16", KP, "stage", each("stage", "竣工", "投产", "停工"), each("stage", "在建"), (same("2024-02", dict(stage="竣工")),)),
    Limit("P17", INV, "stage", each("stage", "签约"), [],
          tuple(same(p, dict(stage="签约")) for p in ("2023-10", "2023-11", "2023-12", "2024-01", "2024-02"))),
    Limit("P17", INV, "stage", each("stage", "签约"), [],
          tuple(same(p, dict(stage=stage)) for p, stage in (("2023-07", "在谈"), ("2023-08", "签约"), ("2023-09", "在谈"), ("2023-10", "签约"),
                                                            ("2023-11", "签约"), ("2023-12", "签约"), ("2024-01", "签约"), ("2024-02", "签约")))),
    *(Limit("P17", KP, "stage", each("completed_month", "0"), [], tuple(same(p, dict(completed_month=x)) for p, x in zip(("2024-01", "2024-02"), months)))
      for months in (("0", "1"), ("1", "0"))),
    Limit("P18", INV, "project_name", each("split_ratio", "60"), each("split_ratio", "61"),
          (THEIR_SHARES,)),
    # Of nearly one name: one firm by its code, by its name, or one place and one amount; and one of the two without a code.
    Limit("P18F", KP, "project_name", [dict(), *each("township", "清河镇"), *each("total_investment", "9000"),
                                            dict(project_name="西岭水厂", township="清河镇", total_investment="9000")],
          [*each("builder_uscc", "91610999MA6X00008P"), *each("builder_name", "西岭建筑集团公司"), *each("township", "清河镇", total_investment="9001"), OTHER],
          (same("2024-03", dict(project_code=None, project_name="东湖水厂扩建工程项目", builder_name="西岭建筑集团", builder_uscc="91610999MA6X00008P",
                                township="清河镇", total_investment="9000"), INV_CODE | dict(project_name="西岭水厂"), unit="t02"),)),
    Limit("P18S", INV, "split_ratio", each("split_ratio", "60"), each("split_ratio", "59"),
          (THEIR_SHARES,)),
    Limit("P19", INV, "contracted_amount", [], [dict(), OTHER | dict(signed_date="2023-07-09")]),
    Limit("P19", INV, "contracted_amount", [dict(), OTHER | dict(signed_date="2023-07-10")]),
    # one firm by its name, by its code, neither, and one project that is told twice
    Limit("P19", INV, "contracted_amount",
          [dict(contracted_amount="100", **ANOTHER_FIRM), OTHER | dict(contracted_amount="100"),
           dict(contracted_amount="200"), dict(contracted_amount="200", project_code=None)],
          [dict(investor_uscc=None), OTHER | dict(investor_uscc="91610999MA6X00008P"),
           dict(contracted_amount="300"), OTHER | dict(contracted_amount="300", investor_name="长风集团")]),
    Limit("P20", INV, "project_name", each("project_name", "白石镇、清水湾仓储项目", "白石、白石镇仓储项目"), each("project_name", "白石和清河仓储项目")),
    Limit("P21", INV, "contracted_amount", each("fixed_asset_amount", "5000", "0"), each("fixed_asset_amount", "4999", "1")),
    # first reported once signed: not what was talked about before, nor nothing
    Limit("P21", INV, "contracted_amount", each("contracted_amount", "15000"), [dict(contracted_amount="15001"), OTHER | dict(contracted_amount="2")],
          (same("2023-12", dict(stage="签约", contracted_amount="0")), same("2024-01", dict(stage="在谈", contracted_amount="5000")),
           same("2024-02", dict(stage="签约", contracted_amount="10000"), OTHER | dict(contracted_amount="1")))),
    *(Limit("P22", INV, "introducing_unit", [SIGNED_IN_MARCH], before=earlier) for earlier in (
        (same("2024-01", dict(project_code=None)), same("2024-02", OTHER)),       # known by its name, before it had a code
        (same("2024-01", dict(project_name="饲料基地")), same("2024-02", OTHER)),  # known by its code, under another name
        (same("2024-02", OTHER),), (same("2024-01", OTHER),))),                   # the ledger of one month did not come
    Limit("P24", KP, None, [dict(one, completed_month="3000") for one in many(19)]),
    Limit("P24", KP, None, [one | dict(completed_month=x) for one, x in zip(many(28), ["3000"] * 12 + ["100"] * 8 + ["0"] * 8)]),
    Limit("P24", KP, None, [], [one | dict(completed_month=x) for one, x in zip(many(20), ["3000"] * 13 + ["1"] * 7)]),
    Limit("P24", KP, None, [{**one, "completed_month": f"{100 + n}7"} for n, one in enumerate(many(99))]),
    Limit("P24", KP, None, [{**one, "completed_month": f"{100 + n}7.00"} for n, one in enumerate(many(50))], [], (
        same("2023-03", *({**one, "completed_month": f"{100 + n}7"} for n, one in enumerate(many(50)))),)),
    Limit("P25", KP, "completed_ytd", each("completed_ytd", "2999", "30001", annual_plan="1"), each("completed_ytd", "3000", "30000", annual_plan="1")),
    Limit("P25", KP, "total_investment", each("total_investment", "593999", "606001", "5000000", "59"),
          each("total_investment", "594000", "606000", "5000001", "60"), (FEBRUARY[KP],)),
    # by the last figure above 0, of figures as small as 1 too
    Limit("P25", KP, "total_investment", [dict(annual_plan="0", completed_ytd="0")],
          [*each("total_investment", "60"), OTHER, many(1)[0] | dict(total_investment="1")],
          (same("2024-01"), same("2024-02", dict(total_investment="0"), OTHER | dict(total_investment="1", annual_plan="1"), *many(1)))),
    Limit("P25", KP, "completed_ytd", [dict(annual_plan="0", completed_ytd="0")]),
    Limit("P25", INV, "arrived_ytd_foreign_usd", [dict(arrived_ytd="496.995", arrived_ytd_foreign_usd="70")], each("arrived_ytd_foreign_usd", "500.5")),
    # 10 percent as a ratio of at least 0.1, and what is nothing in either
    Limit("P26", KP, "completion_rate_reported", [dict(), dict(completed_ytd="0", completion_rate_reported="0"), dict(annual_plan="0.005", completion_rate_reported="0.3")],
          [dict(completed_ytd="300.00", annual_plan="3000.00", completion_rate_reported="0.105"), dict(completion_rate_reported="1000"),
           dict(annual_plan="1", completed_ytd="0.3", completion_rate_reported="0.3")]),
    # fifty times the whole; and two great projects that were nearly as great before
    Limit("P25C", KP, "completed_ytd", many(3, completed_ytd="300000", completed_since_start="7000")),
    Limit("P25C", KP, "total_investment", many(2, total_investment="1100000"), [], (same("2024-02", *many(2, total_investment="900000")),)),
    Limit("P27", KP, "completion_rate_reported", each("completion_rate_reported", "9.98", "10.02") + [dict(annual_plan="0.005")],
          [dict(annual_plan="1"), *each("completion_rate_reported", "9.97", "10.03"), *each("completion_rate_reported", "-9.97", "-10.03", completed_ytd="-300")]),
    Limit("P29", KP, "completed_month", [], each("completed_month", "77"), (same("2024-03", received="2024-04-12 23:00:00"),),
          sent=dict(received="2024-04-13 00:10:00")),
    Limit("P29", KP, "completed_month", [dict()], [], (same("2024-02", dict(completed_month="50")), same("2024-03", received="2024-04-12 09:00:00")),
          sent=dict(received="2024-04-13 09:00:00")),
    Limit("P29", KP, "annual_plan", [dict()], [OTHER],                    # of the other year, of January
          (same("2023-12", dict(annual_plan="3500")), same("2024-01", OTHER | dict(annual_plan="3500"))), sent=dict(period="2024-02")),
    Limit("P29", KP, "completed_month", each("completed_month", "77"), [], (same("2024-03", received="2024-04-13 00:10:00"),),
          sent=dict(received="2024-04-14 09:00:00")),
    Limit("P30", KP, "annual_plan", each("annual_plan", "2998"), [], (same("2024-08"),), sent=dict(period="2024-09")),
    Limit("P30", KP, "annual_plan", each("annual_plan", "2999"), each("annual_plan", "2998"), (same("2024-09"),), sent=dict(period="2024-10")),
    Limit("P30", TARGET, "target_value",
          [dict(), LOWER | dict(issued_date="2024-09-30"), LOWER | dict(issued_date="2024-10-01", target_value="46000", target_unit="万元")],
          [LOWER | dict(issued_date="2024-10-01")]),
    # of another indicator, department or year, or in place of another document
    Limit("P30", TARGET, "target_value",
          [dict(), *(LOWER | dict(issued_date="2024-10-01") | other for other in (
              dict(indicator="到位资金"), dict(department="清河镇"), dict(year="2023"), dict(supersedes="云发改〔2024〕6号")))]),
    Limit("P30", KP, "annual_plan", each("annual_plan", "2000"), [], (same("2023-12"),), sent=dict(period="2024-10")),
    Limit("P31", TARGET, "stretch_value", each("stretch_value", "5.52"), each("stretch_value", "5.53")),
    Limit("P32", KP, None, [dict(completed_month="200", completed_ytd="1000")], sent=dict(period="2024-12")),
    Limit("P32", KP, None, [], [dict(completed_month="0.21", completed_ytd="1")], sent=dict(period="2024-12")),
    Limit("P32", KP, None, [dict(completed_month="100", completed_ytd="0")], sent=dict(period="2024-12")),
    # After 1 in December and 10 before it: as much again and half as much again, more in December alone, and three tenths beside one tenth.
    *(Limit("P32", KP, None, [dict(completed_month=x, completed_ytd=total)], before=(same("2023-12", A_YEAR_OF_11),), sent=dict(period="2024-12"))
      for x, total in (("2", "17"), ("1.5", "11.5"))),
    Limit("P32", KP, None, [], [dict(completed_month="1.3", completed_ytd="12.3")], (same("2023-12", A_YEAR_OF_11),), sent=dict(period="2024-12")),
    # February came in time and again with March, or is late alone; March comes around the day on which the year is frozen, or after that.
    *(Limit("P33", BUDGET, None, [dict()], before=tuple(same(received=f"{day} 09:00:00") for day in february), sent=dict(received=f"{march} 09:00:00"))
      for february, march in ((("2024-03-05", "2024-04-09"), "2024-04-10"), (("2024-04-06",), "2024-04-07"), ((), "2025-01-24"))),
    Limit("P33", BUDGET, None, [], [dict()], sent=dict(received="2025-01-23 09:00:00")),
    # one of the three figures is 0 or 1, and whether it is a line of the same record is not known
    Limit("P35", KP, "total_investment",
          [*twice(total_investment="6117", completed_month="0"), dict(total_investment="6121"), OTHER | dict(total_investment="6121", builder_name=None)],
          twice(total_investment="6119", completed_month="1")),
    Limit("P36", INV, "evidence_no", [*each("arrived_month", "0"), dict(evidence_no="JZ0002"), dict(evidence_type="银行回单")], each("arrived_month", "1"),
          (same("2024-02", dict(arrived_month="1")),)),
    # of one month: two projects, and one project that is told twice
    Limit("P36", INV, "evidence_no", [dict(evidence_no="JZ2"), dict(evidence_no="JZ2", project_code=None)], [dict(), OTHER]),
    Limit("P36", INV, "evidence_no", [dict()], [], (same("2024-02", dict(arrived_month="0")),)),
    Limit("P36M", INV, "evidence_type", [], each("evidence_type", None)),
    Limit("P36M", INV, "evidence_no", [], each("evidence_no", None, evidence_type=None, arrived_month="1")),
    Limit("P38", KP, "completed_ytd", [dict(), INV_CODE | dict(completed_ytd="0")], [INV_CODE | dict(completed_ytd="1")],
          others=((INV, same(None, dict(arrived_ytd="1"), KP_CODE | dict(arrived_ytd="0"))),), settings=(("count_either_or", "true"),)),
    Limit("P40", KP, "started", [NOT_BEGUN],
          [NOT_BEGUN | dict(completed_month="0.01"), NOT_BEGUN | dict(completed_since_start="0.01"), NOT_BEGUN | dict(actual_start_date="2024-03-31"),
           NOT_BEGUN | dict(stage="开工"), NOT_BEGUN | dict(stage="停工", completed_month="1")]),
    Limit("P42", SELF, "weight", each("weight", "90.005")),
    Limit("P42", SELF, "weight", [dict(), dict(weight=None)]),
    Limit("P42", SELF, "self_score", [dict(), dict(self_score=None)], sent=ENDS),
    *(Limit("P42", SELF, at, [dict(), dict(programme_name="农村公厕改造")], sent=ENDS) for at in ("weight", "self_score")),    # two programmes
    Limit("P42", SELF, "weight", [], each("weight", "90.006")),
    Limit("P42", SELF, "weight", [], each("weight", "89.994", self_score="89")),
    Limit("P42", SELF, "self_score", each("self_score", "90.005"), each("self_score", "90.006")),
    Limit("P42", SELF, "execution_score", each("execution_score", "10.005"), each("execution_score", "10.006")),
    Limit("P44X", SELF, "budget_executed", [*each("budget_executed", "421"), dict(budget_adjusted="0")], each("budget_executed", "422")),
    Limit("P44X", BUDGET, "spent_ytd", [*each("spent_ytd", "800.26"), dict(budget_adjusted="0")], each("spent_ytd", "800.27")),
    Limit("P45", SELF, "budget_adjusted", [dict(budget_initial="400.5", budget_adjusted="480.6", budget_executed="480.6")],
          [dict(budget_initial="400.5", budget_adjusted="480.61", budget_executed="480.61")]),
    Limit("P45", KP, "annual_plan", each("annual_plan", "300"), [], (same("2023-12"),), sent=dict(period="2024-01")),
    Limit("P45", KP, "annual_plan", each("annual_plan", "3500"), each("annual_plan", "300"), (same("2024-01"),), sent=dict(period="2024-02")),
    Limit("P45", BUDGET, "budget_adjusted", [dict(budget_adjusted="161", spent_ytd="161")]),
    Limit("P45", BUDGET, "budget_adjusted", [dict(budget_adjusted="160.05")], sent=dict(period="2024-12")),
    Limit("P46", BUDGET, "budget_change", each("note", "设备95万元", "设备0.0095亿元", "设备950,000元", budget_change="100"),
          [*each("note", "设备94.99万元", "设备0.009499亿元", "设备949900元", budget_change="-100"), dict(budget_change="1", note="设备0.9万元")]),
    Limit("P47", RECT, "problem_text", [dict(problem_no="WT-202311-009", closed_date="2024-03-20")], [dict(problem_text="消防站运行经费资料不全")]),
    Limit("P48", RECT, "evidence", [dict()], [dict(closed_date="2024-03-28")]),
    Limit("P48B", RECT, "closed_date", [dict(problem_no=f"WT-{n}", closed_date="2024-03-28" if n else "2024-03-27") for n in range(6)]),
    Limit("P48B", RECT, "closed_date", [dict(problem_no=f"WT-{n}", closed_date="2024-03-28" if n else "2024-02-29") for n in range(5)]),
    # what is told again, or by another unit, does not count twice; what was promised in no days does not count
    Limit("P49", CASE, None, some(5, 10, promised_days="4"),
          before=(same("2024-02", *some(1, 1, promised_days="4")), same("2024-03", *some(10, 10, promised_days="4"), unit="t02"))),
    Limit("P49", CASE, None, [], [*some(6, 10, promised_days="4"), *(one | dict(matter="施工许可", promised_days=None) for one in many(4))]),
    Limit("P49", CASE, None, some(9, 9, promised_days="4")),
    Limit("P49", CASE, None, [], [one | dict(approving_unit="省水利厅") for one in some(6, 10, promised_days="4")]),  # in no register
    Limit("P50", CASE, "promised_days", each("promised_days", "5个工作日"), each("promised_days", "5自然日")),
    Limit("P52", KP, "total_investment",
          [dict(total_investment="57000"), *(one | dict(total_investment=x) for one, x in zip(many(2), ("0", "10")))],
          [*(one | dict(total_investment=x) for one, x in zip(many(4)[2:], ("1", "11"))), *each("total_investment", "60009", "16000")],
          (same("2024-02", dict(), *(one | dict(total_investment=x) for one, x in zip(many(4), ("10", "0", "11", "1")))),)),
    Limit("P52", KP, "planned_finish_date", each("planned_finish_date", "1990-01", "2029-12"), each("planned_finish_date", "1989-12", "2030-01")),
    # what the treasury paid in two items of one name, and in one of another
    Limit("P58", KP, "completed_ytd", [*each("completed_ytd", "250", "0"), *many(1)], [*each("completed_ytd", "251"), OTHER | dict(completed_ytd="1")],
          others=((BUDGET, same(None, *each("spent_ytd", "30", "20", budget_item="东湖水厂（扩建）工程"), dict(budget_item="西岭水厂", spent_ytd="0.1"))),)),
    Limit("P57", KP, "total_investment", [*each("total_investment", "6000.00"), OTHER | dict(total_investment="9000")], each("total_investment", "6000.02"),
          others=((INV, same(None, KP_CODE | dict(contracted_amount="5399.99", actual_start_date="2023-06-01"))),)),
    Limit("P57", KP, "actual_start_date", each("actual_start_date", "2023-06-03", "2023-11-30", **INV_CODE, total_investment="15000"),
          each("actual_start_date", "2023-06-02", "2023-12-01", **INV_CODE, total_investment="15000"),
          others=((INV, same(None, dict())),)),
    Limit("P62", EXANTE, "weight", each("weight", "100.005"), each("weight", "100.006", programme_name="老旧小区改造")),
    Limit("P64", EXANTE, "conclusion", [dict(weight="100.006", score="70")], [dict(weight="100.005", score="70", programme_name="老旧小区改造")]),
    Limit("P65", EXANTE, "conclusion", [dict(conclusion="不通过")],
          others=((BUDGET, same(None, dict(unit_name="白石镇", budget_item="农村公厕改造", budget_adjusted="0"))),)),
    Limit("P62", EXANTE, "score", each("score", "20.005"), each("score", "20.006")),
    Limit("P70", FUNDS, "arrived_total", each("arrived_total", "6001"), each("arrived_total", "6002")),
    Limit("P71", FUNDS, "planned_total", [project("甲", "6001"), project("乙", "5999"), project("戊", "2000"), project("戊", None)], [project("丙", "6002"), project("丁", "5998")]),
    # two projects of one name by their codes; and one whose code one of the two papers leaves out
    Limit("P72", FUNDS, "planned_total", [INV_CODE | dict(planned_total="5900")], [INV_CODE | dict(project_name="西岭水厂", planned_total="5900")],
          others=((KP, same(None, dict(), OTHER)),)),
    Limit("P73", FUNDS, "planned_total", [dict(planned_total="0")]),
    Limit("P74", LANDED, "tax_per_mu_reported", each("land_mu", "0"), each("land_mu", "1")),
    Limit("P75", LANDED, "output_quarter", each("output_quarter", "6308", "700"), [*each("output_quarter", "6309", "699", "0"), ANOTHER_ENTERPRISE],
          (same("2023-Q4", dict(output_quarter="2102"), ANOTHER_ENTERPRISE | dict(output_quarter="0")),)),
    Limit("P75", LANDED, "jobs", each("jobs", "29"), each("jobs", "30"), (same("2023-Q4", dict(jobs="5")),)),
    Limit("P76", LANDED, "tax_ytd", each("tax_ytd", "69.995"), each("tax_ytd", "69.985")),
    Limit("P76", LANDED, "jobs", [dict(jobs="105"), dict(jobs="100", production_date="2023-04-01")],
          [dict(jobs="104"), dict(jobs="100", production_date="2023-03-31")]),
    Limit("P77", LANDED, "promised_tax", each("promised_tax", "399"), each("promised_tax", "398"), (same("2023-Q4"),)),
    Limit("P80", NODE, "actual_date", [*each("done_quantity", "1799"), dict(actual_date="2024-02-20")],
          [*each("done_quantity", "1798"), dict(actual_date="2024-02-19")]),
    Limit("P80", NODE, "done_quantity", [*each("done_quantity", "1799", actual_date=None), dict(planned_quantity="0", done_quantity="0", actual_date=None)],
          [*each("done_quantity", "1800", actual_date=None), dict(planned_quantity="1", done_quantity="1", actual_date=None)]),
    # settled this very month: under another number, and under its own beside it
    Limit("P82", RAISED, "problem_text",
          [SETTLED | dict(problem_no="YS-2023-041"), SETTLED | dict(problem_no="YS-2024-009", problem_text="厂区道路与村道平交口没有信号灯"),
           dict(problem_no="YS-2024-009", problem_text="厂区道路与村道平交口没有信号灯")], [dict()]),
]
