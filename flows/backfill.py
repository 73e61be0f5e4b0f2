"""Chosen periods, units or forms once more from the archive: after a contract, an alias or a rule has changed."""

from __future__ import annotations

from etl.lock import one_night
from etl.mistakes import Mistake
from etl.night import rights
from etl.night.night import refuse_earlier_day
from etl.night.report import Report
from etl.night.room import refuse_without_room
from etl.settings import given
from flows import accounts, notices, tasks
from flows.engine import flow
from flows.nightly import process


@flow(name="backfill")
def backfill(
    periods: list[str] | None = None,
    units: list[str] | None = None,
    forms: list[str] | None = None,
    site: str | None = None,
    data: str | None = None,
    as_of: str | None = None,
    lang: str | None = None,
    accept_drop: str | None = None,
    back_to: bool = False,
) -> Report:
    """Read, judge and land again every version received of what is chosen (nothing chosen means all), and publish.

    Raises what a night raises, and Mistake where nothing received fits the choice, or no original of it is whole.
    """
    settings = given(None, site, data, as_of, lang, accept_drop, back_to=back_to)
    refuse_earlier_day(settings)
    refuse_without_room(settings)
    with (
        one_night(settings.data, since=settings.as_of, inbox=settings.archive),
        accounts.kept(settings, "backfill") as account,
        notices.on_failure(settings),
    ):
        rights.settle(settings)
        receipt = tasks.recall(settings, periods or (), units or (), forms or ())
        lost = tuple(name for one in receipt.damaged if not one.healed for name in one.names)
        if not receipt.new:
            raise Mistake("use.chosen_damaged", names=lost) if lost else Mistake("use.nothing_chosen")
        account.report = process(tasks.begin(settings, receipt))
        return accounts.ended(account, settings)
