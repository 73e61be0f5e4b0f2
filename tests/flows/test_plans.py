"""A changed site is tried on what was published: what would move is told, and nothing is changed."""

import hashlib
import shutil


def everything(folder):
    """Every file of a data folder with its SHA-256."""
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_changed_threshold_names_what_moves_and_touches_nothing(next_day, tmp_path):
    site = shutil.copytree(next_day.inbox.parent / "site", tmp_path / "site")
    before = everything(next_day.data)
    with (site / "settings.csv").open("a", encoding="utf-8") as settings:
        settings.write("largest_project,100,trial\n")                         # far below what the budget of the first night holds
    contract = site / "expectations" / "rectification" / "form.yaml"
    contract.parent.mkdir(parents=True)
    contract.write_text("keywords: [整改清单]\n", encoding="utf-8")            # nothing that came says it: that all is read again moves nothing
    told = next_day.plan(site, tmp_path / "plan.json")
    assert told["judged_again"]["read_again"] and told["judged_again"]["submissions"] == 3
    assert [(v["unit"], v["old"], v["new"]) for v in told["verdicts"]] == [("park", "accepted", "partly_accepted")]
    assert {(f["rule"], f["change"], f["unit"]) for f in told["findings"]} == {("P25", "appears", "park")}
    cause = next(cause for cause in told["causes"] if cause["name"].startswith("settings.csv:"))
    assert cause["said"]["key"] == "largest_project"
    moved = [e for e in cause["effects"] if e["kind"] == "figure"]
    assert moved and all(e["old"] != e["new"] for e in moved)
    assert {"line", "figure"} <= {e["kind"] for e in cause["effects"]}
    assert everything(next_day.data) == before
