"""`python -m tests.bi --data data/demo`: what a data folder published, on a Superset of one's own, until Ctrl-C."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from etl.settings import instant
from tests.bi.superset import ADMIN, served, superset


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--data", type=Path, required=True, help="the data folder of a night")
    published = asked.parse_args().data / "published" / "current"
    with tempfile.TemporaryDirectory(prefix="luodi-bi-") as made, served(published, Path(made), instant(None)) as address:
        print("已发布的数装进了 PostgreSQL；正在准备 Superset，要一两分钟。", flush=True)
        with superset(Path(made) / "superset", address) as one:
            print(f"{one.board}\n账号 {ADMIN}  密码 {one.password}\nCtrl-C 结束，什么也不留下。", flush=True)
            try:
                signal.pause()
            except KeyboardInterrupt:
                print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
