import gc
from pathlib import Path

import pytest

from erpdesk.files.atomic import FileNotWrittenError
from erpdesk.services.keeping.verifying import Check, Speed, Verified, Verifying, codes_of
from erpdesk.services.keeping.watching import RUNS_KEPT, LookStoppedError, Watched, Watching, after
from erpdesk.storage.checks import Finding
from tests.fakes import FakeClock
from tests.storage.proof import company_at, opened, tampering

FOUND = Finding("V2", "items_differ", "K1 1122 CNY")


def ran(speed: Speed = Speed.RULES, *, faults: tuple[str, ...] = ()) -> Verified:
    checks = tuple(Check(code, int(code in faults), 5) for code in codes_of(speed))
    findings = tuple(Finding(code, "items_differ", f"at {code}") for code in faults)
    return Verified(speed, checks, findings, ())


def history(*runs: Verified) -> Watched:
    stands = Watched()
    for at, run in enumerate(runs, 1):
        stands = after(stands, run, at=at, took_us=7)
    return stands


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return company_at(tmp_path / "books.erpdesk")


def test_that_a_failure_began_with_the_first_run_in_a_row_that_found_it() -> None:
    stands = history(ran(), ran(faults=("V2",)), ran(faults=("V2",)))

    [failing] = stands.failing
    assert (failing.code, failing.since_at, failing.seen_at) == ("V2", 2, 3)
    assert failing.findings[0].where == "at V2"


def test_that_a_check_that_holds_again_begins_anew_when_it_fails_again() -> None:
    assert history(ran(faults=("V2",)), ran()).failing == ()

    assert history(ran(faults=("V2",)), ran(), ran(faults=("V2",))).failing[0].since_at == 3


def test_that_a_quick_run_does_not_clear_what_a_closer_one_found() -> None:
    deep = ran(Speed.DEEP, faults=("V4", "C"))

    assert [one.code for one in history(deep, ran()).failing] == ["V4", "C"]
    assert history(deep, ran(faults=("V4",)), ran()).failing_in("V4") is not None
    assert history(deep, ran(), ran(Speed.DEEP)).failing == ()


def test_that_the_last_runs_are_kept_the_newest_first() -> None:
    stands = history(*(ran() for _ in range(RUNS_KEPT + 3)))

    assert [run.at for run in stands.runs] == list(range(RUNS_KEPT + 3, 3, -1))
    latest = stands.latest("V1")
    assert latest is not None
    assert latest[0].at == RUNS_KEPT + 3
    assert stands.latest("C") is None


def test_that_what_was_seen_is_known_after_the_program_was_started_again(
    path: Path, tmp_path: Path
) -> None:
    with tampering(path) as hand:
        hand.do("UPDATE number_series SET last = last + 1 WHERE series = '收'")
    with opened(path) as database:
        watching = Watching(Verifying(database, FakeClock()), tmp_path / "notes" / "n.json")
        said: list[str] = []
        verified, watched = watching.verify(Speed.RULES, say=said.append, is_stopped=lambda: False)

        again = Watching(Verifying(database, FakeClock()), watching.path).watched()

    assert said == list(codes_of(Speed.RULES))
    assert verified.count == 1
    assert again == watched
    assert [one.code for one in again.failing] == ["V7"]


def test_that_notes_that_cannot_be_read_are_as_if_nothing_was_noted(tmp_path: Path) -> None:
    notes = tmp_path / "n.json"
    with opened(company_at(tmp_path / "b")) as database:
        watching = Watching(Verifying(database, FakeClock()), notes)
        for text in ("{", "[]", '{"runs": [{"at": "x"}], "failing": []}'):
            notes.write_text(text)
            assert watching.watched() == Watched()


def test_that_a_long_question_is_left_when_somebody_stops_it(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("erpdesk.storage.checks.STEPS_BETWEEN_ASKING", 10)
    asked: list[str] = []
    with opened(path) as database:
        watching = Watching(Verifying(database, FakeClock()), tmp_path / "n.json")
        with pytest.raises(LookStoppedError):
            watching.verify(Speed.DEEP, say=asked.append, is_stopped=lambda: "V4" in asked)

        assert "V9" not in asked
        assert watching.watched() == Watched()
        assert Verifying(database, FakeClock()).verify(Speed.RULES).is_clean
    gc.collect()  # no question is left that would end only now: the log would tell


def test_that_a_run_counts_what_all_its_checks_found() -> None:
    [run] = history(ran(faults=("V2", "V7"))).runs

    assert run.count == 2


def test_that_a_check_counts_even_where_it_cannot_be_noted(
    path: Path, tmp_path: Path, expect_log: list[str]
) -> None:
    expect_log.append("how the books stand was not noted")
    notes = tmp_path / "a folder of that name"
    notes.mkdir()
    with opened(path) as database:
        watching = Watching(Verifying(database, FakeClock()), notes)

        verified, watched = watching.verify(
            Speed.RULES, say=lambda _: None, is_stopped=lambda: False
        )

        assert watching.watched() == Watched()
    assert verified.is_clean
    assert [run.checks for run in watched.runs] == [verified.checks]


def test_that_a_report_is_written_whole_or_the_old_one_stays(path: Path, tmp_path: Path) -> None:
    report = tmp_path / "核对.txt"
    with opened(path) as database:
        watching = Watching(Verifying(database, FakeClock()), tmp_path / "n.json")
        watching.keep_report(report, "没有问题\n")
        with pytest.raises(FileNotWrittenError):
            watching.keep_report(tmp_path / "nowhere" / "r.txt", "x")
        with pytest.raises(UnicodeEncodeError):
            watching.keep_report(report, "half\udcff")

    assert report.read_text("utf-8") == "没有问题\n"
    assert [one for one in tmp_path.iterdir() if "核对" in one.name] == [report]
