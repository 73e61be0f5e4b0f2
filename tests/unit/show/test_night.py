"""What whoever started a night sees at its end: the counts that matter, and every file that was not used with its reason."""

import errno
import sqlite3
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from etl.night.receive import Receipt
from etl.night.report import Report
from etl.show.night import _kept, reason_of, show_report
from etl.texts.catalogue import speaker

AS_OF = datetime(2024, 4, 15, 20)


def shown(capsys, report, lang="zh"):
    show_report(report, speaker(lang))
    return capsys.readouterr().out


def test_a_published_night_says_what_came_what_was_found_and_where_it_lies(capsys):
    report = Report(AS_OF, "published", "20240415-a1b2", Receipt(known=2), submissions=3, verdicts={"accepted": 2, "rejected": 1},
                    refusals=[("柳树乡/三月.csv", "rejected", "缺少列“项目级别”。")], issues={"error": 1},
                    lines={"received": 9, "published": 6, "quarantined": 3, "superseded": 0},
                    published=Path("data/published/current"), replies=3)
    out = shown(capsys, report)
    for words in ("本夜小结 20240415-a1b2", "以前已收 2", "3  (通过 2, 退回 1)", "错误 1，警告 0，提示 0", "收到 9，发布 6，隔离 3",
                  "data/published/current", "3 份", "柳树乡/三月.csv", "缺少列“项目级别”。"):
        assert words in out, words
    assert "rejected 1" in shown(capsys, report, "en")


def test_a_night_with_nothing_new_says_so_and_lists_nothing(capsys):
    out = shown(capsys, Report(AS_OF, "nothing_new", "20240414-c3d4", Receipt(known=40)))
    assert "没有新文件" in out and "20240414-c3d4" in out and "没有采用的文件" not in out


def test_a_serving_database_that_holds_an_earlier_version_is_told_with_the_reason(capsys):
    out = shown(capsys, Report(AS_OF, "published", "20240415-a1b2", serving="连不上。"))
    assert "查询库" in out and "连不上。（已发布的数据不受影响；下一夜自动补装）" in out


def test_files_left_alone_are_named_with_the_reason(capsys):
    receipt = Receipt(waiting=("正在拷贝.xlsx",), refused=(("链接.xlsx", "link"),))
    out = shown(capsys, Report(AS_OF, "published", "20240415-a1b2", receipt))
    assert "正在拷贝.xlsx" in out and "链接.xlsx" in out


def test_a_failure_is_one_line_on_the_screen_and_a_traceback_in_the_data_folder(tmp_path):
    with pytest.raises(OSError, match="disk full") as failed:
        raise OSError("disk full\nmore")
    log = _kept(tmp_path, "2024-04-15 20:00:00", failed.value)
    assert reason_of(failed.value, speaker("zh")) == "OSError: disk full"
    assert log == tmp_path / "failures" / "2024-04-15.txt" and "Traceback" in log.read_text(encoding="utf-8")


def test_every_failure_is_kept_beside_the_earlier_ones(tmp_path):
    logs = [_kept(tmp_path, "2024-04-15T20:00:00", ValueError(text)) for text in ("first", "second")]
    assert [log.name for log in logs] == ["2024-04-15.txt", "2024-04-15-2.txt"] and "first" in logs[0].read_text(encoding="utf-8")


def test_a_disk_that_takes_no_log_does_not_hide_why_the_night_failed(tmp_path):
    (tmp_path / "failures").write_text("in the way")
    assert _kept(tmp_path, "2024-04-15", ValueError("x")) is None


@pytest.mark.parametrize("failure, word", [
    (OSError(errno.ENOSPC, "No space left on device", "/d/warehouse/build.duckdb"), "磁盘空间不足，写不下 /d/warehouse/build.duckdb"),
    (OSError(errno.EROFS, "Read-only file system", "/d"), "没有权限读写 /d"),
    (sqlite3.DatabaseError("file is not a database"), "台账数据库"),
    (duckdb.IOException("IO Error: Could not read enough bytes"), "数据仓库"),
])
def test_a_failure_is_told_in_the_readers_words_and_with_a_remedy(failure, word):
    told = reason_of(failure, speaker("zh"))
    assert word in told and not any(english in told for english in ("Error", "space", "file is", "system"))
