import json
from pathlib import Path

import pytest

from tests.commands.asking import ask

pytestmark = [
    pytest.mark.journey, pytest.mark.slow, pytest.mark.timeout(300),
    pytest.mark.usefixtures("cheap_passwords"),
]  # fmt: skip


def test_that_the_demonstration_does_the_whole_job_and_says_what_it_did(tmp_path: Path) -> None:
    folder = tmp_path / "样例"

    said = ask("demo", folder, "--json")
    again = ask("demo", folder, "--json")

    assert said.code == 0, said
    summary = said.value
    assert json.loads((folder / "summary.json").read_text("utf-8")) == summary
    assert summary["counted"]["scanned"] == summary["counted"]["stored"] == 14
    assert summary["verified"]["findings"] == 0
    names = [summary["printed"]["file"], *summary["posted"]["journal_files"]]
    assert all((folder / name).stat().st_size > 500 for name in names)
    assert again.code == 1
    people = ask("--company", folder / summary["company"], "people", stdin="erpdesk\n")
    assert "林涛" in people.out
