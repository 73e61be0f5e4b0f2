"""What each chart must show, worked out from the marts of the published version: nothing here knows the dashboard's own queries."""

from __future__ import annotations

from datetime import date

FIGURE = """SELECT value AS 数 FROM fct_indicator
WHERE grain = 'county' AND form || '.' || measure = '{figure}' AND period = $month"""
CARDS = {
    "到位资金（万元）": "investment_monthly.arrived_ytd",
    "认定到位资金（万元）": "investment_monthly.arrived_recognised",
    "水分率（%）": "investment_monthly.water_rate",
    "完成投资（万元）": "key_project_monthly.completed_ytd",
    "年度投资完成率（%）": "key_project_monthly.completion_rate",
    "预算执行率（%）": "budget_execution_monthly.execution_rate",
    "整改销号率（%）": "rectification.closure_rate",
}
# A row each.
TABLES = {
    "考核排名": """SELECT group_name AS 分组, rank_no AS 名次, unit_name AS 单位, score AS 得分, grade AS 等次, rank_best AS 最好名次,
        rank_worst AS 最差名次, CASE standing WHEN 'provisional' THEN '暂定' ELSE '定局' END AS 状态
        FROM fct_ranking JOIN dim_unit USING (unit)
        JOIN (SELECT DISTINCT scheme, version, unit_group, group_name FROM dim_scheme_group) USING (scheme, version, unit_group)
        WHERE node = '总分' AND score IS NOT NULL AND period = $month""",
    "各单位到位资金目标完成率（认定口径，%）": """SELECT member_name AS 单位, value AS 完成率, time_progress AS 时间进度
        FROM fct_indicator JOIN dim_period USING (period)
        WHERE fct_indicator.grain = 'unit' AND measure = 'target_rate_到位资金_recognised' AND value IS NOT NULL AND period = $month""",
    "数据可用性": """SELECT coalesce(unit_name, '全县') AS 单位, reasons AS 依据, blocked_until AS 可以改正到,
        CASE verdict WHEN 'fit' THEN '可用' WHEN 'not_fit' THEN '不可用' ELSE '有保留' END AS 结论
        FROM fct_fitness LEFT JOIN dim_unit USING (unit) WHERE form = '*' AND period = $month""",
    "哪些数还不全": f"""SELECT name_zh AS 名称, value AS 数值, uom AS 计量单位, (SELECT string_agg(unit_name, '、' ORDER BY unit)
        FROM dim_unit WHERE list_contains(string_split(missing_units, ' '), unit)) AS 缺少的单位
        FROM fct_indicator WHERE grain = 'county' AND missing_units IS NOT NULL AND period = $month
        AND form || '.' || measure IN {tuple(CARDS.values())}""",
}
# A row for what the first column says, a column for each value of the second.
CROSSED = {
    "全县到位资金逐月（万元；* 有单位没有数）": """SELECT period || CASE WHEN (SELECT count(missing_units) FROM fct_indicator AS other
            WHERE other.grain = 'county' AND other.form = figure.form AND other.period = figure.period) > 0 THEN '*' ELSE '' END AS 月份,
        name_zh, value
        FROM fct_indicator AS figure JOIN dim_period USING (period) WHERE figure.grain = 'county' AND dim_period.grain = 'month'
        AND form = 'investment_monthly' AND measure IN ('arrived_ytd', 'arrived_recognised')""",
    "各单位重点项目三色（个）": """SELECT unit_name AS 单位, coalesce(colour, '不定'), count(*)
        FROM fct_light JOIN dim_unit USING (unit) WHERE subject = 'project' AND period = $month GROUP BY ALL""",
    "各单位还没有改正的问题（个）": """SELECT coalesce(unit_name, '全县') AS 单位,
        CASE severity WHEN 'error' THEN '错误' WHEN 'warning' THEN '警告' ELSE '提示' END, count(*)
        FROM fct_data_quality_issue LEFT JOIN dim_unit USING (unit) WHERE counts AND state = 'open' AND period = $month GROUP BY ALL""",
}
DAY = "数据截至"


def expected(con, as_of: date, month: str) -> dict[str, list[dict]]:
    """Title of each chart -> its rows for a month, blanks left out."""
    found = {DAY: [{"截至": plain(as_of)}]}
    for title, figure in CARDS.items():
        found[title] = asked(con, FIGURE.format(figure=figure), month)[1] or [()]
        found[title] = [without_blanks(["数"], row) for row in found[title]]
    for title, query in TABLES.items():
        names, rows = asked(con, query, month)
        found[title] = [without_blanks(names, row) for row in rows]
    for title, query in CROSSED.items():
        [name, *_], rows = asked(con, query, month)
        crossed: dict = {}
        for row, column, value in rows:
            crossed.setdefault(row, {name: row})[column] = plain(value)
        found[title] = [*crossed.values()]
    return found


def asked(con, query: str, month: str):
    answer = con.execute(query, {"month": month} if "$month" in query else None)
    return [column[0] for column in answer.description], answer.fetchall()


def without_blanks(names, row) -> dict:
    return {name: plain(value) for name, value in zip(names, row) if value is not None}


def plain(value):
    """A value as it comes to a browser: days as milliseconds."""
    if isinstance(value, date):
        return (value - date(1970, 1, 1)).days * 86_400_000
    return value
