"""The content of the audit pack: what an assessor must know of the data before judging by them, sheet by sheet.

cadence.md section 5. Everything is read from one published version; marts that a version lacks leave their sheet out.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from etl.assess import words
from etl.assess.sampling import Project, draw

SUSPICIOUS = ("uniqueness", "plausibility")


@dataclass(frozen=True, slots=True)
class Place:
    """An address inside a received file, shown as text and linked to the copy in the pack."""

    file: str
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        return " ".join(part for part in (self.file, self.sheet and f"“{self.sheet}”", self.cell) if part)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the pack; `note` says in a sentence how to read it."""

    title: str
    note: str
    columns: tuple[tuple[str, int], ...]                 # header, width in characters
    rows: Sequence[tuple]


@dataclass
class Pack:
    """All of it."""

    period: str
    units: tuple[str, ...]                               # names; none: the whole county
    headline: list[tuple[str, str]]
    sheets: list[Sheet] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)  # path inside the inbox -> SHA-256


class Source:
    """A published version with the names that people use for its codes."""

    def __init__(self, con, period: str, units: Sequence[str], forms: dict[str, str], rules: dict[str, tuple[str, str]]) -> None:
        self.con, self.period, self.chosen, self.forms, self.rules = con, period, tuple(units), forms, rules
        self.tables = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        self.units = dict(con.execute("SELECT unit, unit_name FROM dim_unit").fetchall())
        con.execute("CREATE TEMP TABLE chosen AS SELECT unnest(?::VARCHAR[]) AS unit", [list(units) or [*self.units, None]])

    def ask(self, sql: str) -> list[tuple]:
        """Rows of a query; {mine} keeps to the chosen units, {period} is the period as text."""
        mine = "(unit IN (FROM chosen) OR unit IS NULL AND (FROM (SELECT count(*) FROM chosen WHERE unit IS NULL)) > 0)"
        return self.con.execute(sql.replace("{mine}", mine).replace("{period}", f"'{self.period}'")).fetchall()

    def unit(self, code: str | None) -> str:
        return "全县" if code == "*" else self.units.get(code, code or "")

    def form(self, name: str | None) -> str:
        return "全部报表" if name == "*" else self.forms.get(name, name or "")

    def rule(self, code: str) -> str:
        return f"{code} {self.rules.get(code, ('', ''))[0]}".strip()


def rule_names(rulebook: Path, dimensions: Path) -> dict[str, tuple[str, str]]:
    """Rule -> (its Chinese name, the dimension of fitness that it speaks of)."""
    with dimensions.open(encoding="utf-8", newline="") as file:
        spoken = {row["rule"]: row["dimension"] for row in csv.DictReader(file)}
    with rulebook.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name_zh"], spoken.get(row["code"], "")) for row in csv.DictReader(file)}


def collect(source: Source, headline: list[tuple[str, str]], seed: str, share: Decimal) -> Pack:
    """Fill the pack from the published version that `source` reads."""
    pack = Pack(source.period, tuple(source.unit(u) for u in source.chosen), headline)
    for make in (_verdicts, _figures, _by_rule, _issues, _again, _answers, _suspicious, _claims, _scores, _ranking, _targets,
                 _evaluations, _held, _accountability):
        sheet = make(source)
        if sheet is not None and sheet.rows:
            pack.sheets.append(sheet)
    pack.sheets.append(_sample(source, seed, share))
    versions = source.ask("SELECT file, file_sha256, unit, form, period, version, received_at, verdict, counts FROM fct_submission_version"
                          " WHERE period IN ({period}, left({period}, 4)) AND {mine} ORDER BY unit NULLS LAST, form, version, file")
    pack.sheets.append(Sheet("报送版本", "本期收到的每一份报送和它的指纹（SHA-256）；有效的一份进入汇总。", (
        ("单位", 16), ("报表", 20), ("所属期", 10), ("版本", 6), ("收到时间", 19), ("结论", 14), ("有效", 6), ("文件", 46), ("指纹（前16位）", 18)),
        [(source.unit(u), source.form(f), p, v, str(at), _verdict(verdict), "是" if counts else "", Place(file), sha[:16])
         for file, sha, u, f, p, v, at, verdict, counts in versions]))
    linked = {value.file for sheet in pack.sheets for row in sheet.rows for value in row if isinstance(value, Place)}
    known = dict(source.ask("SELECT file, max(file_sha256) FROM fct_submission_version GROUP BY file"))
    pack.files = {file: known[file] for file in sorted(linked) if file in known}
    return pack


