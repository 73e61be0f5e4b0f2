"""The sheets of the audit pack about what was made of the data: claims, scores, ranks, orders, and the sample to visit."""

from __future__ import annotations

from decimal import Decimal

from etl.assess.pack import PackSheet, Source, between, reasons
from etl.assess.sampling import ALWAYS, Project, draw
from etl.period import Period
from etl.texts.catalogue import as_modelled


def claims_sheet(s: Source) -> PackSheet:
    claims = s.ask("SELECT project_name, claim_key, unit, form, state, decision, share_pct, amount, credited_amount, file, sheet, row_no, reason, why,"
                   " decided_by FROM fct_claim WHERE period = {period} AND claim_key IN (SELECT claim_key FROM fct_claim WHERE"
                   " period = {period} AND {mine}) ORDER BY form, claim_key, claim_order")
    alike = s.ask("SELECT project_name, other_project_name, unit, other_unit, form, evidence_for, evidence_against, file, sheet, row_no"
                  " FROM fct_claim_candidate WHERE period = {period} AND state = 'open' AND ({mine} OR other_unit IN (FROM chosen))"
                  " ORDER BY form, points_for DESC, line_id, other_line_id")
    rows = [(name, s.unit(u), s.form(f), s.word("state", st), s.word("ruling", d), pct, amount, credited,
             s.at(file, sheet, None, row), s.say("pack.semicolon").join(filter(None, (reason, why, by))))
            for name, _, u, f, st, d, pct, amount, credited, file, sheet, row, reason, why, by in claims]
    rows += [(f"{one} ／ {other}", s.say.list((s.unit(u), s.unit(o))), s.form(f), s.say("pack.perhaps_same"), "", None, None, None, s.at(file, sheet, None, row),
              s.say("pack.pro", pro=pro) + (s.say("pack.con", con=con) if con else ""))
             for one, other, u, o, f, pro, con, file, sheet, row in alike]
    return s.sheet("claims", (
        ("project", 40), ("unit", 18), ("form", 20), ("state", 13), ("ruling", 10), ("share_pct", 8), ("amount_10k_yuan", 13), ("credited_10k_yuan", 13), ("place", 44), ("grounds", 50)), rows)


def scores(s: Source) -> PackSheet:
    rows = s.ask("SELECT scheme_name, unit, node, node_name, weight, value, uom, target_version, target_amount, coalesce(target_document, score.document), working,"
                 " coalesce(score.points, found_points), status, reason FROM fct_score AS score JOIN dim_scheme USING (scheme, version)"
                 " WHERE period = {period} AND {mine} AND source IS NOT NULL ORDER BY scheme, unit, place")
    return s.sheet("scores", (
        ("scheme", 24), ("unit", 14), ("indicator", 36), ("weight", 7), ("figure", 12), ("unit_of_measure", 6), ("target_version", 9), ("target", 12), ("target_document", 22), ("working", 46), ("score", 9),
        ("state", 12), ("reason", 14)),
        [(scheme, s.unit(u), f"{node} {name}", weight, value, uom if value is not None else "", version, target, document or "", as_modelled(working, s.lang), points,
          s.word("scoring", st), s.word("unscored", why)) for scheme, u, node, name, weight, value, uom, version, target, document, working, points, st, why in rows])


def objections_sheet(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, concat_ws(' ', node, node_name), score_shown, score_now, state, objection, evidence, raised_by, decided_by, why,"
                 " objection_id FROM fct_objection WHERE period = {period} AND {mine} ORDER BY unit, objection_id")
    return s.sheet("objections", (
        ("unit", 14), ("indicator", 30), ("score_shown", 9), ("score_now", 9), ("state", 16), ("objection", 40), ("evidence", 24),
        ("raised_by", 10), ("decided_by", 10), ("why", 40), ("written_in", 18)),
        [(s.unit(u), node, shown, now, s.word("objection", state), text, proof or "", by, judge or "", why or "", ruling)
         for u, node, shown, now, state, text, proof, by, judge, why, ruling in rows])


