"""Where a piece of evidence stands, as it is written into the data."""

from __future__ import annotations

from etl.texts.catalogue import chinese

FILE_NAME, FOLDER, SHEET_NAME = chinese("place.file_name"), chinese("place.folder"), chinese("place.sheet_name")
TITLE, HEADER, CELL = chinese("place.title"), chinese("place.header"), chinese("place.cell")
ROSTER, ASKED, STAMP, LATEST_DAY = chinese("place.roster"), chinese("place.asked"), chinese("place.stamp"), chinese("place.latest_day")
