"""Names that are alike, sought where likeness could matter: never all with all, so that an archive of years stays affordable.

Two lines are compared where they are of one period and of different claimants, one of them has no project code, and they share
a firm's code, a firm, a place, an amount, or two characters side by side that few names have. What is alike elsewhere is no
claim on one project, and no rule asks for it. DuckDB finds the pairs and rapidfuzz scores them: DuckDB compares bytes, of which
Chinese words share too many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from etl.forms.contract import CLAIMED, Form, with_roles

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FEW = 1_000  # pairs that are sooner scored one by one than numpy is loaded
AT_ONCE = 100_000  # pairs that are scored together
RARE = 50  # lines of a period that may share two characters before these are too common to tell anything
RAREST = 3  # of them in each text that are looked at
TOGETHER = 20_000  # lines, about, in which clues are sought at once: whole periods of a form, since no others are compared
COMMON = 300  # lines of a period that may share a place, a firm or an amount before that tells nothing

CLUED = """
            SELECT one.no, other.no AS other_no FROM clue AS one JOIN clue AS other USING (form, period, kind, key)
            WHERE one.claimant < other.claimant AND (one.open OR other.open)
            UNION"""

Likeness = tuple[str, str, float]  # two folded texts and their Jaro-Winkler similarity, from 0 to 1
KINDS = ("name", "owner")  # what of two lines may be alike
WANTED = ("period", "claimant", "code", "name", "owner", "owner_code", "place", "amount")  # of a line that may claim a project


def alike_claims(con: DuckDBPyConnection, lines: Sequence[str], at_least: float) -> dict[str, Iterator[Likeness]]:
    """The names of projects, and those of their owners, that are alike at least so much, each pair once, equal ones too.

    `lines` are queries of what a form claims, with the columns of `WANTED`, texts folded.
    """
    if not lines:
        return {kind: iter(()) for kind in KINDS}
    _pairs(con, lines)
    return {kind: scored(con, f"pair_of_{kind}", at_least) for kind in KINDS}


def alike_problems(con: DuckDBPyConnection, forms: Mapping[str, Form], at_least: float) -> Iterator[Likeness]:
    """The problems that are told in like words, of one form and of one responsible unit or project."""
    for name, form in with_roles(forms, "problem").items():
        told = f"{form.role['problem']}_norm"
        shared = [f"{c.name}_code" for c in form.columns if c.register == "unit"]
        shared += [f"{form.role['project_name']}_norm"] if "project_name" in form.role else []
        parts = [
            f"SELECT DISTINCT one.told, other.told FROM (SELECT DISTINCT {told} AS told, {block} AS block FROM gathered.{name}) AS one"
            f" JOIN (SELECT DISTINCT {told} AS told, {block} AS block FROM gathered.{name}) AS other"
            " ON one.block = other.block AND one.told <= other.told"
            for block in shared
        ]
        if parts:
            both = " UNION ".join(parts)
            con.execute(f"""
                CREATE OR REPLACE TEMP TABLE pair_of_problem AS
                FROM ({both}) AS of(one, other) WHERE one <> '' AND other <> '' ORDER BY ALL""")
            yield from scored(con, "pair_of_problem", at_least)


def _pairs(con: DuckDBPyConnection, lines: Sequence[str]) -> None:
    """The temporary tables `pair_of_name` and `pair_of_owner`: both texts of each two lines that may claim one project, each pair once."""
    claims = " UNION ALL ".join(f"SELECT {n} AS form, {', '.join(WANTED)} FROM ({line})" for n, line in enumerate(lines))
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE claim AS
        SELECT row_number() OVER () AS no, (rank() OVER (ORDER BY form, period) - 1) // {TOGETHER} AS part, * FROM ({claims})""")
    for kind in KINDS:
        con.execute(f"CREATE OR REPLACE TEMP TABLE pair_of_{kind} (one VARCHAR, other VARCHAR)")
    for part, uncoded in con.execute("SELECT part, bool_or(code IS NULL) FROM claim GROUP BY part ORDER BY part").fetchall():
        if uncoded:
            _clues(con, part)
        con.execute(f"""
            CREATE OR REPLACE TEMP TABLE found AS
            WITH mine AS (FROM claim WHERE part = {part})

            {CLUED if uncoded else ""}
            SELECT one.no, other.no AS other_no FROM mine AS one JOIN mine AS other USING (form, period, code)
            WHERE one.claimant < other.claimant""")
        for kind in KINDS:
            con.execute(f"""
                INSERT INTO pair_of_{kind}
                SELECT least(a.{kind}, b.{kind}) AS one, greatest(a.{kind}, b.{kind}) AS other
                FROM found JOIN claim AS a USING (no) JOIN claim AS b ON b.no = found.other_no
                WHERE a.{kind} <> '' AND b.{kind} <> ''
                EXCEPT FROM pair_of_{kind} ORDER BY ALL""")


