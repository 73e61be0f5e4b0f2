"""How long it takes to find the names that are alike, and how much memory, whatever the names are.

Repeat with: python -m benchmarks.names [--lines 100000] [--alike] [--uncoded 1.0]
"""

from __future__ import annotations

import argparse
import resource
import time

from benchmarks.inbox import Size, firm_of, name_of
from etl.validate.similar import WANTED, alike_claims

PLACES, PERIODS, CLAIMANTS = 20, 12, 20


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--periods", type=int, default=PERIODS)
    parser.add_argument("--alike", action="store_true", help="every name resembles every other")
    parser.add_argument("--uncoded", type=float, default=1.0, help="share of lines without a project code: only these are compared by name")
    asked = parser.parse_args(argv)
    import duckdb

    con = duckdb.connect(config={"threads": 2})
    con.execute(f"CREATE TABLE line ({', '.join(f'{c} VARCHAR' for c in WANTED)})")
    size = Size(alike=asked.alike)

    def line(n: int) -> tuple:
        code = None if n % 1000 < asked.uncoded * 1000 else str(n)
        claimant, place = f"t{n // asked.periods % CLAIMANTS}", f"z{n % PLACES}"
        return (f"p{n % asked.periods}", claimant, code, name_of(size, n), firm_of(n), None, place, str(n))

    rows = [line(n) for n in range(asked.lines)]
    columns = list(zip(*rows))
    con.execute(f"INSERT INTO line SELECT {', '.join('unnest(?)' for _ in columns)}", [list(column) for column in columns])
    began = time.perf_counter()
    found = alike_claims(con, ["SELECT * FROM line"], 0.85)
    counts = {kind: sum(1 for _ in pairs) for kind, pairs in found.items()}
    print(
        f"{asked.lines} lines, {'names all alike' if asked.alike else 'names apart'}: {time.perf_counter() - began:.1f} s,"
        f" pairs {counts}, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB"
    )


if __name__ == "__main__":
    main()
