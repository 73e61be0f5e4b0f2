"""What stands over, under and beside a table, and on the other sheets of its book."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from tests.layouts.register import COUNTY, NAMES, TOWNS
from tests.layouts.sheet import Sheet
from tests.layouts.tables import YEARLY, Table, month_end
from tests.layouts.words import next_days, said_period

_WIDE = ("two columns away", "three columns away", "right, merged", "below, merged", "far right, merged")


def put_fact(sheet: Sheet, row: int, col: int, label: str, value, laid_out: str, width: int, look: str | None = None) -> tuple[int, int]:
    """A label and its value in one of the ways of clerks; answers the rows used and the first free column."""
    if laid_out == "far right, merged":
        col = max(col, width - 4)
        sheet.put(row, col, label + "：")
        sheet.put(row, col + 1, value, look)
        sheet.merge(row, col + 1, row, col + 3)
        return 1, col + 4
    if laid_out in ("below", "below, merged"):
        sheet.put(row, col, label)
        sheet.put(row + 1, col, value, look)
        if laid_out == "below, merged":
            sheet.merge(row, col, row, col + 1)
            sheet.merge(row + 1, col, row + 1, col + 1)
        return 2, col + 3
    apart = {"right": 1, "right, merged": 1, "two columns away": 2, "three columns away": 3, "right without colon": 1}.get(laid_out)
    if apart is None:
        if laid_out == "several labels in one cell":
            sheet.put(row, col, f"{label}：{value}（盖章）     填表人：张某     联系电话：0870-2120001")
            return 1, col + 6
        mark = {"half-width colon": ":", "no colon": " "}.get(laid_out, "：")
        sheet.put(row, col, f"{label}{mark}{value}")
        return 1, col + 2
    sheet.put(row, col, label if laid_out == "right without colon" else label + "：")
    sheet.put(row, col + apart, value, look)
    if laid_out == "right, merged":
        sheet.merge(row, col + 1, row, col + 2)
    return 1, col + apart + 2


@dataclass
class Cover:
    """All that is said above the table."""

    table: Table
    dress: dict[str, str]
    unit: str                               # as written
    title: str
    width: int
    rng: random.Random

    @property
    def yearly(self) -> bool:
        return self.table.form in YEARLY

    @property
    def period(self) -> str:
        return said_period(self.dress["period written"], self.table.year, self.table.month, self.yearly)

    def write(self, sheet: Sheet) -> int:
        """Write it from the first row on; answers the first free row."""
        row = self.before(sheet)
        if self.dress["title"] == "two lines, unit above":
            sheet.put(row, 0, COUNTY)
            row += 1
        row = self.titles(sheet, row)
        return self.facts(sheet, row)

    def before(self, sheet: Sheet) -> int:
        """Lines above the title."""
        row, above = 0, self.dress["above"]
        if "attachment" in above:
            sheet.put(row, 0, self.rng.choice(("附件1：", "附件", "附表2-1")))
            row += 1
        if above == "secret mark":
            sheet.put(row, 0, "内部资料，注意保存")
            row += 1
        if above == "document number":
            sheet.put(row, 0, f"临政办函〔{self.table.year}〕18号附件")
            row += 1
        return row

    def titles(self, sheet: Sheet, row: int) -> int:
        """The title in one line or several."""
        how, stands = self.dress["title"], self.dress["period stands"]
        if how == "none":
            return row
        said = self.title
        col = 2 if how == "offset" else 0
        if stands == "in the title, split over cells":
            start = said.index(self.period) if self.period in said else 0
            parts = [p for p in (said[:start], self.period, said[start + len(self.period):]) if p]
            if self.dress["period written"] in ("2024年1月", "2024年01月", "2024年1月份") and self.period in said:
                year, month = self.period.split("年")
                parts = [p for p in (said[:start], year + "年", month, said[start + len(self.period):]) if p]
            for i, part in enumerate(parts):
                sheet.put(row, col + 2 * i, part)
            row += 1
        elif how == "county in its own cell" and said.startswith(COUNTY):
            sheet.put(row, 0, COUNTY)
            sheet.put(row, 1, said[len(COUNTY):])
            row += 1
        elif how == "two lines" and len(said) > 8:
            cut = max(6, len(said) // 2)
            at = said.find(self.period)
            if 0 <= at < cut < at + len(self.period):
                cut = at + len(self.period)
            sheet.put(row, col, said[:cut])
            sheet.put(row + 1, col, said[cut:] or "（汇总）")
            row += 2
        elif how == "three lines":
            sheet.put(row, 0, "2024年县级重点工作调度材料" if self.table.year == 2024 else "县级重点工作调度材料")
            sheet.put(row + 1, 0, said)
            sheet.put(row + 2, 0, "（初步数）")
            row += 3
        else:
            sheet.put(row, col, "  ".join(said) if how == "spaced letters" and not any(c.isdigit() for c in said) else said)
            if how == "merged":
                sheet.merge(row, col, row, self.width - 1)
            row += 1
        if stands == "in the title's second line":
            sheet.put(row, self.width // 2, self.rng.choice((f"（{self.period}）", self.period)))
            row += 1
        if stands == "beside the title" and how != "merged":
            sheet.put(row - 1, max(2, self.width - 2), f"（{self.period}）")
        elif stands == "beside the title":
            sheet.put(row, self.width - 2, self.period)
            row += 1
        if stands == "with the unit under the title":
            sheet.put(row, self.rng.choice((0, self.width // 2)), f"{NAMES[self.table.unit]}  {self.period}")
            row += 1
        if stands == "date cell beside the title":
            sheet.put(row - 1, self.width - 1, month_end(self.table.year, self.table.month), 'yyyy"年"m"月"')
        if self.dress["filing date"] == "in the title line" and how not in ("merged",):
            day = next_days(self.table.year, self.table.month, 5)
            sheet.put(row - 1, max(3, self.width - 1), f"（{day.year}年{day.month}月{day.day}日填报）")
        return row

    def facts(self, sheet: Sheet, row: int) -> int:
        """Unit, period, unit of money and others; wide arrangements have rows of their own."""
        dress, high = self.dress, 0
        if dress["money unit stands"] == "in the instruction" and self.has_money:
            sheet.put(row, 0, f"说明：本表金额单位均为{dress['money unit']}，保留两位小数，没有的填0。")
            row += 1
        if dress["above"] in ("instruction", "long instruction", "attachment and instruction"):
            text = "填表说明：请于每月5日前报送，数据与统计口径一致。"
            if dress["above"] == "long instruction":
                text += ("金额填到小数点后两位；项目名称与立项批复一致；没有发生的填0；"
                         "本表由单位主要负责人审签后报送，逾期按未报处理，联系人见通知。")
            sheet.put(row, 0, text)
            row += 1
        col = 0
        in_line = dress["period laid out"] == "in a line with the unit" and dress["period stands"] == "on the cover"
        if dress["unit stands"] == "on the cover":
            if in_line:
                gap = "      "
                money = f"{gap}单位：{dress['money unit']}" if dress["money unit stands"] == "in the cover line" else ""
                sheet.put(row, 0, f"{dress['unit label']}：{self.unit}{gap}{dress['period label']}：{self.period}{money}")
                high, col = 1, 6
            else:
                high, col = put_fact(sheet, row, 0, dress["unit label"], self.unit, dress["unit laid out"], self.width)
        elif in_line:
            high, col = put_fact(sheet, row, 0, dress["period label"], self.period, "same cell", self.width)
        if dress["others on the cover"] != "none":
            row, high, col = row + high, 0, 0
            row = self.others(sheet, row)
        if dress["period stands"] == "month on the cover, year in the title":
            if col + 4 > self.width:
                row, high, col = row + high, 0, 0
            sheet.put(row, col, self.rng.choice((f"月份：{self.table.month}月", f"报告月份：{self.table.month}", f"{self.table.month}月份")))
            high, col = max(high, 1), col + 3
        if dress["period stands"] == "on the cover" and not in_line:
            if col + 6 > self.width or dress["period laid out"] in ("far right, merged", "year over month in one column"):
                row, high, col = row + high, 0, 0
            used, col = self.cover_period(sheet, row, col)
            high = max(high, used)
        if dress["filing date"] in ("beside the cover", "date cell on the cover"):
            if col + 4 > self.width:
                row, high, col = row + high, 0, 0
            day = next_days(self.table.year, self.table.month, self.rng.randint(2, 9))
            if dress["filing date"] == "beside the cover":
                sheet.put(row, col, f"填报日期：{day.year}年{day.month}月{day.day}日")
            else:
                sheet.put(row, col, "填报日期：")
                sheet.put(row, col + 1, day)
            high, col = max(high, 1), col + 3
        row = self.figures(sheet, self.money(sheet, row, high, col))
        if dress["second list"] != "none" and dress["second list stands"] == "above the table":
            row = second_list(sheet, row, dress["second list"], self.table, self.rng) + 1
        return row

    def figures(self, sheet: Sheet, row: int) -> int:
        """Figures of the whole above the list."""
        how, n = self.dress["figures above"], len(self.table.lines)
        if how == "sentence":
            sheet.put(row, 0, f"截至{self.table.month}月底，共有项目{n}个，计划总投资{n * 1234}万元，占年度任务的{n}.5%，总体进展顺利。")
            return row + 1
        if how == "none":
            return row
        sheet.row(row, ["项目个数", "计划总投资", "本月完成投资", "开工率"])
        sheet.row(row + 1, [n, n * 1234, n * 56, "85%"])
        if how.endswith("two rows"):
            sheet.row(row + 2, [n - 1, n * 1200, n * 50, "80%"])
        return row + (4 if how.endswith("two rows") else 3)

    def money(self, sheet: Sheet, row: int, high: int, col: int) -> int:
        """The note of the unit of money where it stands above the table."""
        stands, word = self.dress["money unit stands"], self.dress["money unit"]
        if stands in ("note at the right", "note, label and value apart", "note in brackets", "in the cover line", "note of several units", "bare bracket",
                      "of the people") and self.has_money:
            if stands == "in the cover line" and self.dress["period laid out"] == "in a line with the unit" \
                    and self.dress["unit stands"] == self.dress["period stands"] == "on the cover":
                return row + high
            if col + 2 > self.width:
                row, high, col = row + high, 0, 0
            at = max(col, self.width - 2)
            if stands == "note, label and value apart":
                sheet.put(row, at, "金额单位：")
                sheet.put(row, at + 1, word)
            else:
                sheet.put(row, at, {"note in brackets": f"（单位：{word}）", "note of several units": f"单位：{word}、个、%", "bare bracket": f"（{word}）",
                                    "of the people": f"金额单位：人民币{word}"}.get(stands, f"单位：{word}"))
            high = max(high, 1)
        return row + high

    @property
    def has_money(self) -> bool:
        return self.table.form not in ("approval_case", "annual_target")

    def others(self, sheet: Sheet, row: int) -> int:
        """Units and papers that are not the sender's."""
        how = self.dress["others on the cover"]
        said = {"competent unit": ["主管单位：县委办公室"], "copy to": ["抄送：县政府办公室、县统计局"], "maker of the form": [f"制表机关：{COUNTY}统计局"],
                "contact": ["联系人：张某", "联系电话：0870-2120001"], "form number": [f"表    号：临重{self.rng.randint(1, 9)}表", f"制定机关：{COUNTY}统计局"]}
        said |= {"addressee": ["报：县政府办公室", "送：县统计局"], "received stamp": [f"收文日期：{next_days(self.table.year, self.table.month, 8)}"]}
        if how == "pairs in two rows":
            sheet.row(row, ["联系人", "张某", "联系电话", "0870-2120001", "传真", "无"])
            sheet.row(row + 1, ["分管领导", "赵某", "单位地址", "县城东路1号"])
            return row + 2
        texts = said.get(how) or ["主管单位：县委办公室", f"制表机关：{COUNTY}统计局", "联系人：张某"]
        for i, text in enumerate(texts):
            sheet.put(row, 3 * i, text)
        return row + 1

    def cover_period(self, sheet: Sheet, row: int, col: int) -> tuple[int, int]:
        """The period under its label; or the year and the month each under its own."""
        how, year, month = self.dress["period laid out"], self.table.year, self.table.month
        label = self.dress["period label"]
        if how in ("报告年份 and 报告月份", "年度 and 月份"):
            first, second = how.split(" and ")
            sheet.row(row, [first, year, second, month], col)
            return 1, col + 5
        if how == "year and month apart":
            sheet.row(row, [label + "：", f"{year}年", f"{month}月"], col)
            return 1, col + 4
        if how == "year over month in one column":
            sheet.row(row, [self.rng.choice(("年度", "报告年份", "年份")), year], col)
            sheet.row(row + 1, [self.rng.choice(("月份", "报告月份")), month], col)
            return 2, col + 3
        if how == "year and month below their labels":
            sheet.row(row, ["年份", "月份"], col)
            sheet.row(row + 1, [year, month], col)
            return 2, col + 3
        if how.startswith("date cell"):
            day = date(year, month, 1) if how.endswith("first day") else month_end(year, month)
            look = 'yyyy"年"m"月"' if how.endswith("month") else self.rng.choice(("yyyy-mm-dd", "yyyy/m/d", 'yyyy"年"m"月"d"日"'))
            return put_fact(sheet, row, col, label, day, "right", self.width, look)
        if how == "number 202401":
            return put_fact(sheet, row, col, label, year * 100 + month, "right", self.width)
        return put_fact(sheet, row, col, label, self.period, how, self.width)


