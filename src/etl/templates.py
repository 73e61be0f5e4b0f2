"""An empty workbook for one unit, form and period, with what the warehouse knows filled in."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from etl.forms.contract import Form, load_forms
from etl.land.tables import quoted
from etl.mistakes import Mistake
from etl.reply.folder import safe_name
from etl.reply.template import make_template
from etl.settings import Settings
from etl.site import load_site

ENDED = ("竣工", "投产", "达效", "终止")


def template(settings: Settings, form: str, unit: str, period: str) -> tuple[bytes, str]:
    """The workbook and the name it should lie under. Raises Mistake for an unknown form, unit or period."""
    forms = load_forms(settings.expectations)
    if form not in forms:
        raise Mistake(f"没有报表“{form}”。可选：{'、'.join(forms)}。")
    site = load_site(settings.site)
    carried = lines_of_last_month(settings.landed, forms[form], unit, period)
    content = make_template(forms[form], unit, period, site, carried)
    return content, f"{safe_name(site.names[unit])}{period}{safe_name(forms[form].name)}.xlsx"


def lines_of_last_month(landed: Path, form: Form, unit: str, period: str) -> list[dict]:
    """The unit's running projects in the submission that counts for the month before; none in January or without one."""
    if form.cadence != "monthly" or not landed.exists():
        return []
    import duckdb

    before = (date.fromisoformat(f"{period}-01") - timedelta(days=1)).strftime("%Y-%m")
    names = [c.name for c in form.columns]
    dates = [c.name for c in form.columns if c.type == "date"]
    running = f" AND (l.stage IS NULL OR l.stage NOT IN {ENDED})" if "stage" in form.by_name else ""
    with duckdb.connect() as con:
        con.execute(f"ATTACH '{quoted(landed)}' AS house (READ_ONLY)")
        con.execute("USE house")
        rows = con.execute(f"""
            SELECT {', '.join(f'l."{n}"' for n in [*names, *(f"{d}_precision" for d in dates)])} FROM landed."{form.form}" l
            JOIN landed.submission s ON s.submission_id = l.submission_id AND s.counts
            WHERE s.unit = ? AND s.period = ? AND l.quality_status <> 'quarantined'{running} ORDER BY l.row_no""", [unit, before]).fetchall()
    lines = []
    for row in rows:
        line = dict(zip(names, row))
        for name, precision in zip(dates, row[len(names):]):
            line[name] = as_told(line[name], precision)
        lines.append(line)
    return lines


def as_told(day: date | None, precision: str | None) -> date | str | None:
    """A date in the precision it was told in: a month stays a month, no day is invented."""
    if day is None or precision == "day":
        return day
    return {"month": f"{day.year}年{day.month}月", "quarter": f"{day.year}年{'一二三四'[(day.month - 1) // 3]}季度",
            "half": f"{day.year}年{'上' if day.month <= 6 else '下'}半年"}.get(precision, f"{day.year}年")
