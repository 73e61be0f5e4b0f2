"""One catalogue of texts: each key has both languages and is used, and no Chinese sentence stands in the code."""

from __future__ import annotations

import ast
import re
import string
from pathlib import Path

import pytest

from etl.forms.yamlfile import load_yaml
from etl.texts.catalogue import LANGUAGES

ROOT = Path(__file__).parents[2]
CATALOGUE = {path.stem: path for path in sorted((ROOT / "src/etl/texts").glob("*.yaml"))}
TEXTS = {subject: load_yaml(path) for subject, path in CATALOGUE.items()}
KEYS = {f"{subject}.{name}" for subject, named in TEXTS.items() for name in named}
MODULES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "flows").rglob("*.py")])
PAGES = sorted((ROOT / "src").rglob("*.html"))
SCRIPTS = sorted((ROOT / "src/etl/pages").rglob("*.js"))          # say("word") is pages.word
CHINESE = re.compile(r"[\u3400-\u9fff]")
BEGINS = re.compile(rf"({'|'.join(TEXTS)})\.\w*")

# What is put together in SQL, and where: its words are recognised there, not said by a key.
WRITERS = {"written": "dbt_project", "judged": "expectations/rules"}

# The modules that may hold Chinese, each with its reason.
VOCABULARY = "words and patterns by which what units write is read"
MAY = {
    "normalise/": VOCABULARY, "read/": VOCABULARY, "understand/identity.py": VOCABULARY, "understand/promises.py": VOCABULARY,
    "claims/": VOCABULARY, "desk/teach.py": "patterns of an answer to F14",
    "forms/draft.py": "writes a contract, as clerks write their forms", "desk/formdraft.py": "words of a title",
    "site/newsite.py": "the ends of names by which a unit's kind is told", "show/init.py": "headers of a list of units",
    "forms/models.py": "writes descriptions of models", "assess/schemes.py": "the node of a whole scheme, a value of fct_ranking",
    "assess/pack_content.py": "that node in SQL", "assess/pack_judgement.py": "that node in SQL", "validate/likely.py": "that kind of total in SQL",
    "validate/earlier.py": "kinds of totals in SQL",
    "forms/page.py": "writes docs/dictionary.md", "validate/page.py": "writes docs/rulebook.md",
    "analyse/page.py": "writes docs/marts.md",
    "reply/template.py": "the printed form itself, read back by its words", "reply/template_blocks.py": "the same",
    "reply/hints.py": "the messages at the cells of that form", "texts/spreadsheet.py": "the name of a typeface",
    "office/word.py": "names of typefaces",
}


def name(path):
    return path.relative_to(ROOT).as_posix()


def literals(tree):
    """The text constants of a module but its docstrings."""
    told = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and node.body and isinstance(node.body[0], ast.Expr)}
    return [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told]


def used():
    """What the code and the pages say: whole keys, and the beginnings of those that are put together (`verdict.`)."""
    whole, begun = set(), set()
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = {id(node.values[0]) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) and node.values}
        parts |= {id(node.left) for node in ast.walk(tree) if isinstance(node, ast.BinOp)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and BEGINS.fullmatch(node.value):
                (begun if id(node) in parts else whole).add(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "word":
                begun |= {f"{arg.value}." for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    for path in PAGES:
        for key in re.findall(r'"(\w+\.\w*)"', path.read_text(encoding="utf-8")):
            (begun if key.endswith(".") else whole).add(key)
    for path in SCRIPTS:
        script = path.read_text(encoding="utf-8")
        whole |= {f"pages.{word}" for word in re.findall(r'(?:say|empty)\("(\w+)"', script) if not word.endswith("_")}
        begun |= {f"pages.{word}" for word in re.findall(r'say\("(\w+_)"', script)}
        # a word among others: that a list names, or one of two
        whole |= {f"pages.{word}" for word in re.findall(r'"(\w+)"', script) if f"pages.{word}" in KEYS}
    return whole, begun


@pytest.mark.parametrize("subject", TEXTS)
def test_every_text_stands_in_both_languages_with_the_same_places(subject):
    for key, said in TEXTS[subject].items():
        assert set(said) == set(LANGUAGES), key
        places = [{place for _, place, _, _ in string.Formatter().parse(said[lang]) if place} for lang in LANGUAGES]
        assert places[0] == places[1], key


@pytest.mark.parametrize("subject", TEXTS)
def test_english_is_english_and_chinese_is_chinese(subject):
    """A formula reads alike in both; the number of an official letter is Chinese."""
    for key, said in TEXTS[subject].items():
        bare = {lang: re.sub(r"{.*?}|luodi [a-z -]*", "", said[lang]) for lang in LANGUAGES}
        assert not CHINESE.search(said["en"]) or key == "document_number", key
        assert CHINESE.search(said["zh"]) or not re.search("[A-Za-z]{2}", bare["zh"]), key


@pytest.mark.parametrize("subject", TEXTS)
def test_no_key_stands_twice(subject):
    keys = re.findall(r'^"?(\w+)"?:', CATALOGUE[subject].read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(keys) == len(set(keys)) == len(TEXTS[subject])


@pytest.mark.parametrize("subject, folder", WRITERS.items())
def test_what_sql_writes_is_recognised_by_words_that_it_writes(subject, folder):
    queries = "".join(path.read_text(encoding="utf-8") for path in [*(ROOT / folder).rglob("*.sql"), CATALOGUE["scheme_word"]])
    for key, said in TEXTS[subject].items():
        assert all(part.strip() in queries for part in re.split(r"{\w+}", said["zh"])), key


def test_what_is_said_has_words_and_what_has_words_is_said():
    whole, begun = used()
    begun |= {f"{subject}." for subject in WRITERS}
    other = {key for key in whole if key.endswith((".csv", ".yaml", ".html", ".duckdb", ".night_id", "."))}       # files, a column
    assert whole - KEYS - other == set()
    assert {key for key in KEYS - whole if not any(key.startswith(start) for start in begun)} == set()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_chinese_sentence_stands_in_the_code(path):
    inside = path.relative_to(ROOT / "src/etl").as_posix() if path.is_relative_to(ROOT / "src/etl") else name(path)
    found = [node.value for node in literals(ast.parse(path.read_text(encoding="utf-8"))) if CHINESE.search(node.value)]
    assert not found or any(inside.startswith(place) for place in MAY)


def test_every_exception_is_needed():
    for place in MAY:
        paths = [p for p in MODULES if name(p).startswith(f"src/etl/{place}")]
        assert any(CHINESE.search(n.value) for p in paths for n in literals(ast.parse(p.read_text(encoding="utf-8")))), place