def _verdict(verdict: str) -> str:
    return {"accepted": "通过", "accepted_with_warnings": "通过（有警告）", "partly_accepted": "部分通过", "rejected": "退回",
            "unreadable": "无法读取"}.get(verdict, verdict)


def _verdicts(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, verdict, reasons FROM fct_fitness WHERE period = {period} AND ({mine} OR unit = '*')"
                 " ORDER BY CASE unit WHEN '*' THEN 0 ELSE 1 END, unit, CASE form WHEN '*' THEN 0 ELSE 1 END, form")
    return Sheet("可用性结论", "数据能不能作为考核依据：不可用的指标等待，不给分也不给零分。", (
        ("单位", 16), ("报表", 22), ("结论", 10), ("原因", 90)),
        [(s.unit(u), s.form(f), words.VERDICTS[v], why or "") for u, f, v, why in rows])


def _figures(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, dimension_name, value, uom, numerator, denominator, fit_at, reserved_at, better, verdict"
                 " FROM fct_fitness_figure WHERE period = {period} AND ({mine} OR unit = '*')"
                 " ORDER BY CASE unit WHEN '*' THEN 0 ELSE 1 END, unit, CASE form WHEN '*' THEN 0 ELSE 1 END, form, place")

    def needs(better: str, limit: Decimal | None) -> str:
        return "" if limit is None else f"{'≥' if better == '+' else '≤'}{limit.normalize():f}"

    return Sheet("可用性指标", "每个结论背后的数：完整、及时、有效、一致、唯一、合理，以及县里定的界限。", (
        ("单位", 16), ("报表", 22), ("指标", 18), ("数值", 10), ("单位", 6), ("分子", 11), ("分母", 11), ("可用", 9), ("有保留", 9), ("结论", 10)),
        [(s.unit(u), s.form(f), name, value, uom, n, d, needs(b, fit), needs(b, low), words.VERDICTS[v])
         for u, f, name, value, uom, n, d, fit, low, b, v in rows])


def _by_rule(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, rule, severity, count(*), count(DISTINCT line_id), count(DISTINCT form) FROM fct_data_quality_issue"
                 " WHERE period = {period} AND {mine} AND (counts OR submission_id LIKE 'missing:%')"
                 " GROUP BY unit, rule, severity ORDER BY unit, CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, 4 DESC, rule")
    return Sheet("问题汇总", "有效报送里的问题，按单位和规则。", (
        ("单位", 16), ("规则", 30), ("程度", 8), ("个数", 8), ("涉及行", 8), ("涉及报表", 10)),
        [(s.unit(u), s.rule(r), words.SEVERITIES[sev], n, lines, forms) for u, r, sev, n, lines, forms in rows])


def _issues(s: Source) -> Sheet:
    state = "state" if _has(s, "fct_data_quality_issue", "state") else "'open'"
    rows = s.ask(f"SELECT unit, form, rule, severity, file, sheet, cell, row_no, value_sent, expected, sentence, {state}, counts"
                 " FROM fct_data_quality_issue WHERE period = {period} AND {mine} AND (counts OR submission_id LIKE 'missing:%')"
                 " ORDER BY unit, form, CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, file, sheet, row_no, rule, cell")
    return Sheet("问题明细", "每个问题在哪个文件、哪张表、哪个单元格；点位置可打开随包的原始文件。", (
        ("单位", 14), ("报表", 20), ("规则", 26), ("程度", 7), ("位置", 44), ("所报", 18), ("应为", 22), ("状态", 10), ("说明", 60)),
        [(s.unit(u), s.form(f), s.rule(r), words.SEVERITIES[sev], Place(file, sheet, cell or (row and f"第{row}行")) if file else "",
          value or "", expected or "", words.STATES.get(st, st), sentence)
         for u, f, r, sev, file, sheet, cell, row, value, expected, sentence, st, _ in rows])


