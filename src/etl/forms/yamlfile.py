"""Read a YAML file quickly: contracts are read by every command, and PyYAML's own parser takes ten times as long as libyaml."""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
from collections.abc import Hashable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from etl.texts.catalogue import chinese

if TYPE_CHECKING:
    from yaml import SafeLoader as _Base
else:
    _Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):
    """A word that stands twice in one place is a slip: YAML would keep the last and drop the first without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, chinese("form.word_twice", key=key.value), key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


Stamp = tuple[str, int, int]  # of a file: its path, when it changed, its size
_kept: dict[Stamp, Any] = {}  # content that `parse_all` has parsed and nobody has asked for yet


def parse_all(paths: Sequence[Path]) -> None:
    """Parse many files at once, and keep what came of them beside this module's bytecode: rules and contracts hardly ever change.

    `load_yaml` gives each to the first who asks. A file that cannot be parsed is left to whoever loads it and says so.
    """
    folder = Path(__file__).parent / "__pycache__"
    files = {path: _stamp(path) for path in paths}
    kept = folder / f"yaml_{hashlib.sha256(repr(list(files.values())).encode()).hexdigest()[:32]}.cache"
    try:
        _kept.update(pickle.loads(kept.read_bytes()))  # noqa: S301, our own, as the bytecode beside it
        return
    except (OSError, pickle.PickleError, EOFError, ValueError, AttributeError):
        pass
    parsed = {}
    for path, stamp in files.items():
        with suppress(yaml.YAMLError, ValueError, OSError):
            parsed[stamp] = _parsed(path)
    _kept.update(parsed)
    if not sys.dont_write_bytecode and os.access(folder, os.W_OK):
        draft = kept.with_suffix(f".{os.getpid()}")
        draft.write_bytes(pickle.dumps(parsed))
        draft.replace(kept)


def load_yaml(path: Path) -> Any:
    """The content of a UTF-8 file. Raises yaml.YAMLError, ValueError (a date that is none), UnicodeDecodeError and OSError."""
    stamp = _stamp(path) if _kept else None
    return _kept.pop(stamp) if stamp in _kept else _parsed(path)


def _stamp(path: Path) -> Stamp:
    file = path.stat()
    return str(path), file.st_mtime_ns, file.st_size


def _parsed(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506, a SafeLoader that refuses a word said twice
