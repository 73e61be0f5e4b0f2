"""Run the tests of the place in which a mutant stands, in a copy of the project; the quick ones first."""

from __future__ import annotations

import os
import pickle
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.mutants.make import MODELS, RULES, Mutant

LONGEST = 300  # seconds; a mutant that hangs is caught


class Copy:
    """A copy of the project in which mutants are tried one after the other; `county` is built once, for mutants of models."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.here, self.kept = root, folder / "project", folder / "county.duckdb"
        self.here.mkdir(parents=True)
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=root, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", str(self.here)], input=archive, check=True)
        if (root / "build").is_dir():
            shutil.copytree(root / "build", self.here / "build")

    def build(self) -> None:
        """Land and build the small county of tests/warehouse with the models as they are."""
        self._python("import sys, pickle; from pathlib import Path; sys.path.insert(0, '.'); from tests.mutants.run import county; county(Path(sys.argv[1]))",
                     str(self.kept)).check_returncode()

    def caught(self, mutant: Mutant) -> str:
        """By what the mutant was caught; '' where it was not."""
        path = self.here / mutant.path
        whole = path.read_text(encoding="utf-8")
        path.write_text(mutant.text, encoding="utf-8")
        try:
            return next((name for name, fails in self._ways(mutant) if fails()), "")
        finally:
            path.write_text(whole, encoding="utf-8")

    def _ways(self, mutant: Mutant):
        """The tests of a place: of a rule its cases, of a model its examples and then the county, of a step those of its room."""
        if mutant.path.startswith(RULES):
            code = Path(mutant.path).name.partition(".")[0]
            yield "cases", lambda: self._fail("tests/rules", "tests/unit/validate", "tests/unit/judge", "-k", f"{code} or {code.lower()}")
        elif mutant.path.startswith(MODELS):
            model, tried = Path(mutant.path).stem, self.kept.with_name("tried.duckdb")
            yield "examples", lambda: self._build(tried, f"{model},test_type:unit", examples=True)
            yield "county", lambda: self._build(tried, f"{model}+") or self._fail("tests/warehouse", "-p", "tests.mutants.kept", KEPT=str(tried))
        else:
            room, module = Path(mutant.path).parts[2], Path(mutant.path).stem
            own = sorted((self.here / "tests/unit" / room).glob(f"test_*{module}*.py"))
            if own:
                yield "module", lambda: self._fail(*(str(p.relative_to(self.here)) for p in own))
            yield "room", lambda: self._fail(f"tests/unit/{room}")

    def _build(self, tried: Path, select: str, *, examples: bool = False) -> bool:
        """Whether dbt fails at building what is selected into a copy of the county; a build that does not fail is kept for the tests."""
        shutil.copy(self.kept, tried)
        shutil.copy(self.kept.with_suffix(".marts"), tried.with_suffix(".marts"))
        how = "test" if examples else "run"
        return self._python("import sys; sys.path.insert(0, '.'); from tests.mutants.run import dbt; dbt(*sys.argv[1:])",
                            how, str(self.kept.with_name("landed.duckdb")), str(tried), select).returncode != 0

    def _fail(self, *what: str, **more: str) -> bool:
        """Whether a test fails; 5 is pytest's word for none that was chosen."""
        return self._python("import sys, pytest; sys.exit(pytest.main(sys.argv[1:]))", "-x", "-q", "-p", "no:cacheprovider", "-m", "not long", *what, **more).returncode not in (0, 5)

    def _python(self, program: str, *words: str, **more: str) -> subprocess.CompletedProcess:
        path = os.pathsep.join((str(self.here / "src"), str(self.here)))
        try:
            return subprocess.run([sys.executable, "-c", program, *words], cwd=self.here, env=os.environ | more | {"PYTHONPATH": path}, capture_output=True, timeout=LONGEST, check=False)
        except subprocess.TimeoutExpired:
            return subprocess.CompletedProcess(words, 1)


def county(kept: Path) -> None:
    """Build the small county into `kept`, its landed file beside it; called in the copy."""
    from etl.transform.build import build_marts
    from tests.warehouse import conftest

    class Factory:
        def mktemp(self, name: str) -> Path:
            (folder := kept.with_name(name)).mkdir()
            return folder

    landed = conftest.county.__wrapped__(Factory())
    shutil.copy(landed, kept.with_name("landed.duckdb"))
    marts = build_marts(kept.with_name("landed.duckdb"), kept, kept.with_name("dbt"))
    kept.with_suffix(".marts").write_bytes(pickle.dumps(marts))


def dbt(how: str, landed: str, tried: str, select: str) -> None:
    """Run or test a selection in the copy."""
    from etl.transform.build import PROJECT, _invoke, _places

    _invoke([how, *_places(PROJECT, Path(tried).with_name("dbt")), "--select", select], Path(landed), Path(tried))


def told(mutant: Mutant) -> str:
    return re.sub(r"\s+", " ", f"{mutant.path}:{mutant.line} {mutant.told}")
