"""How clerks of this county write: forms, periods, dates, amounts, headers."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from tests.layouts.tables import Day, month_end

TITLES = {
    "key_project_monthly": ("重点项目月报表", "重点建设项目进展情况表", "重点项目投资完成情况统计表", "县级重点项目推进情况调度表"),
    "investment_monthly": ("招商引资到位资金月报表", "招商引资项目进展情况统计表", "招商引资项目资金到位情况表"),
    "budget_execution_monthly": ("部门预算执行情况月报表", "部门预算支出进度表", "预算支出执行情况统计表"),
    "approval_case": ("行政审批办理时限台账", "项目审批办理情况表", "投资项目行政审批办理进度台账"),
    "rectification": ("问题整改销号台账", "审计巡察反馈问题整改台账", "问题整改销号情况表"),
    "annual_target": ("年度目标任务分解表", "目标任务分解情况表", "年度目标任务下达表"),
    "performance_self_evaluation": ("项目支出绩效自评表", "项目支出绩效目标自评表"),
}
FILES = {
    "key_project_monthly": ("重点项目月报表", "重点项目进展情况", "重点项目投资完成情况", "重点项目"),
    "investment_monthly": ("招商引资月报表", "招商引资到位资金", "招商引资项目表"),
    "budget_execution_monthly": ("预算执行情况", "部门预算执行月报"),
    "approval_case": ("审批时限台账", "行政审批办理情况"),
    "rectification": ("问题整改台账", "整改销号情况"),
    "annual_target": ("目标任务分解表", "年度目标任务"),
    "performance_self_evaluation": ("绩效自评表", "项目支出绩效自评"),
}
_DIGITS = "〇一二三四五六七八九"
_TENS = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
_WIDE = str.maketrans("0123456789.,-%", "０１２３４５６７８９．，－％")


def said_period(style: str, year: int, month: int, yearly: bool = False) -> str:
    """The period of a monthly table as its clerk writes it."""
    if yearly:
        return f"{year}年度" if style.endswith(("月", "份")) else f"{year}年"
    last = month_end(year, month).day
    short = year % 100
    return {
        "2024年1月": f"{year}年{month}月", "2024年1月份": f"{year}年{month}月份", "2024年01月": f"{year}年{month:02d}月",
        "2024.01": f"{year}.{month:02d}", "2024-01": f"{year}-{month:02d}", "202401": f"{year}{month:02d}", "2024/01": f"{year}/{month:02d}",
        "24年1月": f"{short}年{month}月", "24年元月份": f"{short}年元月份", "2024年元月": f"{year}年元月",
        "二〇二四年一月": "".join(_DIGITS[int(d)] for d in str(year)) + f"年{_TENS[month]}月",
        "2024年1-1月": f"{year}年1-{month}月", "截至2024年1月底": f"截至{year}年{month}月底",
        "截至2024年1月31日": f"截至{year}年{month}月{last}日", "2024年 1 月": f"{year}年 {month} 月",
        "２０２４年１月": f"{year}年{month}月".translate(_WIDE), "上半年": f"{year}年上半年",
        "季度": f"{year}年{'一二三四'[(month - 1) // 3]}季度", "全年": f"{year}年全年",
        "2024年1月1日至1月31日": f"{year}年{month}月1日至{month}月{last}日", "2024年度1月": f"{year}年度{month}月",
    }[style]


def _years(year: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(year))


def _day_in_words(day: int) -> str:
    tens, ones = divmod(day, 10)
    return ("", "十", "二十", "三十")[tens] + ("" if not ones else _DIGITS[ones])


_DAY_STYLES = ("iso text", "date cells", "年月日", "slashes", "dots")


def said_date(day: Day, style: str, rng: random.Random, delimited: bool):
    """A date as written: the cell's value and its number format."""
    if style == "mixed":
        style = rng.choice(_DAY_STYLES)
    d = day.last
    if day.precision != "day":
        return _vague(day, style, rng, delimited), None
    if style in ("date cells", "date cells 年月日", "serial numbers") and not delimited:
        if style == "serial numbers":
            return (d - date(1899, 12, 30)).days, None
        return d, 'yyyy"年"m"月"d"日"' if style.endswith("日") else rng.choice(("yyyy-mm-dd", "yyyy/m/d"))
    week = "一二三四五六日"[d.weekday()]
    return {"iso text": f"{d}", "date cells": f"{d.year}/{d.month}/{d.day}", "年月日": f"{d.year}年{d.month}月{d.day}日",
            "slashes": f"{d.year}/{d.month}/{d.day}", "dots": f"{d.year}.{d.month}.{d.day}", "weekday": f"{d.year}年{d.month}月{d.day}日（星期{week}）",
            "short year": f"{d.year % 100}.{d.month}.{d.day}", "、 between": f"{d.year}、{d.month}、{d.day}", "compact": f"{d:%Y%m%d}",
            "month names 份": f"{d.year}年{d.month:02d}月{d.day:02d}日", "spaces inside": f"{d.year}年 {d.month} 月 {d.day} 日",
            "上午": f"{d.year}年{d.month}月{d.day}日上午", "with midnight": f"{d} 00:00:00", "号": f"{d.year}年{d.month}月{d.day}号",
            "Chinese numerals": f"{_years(d.year)}年{_TENS[d.month]}月{_day_in_words(d.day)}日",
            "number 20240117": int(f"{d:%Y%m%d}"), "two digits each": f"{d.year}.{d.month:02d}.{d.day:02d}"}[style], None


