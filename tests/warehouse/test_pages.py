"""The pages in a real browser: every one opens from its folder without a word, and what it shows is what the marts hold."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
from datetime import date
from decimal import Decimal
from urllib.parse import unquote, urlsplit

import duckdb
import pytest

from etl.explain.node import as_written
from etl.pages.show import load_show
from etl.pages.write import write_pages
from etl.publish.manifest import Publication, write_manifest
from etl.publish.unchanged import Before
from tests.fixtures.browser import look, opened_browser, turn_to
from tests.fixtures.places import EXPECTATIONS, ROOT

STAGES = ("在谈", "签约", "开工", "在建", "投产")


def written(version, folder, before=None):
    show = load_show(EXPECTATIONS, "云岭县", "20240415-abc", date(2024, 4, 15), "zh", STAGES)
    write_pages(version, folder, show, before)
    return folder


@pytest.fixture(scope="module")
def site(folder, tmp_path_factory):
    return written(folder, tmp_path_factory.mktemp("pages") / "site")


@pytest.fixture(scope="module")
def browser():
    with opened_browser() as browser:
        yield browser


def data(site, name):
    text = (site / "data" / f"{name}.js").read_text(encoding="utf-8")
    taken = json.loads(re.fullmatch(r'luodi\.take\("[^"]+",(.*)\);\n', text, re.DOTALL)[1])
    return json.loads(gzip.decompress(base64.b64decode(taken))) if isinstance(taken, str) else taken


def place(site, form, measure):
    return [(row["form"], row["measure"]) for row in data(site, "frame")["measures"]].index((form, measure))


def test_the_same_version_gives_the_same_bytes(folder, site, tmp_path):
    again = written(folder, tmp_path / "site")
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [name for name in files if (site / name).read_bytes() != (again / name).read_bytes()] == []


def ways(version):
    return {path.relative_to(version / "site/data/way").as_posix(): path for path in (version / "site/data/way").rglob("*.js")}


def test_ways_that_are_as_they_were_are_linked_and_others_written(folder, tmp_path):
    """One line of 白石镇 is told otherwise: of its year the script is new, all others are those of the version before."""
    before, now = tmp_path / "before", tmp_path / "now"
    shutil.copytree(folder, before)
    written(before, before / "site")
    write_manifest(before, Publication("20240415-abc", date(2024, 4, 15)), {})
    shutil.copytree(folder, now)
    with duckdb.connect(str(now / "luodi.duckdb")) as con:
        con.execute("UPDATE dim_line SET raw = '{}' WHERE line_id = (SELECT min(line_id) FROM dim_line WHERE unit = 't01' AND disposition = 'published'"
                    " AND form = 'key_project_monthly')")
    written(now, now / "site", Before.of(before))
    assert len(ways(now)) > 3 and ways(now).keys() == ways(before).keys()
    assert [name for name, path in ways(now).items() if not path.samefile(ways(before)[name])] == ["key_project_monthly/2024/t01.js"]
    anew = tmp_path / "anew"
    shutil.copytree(now, anew, ignore=shutil.ignore_patterns("site"))
    written(anew, anew / "site")
    assert [name for name, path in ways(anew).items() if path.read_bytes() != ways(now)[name].read_bytes()] == []


def test_a_way_that_is_not_as_it_was_published_is_written_again(folder, tmp_path):
    before, now = tmp_path / "before", tmp_path / "now"
    for version in (before, now):
        shutil.copytree(folder, version)
    written(before, before / "site")
    write_manifest(before, Publication("20240415-abc", date(2024, 4, 15)), {})
    name, path = min(ways(before).items())
    right = path.read_bytes()
    path.write_bytes(b"luodi.take()")
    written(now, now / "site", Before.of(before))
    assert ways(now)[name].read_bytes() == right


def test_every_figure_of_the_data_is_the_marts_to_the_digit(site, ask):
    """Of every measure: county, units and levels; value, numerator and denominator."""
    measures = data(site, "frame")["measures"]
    shown = {}
    for number, row in enumerate(measures):
        for grain, members in data(site, f"measure/{number}").items():
            for member, periods in members.items():
                for period, figure in periods.items():
                    shown[row["form"], row["measure"], period, grain, member] = tuple((figure + [None] * 3)[:3])
    held = {(form, measure, period, grain, "*" if grain == "county" else member): tuple(v if v is None else as_written(v) for v in values)
            for form, measure, period, grain, member, *values in ask(
                "SELECT form, measure, period, grain, member, value, numerator, denominator FROM fct_indicator WHERE grain <> 'period'")}
    assert len(held) > 1000 and shown == held


def test_every_page_opens_without_a_word_and_asks_for_nothing_elsewhere(site, browser):
    page, seen = look(browser, site / "index.html")
    rate = place(site, "key_project_monthly", "completion_rate")
    for address in ("#/county/2024-01", "#/county/2024-Q1", "#/units/2024-01", "#/unit/t01/2024-01", "#/unit/zsj/2024-01", "#/projects", "#/project/0",
                    "#/leads/2024-01", "#/lead/张某/2024-01", "#/indicators", f"#/indicator/{rate}/2024-01", f"#/figure/{rate}/2024-01/county/*",
                    f"#/figure/{rate}/2024-01/unit/t01", "#/bulletin/2024-01", "#/nowhere"):
        turn_to(page, address)
        assert page.evaluate("!luodi.problem || location.hash == '#/nowhere'"), (address, page.evaluate("String(luodi.problem)"))
    assert seen.said == [] and all(url.startswith(("file:", "data:")) for url in seen.asked)
    page.click(".language")
    page.wait_for_function("document.documentElement.lang == 'en'")
    assert not re.search("undefined|NaN", page.inner_text("body"))


def test_from_the_county_to_a_cell_in_three_clicks(site, browser):
    page, _ = look(browser, site / "index.html")
    turn_to(page, "#/county/2024-01")
    page.click(".card:has-text('年度投资完成率') a.figure")
    page.wait_for_selector("h2:has-text('各单位')")
    page.click("main table >> text=白石镇")
    page.wait_for_selector(".cell b")
    cells = page.locator(".cells > .cell").all_inner_texts()
    assert {"M4本年累计完成投资20", "K4本年计划投资100"} <= {re.sub(r"\s+", "", cell) for cell in cells}
    assert "t01/key_project_monthly-2024-01-2.xlsx" in page.inner_text("main")


def test_a_card_shows_the_value_of_the_mart_rounded_half_up(site, browser, ask):
    page, _ = look(browser, site / "index.html")
    turn_to(page, "#/county/2024-01")
    shown = page.locator(".card:has-text('年度投资完成率') .value a")
    [(value,)] = ask("SELECT value FROM fct_indicator WHERE (form, measure, period, grain) = ('key_project_monthly', 'completion_rate', '2024-01', 'county')")
    assert Decimal(shown.get_attribute("data-value")) == value
    for text, digits, said in (("0.005", 2, "0.01"), ("-0.005", 2, "-0.01"), ("1234567.5", 0, "1,234,568"), ("-0.001", 2, "0.00"), ("99999999999999.994999", 2, "99,999,999,999,999.99")):
        assert page.evaluate("([text, digits]) => luodi.rounded(text, digits)", [text, digits]) == said


def test_charts_are_drawn_with_the_numbers_of_the_marts(site, browser, ask):
    page, _ = look(browser, site / "index.html")
    turn_to(page, "#/county/2024-01")
    drawn = page.evaluate("luodi.drawn.map(c => c.getOption()).filter(o => o.yAxis[0].type == 'category').map(o => [o.yAxis[0].data, o.series[0].data.map(d => d.value)])")
    names = dict(ask("SELECT unit, unit_name FROM dim_unit"))
    rates = {names[unit]: float(value) for unit, value in ask(
        "SELECT member, value FROM fct_indicator WHERE (form, measure, period, grain) = ('key_project_monthly', 'completion_rate', '2024-01', 'unit') AND value IS NOT NULL")}
    assert rates and rates in [dict(zip(*one, strict=True)) for one in drawn]


def test_the_page_opens_at_the_last_month_that_is_over_and_that_most_report(site, browser):
    page, _ = look(browser, site / "index.html")
    opened = """months => { luodi.frame.periods = months.map(([period, owed, is_over]) => ({ grain: "month", period, owed, is_over })); return luodi.latest(); }"""
    for months, expected in (([["2024-01", 20, True], ["2024-02", 20, True], ["2024-03", 20, False]], "2024-02"),
                             ([["2024-01", 20, True], ["2024-02", 10, True], ["2024-03", 9, True]], "2024-02"), ([["2024-01", 0, True]], "2024-01"),
                             ([["2024-01", 20, False]], "2024-01")):
        assert page.evaluate(opened, months) == expected


def test_towns_bear_their_names_in_the_levels_of_an_indicator(folder, browser, tmp_path):
    shutil.copytree(folder, tmp_path / "version")
    with duckdb.connect(str(tmp_path / "version" / "luodi.duckdb")) as con:
        con.execute("INSERT INTO fct_indicator SELECT * REPLACE ('township' AS grain) FROM fct_indicator WHERE (grain, member, measure) = ('unit', 't01', 'completion_rate')")
    other = written(tmp_path / "version", tmp_path / "site")
    page, _ = look(browser, other / "index.html")
    turn_to(page, f"#/indicator/{place(other, 'key_project_monthly', 'completion_rate')}/2024-01")
    assert page.inner_text("section:has(h2:has-text('乡镇')) tbody td").strip() == "白石镇"


def test_january_is_held_against_the_january_before_and_not_against_december(folder, browser, tmp_path):
    shutil.copytree(folder, tmp_path / "version")
    with duckdb.connect(str(tmp_path / "version" / "luodi.duckdb")) as con:
        con.execute("DELETE FROM fct_indicator WHERE period = '2023-12'")
        con.execute("INSERT INTO fct_indicator SELECT * REPLACE ('2023-12' AS period) FROM fct_indicator WHERE period = '2024-01'")
        con.execute("INSERT INTO dim_period SELECT * REPLACE ('2023-12' AS period, 2023 AS period_year) FROM dim_period"
                    " WHERE period = '2024-01' AND NOT EXISTS (SELECT 1 FROM dim_period WHERE period = '2023-12')")
        con.execute("UPDATE fct_indicator SET value = 12.5 WHERE (measure, period, grain) = ('yoy_growth_completed_ytd', '2024-01', 'county')")
    page, _ = look(browser, written(tmp_path / "version", tmp_path / "site") / "index.html")
    turn_to(page, "#/county/2024-01")
    card = page.inner_text(".card:has-text('本年累计完成投资')")
    assert "同比 12.5" in card and "比上期" not in card
    moved = page.inner_text("section:has(h2:has-text('相比'))")
    assert "在册项目数" in moved and "本年累计" not in moved


@pytest.fixture
def grown(folder, tmp_path):
    """A version in which the county's growth is 12.5, and a town that reported the year before reports nothing now."""
    shutil.copytree(folder, tmp_path / "version")
    with duckdb.connect(str(tmp_path / "version" / "luodi.duckdb")) as con:
        con.execute("INSERT INTO dim_period SELECT * REPLACE ('2023-01' AS period, 2023 AS period_year, DATE '2023-01-01' AS period_start,"
                    " DATE '2023-01-31' AS period_end) FROM dim_period WHERE period = '2024-01' AND NOT EXISTS (FROM dim_period WHERE period = '2023-01')")
        con.execute("INSERT INTO fct_indicator SELECT * REPLACE ('2023-01' AS period) FROM fct_indicator WHERE (measure, period) = ('completed_ytd', '2024-01')")
        con.execute("UPDATE dim_period SET year_before = '2023-01' WHERE period = '2024-01'")
        con.execute("UPDATE fct_indicator SET value = 12.5, reason = NULL, missing_units = NULL WHERE (measure, period, grain) = ('yoy_growth_completed_ytd', '2024-01', 'county')")
        con.execute("UPDATE fct_indicator SET value = NULL WHERE (measure, period, grain, member) = ('completed_ytd', '2024-01', 'unit', 't01')")
    return tmp_path / "version"


