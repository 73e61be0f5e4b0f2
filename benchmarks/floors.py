"""What the same workbooks cost without luodi: the bare reader, a bare database, and the stack that one writes in a day.

Repeat with: python -m benchmarks.floors FOLDER (as benchmarks.inbox writes it; run it with the same workbooks as benchmarks.night)
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path

HEAD_ROW = 2  # of the workbooks that benchmarks.inbox writes, from 0
NUMBERS = ("计划总投资", "本月完成投资", "本年累计完成投资")


def bare_reader(files: list[Path]) -> int:
    """Cells that calamine reads out of all workbooks."""
    from python_calamine import CalamineWorkbook

    return sum(
        sum(map(len, book.get_sheet_by_name(name).to_python()))
        for book in map(CalamineWorkbook.from_path, map(str, files))
        for name in book.sheet_names
    )


def bare_database(files: list[Path], folder: Path) -> int:
    """Lines that DuckDB takes in as text and writes as Parquet."""
    import duckdb
    from python_calamine import CalamineWorkbook

    rows = [
        [str(cell) for cell in row]
        for file in files
        for row in CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()[HEAD_ROW + 1 : -1]
    ]
    began = time.process_time()
    with duckdb.connect(config={"threads": 2}) as con:
        columns = list(map(list, zip(*rows)))
        con.execute(f"CREATE TABLE line AS SELECT {', '.join(f'unnest(?::VARCHAR[]) AS c{n}' for n in range(len(columns)))}", columns)
        con.execute(f"COPY line TO '{folder / 'lines.parquet'}'")
    print(f"  of it in the database: {time.process_time() - began:.1f} CPU s")
    return len(rows)


def plain_stack(files: list[Path], folder: Path) -> int:
    """Lines through pandas.read_excel, one Great Expectations suite a file, DuckDB and three models."""
    import duckdb
    import great_expectations as gx
    import pandas

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False, "metric_calculations": False}
    suite = context.suites.add(gx.ExpectationSuite(name="lines"))
    for column in ("项目名称", "建设单位"):
        suite.add_expectation(gx.expectations.ExpectColumnValuesToNotBeNull(column=column))
    for column in NUMBERS:
        suite.add_expectation(gx.expectations.ExpectColumnValuesToBeBetween(column=column, min_value=0))
    batch = context.data_sources.add_pandas("files").add_dataframe_asset("file").add_batch_definition_whole_dataframe("whole")
    frames = []
    for file in files:
        frame = pandas.read_excel(file, header=HEAD_ROW, engine="calamine").iloc[:-1]
        batch.get_batch(batch_parameters={"dataframe": frame}).validate(suite)
        frames.append(frame.assign(file=file.name, unit=file.parent.name))
    lines = pandas.concat(frames)
    with duckdb.connect(str(folder / "plain.duckdb"), config={"threads": 2}) as con:
        con.register("lines", lines)
        con.execute("CREATE OR REPLACE TABLE line AS FROM lines")
        con.execute("CREATE OR REPLACE TABLE by_unit AS SELECT unit, file, sum(本年累计完成投资) AS done FROM line GROUP BY ALL")
        con.execute("CREATE OR REPLACE TABLE county AS SELECT file, sum(done) AS done FROM by_unit GROUP BY ALL")
        con.execute(f"COPY county TO '{folder / 'county.parquet'}'")
    return len(lines)


def measured(name: str, work: Callable[[], int]) -> tuple[float, float]:
    """(seconds, processor seconds) of a piece of work; its own processes are none."""
    began, worked = time.perf_counter(), time.process_time()
    count = work()
    taken = time.perf_counter() - began, time.process_time() - worked
    print(f"{name:16}{count:>12,}{taken[0]:9.1f}{taken[1]:9.1f}")
    return taken


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args(argv).folder
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    files = sorted((folder / "inbox").rglob("*.xlsx"))
    print(f"{'':16}{'count':>12}{'seconds':>9}{'CPU s':>9}")
    measured("bare reader", lambda: bare_reader(files))
    measured("bare database", lambda: bare_database(files, folder))
    measured("plain stack", lambda: plain_stack(files, folder))


if __name__ == "__main__":
    main()