def _vague(day: Day, style: str, rng: random.Random, delimited: bool) -> str:
    y, m = day.last.year, day.last.month
    if day.precision == "quarter":
        return rng.choice((f"{y}年{'一二三四'[m // 3 - 1]}季度", f"{y}年第{'一二三四'[m // 3 - 1]}季度"))
    if day.precision == "half":
        return f"{y}年{'上' if m == 6 else '下'}半年"
    if day.precision == "year":
        return rng.choice((f"{y}年", f"{y}年底"))
    if style == "dots" and not (delimited and m in (1, 10)):
        return f"{y}.{m:02d}"
    return {"iso text": f"{y}-{m:02d}", "slashes": f"{y}/{m:02d}", "month names 份": f"{y}年{m}月份", "short year": f"{y % 100}年{m}月",
            "spaces inside": f"{y}年 {m} 月"}.get(style) or rng.choice((f"{y}年{m}月", f"{y}年{m}月", f"{y}年{m}月底"))


SCALES = {"元": Decimal(10000), "千元": Decimal(10), "万元": Decimal(1), "亿元": Decimal("0.0001")}


def said_amount(value: Decimal, style: str, unit: str):
    """An amount of so many 万元 in another unit as written: the cell's value and its number format."""
    shown = _tidy(value * SCALES.get(unit, Decimal(1)))
    if style == "text with thousands":
        return f"{shown:,}", None
    if style == "full-width":
        return f"{shown}".translate(_WIDE), None
    if style == "text":
        return f"{shown}", None
    if style == "trailing blank":
        return f"{shown} ", None
    if style == "currency sign":
        return f"¥{shown:,}", None
    if style == "brackets for negative":
        return (f"({-shown})", None) if shown < 0 else (shown, None)
    if style == "with unit in the cell":
        return f"{shown}{unit}", None
    if style == "format of 万":
        return shown * 10000, '0!.0,"万元"'
    if style == "format of thousands":
        return shown * 1000, "#,##0,"
    if style == "format of 亿元":
        return shown / 10000, '0.00"亿元"'
    return shown, {"thousands format": "#,##0.00", "two decimals format": "0.00"}.get(style)


def _tidy(value: Decimal) -> Decimal:
    """Without exponent and trailing zeros."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def said_rate(value: Decimal, style: str):
    """Percentage points as written: the cell's value and its number format."""
    value = _tidy(value)
    if style == "percent format":
        return value / 100, "0.00%"
    if style in ("with sign", "full-width sign"):
        return f"{value}{'%' if style == 'with sign' else '％'}", None
    return value, None


def dressed_header(text: str, style: str, place: int) -> str:
    """A header in the clerk's hand."""
    if style == "line breaks":
        return text[:2] + "\n" + text[2:] if len(text) > 3 else text
    if style == "spaces":
        return " ".join(text) if len(text) < 6 else text[:4] + " " + text[4:]
    if style == "one sign a line":
        return "\n".join(text) if len(text) < 5 else text
    if style == "starred":
        return (f"*{text}", f"{text}＊", f"★{text}", text)[place % 4]
    if style == "numbered":
        return f"{place + 1}.{text}"
    if style == "explained":
        return text + ("（照批复填写）", "", "（必填）", "（保留两位小数）")[place % 4]
    if style == "traditional":
        return text.translate(_TRADITIONAL)
    return text


_TRADITIONAL = str.maketrans("项称类单位计总资额时间实际开码领导备问题责任级别业设县统据发区进", "項稱類單位計總資額時間實際開碼領導備問題責任級別業設縣統據發區進")


def next_days(year: int, month: int, n: int) -> date:
    """The day of filing: a few days after the month's end."""
    return month_end(year, month) + timedelta(days=n)
