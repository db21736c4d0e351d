import base64
import json
from typing import Any

from click.testing import CliRunner

from erpdesk.commands.read_code import read_code


def asked(raw: bytes, channel: str = "wedge") -> bytes:
    line = {"raw": base64.b64encode(raw).decode(), "channel": channel}
    return json.dumps(line).encode() + b"\n"


def answers(lines: bytes, *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(read_code, options, input=lines, catch_exceptions=False)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout_bytes.splitlines()]


def test_that_each_line_gets_a_line() -> None:
    rows = answers(asked(b"EDC004175D\r\n") + asked(b"\r\n") + asked(b"\x1b", "serial"))

    assert [(row["action"], row["kind"], row["value"], row["scans"]) for row in rows] == [
        ("accept", "customer", "EDC004175D", 1),
        ("ignore", "none", None, 0),
        ("refuse", "unknown", None, 1),
    ]
    assert all(list(row)[:6] == FIRST for row in rows)


FIRST = ["action", "kind", "value", "propose", "reason", "scans"]


def test_that_the_reason_is_in_the_language_asked_for() -> None:
    chinese, english = answers(asked(b"]C1")), answers(asked(b"]C1"), "--lang", "en")

    assert "没有内容" in chinese[0]["reason"]
    assert "no code after it" in english[0]["reason"]


def test_that_chinese_comes_out_as_utf8() -> None:
    result = CliRunner().invoke(read_code, input=asked("华南".encode("gb18030")))

    assert '"value": "华南"'.encode() in result.stdout_bytes


def test_that_a_bad_line_is_refused_and_the_next_is_read() -> None:
    bad = [
        b"{",
        b"[1]",
        b"null",
        b'{"channel": "wedge"}',
        b'{"raw": 5, "channel": "wedge"}',
        b'{"raw": "RURD"}',
        b'{"raw": "RURD", "channel": "phone"}',
        b'{"raw": "RURD", "channel": ["wedge"]}',
        b'{"raw": "RUR", "channel": "wedge"}',
        b'{"raw": "\\u00e9\\u00e9", "channel": "wedge"}',
        b'{"raw": "RURD\\n", "channel": "wedge"}',
        b"\xff\xfe\xfd",
        b"[" * 100_000,
        b'{"raw": "' + b"A" * (1 << 20) + b'"}',
        b"9" * 100_000,
    ]
    rows = answers(b"\n".join(bad) + b"\n\n" + asked(b"A1"))

    assert [row["action"] for row in rows] == ["refuse"] * len(bad) + ["accept"]
    assert {row["why"] for row in rows} == {"bad-line", "unknown-channel", "bad-base64", "code"}


def test_that_a_byte_order_mark_and_a_missing_last_line_end_do_not_matter() -> None:
    assert answers(b"\xef\xbb\xbf" + asked(b"A1").strip())[0]["value"] == "A1"


def test_that_several_codes_are_counted_and_listed() -> None:
    (row,) = answers(asked(b"A1\r\nA2\r\nEDC004175E\r\n"), "--lang", "en")

    assert (row["action"], row["value"], row["scans"]) == ("note", "A1 A2", 3)
    assert [one["action"] for one in row["codes"]] == ["accept", "accept", "refuse"]
    assert "3 codes" in row["reason"]
