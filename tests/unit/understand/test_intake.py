"""What is to be done to a submission before it is handed over is done where its file was read, and costs no other file."""

import os
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import SimpleNamespace

from etl.model import Received
from etl.understand.intake import read_all
from tests.fixtures.sheets import SIGNED, TITLES, body_of, headers_of, reference

FORM = "key_project_monthly"
LIMITS = SimpleNamespace(workers=1, seconds=20, megabytes=600)


def dying(here, one):
    """Names the process that it is in as who signed; dies with what 县水利局 sent."""
    assert os.getpid() != here
    if "水利" in one.submission.file:
        os.abort()
    return replace(one, lines=None, submission=replace(one.submission, cover=replace(one.submission.cover, head="done")))


def test_a_submission_is_handed_over_as_the_child_made_it_and_one_that_breaks_it_is_refused_alone(tmp_path):
    rows = [[TITLES[FORM]], ["填报单位：县发改局", "单位：万元"], headers_of(FORM), *body_of(FORM), [SIGNED]]
    path = tmp_path / "table.csv"
    path.write_bytes("\r\n".join(",".join("" if v is None else str(v) for v in row) for row in rows).encode("gb18030"))
    names = ["县发改局/2024年3月重点项目.csv", "县水利局/2024年3月重点项目.csv", "县发改局/2024年4月重点项目.csv"]
    files = [Received(name, f"{n:064x}", 5, datetime(2024, 5, 2), n, path) for n, name in enumerate(names, start=1)]
    read = list(read_all(files, reference(), LIMITS, hand_over=partial(dying, os.getpid())))
    assert [received for received, _ in read] == files
    first, broken, last = (of_file[0] for _, of_file in read)
    assert [one.submission.cover.head for one in (first, last)] == ["done", "done"] and first.lines is last.lines is None
    assert [f.rule for f in broken.findings] == ["F27"] and not broken.submission.readable
    assert all(one.lines for _, of_file in read_all(files[:1], reference(), LIMITS) for one in of_file)
