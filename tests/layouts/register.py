"""A county that does not exist: its units, its townships, and the words its clerks write for them."""

from __future__ import annotations

from functools import cache

from etl.forms.contract import load_forms
from etl.normalise.names import UnitRegister
from etl.normalise.vocabulary import load_vocabulary
from etl.site.load import Unit

# The one place that knows where the reader lives; whoever moves it changes these two lines.
from etl.understand.submission import Reference, read_file  # noqa: F401
from tests.fixtures.places import EXPECTATIONS

COUNTY = "临溪县"
DIVISION = "539927"

_BUREAUS = {
    "fgj": ("县发改局", "发展和改革局", "发展改革局", "发改局"),
    "zsj": ("县招商局", "招商引资服务中心", "招商局"),
    "czj": ("县财政局", "财政局"),
    "gxj": ("县工信局", "工业和信息化局", "工信局"),
    "zjj": ("县住建局", "住房和城乡建设局", "住建局"),
    "jtj": ("县交通局", "交通运输局", "交通局"),
    "nyj": ("县农业农村局", "农业农村局"),
    "zwj": ("县政务服务局", "政务服务管理局", "政务服务局"),
    "sjj": ("县审计局", "审计局"),
    "swj": ("县水务局", "水务局"),
}
_TOWNS = ("松坪镇", "黑泥镇", "大桥镇", "龙王乡", "沙坝镇", "马鞍乡", "红石岩镇", "三岔河乡", "老街街道")


def _units() -> tuple[Unit, ...]:
    units = [Unit(code, name, "bureau", True, tuple(dict.fromkeys(
        [f"{COUNTY}{rest}" for rest in more] + [f"县{rest}" for rest in more if f"县{rest}" != name] + [more[-1]])))
        for code, (name, *more) in _BUREAUS.items()]
    units += [Unit(f"t{n:02d}", town, "town", True, _town_names(town)) for n, town in enumerate(_TOWNS, 1)]
    return (*units, Unit("park", "临溪经济开发区", "park", True, ("经济开发区", "临溪经开区", "临溪经济开发区管理委员会")),
            Unit("tjj", "县统计局", "bureau", False, (f"{COUNTY}统计局",)),
            Unit("zrz", "县自然资源局", "bureau", False, (f"{COUNTY}自然资源局",)),
            Unit("hbj", "县生态环境局", "bureau", False, (f"市生态环境局{COUNTY[:-1]}分局",)))


def _town_names(town: str) -> tuple[str, ...]:
    office = "街道办事处" if town.endswith("街道") else town[-1] + "人民政府"
    short = town.removesuffix("街道").rstrip("镇乡") or town
    return f"{COUNTY}{town}", (town.removesuffix("街道") + office) if town.endswith("街道") else short + office, f"{town}政府", short


UNITS = _units()
TOWNS = tuple(u.unit for u in UNITS if u.kind == "town")
NAMES = {u.unit: u.name for u in UNITS}
ALIASES = {u.unit: u.aliases for u in UNITS}


@cache
def reference() -> Reference:
    """The project's contracts and words, with the register of this county."""
    return Reference(load_forms(EXPECTATIONS), load_vocabulary(EXPECTATIONS / "vocabulary.yaml"), UnitRegister(UNITS))
