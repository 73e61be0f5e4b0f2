"""The sheets of the audit pack about the data: can they be judged, what is wrong with them, what was said about it."""

from __future__ import annotations

from etl.assess import words
from etl.assess.pack import Judged, Sheet, Source

SUSPICIOUS = ("uniqueness", "plausibility")


def verdicts(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, verdict, reasons, blocked_until FROM fct_fitness WHERE period = {period} AND ({mine} OR unit = '*')"
                 " ORDER BY CASE unit WHEN '*' THEN 0 ELSE 1 END, unit, CASE form WHEN '*' THEN 0 ELSE 1 END, form")
    return Sheet("可用性结论", "数据能不能作为考核依据：不可用的指标等待，不给分也不给零分。", (
        ("单位", 16), ("报表", 22), ("结论", 10), ("原因", 90), ("可改正至", 12)),
        [(s.unit(u), s.form(f), s.word(words.VERDICTS, v), why or "", str(until or "")) for u, f, v, why, until in rows])


def figures(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, dimension, value, uom, verdict FROM fct_fitness_figure WHERE period = {period} AND ({mine} OR unit = '*')"
                 " ORDER BY CASE unit WHEN '*' THEN 0 ELSE 1 END, unit, CASE form WHEN '*' THEN 0 ELSE 1 END, form")
    name = "dimension_name" if s.lang == "zh" else "replace(dimension, '_', ' ')"
    heads = s.ask(f"SELECT DISTINCT dimension, {name}, place, better, fit_at, reserved_at FROM fct_fitness_figure ORDER BY place")
    table: dict[tuple[str, str], dict[str, Judged]] = {}
    for unit, form, dimension, value, uom, verdict in rows:
        text = f"{round(value, 2).normalize():f}{uom if uom == '%' else ''}"
        table.setdefault((unit, form), {})[dimension] = Judged(text, s.word(words.VERDICTS, verdict))
    limits = s.say("；").join(f"{name} {'≥' if better == '+' else '≤'}{fit.normalize():f}"
                      + ("" if low is None or low == fit else s.say("（有保留 {low}）", low=f"{low.normalize():f}")) for _, name, _, better, fit, low in heads if better == "-" or fit > 0)
    return Sheet("可用性指标", s.say("绿可用，黄有保留，红不可用。界限：{limits}。", limits=limits), (
        ("单位", 16), ("报表", 24), *((name, 9) for _, name, *_ in heads)),
        [(s.unit(u), s.form(f), *(found.get(dimension, "") for dimension, *_ in heads)) for (u, f), found in table.items()])


def by_rule(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, rule, severity, count(*), count(DISTINCT line_id), count(DISTINCT form) FROM fct_data_quality_issue"
                 " WHERE period = {period} AND {mine} AND (counts OR submission_id LIKE 'missing:%')"
                 " GROUP BY unit, rule, severity ORDER BY unit, CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, 4 DESC, rule")
    return Sheet("问题汇总", "有效报送里的问题，按单位和规则。", (
        ("单位", 16), ("规则", 30), ("程度", 8), ("个数", 8), ("涉及行", 8), ("涉及报表", 10)),
        [(s.unit(u), s.rule(r), s.word(words.SEVERITIES, sev), n, lines, forms) for u, r, sev, n, lines, forms in rows])


def issues(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, rule, severity, file, sheet, cell, row_no, value_sent, expected, sentence, state, business_key"
                 " FROM fct_data_quality_issue WHERE period = {period} AND {mine} AND (counts OR submission_id LIKE 'missing:%')"
                 " ORDER BY unit, form, CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, file, sheet, row_no, rule, cell")
    return Sheet("问题明细", "每个问题在哪个文件、哪张表、哪个单元格；点位置可打开随包的原始文件。", (
        ("单位", 14), ("报表", 20), ("规则", 26), ("程度", 7), ("位置", 44), ("所报", 18), ("应为", 22), ("状态", 10), ("说明", 60)),
        [(s.unit(u), s.form(f), s.rule(r), s.word(words.SEVERITIES, sev), s.at(file, sheet, cell, row) or key or "",
          value or "", expected or "", s.word(words.STATES, st), sentence)
         for u, f, r, sev, file, sheet, cell, row, value, expected, sentence, st, key in rows])


def again(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, rule, records, times, repeats, returns, records_standing, records_mended, last_seen_at FROM fct_recurrence"
                 " WHERE {mine} AND (repeats > 0 OR returns > 0) ORDER BY returns DESC, repeats DESC, unit, rule")
    return Sheet("屡次发生", "改了又犯、一直不改的问题，历次报送一起看。", (
        ("单位", 16), ("规则", 32), ("涉及记录", 9), ("出现次数", 9), ("连续重犯", 9), ("改后又犯", 9), ("仍在", 8), ("已改", 8), ("最近一次", 19)),
        [(s.unit(u), s.rule(r), *numbers, str(at or "")) for u, r, *numbers, at in rows])


def answers(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, rule, state, file, sheet, cell, value_sent, explanation, explained_by, explained_at, decision"
                 " FROM fct_data_quality_issue WHERE period = {period} AND {mine} AND counts AND state <> 'open'"
                 " ORDER BY unit, form, rule, file, sheet, row_no, cell")
    return Sheet("说明与豁免", "单位的说明、批准的更正、豁免和裁定：谁、为什么、什么时候。", (
        ("单位", 14), ("报表", 20), ("规则", 26), ("状态", 10), ("位置", 40), ("所报", 18), ("理由", 44), ("谁", 10), ("时间", 18), ("记在", 18)),
        [(s.unit(u), s.form(f), s.rule(r), s.word(words.STATES, st), s.at(file, sheet, cell), value or "", why or "", who or "",
          str(at or ""), ruling or "") for u, f, r, st, file, sheet, cell, value, why, who, at, ruling in rows])


def suspicious(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, rule, severity, file, sheet, cell, row_no, value_sent, expected, sentence FROM fct_data_quality_issue"
                 " WHERE period = {period} AND {mine} AND counts ORDER BY rule, unit, form, file, sheet, row_no, cell")
    return Sheet("可疑情况", "数字本身读得懂，但像是重复、凑数、倒推或夸大；需要人来看。", (
        ("规则", 28), ("单位", 14), ("报表", 20), ("程度", 7), ("位置", 44), ("所报", 18), ("对照", 26), ("说明", 60)),
        [(s.rule(r), s.unit(u), s.form(f), s.word(words.SEVERITIES, sev), s.at(file, sheet, cell, row), value or "",
          expected or "", sentence)
         for u, f, r, sev, file, sheet, cell, row, value, expected, sentence in rows if s.rules.get(r, ("", ""))[1] in SUSPICIOUS])


def held(s: Source) -> Sheet:
    rows = s.ask("SELECT unit, form, verdict, line_rules, submission_rules, file, sheet, row_no FROM fct_quarantined_line"
                 " WHERE period = {period} AND {mine} ORDER BY unit NULLS LAST, form, file, row_no")
    return Sheet("隔离的行", "因错误没有计入的数据行：改正重报后才计入。", (
        ("单位", 16), ("报表", 22), ("报送结论", 12), ("行的规则", 24), ("整份的规则", 24), ("位置", 50)),
        [(s.unit(u), s.form(f), s.word(words.OUTCOMES, v), own or "", whole or "", s.at(file, sheet, None, row)) for u, f, v, own, whole, file, sheet, row in rows])
