"""The sheets of the audit pack about what was made of the data: claims, scores, ranks, orders, and the sample to visit."""

from __future__ import annotations

from decimal import Decimal

from etl.assess import words
from etl.assess.pack import Sheet, Source
from etl.assess.sampling import Project, draw


def claims(s: Source) -> Sheet:
    claims = s.ask("SELECT project_name, claim_key, unit, form, state, decision, share_pct, amount, credited_amount, file, sheet, row_no, why,"
                   " decided_by FROM fct_claim WHERE period = {period} AND claim_key IN (SELECT claim_key FROM fct_claim WHERE"
                   " period = {period} AND {mine}) ORDER BY form, claim_key, claim_order")
    alike = s.ask("SELECT project_name, other_project_name, unit, other_unit, form, evidence_for, evidence_against, file, sheet, row_no"
                  " FROM fct_claim_candidate WHERE period = {period} AND state = 'open' AND ({mine} OR other_unit IN (FROM chosen))"
                  " ORDER BY form, points_for DESC, line_id, other_line_id")
    rows = [(name, s.unit(u), s.form(f), s.word(words.STATES, st), s.word(words.DECISIONS, d), pct, amount, credited,
             s.at(file, sheet, None, row), "；".join(filter(None, (why, by))))
            for name, _, u, f, st, d, pct, amount, credited, file, sheet, row, why, by in claims]
    rows += [(f"{one} ／ {other}", f"{s.unit(u)}、{s.unit(o)}", s.form(f), s.say("疑似同一项目"), "", None, None, None, s.at(file, sheet, None, row),
              f"支持：{pro}" + (f" 反对：{con}" if con else ""))
             for one, other, u, o, f, pro, con, file, sheet, row in alike]
    return Sheet("重复申报", "一个项目被几家申报，怎样裁定，各认多少；疑似的列出支持和反对的证据。", (
        ("项目", 40), ("单位", 18), ("报表", 20), ("状态", 13), ("裁定", 10), ("份额%", 8), ("金额（万元）", 13), ("认定（万元）", 13), ("位置", 44), ("依据", 50)), rows)


def scores(s: Source) -> Sheet:
    rows = s.ask("SELECT scheme, unit, node, node_name, weight, value, uom, target_version, target_amount, target_document, working,"
                 " found_points, status, reason FROM fct_score WHERE period = {period} AND {mine} AND is_leaf ORDER BY scheme, unit, place")
    return Sheet("得分由来", "每项指标的数、用的目标版本、算式和得分；等待的不给分也不给零分。", (
        ("单位", 14), ("指标", 36), ("分值", 7), ("数值", 12), ("计量", 6), ("目标版本", 9), ("目标值", 12), ("目标文号", 22), ("算式", 46), ("得分", 9),
        ("状态", 12), ("原因", 14)),
        [(s.unit(u), f"{node} {name}", weight, value, uom if value is not None else "", version, target, document or "", working or "", points,
          s.word(words.STATUS, st), s.word(words.REASONS, why)) for _, u, node, name, weight, value, uom, version, target, document, working, points, st, why in rows])


def ranking(s: Source) -> Sheet:
    rows = s.ask("SELECT scheme, unit_group, unit, rank_no, score, grade, provisional_rank_no, provisional_figure, is_provisional, reason"
                 " FROM fct_ranking WHERE period = {period} AND node = '总分'"
                 " ORDER BY scheme, unit_group, rank_no NULLS LAST, provisional_rank_no NULLS LAST, unit")
    chosen = set(s.chosen)
    return Sheet("得分与排名", "同组单位比较；名次是暂定的，直到应到的单位都有可用的数。未参加排名的写明原因。", (
        ("分组", 10), ("单位", 16), ("名次", 8), ("得分", 10), ("等级", 8), ("试算名次", 10), ("试算得分", 10), ("暂定", 8), ("未参加排名的原因", 60)),
        [(s.group(g), s.unit(u), rank, score, grade or "", trial, figure and round(figure, 2), s.say("暂定") if provisional else "",
          words.reasons(why, s.say)) for _, g, u, rank, score, grade, trial, figure, provisional, why in rows if not chosen or u in chosen])


