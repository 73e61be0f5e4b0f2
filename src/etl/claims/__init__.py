"""Reported claims: what a text says of its own figures, recomputed in exact intervals and judged."""

from etl.claims.check import check_claims
from etl.claims.report import report_claims
from etl.claims.table import read_claims
from etl.claims.verdict import Verdict

__all__ = ["Verdict", "check_claims", "read_claims", "report_claims"]
