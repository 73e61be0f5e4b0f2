"""The columns of the issue sheet, for who writes it and for who reads it when it comes back."""

from __future__ import annotations

WIDTHS = {"number": 6, "severity": 9, "rule": 18, "sheet": 11, "cell": 14, "value": 22, "expected": 24, "advice": 52, "explanation": 28}
COLUMNS = list(WIDTHS)
# Hidden beside each issue, so that a reason can be matched with it and its mark undone.
HIDDEN = ("rule", "sheet", "cell", "business_key", "value", "fill", "column")
FIRST_HIDDEN = len(COLUMNS) + 1
STAMP = "luodi-reply"  # in the first hidden cell of the sheet: this one is ours
