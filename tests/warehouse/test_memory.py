"""What does not fit into memory goes into a folder beside the build, and nothing of it stays."""

import duckdb

from etl.transform.memory import bound_memory, spill


def test_a_sort_that_does_not_fit_ends_all_the_same(tmp_path):
    build = tmp_path / "it's" / "build.duckdb"
    build.parent.mkdir()
    with duckdb.connect(config={"threads": 1}) as con:
        bound_memory(con, build)
        assert float(con.execute("SELECT current_setting('memory_limit')").fetchone()[0].split()[0]) > 0
        con.execute("SET memory_limit = '60MB'")
        con.execute("CREATE TABLE line AS SELECT i, md5(CAST(i AS VARCHAR)) AS text FROM range(1500000) t(i)")
        assert list(spill(build).iterdir())
        found = con.execute("SELECT count(*) FROM (FROM line ORDER BY text)").fetchone()
    assert found == (1500000,)
    assert not spill(build).exists()
