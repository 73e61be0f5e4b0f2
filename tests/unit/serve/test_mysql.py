"""MySQL by the same door: its tables as text; and, by hand, the whole way to a server of one's own, whose database is emptied.

By hand: MYSQL_URL=mysql+pymysql://user:password@host/database python -m pytest tests/unit/serve/test_mysql.py
"""

from __future__ import annotations

import os
import threading
from datetime import datetime
from decimal import Decimal

import duckdb
import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import mysql as dialect
from sqlalchemy.schema import CreateTable

from etl.mistakes import Mistake
from etl.serve import mysql
from etl.serve.serve import Serving, serve_version, served_version
from etl.serve.served import ServedColumn, ServedTable, opened
from tests.fixtures.serving import PROJECT, TABLES, published

pytestmark = pytest.mark.slow

URL = os.environ.get("MYSQL_URL", "")
AT = datetime(2024, 4, 16, 2, 0)


def text(*columns, key=(), indexed=()):
    """The statement that makes a table of such columns."""
    table = ServedTable("fct_x", "表", "说明。What it is.", tuple(columns), 1, tuple(key), (), tuple(indexed))
    return str(CreateTable(mysql.mysql_table(table, sa.MetaData())).compile(dialect=dialect.dialect()))


def column(name, kind="VARCHAR", longest=0):
    return ServedColumn(name, kind, f"{name}的说明。In English.", name, longest)


def test_the_table_is_one_that_mysql_takes(version):
    with opened(version, PROJECT) as served:
        [table] = [one for one in served.tables if one.name == "fct_investment"]
        made = mysql.mysql_table(table, sa.MetaData())
        statement = str(CreateTable(made).compile(dialect=dialect.dialect()))
    assert made.name == "fct_investment__next"
    for line in ("line_id VARCHAR(32) NOT NULL COMMENT '来源数据行。'", "unit VARCHAR(32) COMMENT '单位代码，见 dim_unit。'", "project_name LONGTEXT",
                 "arrived_ytd NUMERIC(20, 6)", "is_signed BOOL", "signed_date DATE", "received_at DATETIME", "row_no INTEGER", "PRIMARY KEY (line_id)",
                 "COLLATE utf8mb4_bin", "ENGINE=InnoDB"):
        assert line in statement, line
    assert sorted(index.name for index in made.indexes) == ["period", "unit"]


def test_a_key_wider_than_an_index_is_none_and_what_is_wide_is_not_indexed():
    assert "PRIMARY KEY" not in text(column("a", longest=500), column("b", longest=500), key=("a", "b"))
    assert "a VARCHAR(512) NOT NULL" in text(column("a", longest=500), key=("a",))
    assert "a LONGTEXT" in text(column("a", longest=800), indexed=("a",))


def test_any_other_type_is_text():
    assert "a LONGTEXT" in text(column("a", "VARCHAR[]"))


@pytest.fixture
def engine():
    if not URL:
        pytest.skip("MYSQL_URL names no server")
    made = sa.create_engine(URL)
    with made.connect() as con:
        look = sa.inspect(con)
        for kind, names in (("VIEW", look.get_view_names()), ("TABLE", look.get_table_names())):
            for name in names:
                con.exec_driver_sql(f"DROP {kind} `{name}`")
    yield made
    made.dispose()


def serve(version, tmp_path):
    return serve_version(version, PROJECT, Serving(URL, "luodi_reader"), AT, tmp_path)


def ask(engine, sql):
    with engine.connect() as con:
        return [tuple(row) for row in con.exec_driver_sql(sql)]


def test_a_server_holds_what_was_published_to_the_digit(engine, version, tmp_path):
    serve(version, tmp_path)
    with duckdb.connect(str(version / "luodi.duckdb"), read_only=True) as con:
        for mart in TABLES:
            rows = con.execute(f"SELECT * FROM {mart}").fetchall()
            assert sorted(ask(engine, f"SELECT * FROM {mart}"), key=str) == sorted(rows, key=str), mart
    assert ask(engine, "SELECT sum(arrived_ytd) FROM fct_investment") == [(Decimal("12345678901230.623457"),)]
    assert ask(engine, "SELECT `单位代码` FROM `指标值` ORDER BY 1") == [("*",), ("t01",)]
    assert served_version(Serving(URL, "")) == version.name


def test_a_server_swaps_at_once_and_leaves_nothing_beside(engine, version, other, tmp_path):
    serve(version, tmp_path)
    seen, over = set(), threading.Event()

    def read():
        while not over.is_set():
            seen.add(ask(engine, "SELECT (SELECT version FROM served_version), (SELECT count(*) FROM fct_investment)")[0])

    reader = threading.Thread(target=read)
    reader.start()
    for now in (other, version, other):
        serve(now, tmp_path)
    over.set()
    reader.join()
    assert seen == {(version.name, 4), (other.name, 2)}
    assert [name for name in sa.inspect(engine).get_table_names() if "__" in name] == []


def test_a_table_that_is_published_no_more_goes_and_one_of_somebody_else_stays(engine, version, tmp_path, monkeypatch):
    with engine.begin() as con:
        con.exec_driver_sql("CREATE TABLE of_others (a int)")
    serve(version, tmp_path)
    monkeypatch.setattr(mysql, "view_names", lambda served: ["only"] * len(served.tables))
    def fewer(served):
        return type(served)(served.con, "n2", "n2", served.as_of, "", tuple(t for t in served.tables if t.name == "dim_unit"))
    with opened(version, PROJECT) as served, monkeypatch.context() as patch:
        patch.setattr("etl.serve.tables.view_names", lambda served: ["only"] * len(served.tables))
        mysql.into_mysql(engine, fewer(served), AT)
    assert sorted(sa.inspect(engine).get_table_names()) == ["dim_unit", "of_others", "served_table", "served_version"]
    assert sorted(sa.inspect(engine).get_view_names()) == ["only", "数据版本", "数据目录"]


def test_a_load_that_fails_leaves_what_was_served(engine, version, other, tmp_path, monkeypatch):
    serve(version, tmp_path)
    monkeypatch.setattr(mysql, "rows_of", lambda served, table: iter([[("too", "few")]]))
    with pytest.raises(Mistake):
        serve(other, tmp_path)
    assert served_version(Serving(URL, "")) == version.name and ask(engine, "SELECT count(*) FROM fct_investment") == [(4,)]
    monkeypatch.undo()
    serve(other, tmp_path)
    assert ask(engine, "SELECT count(*) FROM fct_investment") == [(2,)]


def test_a_server_takes_texts_that_would_be_commands_as_texts(engine, tmp_path):
    names = ["'); DROP TABLE dim_unit; --", "a\\b", '"quoted" %s :name `x`', "😀", ""]
    serve(published(tmp_path, ["1"] * 5, names=names), tmp_path)
    assert [name for (name,) in ask(engine, "SELECT project_name FROM fct_investment ORDER BY line_id")] == names