def ranking(s: Source) -> PackSheet:
    rows = s.ask("SELECT scheme_name, unit_group, unit, rank_no, tied_units, ranked_units, expected_units, score, CAST(score_low AS DECIMAL(20, 2)), CAST(score_high AS DECIMAL(20, 2)), rank_best, rank_worst,"
                 " grade, provisional_rank_no, provisional_figure, is_provisional, reason FROM fct_ranking JOIN dim_scheme USING (scheme, version)"
                 " WHERE period = {period} AND node = '总分' ORDER BY scheme, unit_group, rank_no NULLS LAST, provisional_rank_no NULLS LAST, unit")
    chosen = set(s.chosen)
    return s.sheet("ranking", (
        ("scheme", 24), ("group", 10), ("unit", 16), ("rank", 8), ("tied", 8), ("compared", 8), ("expected_units", 8), ("score", 10), ("score_range", 16), ("rank_range", 10),
        ("grade", 8), ("trial_place", 10), ("trial_score", 10), ("provisional", 8), ("unranked", 60)),
        [(scheme, s.group(g), s.unit(u), rank, tied if rank else None, compared, expected, score, between(low, high, s.say), between(best, worst, s.say),
          grade or "", trial, figure and round(figure, 2), s.say("pack.provisional") if provisional else "", reasons(why, s.say))
         for scheme, g, u, rank, tied, compared, expected, score, low, high, best, worst, grade, trial, figure, provisional, why in rows
         if not chosen or u in chosen])


def targets(s: Source) -> PackSheet:
    rows = s.ask("""
        SELECT target_unit_code AS unit, indicator, year, target_version, target_amount, canonical_unit, document_no, issued_date, is_current,
               file, sheet, row_no, lag(target_amount) OVER (PARTITION BY target_unit_code, indicator, year ORDER BY target_version) AS earlier
        FROM fct_target WHERE CAST(year AS VARCHAR) = left({period}, 4) AND target_unit_code IN (FROM chosen)
        QUALIFY count(*) OVER (PARTITION BY target_unit_code, indicator, year) > 1 ORDER BY ALL""")
    return s.sheet("targets", (
        ("unit", 16), ("indicator", 18), ("version", 7), ("target", 13), ("unit_of_measure", 8), ("change", 13), ("document", 24), ("issued", 12), ("valid", 7), ("place", 44)),
        [(s.unit(u), indicator, version, amount, uom, None if earlier is None else amount - earlier, document or "", str(day or ""),
          s.say("pack.yes") if current else "", s.at(file, sheet, None, row))
         for u, indicator, _, version, amount, uom, document, day, current, file, sheet, row, earlier in rows])


def evaluations(s: Source) -> PackSheet:
    period = Period.read(s.period)
    year = str(period.year - 1) if period else ""
    rows = s.ask("SELECT unit, programme_name, indicator_level3, comparator, target_value, actual_value, weight, self_score, recomputed_score,"
                 f" score_deviation, verified_score, file, sheet, row_no FROM fct_evaluation WHERE period IN ('{year}', left({{period}}, 4)) AND {{mine}}"
                 " ORDER BY unit, programme_name, row_no")
    return s.sheet("evaluations", (
        ("unit", 14), ("project", 26), ("indicator", 24), ("sign", 6), ("target_value", 14), ("actual_value", 14), ("weight", 8), ("self_score", 8), ("recomputed", 8), ("self_too_high", 9), ("verified", 8), ("place", 40)),
        [(s.unit(u), programme, name, sign or "", target or "", actual or "", weight, own, again, deviation, checked, s.at(file, sheet, None, row))
         for u, programme, name, sign, target, actual, weight, own, again, deviation, checked, file, sheet, row in rows])


