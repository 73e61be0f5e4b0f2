"""What assessors read, in English: the Chinese text -> its English. Chinese is what the code says; this is the option."""

from __future__ import annotations

from collections.abc import Callable

from etl.texts.messages import SEVERITY_CODES, TEXT, VERDICT_CODES

ENGLISH: dict[str, str] = {
    # codes of the marts (words.py)
    "可用": "fit", "有保留": "with reservations", "不可用": "not fit",
    **dict(TEXT[word] for word in (*VERDICT_CODES, *SEVERITY_CODES)),
    "绿色督办单": "green notice", "黄色督办单": "yellow notice", "红色督办单": "red notice", "红榜": "red list (honours)", "黑榜": "black list",
    "免试清单": "exempt list", "负面清单": "negative list", "问题整改": "rectification",
    "待审定": "proposed", "已发出": "released", "不予发出": "refused", "已回复": "replied", "已认可": "accepted by the assessor", "已销号": "closed",
    "重新打开": "reopened", "处置中": "in hand", "超期": "overdue", "待核验": "to be verified", "未改正": "open", "已说明": "explained",
    "说明失效": "explanation lapsed", "已豁免": "waived", "已批准更正": "correction approved", "未裁定": "unsettled", "有分割证明": "certified",
    "已裁定": "ruled", "同一项目": "same project", "不同项目": "different projects", "疑似同一项目": "perhaps one project",
    "归一家": "one owner", "分割": "split", "不予认定": "claim refused",
    "未报或未通过": "missing or not accepted", "未到期": "not due", "不承担": "not owed", "没有目标": "no target", "没有分母": "no denominator",
    "没有核定分": "not verified", "数据不可用": "data not fit", "不参加": "left out", "可计分项太少": "too few points", "一票否决": "vetoed",
    "连续两期落后时序": "behind for two periods", "本期亮第二色": "second colour", "到期未开工": "start missed", "本期亮最差色": "worst colour",
    "连续两期第二色": "second colour twice running", "到期未开工三期以上": "start missed three periods or more", "逾期报送": "late", "未报": "missing",
    "同一错误再次出现": "same error again", "季度前列": "top of the quarter", "季度末位且落后时序": "last of the quarter and behind time", "连续两年末位": "last two years running",
    "红色督办单逾期": "red notice past due", "督办单逾期或反复": "notice unanswered or reopened", "年度目标全部达到": "all targets reached",
    "问题台账": "register of problems", "有错误": "has an error", "命中重点规则（P15、P21、P36）": "hit by P15, P21 or P36", "随机抽取": "drawn by lot",
    "已计分": "scored", "计分（注明）": "scored, flagged", "等待": "waits", "只列条件": "condition shown", "注明": "flagged",
    "是": "yes", "暂定": "provisional", "全县": "the county", "全部报表": "all forms",
    # titles and how to read a sheet
    "各单位一览": "Units at a glance",
    "先看这一张：数据能不能用、还有多少没改、得分和名次（试算是不等待不可用数据时的分数和名次）。":
        "Start here: are the data fit, how much is open, score and place (provisional: as if data that are not fit counted).",
    "可用性结论": "Fitness", "数据能不能作为考核依据：不可用的指标等待，不给分也不给零分。":
        "Can the data be judged? What is not fit waits: no points and no zero.",
    "可用性指标": "Figures of fitness", "绿可用，黄有保留，红不可用。界限：{limits}。": "Green fit, yellow with reservations, red not fit. Limits: {limits}.",
    "（有保留 {low}）": " (with reservations {low})", "；": "; ",
    "问题汇总": "Issues by rule", "有效报送里的问题，按单位和规则。": "Issues of submissions in force, by unit and rule.",
    "问题明细": "Issues", "每个问题在哪个文件、哪张表、哪个单元格；点位置可打开随包的原始文件。":
        "File, sheet and cell of every issue; a place opens the original that comes with the pack.",
    "屡次发生": "Again and again", "改了又犯、一直不改的问题，历次报送一起看。": "What returned after it was mended, or was never mended, over all submissions.",
    "说明与豁免": "Answers", "单位的说明、批准的更正、豁免和裁定：谁、为什么、什么时候。": "Explanations, approved corrections, waivers and rulings: who, why, when.",
    "可疑情况": "Suspicious", "数字本身读得懂，但像是重复、凑数、倒推或夸大；需要人来看。":
        "Figures that can be read but look doubled, rounded up, worked backwards or inflated; for a person to look at.",
    "重复申报": "Claims", "一个项目被几家申报，怎样裁定，各认多少；疑似的列出支持和反对的证据。":
        "Projects that several units report, what was ruled, what each is credited; candidates with the evidence for and against.",
    "得分与排名": "Scores and places", "同组单位比较；名次是暂定的，直到应到的单位都有可用的数。未参加排名的写明原因。":
        "Within groups; provisional until every expected unit has a figure. Who is not ranked is listed with the reason.",
    "得分由来": "How scores came about", "每项指标的数、用的目标版本、算式和得分；等待的不给分也不给零分。":
        "Figure, version of the target, working and points of every indicator; what waits has no points and no zero.",
    "目标变动": "Targets changed", "改过的年度目标，每一版都在；调低的要看文号和日期。": "Every version of targets that changed; of a lowered one look at document and date.",
    "自评与重算": "Self-scores recomputed", "自评得分旁边是按计分办法重算的得分，以及核定得分（有的话）。":
        "The self-score beside the score recomputed by the scheme, and the verified one where there is one.",
    "隔离的行": "Held lines", "因错误没有计入的数据行：改正重报后才计入。": "Lines that errors hold back; they count once they are corrected and sent again.",
    "督办与榜单": "Notices and lists", "系统按规则提出，由人审定发出：没有发出人的只是建议。":
        "Proposed by rules, released by people: without a releaser it is a proposal.",
    "抽查名单": "Sample to visit",
    "现场核查用：有错误的、命中 P15 P21 P36 的全部列入，其余随机抽 {share}%（种子“{seed}”，同一种子每次抽到的相同）。风险分越高越先查。":
        "For checks on site: all with an error or hit by P15, P21, P36, and {share}% of the others by lot (seed “{seed}”: the same seed draws the same). Highest risk first.",
    "报送版本": "Versions", "本期收到的每一份报送和它的指纹（SHA-256 前16位）；有效的一份进入汇总。":
        "Every submission received, with the first 16 digits of its SHA-256; the one in force counts.",
    # headings
    "分组": "Group", "单位": "Unit", "数据": "Data", "报齐率%": "Complete %", "及时率%": "On time %", "得分": "Score", "名次": "Place", "等级": "Grade",
    "试算": "Provisional", "试算得分": "Provisional score", "试算名次": "Provisional place", "主要原因": "Main reasons", "报表": "Form", "结论": "Verdict", "原因": "Reason",
    "可改正至": "Until", "规则": "Rule", "程度": "Severity", "个数": "Number", "涉及行": "Lines", "涉及报表": "Forms", "位置": "Place in the file", "所报": "As sent",
    "应为": "Expected", "状态": "State", "说明": "What is wrong", "涉及记录": "Records", "出现次数": "Times", "连续重犯": "Repeated", "改后又犯": "Returned",
    "仍在": "Standing", "已改": "Mended", "最近一次": "Last seen", "理由": "Reason given", "谁": "Who", "时间": "When", "记在": "Written in", "对照": "Compared with",
    "项目": "Project", "裁定": "Ruling", "份额%": "Share %", "金额（万元）": "Amount (10k yuan)", "认定（万元）": "Credited (10k yuan)", "依据": "Grounds",
    "指标": "Indicator", "分值": "Weight", "数值": "Figure", "计量": "Unit of measure", "目标版本": "Target version", "目标值": "Target", "目标文号": "Document", "算式": "Working",
    "未参加排名的原因": "Why not ranked", "版本": "Version", "变动": "Change", "文号": "Document", "下达日期": "Issued", "现行": "Valid",
    "性质": "Sign", "指标值": "Target value", "完成值": "Actual value", "自评": "Self-score", "重算": "Recomputed", "自评偏高": "Self too high", "核定": "Verified",
    "报送结论": "Verdict of the whole", "行的规则": "Rules of the line", "整份的规则": "Rules of the whole",
    "编号": "Number", "种类": "Kind", "对象": "About", "依据的数": "Figures", "期限": "Due", "发出人": "Released by",
    "序号": "No.", "所在地": "Location", "入选原因": "Why drawn", "风险分": "Risk", "问题": "Issues", "核查结果": "Result on site",
    "所属期": "Period", "收到时间": "Received", "有效": "In force", "文件": "File", "指纹": "Checksum",
    "原名次": "Place before", "原得分": "Score before", "得分变化": "Change of score", "名次变化": "Change of place",
    # the workbook
    "总览": "Overview", "目录": "Contents", "没有。": "None.", "第 &P 页，共 &N 页": "Page &P of &N", "原始文件": "originals", "表格": "tables",
    "考核数据审计包": "Audit pack", "打开随包的原始文件": "Open the original that comes with the pack", "等{count}个单位": " and others, {count} units in all",
    "全县结论": "The county", "{count} 个单位{verdict}": "{count} units {verdict}", "所属期与数据": "Period", "{period}，数据截至 {as_of}": "{period}, data as of {as_of}",
    "数据版本": "Version of the data", "{night}，清单指纹 {checksum}": "{night}, checksum of its manifest {checksum}",
    "封存": "Sealed", "{seal}：{by}，{at}": "{seal}: {by}, {at}", "这一版没有封存": "This version is not sealed",
    "这一版没有封存；{period} 最近封存的是 {seal}（{by}，{at}）": "This version is not sealed; {period} was last sealed as {seal} ({by}, {at})",
    "怎样再算一遍": "To compute it again",
    "luodi verify 核对版本是否被改动；luodi explain 展开任何一个数；luodi score 用别的办法试算。":
        "luodi verify proves a version unchanged; luodi explain unfolds any figure; luodi score tries another scheme.",
    "抽查种子": "Seed of the sample", "{seed}，随机部分 {share}%": "{seed}, {share}% by lot", "保密": "Confidential",
    "发布以前得分和名单不外传；系统只提出建议，红榜、黑榜、负面清单和一票否决由人审定。":
        "Scores and lists stay inside until they are published; the system proposes, people decide on lists and vetoes.",
    "审计包-{period}": "audit-{period}", "{book}（{sheets} 张表，{files} 个原始文件）": "{book} ({sheets} sheets, {files} originals)",
    # luodi score
    "{scheme} 第{version}版　{period}": "{scheme} version {version}  {period}", "　对照已发布的 {scheme} 第{version}版": "  beside {scheme} version {version} as published",
    "得分变化按试算分比较（数据不可用而等待的单位也有）；已发布的数据没有改动。":
        "Changes compare provisional scores (units that wait have them too); what is published was not touched.",
}


def speaker(lang: str) -> Callable[..., str]:
    """A function that says a Chinese text in one language, with its values filled in."""
    def say(text: str, /, **values: object) -> str:
        if lang == "en":
            text = ENGLISH.get(text, text)
        return text.format(**values) if values else text
    return say
