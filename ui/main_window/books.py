"""Making and opening books beside the window: whole, or nothing is left."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from erpdesk.errors import ErpdeskError, StorageError, UserError
from erpdesk.words import Sentence
from ui.work.runner import Report, WorkStoppedError
from ui.work.wording import refusal

if TYPE_CHECKING:  # most starts make no books
    from erpdesk.services.companies import Companies
    from erpdesk.services.sampling import Sampling

STEPS: Final = (
    Sentence("建账套和六个人", "Making the books and six people"),
    Sentence("导入客户", "Importing customers"),
    Sentence("导入未开票出库单", "Importing uninvoiced deliveries"),
    Sentence("录入两年的期初未清项", "Posting two years of opening items"),
    Sentence("做上季的盘点", "Counting last quarter's campaign"),
    Sentence("写临时凭证并审核", "Writing and approving vouchers"),
    Sentence("录入收款并核销", "Recording and matching receipts"),
    Sentence("开始今年的盘点", "Beginning this year's campaign"),
)
"""What the sample company is made of, in order: the progress counts them."""

STOPPED = Sentence("已停下，什么都没留下。", "Stopped; nothing was left behind.")
SEED: Final = 1
T = TypeVar("T")


class BooksNotOpenedError(UserError):
    """The books could not be opened or made."""


def told(work: Callable[[], T]) -> T:
    """Do something with books; a broken file or server is told as a refusal.

    Raises:
        BooksNotOpenedError: from what broke.
    """
    try:
        return work()
    except StorageError as error:
        raise BooksNotOpenedError from error


def why(error: ErpdeskError) -> Sentence:
    """Return what an error says: what broke underneath, where that is known."""
    if isinstance(error, WorkStoppedError):
        return STOPPED
    cause = error.__cause__
    return refusal(cause if isinstance(cause, ErpdeskError) else error)


def make_sample(sampling: "Sampling", place: str, report: Report) -> str:
    """Make the sample, whole or not at all, in a folder that is made if need be.

    Raises:
        BooksNotOpenedError: something is there already, or it cannot be written.
        WorkStoppedError: somebody stopped it; nothing is left.
    """
    done = [0]

    def say(step: str) -> None:
        del step
        done[0] += 1
        report(done[0], len(STEPS))

    Path(place).absolute().parent.mkdir(parents=True, exist_ok=True)
    told(lambda: replace(sampling, say=say).make(place, seed=SEED))
    return place


def make_books(
    companies: "Companies", place: str, people: tuple[tuple[str, str], ...], firm: dict[str, str]
) -> str:
    """Make books with their first people, each with every role one person may hold."""
    from erpdesk.services.companies import first_person

    joining = tuple(first_person(name, password) for name, password in people)
    told(lambda: companies.make(place, joining, said=firm))
    return place
