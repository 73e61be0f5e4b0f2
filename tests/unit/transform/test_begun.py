"""A build goes on with the last one only where that ended, and the same code made it."""

import duckdb

from etl.transform.begun import begin, end


def write(path, value):
    with duckdb.connect(str(path)) as con:
        con.execute(f"CREATE OR REPLACE TABLE made AS SELECT {value} AS value")


def read(path):
    with duckdb.connect(str(path), read_only=True) as con:
        return con.execute("SELECT value FROM made").fetchone()[0]


def ended(folder, code):
    build = folder / "warehouse" / "build.duckdb"
    begun = begin(build, code)
    write(begun, 1)
    end(begun, build, code)
    return build


def test_the_next_build_of_the_same_code_goes_on_with_the_last(tmp_path):
    build = ended(tmp_path, "a")
    assert read(build) == 1
    assert read(begin(build, "a")) == 1 and not build.exists()


def test_other_code_and_none_begin_with_nothing(tmp_path):
    for before, now in (("a", "b"), ("a", ""), ("", "")):
        build = ended(tmp_path, before)
        assert not begin(build, now).exists() and not build.exists()


def test_what_a_killed_build_left_is_not_gone_on_with(tmp_path):
    build = ended(tmp_path, "a")
    write(begin(build, "a"), 2)  # and killed
    assert not begin(build, "a").exists()


def test_what_is_no_build_is_not_gone_on_with(tmp_path):
    build = ended(tmp_path, "a")
    build.write_bytes(b"no database")
    assert not begin(build, "a").exists() and not build.exists()
    ended(tmp_path, "a")
    with duckdb.connect(str(build)) as con:  # of an earlier luodi, which did not say by what code
        con.execute("DROP TABLE built_by")
    assert not begin(build, "a").exists()
