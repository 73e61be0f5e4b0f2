"""Files for people lie under names that no disk refuses and no sender can choose."""

import pytest

from etl.office.files import safe_name, write


@pytest.mark.parametrize("hostile, harmless", [
    ("../../etc/passwd", "etc_passwd"), ("甲\u202e乙\u200b\n丙", "甲乙丙"), ("a:b*c?.xlsx.", "a_b_c_.xlsx"), ("CON", "_CON"),
    ("...", "_"), ("长" * 200, "长" * 40), ("县住建局（1）", "县住建局（1）"),
])
def test_a_name_is_made_safe_for_any_disk(hostile, harmless):
    assert safe_name(hostile) == harmless


def test_a_file_is_written_at_once_or_left_as_it_is(tmp_path, monkeypatch):
    path = tmp_path / "通报.docx"
    write(path, b"old")
    before = path.stat().st_mtime_ns
    write(path, b"old")
    assert path.stat().st_mtime_ns == before
    monkeypatch.setattr("etl.office.files.os.replace", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write(path, b"new")
    assert path.read_bytes() == b"old"
