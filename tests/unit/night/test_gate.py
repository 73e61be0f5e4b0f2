"""What was expected of a build and is not met ends the night before anything is published."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from etl.gate.checkpoint import Expected, Unexpected
from etl.night import gate
from etl.night.verdict import Judgement
from etl.settings import given
from tests.fixtures.submissions import RULEBOOK, parameters

MET = Expected("fct_claim", "fct_claim", "重复申报", "expect_column_values_to_be_unique", "claim 不重复", "critical", True, 0, "", ())
UNMET = replace(MET, success=False, failed=2, rows=("claim=c1",))


def test_what_is_not_met_ends_the_night_and_a_warning_does_not(tmp_path, monkeypatch):
    settings = given(tmp_path, tmp_path, tmp_path / "data", "2024-04-15")
    night = SimpleNamespace(id="n1", settings=settings, criteria=SimpleNamespace(rulebook=RULEBOOK, parameters=parameters((("unjudged", "hold"),))))
    found = [MET, replace(UNMET, severity="warning")]
    monkeypatch.setattr(gate, "hold_against", lambda *_: tuple(found))
    assert gate.gate(night, Judgement({}, set())) == tuple(found)
    found.append(UNMET)
    with pytest.raises(Unexpected, match="fct_claim：claim 不重复（2；claim=c1）"):
        gate.gate(night, Judgement({}, set()))
    kept = json.loads((settings.data / "quality/n1/results.json").read_text(encoding="utf-8"))
    assert [one["success"] for one in kept["expectations"]] == [True, False, False]      # what came of it is there to be looked at
