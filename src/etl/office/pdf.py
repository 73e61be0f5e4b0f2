"""PDF of papers, by the LibreOffice of the machine where there is one."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS = 300


def converter() -> str | None:
    """The program that converts; None where the machine has none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(program: str, papers: Sequence[Path], folder: Path) -> str:
    """Write a PDF of each into a folder; what the program complained of where one is missing, else ''."""
    with TemporaryDirectory() as own:  # a profile of its own: an office that is open keeps its
        asked = [program, f"-env:UserInstallation={Path(own).as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
        try:
            done = subprocess.run([*asked, *map(str, papers)], capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    lacking = [paper.name for paper in papers if not (folder / f"{paper.stem}.pdf").is_file()]
    return f"{', '.join(lacking)} {done.stderr.decode(errors='replace').strip()}" if lacking else ""
