"""Known tables: lines of each form that are consistent with themselves and from month to month."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_10

from tests.layouts.register import COUNTY, DIVISION, NAMES, TOWNS

CENT = Decimal("0.01")
FORMS = ("key_project_monthly", "investment_monthly", "budget_execution_monthly", "approval_case", "rectification",
         "annual_target", "performance_self_evaluation")
YEARLY = ("annual_target", "performance_self_evaluation")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as a clerk knows it: to the day, or only to the month, quarter, half year or year."""

    last: date                         # the last day of what is known
    precision: str = "day"


@dataclass(frozen=True)
class Table:
    """What a submission says, whatever it is dressed in; amounts in 万元, rates in percentage points."""

    form: str
    unit: str
    year: int
    month: int                         # 12 for a yearly form
    lines: tuple[dict, ...]

    @property
    def period(self) -> str:
        return str(self.year) if self.form in YEARLY else f"{self.year}-{self.month:02d}"


def table(form: str, unit: str, year: int, month: int, seed: object, size: int | None = None) -> Table:
    """The table of one unit for one period; the same seed gives the same projects in every month."""
    rng = random.Random(f"{seed}/{form}/{unit}/{year}")
    size = size or rng.choice((3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 24, 31, 40))
    lines = _MAKERS[form](rng, unit, year, month, size)
    return Table(form, unit, year, month, tuple({k: v for k, v in line.items() if v is not None} for line in lines))


# --- words -----------------------------------------------------------------------------------------------------------

_PLACES = ("松坪", "黑泥", "大桥", "龙王", "沙坝", "马鞍", "红石岩", "三岔河", "老街", "东门", "西山", "南屏", "北关", "观音寺", "五里坡",
           "一碗水", "二道河", "十里铺", "共青", "总干渠", "分水岭", "新建村", "合作社", "月亮湾", "元宝山", "三、五组", "注溪河", "共和村", "合江口")
_WORKS = ("农村供水保障工程", "标准厂房建设项目", "老旧小区改造（二期）", "中心卫生院业务用房", "至县城公路改扩建工程", "污水处理厂及配套管网",
          "高标准农田建设项目", "冷链物流园", "农贸市场提升改造", "水库除险加固工程", "幼儿园建设项目", "殡仪馆迁建", "110千伏输变电工程",
          "停车场及充电设施项目", "历史文化街区保护修缮（一期）", "养老服务中心", "大桥重建工程", "客运站", "集镇人居环境整治", "综合治理工程", "总装车间", "其他配套设施", "计量检测中心")
_PRODUCTS = ("精制茶叶", "淀粉", "核桃油", "生物有机肥", "锂电池负极材料", "光伏支架", "中药饮片", "高原蔬菜", "预制菜", "石英砂", "铝合金型材", "咖啡精深加工")
_SHAPES = ("年产{n}万吨{p}生产线项目", "{p}加工项目（{a}）", "{a}{p}产业园", "{a}{n}万只{p}项目", "{p}及配套项目")
_FIRMS = ("润泽", "恒达", "新锐", "正阳", "华泽", "锦程", "天诚", "永泰", "宏图", "远航", "博远", "兴农", "金穗", "汇川")
_TRADES = ("食品", "新能源", "建材", "农业开发", "物流", "实业", "新材料", "生物科技", "文化旅游", "建设投资")
_ORIGINS = ("四川省", "重庆市", "浙江省", "广东省", "福建省", "云南省", "江苏省", "香港", "新加坡", "山东省")
_PERSONS = ("张某", "李某", "王某", "赵某", "杨某")
_PROGRESS = ("基础工程施工", "主体结构封顶，开始砌体施工", "完成场地平整，正在办理施工许可", "设备安装调试", "附属工程和管网施工", "已完成招标，施工单位进场",
             "完成桩基{n}根，承台浇筑{m}个", "路基成型{n}公里，桥涵完成{m}座", "累计完成形象进度{n}%")
