"""What luodi is installed with: the lock without the tools of those who build it, and the bill that a security office reads."""

import json
import re
import subprocess
import sys

import pytest

from etl.desk.sbom import NotLocked, bill, pins
from tests.fixtures.places import ROOT

LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
DEV = (ROOT / "requirements-dev.lock").read_text(encoding="utf-8")
TOOLS = {"pytest", "pytest-xdist", "pytest-cov", "hypothesis", "ruff", "mypy", "sqlfluff", "coverage", "types-pyyaml", "types-openpyxl"}
A, B = "a" * 64, "b" * 64
SMALL = f"# by hand\nrich==15.0.0 \\\n    --hash=sha256:{B} \\\n    --hash=sha256:{A}\nPy_YAML[x]==6.0+local ; python_version >= '3.8' --hash=sha256:{A}  # via luodi\n"


def test_who_runs_luodi_installs_no_tool_of_those_who_test_it():
    own, dev = ({pin.name for pin in pins(text)} for text in (LOCK, DEV))
    assert not own & TOOLS and dev >= TOOLS and not own & dev


def test_a_bill_names_every_package_of_the_lock_with_its_hashes():
    made = bill(SMALL)
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.5", 1)
    assert [(c["purl"], c["version"]) for c in made["components"]] == [("pkg:pypi/py-yaml@6.0%2Blocal", "6.0+local"), ("pkg:pypi/rich@15.0.0", "15.0.0")]
    assert made["components"][1]["hashes"] == [{"alg": "SHA-256", "content": A}, {"alg": "SHA-256", "content": B}]


def test_the_projects_own_bill_is_whole_and_the_same_bytes_each_time():
    command = [sys.executable, "-m", "etl.desk.sbom", str(ROOT / "requirements.lock")]
    first, again = (subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT / "src").stdout for _ in range(2))
    made = json.loads(first)
    assert first == again and re.fullmatch("urn:uuid:[0-9a-f-]{36}", made["serialNumber"]) and "timestamp" not in first
    pinned = re.findall(r"^([A-Za-z0-9._-]+)==", LOCK, re.MULTILINE)
    assert sorted(c["name"] for c in made["components"]) == sorted(pinned)
    assert sum(len(c["hashes"]) for c in made["components"]) == LOCK.count("--hash=sha256:")
    refs = [c["bom-ref"] for c in made["components"]]
    assert len(set(refs)) == len(refs)


@pytest.mark.parametrize("line", ["rich>=15", f"rich --hash=sha256:{A}", "rich==15.0.0", "rich==15 --hash=md5:abc", "https://example.org/rich.whl"])
def test_what_is_not_locked_is_told(line):
    with pytest.raises(NotLocked, match=re.escape(line[:12])):
        bill(line)
