"""Read a YAML file quickly: contracts are read by every command, and PyYAML's own parser takes ten times as long as libyaml."""

from __future__ import annotations

from pathlib import Path

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_yaml(path: Path):
    """The content of a UTF-8 file. Raises yaml.YAMLError, UnicodeDecodeError and OSError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
