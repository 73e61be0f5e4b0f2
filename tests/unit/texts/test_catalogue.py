"""A text is said in the language asked for, with its values filled in; an error carries its text to whoever shows it."""

import pickle

import pytest

from etl.mistakes import Mistake
from etl.site.csvfile import SiteError
from etl.texts.catalogue import Text, as_modelled, in_words, recognised, speaker
from etl.texts.periods import period_name

ZH, EN = speaker("zh"), speaker("en")


def test_a_value_is_filled_in_and_several_are_listed():
    assert EN("use.no_inbox", path="x").startswith("The inbox x ")
    assert ZH("use.no_form", form="甲", known=("乙", "丙")) == "没有报表“甲”。可选：乙、丙。"
    assert EN("use.no_form", form="a", known=["b", "c"]).endswith("b, c.")


def test_a_text_among_the_values_is_said_in_the_same_language():
    row = Text("site.at_line", path="units.csv", line=3)
    assert EN("site.error", where=row, said=Text("site.no_units")) == "Site file units.csv line 3: There is no unit. Register at least one."


def test_a_code_without_words_is_shown_as_it_is():
    assert (ZH.word("verdict", "rejected"), EN.word("verdict", "rejected"), EN.word("verdict", "白石镇")) == ("退回", "rejected", "白石镇")


@pytest.mark.parametrize("sentence, english", [
    ("数字（万元）", "a number (万元)"), ("“计划总投资”：数字（万元）", "“计划总投资”: a number (万元)"), ("9行", "9 lines"), ("别的", "别的")])
def test_what_is_kept_in_chinese_is_said_in_english(sentence, english):
    assert in_words(sentence, "expected", "en") == english
    assert str(recognised("expected", sentence)) == sentence


def test_an_error_says_itself_in_the_language_of_its_reader_on_the_other_side_of_a_process_too():
    error = SiteError("roster.csv", 7, "site.no_unit", unit="x")
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, Mistake) and again.line == 7 and str(again) == str(error)
    assert str(again).startswith("站点文件 roster.csv 第7行：单位代码“x”") and again.said("en").startswith("Site file roster.csv line 7: The code “x”")


@pytest.mark.parametrize("period, chinese, english", [
    ("2024-03", "2024年3月", "2024-03"), ("2024-Q2", "2024年二季度", "2024-Q2"), ("2024-H2", "2024年下半年", "2024-H2"), ("2024", "2024年", "2024"),
    (None, "未能识别", "not recognised")])
def test_a_period_is_written_as_people_write_it(period, chinese, english):
    assert (period_name(period), period_name(period, "en")) == (chinese, english)


@pytest.mark.parametrize("written, english", [
    ("100×4.2÷8.33=50.42；min(50.42，110)÷100×25=12.61", "100×4.2÷8.33=50.42; min(50.42, 110)÷100×25=12.61"),
    ("扣除估计数后95；95 按档 100→8；90→6；0→0=6", "without estimates 95; 95 by the bands 100→8; 90→6; 0→0=6"),
    ("7-1×max(0，4-0)，不低于0=3", "7-1×max(0, 4-0), not below 0=3"), ("5×(97-90)÷(100-90)，0至5=3.5", "5×(97-90)÷(100-90), within 0 and 5=3.5"),
    ("按核定分 4=4", "as verified: 4=4"), ("85≥80", "85≥80"), (None, ""),
    ("唯一性 80%（不可用）；未答复的警告 2个（有保留）", "唯一性 80% (not fit); 未答复的警告 2个 (with reservations)")])
def test_what_a_model_wrote_is_said_in_english(written, english):
    assert as_modelled(written, "en") == english
    assert as_modelled(written, "zh") == (written or "")


def test_the_effect_of_a_finding_is_told_in_english_too():
    assert as_modelled("按最可能的数300（报3000），合计将变动2700万元", "en") == "by the likely value 300 (sent 3000) the total moves by 2700 (10k yuan)"
    assert as_modelled("未报，按上期数：80.5万元", "en") == "nothing came, last time 80.5 (10k yuan)"