def test_growth_names_who_was_in_the_base_and_has_no_figure_now(grown, browser):
    page, _ = look(browser, written(grown, grown / "site") / "index.html")
    turn_to(page, "#/county/2024-01")
    card = page.locator(".card:has-text('同比 12.5')")
    assert "上年有数的1个单位本期没有数" in card.inner_text()
    assert "上年有数、本期没有数的：白石镇" in card.locator("p.change a").get_attribute("title")
    turn_to(page, "#/bulletin/2024-01")
    assert "†" in page.inner_text("article.bulletin") and "比上年同期" not in page.inner_text("article.bulletin")


def test_growth_of_the_same_units_stands_without_a_mark(grown, browser):
    with duckdb.connect(str(grown / "luodi.duckdb")) as con:
        con.execute("UPDATE fct_indicator SET value = 20 WHERE (measure, period, grain, member) = ('completed_ytd', '2024-01', 'unit', 't01')")
    page, _ = look(browser, written(grown, grown / "site") / "index.html")
    turn_to(page, "#/county/2024-01")
    card = page.inner_text(".card:has-text('同比 12.5')")
    assert "†" not in card and "上年有数" not in card


def test_the_papers_of_a_period_lie_behind_its_bulletin(folder, browser, tmp_path):
    shutil.copytree(folder, tmp_path / "version")
    paper = tmp_path / "version" / "papers" / "2024-01" / "通报 #1-2024-01.docx"
    paper.parent.mkdir(parents=True)
    paper.write_bytes(b"a paper")
    page, seen = look(browser, written(tmp_path / "version", tmp_path / "version" / "site") / "index.html")
    turn_to(page, "#/bulletin/2024-01")
    link = page.locator("a.paper")
    assert link.inner_text() == paper.name and unquote(urlsplit(link.evaluate("a => a.href")).path) == str(paper)
    turn_to(page, "#/bulletin/2024-02")
    assert page.locator("a.paper").count() == 0 and seen.said == []


