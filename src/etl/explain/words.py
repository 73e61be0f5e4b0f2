"""The words of explanations in both languages: key -> (Chinese, English)."""

from __future__ import annotations

from etl.texts.messages import SEVERITY_CODES, TEXT, VERDICT_CODES

WORDS: dict[str, tuple[str, str]] = {
    # kinds of statements
    "figure": ("指标", "figure"), "row": ("行", "row"), "formula": ("公式", "formula"), "fact": ("事实", "fact"),
    "line": ("数据行", "line"), "submission": ("报送", "submission"), "cell": ("单元格", "cell"), "issue": ("问题", "issue"),
    "slot": ("报送任务", "slot of the roster"), "nil": ("零报告", "nil return"), "file": ("文件", "file"),
    "register": ("站点名册", "register of the site"), "calendar": ("日历", "calendar"), "link": ("依据", "based on"),
    "group": ("归类", "group"), "lapsed": ("已被替代", "superseded"), "held": ("已隔离", "quarantined"),
    # details
    "value": ("值", "value"), "definition": ("口径", "definition"), "reason": ("空缺原因", "why blank"),
    "estimated": ("估计数占", "estimated share"), "partial": ("不全，缺", "partial, without"), "sent": ("原文", "as sent"), "understood": ("读作", "read as"),
    "version": ("第{n}版", "version {n}"), "verdict": ("结论", "verdict"), "counts": ("有效", "in force"),
    "superseded": ("不是有效版本", "not in force"), "sheet": ("工作表", "sheet"), "adds": ("计入", "adds"),
    "numerator": ("分子", "numerator"), "denominator": ("分母", "denominator"), "missing": ("缺", "missing"),
    "deadline": ("截止", "deadline"), "status": ("状态", "status"), "received": ("首次收到", "first received"),
    "and_more": ("……另有 {n} 项，加 --all 全部列出", "… {n} more, --all lists them"),
    "feeds": ("影响的指标", "figures that it feeds"), "nothing_at": ("{place} 不在任何数据行里", "{place} is in no data line"),
    "never_came": ("从未收到", "never came"), "counted_lines": ("逐行计数", "lines counted"),
    "nothing_owed": ("{what} 没有应报任务，也没有收到报送", "{what}: nothing was owed and nothing came"),
    "no_line_adds": ("没有数据行计入，逐行查看：", "no line adds to it; the lines looked at:"),
    "rows_found": ("符合的行：", "rows that match:"), "which_row": ("解释第几行", "explain which row"),
    "no_row": ("“{mart}”里没有同时含 {words} 的行。", "No row of {mart} holds {words}."),
    "too_many": ("有多行符合，请再加一个词，或用 --pick 选择。", "Several rows match: add a word, or choose with --pick."),
    # why a figure is blank
    "no_denominator": ("分母为零或空缺", "no denominator"), "no_base": ("没有上年同期数据", "no base a year before"),
    "new": ("上年同期为零", "base is 0"), "negative_base": ("上年同期为负", "base is negative"),
    "no_rate": ("缺汇率", "no exchange rate"), "no_result": ("尚无成效", "no result yet"),
    "incomplete": ("有一部分无法计算", "a part cannot be told"), "not_reported": ("没有上报", "not reported"),
    # states
    "published": ("已发布", "published"), "quarantined": ("已隔离", "quarantined"),
    "True": ("是", "yes"), "False": ("否", "no"), "column": ("列", "column"), "sentence": ("说明", "sentence"),
    "mart": ("主题表", "mart"), "measure": ("代码", "code"), "grain": ("层级", "level"),
    **{word: TEXT[word] for word in (*VERDICT_CODES, *SEVERITY_CODES)},
    "on_time": ("按时", "on time"), "late": ("迟报", "late"), "not_due": ("未到期", "not due"), "unexpected": ("不在应报清单", "not owed"),
    "unit": ("单位", "unit"), "township": ("乡镇", "township"), "category": ("类别", "category"), "level": ("级别", "level"),
    "industry": ("产业", "industry"), "introducing_unit": ("引进单位", "introducing unit"), "budget_unit": ("预算单位", "budget unit"),
    "fund_nature": ("资金性质", "fund nature"), "matter": ("事项", "matter"), "approving_unit": ("审批部门", "approving unit"),
    "source": ("来源", "source"), "responsible_unit": ("责任单位", "responsible unit"),
    "county": ("全县", "county"), "pick_mart": ("主题表", "mart"),
}


class Words:
    """Say a key in one language; what is no key is said as it is."""

    def __init__(self, lang: str) -> None:
        self.place = {"zh": 0, "en": 1}[lang]

    def __call__(self, key: str, **values: object) -> str:
        return WORDS[key][self.place].format(**values) if key in WORDS else key
