"""Show what the doctor found: one line a check, with its remedy."""

from __future__ import annotations

from etl.desk.doctor import Diagnosis
from etl.texts.catalogue import Say
from etl.texts.screen import cell, console, table

STYLE = {"ok": "green", "warn": "yellow", "fail": "bold red"}


def show_findings(findings: list[Diagnosis], say: Say) -> int:
    """Print the findings; the answer is 1 if anything is broken."""
    listed = table("", "", say("doctor.check"), say("doctor.finding"), say("doctor.remedy"))
    for finding in findings:
        listed.add_row(cell(say(f"doctor.{finding.level}"), STYLE[finding.level]), finding.check, cell(finding.found), cell(finding.remedy))
    console().print(listed)
    return 1 if any(f.level == "fail" for f in findings) else 0
