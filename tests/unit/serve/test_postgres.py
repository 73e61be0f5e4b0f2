"""A served version in a real PostgreSQL: to the digit, typed, joined, named in Chinese, swapped in whole, read by its readers alone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
import sqlalchemy as sa

from etl.mistakes import Mistake
from etl.serve import postgres
from etl.serve.serve import Serving, serve_version, served_version
from tests.fixtures.places import ROOT
from tests.fixtures.serving import PROJECT, TABLES, published

pytestmark = pytest.mark.slow

AT = datetime(2024, 4, 16, 2, 0)


def address(engine):
    return engine.url.render_as_string(hide_password=False)


def serve(engine, version, tmp_path, reader="luodi_reader"):
    return serve_version(version, PROJECT, Serving(address(engine), reader), AT, tmp_path)


def ask(engine, sql):
    with engine.connect() as con:
        return [tuple(row) for row in con.exec_driver_sql(sql)]


def schemas(engine):
    return [name for (name,) in ask(engine, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'serving%%' ORDER BY 1")]


def test_every_table_holds_what_was_published_to_the_digit(database, version, tmp_path):
    serve(database, version, tmp_path)
    with duckdb.connect(str(version / "luodi.duckdb"), read_only=True) as con:
        for mart in TABLES:
            rows = con.execute(f"SELECT * FROM {mart}").fetchall()
            assert sorted(ask(database, f"SELECT * FROM serving.{mart}"), key=str) == sorted(rows, key=str), mart
    assert ask(database, "SELECT sum(arrived_ytd), count(*), count(arrived_ytd) FROM serving.fct_investment") == [
        (Decimal("12345678901230.623457"), 4, 3)]
    assert not list(tmp_path.glob("*.csv"))


def test_columns_have_types_and_chinese_comments(database, version, tmp_path):
    serve(database, version, tmp_path)
    told = ask(database, "SELECT attname, format_type(atttypid, atttypmod), col_description(attrelid, attnum) FROM pg_attribute"
                         " WHERE attrelid = 'serving.fct_investment'::regclass AND attnum > 0 ORDER BY attnum")
    assert told[0] == ("line_id", "text", "来源数据行。")
    assert {name: kind for name, kind, _ in told[4:]} == {
        "arrived_ytd": "numeric(20,6)", "is_signed": "boolean", "signed_date": "date", "signed_date_precision": "text",
        "received_at": "timestamp without time zone", "cells": "text", "row_no": "integer"}
    assert ask(database, "SELECT obj_description('serving.dim_unit'::regclass)") == [("单位名录，It's 100% :so。",)]
    assert ask(database, "SELECT cells::jsonb ->> 'arrived_ytd' FROM serving.fct_investment LIMIT 1") == [("F4",)]


def test_keys_are_there_and_foreign_keys_where_they_hold(database, version, tmp_path):
    serve(database, version, tmp_path)
    keys = ask(database, "SELECT conrelid::regclass::text, contype::text, pg_get_constraintdef(oid) FROM pg_constraint"
                         " WHERE connamespace = 'serving'::regnamespace AND contype IN ('p', 'f') ORDER BY 1, 2, 3")
    assert [key for key in keys if "served_" not in key[0]] == [
        ("serving.dim_period", "p", "PRIMARY KEY (period)"),
        ("serving.dim_unit", "p", "PRIMARY KEY (unit)"),
        ("serving.fct_investment", "f", "FOREIGN KEY (period) REFERENCES serving.dim_period(period)"),
        ("serving.fct_investment", "f", "FOREIGN KEY (unit) REFERENCES serving.dim_unit(unit)"),
        ("serving.fct_investment", "p", "PRIMARY KEY (line_id)"),
        ("serving.fct_measure", "f", "FOREIGN KEY (period) REFERENCES serving.dim_period(period)"),   # its unit may be *, of no unit
        ("serving.fct_measure", "p", "PRIMARY KEY (form, period, unit, measure)")]
    indexed = ask(database, "SELECT indexname FROM pg_indexes WHERE schemaname = 'serving' AND tablename = 'fct_measure' ORDER BY 1")
    assert indexed == [("fct_measure_measure_idx",), ("fct_measure_period_idx",), ("fct_measure_pkey",), ("fct_measure_unit_idx",)]


def test_a_key_that_rows_held_back_have_broken_is_none(database, tmp_path):
    gap = published(tmp_path, more=["DELETE FROM marts.dim_unit WHERE unit = 't01'", "INSERT INTO marts.dim_period VALUES ('2024-03', NULL)"])
    serve(database, gap, tmp_path)
    assert ask(database, "SELECT conname FROM pg_constraint WHERE conrelid = 'serving.fct_investment'::regclass AND contype = 'f'") == []
    assert ask(database, "SELECT count(*) FROM serving.dim_period") == [(2,)]


def test_views_say_the_same_in_chinese(database, version, tmp_path):
    serve(database, version, tmp_path)
    assert ask(database, 'SELECT "单位代码", "项目名称", "本年累计到位资金（万元）", "签约日期的精度" FROM serving_zh."招商引资项目" ORDER BY "来源数据行"') == ask(
        database, "SELECT unit, project_name, arrived_ytd, signed_date_precision FROM serving.fct_investment ORDER BY line_id")
    assert ask(database, """SELECT col_description('serving_zh."单位名录"'::regclass, 1)""") == [("单位代码，见 dim_unit。",)]


def test_one_row_tells_which_version_it_is_and_a_table_what_there_is(database, version, tmp_path):
    assert served_version(Serving(address(database), "luodi_reader")) == ""
    serve(database, version, tmp_path)
    assert served_version(Serving(address(database), "luodi_reader")) == version.name
    [(name, night, as_of, _, at)] = ask(database, "SELECT * FROM serving.served_version")
    assert (name, night, as_of, at) == (version.name, "20240415-aaaa", date(2024, 4, 15), AT)
    assert ask(database, 'SELECT "数据截至" FROM serving_zh."数据版本"') == [(date(2024, 4, 15),)]
    assert ask(database, 'SELECT "表名", "中文视图名", "行数" FROM serving_zh."数据目录" ORDER BY 1') == [
        ("dim_period", "所属期", 1), ("dim_unit", "单位名录", 2), ("fct_investment", "招商引资项目", 4), ("fct_measure", "指标值", 2)]


def test_the_next_version_takes_the_place_of_the_one_before(database, version, other, tmp_path):
    serve(database, version, tmp_path)
    serve(database, other, tmp_path)
    assert ask(database, "SELECT sum(arrived_ytd), count(*) FROM serving.fct_investment") == [(Decimal(3), 2)]
    assert schemas(database) == ["serving", "serving_zh"]


def test_a_reader_never_sees_half(database, version, other, tmp_path):
    serve(database, version, tmp_path)
    seen, over = [], threading.Event()

    def read():
        engine = sa.create_engine(database.url)
        while not over.is_set():
            with engine.connect() as con:
                row = con.exec_driver_sql("SELECT (SELECT version FROM serving.served_version), (SELECT count(*) FROM serving.fct_investment),"
                                          ' (SELECT sum(arrived_ytd) FROM serving.fct_investment), (SELECT count(*) FROM serving_zh."招商引资项目")')
                seen.append(tuple(row.one()))
        engine.dispose()

    reader = threading.Thread(target=read)
    reader.start()
    for now in (other, version, other):
        serve(database, now, tmp_path)
    over.set()
    reader.join()
    whole = {(version.name, 4, Decimal("12345678901230.623457"), 4), (other.name, 2, Decimal(3), 2)}
    assert set(seen) == whole, "each answer is of one version, and both were seen"


def test_a_reader_that_does_not_end_holds_up_nobody_and_keeps_what_it_reads(database, version, other, tmp_path):
    serve(database, version, tmp_path)
    with database.connect() as slow:
        slow.execution_options(isolation_level="REPEATABLE READ")
        assert slow.exec_driver_sql("SELECT count(*) FROM serving.fct_investment").scalar() == 4
        serve(database, other, tmp_path)
        [before] = [name for name in schemas(database) if name.startswith("serving_before_")]
        assert slow.exec_driver_sql(f"SELECT count(*) FROM {before}.fct_investment").scalar() == 4
        assert slow.exec_driver_sql("SELECT count(*) FROM serving.fct_investment").scalar() == 2, "whole, though it is younger than the reader"
    serve(database, version, tmp_path)
    assert schemas(database) == ["serving", "serving_zh"], "what was left is dropped by the next"


KILL = """
import os, sys
from datetime import datetime
from pathlib import Path
from etl.serve import postgres
from etl.serve.serve import Serving, serve_version
from tests.fixtures.serving import PROJECT
postgres._swap = lambda con: os._exit(9)
serve_version(Path(sys.argv[1]), PROJECT, Serving(sys.argv[2], "luodi_reader"), datetime(2024, 4, 16), Path(sys.argv[3]))
"""


def test_a_load_that_is_killed_leaves_what_was_served(database, version, other, tmp_path):
    serve(database, version, tmp_path)
    done = subprocess.run([sys.executable, "-c", KILL, str(other), address(database), str(tmp_path)], check=False,
                          env=os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src"), *sys.path])})
    assert done.returncode == 9
    assert served_version(Serving(address(database), "luodi_reader")) == version.name and schemas(database) == ["serving", "serving_zh"]
    serve(database, other, tmp_path)
    assert ask(database, "SELECT count(*) FROM serving.fct_investment") == [(2,)]


def test_a_load_that_fails_leaves_what_was_served(database, version, other, tmp_path, monkeypatch):
    serve(database, version, tmp_path)
    monkeypatch.setattr(postgres, "_swap", lambda con: con.exec_driver_sql("SELECT 1/0"))
    with pytest.raises(Mistake, match="DivisionByZero"):
        serve(database, other, tmp_path)
    assert served_version(Serving(address(database), "luodi_reader")) == version.name and schemas(database) == ["serving", "serving_zh"]


def test_the_reader_reads_what_is_served_and_nothing_else(database, version, tmp_path):
    with database.begin() as con:
        con.exec_driver_sql("CREATE TABLE public.ledger (secret text)")
        con.exec_driver_sql("CREATE SCHEMA other")
        con.exec_driver_sql("CREATE TABLE other.secret (secret text)")
    serve(database, version, tmp_path, "读数人")
    assert ask(database, "SELECT rolcanlogin FROM pg_roles WHERE rolname = '读数人'") == [(False,)]
    with database.connect() as con:
        con.exec_driver_sql('SET ROLE "读数人"')
        con.commit()
        assert con.exec_driver_sql("SELECT count(*) FROM serving.fct_investment").scalar() == 4
        assert con.exec_driver_sql('SELECT count(*) FROM serving_zh."指标值"').scalar() == 2
        con.commit()
        for denied in ("SELECT * FROM public.ledger", "SELECT * FROM other.secret", "DELETE FROM serving.fct_investment",
                       "CREATE TABLE serving.mine (a int)", "UPDATE serving.dim_unit SET unit_name = ''"):
            with pytest.raises(sa.exc.ProgrammingError, match="permission denied"):
                con.exec_driver_sql(denied)
            con.rollback()


def test_an_account_that_may_make_no_role_is_told_what_to_ask_for(database, version, tmp_path):
    with database.begin() as con:
        con.exec_driver_sql("DROP ROLE IF EXISTS clerk")
        con.exec_driver_sql("CREATE ROLE clerk LOGIN PASSWORD 'x'")
        con.exec_driver_sql(f"GRANT CREATE ON DATABASE {database.url.database} TO clerk")
    engine = sa.create_engine(database.url.set(username="clerk", password="x"))
    with pytest.raises(Mistake, match='CREATE ROLE "nobody" NOLOGIN;'):
        serve(engine, version, tmp_path, "nobody")
    assert schemas(database) == []
    with database.begin() as con:
        con.exec_driver_sql("CREATE ROLE nobody NOLOGIN")
    serve(engine, version, tmp_path, "nobody")
    assert schemas(database) == ["serving", "serving_zh"]
    with database.begin() as con:
        for role in ("nobody", "clerk"):
            con.exec_driver_sql(f"DROP OWNED BY {role}")
            con.exec_driver_sql(f"DROP ROLE {role}")
    engine.dispose()


def test_texts_that_would_be_commands_are_texts(database, tmp_path):
    names = ["'); DROP SCHEMA serving CASCADE; --", "a\n\\.\nb", '"quoted", %s :name {x} \\N', "nul\0inside", "", "=1+1"]
    serve(database, published(tmp_path, ["1"] * 6, names=names), tmp_path)
    assert [name for (name,) in ask(database, "SELECT project_name FROM serving.fct_investment ORDER BY line_id")] == [
        *names[:3], "nulinside", *names[4:]]
