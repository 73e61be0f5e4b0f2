"""Intervals and units on their own, as other rooms may use them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import inf

import pytest

from etl.claims.figures import Damaged, read_figure
from etl.claims.formula import Quantity, evaluate, parse_formula
from etl.claims.interval import LINE, Interval, decimal_text, half_up
from etl.claims.lexicon import load_lexicon
from etl.claims.units import Measure, UnitClash, read_unit, sum_unit
from etl.settings import home

LEXICON = load_lexicon(home() / "expectations")


def ends(text):
    found = read_figure(text, LEXICON).interval
    return tuple(float(end) for end in (found.low, found.high))


@pytest.mark.parametrize("printed, low, high", [
    ("3.48 亿元", 3.475, 3.485), ("3.50亿元", 3.495, 3.505), ("10 万元!", 10, 10), ("21 个", 21, 21), ("3.5 万人", 3.45, 3.55),
    ("近3亿元", 2.7, 3), ("1500 亿元以上", 1500, inf), ("≥30%", 30, inf), ("≤5 %", -inf, 5), ("约-8 %", -8.8, -7.2), ("10个多月", 10, 20),
    ("100多万元", 100, 200), ("不足50 亩", 45, 50), ("10-12个月", 10, 12), ("下降3.2%", -3.25, -3.15), ("百分之七十五", 75, 75),
    ("七成", 7, 7), ("共58个", 58, 58), ("1,005,136 万元", 1005135.5, 1005136.5), ("-8.26 pp", -8.265, -8.255), ("１２．５％", 12.45, 12.55),
])
def test_a_printed_figure_stands_for_an_interval(printed, low, high):
    found = ends(printed)
    if printed in ("百分之七十五", "七成"):                    # in words, the last digit is the ones
        low, high = low - 0.5, high + 0.5
    assert found == pytest.approx((low, high))


@pytest.mark.parametrize("printed", ["3.4□ 亿元", "1 2 个", "3.4.8 亿元", "21.5 个", "3.4O 亿元", "2024-13", "#REF!", "1" * 50])
def test_what_nobody_can_have_written_is_damaged(printed):
    with pytest.raises(Damaged):
        read_figure(printed, LEXICON)


def test_intervals_touch_at_a_closed_end_only():
    at_least, below = read_figure("100 个以上", LEXICON).interval, read_figure("不到100 个", LEXICON).interval
    hundred = Interval.of(100)
    assert at_least.touches(hundred) and hundred.touches(at_least)
    assert not below.touches(hundred) and not hundred.touches(below)


def test_a_figure_that_occurs_twice_is_taken_at_its_corners():
    node = parse_formula("a/(a+b)").expression
    figures = {"a": Quantity(Interval(Fraction(1), Fraction(3))), "b": Quantity(Interval.of(1))}
    assert evaluate(node, figures).interval == Interval(Fraction(1, 2), Fraction(3, 4))      # term by term: 1/4 to 3/2


def test_a_divisor_that_may_be_zero_leaves_everything_open():
    assert Interval.of(1) / Interval(Fraction(-1), Fraction(1)) == LINE
    with pytest.raises(ZeroDivisionError):
        Interval.of(1) / Interval.of(0)


def test_powers_and_roots():
    assert Interval(Fraction(-2), Fraction(3)) ** Interval.of(2) == Interval(Fraction(0), Fraction(9))
    root = Interval.of(Fraction(121, 100)) ** Interval.of(Fraction(1, 2))
    assert half_up(root.low, 30) == Fraction(11, 10)
    with pytest.raises(ValueError, match="root"):
        Interval(Fraction(-1), Fraction(1)) ** Interval.of(Fraction(1, 2))


@pytest.mark.parametrize("value, shown", [("100.57803", "100.578"), ("-0.00004", "0"), ("2.00005", "2.0001"), ("-2.00005", "-2.0001"), ("1330", "1330")])
def test_shown_numbers_are_rounded_half_up(value, shown):
    assert decimal_text(Fraction(Decimal(value))) == shown


@pytest.mark.parametrize("text, name, scale", [
    ("亿元", "亿元", 10**8), ("万元/亩", "万元/亩", 10**4), ("元/㎡", "元/㎡", 1), ("万美元", "万美元", 10**4), ("%", "%", Fraction(1, 100)), ("万平方米", "万平方米", 10**4),
])
def test_units_know_their_scale(text, name, scale):
    unit = read_unit(text, LEXICON)
    assert (unit.text, unit.scale) == (name, scale)


def test_counts_may_be_added_and_measures_of_different_kind_may_not():
    unit, factor = sum_unit(read_unit("个", LEXICON), read_unit("项", LEXICON))
    assert (unit.named(), factor) == ("个/项", 1)
    with pytest.raises(UnitClash):
        sum_unit(read_unit("万元", LEXICON), read_unit("万美元", LEXICON))


@pytest.mark.parametrize("one, other, sum_of_both, factor", [
    ("个", "个", "个", 1), ("个", "", "个", 1), ("", "个", "个", 1), ("万元", "元", "万元", Fraction(1, 10**4)), ("元", "亿元", "元", 10**8),
    ("个/亩", "个/亩", "个/亩", 1),
])
def test_a_sum_has_the_unit_of_its_first_addend_or_the_only_one_that_is_said(one, other, sum_of_both, factor):
    unit, found = sum_unit(read_unit(one, LEXICON), read_unit(other, LEXICON))
    assert (unit.named() or "", found) == (sum_of_both, factor)


def test_only_plain_counts_join_their_names_and_each_name_once():
    count, other = Measure(counts=(("个", 1),)), Measure(counts=(("项", 1),))
    both, _ = sum_unit(count, other)
    assert both.counts == (("个/项", 1),) and sum_unit(both, other)[0].counts == both.counts
    for unlike in (Measure(counts=(("项", 2),)), Measure(counts=(("项", -1),)), Measure(counts=(("项", 1), ("户", -1)))):
        assert sum_unit(count, unlike)[0].counts == count.counts and sum_unit(unlike, count)[0].counts == unlike.counts


@pytest.mark.parametrize("text", ["__import__('os')", "a.b", "a[0]", "lambda: 1", "a if b else c", "a, b", "f'{a}'", "a and b", "open(a)", "a := 1",
                                  "not a", "a in b", "'a'", "True", "min(*a)", "a;b", "fewer projects but more large ones"])
def test_nothing_but_arithmetic_is_a_formula(text):
    assert parse_formula(text) is None


@pytest.mark.parametrize("text", ["(" * 500 + "a" + ")" * 500, "-" * 900 + "a", "+".join(["a"] * 900), "9**" * 50 + "9", "((a**100)**100)**100"])
def test_a_monstrous_formula_ends_in_a_verdict(text):
    from etl.claims import check_claims

    [verdict] = check_claims([{"inputs": "a=3.123456789 个次", "operation": f"sum: {text}", "reported": "1"}])
    assert verdict.sentence


def test_a_range_in_the_digits_of_another_script_is_read_and_breaks_nothing():
    assert ends("٣-٥万元") == ends("3-5万元")
