"""A night takes every step, in its order, with what the steps before gave; none is left out unseen."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from etl.transform.build import PROJECT, layers_of_models
from etl.transform.watch import LAYERS
from flows import nightly
from flows.layers import LayerNotBuilt, _Layer

NIGHT = SimpleNamespace(settings=SimpleNamespace(serving_url="postgresql://"))
READ, COMPARED, BUILT, BALANCED, PROVEN = "readings", ("issues", SimpleNamespace(not_run=["P01"])), "marts", "balances", "results"
GIVES = {"read": READ, "validate": "found", "verdict": ("own", "judgement"), "compare": COMPARED, "transform": BUILT, "reconcile": BALANCED,
         "gate": PROVEN, "reply": 3, "serve": "served"}


@pytest.fixture
def taken(monkeypatch):
    """The steps that were taken, with what was given to them; a hold stands where it is put under `hold`."""
    steps = SimpleNamespace(taken=[], hold=None)

    def step(name):
        def take(*given):
            steps.taken.append((name, *given))
            return SimpleNamespace() if name == "report" else steps.hold if name == "hold" else GIVES.get(name)
        return take

    @contextmanager
    def recorded(night):
        yield SimpleNamespace()

    @contextmanager
    def draft(night, marts):
        steps.taken.append(("draft", night, marts))
        yield "draft"
        steps.taken.append(("written",))

    names = ("read", "stage", "validate", "verdict", "land", "compare", "transform", "reconcile", "gate", "hold", "publish", "reply", "papers",
             "serve", "report")
    monkeypatch.setattr(nightly, "tasks", SimpleNamespace(draft=draft, **{name: step(name) for name in names}))
    monkeypatch.setattr(nightly, "records", SimpleNamespace(recorded=recorded))
    monkeypatch.setattr(nightly, "notices", SimpleNamespace(send=step("notices")))
    monkeypatch.setattr(nightly, "reminders", SimpleNamespace(where_asked=step("reminders")))
    monkeypatch.setattr(nightly, "retention", SimpleNamespace(tidy=step("tidy")))
    return steps


def test_a_night_goes_from_reading_to_what_is_sent(taken):
    report = nightly.process(NIGHT)
    assert taken.taken == [
        ("read", NIGHT), ("stage", NIGHT, READ), ("validate", NIGHT), ("verdict", NIGHT, READ, "found"), ("land", NIGHT, READ, "own", "judgement"),
        ("compare", NIGHT, "own", "judgement"), ("transform", NIGHT), ("draft", NIGHT, BUILT), ("reconcile", NIGHT, BUILT),
        ("gate", NIGHT, COMPARED[1]), ("hold", NIGHT.settings), ("publish", NIGHT, "draft", BUILT, BALANCED, PROVEN, ["P01"]), ("written",), ("reply", NIGHT), ("papers", NIGHT),
        ("report", NIGHT, *COMPARED, BALANCED, 3, None), ("serve", NIGHT.settings), ("notices", NIGHT.settings, report), ("reminders", NIGHT),
        ("tidy", NIGHT.settings)]


def test_under_a_hold_all_is_proven_and_nothing_goes_out(taken):
    taken.hold = "until Friday"
    nightly.process(NIGHT)
    steps = [name for name, *_ in taken.taken]
    assert steps == ["read", "stage", "validate", "verdict", "land", "compare", "transform", "draft", "reconcile", "gate", "hold", "written",
                     "report", "serve", "notices"]


def test_a_layer_is_over_with_the_last_of_its_models():
    layer = _Layer("marts", 2)
    layer.one_done()
    assert not layer.over.is_set()
    layer.one_done()
    layer.wait()
    layer.one_done()                                     # of a model that no file has
    layer.wait()


def test_a_layer_that_the_build_left_undone_says_so():
    layer = _Layer("marts", 2)
    layer.one_done()
    layer.over.set()
    with pytest.raises(LayerNotBuilt, match="marts"):
        layer.wait()


def test_the_layers_are_those_that_models_lie_in():
    assert {*LAYERS} < {*layers_of_models(PROJECT)}
