"""What an assessor reads for the codes of the marts."""

from __future__ import annotations

from collections.abc import Callable

from etl.texts import messages

VERDICTS = {"fit": "可用", "fit_with_reservations": "有保留", "not_fit": "不可用"}
OUTCOMES = {word: messages.TEXT[word][0] for word in messages.VERDICT_CODES}
SEVERITIES = {word: messages.TEXT[word][0] for word in messages.SEVERITY_CODES}
KINDS = {
    "green_notice": "绿色督办单", "yellow_notice": "黄色督办单", "red_notice": "红色督办单", "red_list": "红榜", "black_list": "黑榜",
    "exempt_list": "免试清单", "negative_list": "负面清单", "rectification": "问题整改",
}
STATES = {
    "proposed": "待审定", "released": "已发出", "refused": "不予发出", "replied": "已回复", "accepted": "已认可", "closed": "已销号",
    "reopened": "重新打开", "in_hand": "处置中", "overdue": "超期", "to_verify": "待核验", "open": "未改正", "explained": "已说明",
    "lapsed": "说明失效", "waived": "已豁免", "corrected": "已批准更正", "unsettled": "未裁定", "certified": "有分割证明", "ruled": "已裁定",
    "same": "同一项目", "distinct": "不同项目",
}
STATUS = {"scored": "已计分", "flagged": "计分（注明）", "waits": "等待", "left_out": "不参加", "shown": "只列条件", "vetoed": "一票否决",
          "too_few_points": "可计分项太少"}
DECISIONS = {"owner": "归一家", "split": "分割", "refused": "不予认定"}
REASONS = {
    "missing": "未报或未通过", "not_due": "未到期", "not_owed": "不承担", "no_target": "没有目标", "no_denominator": "没有分母",
    "not_verified": "没有核定分", "not_fit": "数据不可用", "left_out": "不参加", "too_few_points": "可计分项太少", "vetoed": "一票否决",
}
RULES = {
    "behind_twice": "连续两期落后时序", "light_middle": "本期亮第二色", "start_missed": "到期未开工", "light_worst": "本期亮最差色",
    "middle_twice": "连续两期第二色", "start_missed_long": "到期未开工三期以上", "late": "逾期报送", "missing": "未报", "error_again": "同一错误再次出现",
    "top_of_group": "季度前列", "last_of_group": "季度末位且落后时序", "last_two_years": "连续两年末位", "red_notice_past_due": "红色督办单逾期", "notice_unanswered": "督办单逾期或反复",
    "targets_reached": "年度目标全部达到", "problem": "问题台账",
}
DRAWN = {"error": "有错误", "rule": "命中重点规则（P15、P21、P36）", "lot": "随机抽取"}


def reasons(text: str | None, say: Callable[..., str] = str) -> str:
    """A ranking's reasons such as “A1 missing；A2 not_fit；B1 not_fit” for people: 未报或未通过：A1；数据不可用：A2、B1."""
    nodes: dict[str, list[str]] = {}
    for part in (text or "").split("；"):
        node, _, reason = part.rpartition(" ")
        if reason:
            nodes.setdefault(say(REASONS.get(reason, reason)), []).append(node)
    return "；".join(f"{reason}：{'、'.join(found)}" if any(found) else reason for reason, found in nodes.items())