def test_an_earlier_period_shows_what_was_raised_by_then(folder, browser, tmp_path):
    shutil.copytree(folder, tmp_path / "version")
    with duckdb.connect(str(tmp_path / "version" / "luodi.duckdb")) as con:
        con.execute("DELETE FROM fct_accountability WHERE unit = 't01'")
        con.execute("INSERT INTO fct_accountability BY NAME SELECT 't01' AS unit, period, 'M' || period AS number, 'supervision' AS kind,"
                    " 'proposed' AS state, false AS is_past_due, 1 AS periods_running FROM (VALUES ('2024-01'), ('2024-02')) AS v(period)")
    page, _ = look(browser, written(tmp_path / "version", tmp_path / "site") / "index.html")
    page.evaluate("luodi.latest = () => '2024-02'")          # of the small county most months lack most reports

    def matters(period):
        turn_to(page, f"#/unit/t01/{period}")
        return re.findall(r"M(2024-\d\d)", page.inner_text("section:has(h2:has-text('督办事项'))"))

    assert matters("2024-01") == ["2024-01"] and "状态截至2024-04-15" in page.inner_text("main")
    assert matters("2024-02") == ["2024-01", "2024-02"]


def test_a_table_sorts_filters_and_copies(site, browser):
    page, _ = look(browser, site / "index.html")
    turn_to(page, "#/indicators")
    first = page.locator("main tbody tr td:nth-child(2)").first.inner_text
    page.click("main th:nth-child(2) button")
    up = first()
    page.click("main th:nth-child(2) button")
    assert first() != up and page.get_attribute("main th:nth-child(2)", "aria-sort") == "descending"
    page.fill("main .tools input", "资金到位率")
    assert first() == "资金到位率"
    page.click("main .tools button")
    assert page.inner_text("main .tools button") == "已复制"


