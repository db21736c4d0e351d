import json
import logging
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from erpdesk import logs

CANARY = "Zeisig-7713"


def lines_of(folder: Path) -> list[dict[str, Any]]:
    text = (folder / logs.FILE_NAME).read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_that_an_event_is_one_line_of_json_with_the_run_it_belongs_to(tmp_path: Path) -> None:
    with logs.logging_to(tmp_path) as run_id:
        logging.getLogger("erpdesk.desk").info("客户 %s\nopened", "甲")

    (line,) = lines_of(tmp_path)
    assert line["run"] == run_id
    assert line["said"] == "客户 甲\nopened"
    assert (line["from"], line["level"]) == ("erpdesk.desk", "INFO")
    assert line["at"].endswith("+00:00")


def test_that_two_runs_have_two_ids_in_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        with logs.logging_to(tmp_path):
            logging.getLogger("x").info("here")

    assert len({line["run"] for line in lines_of(tmp_path)}) == 2


def test_that_after_the_block_nothing_is_written_any_more(tmp_path: Path) -> None:
    with logs.logging_to(tmp_path):
        logging.getLogger("x").info("in")
    logging.getLogger("x").info("out")

    assert [line["said"] for line in lines_of(tmp_path)] == ["in"]


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://alice:{CANARY}@desk/company refused",
        f"postgresql+psycopg://alice:{CANARY}@desk/company refused",
        f"password={CANARY}",
        f"PASSWORD: '{CANARY} and more'",
        f'{{"passphrase": "{CANARY}"}}',
        f"wrapped=b'{CANARY}'",
        f"api_token = {CANARY}",
        f"密码：{CANARY}",
        f"INSERT failed [SQL: …]\n[parameters: {{'phone': '{CANARY}'}}]",
        f"$argon2id$v=19$m=8,t=1,p=1${CANARY}",
    ],
)
def test_that_a_secret_does_not_reach_the_log(tmp_path: Path, text: str) -> None:
    with logs.logging_to(tmp_path):
        logging.getLogger("x").info("%s", text)
        logging.getLogger("x").info("broke", exc_info=ValueError(text))

    assert CANARY not in (tmp_path / logs.FILE_NAME).read_text("utf-8")


def test_that_plain_words_stay_as_they_are() -> None:
    text = "campaign 2026-11: 3 lines, postgresql://desk/company, a password was asked for"

    assert logs.redacted(text) == text


@given(st.text())
def test_that_taking_secrets_out_twice_changes_nothing_more(text: str) -> None:
    once = logs.redacted(text)

    assert logs.redacted(once) == once


def test_that_old_files_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "FILE_BYTES_MAX", 200)

    with logs.logging_to(tmp_path):
        for number in range(100):
            logging.getLogger("x").info("event %d", number)

    assert len(list(tmp_path.iterdir())) == logs.OLDER_FILES + 1
