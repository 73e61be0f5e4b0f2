"""The sheets of the audit pack about the data: can they be judged, what is wrong with them, what was said about it."""

from __future__ import annotations

from etl.assess.pack import Judged, PackSheet, Source, by_scheme
from etl.texts.catalogue import as_modelled

SUSPICIOUS = ("uniqueness", "plausibility")


def verdicts_sheet(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, form, verdict, reasons, blocked_until FROM fct_fitness WHERE period = {period} AND ({mine} OR unit = '*')"
                 " ORDER BY CASE unit WHEN '*' THEN 0 ELSE 1 END, unit, CASE form WHEN '*' THEN 0 ELSE 1 END, form")
    return s.sheet("verdicts", (
        ("unit", 16), ("form", 22), ("verdict", 10), ("reason", 90), ("until", 12)),
        [(s.unit(u), s.form(f), s.word("fitness", v), as_modelled(why, s.lang), str(until or "")) for u, f, v, why, until in rows])


def figures(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, form, dimension, value, uom, verdict FROM fct_fitness_figure WHERE period = {period} AND ({mine} OR unit = '*')"
                 " ORDER BY CASE unit WHEN '*' THEN 0 ELSE 1 END, unit, CASE form WHEN '*' THEN 0 ELSE 1 END, form")
    name = "dimension_name" if s.lang == "zh" else "replace(dimension, '_', ' ')"
    heads = s.ask(f"SELECT DISTINCT dimension, {name}, place, better, fit_at, reserved_at FROM fct_fitness_figure ORDER BY place")
    table: dict[tuple[str, str], dict[str, Judged]] = {}
    for unit, form, dimension, value, uom, verdict in rows:
        text = f"{round(value, 2).normalize():f}{uom if uom == '%' else ''}"
        table.setdefault((unit, form), {})[dimension] = Judged(text, s.word("fitness", verdict))
    limits = s.say("pack.semicolon").join(f"{name} {'≥' if better == '+' else '≤'}{fit.normalize():f}"
                      + ("" if low is None or low == fit else s.say("pack.reserved", low=f"{low.normalize():f}")) for _, name, _, better, fit, low in heads if better == "-" or fit > 0)
    return s.sheet("figures", (
        ("unit", 16), ("form", 24), *((name, 9) for _, name, *_ in heads)),
        [(s.unit(u), s.form(f), *(found.get(dimension, "") for dimension, *_ in heads)) for (u, f), found in table.items()], limits=limits)


def by_rule(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, rule, severity, count(*), count(DISTINCT line_id), count(DISTINCT form) FROM fct_data_quality_issue"
                 " WHERE period = {period} AND {mine} AND (counts OR submission_id LIKE 'missing:%')"
                 " GROUP BY unit, rule, severity ORDER BY unit, CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END, 4 DESC, rule")
    return s.sheet("by_rule", (
        ("unit", 16), ("rule", 30), ("severity", 8), ("number", 8), ("lines_touched", 8), ("forms_touched", 10)),
        [(s.unit(u), s.rule(r), s.word("severity", sev), n, lines, forms) for u, r, sev, n, lines, forms in rows])


def issues(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, form, rule, severity, file, sheet, cell, row_no, value_sent, expected, sentence, state, business_key,"
                 " expected_effect, effect.told, moved.told FROM fct_data_quality_issue"
                 " LEFT JOIN (SELECT issue_no, expected_effect, told FROM fct_issue_effect) effect USING (issue_no)"
                 " LEFT JOIN (SELECT issue_no, list((scheme, told) ORDER BY scheme, version) AS told, max(abs(score_change)) AS points"
                 "            FROM fct_issue_score GROUP BY issue_no) moved USING (issue_no)"
                 " WHERE period = {period} AND {mine} AND (counts OR submission_id LIKE 'missing:%')"
                 " ORDER BY coalesce(expected_effect, 0) DESC, coalesce(points, 0) DESC, unit, form, CASE severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,"
                 " file, sheet, row_no, rule, cell")
    return s.sheet("issues", (
        ("unit", 14), ("form", 20), ("rule", 26), ("severity", 7), ("place", 44), ("as_sent", 18), ("expected", 22), ("state", 10),
        ("expected_effect", 12), ("effect", 30), ("score_effect", 24), ("sentence", 60)),
        [(s.unit(u), s.form(f), s.rule(r), s.word("severity", sev), s.at(file, sheet, cell, row) or s.key(key),
          value or "", s.expected(expected, r), s.word("state", st), moved, as_modelled(told, s.lang), by_scheme(scored or [], s.say), sentence)
         for u, f, r, sev, file, sheet, cell, row, value, expected, sentence, st, key, moved, told, scored in rows])


def again(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, rule, records, times, repeats, returns, records_standing, records_mended, last_seen_at FROM fct_recurrence"
                 " WHERE {mine} AND (repeats > 0 OR returns > 0) ORDER BY returns DESC, repeats DESC, unit, rule")
    return s.sheet("again", (
        ("unit", 16), ("rule", 32), ("records", 9), ("times", 9), ("repeated", 9), ("returned", 9), ("standing", 8), ("mended", 8), ("last_seen", 19)),
        [(s.unit(u), s.rule(r), *numbers, str(at or "")) for u, r, *numbers, at in rows])


def answers_sheet(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, form, rule, state, file, sheet, cell, value_sent, explanation, explained_by, explained_at, decision"
                 " FROM fct_data_quality_issue WHERE period = {period} AND {mine} AND counts AND state <> 'open'"
                 " ORDER BY unit, form, rule, file, sheet, row_no, cell")
    return s.sheet("answers", (
        ("unit", 14), ("form", 20), ("rule", 26), ("state", 10), ("place", 40), ("as_sent", 18), ("reason_given", 44), ("who", 10), ("when", 18), ("written_in", 18)),
        [(s.unit(u), s.form(f), s.rule(r), s.word("state", st), s.at(file, sheet, cell), value or "", why or "", who or "",
          str(at or ""), ruling or "") for u, f, r, st, file, sheet, cell, value, why, who, at, ruling in rows])


def suspicious(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, form, rule, severity, file, sheet, cell, row_no, value_sent, expected, sentence FROM fct_data_quality_issue"
                 " WHERE period = {period} AND {mine} AND counts ORDER BY rule, unit, form, file, sheet, row_no, cell")
    return s.sheet("suspicious", (
        ("rule", 28), ("unit", 14), ("form", 20), ("severity", 7), ("place", 44), ("as_sent", 18), ("compared_with", 26), ("sentence", 60)),
        [(s.rule(r), s.unit(u), s.form(f), s.word("severity", sev), s.at(file, sheet, cell, row), value or "",
          s.expected(expected, r), sentence)
         for u, f, r, sev, file, sheet, cell, row, value, expected, sentence in rows if s.rules.get(r, ("", ""))[1] in SUSPICIOUS])


def held(s: Source) -> PackSheet:
    rows = s.ask("SELECT unit, form, verdict, line_rules, submission_rules, file, sheet, row_no FROM fct_quarantined_line"
                 " WHERE period = {period} AND {mine} ORDER BY unit NULLS LAST, form, file, row_no")
    return s.sheet("held", (
        ("unit", 16), ("form", 22), ("verdict_of_the_whole", 12), ("rules_of_the_line", 24), ("rules_of_the_whole", 24), ("place", 50)),
        [(s.unit(u), s.form(f), s.word("verdict", v), own or "", whole or "", s.at(file, sheet, None, row)) for u, f, v, own, whole, file, sheet, row in rows])
