"""What if: rerun the scores of the published version with another scheme, by the same models, and touch nothing."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.assess.land import land_standards
from etl.assess.schemes import ROOT
from etl.assess.tables import Standards
from etl.forms.contract import Form

# What scores are made of, and the models that make them.
READ = {
    "int_period_dated": "dim_period",
    "int_measure_described": "dim_measure",
    "int_unit_known": "dim_unit WHERE unit <> '*'",
    "int_period_part": "bridge_period_part",
    "int_slot_mending": "fct_submission",
    "int_slot_with_status": "fct_submission",
    "int_target_line": "fct_target",
    "int_unit_measure": "fct_measure",
    "int_fitness_verdict": "fct_fitness",
    "int_fitness_figure": "fct_fitness_figure",
    "int_issue_located": "fct_data_quality_issue",
}
MODELS = (
    *(
        f"stg_standards__{table}"
        for table in (
            "form",
            "scheme",
            "scheme_group",
            "scheme_node",
            "scheme_node_group",
            "scheme_ancestor",
            "scheme_policy",
            "scheme_grade",
            "scheme_band",
            "scheme_assessor",
            "fitness_scope",
            "verified_score",
            "veto",
            "adjustment",
            "objection",
        )
    ),
    "int_slot_rolled",
    "int_slot_assessed",
    "int_issue_counted",
    "int_score_assessor",
    "int_score_verified",
    "int_score_found",
    "int_score_field",
    "int_score_compared",
    "int_score_leaf",
    "int_score_summed",
    "int_adjustment_counted",
    "int_score_adjusted",
    "int_score_entered",
    "int_ranking_placed",
    "int_ranking_graded",
    "fct_score",
    "fct_ranking",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a unit stands: score and place as published (2 decimals), what may still move them, and what is to be said of them."""

    unit_group: str
    unit: str
    score: Decimal | None
    grade: str | None
    rank: int | None
    provisional: Decimal | None  # as if everything found counted in full
    provisional_rank: int | None
    reason: str | None  # why there is no place, or no score
    tied: int | None  # units that share the place
    compared: int
    expected: int
    missing: str | None  # names of those expected without a score
    is_provisional: bool  # the place
    best: int | None
    worst: int | None
    low: Decimal | None
    high: Decimal | None
    final: Decimal | None  # at the end if nothing more is mended
    standing: str  # of the score: provisional, final
    until: date | None  # the last day on which what is open can be mended
    is_disputed: bool  # an objection to it is undecided
    marks: str | None  # leaves whose figures are doubted or lacking


PLACE = (
    "unit_group",
    "unit",
    "score",
    "grade",
    "rank_no",
    "provisional_figure",
    "provisional_rank_no",
    "reason",
    "tied_units",
    "ranked_units",
    "expected_units",
    "missing_names",
    "is_provisional",
    "rank_best",
    "rank_worst",
    "score_low",
    "score_high",
    "final_score",
    "standing",
    "open_until",
    "is_disputed",
)


def rescore(database: Path, standards: Standards, forms: Mapping[str, Form], work: Path, project: Path, parsed: Path) -> Path:
    """Build the scores of the schemes of `standards` from the marts of the published file `database`; answer the file that holds them.

    `work` is emptied first; `parsed` is where dbt worked last night. Verified scores and vetoes are those of `standards` too.
    Raises TransformError.
    """
    import duckdb

    from etl.transform.build import build_marts, copy_parsed

    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    landed, build = work / "scheme.duckdb", work / "scores.duckdb"
    land_standards(landed, standards, forms)
    with duckdb.connect(str(build)) as con:
        con.execute(f"ATTACH '{str(database).replace(chr(39), chr(39) * 2)}' AS published (READ_ONLY)")
        con.execute("CREATE SCHEMA intermediate")
        for table, mart in READ.items():
            con.execute(f"CREATE TABLE intermediate.{table} AS FROM published.{mart}")
    copy_parsed(parsed, work / "dbt")
    build_marts(landed, build, work / "dbt", project=project, select=MODELS)
    return build


def standing(database: Path, scheme: str | None, period: str | None, schema: str) -> tuple[str, str, str, list[Standing]]:
    """(scheme, version, period, places) of the whole in one month, the latest by default; ("", "", "", []) where none.

    `scheme` None takes the first by name. Places are sorted by group and rank.
    """
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        found = con.execute(
            f"SELECT scheme, version, period FROM {schema}.fct_ranking"
            " WHERE node = ? AND (? IS NULL OR scheme = ?) AND (? IS NULL OR period = ?)"
            " ORDER BY scheme, period DESC, version DESC LIMIT 1",
            [ROOT, scheme, scheme, period, period],
        ).fetchone()
        if found is None:
            return "", "", "", []
        rows = con.execute(
            f"SELECT {', '.join(f'place.{c}' for c in PLACE)}, total.reason FROM {schema}.fct_ranking AS place"
            f" LEFT JOIN {schema}.fct_score AS total USING (scheme, version, period, unit, node)"
            " WHERE node = ? AND scheme = ? AND version = ? AND period = ?"
            " ORDER BY place.unit_group, rank_no NULLS LAST, score DESC NULLS LAST, unit",
            [ROOT, *found],
        ).fetchall()
    return *found, [Standing(*row) for row in rows]


def schemes_of(database: Path, period: str | None) -> dict[str, str]:
    """The schemes by which a period was scored, any period where none is given: mark and name."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        rows = con.execute(
            "SELECT scheme, max_by(scheme_name, version) FROM dim_scheme SEMI JOIN (FROM fct_ranking WHERE ? IS NULL OR period = ?)"
            " USING (scheme) GROUP BY scheme ORDER BY scheme",
            [period, period],
        ).fetchall()
    return dict(rows)


def objections(database: Path, scheme: str, period: str, unit: str | None) -> Sequence[tuple]:
    """(unit, node, score shown, score now, state, objection, raised_by, decided_by, why) of a period; of one unit where it is given."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(
            "SELECT unit, concat_ws(' ', node, node_name), score_shown, score_now, state, objection, raised_by, decided_by, why"
            " FROM fct_objection WHERE scheme = ? AND period = ? AND coalesce(?, unit) = unit ORDER BY unit, objection_id",
            [scheme, period, unit],
        ).fetchall()


def node_names(database: Path, scheme: str, version: str, period: str, schema: str) -> dict[str, str]:
    """What the marks of a scheme's nodes stand for."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        return dict(
            con.execute(
                f"SELECT node, any_value(node_name) FROM {schema}.fct_score WHERE scheme = ? AND version = ? AND period = ? AND is_leaf"
                " GROUP BY node ORDER BY any_value(place), node",
                [scheme, version, period],
            ).fetchall()
        )


def tree(database: Path, scheme: str, version: str, period: str, unit: str, schema: str) -> Sequence[tuple]:
    """(level, node, name, weight, points, score, status, reason, working, why its data are not fit) of every node of a unit, in order."""
    import duckdb

    with duckdb.connect(str(database), read_only=True) as con:
        return con.execute(
            "SELECT level_no, node, node_name, weight, points, score, status, reason, working, unfit_because"
            f" FROM {schema}.fct_score"
            " WHERE scheme = ? AND version = ? AND period = ? AND unit = ? ORDER BY place",
            [scheme, version, period, unit],
        ).fetchall()
