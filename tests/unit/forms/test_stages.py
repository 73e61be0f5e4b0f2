"""What a stage is stands in the parameters; the contracts and the dbt project, which must name stages themselves, agree."""

import csv
import re

import pytest

from etl.forms.contract import load_forms
from etl.forms.stages import stages_of
from etl.validate.rulebook import load_parameters
from tests.fixtures.places import EXPECTATIONS

STAGES = stages_of(load_parameters(EXPECTATIONS))
PROJECT = EXPECTATIONS.parent / "dbt_project"
VALUES = {name: form.by_name[form.role["stage"]].values for name, form in load_forms(EXPECTATIONS).items() if "stage" in form.role}
LIST = re.compile(r"\bstage\b[^\n]{0,30}? in \(((?:'[^']+'(?:, )?)+)\)")


@pytest.mark.parametrize("kind, stages", [
    ("signed", "签约 落地 开工 在建 竣工 投产 达效"), ("signed_only", "签约 落地 开工 在建"), ("begun", "开工 在建 竣工 投产 达效"),
    ("not_begun", "线索 谋划 在谈 签约 落地"), ("under_way", "开工 在建"), ("finished", "竣工 投产 达效"), ("ended", "竣工 投产 达效 终止"),
])
def test_what_a_project_is_in_its_stages(kind, stages):
    assert list(getattr(STAGES, kind)) == stages.split()


def test_a_county_may_have_an_order_of_its_own():
    own = stages_of(load_parameters(EXPECTATIONS, {"stage_order": "储备|签约|开工|验收|竣工"}))
    assert (own.not_begun, own.under_way) == (["储备", "签约"], ["开工", "验收"])


def test_a_contract_lists_stages_in_their_order():
    for name, values in VALUES.items():
        ordered = [value for value in values if value in STAGES.order]
        assert ordered == sorted(ordered, key=STAGES.order.index) and set(STAGES.given_up) <= set(values), name


def test_the_models_mean_the_same_by_a_stage():
    kinds = [STAGES.signed, STAGES.begun, STAGES.finished, STAGES.ended, STAGES.order[STAGES.order.index("投产"):]]
    known = {tuple(stage for stage in kind if stage in values) for kind in kinds for values in VALUES.values()}
    found = [(path.name, tuple(re.findall(r"'([^']+)'", written))) for path in sorted(PROJECT.rglob("*.sql"))
             for written in LIST.findall(path.read_text(encoding="utf-8"))]
    assert found and [(name, stages) for name, stages in found if stages not in known] == []


def test_the_seed_of_stages_is_the_contract_s():
    with (PROJECT / "seeds" / "investment_stage.csv").open(encoding="utf-8", newline="") as file:
        seed = [row["stage"] for row in sorted(csv.DictReader(file), key=lambda row: int(row["stage_order"]))]
    assert tuple(seed) == VALUES["investment_monthly"]