def targets(s: Source) -> Sheet:
    rows = s.ask("""
        SELECT target_unit_code AS unit, indicator, year, target_version, target_amount, canonical_unit, document_no, issued_date, is_current,
               file, sheet, row_no, lag(target_amount) OVER (PARTITION BY target_unit_code, indicator, year ORDER BY target_version) AS earlier
        FROM fct_target WHERE CAST(year AS VARCHAR) = left({period}, 4) AND target_unit_code IN (FROM chosen)
        QUALIFY count(*) OVER (PARTITION BY target_unit_code, indicator, year) > 1 ORDER BY ALL""")
    return Sheet("目标变动", "改过的年度目标，每一版都在；调低的要看文号和日期。", (
        ("单位", 16), ("指标", 18), ("版本", 7), ("目标值", 13), ("计量", 8), ("变动", 13), ("文号", 24), ("下达日期", 12), ("现行", 7), ("位置", 44)),
        [(s.unit(u), indicator, version, amount, uom, None if earlier is None else amount - earlier, document or "", str(day or ""),
          s.say("是") if current else "", s.at(file, sheet, None, row))
         for u, indicator, _, version, amount, uom, document, day, current, file, sheet, row, earlier in rows])


def evaluations(s: Source) -> Sheet:
    year = str(int(s.period[:4]) - 1)
    rows = s.ask("SELECT unit, programme_name, indicator_level3, comparator, target_value, actual_value, weight, self_score, recomputed_score,"
                 f" score_deviation, verified_score, file, sheet, row_no FROM fct_evaluation WHERE period IN ('{year}', left({{period}}, 4)) AND {{mine}}"
                 " ORDER BY unit, programme_name, row_no")
    return Sheet("自评与重算", "自评得分旁边是按计分办法重算的得分，以及核定得分（有的话）。", (
        ("单位", 14), ("项目", 26), ("指标", 24), ("性质", 6), ("指标值", 14), ("完成值", 14), ("分值", 8), ("自评", 8), ("重算", 8), ("自评偏高", 9), ("核定", 8), ("位置", 40)),
        [(s.unit(u), programme, name, sign or "", target or "", actual or "", weight, own, again, deviation, checked, s.at(file, sheet, None, row))
         for u, programme, name, sign, target, actual, weight, own, again, deviation, checked, file, sheet, row in rows])


def accountability(s: Source) -> Sheet:
    rows = s.ask("SELECT number, kind, unit, subject_name, rule, figures, state, due, released_by FROM fct_accountability"
                 " WHERE period = {period} AND {mine} ORDER BY CASE kind WHEN 'red_notice' THEN 1 WHEN 'yellow_notice' THEN 2 WHEN 'green_notice' THEN 3"
                 " ELSE 4 END, kind, unit, number")
    return Sheet("督办与榜单", "系统按规则提出，由人审定发出：没有发出人的只是建议。", (
        ("编号", 30), ("种类", 13), ("单位", 14), ("对象", 36), ("规则", 20), ("依据的数", 50), ("状态", 10), ("期限", 12), ("发出人", 10)),
        [(number, s.word(words.KINDS, kind), s.unit(u), s.form(name), s.word(words.RULES, rule), figures, s.word(words.STATES, state),
          str(due or ""), who or "") for number, kind, u, name, rule, figures, state, due, who in rows])


def sample(s: Source, seed: str, share: Decimal) -> Sheet:
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
        rows.append((number, s.unit(p.unit), s.form(p.form), p.project, place or "", p.amount, s.word(words.DRAWN, drawn.reason), p.risk,
                     "、".join(s.rule(rule) for rule, _ in p.findings), s.at(file, sheet, None, row), ""))
    return Sheet("抽查名单", s.say("现场核查用：有错误的、命中 P15 P21 P36 的全部列入，其余随机抽 {share}%（种子“{seed}”，同一种子每次抽到的相同）。风险分越高越先查。",
                           share=f"{share.normalize():f}", seed=seed), (
        ("序号", 6), ("单位", 14), ("报表", 18), ("项目", 36), ("所在地", 12), ("金额（万元）", 12), ("入选原因", 26), ("风险分", 8), ("问题", 40), ("位置", 44), ("核查结果", 20)), rows)
