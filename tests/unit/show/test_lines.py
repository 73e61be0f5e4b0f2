"""What `luodi read` prints of a reading: values as text that loses nothing, and dates with their precision."""

from datetime import date
from decimal import Decimal

import pytest

from etl.show.lines import _precise, line_records, written
from etl.texts.catalogue import speaker
from tests.fixtures.sheets import plain, read, reference

FORM = "key_project_monthly"


@pytest.mark.parametrize("value, text", [
    (Decimal(5700), "5700"), (Decimal("43.50"), "43.5"), (Decimal("1E+3"), "1000"), (Decimal("0.000001"), "0.000001"),
    (date(2024, 2, 29), "2024-02-29"), (2024, "2024"), ("待定", "待定"), (None, None),
])
def test_a_value_is_written_exactly(value, text):
    assert written(value) == text


def test_each_line_is_a_record_with_its_address_and_every_column_of_the_form():
    (reading,) = read(plain(FORM))
    first, second, third = line_records(reading, reference().forms[FORM])
    assert (first["sheet"], first["row"], first["total_investment"], first["note"]) == ("Sheet1", 4, "4500", None)
    assert (first["planned_finish_date"], first["planned_finish_date_precision"]) == ("2025-06-30", "quarter")
    assert (second["row"], second["note"]) == (5, "待招标")
    assert set(first) == set(third) >= {column.name for column in reference().forms[FORM].columns}


def test_only_a_date_that_is_no_day_shows_how_precise_it_is():
    line = {"signed": "2024-03-31", "signed_precision": "month", "due": "2024-03-05", "due_precision": "day"}
    assert (_precise(line, "signed", speaker("zh")), _precise(line, "due", speaker("zh"))) == ("2024-03-31（month）", "2024-03-05")
