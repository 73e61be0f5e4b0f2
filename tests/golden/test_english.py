"""With --lang en every command speaks English over the sample's night: what is Chinese in its answer comes from the data."""

from __future__ import annotations

import csv
import re
import sys
import zipfile
from pathlib import Path

import pytest

from etl import cli

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
FAULTY = SAMPLE / "inbox/县住建局/县住建局2024年1月重点项目月报表.xlsx"
CHINESE = re.compile(r"[\u3400-\u9fff]+")
CLAIM = "编号,表述,所列数字,算法,上报结果\n1,年度投资完成率,a=28926 万元; b=28760 万元,ratio_pct: a / b * 100,99.1 %\n"
# Columns of published tables that hold words of luodi's own, which it says anew.
OWN = {"reasons", "why", "evidence_for", "evidence_against", "figures", "working", "told"}


@pytest.fixture(scope="module")
def data(night):
    """All that units, the site and the contracts bring: names, headers, values, what rules call themselves in their working."""
    texts = [path.as_posix() for path in (SAMPLE / "inbox").rglob("*")]
    for path in [*(SAMPLE / "site").glob("*.csv"), *(ROOT / "expectations").rglob("*.yaml"), *(ROOT / "expectations").glob("fitness*.csv"),
                 ROOT / "dbt_project/seeds/indicator.csv"]:
        texts.append(path.read_text(encoding="utf-8-sig"))
    for path in (night / "published/current/csv").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            texts += [value for row in csv.DictReader(file) for column, value in row.items() if column not in OWN]
    with zipfile.ZipFile(FAULTY) as book:
        texts += [book.read(name).decode("utf-8") for name in book.namelist() if name.endswith(".xml")]
    return "\n".join([*texts, CLAIM])


@pytest.mark.parametrize("words", [
    ("status",), ("status", "--unit", "县住建局", "--period", "2024-01"), ("projects", "--lead", "nobody"),
    ("check", FAULTY), ("read", FAULTY, "--evidence"), ("teach", "--list"), ("teach", "--from-replies"),
    ("explain",), ("explain", "fct_indicator", "grain=county", "period=2024-01", "measure=completion_rate"),
    ("explain", "fct_submission", "status=missing"), ("trace", "县住建局/县住建局2024年1月重点项目月报表.xlsx", "Sheet1!L6"),
    ("score",), ("score", "--unit", "t01"), ("audit", "--unit", "t01", "-o", "pack"), ("doctor",),
    ("rules", "list"), ("rules", "rehearse", "F40"), ("freeze", "list"), ("verify", "all"), ("freeze", "--publish", "x", "--by", "wang"),
    ("template", "key_project_monthly", "--unit", "t01", "--period", "2024-05", "-o", "empty.xlsx"), ("claims", "claims.csv"),
    ("template", "nosuch", "--unit", "t01", "--period", "2024-05"), ("status", "--unit", "nosuch"), ("score", "--period", "then"),
    ("run",), ("nosuch",), ("run", "--nosuch"), ("freeze", "--by"), ("--help",), ("run", "--help"), ("freeze", "--help")],
    ids=lambda words: " ".join(str(word) for word in words[:3] if not isinstance(word, Path)))
def test_what_is_chinese_comes_from_the_data(night, home, data, tmp_path, monkeypatch, capsys, words):
    (tmp_path / "claims.csv").write_text(CLAIM, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, value in {"HOME": home, "DATA": night, "SITE": night.parent / "site", "INBOX": tmp_path / "no inbox"}.items():
        monkeypatch.setenv(f"LUODI_{name}", str(value))
    monkeypatch.setattr(sys, "argv", ["luodi", "--lang", "en", *map(str, words)])
    with pytest.raises(SystemExit):
        cli.main()
    said = "".join(capsys.readouterr())
    assert said.strip() and not {run for run in CHINESE.findall(said) if run not in data}
