"""The read room: from received bytes to grids of cells, in child processes, trusting nothing."""

from etl.read.workbook import open_book

__all__ = ["open_book"]
