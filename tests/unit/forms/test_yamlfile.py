"""Contracts and rules are parsed once and kept beside the bytecode; a file that changed is parsed anew."""

from __future__ import annotations

import os

import pytest
import yaml

from etl.forms import yamlfile
from etl.forms.yamlfile import load_yaml, parse_all


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Two files, and nothing parsed yet; what is kept lies beside a module of its own."""
    module = tmp_path / "etl" / "yamlfile.py"
    (module.parent / "__pycache__").mkdir(parents=True)
    module.touch()
    monkeypatch.setattr(yamlfile, "__file__", str(module))
    monkeypatch.setattr(yamlfile.sys, "dont_write_bytecode", False)
    monkeypatch.setattr(yamlfile, "_kept", {})
    monkeypatch.setattr(yamlfile, "_offered", set())
    paths = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for n, path in enumerate(paths):
        path.write_text(f"n: {n}\n", encoding="utf-8")
    return paths


def as_in_another_process(monkeypatch):
    monkeypatch.setattr(yamlfile, "_kept", {})
    monkeypatch.setattr(yamlfile, "_offered", set())


def test_what_was_parsed_once_is_not_parsed_again(files, monkeypatch):
    parse_all(files)
    as_in_another_process(monkeypatch)
    monkeypatch.setattr(yamlfile, "_parsed", lambda path: pytest.fail(f"{path} parsed again"))
    parse_all(files)
    assert [load_yaml(path) for path in files] == [{"n": 0}, {"n": 1}]


def test_a_file_that_changed_is_parsed_anew(files, monkeypatch):
    parse_all(files)
    files[0].write_text("n: 2\n", encoding="utf-8")
    os.utime(files[0], ns=(1, 1))
    assert load_yaml(files[0]) == {"n": 2}
    as_in_another_process(monkeypatch)
    parse_all(files)
    assert [load_yaml(path) for path in files] == [{"n": 2}, {"n": 1}]


def test_what_somebody_changed_in_memory_is_nobody_elses(files):
    parse_all(files)
    load_yaml(files[0]).clear()
    parse_all(files)
    assert load_yaml(files[0]) == {"n": 0}


def test_a_damaged_store_and_a_damaged_file_stop_nobody(files, monkeypatch):
    files[0].write_text("n: [", encoding="utf-8")
    parse_all(files)
    [kept] = (files[0].parent / "etl" / "__pycache__").iterdir()
    kept.write_bytes(b"no pickle")
    as_in_another_process(monkeypatch)
    parse_all(files)
    assert load_yaml(files[1]) == {"n": 1}
    with pytest.raises(yaml.YAMLError):
        load_yaml(files[0])
