"""Read many files, each in a child process of its own, for the night and for a clerk who asks about one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

from etl.forms.contract import load_forms
from etl.inbox.identify import identify
from etl.model import Reading, Received, Unreadable
from etl.normalise.headers import check_headers
from etl.normalise.names import UnitRegister
from etl.normalise.vocabulary import load_vocabulary
from etl.read.layout import load_layouts
from etl.read.pool import run_bounded
from etl.settings import Settings
from etl.site.headers import check_taught
from etl.site.load import Site
from etl.understand.submission import Reference, read_file, unread


def load_reference(expectations: Path, site: Site) -> Reference:
    """The contracts, words and units that reading needs, who owes what, and which headers were taught.

    Raises ContractError for a contract that cannot be used, SiteError for a taught header that fits none.
    """
    forms = load_forms(expectations)
    for form in forms.values():
        check_headers(form)
    check_taught(site.decisions.headers, site.folder, forms)
    owed: dict[tuple[str, str], list[str]] = {}
    for slot in site.roster:
        owed.setdefault((slot.unit, slot.form), []).append(slot.period)
    return Reference(
        forms,
        load_vocabulary(expectations / "vocabulary.yaml"),
        UnitRegister(site.units),
        {key: tuple(sorted(periods)) for key, periods in owed.items()},
        site.decisions.headers,
        load_layouts(expectations, forms),
    )


def _as_it_is(reading: Reading) -> Reading:
    return reading


def read_all(
    files: Iterable[Received],
    reference: Reference,
    limits: Settings,
    form: str | None = None,
    meanwhile: Callable[[], None] | None = None,
    hand_over: Callable[[Reading], Reading] = _as_it_is,
) -> Iterator[tuple[Received, list[Reading]]]:
    """Give the submissions of each file, in the order of `files`; one that kills its reader is unreadable (F27).

    `hand_over` is done to each where it was read, before it is given to this process.
    """
    work = partial(_read, reference=reference, form=form, hand_over=hand_over)
    read = run_bounded(files, work, workers=limits.workers, seconds=limits.seconds, megabytes=limits.megabytes, meanwhile=meanwhile)
    for received, outcome in read:
        if isinstance(outcome, Unreadable):
            slot = identify(received.name, reference.forms, reference.register)
            outcome = [unread(received, slot, reference, outcome)]
        yield received, outcome


def _read(received: Received, reference: Reference, form: str | None, hand_over: Callable[[Reading], Reading]) -> list[Reading]:
    return [hand_over(reading) for reading in read_file(received, reference, form)]
