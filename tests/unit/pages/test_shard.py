"""The scripts that pages load: no digit is lost, and the same data give the same bytes."""

from __future__ import annotations

import base64
import gzip
import json
from datetime import date
from decimal import Decimal

import duckdb

from etl.pages.shard import Shards, rows
from etl.pages.write import file_name


def test_a_decimal_keeps_its_digits_and_loses_trailing_zeros(tmp_path):
    con = duckdb.connect()
    found = rows(con, "SELECT 99999999999999.999999::DECIMAL(20, 6) AS a, 1.500000::DECIMAL(20, 6) AS b, 0::DECIMAL(20, 6) AS c, NULL AS d, ? AS e", ["甲"])
    assert found == [{"a": "99999999999999.999999", "b": "1.5", "c": "0", "d": None, "e": "甲"}]


def test_a_script_hands_its_data_over_by_name(tmp_path):
    Shards(tmp_path).put("unit/t01", {"名": "</script>", "日": date(2024, 1, 2), "数": Decimal("1.50")})
    assert (tmp_path / "unit/t01.js").read_text(encoding="utf-8") == 'luodi.take("unit/t01",{"名":"</script>","日":"2024-01-02","数":"1.5"});\n'


def test_what_is_packed_is_the_same_whenever_it_is_packed(tmp_path):
    for name in ("a", "b"):
        Shards(tmp_path / name).pack("way", json.dumps({"lines": ["x"] * 1000}))
    text = (tmp_path / "a/way.js").read_text(encoding="utf-8")
    assert text == (tmp_path / "b/way.js").read_text(encoding="utf-8") and len(text) < 400
    packed = json.loads(text.removeprefix('luodi.take("way",').removesuffix(");\n"))
    assert json.loads(gzip.decompress(base64.b64decode(packed))) == {"lines": ["x"] * 1000}


def test_a_code_that_no_file_may_be_called_by_has_a_name_of_its_own():
    assert [file_name(code) for code in ("t01", "白石镇", "a/b", "?")] == ["t01", "xe799bde79fb3e99587", "x612f62", "x3f"]
    assert len({file_name(code) for code in ("甲", "乙", "../甲")}) == 3
