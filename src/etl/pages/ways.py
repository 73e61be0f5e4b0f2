"""The way from a figure down to its cells: what every line adds, and the line as it was sent, by form, unit and period.

DuckDB puts the JSON together: there are millions of additions, and they are only carried along here. What the version before has
of a form, unit and year is not put together again where it would be the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from etl.pages.frame import MEASURES
from etl.pages.shard import NOBODY

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AT_ONCE = 200_000  # additions and lines that are put together at once, and lie in memory


class OfYear(NamedTuple):
    """What one script holds: the ways of a unit's lines of one form and year."""

    form: str
    year: str
    unit: str


class Digest(NamedTuple):
    """What a script is made of: how many rows, and a hash of all that stands in it or puts it in order."""

    rows: int
    told: int


# Lines by their places: in their slot, and their submission's in it. {at} is the version that is read, {of} names what is made of it.
PLACES = """
CREATE TEMP TABLE {of}_measure AS SELECT form, measure, place FROM ({measures});

CREATE TEMP TABLE {of}_line AS SELECT
    form, coalesce(unit, '{nobody}') AS unit, coalesce(period, '{nobody}') AS period, submission_id, line_id,
    dense_rank() OVER (PARTITION BY form, unit, period ORDER BY submission_id) - 1 AS sent_no,
    row_number() OVER (PARTITION BY form, unit, period ORDER BY submission_id, row_no, line_id) - 1 AS line_no
FROM {at}dim_line WHERE disposition <> 'superseded';
"""

ADDITION = """
    SELECT
        b.form, coalesce(b.unit, '{nobody}') AS unit, b.period, m.place, b.role, b.counts_at, b.columns, b.contribution, b.line_id,
        coalesce(b.submission_id, b.slot_id, b.entry) AS other,
        l.form AS line_form, l.unit AS line_unit, l.period AS line_period, l.line_no
    FROM {at}bridge_measure_line b
    JOIN {of}_measure m ON (m.form, m.measure) = (b.form, b.measure)
    LEFT JOIN {of}_line l ON l.line_id = b.line_id
"""

DIGEST = f"""
SELECT form, left(period, 4) AS year, unit, count(*) AS rows, sum(hash(period, told)::HUGEINT) AS told FROM (
    SELECT form, unit, period, hash(*COLUMNS(* EXCLUDE (form, unit))) AS told FROM ({ADDITION})
    UNION ALL
    SELECT l.form, l.unit, l.period, hash(sent_no, line_no, row_no, disposition, business_key, raw, cells)
    FROM {{of}}_line l JOIN {{at}}dim_line USING (line_id)
    UNION ALL
    SELECT l.form, l.unit, l.period,
        hash(line_no, rule, i.severity, i.cell, i.sentence, row_number() OVER (PARTITION BY l.line_id ORDER BY issue_no))
    FROM {{of}}_line l JOIN {{at}}fct_data_quality_issue i ON i.line_id = l.line_id
    UNION ALL
    SELECT l.form, l.unit, l.period, hash(line_no, grain, member) FROM {{of}}_line l JOIN {{at}}bridge_line_member USING (line_id)
    UNION ALL
    SELECT l.form, l.unit, l.period, hash(sent_no, file, sheet, received_at, verdict, version, counts)
    FROM (SELECT DISTINCT form, unit, period, submission_id, sent_no FROM {{of}}_line) l
    JOIN {{at}}fct_submission_version v ON v.submission_id = l.submission_id
) GROUP BY ALL
"""

