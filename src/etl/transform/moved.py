"""Have dbt look for its seeds in the project that it builds: what it has read of one, it keeps with the folder that was then.

Work folders outlive projects: a new release lies elsewhere, and a site's overlay is merged into a folder for each of its states.
"""

from __future__ import annotations

from typing import Any

from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.graph.nodes import SeedNode
from dbt.parser.manifest import ManifestLoader

_load = ManifestLoader.get_full_manifest.__func__  # a method of the class


def look_here() -> None:
    """Hold for the rest of this process, whichever project is built."""
    ManifestLoader.get_full_manifest = classmethod(_here)


def _here(loader: type[ManifestLoader], config: Any, **options: Any) -> Manifest:
    manifest = _load(loader, config, **options)
    for node in manifest.nodes.values():
        if isinstance(node, SeedNode) and node.package_name == config.project_name:
            node.root_path = config.project_root
    return manifest
