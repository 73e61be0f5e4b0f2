"""Where a mistake in a merged file really stands: people mend their own files, never what was made of them."""

from __future__ import annotations

from pathlib import Path

ORIGIN = "# merged of the product's file and the site's\n"  # the first line of such a file
PRODUCT, SITE = ".product", ".site"  # links of a merged folder to what it was made of


def really_at(path: Path, line: int | None) -> tuple[Path, int | None]:
    """The site's or the product's file, and the line of it, for a place in a file of a merged folder; the place itself for any other."""
    if path.is_symlink():
        return path.resolve(), line
    try:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError):
        return path, line
    home = next((folder for folder in path.parents if (folder / SITE).is_symlink()), None)
    if home is None or lines[:1] != [ORIGIN]:
        return path, line
    words = _said(lines[line - 1]) if line else ""
    own = [(home / side).resolve() / path.relative_to(home) for side in (SITE, PRODUCT)]
    for file in own:
        found = next((n for n, text in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if words and _says(text, words)), None)
        if found:
            return file, found
    return own[0], None


def _said(line: str) -> str:
    """What a line of YAML says, whether it begins an entry of a list or not."""
    return line.strip().removeprefix("- ").strip(" {},")


def _says(text: str, words: str) -> bool:
    """Whether a line says some words: alone, or as the first entry of several in braces."""
    said = _said(text)
    return said == words or said.startswith(f"{words},")
