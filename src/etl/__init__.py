"""luodi: from a county's workbooks to audited fact tables, every figure traceable to its cell."""

__version__ = "0.2.0"  # the one place: pyproject.toml, manifests and seals take it from here