def accountability(s: Source) -> PackSheet:
    rows = s.ask("SELECT number, kind, unit, subject_name, ground, figures, state, due, released_by FROM fct_accountability"
                 " WHERE (period = {period} OR number IN (SELECT number FROM fct_notice WHERE period = {period})) AND {mine} ORDER BY CASE kind WHEN 'red_notice' THEN 1 WHEN 'yellow_notice' THEN 2 WHEN 'green_notice' THEN 3"
                 " ELSE 4 END, kind, unit, number")
    return s.sheet("accountability", (
        ("order_number", 30), ("kind", 13), ("unit", 14), ("about", 36), ("rule", 20), ("grounds_figures", 50), ("state", 10), ("due", 12), ("released_by", 10)),
        [(number, s.word("order", kind), s.unit(u), s.form(name), s.word("ground", ground), figures, s.word("state", state),
          str(due or ""), who or "") for number, kind, u, name, ground, figures, state, due, who in rows])


def sample(s: Source, seed: str, share: Decimal) -> PackSheet:
    lines = s.ask("""
        WITH line AS (
            SELECT 'key_project_monthly' AS form, unit, line_id, project_name, completed_ytd AS amount, file, sheet, row_no, cells, township AS place
            FROM fct_project_progress WHERE period = {period}
            UNION ALL
            SELECT 'investment_monthly', unit, line_id, project_name, arrived_ytd, file, sheet, row_no, cells, NULL
            FROM fct_investment WHERE period = {period}
            UNION ALL
            SELECT form, unit, line_id, json_extract_string(raw, 'project_name'), NULL, file, sheet, row_no, cells, NULL
            FROM fct_quarantined_line WHERE period = {period} AND form IN ('key_project_monthly', 'investment_monthly') AND line_rules IS NOT NULL
        )
        SELECT * FROM line WHERE {mine} ORDER BY form, unit, line_id""")
    found: dict[str, list[tuple[str, str]]] = {}
    for line_id, rule, severity in s.ask("SELECT DISTINCT line_id, rule, severity FROM fct_data_quality_issue WHERE period = {period}"
                                         " AND counts AND line_id IS NOT NULL ORDER BY ALL"):
        found.setdefault(line_id, []).append((rule, severity))
    effects = dict(s.ask("SELECT line_id, max(expected_effect) FROM fct_issue_effect WHERE period = {period} AND effect > 0"
                         " AND line_id IS NOT NULL GROUP BY line_id"))
    points = dict(s.ask("SELECT line_id, max(abs(score_change)) FROM fct_issue_score JOIN fct_issue_effect USING (issue_no)"
                        " WHERE fct_issue_effect.period = {period} AND line_id IS NOT NULL GROUP BY line_id"))
    at = {line[2]: line for line in lines}
    projects = [Project(form, unit, line_id, name or s.say("pack.nameless"), amount, tuple(found.get(line_id, ())),
                        effects.get(line_id, Decimal(0)), points.get(line_id, Decimal(0)))
                for form, unit, line_id, name, amount, *_ in lines]
    wrong = dict(s.ask("SELECT rate.unit, max_by(rate.wrong_pct, visited.period_end) FROM fct_visit_rate rate"
                       " JOIN dim_period visited USING (period) JOIN dim_period judged ON judged.period = {period}"
                       " WHERE visited.period_end <= judged.period_end GROUP BY rate.unit ORDER BY rate.unit"))
    rows = []
    for number, drawn in enumerate(draw(projects, seed, share, wrong), start=1):
        p = drawn.project
        _, _, _, _, _, file, sheet, row, _, place = at[p.line_id]
        rows.append((number, s.unit(p.unit), s.form(p.form), p.project, place or "", p.amount, s.word("drawn", drawn.reason), p.risk, p.effect or None,
                     s.say.list([s.rule(rule) for rule, _ in p.findings]), s.at(file, sheet, None, row), ""))
    return s.sheet("sample", (
        ("no", 6), ("unit", 14), ("form", 18), ("project", 36), ("location", 12), ("amount_10k_yuan", 12), ("why_drawn", 26), ("risk", 8), ("expected_effect", 12), ("findings", 40), ("place", 44), ("result_on_site", 20)), rows, share=f"{share.normalize():f}", seed=seed, rules=[s.rule(rule) for rule in ALWAYS])
