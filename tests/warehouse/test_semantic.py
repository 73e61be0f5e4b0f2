"""What a semantic layer would ask (models/semantic) gives the county's published figures, month by month, and those of its units."""

import json
from decimal import ROUND_HALF_UP, Decimal

import pytest

MONTH = "dim_period.grain = 'month'"


@pytest.fixture(scope="module")
def semantic(parsed):
    """As dbt hands it to MetricFlow."""
    return json.loads((parsed / "target/semantic_manifest.json").read_text(encoding="utf-8"))


def query(semantic, name, by):
    """The SQL of a metric by columns of its model: a measure is an aggregate of an expression, a derived metric joins its inputs."""
    [metric] = [metric for metric in semantic["metrics"] if metric["name"] == name]
    told = metric["type_params"]
    assert metric["filter"] is None and metric["type"] in ("simple", "derived")
    if metric["type"] == "derived":
        inputs = [f"({query(semantic, part['name'], by)}) AS in_{part['name']}" for part in told["metrics"]]
        return f"SELECT {by}, {told['expr']} AS {name} FROM {' JOIN '.join(inputs[:1])}" + "".join(f" JOIN {one} USING ({by})" for one in inputs[1:])
    [(model, measure)] = [(model, measure) for model in semantic["semantic_models"] for measure in model["measures"] if measure["name"] == told["measure"]["name"]]
    assert measure["agg"] == "sum"
    return f"SELECT {by}, sum({measure['expr'] or measure['name']}) AS {name} FROM {model['node_relation']['alias']} GROUP BY {by}"


def of_nothing(semantic, name):
    """What a metric is where there is no line."""
    [metric] = [metric for metric in semantic["metrics"] if metric["name"] == name]
    return (metric["type_params"]["measure"] or {"fill_nulls_with": None})["fill_nulls_with"]


def named(semantic):
    return {metric["name"]: metric["config"]["meta"]["figure"].split(".") for metric in semantic["metrics"]}


@pytest.mark.parametrize("grain, by", [("county", "period"), ("unit", "period, unit")])
def test_every_metric_is_the_published_figure(semantic, ask, grain, by):
    figures = named(semantic)
    assert len(figures) >= 11
    for name, (form, measure) in figures.items():
        member = ", member" if grain == "unit" else ""
        told = ask(f"SELECT period{member}, value FROM fct_indicator JOIN dim_period USING (period) WHERE form = '{form}' AND measure = '{measure}'"
                   f" AND fct_indicator.grain = '{grain}' AND {MONTH} AND value IS NOT NULL")
        made = {tuple(key): value for *key, value in ask(query(semantic, name, by)) if value is not None}
        assert told, name
        for *key, value in told:
            found = Decimal(str(made.get(tuple(key), of_nothing(semantic, name)))).quantize(Decimal("0.000001"), ROUND_HALF_UP)
            assert abs(found - value) <= (0 if "rate" not in name else Decimal("0.000001")), (name, key)


def test_what_stands_for_a_moment_or_since_january_is_never_summed_over_months(semantic, ask):
    """By the nature of the figure that a measure is: a flow adds over months, the rest is taken from the last of them."""
    figures = named(semantic)
    natures = {(form, measure): nature for form, measure, nature in ask("SELECT form, measure, nature FROM dim_measure WHERE kind = 'sum'")}
    for model in semantic["semantic_models"]:
        for measure in model["measures"]:
            last = measure["non_additive_dimension"]
            assert (last is None) == (natures[tuple(figures[measure["name"]])] == "flow"), measure["name"]
            assert last is None or (last["name"], last["window_choice"]) == ("period_end", "max")


def test_what_a_semantic_model_names_is_a_column_of_its_mart(semantic, ask):
    columns = {}
    for table, column in ask("SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'marts'"):
        columns.setdefault(table, set()).add(column)
    for model in semantic["semantic_models"]:
        named = {one["expr"] or one["name"] for part in ("entities", "dimensions") for one in model[part]}
        assert named <= columns[model["node_relation"]["alias"]], model["name"]
        assert model["label"] and "。" in model["description"]
