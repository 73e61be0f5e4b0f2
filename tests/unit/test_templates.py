"""What a template carries over from the warehouse."""

from datetime import date

import pytest

from etl.templates import as_told


@pytest.mark.parametrize(("day", "precision", "told"), [
    (date(2024, 3, 15), "day", date(2024, 3, 15)),
    (date(2024, 3, 31), "month", "2024年3月"),
    (date(2023, 12, 31), "quarter", "2023年四季度"),
    (date(2024, 6, 30), "half", "2024年上半年"),
    (date(2025, 12, 31), "year", "2025年"),
    (None, None, None),
])
def test_a_date_is_handed_out_in_the_precision_it_came_in(day, precision, told):
    assert as_told(day, precision) == told
