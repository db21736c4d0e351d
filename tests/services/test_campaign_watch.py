"""A campaign that is kept up by what is new stands as one that is looked at whole."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import pytest

from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.counting import Fate, Proposal
from erpdesk.errors import StorageError, UserError
from erpdesk.services.stocktake import campaign_watch
from erpdesk.services.stocktake.campaign_watch import CampaignWatch, Watched
from erpdesk.services.stocktake.campaigns import Line
from erpdesk.storage import count_news, counts
from erpdesk.storage.documents import Document
from tests.services.builders import Office


@dataclass
class Scene:
    """A campaign that is counted, and who watches it from the first moment."""

    office: Office
    campaign: Document
    watch: CampaignWatch = field(init=False)

    def __post_init__(self) -> None:
        self.watch = self.office.desk("chief").campaigns.watch(self.campaign)
        self.watch.look()

    def customer(self, code: str) -> CustomerId:
        return CustomerId(self.office.customer(code).id)

    def agrees(self) -> Watched:
        """Look again, and see that all is as a look at the whole finds it."""
        found, whole = self.watch.look(), self.office.desk("chief").campaigns.status(self.campaign)
        lines = dict[str, list[Line]]()
        for line in whole.lines:
            lines.setdefault(line.frozen.customer_id, []).append(line)
        waiting = list(dict.fromkeys(line.frozen.customer_id for line in whole.uncounted))
        assert found.customers == len(lines)
        assert {key: list(of) for key, of in found.lines.items()} == {
            key: of for key, of in lines.items() if of[0].counted.events or of[0].counted.decisions
        }
        assert [row.customer_id for row in found.open] == waiting
        assert found.uncounted == len(waiting)
        assert found.states == Counter(of[0].judged.state for of in lines.values())
        assert {one.id for one in found.unexpected} == {one.id for one in whole.unexpected}
        self._board_agrees()
        return found

    def _board_agrees(self) -> None:
        """See that the board of what is watched says what the board of the whole does."""
        campaigns, now = self.office.desk("chief").campaigns, self.office.look(self.campaign)
        whole, found = campaigns.board(now), campaigns.board(now, self.watch.status)
        assert _said(found.blocks) == _said(whole.blocks)
        assert _said(found.recount_blocks) == _said(whole.recount_blocks)
        status, blocks, recount = whole.status, whole.blocks, whole.recount_blocks
        assert replace(found, status=status, blocks=blocks, recount_blocks=recount) == whole
        for name in ("shown_state", "scans", "coverage", "accuracy"):
            assert getattr(found.status, name) == getattr(whole.status, name)


def _said(errors: Iterable[UserError]) -> list[tuple[object, ...]]:
    return [(type(one), one.facts) for one in errors]


@pytest.fixture
def scene(both: Office) -> Scene:
    both.posted("服务1", "113.00", "K1")
    both.foreign("20.00", rate="7.10")
    return Scene(both, both.campaign("K1", "K2", "K3", cut_off=both.ago(1)))


Act = Callable[[Scene], object]


def _alias(scene: Scene) -> None:
    unknown = scene.office.scan(scene.campaign, "NEW-CODE").event
    scene.agrees()
    scene.office.rule(scene.campaign, "alias", code="K2", event=unknown.id)


def _proposed(scene: Scene) -> None:
    unknown = scene.office.scan(scene.campaign, "NOBODY").event
    counting = scene.office.desk("counter").counting
    counting.propose(scene.campaign, Proposal(unknown.id, Fate.JUNK))
    assert list(scene.agrees().proposals) == [unknown.id]
    scene.office.rule(scene.campaign, "junk", event=unknown.id)


def _taken_back(scene: Scene) -> None:
    said = scene.office.state(scene.campaign, "K2", "5.00")
    scene.agrees()
    scene.office.desk("counter").counting.take_back(scene.campaign, said.id)


def _conflict(scene: Scene) -> None:
    scene.office.state(scene.campaign, "K2", "5.00")
    chosen = scene.office.state(scene.campaign, "K2", "6.00", by="second")
    scene.agrees()
    scene.office.rule(scene.campaign, "choose", code="K2", event=chosen.id)


def _moved(scene: Scene) -> None:
    scene.office.state(scene.campaign, "K1", "113.00", "phone")
    before = scene.agrees().lines[scene.customer("K1")]
    scene.office.posted("服务2", "1,000.00", "K1")
    assert scene.agrees().lines[scene.customer("K1")] != before


ACTS: dict[str, Act] = {
    "a scan": lambda scene: scene.office.scan(scene.campaign, "K3"),
    "a stated balance": lambda scene: scene.office.state(scene.campaign, "K1", "0"),
    "a code of nobody that is linked": _alias,
    "a scan of nobody with a proposal": _proposed,
    "a record taken back": _taken_back,
    "a conflict that is decided": _conflict,
    "a customer put off": lambda scene: scene.office.rule(scene.campaign, "defer", code="K3"),
    "what is posted later": _moved,
}


@pytest.mark.slow
@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_that_after_each_act_it_stands_as_the_whole_does(scene: Scene, act: Act) -> None:
    scene.agrees()
    act(scene)
    scene.agrees()


@pytest.fixture
def one(office: Office) -> Scene:
    return Scene(office, office.campaign("K1", "K2", "K3"))


def test_that_a_look_after_a_scan_reads_the_lines_of_that_customer_alone(
    one: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.office.scan(one.campaign, "K1")
    one.agrees()
    asked, lines = list[set[str]](), counts.lines

    def noted(connection: object, name: str, customers: list[str]) -> object:
        asked.append(set(customers))
        return lines(connection, name, customers)  # type: ignore[arg-type]

    monkeypatch.setattr(counts, "lines", noted)
    one.office.scan(one.campaign, "K2")
    one.watch.look()
    one.watch.look()

    assert asked == [{one.customer("K2")}]


def test_that_of_those_on_a_sheet_the_open_ones_are_listed_alone(one: Scene) -> None:
    one.office.rule(one.campaign, "defer", code="K3")
    sheet = {one.customer("K2"), one.customer("K3")}

    found = one.watch.look(sheet)

    assert ([row.code for row in found.open], found.uncounted) == (["K2"], 2)


def test_that_whom_a_record_was_taken_back_of_is_open_on_its_sheet_alone(one: Scene) -> None:
    said = one.office.state(one.campaign, "K1", "5.00")
    one.office.desk("counter").counting.take_back(one.campaign, said.id)

    assert [row.code for row in one.watch.look({one.customer("K1")}).open] == ["K1"]
    assert [row.code for row in one.watch.look({one.customer("K2")}).open] == ["K2"]


def test_that_after_a_look_that_broke_off_all_is_looked_at_anew(
    one: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.office.scan(one.campaign, "K1")

    def gone(*_: object, **__: object) -> Iterator[object]:
        raise StorageError(detail="gone")

    with monkeypatch.context() as patched:
        patched.setattr(count_news, "untouched", gone)
        with pytest.raises(StorageError):
            one.watch.look()

    one.agrees()


def test_that_who_looks_is_told_how_many_rows_were_read_and_may_stop_it(
    one: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_watch, "TOLD_EACH", 1)
    one.office.scan(one.campaign, "K1")
    one.office.rule(one.campaign, "defer", code="K2")
    told, campaigns = list[tuple[int, int | None]](), one.office.desk("chief").campaigns

    def stop(done: int, total: int | None) -> None:
        raise StorageError(done=done, total=total)

    campaigns.watch(one.campaign).look(tell=lambda *rows: told.append(rows))
    one.watch = campaigns.watch(one.campaign)
    with pytest.raises(StorageError):
        one.watch.look(tell=stop)

    one.agrees()
    assert told == [(n, 5) for n in range(1, 5)]
