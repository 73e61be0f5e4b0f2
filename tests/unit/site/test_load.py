"""A site that cannot be used is refused with file, line, value and remedy; a good one is read as it stands."""

from datetime import date

import pytest

from etl.site.load import SiteError, load_site
from tests.fixtures.places import SAMPLE

SITE = SAMPLE / "site"


@pytest.fixture
def site(tmp_path):
    """A small site in a folder of its own; the test spoils what it needs to."""
    (tmp_path / "units.csv").write_text("unit,name,kind,reports,aliases\nfgj,县发改局,bureau,yes,发改局|县发改委\nt01,白石镇,town,no,\n")
    (tmp_path / "roster.csv").write_text("unit,form,period,deadline\nfgj,key_project_monthly,2024-01,2024-02-05\n")
    (tmp_path / "settings.csv").write_text("key,value,meaning\ncounty,云岭县,\n")
    (tmp_path / "holidays.csv").write_text("date,kind\n2024-02-10,holiday\n2024-02-04,working\n")
    return tmp_path


def test_the_sample_site_is_read():
    site = load_site(SITE)
    assert site.names["fgj"] == "县发改局"
    assert site.settings["county"] == "云岭县"
    assert len({slot.form for slot in site.roster}) == 7


def test_aliases_and_days_are_taken_apart(site):
    loaded = load_site(site)
    assert loaded.units[0].aliases == ("发改局", "县发改委")
    assert [u.reports for u in loaded.units] == [True, False]
    assert loaded.roster[0].deadline == date(2024, 2, 5)
    assert [h.kind for h in loaded.holidays] == ["holiday", "working"]


def test_a_byte_order_mark_and_blank_lines_do_no_harm(site):
    text = (site / "units.csv").read_text()
    (site / "units.csv").write_text("\ufeff" + text.replace("\n", "\r\n") + "\r\n,,,,\r\n")
    assert len(load_site(site).units) == 2


@pytest.mark.parametrize("file, text, line, says", [
    ("units.csv", "unit,name,kind,reports\n", 1, "aliases"),
    ("units.csv", "unit,name,kind,reports,aliases\nfgj,县发改局,bureau,yes,\nfgj,县财政局,bureau,yes,\n", 3, "fgj"),
    ("units.csv", "unit,name,kind,reports,aliases\na,甲局,bureau,yes,甲\nb,乙局,bureau,yes,甲\n", 3, "甲"),
    ("units.csv", "unit,name,kind,reports,aliases\na,甲局,bureau,是,\n", 2, "是"),
    ("units.csv", "unit,name,kind,reports,aliases\na,,bureau,yes,\n", 2, "name"),
    ("units.csv", "unit,name,kind,reports,aliases\n", None, "没有任何单位"),
    ("roster.csv", "unit,form,period,deadline\nxyz,annual_target,2024,2024-01-29\n", 2, "xyz"),
    ("roster.csv", "unit,form,period,deadline\nfgj,annual_target,2024,2024-02-30\n", 2, "2024-02-30"),
    ("roster.csv", "unit,form,period,deadline\nfgj,annual_target,2024年,2024-02-29\n", 2, "2024年"),
    ("roster.csv", "unit,form,period,deadline\nfgj,f,2024,2024-01-29\nfgj,f,2024,2024-01-30\n", 3, "重复"),
    ("settings.csv", "key,value\ncounty,云岭县\ncounty,石林县\n", 3, "county"),
    ("settings.csv", "key,value\ncounty,云岭县,多一列\n", 2, "列数"),
    ("holidays.csv", "date,kind\n2024-02-10,off\n", 2, "off"),
    ("holidays.csv", "date,kind\n2024/2/10,holiday\n", 2, "2024/2/10"),
    ("fx_rates.csv", "month,rate,date,source\n2024-Q1,7.1,2024-03-29,央行\n", 2, "2024-Q1"),
    ("fx_rates.csv", "month,rate,date,source\n2024-03,0,2024-03-29,央行\n", 2, "7.1234"),
    ("fx_rates.csv", "month,rate,date,source\n2024-03,7.1,2024-03-29,\n", 2, "source"),
])
def test_a_wrong_line_is_named(site, file, text, line, says):
    (site / file).write_text(text)
    with pytest.raises(SiteError) as refused:
        load_site(site)
    assert refused.value.path.name == file
    assert refused.value.line == line
    assert says in str(refused.value)
    assert str(refused.value).count("。") == 2               # what is wrong, and what to do


def test_a_missing_file_or_folder_and_a_wrong_encoding_are_told(site):
    (site / "holidays.csv").write_bytes("date,kind\n2024-02-10,放假\n".encode("gb18030"))
    with pytest.raises(SiteError, match="UTF-8"):
        load_site(site)
    (site / "holidays.csv").unlink()
    with pytest.raises(SiteError, match="没有这个文件"):
        load_site(site)
    with pytest.raises(SiteError, match="--site"):
        load_site(site / "nowhere")


def test_the_fingerprint_follows_the_content(site):
    before = load_site(site).fingerprint
    assert load_site(site).fingerprint == before
    (site / "settings.csv").write_text("key,value\ncounty,石林县\n")
    assert load_site(site).fingerprint != before


def test_exchange_rates_are_optional_and_part_of_the_fingerprint(site):
    assert load_site(site).fx_rates == ()
    before = load_site(site).fingerprint
    (site / "fx_rates.csv").write_text("month,rate,date,source\n2024-03,7.0950,2024-03-29,中间价\n")
    (rate,) = load_site(site).fx_rates
    assert (rate.month, str(rate.rate), rate.source) == ("2024-03", "7.0950", "中间价")
    assert load_site(site).fingerprint != before


def test_january_is_not_owed_where_the_county_reports_it_with_february(site):
    def periods():
        return {slot.period for slot in load_site(site).roster}

    (site / "roster.csv").write_text("unit,form,period,deadline\nt01,key_project_monthly,2024-01,2024-02-05\n"
                                     "t01,key_project_monthly,2024-02,2024-03-05\nt01,annual_target,2024,2024-01-31\n")
    assert periods() == {"2024-01", "2024-02", "2024"}
    (site / "settings.csv").write_text("key,value\njanuary_exempt,TRUE\n")
    assert periods() == {"2024-02", "2024"}