def test_search_finds_a_unit_and_a_project(site, browser):
    page, _ = look(browser, site / "index.html")
    page.fill(".search input", "白石")
    page.wait_for_selector(".search li a")
    page.press(".search input", "Enter")
    page.wait_for_selector("h1:has-text('白石镇')")
    page.fill(".search input", "停车场")
    page.wait_for_selector(".search li a:has-text('停车场')")
    page.press(".search input", "Enter")
    page.wait_for_selector("h1:has-text('停车场')")


@pytest.mark.parametrize("width, height", [(390, 844), (1366, 768), (1920, 1080)])
def test_no_page_is_wider_than_its_screen(site, browser, width, height):
    page, _ = look(browser, site / "index.html", width, height)
    for address in ("#/county/2024-01", "#/unit/t01/2024-01", "#/projects", "#/bulletin/2024-01"):
        turn_to(page, address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_page_prints(site, browser):
    page, _ = look(browser, site / "index.html")
    turn_to(page, "#/bulletin/2024-01")
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_what_units_write_is_never_markup(folder, site, browser, tmp_path):
    """The naughty strings in every text that a unit writes, wherever the pages show it."""
    naughty = [line for line in (ROOT / "tests/fixtures/naughty.txt").read_text(encoding="utf-8").splitlines() if line]
    shutil.copytree(folder, tmp_path / "version")
    with duckdb.connect(str(tmp_path / "version" / "luodi.duckdb")) as con:
        con.execute("CREATE TABLE naughty AS SELECT row_number() OVER () AS n, text FROM (SELECT unnest(?) AS text)", [naughty])
        for table, column in (("dim_unit", "unit_name"), ("fct_project_progress", "project_name"), ("fct_project_progress", "progress_text"),
                              ("fct_data_quality_issue", "sentence"), ("fct_submission_version", "file"), ("fct_light", "because"), ("fct_investment", "project_name")):
            con.execute(f"UPDATE {table} SET {column} = (SELECT string_agg(text, ' ') FROM naughty)")
    other = written(tmp_path / "version", tmp_path / "site")
    page, seen = look(browser, other / "index.html")
    rate = place(site, "key_project_monthly", "completion_rate")
    for address in ("#/county/2024-01", "#/unit/t01/2024-01", "#/projects", "#/project/0", f"#/figure/{rate}/2024-01/unit/t01", "#/bulletin/2024-01"):
        turn_to(page, address)
        assert page.evaluate("document.querySelectorAll('main script, main img, main iframe, main svg script, [onerror], [onload]').length") == 0
    page.fill(".search input", "script")
    assert seen.dialogs == [] and all(url.startswith(("file:", "data:")) for url in seen.asked)
    assert page.evaluate("typeof window.hit") == "undefined"
