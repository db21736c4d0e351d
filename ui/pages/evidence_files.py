"""Evidence for whoever shows it: fetched, drawn and copied beside the window's thread."""

from pathlib import Path

from erpdesk.errors import UserError
from erpdesk.services.handing_out import hand_out
from erpdesk.services.looking import File, Looking
from erpdesk.words import explain
from ui.widgets.evidence_viewer import EvidenceViewer
from ui.work.runner import Runner
from ui.work.wording import Wording


def serve_files(viewer: EvidenceViewer, runner: Runner, looking: Looking, words: Wording) -> None:
    """Answer what a viewer asks for, and has asked; what cannot be shown is said there."""

    def refused(digest: str, error: UserError) -> None:
        viewer.refuse(digest, explain(error, words.language))

    def fetch(digest: str) -> None:
        runner.query(
            viewer, lambda: looking.file(digest),
            done=viewer.show_file, refused=lambda error: refused(digest, error),
        )  # fmt: skip

    def draw(digest: str, number: int) -> None:
        runner.query(
            viewer, lambda: looking.page(digest, number),
            done=lambda page: viewer.show_page(digest, page),
            refused=lambda error: refused(digest, error),
        )  # fmt: skip

    def copy(file: File, path: Path) -> None:
        runner.query(
            viewer, lambda: hand_out(path, file.data),
            done=lambda to: viewer.card.take_copy(file, to),
            refused=lambda error: refused(file.hash, error),
        )  # fmt: skip

    viewer.copy_wanted.connect(copy)
    viewer.wanted.connect(fetch)
    viewer.page_wanted.connect(draw)
    viewer.ask_again()
