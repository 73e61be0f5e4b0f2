"""A rule names every line beyond its limit, and none at it."""

from __future__ import annotations

import pytest

from tests.fixtures.submissions import judged, sheet
from tests.rules.limits import LIMITS
from tests.rules.told import COMPARE

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: f"{limit.code}-{limit.form}-{limit.at}")
def test_what_is_at_the_limit_is_left_alone_and_what_is_beyond_it_is_named(limit):
    read = {one.rule for one in limit.sent.get("findings", ())}
    issues = judged(limit.form, *limit.before, sheet(*limit.quiet, *limit.found, **limit.sent), others=limit.others,
                    settings=limit.settings, rules={limit.code} | read, night=limit.code in COMPARE).issues
    last = f"{len(limit.before) + 1:016x}-{limit.form}"
    named = [i.line_id and int(i.line_id.rpartition(":")[2]) for i in issues
             if i.rule == limit.code and i.submission_id.startswith(last) and i.column == limit.at]
    beyond = [5 + len(limit.quiet) + n for n in range(len(limit.found))]
    assert named == (beyond if limit.at else [None] * bool(limit.found))