_PROBLEMS = ("主要材料价格上涨", "征地拆迁未完成，尚有{n}户未签订协议", "用地指标不足", "资金缺口{n}万元", "环评报告待批")
_MEASURES = ("限期拨付到位", "补建台账并完善制度", "重新组织招标", "收回资金上缴国库", "完善内控制度并补办手续", "加强日常监管，举一反三")


def _place_of(rng: random.Random) -> str:
    return rng.choice(_PLACES)


def _names(rng: random.Random, size: int) -> list[str]:
    names: dict[str, None] = {}
    while len(names) < size:
        if rng.random() < 0.5:
            name = _place_of(rng) + rng.choice(_WORKS)
        else:
            name = rng.choice(_SHAPES).format(n=rng.choice((1, 2, 3, 5, 10, 20)), p=rng.choice(_PRODUCTS), a=_place_of(rng))
        names[name] = None
    return list(names)


def _firm(rng: random.Random, county: bool = True) -> str:
    where = COUNTY if county else rng.choice(("四川", "重庆", "浙江", "福建", "深圳市", "昆明"))
    return f"{where}{rng.choice(_FIRMS)}{rng.choice(_FIRMS)}{rng.choice(_TRADES)}有限公司"


def _uscc(rng: random.Random) -> str:
    body = "91" + DIVISION + "MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(7))
    return body + uscc.calc_check_digit(body)


def _code(rng: random.Random, year: int) -> str:
    body = f"{rng.choice((year - 1, year - 2)) % 100:02d}{rng.randint(1, 12):02d}{DIVISION}{rng.choice(('04', '89', '18', '48'))}" \
           f"{rng.randint(1, 5):02d}{rng.randint(0, 99999):05d}"
    digits = body + mod_11_10.calc_check_digit(body)
    return f"{digits[:4]}-{digits[4:10]}-{digits[10:12]}-{digits[12:14]}-{digits[14:]}"


def _money(rng: random.Random, low: int, high: int) -> Decimal:
    """Whole 万元 mostly, else with one or two decimals."""
    value = Decimal(rng.randint(low, high))
    kind = rng.random()
    return value if kind < 0.5 else value + Decimal(rng.randint(1, 9)) / 10 if kind < 0.7 else value + Decimal(rng.randint(1, 99)) / 100


def rate(part: Decimal, whole: Decimal) -> Decimal | None:
    """Percentage points to two decimals, as a clerk's formula rounds."""
    return (part * 100 / whole).quantize(CENT, ROUND_HALF_UP) if whole else None


def month_end(year: int, month: int) -> date:
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _day(rng: random.Random, first: date, last: date) -> Day:
    """A day between two, some known only by their month."""
    day = first + timedelta(days=rng.randint(0, max(0, (last - first).days)))
    return Day(month_end(day.year, day.month), "month") if rng.random() < 0.3 and month_end(day.year, day.month) <= last else Day(day)


