import json
import shutil
from pathlib import Path

import pytest

from tests.commands.asking import ask
from tests.commands.conftest import at_home
from tests.fakes import MemoryKeyring


@pytest.fixture(scope="module")
def guarded_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a company whose first person has a password, once for all tests."""
    place = tmp_path_factory.mktemp("guarded") / "g.erpdesk"
    with at_home(place.parent):
        said = ask("--company", place, "new", "--person", "陈静", "--password", stdin="geheim\n")
    assert said.code == 0, said
    return place


@pytest.fixture
def guarded(guarded_template: Path, tmp_path: Path) -> Path:
    """Give a copy of that company to one test."""
    return Path(shutil.copy(guarded_template, tmp_path / "g.erpdesk"))


def test_that_a_new_company_can_be_used_at_once_by_the_one_at_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "anna")
    place = tmp_path / "n.erpdesk"

    made = ask("--company", place, "new", "--json")

    assert made.value == {"company": str(place), "person": "anna", "password": False}
    assert ask("--company", place, "people", "--json").value[0]["name"] == "anna"


def test_that_nothing_is_written_over_a_company(company: Path) -> None:
    before = company.read_bytes()

    said = ask("--company", company, "new")

    assert said.code == 1
    assert company.read_bytes() == before


def test_that_the_sample_is_not_left_half_made(tmp_path: Path) -> None:
    (tmp_path / "s.erpdesk").write_text("mine", "utf-8")

    said = ask("--company", tmp_path / "s.erpdesk", "new", "--sample")

    assert said.code == 1
    assert "s.erpdesk" in said.err
    assert (tmp_path / "s.erpdesk").read_text("utf-8") == "mine"


def test_that_a_password_is_asked_for_and_a_wrong_one_is_refused(guarded: Path) -> None:
    assert ask("--company", guarded, "people", stdin="geheim\n").code == 0

    wrong = ask("--company", guarded, "people", "--json", stdin="falsch\n")
    none = ask("--company", guarded, "people", "--json")
    bytes_only = ask("--company", guarded, "people", "--json", stdin=b"\xff\xfe\n")

    assert "密码不对" in wrong.value["refused"]
    assert "UTF-8" in bytes_only.value["refused"]
    assert "--password-stdin" in none.value["refused"]


def test_that_a_password_is_remembered_after_a_successful_sign_in_only(
    guarded: Path, memory_keyring: MemoryKeyring
) -> None:
    ask("--company", guarded, "people", "--remember", stdin="falsch\n")
    assert memory_keyring.kept == {}

    told = ask("--company", guarded, "people", "--remember", stdin="geheim\n")

    assert "密钥环" in told.err
    assert list(memory_keyring.kept.values()) == ["geheim"]
    assert ask("--company", guarded, "people").code == 0


def test_that_a_stored_password_that_is_no_longer_right_is_asked_for_again(
    guarded: Path, memory_keyring: MemoryKeyring
) -> None:
    ask("--company", guarded, "people", "--remember", stdin="geheim\n")
    for key in memory_keyring.kept:
        memory_keyring.kept[key] = "von gestern"

    said = ask("--company", guarded, "people", stdin="geheim\n")

    assert said.code == 0
    assert "不对" in said.err


def test_that_somebody_added_with_a_password_signs_in_with_it(guarded: Path) -> None:
    said = ask(
        "--company", guarded, "person", "add", "林涛", "--role", "supervisor=500",
        "--password", "--password-stdin", "--json", stdin="geheim\nzweites\n",
    )  # fmt: skip

    assert said.value == {"name": "林涛", "roles": ["supervisor"], "password": True}
    signed_in = ask("--company", guarded, "--as", "林涛", "people", "--json", stdin="zweites\n")
    assert signed_in.value[1]["limit_minor"] == 500_00


@pytest.mark.parametrize("name", ["", " ", "a\nb", "a\u202eb", "长" * 30])
def test_that_a_hostile_name_is_nobody(company: Path, name: str) -> None:
    said = ask("--company", company, "person", "add", name, "--role", "counter", "--json")

    assert said.code == 1
    assert "人名" in said.value["refused"]


@pytest.mark.parametrize(
    ("role", "part"), [("boss", "boss"), ("admin", "管理员"), ("counter=viel", "viel")]
)
def test_that_a_role_or_limit_that_cannot_be_is_refused(
    company: Path, role: str, part: str
) -> None:
    both = ("--role", role, "--role", "accountant")

    said = ask("--company", company, "person", "add", "新人", *both)

    assert said.code == 1
    assert part in said.err
    assert "新人" not in ask("--company", company, "people").out


def test_that_cash_and_books_are_never_in_one_hand(company: Path) -> None:
    both = ("--role", "cashier", "--role", "会计")

    said = ask("--company", company, "person", "add", "新人", *both)

    assert said.code == 1
    assert "出纳" in said.err


def test_that_the_firm_is_said_and_shown(company: Path) -> None:
    ask("--company", company, "firm", "--address", "杭州")

    said = ask("--company", company, "firm", "--json")

    assert said.value == {"name": "明湖机电", "bank_account": "33001616", "address": "杭州"}


@pytest.mark.slow
def test_that_after_set_up_a_director_decides_what_somebody_may_do(company: Path) -> None:
    base = ("--company", company)
    post_something(company)

    late = ask(*base, "firm", "--name", "x")
    added = ask(*base, "--as", "林涛", "person", "add", "新人", "--role", "counter", "--json")

    assert "建账已结束" in late.err
    number = added.value["number"]
    assert roles_of(company, "新人") == []
    seen = ask(*base, "show", number, "--json").value["seen"]
    assert ask(*base, "approve", number, "--seen", seen).code == 0
    assert roles_of(company, "新人") == ["counter"]
    ended = ask(*base, "--as", "林涛", "person", "end", "新人", "--role", "counter", "--json")
    ask(*base, "approve", ended.value["number"], "--seen", seen_of(company, ended.value["number"]))
    assert roles_of(company, "新人") == []


def post_something(company: Path) -> None:
    base = ("--company", company)
    said = ask(*base, "--as", "沈佳", "receipt", "5.00", "--customer", "C1", "--submit", "--json")
    number = said.value["number"]
    done = ask(*base, "--as", "林涛", "approve", number, "--seen", said.value["seen"])
    assert done.code == 0, done


def seen_of(company: Path, number: str) -> str:
    return str(ask("--company", company, "show", number, "--json").value["seen"])


def roles_of(company: Path, name: str) -> list[str]:
    rows = json.loads(ask("--company", company, "people", "--json").out)
    return next(list(row["roles"]) for row in rows if row["name"] == name)


@pytest.mark.slow
def test_that_a_person_changes_their_own_password(guarded: Path) -> None:
    said = ask(
        "--company", guarded, "person", "password", "--password-stdin", "--json",
        stdin="geheim\nneu\n",
    )  # fmt: skip

    assert said.value == {"name": "陈静", "password": True}
    assert ask("--company", guarded, "people", stdin="neu\n").code == 0
    assert ask("--company", guarded, "people", stdin="geheim\n").code == 1
