"""Examine all that a site says before a night works with it: every file of its own, and every rule over the columns that there are."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

import yaml

from etl.forms.contract import Form, load_form
from etl.judge.criteria import Criteria, load_criteria
from etl.mistakes import Mistake
from etl.normalise.headers import check_headers
from etl.read.layout import load_layouts
from etl.settings import Settings
from etl.site.load import load_site
from etl.texts.catalogue import Text

Loaded = TypeVar("Loaded")


def site_faults(settings: Settings) -> Iterator[Mistake]:
    """Everything that is wrong, each once; nothing is read, landed or changed but the merged folder."""
    told = set()
    for fault in _faults(settings):
        if str(fault) not in told:
            told.add(str(fault))
            yield fault


def _faults(settings: Settings) -> Iterator[Mistake]:
    site = yield from _one(lambda: load_site(settings.site, settings.as_of.date()))
    forms: dict[str, Form] = {}
    for path in sorted(settings.expectations.glob("*/form.yaml")):
        form = yield from _one(partial(_checked, path))
        if form:
            forms[form.form] = form
    yield from _one(lambda: load_layouts(settings.expectations, forms))
    if site is None:
        return
    criteria = yield from _one(lambda: load_criteria(settings.expectations, site, settings.as_of))
    if criteria is None:
        return
    yield from _one(lambda: _reference(settings, criteria))
    yield from _one(lambda: _standards(settings, criteria))
    yield from _rules(criteria)
    if (settings.site / "dbt_project").is_dir():
        yield from _one(lambda: _models(settings))


def _one(load: Callable[[], Loaded]) -> Generator[Mistake, None, Loaded | None]:
    """What was loaded; None, and its mistake given, where it is wrong."""
    try:
        return load()
    except Mistake as mistake:
        yield mistake
    except (ValueError, KeyError, yaml.YAMLError) as wrong:
        yield Mistake("site.wrong", reason=wrong)
    return None


def _checked(path: Path) -> Form:
    form = load_form(path)
    check_headers(form)
    return form


def _reference(settings: Settings, criteria: Criteria) -> None:
    from etl.understand.intake import load_reference

    load_reference(settings.expectations, criteria.site)


def _standards(settings: Settings, criteria: Criteria) -> None:
    from etl.assess.land import load_standards

    load_standards(settings.expectations, criteria.site.folder, set(criteria.site.names), criteria.site.settings, criteria.forms)


def _rules(criteria: Criteria) -> Iterator[Mistake]:
    """Each rule planned for each of its forms, over tables without lines."""
    import duckdb

    from etl.judge.compare import beside
    from etl.validate.queries import ARCHIVE, CONTEXT, RuleError, queries

    with duckdb.connect() as con:
        beside(con, [], replace(criteria, rulebook={}), over=CONTEXT)  # lays out the tables and asks nothing of them
        for code, rule in criteria.rulebook.items():
            try:
                planned = queries(replace(criteria, rulebook={code: rule}), None, ARCHIVE)
            except RuleError as wrong:
                yield wrong
                continue
            for (form, _), sql in planned.items():
                try:
                    con.execute(f"SELECT * FROM ({sql}) LIMIT 0")
                except duckdb.Error as error:
                    yield RuleError(code, criteria.forms[form], str(error).partition("\n")[0].strip())
                    break


def _models(settings: Settings) -> None:
    from etl.transform.build import TransformError, parse_models

    try:
        parse_models(settings.home / "dbt_project", settings.data / "dbt")
    except TransformError as error:
        raise Mistake("site.model", node=error.node or Text("site.models"), reason=str(error).partition("\n")[0]) from error
