"""luodi: from a county's workbooks to audited fact tables, every figure traceable to its cell."""

__version__ = "0.1.0"
