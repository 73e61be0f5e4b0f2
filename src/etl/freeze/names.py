"""What people call the units, forms and measures of a version."""

from __future__ import annotations

from collections.abc import Mapping

from etl.freeze.tables import MartTable

COUNTY = "*"


class VersionNames:
    """VersionNames from the dimensions of a version; a code that has none stays as it is."""

    def __init__(self, tables: Mapping[str, MartTable]) -> None:
        def of(mart: str, *columns: str) -> list[tuple]:
            rows = tables[mart].records() if mart in tables else []
            return [tuple(row.get(c, "") for c in columns) for row in rows]

        measures = of("dim_measure", "form", "measure", "measure_name", "measure_name_en", "uom")

        self.units = {unit: name for unit, name in of("dim_unit", "unit", "unit_name") if unit != COUNTY}
        self.forms = {form: (zh, en) for form, zh, en in of("dim_form", "form", "form_name", "form_name_en") if form != COUNTY}
        self.measures = {(form, measure): (zh, en) for form, measure, zh, en, _ in measures}

        self.projects = dict(of("dim_project", "project_key", "project_name"))
        self.uoms = {(form, measure): uom for form, measure, _, _, uom in measures}

    def word(self, code: str, lang: str) -> str:
        """A word of a line of the site's files: what it is called, if it is the code of a project, a form or a unit."""
        return self.projects.get(code) or self.units.get(code) or self.form(code, lang)

    def unit(self, code: str, county: str = COUNTY) -> str:
        return county if code == COUNTY else self.units.get(code, code)

    def form(self, code: str, lang: str) -> str:
        return self.forms.get(code, (code, code))[lang == "en"]

    def measure(self, form: str, code: str, lang: str) -> str:
        return self.measures.get((form, code), (code, code))[lang == "en"]
