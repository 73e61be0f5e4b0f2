"""A plugin that lets the night of tests/golden build its marts by what dbt wrote for an earlier one: the file QUICK (fixtures/hasty.py)."""

import os

os.environ["NIGHTS_BEGIN_WITH"] = f"""
from pathlib import Path
from etl.night import publish
papers = publish.write_version_papers
from tests.fixtures import hasty
publish.write_version_papers = papers
hasty.follow(Path({os.environ["QUICK"]!r}))
"""
