"""Who may import whom, what files may be called, and what may never stand in a tracked file."""

from __future__ import annotations

import ast
import re
import subprocess
from functools import cache

import pytest

from tests.fixtures.places import ROOT

MODULES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")])
BESIDE = {"cli", "lock", "mistakes", "model", "period", "settings"}          # the few modules beside the rooms; any room may use them but cli

# The rooms from the ground up, and the rooms that each may use: never one above it.
MAY_USE = {
    "texts": set(),                            # every room says what it has to say from the one catalogue
    "forms": {"texts"},
    "transform": set(),
    "explain": {"texts"},                      # walks through what was published, as anybody could
    "normalise": {"forms", "texts"},
    "inbox": {"normalise", "forms", "texts"},           # a folder's name is looked up like any unit's name
    "site": {"normalise", "forms", "texts"},
    "read": {"normalise", "forms", "texts"},
    "publish": {"forms", "inbox", "texts", "transform"},  # what is kept and what is published are written through in one way
    "pages": {"explain", "forms", "publish", "texts"},  # made of what was published, with the words of explanations
    "serve": {"forms", "publish", "texts"},    # a database gets what was published, and nothing else
    "gate": {"forms", "texts", "transform"},   # it asks what was built, and knows no rule: what rules miss shall show
    "analyse": {"explain", "normalise", "publish", "texts"},    # what was published, for pandas
    "claims": {"normalise", "forms", "read", "texts"},
    "freeze": {"explain", "forms", "inbox", "publish", "texts"},   # what explains a figure tells what moved it; a seal holds what publishing wrote, and checks it by its manifest
    "validate": {"normalise", "forms", "site", "texts"},
    "land": {"forms", "normalise", "site"},
    "assess": {"forms", "site", "texts", "transform", "validate"},  # what is judged by goes with the rulebook
    "office": {"texts"},                       # the layout and the files of papers, of whatever they speak
    "reply": {"forms", "land", "normalise", "office", "read", "site", "texts", "validate"},
    "papers": {"assess", "office", "pages", "publish", "texts"},  # what an office prints of what was published
    "notices": {"land", "office", "site", "texts"},  # papers lie beside the replies, and are written as those are
    "understand": {"forms", "inbox", "normalise", "read", "reply", "site", "texts"},      # a reply that comes back is read
    "judge": {"assess", "forms", "inbox", "land", "normalise", "site", "texts", "validate"},
    "night": {"assess", "forms", "gate", "inbox", "judge", "land", "normalise", "notices", "pages", "papers", "publish", "reply", "serve", "site", "texts", "transform", "understand", "validate"},
}
ANY = {"desk", "show"}                          # what a person does, and what any room found, shown: both use all rooms
HEAVY = {                                      # slow to import: only here, and where a clerk waits never at the top
    "prefect": lambda path: path.parent == ROOT / "flows",
    "great_expectations": lambda path: path in {ROOT / "src/etl/gate/checkpoint.py", ROOT / "src/etl/gate/lean.py"},
    "dbt": lambda path: path.parent == ROOT / "src/etl/transform",
    "pandas": lambda path: path.parent == ROOT / "src/etl/analyse",    # and there only where a table is made: tests/unit/analyse
}


def name(path):
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path):
    """The tree of a module, and what stands within its functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return tree, {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef) for n in ast.walk(f)}


def imports(path, top_only=False):
    """Modules that a file imports, with whether the import stands at the top."""
    tree, inner = parsed(path)
    for node in ast.walk(tree):
        if top_only and id(node) in inner:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(module):
    """The room of src/etl that a module belongs to, None for the modules beside the rooms."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "etl" and parts[1] in {*MAY_USE, *ANY} else None


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_heavy_libraries_have_one_door_each(path):
    for module in imports(path):
        allowed = HEAVY.get(module.partition(".")[0])
        assert allowed is None or allowed(path), f"{name(path)} imports {module}"


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_slow_is_imported_where_a_clerk_waits(path):
    slow = {"prefect", "great_expectations", "dbt", "pandas", "sqlalchemy", "duckdb", "flows"}
    if path.is_relative_to(ROOT / "src/etl/show") or room(name(path).removeprefix("src/").removesuffix(".py").replace("/", ".")) == "desk" or path.name in ("cli.py", "settings.py"):
        assert not {m.partition(".")[0] for m in imports(path, top_only=True)} & slow


@pytest.mark.parametrize("path", [p for p in MODULES if p.is_relative_to(ROOT / "src")], ids=name)
def test_rooms_use_only_rooms_below_them(path):
    here = room(".".join(path.relative_to(ROOT / "src").with_suffix("").parts))
    if here in MAY_USE:
        used = {room(module) for module in imports(path)} - {None, here}
        assert used <= MAY_USE[here], f"{name(path)} uses {used}"


def test_the_rooms_stand_on_each_other_and_a_handful_of_modules_beside_them():
    below = set()
    for here, used in MAY_USE.items():
        assert used <= below, here
        below.add(here)
    etl = ROOT / "src/etl"
    assert {p.name for p in etl.iterdir() if p.is_dir() and p.name != "__pycache__"} == below | ANY
    assert {p.stem for p in etl.glob("*.py")} - {"__init__"} == BESIDE


def test_model_imports_nobody():
    assert not [m for m in imports(ROOT / "src/etl/model.py") if m.startswith(("etl", "flows"))]


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_only_settings_read_the_environment(path):
    text = path.read_text(encoding="utf-8")
    # Paths are handed to dbt so, and taken up again where it connects.
    if name(path) not in ("src/etl/settings.py", "src/etl/transform/build.py", "src/etl/transform/attach.py"):
        assert not re.search(r"os\.getenv|os\.environ(?!\[[^]]+\] = )", text)


@pytest.mark.parametrize("path", [p for p in MODULES if p.is_relative_to(ROOT / "src")], ids=name)
def test_only_settings_look_at_the_clock(path):
    text = path.read_text(encoding="utf-8")
    if path != ROOT / "src/etl/settings.py":
        assert not re.search(r"\b(datetime|date)\.(now|today|utcnow)\(", text)


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:                      # an unpacked archive of the project has no history
        return [p.relative_to(ROOT).as_posix() for p in MODULES]
    return [f for f in listed.stdout.split("\0") if f and (ROOT / f).is_file()]


def test_no_file_name_that_dbt_would_import_by_mistake():
    wrong = [f for f in tracked() if re.search(r"(^|/)(dbt_(?!project/)[^/]*\.py$|dbt/)", f)]
    assert not wrong


def test_no_machine_path_and_no_registry_host_is_tracked():
    forbidden = re.compile(r"(?<![\w.$}>-])/(?:work|tmp|root|home)/[a-z]|" + "|".join(("py" + r"pi\.org", "python" + "hosted", "index" + "-url")))
    found = []
    for file in tracked():
        if file.endswith((".py", ".md", ".sql", ".yml", ".yaml", ".toml", ".csv", ".lock", "Makefile", "run", ".example")):
            text = (ROOT / file).read_text(encoding="utf-8", errors="replace")
            found += [f"{file}: {m.group()}" for m in forbidden.finditer(text)]
    assert not found
