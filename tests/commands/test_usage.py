import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from erpdesk.commands.group import VERBS, erpdesk
from tests.commands.asking import ROOT, ask


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_that_every_verb_explains_itself_in_both_languages(verb: str) -> None:
    said = ask(verb, "--help")

    assert said.code == 0
    assert said.out.startswith("Usage:")
    assert any("\u4e00" <= letter <= "\u9fff" for letter in said.out)


@pytest.mark.parametrize(
    "verb",
    sorted(VERBS.keys() - {"read-code", "campaign", "import", "export", "person"}),
)
def test_that_a_verb_takes_the_shared_options_and_has_an_example(verb: str) -> None:
    said = ask(verb, "--help")

    assert {"--company", "--as", "--json", "--lang", "--password-stdin", "--remember"} <= {
        word.rstrip(",") for word in said.out.split()
    }
    assert "例 / Examples" in said.out


def examples(command: click.Command) -> Iterator[str]:
    yield from getattr(command, "examples", ())
    for one in command.commands.values() if isinstance(command, click.Group) else ():
        yield from examples(one)


@pytest.mark.parametrize("verb", sorted(VERBS.keys() - {"new", "demo"}))  # they make what they name
def test_that_every_example_is_written_as_its_verb_is_used(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = erpdesk.get_command(click.Context(erpdesk), verb)
    assert command is not None

    for example in examples(command):
        typed, _, _ = example.replace("\\\n", "").partition(" < ")

        said = ask(*shlex.split(typed))

        assert said.code == 1, (example, said)  # there is no such company here


def test_that_help_lists_every_verb_and_fits_the_terminal() -> None:
    said = ask("--help")

    assert all(f"  {verb} " in said.out for verb in VERBS)
    assert said.code == 0


def test_that_no_verb_at_all_shows_help_and_is_wrong_usage() -> None:
    said = ask()

    assert said.code == 2
    assert said.out == ""
    assert "Usage:" in said.err


def test_that_an_unknown_verb_is_wrong_usage_and_suggests_one() -> None:
    said = ask("vouchr")

    assert said.code == 2
    assert "voucher" in said.err
    assert said.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("balance", "--nonsense"),
        ("scan",),
        ("scan", "盘-0001", "--count", "0"),
        ("notice", "C1", "--pay-by", "tomorrow"),
        ("campaign", "plan"),
        ("balance", "C1", "C2"),
        ("--lang", "fr", "balance"),
        ("reject", "临-1"),
        ("campaign", "plan", "--name", " "),
        ("campaign", "decide", "盘-1", "defer", "--reason", "月底再去一趟"),
        ("notice", "C1", "--in", "fr"),
        ("verify", "--speed", "fast"),
        ("scan", "盘-1", "--baud", "x"),
    ],
)
def test_that_wrong_usage_is_code_2_and_one_line_in_text_and_in_json(
    arguments: tuple[str, ...],
) -> None:
    plain, machine = ask(*arguments), ask(*arguments, "--json")

    assert (plain.code, machine.code) == (2, 2)
    assert plain.out == ""
    assert plain.err.count("\n") == 1
    assert list(machine.value) == ["refused"]
    assert "--help" in machine.value["refused"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("notice", "C1", "--in", "fr"), "fr → zh、en"),
        (("scan", "盘-1", "--count", "0"), "0 → x>=1"),
        (("scan", "盘-1", "--baud", "x"), "x → x>=1"),
    ],
)
def test_that_a_wrong_value_is_told_with_what_may_be_and_without_english(
    arguments: tuple[str, ...], said: str
) -> None:
    refused = ask(*arguments, "--json").value["refused"]

    assert said in refused
    assert "is not" not in refused


@pytest.mark.parametrize("group", ["campaign", "export", "person", "import"])
def test_that_a_group_without_its_verb_is_json_for_a_machine(group: str) -> None:
    said = ask(group, "--json")

    assert said.code == 2
    assert "COMMAND" in said.value["refused"]


def test_that_wrong_usage_speaks_english_where_asked() -> None:
    said = ask("balance", "--nonsense", "--lang", "en")

    assert said.err.startswith("There is no option --nonsense. Nothing was done. ")


def test_that_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert project["version"] in ask("--version").out


@pytest.mark.parametrize("before", [True, False])
def test_that_shared_options_work_on_both_sides_of_a_verb(company: Path, *, before: bool) -> None:
    shared = ("--company", str(company), "--as", "林涛", "--json", "--lang", "en")

    said = ask(*shared, "people") if before else ask("people", *shared)

    assert [row["name"] for row in said.value] == ["陈静", "林涛", "周敏", "沈佳", "王芳"]


def test_that_shared_options_work_in_the_middle_of_a_verb_of_two_words(company: Path) -> None:
    said = ask("campaign", "--company", company, "--json", "status", "盘-0009")

    assert said.code == 1
    assert "盘-0009" in said.value["refused"]


def test_that_a_company_has_to_be_named() -> None:
    said = ask("balance")

    assert said.code == 1
    assert "--company" in said.err


def test_that_bytes_that_are_no_text_are_refused() -> None:
    said = ask("--company", "x\udcff", "balance", "--json")

    assert said.code == 1
    assert "UTF-8" in said.value["refused"]
