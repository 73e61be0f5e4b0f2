"""What every page needs: who the county is, which periods there are, and what units, forms, measures and rules are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.explain.published import Published
from etl.explain.worked import column_in_words
from etl.pages.shard import Row, rows
from etl.pages.show import Show
from etl.texts.catalogue import LANGUAGES, product, texts

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Subjects of the catalogue whose codes stand in the data: a page says each in the language that is chosen.
CODES = ("verdict", "severity", "state", "scoring", "unscored", "fitness", "order", "ground", "explain", "uom", "matter", "code")


def frame(con: DuckDBPyConnection, published: Published, show: Show) -> Row:
    """The frame; measures stand in the order of `measures`, by which all other data name them."""
    return {
        "county": show.county,
        "night": show.night,
        "as_of": show.as_of,
        "lang": show.lang,
        "cards": show.cards,
        "compared": show.compared,
        "followed": show.followed,
        "funnel": show.funnel,
        "bulletin": show.bulletin,
        "stages": show.stages,
        "periods": periods(con),
        "units": unit_names(con),
        "forms": {form: list(names) for form, names in published.forms.items()},
        "columns": {form: _columns(published, form) for form in published.forms},
        "measures": measures(con),
        "levels": published.levels,
        "rules": {
            row["rule"]: [row["rule_name"], row["rule_name_en"], row["severity"]]
            for row in rows(con, "SELECT rule, rule_name, rule_name_en, severity FROM dim_rule ORDER BY rule")
        },
        "codes": {name: [text[lang] for lang in LANGUAGES] for subject in reversed(CODES) for name, text in product(subject).items()},
        "words": {name: [text[lang] for lang in LANGUAGES] for name, text in texts("pages").items()},
    }


def periods(con: DuckDBPyConnection) -> list[Row]:
    """Every period of which the county has figures, by its end, the longer before the shorter; `owed` is how many reports were."""
    return rows(
        con,
        """SELECT period, grain, period_year AS year, period_start::VARCHAR AS first, period_end::VARCHAR AS last, time_progress,
                  is_over, previous_period AS before, year_before,
                  (SELECT count(*) FROM fct_submission AS slot WHERE slot.period = dim_period.period AND is_owed) AS owed
           FROM dim_period WHERE period IN (SELECT period FROM fct_indicator WHERE grain = 'county') ORDER BY period_end,
           period_start DESC""",
    )


def unit_names(con: DuckDBPyConnection) -> list[Row]:
    """Every unit in the order in which units are listed."""
    return rows(con, "SELECT unit, unit_name AS name, kind, reports FROM dim_unit WHERE unit <> '*' ORDER BY kind, unit")


# Every measure that has a figure somewhere, each with its place, by which the data name it; of the version {at}.
MEASURES = """
SELECT *, row_number() OVER (ORDER BY form, indicator_no, indicator, measure) - 1 AS place
FROM {at}dim_measure SEMI JOIN (FROM {at}fct_indicator WHERE grain <> 'period') USING (form, measure)
"""


def measures(con: DuckDBPyConnection) -> list[Row]:
    """The measures in the order of their places."""
    return rows(
        con,
        f"""SELECT form, measure, indicator, basis, measure_name AS name, measure_name_en AS name_en, definition, definition_en, edge_cases,
                   uom, decimals, polarity, kind, nature, source
            FROM ({MEASURES.format(at="")}) ORDER BY place""",
    )


def _columns(published: Published, form: str) -> dict[str, list[str]]:
    said = published.columns_of(form)
    return {name: [column_in_words(name, said, lang) for lang in LANGUAGES] for name in said if not name.endswith(("_precision", "_id"))}
