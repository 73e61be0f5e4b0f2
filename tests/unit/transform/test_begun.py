"""A build goes on with the last one only where that ended, is as it was then, and the same code made it."""

from etl.transform.begun import begin, end


def ended(folder, code):
    build = folder / "warehouse" / "build.duckdb"
    begun = begin(build, code)
    begun.write_bytes(b"built")
    end(begun, build, code)
    return build


def test_the_next_build_of_the_same_code_goes_on_with_the_last(tmp_path):
    build = ended(tmp_path, "a")
    assert build.read_bytes() == b"built"
    assert begin(build, "a").read_bytes() == b"built" and not build.exists()


def test_other_code_begins_with_nothing(tmp_path):
    build = ended(tmp_path, "a")
    assert not begin(build, "b").exists() and not build.exists()


def test_what_a_killed_build_left_is_not_gone_on_with(tmp_path):
    build = ended(tmp_path, "a")
    begin(build, "a").write_bytes(b"half")  # and killed
    assert not begin(build, "a").exists()


def test_what_is_not_as_it_ended_is_not_gone_on_with(tmp_path):
    build = ended(tmp_path, "a")
    build.write_bytes(b"bui1t")
    assert not begin(build, "a").exists() and not build.exists()


def test_a_build_of_an_earlier_luodi_is_not_gone_on_with(tmp_path):
    build = ended(tmp_path, "a")
    build.with_name("build.duckdb.sha256").unlink()
    assert not begin(build, "a").exists()
