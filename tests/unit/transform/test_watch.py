"""Whoever watches a build is told of every model that is done, and of none when the build is over."""

from etl.transform.watch import model_done, watching


def test_models_are_counted_for_who_watches_and_while_he_does():
    heard = []
    with watching(lambda *told: heard.append(told)):
        model_done(3, "staging")
        model_done(3, "marts")
    model_done(3, "marts")
    assert heard == [(1, 3, "staging"), (2, 3, "marts")]
