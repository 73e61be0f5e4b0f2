"""Papers read back: every figure on them is the mart's, no sentence says what no number does, and the same version gives the same bytes."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import openpyxl
import pytest

from etl.forms.yamlfile import load_yaml
from etl.office.sender import Office, office_of
from etl.pages.show import load_show
from etl.papers.meeting import Frozen, frozen_tables, meeting_blocks
from etl.papers.source import period_figures, rounded
from etl.papers.version import OF_A_VERSION, write_version_papers
from etl.papers.write import KINDS, TEMPLATES, paper_of, papers_of, product_template
from etl.publish.export import DATABASE
from etl.texts.catalogue import chinese
from tests.fixtures.papers import DAY, W, opened, paragraphs_of, part_of, said_in, tables_of
from tests.fixtures.places import EXPECTATIONS, ROOT

MONTH = "2024-01"
SITE = {"county": "云岭县", "letter_office": "县政府督查室"}
SHOW = load_show(EXPECTATIONS, "云岭县", "20240415-abc", DAY, "zh", ())
BULLETIN = load_yaml(EXPECTATIONS / "pages.yaml")["bulletin"]
NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def made(version, kind, period=MONTH, site=ROOT / "nowhere", **more):
    with opened(version, period, **more) as source:
        return [paper.content for paper in papers_of(kind, source, site)]


@pytest.fixture(scope="module")
def bulletin(folder):
    [paper] = made(folder, "bulletin")
    return paper


@pytest.fixture(scope="module")
def workbook(folder):
    [paper] = made(folder, "workbook")
    return openpyxl.load_workbook(io.BytesIO(paper))


@pytest.fixture(scope="module")
def held(ask):
    """(figure's printed name with its unit of measure, unit's name) -> value, of the month; the county is 全县."""
    rows = ask(f"""SELECT m.measure_name || '（' || m.uom || '）', CASE i.grain WHEN 'county' THEN '全县' ELSE u.unit_name END, i.value
                   FROM fct_indicator i JOIN dim_measure m USING (form, measure) LEFT JOIN dim_unit u ON u.unit = i.member
                   WHERE i.period = '{MONTH}' AND i.grain IN ('county', 'unit')
                     AND list_contains({[name for table in BULLETIN for name in table['figures']]}, i.form || '.' || i.measure)
                   QUALIFY bool_or(i.value IS NOT NULL) OVER (PARTITION BY i.form, i.measure)""")
    return {(name, unit): value for name, unit, value in rows}


def test_every_figure_of_the_bulletin_is_the_marts(bulletin, held):
    seen = {}
    for head, *rows in tables_of(bulletin):
        for unit, *cells in rows:
            seen |= {(name, unit): cell for name, cell in zip(head[1:], cells, strict=True)}
    for key, cell in seen.items():
        value = held.get(key)
        if value is None:
            assert cell == "—", key
        else:
            shown = cell.rstrip("*≈").replace(",", "")
            assert Decimal(shown) == value.quantize(Decimal(1).scaleb(-len(shown.partition(".")[2])), ROUND_HALF_UP), key
    assert set(held) <= set(seen) and sum(value is not None for value in held.values()) > 20


def test_a_total_that_lacks_a_unit_says_whom(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "v")
    with duckdb.connect(str(tmp_path / "v" / "luodi.duckdb")) as con:
        con.execute("UPDATE fct_indicator SET missing_units = 't02' WHERE grain = 'county' AND measure = 'arrived_ytd'")
    [paper] = made(tmp_path / "v", "bulletin")
    county = next(row for table in tables_of(paper) for row in table if row[0] == "全县")
    assert county[1].endswith("*") and not county[2].endswith("*")
    assert any(text.startswith("注：") and "全县合计缺：清河镇" in text for text in paragraphs_of(paper))


def test_sentences_say_numbers_of_the_marts_and_no_others(folder, bulletin, ask):
    """Values, gaps to the time that has passed, and counts of slots and units; nothing beside them."""
    with opened(folder, MONTH) as source:
        figures = period_figures(source)
    assert figures.sentences and [text for text in paragraphs_of(bulletin) if text in figures.sentences] == list(figures.sentences)
    time = Decimal(figures.period["time_progress"])
    values = [value for (value,) in ask(f"SELECT value FROM fct_indicator WHERE period = '{MONTH}' AND grain IN ('county', 'unit') AND value IS NOT NULL")]
    slots = [count for (count,) in ask(f"SELECT count(*) FROM fct_submission WHERE period = '{MONTH}' AND is_owed GROUP BY status")]
    known = {f"{abs(v).quantize(Decimal('0.01'), ROUND_HALF_UP).normalize():f}" for value in [*values, time] for v in (value, value - time)}
    known |= {str(n) for n in (*range(1 + max(slots)), sum(slots), 2024)}
    for sentence in figures.sentences:
        assert [number for number in NUMBER.findall(sentence) if number not in known and f"{Decimal(number).normalize():f}" not in known] == [], sentence


def test_without_figures_nothing_is_said(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "v")
    with duckdb.connect(str(tmp_path / "v" / "luodi.duckdb")) as con:
        con.execute("UPDATE fct_indicator SET value = NULL")
    with opened(tmp_path / "v", MONTH) as source:
        assert [s for s in period_figures(source).sentences if not s.startswith("本期应报")] == []
    [paper] = made(tmp_path / "v", "bulletin")
    assert tables_of(paper) == []                            # what nobody has is no column


def test_the_bulletin_is_laid_out_as_official_papers_are(bulletin):
    page = part_of(bulletin).find(f"{W}body/{W}sectPr")
    margins = {side: round(int(page.find(f"{W}pgMar").get(f"{W}{side}")) / 1440 * 25.4) for side in ("top", "bottom", "left", "right")}
    assert margins == {"top": 37, "bottom": 35, "left": 28, "right": 26}
    styles = {s.find(f"{W}name").get(f"{W}val"): s for s in part_of(bulletin, "word/styles.xml").iter(f"{W}style")}
    body = styles["公文正文"]
    assert body.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "仿宋_GB2312" and body.find(f"{W}rPr/{W}sz").get(f"{W}val") == "32"
    assert body.find(f"{W}pPr/{W}spacing").get(f"{W}line") == "579"
    assert styles["公文标题"].find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "方正小标宋简体"
    said = paragraphs_of(bulletin)
    assert said[0] == "云岭县2024年1月重点工作通报" and said[-2:] == ["县政府督查室", "2024年4月15日"]
    assert any("数据截至2024年4月15日" in text for text in said)


def test_a_red_head_stands_where_a_county_has_one(folder):
    [paper] = made(folder, "bulletin", office=Office("云岭县", red_head="云岭县人民政府办公室文件"))
    assert paragraphs_of(paper)[0] == "云岭县人民政府办公室文件"


def test_every_number_of_the_workbook_is_the_marts_as_a_number(workbook, held):
    seen = {}
    for page in workbook.worksheets[1:]:
        heads = [cell.value for cell in page[3]][2:]
        for row in page.iter_rows(min_row=5):
            if (unit := row[1].value) and isinstance(unit, str):
                seen |= {(name, unit): cell.value for name, cell in zip(heads, row[2:], strict=True)}
    for key, value in held.items():
        assert seen[key] is None if value is None else seen[key] == float(value), key
    assert {type(value) for value in seen.values()} <= {float, int, type(None)}


def test_the_workbook_has_charts_definitions_and_a_frozen_head(workbook, ask):
    told = dict(ask("SELECT measure_name || '（' || uom || '）', definition FROM dim_measure"))
    for page in workbook.worksheets[1:]:
        assert page.freeze_panes == "C5" and len(page._charts) >= 1
        assert all(told[head.value] == meaning.value for head, meaning in zip(page[3][2:], page[4][2:], strict=True))
        assert [cell.value for cell in page["A"][5:7]] and all(isinstance(cell.value, str) for cell in page["A"][5:7] if cell.value is not None)
    overview = {row[0].value: row[1].value for row in workbook.worksheets[0].iter_rows(min_row=3)}
    assert overview["所属期"] == MONTH and overview["数据截至"] == "2024-04-15"


def test_a_chart_draws_the_cells_of_its_table(folder):
    [paper] = made(folder, "workbook")
    with zipfile.ZipFile(io.BytesIO(paper)) as file:
        charts = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/charts/chart")]
    book = openpyxl.load_workbook(io.BytesIO(paper))
    for chart in charts:
        for sheet, first, last in re.findall(r"<c:val><c:numRef><c:f>'?([^'!]+)'?!\$([A-Z]+\$\d+):\$([A-Z]+\$\d+)", chart):
            values = [cell.value for row in book[sheet][f"{first.replace('$', '')}:{last.replace('$', '')}"] for cell in row]
            assert len(values) == sum(isinstance(cell.value, str) for cell in book[sheet]["A"][5:])
    assert charts


def test_the_booklet_tells_each_project_as_the_mart_does(folder, ask):
    [paper] = made(folder, "tour")
    told = {}
    for table in tables_of(paper):
        facts = {row[at]: row[at + 1] for row in table for at in (0, 2)}
        told[facts["项目名称"]] = tuple(facts[name] for name in ("总投资", "年度计划投资", "本年累计完成", "开工以来完成", "完成率", "阶段"))
    held = {}
    for name, *money, rate, stage in ask(f"""SELECT project_name, total_investment, annual_plan, completed_ytd, completed_since_start, completion_rate, stage
                                              FROM fct_project_progress WHERE period = '{MONTH}'"""):
        held[name] = (*map(rounded, money), "—" if rate is None else f"{rounded(rate)}%", stage or "—")
    assert held and told == held


def test_what_changed_since_the_last_tour_is_told(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "v")
    with duckdb.connect(str(tmp_path / "v" / "luodi.duckdb")) as con:
        con.execute(f"""INSERT INTO fct_project_change BY NAME
                        SELECT '{MONTH}' AS period, unit, project_key, project_name, '2023-12' AS previous_period, 'moved' AS change,
                               '签约' AS previous_stage, stage, 12.5 AS completed_since_tour FROM fct_project_progress WHERE period = '{MONTH}' LIMIT 1""")
        con.execute(f"""INSERT INTO fct_project_change BY NAME SELECT '{MONTH}' AS period, 't01' AS unit, 'gone' AS change, '老码头' AS project_name,
                        'k' AS project_key, '在建' AS previous_stage, 7 AS previous_completed_since_start""")
    [paper] = made(tmp_path / "v", "tour")
    cells = [cell for table in tables_of(paper) for row in table for cell in row]
    assert "12.50（阶段推进）" in cells and any(cell.startswith("签约→") for cell in cells)
    assert ["1", "白石镇", "老码头", "在建", "7.00"] in tables_of(paper)[-1]


def test_places_and_scores_are_the_marts_and_say_who_is_missing(folder, ask):
    [paper] = made(folder, "ranking", is_internal=True)
    shown = {(row[1], row[3]) for _, *rows in tables_of(paper) for row in rows}
    held = {(unit, "—" if score is None else f"{score:.2f}") for unit, score in ask(
        f"""SELECT u.unit_name, r.score FROM fct_ranking r JOIN dim_unit u USING (unit)
            SEMI JOIN (FROM dim_scheme_node WHERE parent_node IS NULL) USING (scheme, version, node) WHERE r.period = '{MONTH}'""")}
    assert held and shown == held
    said = paragraphs_of(paper)
    assert said[0] == "（内部资料，结果尚未发布）" and any("没有得分的：清河镇" in text for text in said)
    assert {row[2] for _, *rows in tables_of(paper) for row in rows} == {"—", "第1/2（并列） 暂定\n（1～2）"}


def test_without_results_there_is_no_ranking_and_no_card(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "v")
    with duckdb.connect(str(tmp_path / "v" / "luodi.duckdb")) as con:
        for mart in ("fct_ranking", "fct_score"):
            con.execute(f"DELETE FROM {mart}")
    assert made(tmp_path / "v", "ranking") == [] == made(tmp_path / "v", "card")


def test_a_card_shows_every_indicator_and_a_slip_to_object_on(folder, ask):
    [paper] = made(folder, "card", unit="t01")
    *cards, slip = tables_of(paper)
    nodes = ask(f"SELECT node || ' ' || node_name, is_leaf, working, points, score FROM fct_score WHERE period = '{MONTH}' AND unit = 't01'")
    shown = {(row[0].strip("　 "), row[4]) for _, *rows in cards for row in rows}
    assert nodes and shown == {(name, rounded(score if working is None else points)) for name, _, working, points, score in nodes}
    assert {row[1].splitlines()[0] for row in slip[1:]} == {name for name, is_leaf, *_ in nodes if is_leaf}
    assert {cell for row in slip[1:] for cell in row[3:]} == {""}
    assert any(text.startswith("考核得分异议单") for text in paragraphs_of(paper))


def test_a_meeting_reads_the_frozen_set_and_its_hash(folder, tmp_path):
    (tmp_path / "marts").mkdir()
    shutil.copytree(folder / "parquet", tmp_path / "marts" / "parquet")
    frozen = Frozen("0001-2024-01", "王某", "2024-07-15T18:00:00", "confidential", "ab" * 32, "cd" * 32, "20240415-abc", "", 154)
    with frozen_tables(tmp_path / "marts") as database, opened(database.parent, MONTH, is_internal=True) as source:
        paper = paper_of("meeting", source, ROOT / "nowhere", meeting_blocks(source, frozen), {}).content
    tables = tables_of(paper)
    facts = dict(tables[0])
    assert (facts["冻结指纹"], facts["冻结链链首"], facts["冻结人"], facts["数据行数"]) == ("ab" * 32, "cd" * 32, "王某", "154")
    assert tables[1:-1] == tables_of(made(folder, "ranking", is_internal=True)[0])
    assert tables[-1][0] == ["审定人", "审定意见", "签字", "日期"] and len(tables[-1]) == 4


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "meeting"])
def test_the_same_version_gives_the_same_paper(folder, kind):
    papers = made(folder, kind)
    assert papers and papers == made(folder, kind)


@pytest.fixture(scope="module")
def version(folder, tmp_path_factory):
    """The published version, with the papers that a night puts into it."""
    version = tmp_path_factory.mktemp("version")
    shutil.copy(folder / DATABASE, version)
    write_version_papers(version, ROOT / "nowhere", SITE, SHOW)
    return version


def test_a_version_carries_the_papers_of_the_last_period_of_each_kind(version, folder, ask):
    ended = dict(ask("SELECT grain, max(period) FROM dim_period WHERE is_over AND period IN (SELECT period FROM fct_fitness) GROUP BY ALL"))
    assert {path.name for path in (version / "papers").iterdir()} == {*ended.values()} and "month" in ended
    month = version / "papers" / ended["month"]
    assert {path.name.partition("-")[0] for path in month.iterdir()} == {"通报", "通报数据表", "排名表"}       # no project is reported in it
    for path in month.iterdir():
        kind = next(kind for kind in OF_A_VERSION if chinese(f"papers.kind_{kind}") == path.name.partition("-")[0])
        assert [path.read_bytes()] == made(folder, kind, ended["month"], office=office_of(SITE)), path.name


def test_a_word_file_that_is_wrong_is_told_in_the_place_of_its_paper_and_stops_no_other(version, tmp_path):
    (tmp_path / "site" / "papers").mkdir(parents=True)
    (tmp_path / "site" / "papers" / "bulletin.docx").write_bytes(b"no Word file")
    shutil.copy(version / DATABASE, tmp_path)
    write_version_papers(tmp_path, tmp_path / "site", SITE, SHOW)
    told = sorted((tmp_path / "papers").glob("*/通报.txt"))
    assert told and all("bulletin.docx" in one.read_text(encoding="utf-8") for one in told)
    assert all(list(one.parent.glob("通报数据表-*.xlsx")) and not list(one.parent.glob("通报-*")) for one in told)


def test_a_countys_own_word_file_is_taken_with_its_words_and_styles(folder, bulletin, tmp_path):
    (tmp_path / "papers").mkdir()
    parts = {}
    with zipfile.ZipFile(io.BytesIO(product_template("bulletin"))) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace("重点工作通报".encode(), "工作简报".encode(), 1)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'w:styleId="luodi-body"', b'w:styleId="a3"').replace("仿宋_GB2312".encode(), "楷体".encode())
    parts["word/document.xml"] = parts["word/document.xml"].replace(b'w:val="luodi-body"', b'w:val="a3"')
    with zipfile.ZipFile(tmp_path / "papers" / "bulletin.docx", "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    [paper] = made(folder, "bulletin", site=tmp_path)
    assert paragraphs_of(paper)[0] == "云岭县2024年1月工作简报" and paragraphs_of(paper)[1:] == paragraphs_of(bulletin)[1:]
    sentence = next(p for p in part_of(paper).iter(f"{W}p") if said_in(p).startswith("截至2024年1月"))
    assert sentence.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "a3"
    assert "楷体".encode() in zipfile.ZipFile(io.BytesIO(paper)).read("word/styles.xml")


def test_what_units_write_is_text_and_nothing_else(folder, tmp_path):
    """The naughty strings as names of units, projects and measures, and as what is written of projects."""
    naughty = [line for line in (ROOT / "tests/fixtures/naughty.txt").read_text(encoding="utf-8").splitlines() if line]
    naughty += ["=1+1", "{{ sentences }}", "<w:p/>", "<!--luodi-0-->", "a\x01b", "\ufffe]]>&"]
    shutil.copytree(folder, tmp_path / "v")
    with duckdb.connect(str(tmp_path / "v" / "luodi.duckdb")) as con:
        con.execute("CREATE TABLE naughty AS SELECT row_number() OVER () AS n, text FROM (SELECT unnest(?) AS text)", [naughty])
        for table, column in (("dim_unit", "unit_name"), ("dim_measure", "definition"), ("fct_project_progress", "project_name"),
                              ("fct_project_progress", "problem_text"), ("fct_score", "node_name"), ("dim_scheme", "scheme_name")):
            con.execute(f"UPDATE {table} SET {column} = '=' || (SELECT string_agg(text, ' ') FROM naughty)")
    plain = "{{ sentences }} <w:p/> <!--luodi-0--> ab"
    for kind in TEMPLATES[:-1]:
        for paper in made(tmp_path / "v", kind):
            said = said_in(part_of(paper))
            assert plain in said
            assert {node.tag for node in part_of(paper).iter()} <= {node.tag for node in part_of(made(folder, kind)[0]).iter()}
    [book] = made(tmp_path / "v", "workbook")
    cells = [cell for page in openpyxl.load_workbook(io.BytesIO(book)).worksheets for row in page.iter_rows() for cell in row]
    assert any("=1+1" in str(cell.value) for cell in cells) and {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.hyperlink is None for cell in cells)
