"""A published DuckDB file holds what was published, and in the gaps of its blocks nothing of the memory of the machine."""

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

PROGRAM = """
import hashlib, sys
from pathlib import Path
import duckdb
from tests.fixtures.versions import exported
from etl.transform.build import Mart

folder = Path(sys.argv[1])
con = duckdb.connect(str(folder / "build.duckdb"))
con.execute("CREATE SCHEMA marts")
con.execute('''CREATE TABLE marts.fct_line AS
    SELECT i, repeat('字' || i, CAST(i % 37 AS INTEGER) + 1) AS told, md5(i::VARCHAR) AS key FROM range(30000) r(i)''')
con.close()
for n in range(4):
    (folder / str(n)).mkdir()
    exported(folder / "build.duckdb", [Mart("fct_line", "", {}, ("i",))], folder / str(n))
    print(hashlib.sha256((folder / str(n) / "luodi.duckdb").read_bytes()).hexdigest())
"""


def exports(folder):
    """The checksums of four exports of the same mart in one process that has used its memory before."""
    folder.mkdir()
    done = subprocess.run([sys.executable, "-c", PROGRAM, folder], capture_output=True, text=True, check=True,
                          env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)})
    return {word for word in done.stdout.split() if len(word) == 64}       # beside them may stand DuckDB's progress, on a slow machine


def test_the_same_marts_give_the_same_bytes_whatever_memory_held_before(tmp_path):
    one, other = exports(tmp_path / "one"), exports(tmp_path / "other place")
    assert len(one) == 1 and one == other