def _clues(con: DuckDBPyConnection, part: int) -> None:
    """The temporary table `clue`: what each line of a part shares with few others of its form and period, where one of them has no code."""
    con.execute(f"""
        CREATE OR REPLACE TEMP TABLE clue AS
        WITH mine AS (FROM claim WHERE part = {part}),

        told AS (
            SELECT no, form, period, claimant, code IS NULL AS open, unnest([
                {{'kind': 'owner code', 'key': owner_code}}, {{'kind': 'owner', 'key': owner}}, {{'kind': 'place', 'key': place}},
                {{'kind': 'amount', 'key': CAST(amount AS VARCHAR)}}
            ], recursive := true) FROM mine
        ), shared AS (
            SELECT *, {COMMON} AS most FROM told
            UNION ALL
            SELECT DISTINCT no, form, period, claimant, code IS NULL, kind, substr(text, i, 2), {RARE}
            FROM (
                SELECT *, unnest([{{'kind': 'of name', 'text': name}}, {{'kind': 'of owner', 'text': owner}}], recursive := true)
                FROM mine
            ), unnest(range(1, length(text))) AS spot(i)
        ), counted AS (
            SELECT *, count(*) OVER same AS lines, bool_or(open) OVER same AS is_open FROM shared WHERE key IS NOT NULL AND key <> ''
            WINDOW same AS (PARTITION BY form, period, kind, key)
        )
        SELECT no, form, period, claimant, open, kind, key FROM counted WHERE is_open AND lines BETWEEN 2 AND most
        QUALIFY row_number() OVER (PARTITION BY no, kind ORDER BY lines, key) <= {RAREST}""")


def scored(con: DuckDBPyConnection, pairs: str, at_least: float) -> Iterator[Likeness]:
    """Of the pairs of texts in a table (one, other) those that are alike at least so much, a bounded number in memory at a time."""
    from rapidfuzz.distance import JaroWinkler

    [(count,)] = con.execute(f"SELECT count(*) FROM {pairs}").fetchall()
    for start in range(0, count, AT_ONCE):
        found = con.execute(
            f"SELECT one, other FROM {pairs} WHERE rowid >= ? AND rowid < ? ORDER BY rowid", [start, start + AT_ONCE]
        ).fetchall()
        if len(found) <= FEW:
            scores = [JaroWinkler.similarity(one, other, score_cutoff=at_least) for one, other in found]
        else:
            import numpy
            from rapidfuzz.process import cpdist

            ones, others = zip(*found)
            scores = cpdist(ones, others, scorer=JaroWinkler.similarity, score_cutoff=at_least, dtype=numpy.float32).tolist()
        yield from ((one, other, score) for (one, other), score in zip(found, scores) if score)


def claims_of(forms: Mapping[str, Form], of_form: str) -> list[str]:
    """The query of each form whose projects units may claim twice, over lines that are laid out with folded texts and codes.

    `of_form` names the relation of a form's lines, `{form}` in it the form.
    """
    queries = []
    for name, form in with_roles(forms, *CLAIMED).items():
        role = form.role
        claimant = f"{role['claimant']}_code" if "claimant" in role else "unit"
        place = f"{role['place']}_code" if "place" in role else "NULL"
        queries.append(
            f"SELECT period, {claimant} AS claimant, {role['project_code']} AS code, {role['project_name']}_norm AS name,"
            f" {role['owner_name']}_norm AS owner, {role['owner_code']} AS owner_code, {place} AS place, {role['total']} AS amount"
            f" FROM {of_form.format(form=name)}"
        )
    return queries
