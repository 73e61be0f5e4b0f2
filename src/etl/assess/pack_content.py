"""Put the audit pack together: who stands where at a glance, then every sheet, then the files they point to."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from etl.assess import pack_data, pack_judgement
from etl.assess.pack import CellLink, Pack, PackSheet, Source
from etl.texts.catalogue import as_modelled

SHEETS = (
    pack_data.verdicts_sheet,
    pack_data.figures,
    pack_data.by_rule,
    pack_data.issues,
    pack_data.again,
    pack_data.answers_sheet,
    pack_data.suspicious,
    pack_judgement.claims_sheet,
    pack_judgement.ranking,
    pack_judgement.scores,
    pack_judgement.objections_sheet,
    pack_judgement.targets,
    pack_judgement.evaluations,
    pack_data.held,
    pack_judgement.accountability,
)


def collect(source: Source, headline: list[tuple[str, str]], seed: str, share: Decimal) -> Pack:
    """Fill the pack from the published version that `source` reads; sheets without a row are left out, the sample never."""
    pack = Pack(source.period, tuple(source.unit(u) for u in source.chosen), headline, source.say)
    made = [glance(source), *(make(source) for make in SHEETS)]
    kept = [sheet for sheet in made if sheet.rows] + [pack_judgement.sample(source, seed, share), versions_sheet(source)]
    pack.sheets = kept
    linked = {value.file for sheet in pack.sheets for row in sheet.rows for value in row if isinstance(value, CellLink)}
    known = dict(source.ask("SELECT file, max(file_sha256) FROM fct_submission_version GROUP BY file"))
    pack.files = {file: known[file] for file in sorted(linked) if file in known}
    return pack


def chair(s: Source) -> str:
    """What whoever presides must know, in a few sentences: each says what is counted in a sheet, and none is said of nothing."""
    [(errors, warnings)] = s.ask(
        "SELECT count(*) FILTER (severity = 'error'), count(*) FILTER (severity = 'warning') FROM fct_data_quality_issue"
        " WHERE period = {period} AND {mine} AND (counts OR submission_id LIKE 'missing:%') AND state = 'open'"
    )
    matters = s.ask(
        "SELECT kind, state FROM fct_accountability WHERE (period = {period} OR number IN (SELECT number FROM fct_notice"
        " WHERE period = {period})) AND {mine} AND state <> 'recovered' AND kind IN ('red_notice', 'yellow_notice', 'green_notice')"
    )
    kinds, proposed = Counter(kind for kind, _ in matters), sum(state == "proposed" for _, state in matters)
    [(claims,)] = s.ask("SELECT count(*) FROM fct_claim WHERE period = {period} AND {mine} AND state = 'unsettled'")
    [(objections,)] = s.ask("SELECT count(*) FROM fct_objection WHERE period = {period} AND {mine} AND decided_by IS NULL")
    colours = {colour: kinds[f"{colour}_notice"] for colour in ("red", "yellow", "green")}
    told = [s.say("pack.chair_errors", errors=errors, warnings=warnings)]
    told += [s.say("pack.chair_matters", proposed=proposed, **colours)] if matters else []
    told += [s.say("pack.chair_claims", claims=claims)] if claims else []
    told += [s.say("pack.chair_objections", objections=objections)] if objections else []
    return ("" if s.lang == "zh" else " ").join(told)


def glance(s: Source) -> PackSheet:
    """One row a unit: can its data be judged, what is open, where does it stand."""
    rows = s.ask("""
        WITH figure AS (PIVOT (SELECT unit, dimension, value FROM fct_fitness_figure WHERE period = {period} AND form = '*')
                        ON dimension IN ('coverage', 'timeliness', 'open_errors', 'open_warnings') USING max(value)),
        place AS (SELECT * FROM fct_ranking WHERE period = {period} AND node = '总分'
                  AND (scheme, version) = (SELECT min((scheme, version)) FROM fct_ranking WHERE period = {period}))
        SELECT f.unit, f.verdict, g.coverage, g.timeliness, g.open_errors, g.open_warnings, p.unit_group, p.score, p.rank_no, p.grade,
               p.provisional_figure, p.provisional_rank_no, f.reasons
        FROM fct_fitness f JOIN figure g USING (unit) LEFT JOIN place p USING (unit)
        WHERE f.period = {period} AND f.form = '*' AND f.unit <> '*' AND f.unit IN (FROM chosen)
        ORDER BY p.unit_group NULLS LAST, p.rank_no NULLS LAST, p.provisional_rank_no NULLS LAST, f.unit""")
    return s.sheet(
        "glance",
        (
            ("group", 8),
            ("unit", 16),
            ("data", 9),
            ("complete_pct", 9),
            ("on_time_pct", 9),
            ("error", 7),
            ("warning", 7),
            ("score", 9),
            ("rank", 7),
            ("grade", 7),
            ("trial_score", 9),
            ("trial_place", 9),
            ("main_reasons", 62),
        ),
        [
            (
                s.group(g or ""),
                s.unit(u),
                s.word("fitness", v),
                coverage,
                timely,
                _whole(errors),
                _whole(warnings),
                score,
                rank,
                grade or "",
                trial and round(trial, 2),
                trial_rank,
                as_modelled(why, s.lang),
            )
            for u, v, coverage, timely, errors, warnings, g, score, rank, grade, trial, trial_rank, why in rows
        ],
    )


def versions_sheet(s: Source) -> PackSheet:
    """Every submission of the period with its checksum."""
    rows = s.ask(
        "SELECT file, file_sha256, unit, form, period, version, received_at, verdict, counts FROM fct_submission_version"
        " WHERE (period = {period} OR period IN (SELECT year_period FROM dim_period WHERE period = {period})"
        " OR period IN (SELECT part FROM bridge_period_part WHERE period = {period})) AND {mine}"
        " ORDER BY unit NULLS LAST, form, version, file"
    )
    return s.sheet(
        "versions",
        (
            ("unit", 16),
            ("form", 20),
            ("period", 10),
            ("version", 6),
            ("received", 19),
            ("verdict", 14),
            ("in_force", 6),
            ("file", 46),
            ("checksum", 18),
        ),
        [
            (s.unit(u), s.form(f), p, v, str(at), s.word("verdict", verdict), s.say("pack.yes") if counts else "", CellLink(file), sha[:16])
            for file, sha, u, f, p, v, at, verdict, counts in rows
        ],
    )


def _whole(number: Decimal | None) -> int | None:
    return None if number is None else int(number)
