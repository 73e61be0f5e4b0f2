"""The steps of the night as the engine runs them: retries and timeouts; what they do stands in src/etl/night."""

from __future__ import annotations

from functools import partial

from etl.night import compare as _compare
from etl.night import draft as _draft
from etl.night import gate as _gate
from etl.night import hold as _hold
from etl.night import land as _land
from etl.night import night as _night
from etl.night import papers as _papers
from etl.night import progress
from etl.night import publish as _publish
from etl.night import read as _read
from etl.night import receive as _receive
from etl.night import reconcile as _reconcile
from etl.night import reply as _reply
from etl.night import report as _report
from etl.night import serve as _serve
from etl.night import stage as _stage
from etl.night import transform as _transform
from etl.night import validate as _validate
from etl.night import verdict as _verdict
from etl.night.night import Night
from etl.night.receive import Receipt
from etl.settings import Settings
from flows.engine import step, task
from flows.layers import shown_by_layer

HOUR = 3600

receive = step(_receive.receive, retries=2, retry_delay_seconds=10)  # a shared folder that fails is tried again
recall = step(_receive.recall)
recall_all = step(_receive.recall_all)


def begin(settings: Settings, receipt: Receipt) -> Night:
    """Load what the night judges by; it is no task, for what it gives is too large to be shown."""
    progress.tell("begin")
    return _night.begin(settings, receipt)


already_published = _report.already_published
_read_batch = task(_read.read_batch, called=lambda _night, _reference, batch: f"read {batch.places}", retries=2, retry_delay_seconds=10)
read = partial(_read.read, read_one=_read_batch)
stage = step(_stage.stage, timeout_seconds=HOUR)
validate = step(_validate.validate, timeout_seconds=HOUR)
verdict = step(_verdict.verdict)
land = step(_land.land, timeout_seconds=HOUR)
compare = step(_compare.compare, timeout_seconds=HOUR)
transform = shown_by_layer(step(_transform.transform, timeout_seconds=HOUR))
reconcile = step(_reconcile.reconcile, timeout_seconds=HOUR)
draft = _draft.draft
gate = step(_gate.gate, timeout_seconds=HOUR)
hold = _hold.standing
publish = step(_publish.publish, timeout_seconds=HOUR)
reply = step(_reply.reply, timeout_seconds=HOUR)
papers = step(_papers.papers, timeout_seconds=HOUR)
serve = step(_serve.serve)
report = _report.report
