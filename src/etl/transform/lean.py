"""Spare dbt the work of which nothing comes: a third of what the processor does in a build.

Each place changes how the locked version of dbt (requirements.lock) comes to what it builds, and nothing of what that is;
benchmarks/README.md says what each gives. Whoever raises the version looks at `PLACES` again: tests/warehouse/test_lean.py asks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dbt import compilation
from dbt.artifacts.schemas.base import Writable
from dbt.contracts.graph.nodes import InjectedCTE
from dbt.events.types import LogModelResult, LogSeedResult
from dbt.parser import manifest as parsing
from dbt.task import runnable  # noqa: F401  (loaded before anything is spared: it keeps the writer of the manifest that stays)
from dbt_common.clients import jinja
from dbt_common.events import event_manager_client
from dbt_common.events.base_types import BaseEvent
from dbt_common.events.event_manager import EventManager
from dbt_common.utils.encoding import JSONEncoder

from etl.transform.watch import model_done

_put_together, _field = BaseEvent.__init__, BaseEvent.__getattr__


def spare() -> None:
    """Make dbt lean for the rest of this process."""
    event_manager_client.ctx_set_event_manager(Unheard())
    for owner, name, ours in PLACES:
        setattr(owner, name, ours)


class Unheard(EventManager):
    """Passes on no message, since a night keeps no log of dbt's: what failed stands in its results. A warning may still be an error,
    and who watches is told of every model that is done.
    """

    def fire_event(self, e: BaseEvent, level: Any = None, node: Any = None, force_warn_or_error_handling: bool = False) -> None:
        if isinstance(e, LogModelResult | LogSeedResult):
            told = vars(e)["unread"][1]
            model_done(told["total"], told["node_info"]["node_path"].partition("/")[0])
        if self.loggers or force_warn_or_error_handling:
            super().fire_event(e, level, node, force_warn_or_error_handling)


def _remember(event: BaseEvent, *args: Any, **fields: Any) -> None:
    """A message is put together when somebody reads it: of a build's ten thousand nobody does."""
    vars(event)["unread"] = args, fields


def _read(event: BaseEvent, name: str) -> Any:
    if "pb_msg" not in vars(event):
        args, fields = vars(event)["unread"]
        _put_together(event, *args, **fields)
    return vars(event)["pb_msg"] if name == "pb_msg" else _field(event, name)


def _write(artifact: Writable, path: str) -> None:
    """The bytes that dbt would write, encoded at once: in pieces, as dbt does it, it takes ten times as long."""
    content = artifact.to_dict(omit_none=False, context={"artifact": True})
    Path(path).write_text(json.dumps(content, cls=JSONEncoder), encoding="utf-8")


_BEGINS = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:with\s+(?:recursive\s+)?)?", re.DOTALL | re.IGNORECASE)


def _put_before(sql: str, ctes: Sequence[InjectedCTE]) -> str:
    """What an example gives a model stands before its own parts; where they begin is told by its first word, and takes no parser."""
    if not ctes:
        return sql
    told, given = _BEGINS.match(sql), ", ".join(one.sql for one in ctes)
    assert told is not None  # it may be empty
    before, rest = told.group(), sql[told.end() :]
    return f"{before}{given}, {rest}" if before.strip().lower().endswith(("with", "recursive")) else f"{before}with {given} {rest}"


PLACES = (
    (compilation, "inject_ctes_into_sql", _put_before),
    # Arguments of tests are rendered over a copy of all 1,300 macros, made twice; text is rendered over the macros themselves.
    (jinja.NativeSandboxTemplate, "new_context", jinja.MacroFuzzTemplate.new_context),
    (BaseEvent, "__init__", _remember),
    (BaseEvent, "__getattr__", _read),
    # The manifest is written once it has been parsed and again with what was compiled: the second is the one that stays.
    (parsing, "write_manifest", lambda *_, **__: None),
    (Writable, "write", _write),
)
