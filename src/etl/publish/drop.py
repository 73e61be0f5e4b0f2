"""The last look before publishing: a night that would take most of a form's lines from the readers is held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from etl.mistakes import Said
from etl.publish.reconcile import Balance
from etl.texts.catalogue import Text

LEAST = 50  # lines; below, one late workbook is most of a form


class Held(Said):
    """A night that is ready to be published and is not, until a named person says so; the text gives the numbers."""


def let_through(
    before: Mapping[str, Mapping[str, int]], balances: Sequence[Balance], share: Decimal, signed: str, unexplained: Sequence[Text] = ()
) -> dict | None:
    """None where nothing has fallen; else who signed for it and what was lost, for the manifest. Raises Held where nobody did.

    `unexplained` says which slots publish less than they did though nothing explains it (`etl.publish.fewer`).
    """
    lost = [*fallen(before, balances, share), *unexplained]
    if lost and not signed:
        raise Held("use.held", lost=lost)
    return {"by": signed, "lost": [str(one) for one in lost]} if lost else None


def fallen(before: Mapping[str, Mapping[str, int]], balances: Sequence[Balance], share: Decimal) -> list[Text]:
    """What has fallen since the version `before` (the `lines` of its manifest) by `share` or more, in sentences by form.

    Lines are kept for good, so they grow from night to night; where they fall, a contract, a register or a rule was
    changed more often than the county was.
    """
    now = {b.form: b for b in balances if b.what == "lines" and not b.file}
    losses = []
    for form, was in sorted(before.items()):
        published = int(now[form].published) if form in now else 0
        if was["published"] >= LEAST and published <= was["published"] * (1 - share):
            quarantined = int(now[form].quarantined) if form in now else 0
            losses.append(Text("use.lost", form=form, was=was["published"], now=published, quarantined=quarantined))
    return losses