# --- below -----------------------------------------------------------------------------------------------------------

def write_foot(sheet: Sheet, row: int, table: Table, dress: dict[str, str], unit: str, width: int, rng: random.Random) -> int:
    """Notes, unit in the foot and sign-off; answers the first free row."""
    notes = {"none": [], "one": ["注：本表数据以统计部门核定数为准。"],
             "several rows": ["注：1.项目名称与立项批复一致；", "2.本月完成投资不得为负数；", "3.上年结转项目一并填列。"],
             "marked with *": ["*为省级重点项目", "**为新增项目"], "several under 备注": ["备注：", "（1）资料另附；", "（2）逾期项目已约谈。"],
             "numbered without a mark": ["1.本表按月报送。", "2.数据截至月末。"], "in a later column": [None, "说明：累计数含补报。"]}[dress["notes below"]]
    if dress["money unit stands"] == "note below":
        notes = [f"注：本表金额单位为{dress['money unit']}。", *notes]
    for note in notes:
        if dress["notes below"] == "in a later column":
            sheet.put(row, 2, note)
        else:
            sheet.put(row, 0, note)
        row += 1
    if dress["unit stands"] == "in the foot":
        used, _ = put_fact(sheet, row, 0, dress["unit label"], unit, dress["unit laid out"], width)
        row += used
    return _sign_off(sheet, row, table, dress, width)


