"""The sentences of freezing, proving and correcting in both languages, as data: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Callable

TEXT: dict[str, tuple[str, str]] = {
    "sealed": ("已冻结为 {name}：{tables} 张表 {rows} 行（其中属于 {period} 的 {period_rows} 行），{sources} 个原始文件。",
               "Sealed as {name}: {tables} tables, {rows} rows ({period_rows} of them about {period}), {sources} source files."),
    "already": ("内容与 {name} 完全相同，早已冻结，没有重做。", "The same content was sealed before as {name}; nothing was done."),
    "where": ("位置：{folder}", "In: {folder}"),
    "head": ("链首指纹：{head}（请抄入会议纪要；日后用 luodi verify --head 核对）",
             "Head of the chain: {head} (copy it into the minutes; luodi verify --head checks it later)"),
    "opened": ("{seal}：{was} → {state}（{by}）", "{seal}: {was} → {state} ({by})"),
    "confidential": ("保密（数据组）", "confidential (data team)"), "assessors": ("考核组可见", "assessors"), "published": ("已公布", "published"),
    "none_yet": ("还没有冻结过。", "Nothing was sealed yet."),
    # list
    "seal": ("冻结版本", "seal"), "period": ("所属期", "period"), "at": ("时间", "at"), "by": ("经办", "by"),
    "state": ("状态", "state"), "approved_count": ("已批更正", "approved"), "note": ("说明", "note"),
    # verify
    "proved": ("已核对：{seals} 个冻结版本、{files} 个文件、{sources} 个原始文件，与冻结时一致。",
               "Proved: {seals} frozen sets, {files} files and {sources} source files are as they were sealed."),
    "not_proved": ("发现 {count} 处与冻结时不一致：", "{count} places are not as they were sealed:"),
    "more": ("……另有 {count} 处（--format json 列出全部）", "… and {count} more (--format json lists all)"),
    "chain_unreadable": ("冻结链 {file} 第 {row} 行无法读取", "{file}: line {row} cannot be read"),
    "chain_hash": ("冻结链 {file} 第 {row} 行被改动：内容与其指纹不符", "{file}: line {row} was changed: it does not hash to what it says"),
    "chain_link": ("冻结链 {file} 第 {row} 行接不上前一行：有内容被改动、删除或插入",
                   "{file}: line {row} does not follow the one before: something was changed, removed or slipped in"),
    "chain_number": ("冻结链 {file} 第 {row} 行编号不连续", "{file}: line {row} is out of number"),
    "chain_ending": ("冻结链 {file} 第 {row} 行的字节有改动（内容相同）", "{file}: the bytes of line {row} were changed (what it says is the same)"),
    "head_missing": ("冻结链 {file} 中没有指纹 {was}：末尾的内容被删去或重写", "{file} holds no entry {was}: its end was cut off or rewritten"),
    "unknown_set": ("{seal} 不在冻结链中", "{seal} is not in the chain"),
    "missing_set": ("{seal} 整个文件夹缺失", "{seal}: the whole folder is missing"),
    "missing": ("{file} 缺失", "{file} is missing"),
    "extra": ("{file} 是多出来的", "{file} does not belong there"),
    "changed": ("{file} 被改动（冻结时 {was} 字节，现在 {now} 字节）", "{file} was changed ({was} bytes when sealed, {now} now)"),
    "unreadable": ("{file} 被改动，已无法读取", "{file} was changed and can no longer be read"),
    "same_content": ("{file} 的字节被改动（内容相同）", "{file}: bytes were changed (what it says is the same)"),
    "field": ("{file} 的“{column}”被改动：{was} → {now}", "{file}: “{column}” was changed: {was} → {now}"),
    "cell": ("{file} 第 {row} 行 {key}，列 {column}：{was} → {now}", "{file} row {row} {key}, column {column}: {was} → {now}"),
    "header": ("{file} 表头的列 {column} 现在是 {now}", "{file}: the header of column {column} now reads {now}"),
    "missing_row": ("{file} 缺少一行 {key}（原第 {row} 行）", "{file} lacks the row {key} (row {row} when sealed)"),
    "extra_row": ("{file} 多出第 {row} 行 {key}", "{file} has a row too many: {row} {key}"),
    "same_cells": ("{file} 的字节被改动（每个单元格读出来仍相同）", "{file}: bytes were changed (every cell still reads as sealed)"),
    "unreadable_table": ("{file} 被改动，已无法读取（{mart}）：{detail}", "{file} was changed and can no longer be read ({mart}): {detail}"),
    "changed_unplaced": ("{file} 被改动；{mart} 的指纹文件也已损坏，无法指出单元格",
                         "{file} was changed; the fingerprints of {mart} are damaged too, so no cell can be named"),
    "print": ("{file}：{mart} {key} 列 {column} 的指纹被改动（数据本身未变）", "{file}: the fingerprint of {mart} {key} column {column} was changed (not the data)"),
    "source_missing": ("原始文件 {file} 缺失（{detail}）", "source {file} is missing ({detail})"),
    "source_changed": ("原始文件 {file} 被改动（{detail}）", "source {file} was changed ({detail})"),
    "unknown": ("（无从得知）", "(unknown)"), "blank": ("（空）", "(blank)"),
    # diff, approve
    "compared": ("{seal}（{night}）与当前发布的 {now} 相比：更正 {changes} 项，其中已批准 {approved}，待批准 {pending}。",
                 "{seal} ({night}) beside {now} as published today: {changes} changes, {approved} approved, {pending} pending."),
    "other_rules": ("注意：程序、报表合同、规则或考核办法与冻结时不同，下列不同不一定是单位更正了数据。",
                    "Note: the program, contracts, rules or schemes are not those of the frozen set; not every difference is a correction."),
    "more_changes": ("……另有 {count} 项（--format json 列出全部）", "… and {count} more (--format json lists all)"),
    "same": ("{seal}（{night}）与当前发布的 {now} 没有不同。", "{seal} ({night}) and {now} as published today agree."),
    "score": ("得分", "score"), "rank": ("位次", "rank"), "origin": ("来源", "origin"), "because": ("随之而变：{ids}", "follows from {ids}"),
    "changed_kind": ("改动", "changed"), "added_kind": ("新增", "added"), "removed_kind": ("删除", "removed"),
    "pending": ("待批准", "pending"), "approved": ("已批准", "approved"),
    "moved": ("{mart} {key}：位次 {old} → {new}（自身数字未变）", "{mart} {key}: rank {old} → {new} (its own figures are the same)"),
    "evidence": ("{mart}：{count} 行不同（不含考核数字，不需批准）", "{mart}: {count} rows differ (no figures; needs no approval)"),
    "apart": ("只有一方有、未比较：{names}", "Only one of the two has, not compared: {names}"),
    "lapsed": ("{id} 已批准（{by}），但当前版本不再这样写：{mart} {key} {column} → {new}",
               "{id} was approved ({by}), but today's version no longer says so: {mart} {key} {column} → {new}"),
    "approved_now": ("{by} 已批准 {count} 项更正：{ids}", "{by} approved {count} changes: {ids}"),
    "nothing_pending": ("没有待批准的更正。", "No change is pending."),
    "corrected": ("“更正后”的 {count} 张表已写入 {folder}（已批准更正 {changes} 项；冻结版本未动）。",
                  "{count} tables as corrected are in {folder} ({changes} approved changes; the frozen set is untouched)."),
}


def speaker(lang: str) -> Callable[..., str]:
    """A function that says a key in one language with its values filled in."""
    place = {"zh": 0, "en": 1}[lang]

    def say(key: str, /, **values: object) -> str:
        return TEXT[key][place].format(**values)

    return say
