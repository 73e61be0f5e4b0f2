"""The fixed words of replies in both languages, as data: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Callable

from etl.texts import messages

TEXT: dict[str, tuple[str, str]] = {
    "issue_sheet": ("审核意见", "Review"),
    "issue_title": ("审 核 意 见", "Review of a submission"),
    "letter_title": ("审核回执", "Receipt of review"),
    "unit": ("报送单位", "Unit"), "form": ("报表", "Form"), "period": ("所属期", "Period"), "file": ("文件", "File"),
    "received": ("收到时间", "Received"), "verdict": ("审核结论", "Verdict"), "day": ("回执日期", "Date"),
    "unknown": ("未能识别", "not recognised"),
    "counts": ("错误 {error}，警告 {warning}，提示 {info}", "{error} errors, {warning} warnings, {info} notes"),
    "lines": ("数据 {lines} 行，其中 {held} 行有错误、暂不采用", "{lines} lines, {held} of them held back"),
    # columns of the issue sheet
    "number": ("序号", "No."), "severity": ("严重程度", "Severity"), "rule": ("规则", "Rule"),
    "sheet": ("工作表", "Sheet"), "cell": ("单元格", "Cell"), "value": ("内容（报的）", "As sent"),
    "expected": ("应为", "Expected"), "advice": ("怎样修改", "How to mend"),
    "explanation": ("说明（单位填写）", "Explanation (by the unit)"),
    "places": ("{rule}（{count} 处）", "{rule} ({count} places)"),
    "whole_file": ("整份文件", "whole file"), "blank": ("（空白）", "(blank)"), "line": ("第 {row} 行", "row {row}"),
    "no_issues": ("没有发现问题。", "No issues were found."),
    "not_listed": ("还有 {count} 处没有列出，原表中已全部标出。", "{count} more are not listed; all are marked in the sheets."),
    "folded": ("还有 {count} 处警告折叠在上面隐藏的行里，在该组第一行写一次说明即可；原表中已全部标出。",
               "{count} more warnings are folded into the hidden rows above: one reason in the group's first row answers all; all are marked."),
    # what counts now
    "all_counts": ("本次报送的 {lines} 行数据已全部采用。", "All {lines} lines of this submission count."),
    "nil_counts": ("本次报送没有数据行（零报告），已登记。", "A submission without lines (nil return); it is on record."),
    "part_counts": ("本次报送 {lines} 行数据，已采用 {kept} 行；其余 {held} 行有错误，改正前不计入汇总。",
                    "Of {lines} lines {kept} count; {held} have errors and stay out of the totals until they are mended."),
    "other_counts": ("本次报送没有采用，目前仍以“{instead}”为准。", "This submission does not count; “{instead}” still does."),
    "replaced": ("本次报送已被后来的“{instead}”替代。", "This submission was replaced by “{instead}”."),
    "nothing_counts": ("本次报送没有采用，{period}目前没有有效数据。", "This submission does not count, so {period} has no data yet."),
    # what to do
    "mend_by": ("请在 {deadline} 前改正标为“错误”的内容，并把整份文件重新报送（不要只报改动的行）。",
                "Mend what is marked as an error and send the whole file again by {deadline}."),
    "mend": ("请尽快改正标为“错误”的内容，并把整份文件重新报送（不要只报改动的行）。",
             "Mend what is marked as an error and send the whole file again."),
    "send_by": ("请在 {deadline} 前按上述意见重新报送。", "Send it again by {deadline}."),
    "send": ("请尽快按上述意见重新报送。", "Send it again."),
    "explain": ("标为“警告”的内容请核对：有误的改正；确属实情的，在“审核意见”工作表的“说明”列写明原因，随文件报回。数字不变，说明一直有效。",
                "Look at each warning: mend it, or write the reason into the column Explanation of the sheet Review and send "
                + "it back. A reason holds as long as the figure stays."),
    "reason_lapsed": ("上次的说明“{reason}”因数字已改，不再适用；如仍有原因，请重新说明。",
                      "The earlier reason “{reason}” no longer applies because the figure has changed; give it again where there still is one."),
    "no_reason": ("上次在“说明”里只写了“{reason}”，没有写原因，不能采用。", "Only “{reason}” was written as a reason; that is none and was not taken."),
    "name_column": ("确是本表某一列的，也可在“说明”里写明是哪一列，例如：是{header}。数据组确认后，以后照此读入。",
                    "Where it is a column of the form, the explanation may name it; once the data team has confirmed that, it is read so."),
    "nothing_to_do": ("不需要再做什么。", "Nothing is left to do."),
    "how_marked": ("原表中的问题单元格已涂色并加批注：浅红是错误，黄色是警告，浅蓝是提示。点“单元格”一列可跳到原处。",
                   "Cells are filled and commented: pink for errors, yellow for warnings, pale blue for notes. Click a cell's name to go there."),
    "contact": ("咨询：{contact}", "Questions: {contact}"),
    "contact_default": ("县数据组", "the county data team"),
    # what a copy could not keep
    "original_kept": ("本文件是在原表副本上标注的，原件未作任何改动。", "The marks stand in a copy; the original was not touched."),
    "lost": ("副本中没有保留：{things}。请在自己的原文件上改正。", "The copy lacks: {things}. Mend your own file."),
    "rebuilt": ("原文件是{kind}格式，以下按原样位置抄录了数值，便于对照；请在自己的原文件上改正。",
                "The values were copied cell by cell from {kind}; mend your own file."),
    "rebuilt_odd": ("原文件的格式较特殊，不便直接标注，以下按原样位置抄录了数值；请在自己的原文件上改正。",
                    "The file could not be marked itself; its values were copied cell by cell. Mend your own file."),
    "not_shown": ("原表没有附上（文件打不开，或过大），请对照自己的文件改正。", "The sheets are not shown here; look at your own file."),
    "picture": ("图片", "pictures"), "shape": ("文本框和图形", "text boxes and shapes"), "control": ("表单控件", "form controls"),
    "slicer": ("切片器", "slicers"), "thread": ("会话式批注的往来", "threads of comments"), "macro": ("宏", "macros"),
    "object": ("嵌入对象", "embedded objects"), "connection": ("外部数据连接", "data connections"),
    "extension": ("迷你图或新版条件格式、数据验证", "sparklines, newer conditional formats and validations"),
    "live": ("会调用外部程序的公式（已改成文字）", "formulas that call other programs (turned into text)"),
    "comment_head": ("———— 审核意见 ————", "———— Review ————"),
    # letter and index
    "important": ("主要问题", "What matters most"), "now": ("目前的效力", "What counts now"), "todo": ("需要做什么", "What to do"),
    "where": ("位置", "Where"), "problem": ("问题", "Issue"), "many": ("（共 {count} 处）", " ({count} places)"),
    "more_groups": ("另有 {count} 类问题，见标注后的工作簿。", "{count} more kinds of issues: see the marked workbook."),
    "see_workbook": ("逐条意见和标注见同一文件夹中的“{name}”。", "Every issue is listed and marked in “{name}” beside this page."),
    "letter_number": ("编号", "No."), "copies": ("抄送", "Copies to"), "phone": ("联系电话", "Telephone"),
    "seal": ("（盖章）", "(seal)"), "received_by": ("签收单位（盖章）", "Received by (seal)"), "signed_by": ("签收人", "Signature"),
    "received_on": ("签收日期", "Date"),
    # to the unit whose name stands in a file under another unit
    "notice_title": ("告知单", "Notice"), "misplaced": ("在别的单位名下", "under another unit"),
    "notice": ("有一份以你单位名义填报的文件放在了{holder}的名下（{where}），没有计入任何单位。是你单位的请自行报送；不是的不必处理。",
               "A file filled in in your name lies under {holder} ({where}); it was counted for no unit. "
               + "If it is yours, send it yourself; if it is not, nothing is left to do."),
    "notice_sheet": ("文件“{file}”，工作表“{sheet}”，单元格 {cell}", "file “{file}”, sheet “{sheet}”, cell {cell}"),
    "notice_cell": ("文件“{file}”，单元格 {cell}", "file “{file}”, cell {cell}"),
    "notice_file": ("文件“{file}”", "file “{file}”"),
    "index_title": ("审核回执目录", "Replies"), "index_letter": ("回执", "letter"), "index_workbook": ("标注后的工作簿", "marked workbook"),
}


def speaker(lang: str) -> Callable[..., str]:
    """A function that says a key in one language; verdicts and severities as everywhere else in luodi."""
    place = {"zh": 0, "en": 1}[lang]
    shared = messages.speaker(lang)

    def say(key: str, /, **values: object) -> str:
        return TEXT[key][place].format(**values) if key in TEXT else shared(key, **values)

    return say


def period_name(period: str | None, lang: str) -> str:
    """2024-03 as people write it: 2024年3月; English keeps the code."""
    if not period:
        return TEXT["unknown"][lang == "en"]
    if lang == "en":
        return period
    year, _, part = period.partition("-")
    if not part:
        return f"{year}年"
    if part.startswith("Q"):
        return f"{year}年{'一二三四'[int(part[1]) - 1]}季度"
    if part.startswith("H"):
        return f"{year}年{'上下'[int(part[1]) - 1]}半年"
    return f"{year}年{int(part)}月"