def _sign_off(sheet: Sheet, row: int, table: Table, dress: dict[str, str], width: int) -> int:
    day = next_days(table.year, table.month, 4)
    dated = dress["filing date"] == "in the sign-off"
    when = f"{day.year}年{day.month}月{day.day}日"
    pairs = [("填报人", "张某"), ("审核人", "李某"), ("负责人", "王某"), *([("填报日期", when)] if dated else [])]
    how = dress["sign-off"]
    if how == "none":
        return row
    if how == "one line":
        sheet.put(row, 0, "    ".join(f"{label}：{value}" for label, value in pairs))
        return row + 1
    if how == "stacked":
        for i, (label, value) in enumerate(pairs):
            sheet.put(row + i, 0, f"{label}：{value}")
        return row + len(pairs)
    if how == "label over value":
        sheet.row(row, [label for label, _ in pairs], 1)
        sheet.row(row + 1, [value for _, value in pairs], 1)
        return row + 2
    if how == "two rows":
        sheet.put(row, 0, "单位负责人（签字）：王某          分管领导：赵某")
        sheet.put(row + 1, 0, "填报人：张某" + (f"          填报日期：{when}" if dated else ""))
        return row + 2
    if how in ("date alone at the right", "date cell alone"):
        sheet.put(row, 0, "填报人：张某    审核人：李某")
        sheet.put(row + 1, max(3, width - 3), day if how == "date cell alone" else when)
        return row + 2
    if how == "handwritten blanks":
        sheet.put(row, 0, "填报人：________  审核人：________  负责人（签章）：________" + (f"  填报日期：{when}" if dated else ""))
        return row + 1
    at = max(0, width // 2 - 3) if how == "in the middle" else 0
    for i, (label, value) in enumerate(pairs):
        mark = "" if how == "without colons" else "："
        sheet.put(row, at + 2 * i, label + mark)
        sheet.put(row, at + 2 * i + 1, value)
    return row + 1


def second_list(sheet: Sheet, row: int, kind: str, table: Table, rng: random.Random, stands: str = "below at the left") -> int:
    """A list of other things under the table, or over it; answers the first free row."""
    if stands == "two of them":
        row = second_list(sheet, row, kind, table, rng)
        kind = rng.choice(("attendees", "codes", "new projects", "monthly figures"))
    rows: list[list] = {
        "attendees": [["参加调度会人员名单"], ["序号", "姓名", "单位", "职务", "电话"], [1, "张某", "县政府办", "副主任", "13900000001"],
                      [2, "李某", "县发改局", "局长", "13900000002"], [3, "王某", NAMES[TOWNS[0]], "镇长", "13900000003"]],
        "task force": [["工作专班成员"], ["组别", "组长", "成员单位"], ["综合协调组", "张某", "县政府办、县发改局"], ["要素保障组", "李某", "县自然资源局、县住建局"]],
        "new projects": [["本月新增项目清单"], ["序号", "项目名称", "计划总投资", "备注"], [1, "东门农贸市场二期", 1200, "拟4月开工"], [2, "南屏冷链物流园", 5600, "正在立项"]],
        "codes": [["乡镇代码对照表"], ["代码", "乡镇名称"], *[[f"5399271{i:02d}", NAMES[t]] for i, t in enumerate(TOWNS[:5])]],
        "contacts without title": [["姓名", "职务", "联系电话"], ["张某", "办公室主任", "0870-2120001"], ["李某", "业务科长", "0870-2120002"]],
        "problems": [["需县级协调解决的问题"], ["序号", "问题", "责任单位", "完成时限"], [1, "用地指标不足", "县自然资源局", "2024年6月"],
                     [2, "进场道路未打通", "县交通局", "2024年5月"]],
        "summary by township": [["分乡镇汇总"], ["乡镇", "项目个数", "计划总投资", "本月完成投资"], *[[NAMES[t], i + 2, 1000 * (i + 1), 50 * (i + 1)] for i, t in enumerate(TOWNS[:4])],
                                ["合计", 14, 10000, 500]],
        "problems of projects": [["项目推进中存在的问题"], ["序号", "项目名称", "存在问题", "责任单位", "备注"],
                                 [1, "南屏冷链物流园", "进场道路未打通", "县交通局", "已调度"], [2, "东门农贸市场二期", "用地指标不足", "县自然资源局", None]],
        "new projects, many columns": [["本月新增入库项目"], ["序号", "项目名称", "建设单位", "所属乡镇", "计划总投资", "备注"],
                                       [1, "南屏冷链物流园", f"{COUNTY}汇川物流有限公司", NAMES[TOWNS[1]], 5600, "正在立项"]],
        "monthly figures": [["历月完成情况"], ["月份", "完成投资", "累计完成"], *[[f"{m}月", 300 + 17 * m, 300 * m] for m in range(1, 9)]],
        "long instructions": [["填表说明"], ["1.“项目名称”按立项批复填写；"], ["2.“计划总投资”按批复概算填写，单位为万元；"], ["3.“本月完成投资”不含土地费用；"],
                              ["4.项目阶段分为谋划、在谈、签约、落地、开工、在建、竣工、投产；"], ["5.本表于次月5日前报县发改局。"]],
        "head of the unit signs": [["单位负责人意见："], ["同意上报。"], [None, None, None, "（签字盖章）"], [None, None, None, "年    月    日"]],
        "legend": [["代码说明"], ["A", "正常推进"], ["B", "进度滞后"], ["C", "停工"]],
    }[kind]
    row += 0 if stands == "at once below" else rng.choice((1, 1, 2)) if kind != "legend" else 1
    first = rng.randint(1, 4) if stands == "indented" else 0
    for r, values in enumerate(rows):
        sheet.row(row + r, values, first)
    return row + len(rows)


def beside(sheet: Sheet, top: int, right: int, kind: str) -> None:
    """Something at the right of the table, a blank column away."""
    rows = {"codes at the right": [["代码", "乡镇"], *[[i + 1, NAMES[t]] for i, t in enumerate(TOWNS[:5])]],
            "legend at the right": [["图例"], ["绿：正常"], ["黄：滞后"], ["红：停工"]],
            "calculation at the right": [["核对"], [Decimal("1234.5")], [Decimal(1230)], [Decimal("4.5")]]}[kind]
    for r, values in enumerate(rows):
        sheet.row(top + r, values, right + 2)


# --- other sheets ----------------------------------------------------------------------------------------------------

def extra_sheets(kind: str, table: Table, rng: random.Random) -> tuple[list[Sheet], list[Sheet]]:
    """Sheets before and after the table's own."""
    if kind == "explanations":
        page = Sheet("填表说明")
        for r, text in enumerate(("填表说明", "一、本表由各乡镇、各部门按月报送。", "二、金额单位为万元，保留两位小数。", "三、项目代码为24位投资项目在线审批监管平台代码。",
                                  "四、报送时间：次月5日前；联系人：张某。")):
            page.put(r, 0, text)
        return [], [page]
    if kind == "empty sheets":
        return [], [Sheet("Sheet2"), Sheet("Sheet3")]
    if kind == "contents first":
        page = Sheet("目录")
        for r, values in enumerate((["目  录"], ["序号", "表名", "页码"], [1, "汇总表", 1], [2, "明细表", 2])):
            page.row(r, values)
        return [page], []
    if kind == "county summary":
        page = Sheet("全县汇总")
        page.put(0, 0, f"{COUNTY}{said_period('2024年1月', table.year, table.month)}重点项目汇总表")
        page.row(1, ["乡镇", "项目个数", "计划总投资", "本年计划投资", "本月完成投资", "本年累计完成投资", "投资完成率"])
        for r, town in enumerate(TOWNS):
            page.row(2 + r, [NAMES[town], r + 3, 12000 + r, 5000 + r, 300 + r, 900 + r, "18%"])
        page.row(2 + len(TOWNS), ["合计", 63, 108036, 45036, 2736, 8136, "18%"])
        return rng.choice((([page], []), ([], [page])))
    if kind == "numbers for a chart":
        page = Sheet("Sheet2")
        page.row(0, ["月份", "完成投资", "同比"])
        for m in range(1, 7):
            page.row(m, [f"{m}月", 1000 + 37 * m, Decimal(m) / 10])
        return [], [page]
    if kind == "summary like the form":
        page = Sheet("汇总表")
        page.put(0, 0, f"{COUNTY}重点项目分乡镇汇总表")
        page.row(1, ["序号", "所属乡镇", "项目个数", "计划总投资", "本年计划投资", "本月完成投资", "本年累计完成投资", "自开工累计完成投资", "投资完成率", "备注"])
        for r, town in enumerate(TOWNS):
            page.row(2 + r, [r + 1, NAMES[town], r + 3, 12000 + r, 5000 + r, 300 + r, 900 + r, 2000 + r, "18%", None])
        page.row(2 + len(TOWNS), ["合计", None, 63, 108036, 45036, 2736, 8136, 18036, "18%"])
        return rng.choice((([page], []), ([], [page])))
    if kind == "old table named 模板":
        page = Sheet("模板")
        page.put(0, 0, "重点项目月报表（模板，请勿填写）")
        page.row(1, ["序号", "项目名称", "建设单位", "责任单位", "所属乡镇", "计划总投资"])
        return [], [page]
    return [], []


def days_after(day: date, n: int) -> date:
    """A date some days later."""
    return day + timedelta(days=n)
