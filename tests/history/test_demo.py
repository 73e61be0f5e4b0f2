"""What `make demo` shows: a night on the history, then one on the sample, as its recipe says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter

import duckdb
import pytest

from etl.publish.manifest import read_manifest
from etl.transform.build import copy_parsed
from tests.fixtures.places import ROOT, SAMPLE
from tests.golden.published import issues_of, verdicts_of
from tests.golden.score import Truth, compare_issues, compare_verdicts
from tests.golden.test_readme import SHOWN, demo_commands, pattern

pytestmark = [pytest.mark.night, pytest.mark.long]  # tests/history/test_history.py holds the figures that lead from one to the other
# What only the years before can say of the sample: targets below what last year brought, and a total that is wrong anyway (P07).
SINCE_LAST_YEAR = {"P03", "P30"}


@pytest.fixture(scope="module")
def demo(parsed, tmp_path_factory):
    """The data folder after both nights, and what the second printed."""
    data = tmp_path_factory.mktemp("county") / "data" / "demo"  # as the README shows
    copy_parsed(parsed, data / "dbt")
    said = [run_luodi(*shlex.split(command)[1:]) for command in demo_commands(str(data))]
    return data, said[-1]


def run_luodi(*words):
    """What a command printed."""
    done = subprocess.run([sys.executable, "-c", "from etl.cli import main; main()", *words, "--plain"], cwd=ROOT, capture_output=True, text=True,
                          check=False, env=os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def ask(demo):
    with duckdb.connect(str(demo[0] / "published" / "current" / "luodi.duckdb"), read_only=True) as con:
        yield lambda sql: con.execute(sql).fetchall()


def test_the_readme_shows_the_second_night(demo):
    assert re.search(pattern(SHOWN["README.md"][0][1]), demo[1]), demo[1]


def test_few_things_went_wrong_in_the_two_years(demo):
    found = Counter(issue["rule"] for issue in issues_of(demo[0]) if issue["file"] and not (SAMPLE / "inbox" / issue["file"]).exists())
    assert found == {"F36": 3, "F38": 1, "P06": 2, "P27": 1, "P55": 1}


def test_the_history_raises_no_false_alarm_about_the_sample(demo):
    truth = Truth(SAMPLE)
    issues = [issue for issue in issues_of(demo[0]) if not issue["file"] or (SAMPLE / "inbox" / issue["file"]).exists()]
    table = compare_issues(truth, issues, show=True)
    assert {code for code, rule in table.items() if rule["found"] < rule["must"]} == set()
    assert {code for code, rule in table.items() if rule["false"]} <= SINCE_LAST_YEAR
    right, total = compare_verdicts(truth, verdicts_of(demo[0]), {line["form"] for line in truth.manifest} - {"annual_target"}, show=True)
    assert right == total > 40


def test_every_period_of_the_two_years_is_there_with_growth(ask):
    periods = {period for (period,) in ask("SELECT DISTINCT period FROM fct_indicator WHERE grain = 'county' AND form = 'key_project_monthly'")}
    years = {f"{year}{part}" for year in (2022, 2023) for part in ("", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4", *(f"-{month:02d}" for month in range(1, 13)))}
    assert years <= periods
    grown = ask("SELECT form, period, value FROM fct_indicator WHERE grain = 'county' AND measure IN "
                "('yoy_growth_arrived_ytd', 'yoy_growth_completed_ytd', 'yoy_growth_spent_ytd') AND period IN ('2023', '2023-H1', '2023-12', '2024-01')")
    assert len(grown) == 12 and all(value is not None and -30 < value < 60 for *_, value in grown), grown


def test_places_move_and_projects_are_followed(ask):
    [(moved,)] = ask("SELECT count(*) FROM fct_movement WHERE rank_change <> 0")
    [(longest,)] = ask("SELECT max(months) FROM (SELECT count(DISTINCT period) AS months FROM fct_project_progress GROUP BY project_name)")
    assert moved > 50 and longest >= 24


def test_the_second_night_built_on_the_first_is_in_every_byte_what_is_made_anew_from_the_archive(demo, tmp_path):
    data = tmp_path / "data"
    shutil.copytree(demo[0], data, symlinks=True)
    before = read_manifest((data / "published" / "current").resolve())["files"]
    run_luodi("rebuild", "--site", "data/history/site", "--data", str(data))
    assert read_manifest((data / "published" / "current").resolve())["files"] == before
