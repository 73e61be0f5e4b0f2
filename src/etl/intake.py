"""Read many files, each in a child process of its own, for the night and for a clerk who asks about one file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from etl.decisions.headers import check_taught
from etl.decisions.load import check
from etl.forms.contract import Form, load_forms
from etl.inbox.identify import identify
from etl.model import Reading, Received, Unreadable
from etl.normalise.headers import check_headers
from etl.normalise.names import UnitRegister
from etl.normalise.vocabulary import load_vocabulary
from etl.read.pool import run_bounded
from etl.settings import Settings
from etl.site import Site
from etl.sitesettings import check_settings
from etl.submission import Reference, read_file, unread
from etl.validate.rulebook import Parameters, Rule, load_parameters, load_rulebook


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
    return Reference(forms, load_vocabulary(expectations / "vocabulary.yaml"), UnitRegister(site.units),
                     {key: tuple(sorted(periods)) for key, periods in owed.items()}, site.decisions.headers)


@dataclass(frozen=True)
class Bench:
    """What judging needs: contracts, rules and their numbers."""

    forms: dict[str, Form]
    rulebook: dict[str, Rule]
    parameters: Parameters


def load_bench(expectations: Path, site: Site, as_of: datetime) -> Bench:
    """The rulebook with the site's numbers, as of the night's date. Raises ValueError where the project's own data are wrong.

    Raises SiteError where a setting or a decision of the site names what is not known.
    """
    check_settings(expectations, site.folder, site.settings)
    forms, rulebook = load_forms(expectations), load_rulebook(expectations / "rulebook.csv")
    check(site.decisions, site.folder, forms, rulebook)
    return Bench(
        forms, rulebook,
        load_parameters(expectations, site.settings, as_of.isoformat(sep=" ")),
    )


def read_all(
    files: Iterable[Received], reference: Reference, limits: Settings, form: str | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Iterator[tuple[Received, list[Reading]]]:
    """Give the submissions of each file, in the order of `files`; one that kills its reader is unreadable (F27)."""
    work = partial(read_file, reference=reference, form=form)
    read = run_bounded(files, work, workers=limits.workers, seconds=limits.seconds, megabytes=limits.megabytes,
                       meanwhile=meanwhile)
    for received, outcome in read:
        if isinstance(outcome, Unreadable):
            slot = identify(received.name, reference.forms, reference.register)
            outcome = [unread(received, slot, reference, outcome)]
        yield received, outcome
