"""Mistakes are made where code runs and nowhere else; one that a test sees is caught, one that none sees lives, and nothing stays changed."""

from __future__ import annotations

import ast
import subprocess

from tests.mutants import python, sql
from tests.mutants.mutant import draw, made
from tests.mutants.places import LAYOUTS, NIGHT, of_rule, of_step
from tests.mutants.trial import Trial

RULE = """-- Less than 0 is more than 1.
{# x > 1 #}
SELECT *, '{{ a > b }}' AS told FROM {{ lines }} l
WHERE l.x > 100 AND l.y IS NULL {% if a and b %}OR l.z <= {{ low }} * l.x{% endif %}
ORDER BY l.x DESC, 1
"""
STEP = '''"""Sums of 1 and 1."""

def total(figures: list[int], least: int = 10) -> int:
    found = 0
    for figure in figures:
        if figure > least and not (figure == 99):
            found = found + figure
    return found
'''
TEST = """from etl.land.sums import total

def test_small_figures_are_left_out():
    assert total([1, 20, 30]) == 50
"""


def written(text, mistakes):
    return [f"{text[first:last].strip()} → {wrong.strip()}" for first, last, wrong in mistakes(text)]


def test_in_sql_neither_comments_nor_texts_nor_what_jinja_decides_are_touched():
    assert sorted(written(RULE, sql.mistakes)) == sorted(["> → >=", "100 → 101", "AND → OR", "IS NULL → IS NOT NULL", "OR → AND", "<= → <", "* → +"])


def test_in_python_what_is_said_of_types_is_not_touched_and_the_rest_stays_python():
    assert sorted(written(STEP, python.mistakes)) == sorted(
        ["10 → 11", "0 → 1", "> → >=", "and → or", "not → ", "== → !=", "99 → 100", "+ → -"])
    for first, last, wrong in python.mistakes(STEP):
        ast.parse(STEP[:first] + wrong + STEP[last:])


def test_the_same_seed_draws_the_same_and_a_kind_does_not_depend_on_the_others(tmp_path):
    project(tmp_path)
    steps = draw(tmp_path, 3, 1, ["steps"])
    assert steps == draw(tmp_path, 9, 1)[-3:] != draw(tmp_path, 3, 2, ["steps"])


def test_of_shared_words_the_rules_that_are_written_in_them_are_tried(tmp_path):
    project(tmp_path)
    rules = tmp_path / "expectations/rules"
    for name, text in (("words", "{% macro few(x) %}{{ x }} > 1{% endmacro %}\n{% macro fewer(x) %}{{ few(x) }}{% endmacro %}\n{% macro all() %}0{% endmacro %}"),
                       ("P02", "SELECT {{ fewer('x') }}"), ("P03", "SELECT {{ few('x') }}"), ("P04", "SELECT {{ all() }}")):
        (rules / f"{name}.sql").write_text(text, encoding="utf-8")
    words = made(tmp_path, rules / "words.sql", "rules", (25, 26, ">="))
    assert next(of_rule(tmp_path, words))[-1] == "P02- or P03-"


def test_of_a_step_the_nearest_tests_are_asked_first_and_the_night_last(tmp_path):
    project(tmp_path)
    near, of_another, in_the_room, elsewhere = "tests/unit/read/test_sums.py", "tests/unit/land/test_all.py", "tests/unit/read/test_rows.py", "tests/rules/test_sums.py"
    takes = "from etl.read.sums import total\n"
    for name, text in (("src/etl/read/sums.py", STEP), (near, takes), (of_another, takes), (in_the_room, ""), (elsewhere, takes), (LAYOUTS, ""), (NIGHT, "")):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    step = made(tmp_path, tmp_path / "src/etl/read/sums.py", "steps", (0, 0, ""))
    quick = ("-p", "tests.mutants.quick")
    assert list(of_step(tmp_path, step)) == [[near], [of_another], [in_the_room], [elsewhere], [LAYOUTS, *quick], [NIGHT, *quick]]


def test_a_mistake_that_a_test_sees_is_caught_and_one_that_none_sees_lives(tmp_path):
    project(tmp_path / "root")
    step = tmp_path / "root/src/etl/land/sums.py"
    mutants = {told: made(tmp_path / "root", step, "steps", mistake) for told, mistake in zip(written(STEP, python.mistakes), python.mistakes(STEP))}
    trial = Trial(tmp_path / "root", tmp_path / "trial")
    copied = trial.copy.here / "src/etl/land/sums.py"
    before = copied.stat().st_mtime_ns
    assert {told: trial.caught(mutants[told]) for told in ("and → or", "+ → -", "99 → 100")} == {
        "and → or": "tests/unit/land/test_sums.py::test_small_figures_are_left_out",
        "+ → -": "tests/unit/land/test_sums.py::test_small_figures_are_left_out", "99 → 100": ""}
    assert (copied.read_text(encoding="utf-8"), copied.stat().st_mtime_ns, step.read_text(encoding="utf-8")) == (STEP, before, STEP)


def project(root):
    """A project of one rule, one model and one step, with a test of the step."""
    for name, text in (("expectations/rules/P01.sql", RULE), ("dbt_project/models/one.sql", "select 1 as x, a > b as y, max(z) as z from t"),
                       ("src/etl/land/sums.py", STEP), ("src/etl/__init__.py", ""), ("src/etl/land/__init__.py", ""), ("tests/unit/land/test_sums.py", TEST)):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
