"""Making and opening books beside the window: whole, or nothing is left."""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from erpdesk.errors import ErpdeskError, StorageError, UserError
from erpdesk.services.companies import Companies, first_person
from erpdesk.services.sampling import Sampling
from erpdesk.words import Sentence
from ui.work.runner import Report, WorkStoppedError
from ui.work.wording import refusal

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
THERE_ALREADY = Sentence(
    "这个位置已有文件，没有动它。请换个位置。",
    "There is a file at this place already; it was not touched. Choose another place.",
)
SEED: Final = 1
T = TypeVar("T")


class BooksNotOpenedError(UserError):
    """The books could not be opened or made."""


class PlaceTakenError(UserError):
    """There is something at this place already."""


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
    if isinstance(error, PlaceTakenError):
        return THERE_ALREADY
    cause = error.__cause__
    return refusal(cause if isinstance(cause, ErpdeskError) else error)


def make_sample(sampling: Sampling, place: str, report: Report) -> str:
    """Make the sample beside its place and move it there when it is whole.

    Raises:
        PlaceTakenError: something is there already.
        WorkStoppedError: somebody stopped it; nothing is left.
    """
    path, done = Path(place).absolute(), [0]
    if path.exists():
        raise PlaceTakenError

    def say(step: str) -> None:
        del step
        done[0] += 1
        report(done[0], len(STEPS))

    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".sample-", dir=path.parent) as folder:
        made = Path(folder) / "company"
        told(lambda: replace(sampling, say=say).make(str(made), seed=SEED))
        _move(made, path)
    return place


def _move(made: Path, path: Path) -> None:
    """Move a file to where nothing may be, without a moment in which it is half there."""
    try:
        os.link(made, path)
    except FileExistsError:
        raise PlaceTakenError from None
    except OSError:  # a file system without links
        if path.exists():
            raise PlaceTakenError from None
        made.rename(path)


def make_books(
    companies: Companies, place: str, people: tuple[tuple[str, str], ...], firm: dict[str, str]
) -> str:
    """Make books with their first people, each with every role one person may hold."""
    joining = tuple(first_person(name, password) for name, password in people)
    told(lambda: companies.make(place, joining, said=firm))
    return place
