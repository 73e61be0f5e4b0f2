"""`luodi claims FILE`: the verdicts as text, csv or jsonl, and an exit code that a script can use."""

import json

import pytest

from etl.settings import home


@pytest.fixture
def luodi(luodi):
    return lambda *words: luodi("claims", *words)


@pytest.fixture
def claims(tmp_path):
    def write(reported):
        path = tmp_path / "claims.csv"
        path.write_text("编号,表述,所列数字,算法,上报结果,结果单位\n"
                        f"1,年度投资完成率,a=3.48 亿元; b=3.46 亿元,ratio_pct: 100*a/b,{reported},%\n", encoding="utf-8")
        return path
    return write


@pytest.mark.parametrize("reported, code, verdict", [("100.6", 0, "agree"), ("132.1", 1, "disagree")])
def test_a_claim_is_judged(luodi, claims, reported, code, verdict):
    ended, out, _ = luodi(claims(reported), "--format", "jsonl")
    assert (ended, json.loads(out)["verdict"]) == (code, verdict)


def test_english_says_the_same(luodi, claims):
    _, out, _ = luodi(claims("100.6"), "--lang", "en")
    assert out.splitlines() == ["1  agree  年度投资完成率", "    By the figures listed it is 100.578 % (100.2886 to 100.8683) and agrees with the reported 100.6 % (within rounding).",
                                "1 claims: agree 1, disagree 0, conflict 0, corrupt 0, derived 0."]


def test_mistakes_are_sentences(luodi, claims, tmp_path):
    assert luodi(tmp_path / "none.csv")[0] == 2
    code, _, complaint = luodi(claims("1"), "--format", "pdf")
    assert code == 2 and "jsonl" in complaint


def test_the_example_of_the_page_comes_out_as_it_says(luodi, tmp_path):
    page = (home() / "docs" / "claims.md").read_text(encoding="utf-8")
    path = tmp_path / "example.csv"
    path.write_text(page.partition("```csv\n")[2].partition("```")[0], encoding="utf-8")
    code, out, _ = luodi(path, "--format", "jsonl")
    assert code == 1
    assert [json.loads(line)["verdict"] for line in out.splitlines()] == ["agree", "agree", "conflict", "conflict", "agree"]
