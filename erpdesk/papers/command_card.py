"""The command card of the count: codes that do what a key does, for those who hold a scanner."""

from typing import Final

from erpdesk.domain.codes.own_code import command_code
from erpdesk.domain.codes.targets import Command
from erpdesk.papers.code_card import Entry, code_card
from erpdesk.papers.wording import Language

_TITLES: Final[dict[Language, tuple[str, str]]] = {
    "zh": (
        "盘点命令卡",
        (
            "在盘点页扫。每个码做一件事，扫完屏幕上会说做了什么；扫时用手遮住相邻的码。"
            "批准和核销没有命令码。"
        ),
    ),
    "en": (
        "Command card of the count",
        (
            "To be scanned on the counting page. Each code does one thing, and the screen says "
            "what; cover the neighbours with your hand. There is none to approve or to match."
        ),
    ),
}
_WORDS: Final[dict[Command, dict[Language, tuple[str, str]]]] = {
    Command.RECORD: {
        "zh": ("记录", "存下这一户填好的，等下一码。"),
        "en": ("Record", "Stores what is filled in, and waits for the next code."),
    },
    Command.PARK: {
        "zh": ("延后", "这一户以后再盘，留在未盘的清单里。"),
        "en": ("Park", "Leaves this customer for later; it stays among those not counted."),
    },
    Command.CLEAR: {
        "zh": ("清空", "清掉这一户没存的，存过的都在。"),
        "en": ("Clear", "Empties what is not stored; what is stored stays."),
    },
    Command.ALL_SAME: {
        "zh": ("全部一致", "资料各项都核对过，与记录一致。"),
        "en": ("All the same", "Every field was checked and is as recorded."),
    },
    Command.NO_ACCOUNT: {
        "zh": ("对方无此账", "对方说账上没有：自述余额记 0，不是空着。"),
        "en": ("No such account", "They say they have none: 0 is stated, which is not empty."),
    },
    Command.KEEP: {
        "zh": ("保持", "已经盘过的，保持先前的结果。"),
        "en": ("Keep", "Counted already: the earlier result stays."),
    },
    Command.HAND_OVER: {
        "zh": ("交班", "列出这一班盘了多少，准备签字。"),
        "en": ("End of shift", "Lists what was counted in this shift, to be signed."),
    },
}


def command_card(language: Language) -> bytes:
    """Return the card as a PDF; the same language gives the same bytes."""
    title, how = _TITLES[language]
    entries = [
        Entry(name, command_code(command), what)
        for command in Command
        for name, what in (_WORDS[command][language],)
    ]
    return code_card(title, how, entries, language)
