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
_offered: set[Stamp] = set()  # what stood there once: whoever asked for it may have changed it since


def parse_all(paths: Sequence[Path]) -> None:
    """Parse many files at once, and keep what came of them beside this module's bytecode: rules and contracts hardly ever change.

    `load_yaml` gives each to the first who asks. A file that cannot be parsed is left to whoever loads it and says so.
    """
    wanted = {stamp: path for path in paths if (stamp := _stamp(path)) not in _offered}
    if not wanted:
        return
    _offered.update(wanted)
    name = hashlib.sha256(repr((_stamp(Path(__file__)), sorted(map(str, paths)))).encode()).hexdigest()[:16]
    beside = Path(__file__).parent / "__pycache__" / f"yaml_{name}.cache"
    known = _cached(beside)
    found = {stamp: known[stamp] for stamp in wanted if stamp in known}
    for stamp in wanted.keys() - found.keys():
        with suppress(yaml.YAMLError, ValueError, OSError):
            found[stamp] = _parsed(wanted[stamp])
    _kept.update(found)
    if found.keys() - known.keys() and not sys.dont_write_bytecode and os.access(beside.parent, os.W_OK):
        now = set(map(_stamp, paths))
        draft = beside.with_suffix(f".{os.getpid()}")
        with suppress(OSError):  # a full disk: it is parsed again next time
            draft.write_bytes(pickle.dumps({stamp: content for stamp, content in (known | found).items() if stamp in now}))
            draft.replace(beside)


def _cached(path: Path) -> dict[Stamp, Any]:
    """What was parsed before; {} where nothing was, or it cannot be read: then it is parsed again."""
    try:
        return pickle.loads(path.read_bytes())  # noqa: S301, our own, as the bytecode beside it
    except (OSError, pickle.PickleError, EOFError, ValueError, AttributeError, IndexError, KeyError, TypeError, ImportError):
        return {}


def load_yaml(path: Path) -> Any:
    """The content of a UTF-8 file. Raises yaml.YAMLError, ValueError (a date that is none), UnicodeDecodeError and OSError."""
    stamp = _stamp(path) if _kept else None
    return _kept.pop(stamp) if stamp in _kept else _parsed(path)


def _stamp(path: Path) -> Stamp:
    file = path.stat()
    return str(path), file.st_mtime_ns, file.st_size


def _parsed(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506, a SafeLoader that refuses a word said twice
