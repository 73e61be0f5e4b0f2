# ruff: noqa: C408  (cells read better as dict(column=text))
"""A rule is rehearsed on everything landed: whom it would newly find, and nothing is touched."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date

import duckdb
import pytest
from jinja2 import TemplateError

from etl.land.settle import settle
from etl.land.write import Tonight, land_staged
from etl.validate.rehearse import Draft, rehearse
from etl.validate.rules import run_rules
from etl.validate.stage import fill_staged
from tests.fixtures.submissions import FORMS, RULEBOOK, SITE, reading, rule_set, sheet

pytestmark = pytest.mark.slow

KP = "key_project_monthly"
P07 = """
-- Completed more than so much of the whole.
SELECT l.line_id, l.submission_id, 'completed_since_start' AS column_name, {{ num('l.total_investment') }} AS expected,
       l.completed_since_start - %s * l.total_investment AS difference
FROM {{ lines }} l WHERE l.completed_since_start > %s * l.total_investment
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Two units over two months, landed with what rule P07 found: one line above its whole."""
    folder = tmp_path_factory.mktemp("archive")
    with duckdb.connect(folder / "tonight.duckdb") as con:
        readings = [
            reading(KP, sheet(dict(), period="2024-02"), 1),
            reading(KP, sheet(dict(), dict(project_name="乙", project_code=None, completed_since_start="5000")), 2),
            reading(KP, sheet(dict(completed_since_start="6528"), unit="t02"), 3),
        ]
        fill_staged(con, readings, FORMS, SITE)
        issues = run_rules(con, rule_set(rules={"P07": RULEBOOK["P07"]})).issues
    landed = folder / "landed.duckdb"
    ids = {r.submission.submission_id: "accepted" for r in readings}
    land_staged(landed, folder / "tonight.duckdb", FORMS, Tonight(verdicts=ids, quarantined=(), issues=issues, files=(), as_of=date(2024, 4, 15)))
    settle(landed, FORMS, issues=(), verdicts=ids, quarantined=())
    return landed


def run(archive, code, sql=None, forms=()):
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{archive}' AS house (READ_ONLY)")
        return rehearse(con, "house.landed", rule_set(), Draft(code, sql, forms))


def test_a_rule_as_it_stands_finds_nothing_new(archive):
    done = run(archive, "P07")
    assert (done.found, done.newly, done.gone) == (1, (), ())


def test_a_tighter_rule_tells_whom_it_would_newly_find_and_by_how_much(archive):
    before = archive.read_bytes()
    done = run(archive, "P07", P07 % ("0.8", "0.8"), (KP,))
    assert (done.found, len(done.newly), done.gone) == (2, 1, ())
    assert [(i.submission_id[15:16], i.cell, i.difference) for i in done.newly] == [("2", "N6", "200")]
    assert (done.by_unit, done.by_period) == ((("t01", 1),), (("2024-03", 1),))
    assert archive.read_bytes() == before


def test_a_looser_rule_tells_what_it_would_no_more_find(archive):
    done = run(archive, "P07", P07 % ("1.2", "1.2"), (KP,))
    assert done.found == 0 and [place[2] for place in done.gone] == ["completed_since_start"]


def test_a_rule_that_compares_is_rehearsed_too(archive):
    done = run(archive, "P05")
    assert [(i.rule, i.line_id[-1]) for i in done.newly] == [("P05", "5")]


def test_a_new_rule_needs_its_words_and_its_forms(archive):
    assert run(archive, "X01", P07 % ("0.1", "0.1"), (KP,)).found == 4
    for code, sql in (("X01", P07), ("X01", None), ("F03", None)):
        with pytest.raises(KeyError):
            run(archive, code, sql)


def test_sql_that_does_not_run_is_told(archive):
    with pytest.raises(duckdb.Error):
        run(archive, "P07", "SELECT nothing FROM {{ lines }} l")


def rehearsed_after(archive, tmp_path, state):
    """P05, of the second phase, over the archive where P07 is an error of the first that stands as told."""
    landed = tmp_path / f"{state}.duckdb"
    shutil.copy(archive, landed)
    with duckdb.connect(landed) as con:
        [(about,)] = con.execute("SELECT submission_id FROM landed.submission WHERE unit = 't01' AND period = '2024-03'").fetchall()
        con.execute("UPDATE landed.issue SET submission_id = ?, state = ? WHERE rule = 'P07'", [about, state])
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{landed}' AS house (READ_ONLY)")
        rules = {**RULEBOOK, "P07": replace(RULEBOOK["P07"], severity="error"), "P05": replace(RULEBOOK["P05"], phase=2)}
        return [i.rule for i in rehearse(con, "house.landed", rule_set(rules=rules), Draft("P05")).newly]


def test_a_rule_of_a_later_phase_finds_nothing_where_an_earlier_one_failed_unless_that_is_suspended(archive, tmp_path):
    assert rehearsed_after(archive, tmp_path, "open") == []
    assert rehearsed_after(archive, tmp_path, "suspended") == ["P05"]


ANY = """SELECT l.line_id, l.submission_id, NULL AS column_name, NULL AS cell, NULL AS difference, 'x' AS expected, %s AS value FROM {{ lines }} l"""


@pytest.mark.parametrize("program", ["lipsum.__globals__['os'].popen('echo ran').read()", "form.__class__.__mro__", "cfg.__init__.__globals__"],
                         ids=["a program", "a class", "what a module holds"])
def test_a_rule_of_somebody_else_runs_no_program(program, archive):
    with pytest.raises(TemplateError):
        run(archive, "P07", ANY % f"'{{{{ {program} }}}}'", (KP,))


@pytest.mark.parametrize("sql", [
    ANY % "(SELECT content FROM read_text('/etc/hostname'))",
    ANY % "'x'" + "); COPY (SELECT 1) TO '{folder}/out.csv'; SELECT * FROM (" + ANY % "'x'",
    ANY % "'x'" + "); ATTACH '{folder}/other.duckdb' AS other; SELECT * FROM (" + ANY % "'x'",
    ANY % "'x'" + "); SET enable_external_access = true; SELECT * FROM (" + ANY % "'x'",
], ids=["reads a file", "writes one", "attaches a database", "unlocks it"])
def test_a_rule_of_somebody_else_reads_and_writes_no_file(sql, archive, tmp_path):
    with pytest.raises(duckdb.Error):
        run(archive, "P07", sql.replace("{folder}", str(tmp_path)), (KP,))
    assert not [*tmp_path.iterdir()]