def _planned(rng: random.Random, year: int, month: int) -> Day:
    """A date ahead, with the precision that plans have."""
    kind = rng.choice(("day", "month", "month", "quarter", "half", "year"))
    if kind == "day":
        return Day(date(year, month, rng.randint(1, 28)))
    month = {"month": month, "quarter": (month + 2) // 3 * 3, "half": 6 if month <= 6 else 12, "year": 12}[kind]
    return Day(month_end(year, month), kind)


def _sentence(rng: random.Random, of: tuple[str, ...]) -> str:
    return rng.choice(of).format(n=rng.randint(2, 90), m=rng.randint(2, 20))


# --- forms -----------------------------------------------------------------------------------------------------------

def _key_project(rng, unit, year, month, size):
    for name in _names(rng, size):
        whole, started = _money(rng, 300, 60000), rng.random() < 0.75
        plan = (whole * rng.randint(15, 60) / 100).quantize(Decimal(1))
        done = [_money(rng, 0, max(1, int(plan) // 14)) if started and rng.random() < 0.9 else Decimal(0) for _ in range(12)]
        before = (whole * rng.randint(0, 35) / 100).quantize(CENT) if started else Decimal(0)
        began = date(year - 1, rng.randint(1, 12), rng.randint(1, 28))
        reserve = not started and rng.random() < 0.4
        trouble = rng.random() < 0.3
        common = {"project_code": None if reserve else _code(rng, year), "builder_name": _firm(rng), "builder_uscc": _uscc(rng),
                  "responsible_unit": NAMES[unit] if rng.random() < 0.6 else NAMES[rng.choice(("fgj", "zjj", "jtj", "nyj", "gxj", "swj"))],
                  "township": NAMES[unit if unit in TOWNS else rng.choice(TOWNS)],
                  "level": "储备" if reserve else rng.choice(("省重点", "市重点", "县重点")),
                  "category": rng.choice(("产业", "城建", "民生", "基础设施")),
                  "construction_nature": rng.choice(("新建", "续建", "扩建", "技改", None)),
                  "planned_start_date": Day(began) if started else _planned(rng, year, rng.randint(7, 12)),
                  "actual_start_date": _day(rng, began, date(year - 1, 12, 31)) if started else None,
                  "planned_finish_date": _planned(rng, year + 1, rng.randint(1, 12)), "lead_official": rng.choice(_PERSONS)}
        text = [_sentence(rng, _PROGRESS) for _ in range(12)]
        trouble_text, kind = _sentence(rng, _PROBLEMS), rng.choice(("土地", "征拆", "资金", "其他"))
        note = rng.choice((None, None, None, "待招标", "计划下半年开工", "增加附属工程，总投资已按程序调整；资料另附，请县发改局审核后统一汇总上报，联系人同上月"))
        ytd = sum(done[:month], Decimal(0))
        yield common | {"project_name": name, "total_investment": whole, "annual_plan": plan, "completed_month": done[month - 1],
                        "completed_ytd": ytd, "completed_since_start": before + ytd, "completion_rate_reported": rate(ytd, plan),
                        "started": "是" if started else "否", "stage": "在建" if started else rng.choice(("谋划", "落地", "签约")),
                        "progress_text": text[month - 1], "bottleneck_type": kind if trouble else None,
                        "problem_text": trouble_text if trouble else None, "note": note}


def _investment(rng, unit, year, month, size):
    for n, name in enumerate(_names(rng, size)):
        whole = _money(rng, 800, 90000)
        stage = rng.choice(("线索", "在谈", "签约", "落地", "开工", "开工", "投产"))
        began = stage in ("开工", "投产")
        come = [_money(rng, 0, max(1, int(whole) // 40)) if began and rng.random() < 0.8 else Decimal(0) for _ in range(12)]
        before = (whole * rng.randint(0, 20) / 100).quantize(CENT) if began else Decimal(0)
        signed = date(year - 1, rng.randint(1, 9), rng.randint(1, 28))
        origin = rng.choice(_ORIGINS)
        abroad = origin in ("香港", "新加坡")
        is_signed = stage not in ("线索", "在谈")
        number = f"YZ{year}{rng.randint(1000, 9999)}{n:02d}"
        area = _money(rng, 5, 300) if rng.random() < 0.5 else None
        share = rng.choice((None, None, Decimal(100), Decimal(60)))
        evidence = rng.choice(("验资报告", "银行进账单", "发票"))
        common = {"project_name": name, "project_code": _code(rng, year) if is_signed else None, "investor_name": _firm(rng, county=False),
                  "investor_uscc": None if abroad else _uscc(rng), "investor_origin": origin,
                  "industry": rng.choice(("绿色食品", "新材料", "生物医药", "清洁能源", "商贸物流", "文旅")), "introducing_unit": NAMES[unit],
                  "split_ratio": share, "is_continuing": rng.choice(("新引进", "续建")), "stage": stage,
                  "follow_up_tier": None if is_signed else rng.choice(("20%以下", "20-50%", "50%以上")),
                  "signed_date": Day(signed) if is_signed else None,
                  "registered_date": _day(rng, signed + timedelta(days=8), date(year - 1, 10, 31)) if is_signed and rng.random() < 0.6 else None,
                  "actual_start_date": _day(rng, date(year - 1, 11, 1), date(year - 1, 12, 31)) if began else None,
                  "contracted_amount": whole, "fixed_asset_amount": (whole * rng.randint(40, 90) / 100).quantize(Decimal(1)),
                  "land_area_mu": area}
        ytd = sum(come[:month], Decimal(0))
        recognised = (ytd * 9 / 10).quantize(CENT)
        yield common | {"arrived_month": come[month - 1], "arrived_ytd": ytd, "arrived_since_signing": before + ytd,
                        "arrived_ytd_out_of_province": Decimal(0) if origin == "云南省" else ytd,
                        "arrived_ytd_foreign_usd": (ytd / 8).quantize(CENT) if abroad else None, "arrived_recognised": recognised,
                        "evidence_type": evidence if come[month - 1] else None,
                        "evidence_no": f"{number}-{month:02d}" if come[month - 1] else None,
                        "note": rng.choice((None, None, "增资", "正在办理用地手续"))}


_ITEMS = ("公用经费", "人员经费", "信息化运维费", "水利设施维修养护", "招商引资工作经费", "农村公路养护", "义务教育保障经费", "村级组织运转经费", "森林防火经费", "消防站运行经费", "环卫保洁经费", "防汛抗旱经费")


def _budget(rng, unit, year, month, size):
    seen = set()
    while len(seen) < size:
        who = NAMES[unit] if unit != "czj" else NAMES[rng.choice((*TOWNS, "zsj", "fgj", "jtj", "nyj"))]
        key = who, f"2{rng.randint(1, 29):02d}{rng.randint(1, 9):02d}{rng.randint(1, 99):02d}", rng.choice(_ITEMS)
        if key in seen:
            continue
        seen.add(key)
        first, change = _money(rng, 20, 3000), rng.choice((None, Decimal(0), Decimal("-12.5"), _money(rng, 1, 80)))
        whole = first + (change or 0)
        spent = [(whole * rng.randint(1, 70) / 1000).quantize(CENT) for _ in range(12)]
        ytd = sum(spent[:month], Decimal(0))
        yield {"unit_name": who, "function_code": key[1], "fund_nature": rng.choice(("一般公共预算", "政府性基金", "国有资本", "财政专户")),
               "budget_item": key[2], "budget_initial": first, "budget_change": change, "budget_adjusted": whole,
               "spent_month": spent[month - 1], "spent_ytd": ytd, "execution_rate_reported": rate(ytd, whole),
               "note": rng.choice((None, None, "按季支付", "追加见县财预文件"))}


_MATTERS = {"立项备案": ("fgj", 3), "规划许可": ("zrz", 10), "用地": ("zrz", 15), "环评": ("hbj", 10), "施工许可": ("zjj", 7)}


def _approval(rng, unit, year, month, size):
    names = _names(rng, size)
    for n, name in enumerate(names):
        matter, (office, days) = rng.choice(list(_MATTERS.items()))
        taken = date(year, month, rng.randint(1, 15))
        done = taken + timedelta(days=rng.randint(1, 12)) if rng.random() < 0.8 else None
        yield {"project_code": _code(rng, year) if rng.random() < 0.8 else None, "project_name": name, "matter": matter,
               "approving_unit": NAMES[office], "accepted_date": Day(taken), "promised_days": Decimal(days),
               "excluded_days": rng.choice((None, Decimal(0), Decimal(5))), "decided_date": Day(done) if done else None,
               "document_no": f"临审批〔{year}〕{10 + n}号" if done else None,
               "overdue_reason": rng.choice((None, None, "资料补正"))}


def _rectification(rng, unit, year, month, size):
    for n in range(1, size + 1):
        source, letters = rng.choice((("审计", "SJ"), ("巡察", "XC"), ("督查", "DC")))
        done = rng.random() < 0.4
        yield {"problem_no": f"{letters}-{year}-{n:03d}", "source": source,
               "problem_text": f"{_place_of(rng)}{rng.choice(('专项资金滞留', '项目档案管理不规范', '未按规定公开招标', '固定资产账实不符'))}，涉及{rng.choice(_ITEMS)}",
               "amount": _money(rng, 1, 500) if rng.random() < 0.6 else None, "responsible_unit": NAMES[rng.choice((*TOWNS, "zjj", "jtj", "nyj"))],
               "measure": rng.choice(_MEASURES), "due_date": _planned_month(rng, year, min(12, month + 3)),
               "status": "已完成" if done else rng.choice(("推进中", "基本完成", "未启动")),
               "evidence": rng.choice(("整改报告、凭证复印件", "会议纪要")) if done else None,
               "closed_date": Day(date(year, month, rng.randint(1, 27))) if done else None, "rebound": rng.choice(("否", "否", "是"))}


def _planned_month(rng, year, month):
    return Day(month_end(year, month), "month") if rng.random() < 0.5 else Day(date(year, month, rng.randint(1, 28)))


_INDICATORS = {"固定资产投资": "亿元", "到位资金": "亿元", "省外到位资金": "亿元", "实际使用外资": "万美元", "新签约项目数": "个", "开工项目数": "个", "投产项目数": "个"}


def _annual(rng, unit, year, month, size):
    whom = [unit] if size <= len(_INDICATORS) and unit not in ("fgj", "zsj") else [unit, *TOWNS]
    issued, number = Day(date(year, 1, rng.randint(5, 28))), f"临政发〔{year}〕{rng.randint(1, 20)}号"
    pairs = [(who, indicator) for who in whom for indicator in _INDICATORS]
    for who, indicator in sorted(rng.sample(pairs, min(size, len(pairs))), key=pairs.index):
        goal = _money(rng, 2, 60)
        if _INDICATORS[indicator] == "个":
            goal = Decimal(int(goal))
        yield {"department": NAMES[who], "indicator": indicator, "year": year, "target_value": goal,
               "target_unit": _INDICATORS[indicator], "stretch_value": rng.choice((None, goal * 11 / 10)), "issued_date": issued,
               "document_no": number}


_GOALS = (("产出", "数量指标", "道路养护里程", "≥", "公里"), ("产出", "数量指标", "培训人次", "≥", "人次"), ("产出", "质量指标", "验收合格率", "≥", "%"),
          ("产出", "时效指标", "资金拨付及时率", "≥", "%"), ("效益", "社会效益指标", "受益群众人数", "≥", "人"), ("效益", "可持续影响指标", "管护机制运行年限", "≥", "年"),
          ("满意度", "服务对象满意度指标", "服务对象满意度", "≥", "%"))


def _self_evaluation(rng, unit, year, month, size):
    plan = _money(rng, 50, 900)
    spent = (plan * rng.randint(70, 100) / 100).quantize(CENT)
    done = rate(spent, plan)
    head = {"programme_name": _place_of(rng) + rng.choice(_ITEMS), "competent_department": NAMES["czj"], "implementing_unit": NAMES[unit],
            "budget_initial": plan, "budget_adjusted": plan, "budget_executed": spent, "execution_rate_reported": done,
            "execution_weight": Decimal(10), "execution_score": (done / 10).quantize(CENT, ROUND_HALF_UP)}
    goals = _GOALS[:max(3, min(size, len(_GOALS)))]
    share = [Decimal(90 // len(goals))] * len(goals)
    share[0] += 90 - sum(share)
    for (one, two, three, sign, unit_word), weight in zip(goals, share):
        goal = rng.randint(80, 95)
        real = goal + rng.randint(0, 5)
        yield head | {"indicator_level1": one, "indicator_level2": two, "indicator_level3": three, "comparator": sign,
                      "target_value": str(goal), "indicator_unit": unit_word, "actual_value": str(real), "weight": weight,
                      "self_score": weight}


_MAKERS = {"key_project_monthly": _key_project, "investment_monthly": _investment, "budget_execution_monthly": _budget,
           "approval_case": _approval, "rectification": _rectification, "annual_target": _annual,
           "performance_self_evaluation": _self_evaluation}
