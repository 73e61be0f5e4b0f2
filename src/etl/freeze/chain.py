"""The chain: every seal, every step of its visibility and every approval, each bound to the one before by its hash.

`frozen/chain.jsonl` holds one entry a line, canonical JSON. `hash` is the SHA-256 of the entry without it, `previous`
the hash of the entry before, so that no entry can be changed, dropped or slipped in between unseen. Only the last hash
(the head) is not held by another: it belongs into the minutes of the meeting.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.freeze.files import canonical, digest, replace, write_sealed
from etl.mistakes import Mistake
from etl.texts.catalogue import Text

CHAIN = "chain.jsonl"
SEAL = "seal.json"
START = "0" * 64  # what the first entry names as the one before
STATES = ("confidential", "assessors", "published")


@dataclass(frozen=True, slots=True)
class Broken:
    """A place where the chain does not hold."""

    line: int  # from 1
    what: str  # unreadable, hash, link, number, ending


def entry_hash(entry: Mapping) -> str:
    """SHA-256 over everything that the entry says, `previous` included."""
    return digest(canonical({key: value for key, value in entry.items() if key != "hash"}))


def read_chain(frozen: Path) -> tuple[list[dict], list[Broken]]:
    """All entries that can be read, and every place where the chain does not hold; nothing before the first seal."""
    path = frozen / CHAIN
    entries: list[dict] = []
    broken: list[Broken] = []
    previous = START
    lines = path.read_bytes().splitlines(keepends=True) if path.is_file() else []
    for number, line in enumerate(lines, start=1):
        entry = parsed(line)
        if entry is None:
            broken.append(Broken(number, "unreadable"))
            previous = ""
            continue
        if entry.get("hash") != entry_hash(entry):
            broken.append(Broken(number, "hash"))
        elif line != canonical(entry):
            broken.append(Broken(number, "ending"))
        if previous and entry.get("previous") != previous:
            broken.append(Broken(number, "link"))
        if entry.get("number") != number:
            broken.append(Broken(number, "number"))
        previous = entry.get("hash", "")
        entries.append(entry)
    return entries, broken


def parsed(line: bytes) -> dict | None:
    """One entry, None where the bytes are no JSON object."""
    try:
        entry = json.loads(line.decode("utf-8"))
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def whole(frozen: Path) -> list[dict]:
    """All entries of a chain that holds. Raises Mistake otherwise: nothing may be added to a broken chain."""
    entries, broken = read_chain(frozen)
    if broken:
        raise Mistake("use.chain_broken", line=broken[0].line)
    return entries


def head(entries: Sequence[Mapping]) -> str:
    """The hash of the last entry."""
    return entries[-1]["hash"] if entries else START


def linked(entries: Sequence[Mapping], kind: str, **said: object) -> dict:
    """The next entry of a chain, complete with its number, its link and its hash."""
    entry = {"kind": kind, "number": len(entries) + 1, "previous": head(entries), **said}
    return entry | {"hash": entry_hash(entry)}


def append(frozen: Path, entries: Sequence[Mapping], entry: Mapping) -> None:
    """Put an entry at the end of the chain, at once and through to the disk."""
    _write(frozen / CHAIN, b"".join(canonical(one) for one in [*entries, entry]))
    _write(_beside(frozen), entry["hash"].encode() + b"\n")


def remembered(frozen: Path) -> str:
    """The head as it is kept beside the folder of frozen sets, so that it is missed when its end, or all of it, is gone."""
    path = _beside(frozen)
    return path.read_text(encoding="ascii", errors="replace").strip() if path.is_file() else ""


def _beside(frozen: Path) -> Path:
    return frozen.with_name(f"{frozen.name}.head")


def _write(path: Path, content: bytes) -> None:
    if path.exists():
        replace(path, content)
    else:
        write_sealed(path, content)


def seals(entries: Sequence[Mapping]) -> dict[str, Mapping]:
    """Name of a frozen set -> its entry, oldest first."""
    return {entry["seal"]: entry for entry in entries if entry.get("kind") == "seal" and "seal" in entry}


def state(entries: Sequence[Mapping], seal: str) -> str:
    """Who may see a frozen set now: confidential (the data team), assessors, published."""
    steps = [e["state"] for e in entries if e.get("kind") == "state" and e.get("seal") == seal]
    return steps[-1] if steps else STATES[0]


def choose_seal(entries: Sequence[Mapping], wanted: str) -> str:
    """The one frozen set that a person means: its name, its sequence number, or any part that only it has. Raises Mistake."""
    names = list(seals(entries))
    found = [n for n in names if n == wanted]
    if not found and wanted.isascii() and wanted.isdigit():
        found = [n for n in names if int(n.partition("-")[0]) == int(wanted)]
    found = found or [n for n in names if wanted and wanted in n]
    if len(found) == 1:
        return found[0]
    if found:
        raise Mistake("use.several_seals", wanted=wanted, found=tuple(found))
    raise Mistake("use.no_seal", wanted=wanted, names=names or Text("use.none"))


def append_opening(frozen: Path, wanted: str, state_wanted: str, *, by: str, at: str, note: str = "") -> dict:
    """Let more people see a frozen set, by appending to the chain; answer the entry. Raises Mistake.

    A set only ever opens: confidential -> assessors -> published.
    """
    entries = whole(frozen)
    seal = choose_seal(entries, wanted)
    now = state(entries, seal)
    if state_wanted not in STATES[1:]:
        raise Mistake("use.no_state", state_wanted=state_wanted, states=STATES[1:])
    if STATES.index(state_wanted) <= STATES.index(now):
        raise Mistake("use.state_back", seal=seal, now=now)
    entry = linked(entries, "state", seal=seal, was=now, state=state_wanted, by=signed(by), at=at, note=note)
    append(frozen, entries, entry)
    return entry


def signed(name: str) -> str:
    """The name of the person who answers for an entry. Raises Mistake where it is blank."""
    if not name or not name.strip():
        raise Mistake("use.no_name")
    return name.strip()
