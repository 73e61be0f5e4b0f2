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
    ("4.2÷时序进度(1÷12)=50.4；50.4÷100×25=12.6", "4.2÷time progress(1÷12)=50.4; 50.4÷100×25=12.6"),
    ("扣除估计数后为95；按档（满100得8分，满90得6分，不满90得0分）：95，得6分",
     "without estimates 95; by steps (8 points from 100, 6 points from 90, none below 90): 95, 6 points"),
    ("9个，1以内不扣，每1扣1分：7-8，扣完为止，得0分", "9, none for the first 1, 1 points each: 7-8, no further than 0, 0 points"),
    ("90得0分、100得满分：(97-90)÷(100-90)×5=3.5；数据不可用，扣20%：3.5×80%=2.8",
     "none at 90, all at 100: (97-90)÷(100-90)×5=3.5; the data are not fit, 20% off: 3.5×80%=2.8"),
    ("按上限100计：100÷100×10=10", "capped at 100: 100÷100×10=10"), ("用2024-02的数，得6分", "by the figure of 2024-02, 6 points"),
    ("核定分4，得4分", "verified: 4, 4 points"), ("实有2，达到1", "there are 2, which reaches 1"), ("计0分", "0 points"), (None, ""),
    ("唯一性 80%（不可用）；未答复的警告 2个（有保留）", "唯一性 80% (not fit); 未答复的警告 2 (with reservations)")])
def test_what_a_model_wrote_is_said_in_english(written, english):
    assert as_modelled(written, "en") == english
    assert as_modelled(written, "zh") == (written or "")


def test_the_effect_of_a_finding_is_told_in_english_too():
    assert as_modelled("按最可能的数300（报3000），合计将变动2700万元", "en") == "by the likely value 300 (sent 3000) the total moves by 2700 (10k yuan)"
    assert as_modelled("未报，按上期数：80.5万元", "en") == "nothing came, last time 80.5 (10k yuan)"
