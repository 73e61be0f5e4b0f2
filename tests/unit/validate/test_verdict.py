"""The verdict on a submission by what was found in it, and by what has been answered since."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from etl.validate.verdict import verdicts


def issue(severity, level="cell", state="open"):
    return SimpleNamespace(submission_id="s", severity=severity, level=level, state=state)


@pytest.mark.parametrize("issues, verdict", [
    ([], "accepted"),
    ([issue("info")], "accepted"),
    ([issue("warning")], "accepted_with_warnings"),
    ([issue("warning", state="explained")], "accepted_with_warnings"),
    ([issue("warning", state="corrected")], "accepted"),
    ([issue("warning", state="suspended")], "accepted"),
    ([issue("warning", state="corrected"), issue("warning")], "accepted_with_warnings"),
    ([issue("error"), issue("warning")], "partly_accepted"),
    ([issue("error", level="cross_unit")], "partly_accepted"),
    ([issue("error", level="warehouse")], "accepted"),
    ([issue("error", level="submission"), issue("error")], "rejected"),
    ([issue("error", level="submission", state="waived")], "accepted_with_warnings"),
    ([issue("error", state="corrected")], "accepted"),
])
def test_the_gravest_of_what_is_open_decides(issues, verdict):
    assert verdicts({"s": True, "t": True, "u": False}, issues) == {"s": verdict, "t": "accepted", "u": "unreadable"}
