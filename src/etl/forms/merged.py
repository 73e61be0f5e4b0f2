"""Where a mistake in a merged file really stands: people mend their own files, never what was made of them."""

from __future__ import annotations

from pathlib import Path

ORIGIN = "# merged from {product} and {site}\n"  # the first line of a file that a site's and the product's made together
_BEGINS, _BETWEEN = "# merged from ", " and "


def unmerged(content: bytes) -> bytes:
    """What a file says, whatever it was merged from."""
    return content.partition(b"\n")[2] if content.startswith(_BEGINS.encode()) else content


def really_at(path: Path, line: int | None) -> tuple[Path, int | None]:
    """The site's or the product's file, and the line of it, for a place in a file of a merged folder; the place itself for any other."""
    if path.is_symlink():
        return path.resolve(), line
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return path, line
    if not lines or not lines[0].startswith(_BEGINS):
        return path, line
    product, _, site = lines[0].removeprefix(_BEGINS).rpartition(_BETWEEN)
    words = lines[line - 1].strip().removeprefix("- ").strip() if line else ""
    for own in (Path(site), Path(product)):
        of_own = own.read_text(encoding="utf-8").splitlines()
        found = next((n for n, text in enumerate(of_own, 1) if words and words in text), None)
        if found:
            return own, found
    return Path(site), None