# Lines: [submission's place, row, disposition, key, what stood in the cells, where, findings, members]; submissions: [file, sheet,
# arrival, verdict, version, whether it counts]; additions by measure: [role, whom they count for, columns, amount, the line's place,
# what stands for it]. A line of another slot is [form, unit, period, place].
WAYS = f"""
WITH line AS (
    SELECT l.*, row_no, disposition, business_key, raw, cells FROM now_line l JOIN dim_line USING (line_id)
    WHERE l.form = $form AND l.period BETWEEN $year AND $year || '~' AND list_contains($units, l.unit)
),

found AS (
    SELECT line_id, string_agg(to_json([rule, severity, cell, sentence])::VARCHAR, ',' ORDER BY issue_no) AS told
    FROM fct_data_quality_issue SEMI JOIN line USING (line_id) GROUP BY line_id
),

member AS (
    SELECT line_id, string_agg(to_json(grain)::VARCHAR || ':' || members, ',' ORDER BY grain) AS told
    FROM (
        SELECT line_id, grain, to_json(list(member ORDER BY member))::VARCHAR AS members
        FROM bridge_line_member SEMI JOIN line USING (line_id) GROUP BY line_id, grain
    )
    GROUP BY line_id
),

lines AS (
    SELECT
        unit, period,
        string_agg(
            '[' || concat_ws(',', sent_no, coalesce(row_no::VARCHAR, 'null'), to_json(disposition)::VARCHAR,
                coalesce(to_json(business_key)::VARCHAR, 'null'), coalesce(raw, '{{{{}}}}'), coalesce(cells, '{{{{}}}}'),
                '[' || coalesce(found.told, '') || ']', '{{{{' || coalesce(member.told, '') || '}}}}') || ']',
            ',' ORDER BY line_no
        ) AS told
    FROM line LEFT JOIN found USING (line_id) LEFT JOIN member USING (line_id)
    GROUP BY unit, period
),

submissions AS (
    SELECT
        sent.unit, sent.period,
        string_agg(
            to_json([file, sheet, strftime(received_at, '%Y-%m-%d %H:%M'), verdict, version::VARCHAR, counts::VARCHAR])::VARCHAR,
            ',' ORDER BY sent_no
        ) AS told
    FROM (SELECT DISTINCT unit, period, submission_id, sent_no FROM line) sent
    JOIN fct_submission_version v ON v.submission_id = sent.submission_id
    GROUP BY sent.unit, sent.period
),

of_measure AS (
    SELECT
        unit, period, place,
        string_agg(
            '["' || role || '","' || counts_at || '",' || coalesce(to_json(columns)::VARCHAR, 'null') || ','
            || coalesce('"' || regexp_replace(contribution::VARCHAR, '\\.?0+$', '') || '"', 'null') || ','
            || CASE
                WHEN line_no IS NULL THEN 'null,' || to_json(other)::VARCHAR
                WHEN (line_form, line_unit, line_period) = (form, unit, period) THEN line_no::VARCHAR
                ELSE '[' || concat_ws(
                    ',', to_json(line_form)::VARCHAR, to_json(line_unit)::VARCHAR, to_json(line_period)::VARCHAR, line_no
                ) || ']'
            END || ']',
            ',' ORDER BY role, abs(contribution) DESC, line_id, counts_at, columns, other
        ) AS told
    FROM ({ADDITION}) WHERE form = $form AND period BETWEEN $year AND $year || '~' AND list_contains($units, unit)
    GROUP BY form, unit, period, place
),

additions AS (
    SELECT unit, period, string_agg('"' || place || '":[' || told || ']', ',' ORDER BY place) AS told
    FROM of_measure GROUP BY unit, period
)

SELECT
    unit,
    to_json(period)::VARCHAR || ':{{{{"sent":[' || coalesce(submissions.told, '') || '],"lines":[' || coalesce(lines.told, '')
    || '],"adds":{{{{' || coalesce(additions.told, '') || '}}}}}}}}'
FROM lines FULL JOIN additions USING (unit, period) LEFT JOIN submissions USING (unit, period)
ORDER BY unit, period
"""


def scripts(con: DuckDBPyConnection) -> dict[OfYear, Digest]:
    """The scripts that the version of a connection needs; makes what `ways` reads."""
    return _told(con, "", "now")


def unchanged(con: DuckDBPyConnection, now: Mapping[OfYear, Digest]) -> set[OfYear]:
    """Those of the scripts that are as in the version attached as `earlier`; none where measures have other places there."""
    before = _told(con, "earlier.main.", "earlier")
    if con.execute("SELECT 1 FROM (FROM now_measure EXCEPT FROM earlier_measure) LIMIT 1").fetchone():
        return set()
    return {key for key, told in now.items() if before.get(key) == told}


def ways(con: DuckDBPyConnection, wanted: Mapping[OfYear, Digest]) -> Iterator[tuple[OfYear, str]]:
    """Of each script its submissions, lines, findings, and what its lines add to which measure, as the text of JSON; after `scripts`."""
    for (form, year), keys in groupby(sorted(wanted), key=lambda key: (key.form, key.year)):
        for units in _batches(keys, wanted):
            given = {"form": form, "year": year, "units": units}
            found = con.execute(WAYS.format(at="", of="now", nobody=NOBODY), given).fetchall()
            for unit, told in groupby(found, key=lambda row: row[0]):
                yield OfYear(form, year, unit), "{" + ",".join(text for _, text in told) + "}"


def _batches(keys: Iterator[OfYear], wanted: Mapping[OfYear, Digest]) -> Iterator[list[str]]:
    """Units, as many together as are put together at once."""
    units: list[str] = []
    together = 0
    for key in keys:
        if units and together + wanted[key].rows > AT_ONCE:
            yield units
            units, together = [], 0
        units.append(key.unit)
        together += wanted[key].rows
    yield units


def _told(con: DuckDBPyConnection, at: str, of: str) -> dict[OfYear, Digest]:
    con.execute(PLACES.format(at=at, of=of, nobody=NOBODY, measures=MEASURES.format(at=at)))
    found = con.execute(DIGEST.format(at=at, of=of, nobody=NOBODY)).fetchall()
    return {OfYear(form, year, unit): Digest(rows, told) for form, year, unit, rows, told in found}
