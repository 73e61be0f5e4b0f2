"""The dashboard's files are in Superset's own format: it takes them in whole, and gives them out again with every word of them."""

import zipfile

import pytest
import yaml

from tests.bi.superset import FILES, command

pytestmark = [pytest.mark.bi, pytest.mark.slow]

# What Superset numbers itself, where it runs, and what it needs only to take a query in.
OWN = {"timestamp", "sqlalchemy_uri", "source_db_engine", "chartId", "excluded", "datasource"}


def lost(given, back, path=""):
    """Places of what was given and did not come back."""
    if isinstance(given, dict) and isinstance(back, dict):
        return [place for name, value in given.items() if name not in OWN for place in lost(value, back.get(name), f"{path}/{name}")]
    if isinstance(given, list) and isinstance(back, list) and len(given) == len(back):
        pairs = zip(*(sorted(some, key=name_of) for some in (given, back)))
        return [place for n, (one, other) in enumerate(pairs) for place in lost(one, other, f"{path}/{n}")]
    if isinstance(given, str) and isinstance(back, str):
        return [] if given.strip() == back.strip() else [path]
    return [] if given == back else [path]


def name_of(one):
    """Columns and metrics come in any order."""
    return (one.get("column_name") or one.get("metric_name") or "") if isinstance(one, dict) else ""


def test_superset_gives_out_what_it_took_in(one, tmp_path):
    command(one, ["superset", "export-dashboards", "-f", str(tmp_path / "board.zip")])
    with zipfile.ZipFile(tmp_path / "board.zip") as bundle:
        back = [yaml.safe_load(bundle.read(name)) for name in bundle.namelist()]
    by_uuid = {told.get("uuid", "metadata"): told for told in back}
    given = {path.relative_to(FILES).as_posix(): yaml.safe_load(path.read_text(encoding="utf-8")) for path in (FILES / "dashboard").rglob("*.yaml")}
    assert {told.get("uuid", "metadata") for told in given.values()} == set(by_uuid)
    assert [(name, place) for name, told in given.items() for place in lost(told, by_uuid[told.get("uuid", "metadata")])] == []
