"""What the units get back from a night."""

import hashlib
import json

from openpyxl import load_workbook

from tests.fixtures.county import FIRST_NIGHT, KILLED, NOTHING_NEW


def replies(county):
    """Every file that lies under replies/, with its SHA-256."""
    root = county.data / "replies"
    return {p.relative_to(root).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(root.rglob("*")) if p.is_file()}


def test_each_submission_gets_its_workbook_and_a_letter_and_a_killed_night_still_owes_them(next_day):
    told, content = replies(next_day), next_day.content()
    index = json.loads((next_day.data / "replies" / "index.json").read_text(encoding="utf-8"))
    assert {(e["unit"], e["verdict"]) for e in index} == {
        ("云岭经济开发区", "accepted"), ("县招商局", "partly_accepted"), ("石桥乡", "unreadable")}
    assert [e["unit"] for e in index if not e["workbook"]] == ["云岭经济开发区"]         # nothing is wrong there, so nothing is marked
    for entry in (entry for entry in index if entry["workbook"]):
        book = load_workbook(next_day.data / "replies" / entry["workbook"])
        assert book.sheetnames[0] == "审核意见"
    next_day.forget()
    next_day.receive(*FIRST_NIGHT)
    assert next_day.night(kill_at="reply") == KILLED
    assert not (next_day.data / "replies").exists()
    for _ in range(2):
        assert next_day.night() == NOTHING_NEW
        assert replies(next_day) == told
    assert next_day.content() == content                 # the first night was run by Prefect, these without
