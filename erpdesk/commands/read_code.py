"""``read-code``: what the program makes of raw scanner input, without any company's books."""

import base64
import binascii
import json
import sys
from collections.abc import Iterator
from typing import Final, Protocol

import click

from erpdesk.domain.codes.reading import Channel
from erpdesk.domain.codes.scan_reasons import Why
from erpdesk.services.stocktake import reading_codes

_LINE_BYTES_MAX: Final = 1 << 20
_MARK: Final = b"\xef\xbb\xbf"


class Lines(Protocol):
    """Where lines come from: at most so many bytes at a time."""

    def readline(self, size: int, /) -> bytes:
        """Return the next line, or the next piece of a longer one."""
        ...


@click.command("read-code", short_help="原始扫码输入读成什么 / what raw scanner input is taken for")
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    help="原因用哪种文字（默认 zh） / language of the reasons",
)
@click.pass_context
def read_code(context: click.Context, lang: str | None) -> None:
    """从标准输入读 JSON 行，每行输出一行 JSON；不连账套，不存任何东西。

    Read JSON lines on standard input, write one JSON line for each; no books are opened and
    nothing is stored.

    \b
    in   {"raw": "RURDMDA0MTc1RA0K", "channel": "wedge"}     raw: base64; wedge or serial
    out  {"action", "kind", "value", "propose", "reason", "scans", "why", ...}

    \b
    action   accept  照此记入并查找 / taken as this value and looked up
             note    记入，并显示提示 / taken, with a visible remark
             ask     用户决定前不算；propose 是还原的读法 / nothing counts until the user decides
             refuse  不算，原因见 reason / nothing counts, the raw input is kept
             ignore  不是扫码 / no scan
    scans    这一段输入里有几次扫码 / how many codes the raw input holds; for more than one,
             codes 里逐个列出 / codes has the reading of each, value joins what is taken
    why      原因的固定代号 / the reason as a fixed word
    choices  所有可能的读法 / every possible repair, when there is more than one
    """  # noqa: D301, D415
    language = lang or context.find_root().params.get("lang") or "zh"
    source, out = sys.stdin.buffer, sys.stdout.buffer
    for line in _lines(source):
        row = _row(line, language=language)
        out.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
        out.flush()


def _lines(source: Lines) -> Iterator[bytes]:
    """Return each line that is not blank; a huge one only as far as its first piece."""
    is_rest = False
    while piece := source.readline(_LINE_BYTES_MAX):
        line = piece.removeprefix(_MARK).strip()
        if line and not is_rest:
            yield line
        is_rest = not piece.endswith(b"\n")


def _row(line: bytes, *, language: str) -> dict[str, object]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError) as error:
        return reading_codes.refusal_row(
            Why.BAD_LINE, language=language, value=type(error).__name__
        )
    if not isinstance(asked, dict) or not isinstance(asked.get("raw"), str):
        return reading_codes.refusal_row(Why.BAD_LINE, language=language, value="raw?")
    channel = asked.get("channel")
    if channel not in ("wedge", "serial"):
        return reading_codes.refusal_row(Why.BAD_CHANNEL, language=language)
    try:
        raw = base64.b64decode(asked["raw"], validate=True)
    except (binascii.Error, ValueError):
        return reading_codes.refusal_row(Why.BAD_BASE64, language=language)
    return reading_codes.as_row(
        reading_codes.read_code(raw, channel=Channel(channel)), language=language
    )