def _again(s: Source) -> Sheet:
    if "fct_recurrence" in s.tables and _has(s, "fct_recurrence", "rule") and _has(s, "fct_recurrence", "unit"):
        columns = [c for (c,) in s.con.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = 'fct_recurrence' ORDER BY column_index").fetchall()]
        rows = s.ask(f"SELECT {', '.join(columns)} FROM fct_recurrence WHERE {{mine}} ORDER BY ALL")
        named = {"unit": s.unit, "form": s.form, "rule": s.rule}
        return Sheet("屡次发生", "改了又犯的问题。", tuple((c, 18) for c in columns),
                     [tuple(named.get(c, lambda v: v)(v) for c, v in zip(columns, row, strict=True)) for row in rows])
    rows = s.ask("SELECT unit, form, rule, count(DISTINCT period), string_agg(DISTINCT period, ' ' ORDER BY period), count(*)"
                 " FROM fct_data_quality_issue WHERE {mine} AND counts AND severity <> 'info' AND period <= {period}"
                 " AND left(period, 4) = left({period}, 4) GROUP BY unit, form, rule HAVING count(DISTINCT period) > 1"
                 " ORDER BY 4 DESC, 6 DESC, unit, form, rule")
    return Sheet("屡次发生", "本年两期以上都出现的同一类问题。", (
        ("单位", 16), ("报表", 22), ("规则", 30), ("期数", 8), ("出现在", 40), ("个数", 8)),
        [(s.unit(u), s.form(f), s.rule(r), n, periods, times) for u, f, r, n, periods, times in rows])


def _answers(s: Source) -> Sheet | None:
    if not _has(s, "fct_data_quality_issue", "state"):
        return None
    by = ", ".join(c if _has(s, "fct_data_quality_issue", c) else f"NULL AS {c}" for c in ("explanation", "explained_by", "explained_at"))
    rows = s.ask(f"SELECT unit, form, rule, state, file, sheet, cell, value_sent, {by} FROM fct_data_quality_issue"
                 " WHERE period = {period} AND {mine} AND counts AND state <> 'open' ORDER BY unit, form, rule, file, sheet, row_no, cell")
    return Sheet("说明与豁免", "单位的说明、批准的更正和豁免：谁、为什么、什么时候。", (
        ("单位", 14), ("报表", 20), ("规则", 26), ("状态", 10), ("位置", 44), ("所报", 18), ("理由", 44), ("谁", 10), ("时间", 18)),
        [(s.unit(u), s.form(f), s.rule(r), words.STATES.get(st, st), Place(file, sheet, cell), value or "", why or "", who or "",
          str(at or "")) for u, f, r, st, file, sheet, cell, value, why, who, at in rows])


def _suspicious(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, rule, severity, file, sheet, cell, row_no, value_sent, expected, sentence FROM fct_data_quality_issue"
                 " WHERE period = {period} AND {mine} AND counts ORDER BY rule, unit, form, file, sheet, row_no, cell")
    return Sheet("可疑情况", "数字本身读得懂，但像是重复、凑数、倒推或夸大；需要人来看。", (
        ("规则", 28), ("单位", 14), ("报表", 20), ("程度", 7), ("位置", 44), ("所报", 18), ("对照", 26), ("说明", 60)),
        [(s.rule(r), s.unit(u), s.form(f), words.SEVERITIES[sev], Place(file, sheet, cell or (row and f"第{row}行")), value or "",
          expected or "", sentence)
         for u, f, r, sev, file, sheet, cell, row, value, expected, sentence in rows if s.rules.get(r, ("", ""))[1] in SUSPICIOUS])


def _claims(s: Source) -> Sheet:
    claims = s.ask("SELECT project_name, claim_key, unit, form, state, decision, share_pct, amount, credited_amount, file, sheet, row_no, why,"
                   " decided_by FROM fct_claim WHERE period = {period} AND claim_key IN (SELECT claim_key FROM fct_claim WHERE"
                   " period = {period} AND {mine}) ORDER BY form, claim_key, claim_order")
    alike = s.ask("SELECT project_name, other_project_name, unit, other_unit, form, evidence_for, evidence_against, file, sheet, row_no"
                  " FROM fct_claim_candidate WHERE period = {period} AND state = 'open' AND ({mine} OR other_unit IN (FROM chosen))"
                  " ORDER BY form, points_for DESC, line_id, other_line_id")
    rows = [(name, s.unit(u), s.form(f), words.STATES[st], words.DECISIONS.get(d, ""), pct, amount, credited,
             Place(file, sheet, f"第{row}行"), "；".join(filter(None, (why, by))))
            for name, _, u, f, st, d, pct, amount, credited, file, sheet, row, why, by in claims]
    rows += [(f"{one} ／ {other}", f"{s.unit(u)}、{s.unit(o)}", s.form(f), "疑似同一项目", "", None, None, None, Place(file, sheet, f"第{row}行"),
              f"支持：{pro}" + (f" 反对：{con}" if con else ""))
             for one, other, u, o, f, pro, con, file, sheet, row in alike]
    return Sheet("重复申报", "一个项目被几家申报，怎样裁定，各认多少；疑似的列出支持和反对的证据。", (
        ("项目", 40), ("单位", 18), ("报表", 20), ("状态", 13), ("裁定", 10), ("份额%", 8), ("金额（万元）", 13), ("认定（万元）", 13), ("位置", 44), ("依据", 50)), rows)


def _scores(s: Source) -> Sheet:
    rows = s.ask("SELECT scheme, unit, node, node_name, weight, value, uom, target_version, target_amount, target_document, working,"
                 " found_points, status, reason FROM fct_score WHERE period = {period} AND {mine} AND is_leaf ORDER BY scheme, unit, place")
    status = {"scored": "已计分", "flagged": "计分（注明）", "waits": "等待", "left_out": "不参加", "shown": "只列条件"}
    return Sheet("得分由来", "每项指标的数、用的目标版本、算式和得分；等待的不给分也不给零分。", (
        ("单位", 14), ("指标", 36), ("分值", 7), ("数值", 12), ("单位", 6), ("目标版本", 9), ("目标值", 12), ("目标文号", 22), ("算式", 46), ("得分", 9),
        ("状态", 12), ("原因", 14)),
        [(s.unit(u), f"{node} {name}", weight, value, uom if value is not None else "", version, target, document or "", working or "", points,
          status.get(st, st), words.REASONS.get(why, why or "")) for _, u, node, name, weight, value, uom, version, target, document, working, points, st, why in rows])


def _ranking(s: Source) -> Sheet:
    rows = s.ask("SELECT scheme, unit_group, unit, rank_no, score, grade, provisional_rank_no, provisional_figure, is_provisional, reason"
                 " FROM fct_ranking WHERE period = {period} AND node = '总分'"
                 " ORDER BY scheme, unit_group, rank_no NULLS LAST, provisional_rank_no NULLS LAST, unit")
    groups = {"town": "乡镇", "bureau": "部门", "park": "园区"}
    chosen = set(s.chosen)
    return Sheet("得分与排名", "同组单位比较；名次是暂定的，直到应到的单位都有可用的数。未参加排名的写明原因。", (
        ("分组", 10), ("单位", 16), ("名次", 8), ("得分", 10), ("等级", 8), ("试算名次", 10), ("试算得分", 10), ("暂定", 8), ("未参加排名的原因", 60)),
        [(groups.get(g, g), s.unit(u), rank, score, grade or "", trial, figure and round(figure, 2), "暂定" if provisional else "",
          words.reasons(why)) for _, g, u, rank, score, grade, trial, figure, provisional, why in rows if not chosen or u in chosen])


def _targets(s: Source) -> Sheet:
    rows = s.ask("""
        SELECT target_unit_code AS unit, indicator, year, target_version, target_amount, canonical_unit, document_no, issued_date, is_current,
               file, sheet, row_no, lag(target_amount) OVER (PARTITION BY target_unit_code, indicator, year ORDER BY target_version) AS earlier
        FROM fct_target WHERE CAST(year AS VARCHAR) = left({period}, 4) AND target_unit_code IN (FROM chosen)
        QUALIFY count(*) OVER (PARTITION BY target_unit_code, indicator, year) > 1 ORDER BY ALL""")
    return Sheet("目标变动", "改过的年度目标，每一版都在；调低的要看文号和日期。", (
        ("单位", 16), ("指标", 18), ("版本", 7), ("目标值", 13), ("单位", 8), ("变动", 13), ("文号", 24), ("下达日期", 12), ("现行", 7), ("位置", 44)),
        [(s.unit(u), indicator, version, amount, uom, None if earlier is None else amount - earlier, document or "", str(day or ""),
          "是" if current else "", Place(file, sheet, f"第{row}行"))
         for u, indicator, _, version, amount, uom, document, day, current, file, sheet, row, earlier in rows])


def _evaluations(s: Source) -> Sheet:
    year = str(int(s.period[:4]) - 1)
    verified = "verified_score" if _has(s, "fct_evaluation", "verified_score") else "NULL"
    rows = s.ask("SELECT unit, programme_name, indicator_level3, comparator, target_value, actual_value, weight, self_score, recomputed_score,"
                 f" score_deviation, {verified}, file, sheet, row_no FROM fct_evaluation WHERE period IN ('{year}', left({{period}}, 4)) AND {{mine}}"
                 " ORDER BY unit, programme_name, row_no")
    return Sheet("自评与重算", "自评得分旁边是按计分办法重算的得分，以及核定得分（有的话）。", (
        ("单位", 14), ("项目", 26), ("指标", 24), ("性质", 6), ("指标值", 14), ("完成值", 14), ("分值", 8), ("自评", 8), ("重算", 8), ("自评偏高", 9), ("核定", 8), ("位置", 40)),
        [(s.unit(u), programme, name, sign or "", target or "", actual or "", weight, own, again, deviation, checked, Place(file, sheet, f"第{row}行"))
         for u, programme, name, sign, target, actual, weight, own, again, deviation, checked, file, sheet, row in rows])


def _held(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, verdict, line_rules, submission_rules, file, sheet, row_no FROM fct_quarantined_line"
                 " WHERE period = {period} AND {mine} ORDER BY unit NULLS LAST, form, file, row_no")
    return Sheet("隔离的行", "因错误没有计入的数据行：改正重报后才计入。", (
        ("单位", 16), ("报表", 22), ("报送结论", 12), ("行的规则", 24), ("整份的规则", 24), ("位置", 50)),
        [(s.unit(u), s.form(f), _verdict(v), own or "", whole or "", Place(file, sheet, f"第{row}行")) for u, f, v, own, whole, file, sheet, row in rows])


def _accountability(s: Source) -> Sheet:
    rows = s.ask("SELECT number, kind, unit, subject_name, rule, figures, state, due, released_by FROM fct_accountability"
                 " WHERE period = {period} AND {mine} ORDER BY CASE kind WHEN 'red_notice' THEN 1 WHEN 'yellow_notice' THEN 2 WHEN 'green_notice' THEN 3"
                 " ELSE 4 END, kind, unit, number")
    return Sheet("督办与榜单", "系统按规则提出，由人审定发出：没有发出人的只是建议。", (
        ("编号", 30), ("种类", 13), ("单位", 14), ("对象", 36), ("规则", 20), ("依据的数", 50), ("状态", 10), ("期限", 12), ("发出人", 10)),
        [(number, words.KINDS[kind], s.unit(u), s.form(name), words.RULES.get(rule, rule), figures, words.STATES.get(state, state),
          str(due or ""), who or "") for number, kind, u, name, rule, figures, state, due, who in rows])


def _sample(s: Source, seed: str, share: Decimal) -> Sheet:
    lines = s.ask("""
        WITH line AS (
            SELECT 'key_project_monthly' AS form, unit, line_id, project_name, completed_ytd AS amount, file, sheet, row_no, cells, township AS place
            FROM fct_project_progress WHERE period = {period}
            UNION ALL
            SELECT 'investment_monthly', unit, line_id, project_name, arrived_ytd, file, sheet, row_no, cells, NULL
            FROM fct_investment WHERE period = {period}
            UNION ALL
            SELECT form, unit, line_id, coalesce(json_extract_string(raw, 'project_name'), '（没有名称）'), NULL, file, sheet, row_no, cells, NULL
            FROM fct_quarantined_line WHERE period = {period} AND form IN ('key_project_monthly', 'investment_monthly') AND line_rules IS NOT NULL
        )
        SELECT * FROM line WHERE {mine} ORDER BY form, unit, line_id""")
    found: dict[str, list[tuple[str, str]]] = {}
    for line_id, rule, severity in s.ask("SELECT DISTINCT line_id, rule, severity FROM fct_data_quality_issue WHERE period = {period}"
                                         " AND counts AND line_id IS NOT NULL ORDER BY ALL"):
        found.setdefault(line_id, []).append((rule, severity))
    at = {line[2]: line for line in lines}
    projects = [Project(form, unit, line_id, name or "", amount, tuple(found.get(line_id, ())))
                for form, unit, line_id, name, amount, *_ in lines]
    rows = []
    for number, drawn in enumerate(draw(projects, seed, share), start=1):
        p = drawn.project
        _, _, _, _, _, file, sheet, row, _, place = at[p.line_id]
        rows.append((number, s.unit(p.unit), s.form(p.form), p.project, place or "", p.amount, words.DRAWN[drawn.reason], p.risk,
                     "、".join(s.rule(rule) for rule, _ in p.findings), Place(file, sheet, f"第{row}行"), ""))
    return Sheet("抽查名单", f"现场核查用：有错误的、命中 P15 P21 P36 的全部列入，其余随机抽 {share.normalize():f}%（种子“{seed}”，同一种子每次抽到的相同）。风险分越高越先查。", (
        ("序号", 6), ("单位", 14), ("报表", 18), ("项目", 36), ("所在地", 12), ("金额（万元）", 12), ("入选原因", 26), ("风险分", 8), ("问题", 40), ("位置", 44), ("核查结果", 20)), rows)


def _has(s: Source, table: str, column: str) -> bool:
    (there,) = s.con.execute("SELECT count(*) FROM duckdb_columns() WHERE table_name = ? AND column_name = ?", [table, column]).fetchone()
    return bool(there)


Maker = Callable[[Source], Sheet | None]
