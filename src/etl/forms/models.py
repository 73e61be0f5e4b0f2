"""The dbt models of a form that has none of its own, from its contract: so that a new form needs no SQL to be published.

Its lines that count are a mart `fct_<form>`, a column for each column of the contract, with the place of every line. What a
county wants beyond that (indicators, comparisons) it writes as models of its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from etl.forms.contract import Column, Form
from etl.forms.schema import column_types

STAGED = "models/staging/landed/stg_landed__{form}.sql"
LISTED = "macros/every_form.sql"
_FIRST = ("unit", "period", "period_end")


def list_of_forms(forms: Iterable[str]) -> str:
    """The macro that tells models of all forms. A list among the project's `vars` would have dbt read the whole project again."""
    names = "".join(f"    '{form}',\n" for form in sorted(forms))
    return (
        "{#- Every form of expectations/, by name; where a site's own are merged with these, they stand here too (etl.forms.models). -#}\n"
        f"{{%- macro every_form() -%}}\n{{{{ return([\n{names}]) }}}}\n{{%- endmacro -%}}\n"
    )


def models_of(form: Form) -> dict[str, str]:
    """The files that the form needs in the dbt project, by path."""
    name, mart = form.form, mart_of(form)
    columns = ",\n    ".join(f"line.{column}" for column in (*_FIRST, *(c for c, _, _ in _published(form))))
    mart_sql = f"select\n    {columns},\n    {{{{ origin('line') }}}}\nfrom {{{{ ref('int_{name}_counted') }}}} as line\n"
    return {
        STAGED.format(form=name): f"select * from {{{{ source('landed', '{name}') }}}}\n",
        f"models/intermediate/forms/int_{name}_counted.sql": f"{{{{ lines_that_count('{name}') }}}}\n",
        f"models/marts/forms/{mart}.sql": mart_sql,
        f"models/marts/forms/{mart}.yml": yaml.safe_dump(_described(form, mart), allow_unicode=True, sort_keys=False, width=1000),
    }


def entries_of(form: Form) -> dict[str, Any]:
    """What the form adds to files that all forms share, by path below the home: to be merged into them."""
    name, mart = form.form, mart_of(form)
    table = {"name": name, "description": f"{form.name}的数据行；本表各字段见 expectations/{name}/form.yaml。Lines of {form.name_en}."}
    return {
        "dbt_project/models/staging/landed/_landed__sources.yml": {"sources": [{"name": "landed", "tables": [table]}]},
        "dbt_project/models/marts/exposures.yml": {"exposures": [{"name": "published", "depends_on": [f"ref('{mart}')"]}]},
        "expectations/freeze.yaml": {"keys": {mart: ["period", "unit", *form.business_key[0]]}},
    }


def mart_of(form: Form) -> str:
    """The mart that holds the form's lines."""
    return f"fct_{form.form}"


def _published(form: Form) -> list[tuple[str, str, Column]]:
    """Column, SQL type and what it is of: of a day its precision too, of a figure not its interval."""
    return [
        (name, kind.lower(), column)
        for column in form.columns
        for name, kind in column_types(column).items()
        if not name.endswith(("_low", "_high")) or name == column.name
    ]


def _described(form: Form, mart: str) -> dict[str, Any]:
    def told(name: str, column: Column) -> str:
        if name != column.name:
            return "{{ doc('date_precision') }}"
        english = column.meaning or name.replace("_", " ")
        unit = column.stored_in or ("%" if column.type == "percent" else column.unit)
        return f"{column.header}{f'（{unit}）' if unit else ''}。{english[:1].upper() + english[1:]}."

    columns = [
        {"name": "unit", "data_type": "varchar", "description": "{{ doc('unit_sender') }}"},
        {"name": "period", "data_type": "varchar", "description": "{{ doc('period_of_line') }}"},
        {"name": "period_end", "data_type": "date", "description": "{{ doc('period_end') }}"},
        *({"name": name, "data_type": kind, "description": told(name, column)} for name, kind, column in _published(form)),
        *({"name": name, "data_type": kind, "description": f"{{{{ doc('{name}') }}}}"} for name, kind in ORIGIN),
    ]
    model = {
        "name": mart,
        "description": f"{form.name}的数据行，每个有效报送里每行一行。{form.name_en}: one row per line of the submissions that count.",
        "config": {"meta": {"order_by": ["period", "unit", "line_id"], "form": form.form, "may_be_empty": True}},
        "constraints": [{"type": "primary_key", "columns": ["line_id"]}],
        "columns": columns,
    }
    return {"models": [model]}


ORIGIN = (
    ("quality_status", "varchar"),
    ("line_id", "varchar"),
    ("submission_id", "varchar"),
    ("file", "varchar"),
    ("sheet", "varchar"),
    ("row_no", "integer"),
    ("cells", "varchar"),
)  # what the macro `origin` says of a line
