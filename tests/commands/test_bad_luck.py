"""What the surroundings do to a command: a share, a full disk, a broken keyring, another window."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from keyring.errors import KeyringError
from typing_extensions import override

from erpdesk.storage import database as storage
from erpdesk.storage.database import filesystem_kind
from tests.commands.asking import ask
from tests.commands.test_deciding import submitted
from tests.fakes import MemoryKeyring
from tests.storage.test_presence import other_window


class BrokenKeyring(MemoryKeyring):
    """A keyring that fails whatever it is asked."""

    @override
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringError(service)

    @override
    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError(service)


def parts(said: str) -> list[str]:
    """Return the sentences of a refusal: what happened, what was not done, what to do."""
    return [part for part in re.split(r"[。；]", said.strip()) if part]


def test_that_books_on_a_network_share_are_not_opened(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "NETWORK_KINDS", {filesystem_kind(company.parent)})

    said = ask("--company", company, "balance")

    assert said.code == 1
    happened, undone, advice = parts(said.err)
    assert "网络共享盘" in happened
    assert undone == "什么都没改"
    assert "本机磁盘" in advice


def test_that_a_broken_keyring_is_said_and_the_work_goes_on(
    company: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask("--company", company, "person", "add", "何平", "--role", "counter", "--password",
        stdin="drei\n")  # fmt: skip
    monkeypatch.setattr("keyring.get_keyring", BrokenKeyring)

    said = ask("--company", company, "--as", "何平", "people", "--remember", stdin="drei\n")

    assert said.code == 0
    assert "何平" in said.out
    assert parts(said.err) == [
        "这台电脑的密钥环不能用（它拒绝了）", "密码没有存", "下次请再输入一遍",
    ]  # fmt: skip


@pytest.mark.slow
def test_that_a_command_kept_waiting_says_in_whose_window_the_books_are_open(
    company: Path,
) -> None:
    with other_window(str(company)):
        said = ask("--company", company, "person", "add", "何平", "--role", "counter")

    assert said.code == 1
    assert said.err.startswith("账套开在 陈静 的窗口里")
    assert len(parts(said.err)) == 3
    assert "何平" not in ask("--company", company, "people").out


def test_that_books_are_read_and_checked_where_nothing_can_be_kept_of_it(
    company: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: list[str]
) -> None:
    expect_log.append("was not noted")
    file = tmp_path / "no folder"
    file.touch()
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(file / "home"))

    read = ask("--company", company, "people")
    checked = ask("--company", company, "verify")

    assert (read.code, read.err) == (0, "")
    assert "林涛" in read.out
    assert (checked.code, checked.err) == (0, "")


if sys.platform != "win32":
    import resource

    @pytest.fixture
    def full_disk() -> Iterator[None]:
        """No file grows beyond what it has here already."""
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
        yield
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    @pytest.fixture
    def owing(company: Path, slip: Path) -> Path:
        """Give a company in which a customer owes something."""
        done, base = submitted(company, slip), ("--company", company, "--as", "林涛")
        assert ask(*base, "approve", done["number"], "--seen", done["seen"]).code == 0
        return company

    @pytest.mark.usefixtures("owing", "full_disk")
    def test_that_a_full_disk_leaves_the_notice_that_was_printed(
        company: Path, tmp_path: Path
    ) -> None:
        paper = tmp_path / "n.pdf"
        paper.write_bytes(b"%PDF old")

        said = ask("--company", company, "notice", "C1", "--out", paper)

        assert said.code == 1
        assert "磁盘满了" in said.err
        assert len(parts(said.err)) == 3
        assert paper.read_bytes() == b"%PDF old"
        assert [path.name for path in tmp_path.glob(".n-*")] == []
