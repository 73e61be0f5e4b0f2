"""The sentences of the command line in both languages, as data: key -> (Chinese, English)."""

from __future__ import annotations

from collections.abc import Callable

VERDICT_CODES = ("accepted", "accepted_with_warnings", "partly_accepted", "rejected", "unreadable")
SEVERITY_CODES = ("error", "warning", "info")
TEXT: dict[str, tuple[str, str]] = {
    # errors and their remedies
    "no_inbox": ("没有找到收件箱 {path}。请用 --inbox 指定存放报表的文件夹。",
                 "The inbox {path} does not exist. Name the folder of the workbooks with --inbox."),
    "no_form": ("没有报表“{form}”。可选：{known}。", "There is no form {form!r}. Choose from: {known}."),
    "several_forms": ("文件中有多张报表（{forms}），CSV 一次只能写一张。请用 --form 选择，或用 -o 指定一个文件夹。",
                      "The file holds several forms ({forms}) and a CSV holds one. Choose with --form, or give a folder with -o."),
    "night_running": ("已有一夜正在运行（进程 {pid}，{since} 开始，收件箱 {inbox}）。请等它结束后再运行。",
                      "A night is running (process {pid}, since {since}, inbox {inbox}). Run again when it has ended."),
    "night_failed": ("本夜失败于“{step}”：{reason}", "The night failed at “{step}”: {reason}"),
    "night_failed_title": ("luodi 本夜失败（{as_of}）", "luodi: the night of {as_of} failed"),
    "night_failed_where": ("细节在 {log}；排除原因后重新运行即可。", "Details in {log}; mend the cause and run again."),
    "stays_published": ("上一夜发布的数据保持不变。", "What was published last stays as it is."),
    "sample_site": ("没有指定站点（--site 或 LUODI_SITE），按项目自带的示例站点判断。",
                    "No site given (--site or LUODI_SITE): judged by the sample site of the project."),
    "failed": ("没有完成：{reason}", "Not done: {reason}"),
    # the night's steps
    "receive": ("收件", "receive"), "recall": ("从归档取回", "recall"), "read": ("读取", "read"), "stage": ("入库暂存", "stage"),
    "validate": ("审核", "validate"), "verdict": ("结论", "verdict"), "land": ("落地", "land"), "compare": ("比对", "compare"),
    "transform": ("汇总", "transform"), "reconcile": ("核对", "reconcile"), "publish": ("发布", "publish"), "reply": ("回执", "reply"),
    "notify": ("通知", "notify"), "start": ("启动", "start"),
    # rules
    "name": ("名称", "name"), "level": ("层次", "level"), "decided": ("由谁判断", "decided"), "version": ("版本", "version"),
    "newly": ("新查出", "newly found"), "value": ("报送值", "value"), "expected": ("应为", "expected"), "difference": ("差", "difference"),
    "rehearsed": ("规则 {code} 在已收的全部报表上查出 {found} 处：新查出 {newly} 处，另有 {gone} 处以前查出的不再查出。没有改动任何数据。",
                  "Rule {code} finds {found} places in all that was landed: {newly} newly found, {gone} found before no more. Nothing was changed."),
    # the summary
    "summary": ("本夜小结 {night}（截至 {as_of}）", "Tonight {night} (as of {as_of})"),
    "nothing_new": ("没有新文件，站点和规则也没有变化：仍以 {night} 发布的数据为准，没有重做。",
                    "Nothing new: no file, site or rule has changed since {night} was published; nothing was rebuilt."),
    "files_in": ("收件箱文件", "files in the inbox"),
    "files_told": ("{files} 个：新 {new}，重复 {duplicates}，以前已收 {known}",
                   "{files}: new {new}, duplicates {duplicates}, known {known}"),
    "left_alone": ("未处理", "left alone"),
    "left_told": ("仍在写入 {waiting}，临时或系统文件 {ignored}，非普通文件 {refused}",
                  "still written {waiting}, temporary or system {ignored}, not regular {refused}"),
    "submissions": ("报送", "submissions"),
    "issues": ("问题", "issues"),
    "issues_told": ("错误 {error}，警告 {warning}，提示 {info}", "errors {error}, warnings {warning}, notes {info}"),
    "lines": ("数据行", "lines"),
    "lines_told": ("收到 {received}，发布 {published}，隔离 {quarantined}，被更正版替代 {superseded}",
                   "received {received}, published {published}, quarantined {quarantined}, superseded {superseded}"),
    "where": ("发布到", "published to"),
    "look": ("接着看", "look at"),
    "look_told": ("luodi status --data {data}（谁报了、谁没报）；luodi check 文件（逐格说明）",
                  "luodi status --data {data} (who sent what); luodi check FILE (each cell)"),
    "replies_in": ("回执", "replies"), "replies_told": ("{made} 份，在 {folder}", "{made}, in {folder}"),
    "template_written": ("空表写到 {path}", "the empty workbook is {path}"),
    "refused": ("没有采用的文件", "Files not used"),
    "file": ("文件", "file"), "verdict_head": ("结论", "verdict"), "why": ("原因", "why"),
    "duplicate_of": ("与“{name}”内容完全相同，不再处理。", "The same bytes as “{name}”; not processed again."),
    "waiting_why": ("仍在写入，下一夜再收。", "Still being written; waits for the next night."),
    "refused_why": ("不是普通文件（{kind}），没有打开。", "Not a regular file ({kind}); not opened."),
    # verdicts
    "accepted": ("通过", "accepted"),
    "accepted_with_warnings": ("通过（有警告）", "accepted with warnings"),
    "partly_accepted": ("部分通过", "partly accepted"),
    "rejected": ("退回", "rejected"),
    "unreadable": ("无法读取", "unreadable"),
    "duplicate": ("重复", "duplicate"), "waiting": ("等待", "waiting"), "not_regular": ("未打开", "not opened"),
    "missing": ("未报", "missing"), "owed": ("未到期", "not due yet"), "withdrawn": ("已撤回", "withdrawn"), "late": ("迟报", "late"), "unexpected": ("不在应报清单", "not owed"), "on_time": ("按时", "on time"),
    # check
    "error": ("错误", "error"), "warning": ("警告", "warning"), "info": ("提示", "info"),
    "clean": ("没有发现问题。", "No issues."),
    "checked": ("{file}：{verdict}（错误 {error}，警告 {warning}，提示 {info}）",
                "{file}: {verdict} (errors {error}, warnings {warning}, notes {info})"),
    "also_at": ("（同类问题共 {count} 处，其余在 {cells}）", " ({count} places of this kind, the others at {cells})"),
    "row": ("行", "row"), "sheet": ("工作表", "sheet"), "rule": ("规则", "rule"), "severity": ("程度", "severity"),
    "cell": ("单元格", "cell"), "sentence": ("说明", "sentence"),
    # read: the evidence
    "place": ("位置", "place"), "says": ("写的是", "says"), "taken_as": ("读作", "taken as"), "weight": ("分量", "weight"),
    "agreement": ("是否一致", "agrees"), "agrees": ("一致", "yes"), "differs": ("不一致", "no"), "not_known": ("认不出", "not known"),
    "possible": ("不矛盾", "possible"),
    "weight_3": ("强", "strong"), "weight_2": ("中", "fair"), "weight_1": ("弱", "weak"),
    "header_known": ("认出 {known} 列（共 {all} 列）", "{known} of {all} columns known"),
    "told_by": ("依据：{places}", "by {places}"), "told_against": ("不一致：{places}", "against {places}"),
    "in_brackets": ("（{notes}）", " ({notes})"), "comma": ("、", ", "), "semicolon": ("；", "; "),
    "sheet_seen": ("工作表“{sheet}”有 {rows} 行，开头是{texts}", "sheet “{sheet}” has {rows} rows and begins with {texts}"),
    "sheet_blank": ("工作表“{sheet}”是空的", "sheet “{sheet}” is blank"), "only_sheet": ("全文", "the whole text"),
    # status
    "unit": ("单位", "unit"), "form": ("报表", "form"), "period": ("所属期", "period"), "deadline": ("截止", "deadline"),
    "received": ("收到", "received"), "state": ("状态", "state"),
    "nothing_published": ("{data} 里还没有发布过数据。请先运行 luodi run。", "Nothing is published in {data} yet. Run luodi run first."),
    # doctor
    "ok": ("正常", "ok"), "warn": ("注意", "warn"), "fail": ("故障", "fail"),
    "doctor_python": ("luodi 需要 Python 3.11，请用它重新安装（make demo）。", "luodi needs Python 3.11; install again with it (make demo)."),
    "doctor_packages": ("依赖包", "packages"),
    "doctor_no_lock": ("没有找到 {path}，无法核对版本。", "{path} not found; versions cannot be compared."),
    "doctor_absent": ("未安装", "absent"),
    "doctor_install": ("请按 requirements.lock 重新安装（make demo 会做）。", "Install again from requirements.lock (make demo does)."),
    "doctor_as_locked": ("{count} 个，与 requirements.lock 一致", "{count}, as in requirements.lock"),
    "doctor_site": ("站点", "site"),
    "doctor_site_told": ("{path}：{units} 个单位，{slots} 份应报", "{path}: {units} units, {slots} forms owed"),
    "doctor_forms": ("roster.csv 中有不认识的报表 {forms}", "roster.csv names unknown forms: {forms}"),
    "doctor_holidays": ("holidays.csv 没有 {year} 年", "holidays.csv lacks the year {year}"),
    "doctor_holidays_remedy": ("请按国务院放假通知补上。", "Add it from the State Council's notice."),
    "doctor_standards": ("规则和办法", "standards"),
    "doctor_standards_told": ("{rules} 条规则，{schemes} 份考核办法，{lights} 套三色", "{rules} rules, {schemes} schemes, {lights} sets of lights"),
    "doctor_inbox": ("收件箱", "inbox"),
    "doctor_inbox_told": ("{path}（arrivals.csv 记录 {logged} 个文件）", "{path} (arrivals.csv lists {logged} files)"),
    "doctor_data": ("数据文件夹", "data folder"),
    "doctor_not_writable": ("无法写入 {path}", "cannot write to {path}"),
    "doctor_not_writable_remedy": ("请改正权限，或用 --data 换一个位置。", "Mend its permissions, or choose another with --data."),
    "doctor_space": ("磁盘空间", "disk space"),
    "doctor_space_told": ("剩余 {free} MB", "{free} MB free"),
    "doctor_space_remedy": ("一夜要写两份数仓，请留出至少 {least} MB。", "A night writes its warehouse twice; keep {least} MB free."),
    "doctor_ledger": ("台账数据库", "ledger"),
    "doctor_ledger_remedy": ("请检查 LUODI_LEDGER_URL，以及数据库是否启动、账号是否可用。",
                             "Check LUODI_LEDGER_URL, and that the database runs and knows the account."),
    "doctor_lock": ("运行锁", "lock"),
    "doctor_lock_free": ("没有正在运行的一夜", "no night is running"),
    "doctor_published": ("已发布数据", "published data"),
    "doctor_published_remedy": ("已发布的文件被改动或损坏，请重新运行 luodi run。", "Published files were changed or damaged; run luodi run again."),
    "check": ("检查", "check"), "finding": ("结果", "finding"), "remedy": ("办法", "remedy"),
}


def speaker(lang: str) -> Callable[..., str]:
    """A function that says a key in one language with its values filled in."""
    place = {"zh": 0, "en": 1}[lang]

    def say(key: str, /, **values: object) -> str:
        return TEXT[key][place].format(**values)

    return say
