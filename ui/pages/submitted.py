"""What is said of a document that was handed in: its number, and that somebody else decides."""

from typing import Final

from erpdesk.domain.voucher_list import SENT
from erpdesk.services.looking import Text
from erpdesk.words import Sentence
from ui.pages import Page

SUBMITTED: Final = Sentence(
    "已提交 {number}，等人审批", "{number} is submitted and waits for a second person"
)


def say_submitted(page: Page, document: Text) -> None:
    """Say on a page that a document waits now; one that waits for nobody needs no word."""
    if document.state in SENT:
        number = document.number or ""
        zh, en = (one.replace("{number}", number) for one in (SUBMITTED.zh, SUBMITTED.en))
        page.notify("ok", Sentence(zh, en))
