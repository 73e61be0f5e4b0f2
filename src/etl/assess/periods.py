"""The calendar of the warehouse: every period that is owed or was reported, and the longer ones that it is a part of."""

from __future__ import annotations

from collections.abc import Iterable

from etl.period import MONTHS, Period

W, V, D = "INTEGER", "VARCHAR", "DATE"
TABLE = {
    "period": V,
    "grain": V,
    "period_year": W,
    "within_year": V,
    "period_start": D,
    "period_end": D,
    "last_month": W,
    "ordinal": W,
    "month_period": V,
    "quarter_period": V,
    "half_period": V,
    "year_period": V,
    "previous_period": V,
    "year_before": V,
    "two_years_before": V,
    "passed": W,
    "passed_of": W,
}


def period_rows(codes: Iterable[str], january_exempt: bool = False) -> list[tuple]:
    """Rows of TABLE for the periods and for the month, quarter, half year and year of each; what is no period is left out.

    `passed` of `passed_of` parts of the year are over at a period's end: so many months of twelve, within a month by days.
    """
    told = {period for code in codes if (period := Period.read(code))}
    told |= {whole for period in told for grain in MONTHS if (whole := period.within(grain))}
    return [_row(period, january_exempt) for period in sorted(told)]


def _row(period: Period, january_exempt: bool) -> tuple:
    before = period.predecessor
    if january_exempt and before.grain == "month" and before.start.month == 1:  # February follows December
        before = before.predecessor
    end = period.anchor if period.grain == "week" else period.end
    days = Period.of("month", end).end.day
    passed = (period.last_month, 12) if period.grain in MONTHS else ((end.month - 1) * days + end.day, 12 * days)
    wholes = (period if grain == period.grain else period.within(grain) for grain in ("month", "quarter", "half", "year"))
    return (
        period.code,
        period.grain,
        period.year,
        period.code[len("2024-") :],
        period.start,
        period.end,
        period.last_month,
        period.ordinal,
        *(whole and whole.code for whole in wholes),
        before.code,
        period.years_before(1).code,
        period.years_before(2).code,
        *passed,
    )
