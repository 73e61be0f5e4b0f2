"""What dbt's own macros write on DuckDB, so that sqlfluff can read the models without dbt and without a database."""

from __future__ import annotations


def type_string() -> str:
    return "varchar"


def split_part(text: str, delimiter: str, number: int) -> str:
    return f"split_part({text}, {delimiter}, {number})"


def listagg(measure: str, delimiter: str = "','", order: str = "") -> str:
    return f"string_agg({measure}, {delimiter} {order})"


def datediff(first: str, second: str, part: str) -> str:
    return f"date_diff('{part}', {first}, {second})"


def dateadd(part: str, number: int | str, day: str) -> str:
    return f"date_add({day}, interval ({number}) {part})"


def generate_series(most: int) -> str:
    return f"select generated_number from range(1, {most} + 1) as numbers (generated_number)"


def last_day(day: str, part: str) -> str:
    return f"last_day({day})"
