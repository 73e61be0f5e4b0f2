"""What must hold for any figures, not only for the listed ones."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.claims import check_claims
from etl.claims.formula import Quantity, evaluate, parse_formula, points
from etl.claims.interval import Interval, decimal_text, half_up
from etl.claims.verdict import VERDICTS

pytestmark = pytest.mark.slow

amounts = st.decimals(min_value=1, max_value=99999, places=2)
FORMULAS = {
    "ratio_pct": "100*a/b", "growth_pct": "100*(a-b)/b", "share": "100*a/(a+b)", "increment": "100*a/(a+b-a/2)",
    "sum": "a+b", "diff": "a-b", "average": "(a+b)/2", "cagr_pct": "100*((a/b)^(1/3)-1)",
}
kinds = st.sampled_from(sorted(FORMULAS))


def verdict(kind, a, b, reported="", formula=None):
    row = {"inputs": f"a={a}; b={b}", "operation": f"{kind}: {formula or FORMULAS[kind]}", "reported": reported}
    return check_claims([row])[0]


@given(kinds, amounts, amounts)
def test_the_interval_holds_the_point(kind, a, b):
    result = verdict(kind, f"{a} 万元", f"{b} 万元")
    assert result.low <= result.point <= result.high


@given(kinds, amounts, amounts, st.fractions(0, 1), st.fractions(0, 1))
def test_the_interval_holds_the_result_of_any_numbers_that_print_so(kind, a, b, s, t):
    node = parse_formula(FORMULAS[kind]).expression
    spans = {"a": Interval.printed(a), "b": Interval.printed(b)}
    inside = {name: i.low + (i.high - i.low) * part for (name, i), part in zip(spans.items(), (s, t), strict=True)}
    figures = {name: Quantity(i) for name, i in spans.items()}
    whole, one = evaluate(node, figures).interval, evaluate(node, points(figures, inside)).interval
    tiny = Fraction(1, 10**40)                                     # roots are rounded at 60 digits
    assert whole.low - tiny <= one.low <= whole.high + tiny


@given(kinds, amounts, amounts, st.integers(0, 3))
def test_what_is_printed_from_the_point_agrees(kind, a, b, digits):
    unit = "%" if kind not in ("sum", "diff", "average") else "万元"
    point = verdict(kind, f"{a} 万元", f"{b} 万元").point
    assert verdict(kind, f"{a} 万元", f"{b} 万元", f"{decimal_text(half_up(Fraction(point), digits), digits)} {unit}").verdict == "agree"


@given(kinds, amounts, amounts, st.decimals(min_value=-200, max_value=200, places=1))
def test_wider_inputs_never_turn_agree_into_disagree(kind, a, b, reported):
    exact = verdict(kind, f"{a} 万元!", f"{b} 万元!", f"{reported} %" if kind not in ("sum", "diff", "average") else f"{reported} 万元")
    if exact.verdict == "agree":
        for wider in ((f"{a} 万元", f"{b} 万元!"), (f"{a} 万元", f"{b} 万元"), (f"约{a} 万元", f"{b} 万元左右"), (f"{a} 万元以上", f"{b} 万元")):
            assert verdict(kind, *wider, exact.reported).verdict == "agree"


@given(kinds, amounts, amounts, st.decimals(min_value=-200, max_value=200, places=1))
def test_the_unit_of_the_inputs_does_not_matter(kind, a, b, reported):
    unit = "万元" if kind in ("sum", "diff", "average") else "%"
    here = verdict(kind, f"{a} 万元", f"{b} 万元", f"{reported} {unit}")
    other = verdict(kind, f"{a * 10000:.0f} 元!", f"{b} 万元!", f"{reported} {unit}")
    exact = verdict(kind, f"{a} 万元!", f"{b} 万元!", f"{reported} {unit}")
    assert (other.verdict, other.point) == (exact.verdict, exact.point)
    scaled = verdict(kind, f"{a.scaleb(-4)} 亿元", f"{b.scaleb(-4)} 亿元", f"{reported} {unit}")
    assert (scaled.verdict, scaled.recomputed) == (here.verdict, here.recomputed)


@given(st.text(max_size=40), st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_no_row_breaks_the_check(inputs, operation, reported, statement):
    [result] = check_claims([{"inputs": inputs, "operation": operation, "reported": reported, "statement": statement}])
    assert result.verdict in ("", *VERDICTS) and result.sentence


@given(st.lists(st.sampled_from(["a=", "b=", "3.5", "0", "-", "亿元", "%", "!", ";", " ", "多", "约", "2024", "-02", "年", "月", "1e9", "九"]), max_size=10).map("".join),
       st.lists(st.sampled_from(["sum", ":", "a", "b", "+", "-", "*", "/", "**", "(", ")", "<=", "=", "100", " and ", "min", ",", "9999"]), max_size=12).map("".join),
       st.sampled_from(["", "5 个", "≥3", "1/2", "2024-01", "%", "90%以上"]))
def test_no_almost_right_row_breaks_the_check(inputs, operation, reported):
    [result] = check_claims([{"inputs": inputs, "operation": operation, "reported": reported}])
    assert result.sentence


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-10**6, max_value=10**6))
def test_numbers_are_shown_rounded_half_up_without_trailing_zeros(value):
    from decimal import ROUND_HALF_UP

    shown = decimal_text(Fraction(value))
    assert Decimal(shown) == value.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert "." not in shown or shown[-1] != "0"
