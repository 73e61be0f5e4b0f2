"""How long the pages of a published county take to open in Chromium, from a folder, as a leader opens them.

Repeat with: python -m benchmarks.pages DATA [--runs 5]
Where DATA is the data folder of a night, as `python -m benchmarks.night FOLDER --units 160 --lines 32` leaves it in FOLDER/data.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

from etl.pages.write import PAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SHOWN = "body[data-shown]"


def opened(browser: Browser, index: Path) -> tuple[Page, float]:
    """The county's page in a browser that has seen nothing of it, and the seconds until it is shown."""
    page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
    begun = time.perf_counter()
    page.goto(index.as_uri())
    page.wait_for_selector(SHOWN)
    return page, time.perf_counter() - begun


def turned(page: Page, address: str) -> float:
    """The seconds until another page of the site is shown."""
    begun = time.perf_counter()
    page.evaluate("to => { delete document.body.dataset.shown; location.hash = to; }", address)
    page.wait_for_selector(SHOWN)
    return time.perf_counter() - begun


def main(argv: list[str] | None = None) -> None:
    from playwright.sync_api import sync_playwright

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args(argv)
    index = asked.data / "published" / "current" / PAGES / "index.html"
    taken: dict[str, list[float]] = {}
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for _ in range(asked.runs):
            page, seconds = opened(browser, index)
            taken.setdefault("county", []).append(seconds)
            period, unit = page.evaluate("[luodi.latest(), luodi.frame.units[luodi.frame.units.length - 1].unit]")
            for name, address in {
                "units": f"#/units/{period}",
                "unit": f"#/unit/{unit}/{period}",
                "projects": "#/projects",
                "project": "#/project/0",
                "bulletin": f"#/bulletin/{period}",
            }.items():
                taken.setdefault(name, []).append(turned(page, address))
            page.context.close()
        browser.close()
    print(f"{'page':10}{'seconds':>9}{'slowest':>9}")
    for name, seconds_of in taken.items():
        print(f"{name:10}{statistics.median(seconds_of):9.2f}{max(seconds_of):9.2f}")


if __name__ == "__main__":
    main()
