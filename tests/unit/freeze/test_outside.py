"""A frozen set that is opened to everybody shows its tables without results that nobody has released."""

import json

import duckdb

from etl.freeze.outside import publish_seal
from etl.publish.withhold import load_border
from tests.fixtures.places import ROOT


def test_the_public_part_holds_what_was_released_and_says_what_waits(tmp_path):
    parquet = tmp_path / "0001-2024" / "marts" / "parquet"
    parquet.mkdir(parents=True)
    with duckdb.connect() as con:
        con.execute(f"COPY (SELECT * FROM (VALUES ('county', '2024-01', 80), ('county', '2024-02', 90)) AS t(scheme, period, score))"
                    f" TO '{parquet}/fct_score.parquet' (FORMAT parquet)")
        con.execute(f"COPY (SELECT 'L1' AS line_id) TO '{parquet}/bridge_measure_line.parquet' (FORMAT parquet)")
    (parquet.parent / "csv").mkdir()
    (parquet.parent / "csv" / "fct_score.csv").write_text("scheme,period,score\n")       # the other table has none
    for opened, scores in (((), []), ([("scores", "county", "2024-01")], ["county,2024-01,80"])):
        withheld = publish_seal(tmp_path / "0001-2024", tmp_path / "frozen" / "0001-2024", load_border(ROOT / "expectations", opened), "abc")
        lines = (tmp_path / "frozen/0001-2024/csv/fct_score.csv").read_text(encoding="utf-8-sig").splitlines()
        assert lines == ["scheme,period,score", *scores]
        assert withheld["fct_score"]["rows"] == 2 - len(scores)
    assert {path.name for path in (tmp_path / "frozen/0001-2024").rglob("bridge_*")} == {"bridge_measure_line.parquet"}
    assert json.loads((tmp_path / "frozen/0001-2024/manifest.json").read_text())["hash"] == "abc"
