import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from importlib.resources import files
from pkgutil import walk_packages

import pytest
from typing_extensions import override

import erpdesk
from erpdesk.domain.kinds import KINDS
from erpdesk.domain.people import Role
from erpdesk.domain.voucher import Lack
from erpdesk.errors import ErpdeskError, RefusedError, StorageError, UserError
from erpdesk.words import KINDS as KIND_WORDS
from erpdesk.words import ROLES, STATES, VERBS, Language, Sentence, explain, standing
from erpdesk.words.guards import GUARDS
from erpdesk.words.lacks import LACKS
from erpdesk.words.refusals import REFUSALS

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def every_error() -> Iterator[type[ErpdeskError]]:
    for module in walk_packages(erpdesk.__path__, "erpdesk."):
        if not module.name.endswith("__main__") and ".migrations." not in module.name:
            import_module(module.name)
    waiting: list[type[ErpdeskError]] = [ErpdeskError]
    while waiting:
        kind = waiting.pop()
        yield kind
        waiting += kind.__subclasses__()


def guards_in(name: str) -> set[str]:
    text = files("erpdesk.storage").joinpath(name).read_text("utf-8")
    return set(re.findall(r"'(G\d{1,2} [a-z-]+)", text))


def test_that_every_refusal_has_a_sentence_in_both_languages() -> None:
    silent = {
        kind.__name__
        for kind in every_error()
        if issubclass(kind, UserError | StorageError) and kind.__module__.startswith("erpdesk.")
    } - REFUSALS.keys()

    assert silent == set()


def test_that_no_two_refusals_share_a_sentence_by_their_name() -> None:
    ours = [kind.__name__ for kind in set(every_error()) if kind.__module__.startswith("erpdesk.")]
    twice = {name for name, times in Counter(ours).items() if times > 1}

    assert twice == {"DiskFullError"}  # of the books and of other files: one sentence for both


def test_that_every_guard_of_both_engines_has_a_sentence() -> None:
    named = guards_in("guards_sqlite.sql") | guards_in("guards_postgres.sql")

    assert named - GUARDS.keys() == set()


@pytest.mark.parametrize("name", sorted(REFUSALS | GUARDS))
def test_that_a_refusal_says_what_happened_what_was_not_done_and_what_to_do(name: str) -> None:
    chinese, english = ((REFUSALS | GUARDS)[name].said(language, {}) for language in LANGUAGES)

    assert chinese.count("。") >= 3
    assert len(re.findall(r"[.](?: |$)", english)) >= 3


@pytest.mark.parametrize("name", sorted(REFUSALS))
def test_that_a_refusal_speaks_chinese_and_english(name: str) -> None:
    chinese, english = (REFUSALS[name].said(language, {}) for language in LANGUAGES)

    assert re.search(r"[\u4e00-\u9fff]", chinese)
    assert not re.search(r"[\u4e00-\u9fff]", english)
    assert chinese.endswith("。")
    assert english.endswith(".")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_that_what_stands_against_something_untried_says_no_word_of_changes(
    language: Language,
) -> None:
    errors: list[ErpdeskError] = [RefusedError(code=code) for code in GUARDS]
    errors += [kind() for kind in every_error() if kind.__init__ is UserError.__init__]
    plain = {"zh": "什么都没改。", "en": " Nothing was changed."}[language]
    said = [(explain(one, language), standing(one, language)) for one in errors]

    assert any(whole != short for whole, short in said)
    assert [short for _, short in said if plain in short] == []
    assert [whole for whole, short in said if whole.replace(plain, "") != short] == []
    assert [short for _, short in said if not short] == []


def test_that_every_kind_state_verb_and_role_has_a_word() -> None:
    rows = [row for kind in KINDS for row in kind.transitions]

    assert {kind.name for kind in KINDS} == KIND_WORDS.keys()
    assert {row.to_state for row in rows} <= STATES.keys()
    assert {row.verb for row in rows} <= VERBS.keys()
    assert {role.value for role in Role} == ROLES.keys()
    assert {lack.value for lack in Lack} == LACKS.keys()


def test_that_a_guard_is_explained_by_its_code() -> None:
    assert "自己经手" in explain(RefusedError("G4 own-work"))
    assert "own work" in explain(RefusedError("G4 own-work"), "en")


def test_that_a_fact_that_is_not_known_reads_as_an_ellipsis() -> None:
    assert Sentence("缺 {what}", "no {what}").said("zh", {}) == "缺 …"


def test_that_hidden_characters_of_a_fact_are_made_visible() -> None:
    assert Sentence("{x}", "{x}").said("zh", {"x": "a\u202eb"}) == "a\\u202eb"


def test_that_a_fact_is_said_only_where_the_sentence_asks_for_it() -> None:
    class Many:
        @override
        def __str__(self) -> str:
            raise AssertionError

    facts = {"count": 2, "customers": Many()}

    assert Sentence("共 {count} 户", "{count}").said("zh", facts) == "共 2 户"
