"""A frozen campaign until it is closed: decided, handed on, given up, counted again."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from erpdesk.domain.approval import Verb
from erpdesk.domain.ids import CustomerId
from erpdesk.domain.stocktake.count_line import LineVerb
from erpdesk.services.stocktake.campaigns import Campaigns, Status
from erpdesk.storage.documents import Document
from tests.services.builders import Office
from tests.ui.campaign_rooms import run_page, settle
from ui.pages.campaigns.run import RunPage
from ui.work.runner import Runner

pytestmark = pytest.mark.usefixtures("app")
REASON = "电话没人接，改天再去"
CTRL = Qt.KeyboardModifier.ControlModifier


def decide(run: RunPage, verb: LineVerb, reason: str = REASON) -> None:
    run.decide.ways[verb].click()
    run.decide.reason.setText(reason)
    run.decide.submit.click()


def test_that_another_campaign_begins_with_nothing_chosen_before(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    first = office.campaign("K1", "K2")
    run = run_page(qtbot, runner, office, first)
    run.lists.tables["open"].selectAll()
    run.decide.reason.setText(REASON)
    office.decide_cancel(office.look(first))
    second = office.campaign("K1", "K2", "K3")

    run.show_campaign(office.look(second))
    settle(qtbot, runner, run)

    assert [one.frozen.code for one in run.lists.chosen] == ["K1"]
    assert run.decide.reason.text() == ""


def test_that_each_uncounted_customer_is_decided_and_then_nothing_blocks(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", "0")
    run = run_page(qtbot, runner, office, campaign)
    blocked = [one.lack.sentence for one in run.guards.lines]
    assert not run.next.isEnabled()

    run.lists.go("open")
    decide(run, LineVerb.DEFER)
    for _ in range(2):
        settle(qtbot, runner, run)

    assert blocked == ["1 户未盘，逐户定：顺延、未找到、延后"]
    [_, line] = office.desk("chief").campaigns.status(office.look(campaign)).lines
    assert (line.judged.state.value, line.counted.decisions[0].reason) == ("deferred", REASON)
    assert run.guards.lines == []
    run.next.click()
    for _ in range(2):
        settle(qtbot, runner, run)
    assert office.look(campaign).state == "review"
    assert run.head.chip.chip.word == "差异核对"


def test_that_the_next_customer_is_chosen_when_one_was_decided(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2", "K3")
    run = run_page(qtbot, runner, office, campaign)
    run.lists.tables["open"].go_to(1)

    decide(run, LineVerb.CARRY)
    for _ in range(2):
        settle(qtbot, runner, run)

    assert [one.frozen.code for one in run.lists.chosen] == ["K3"]
    assert run.head.values["counted"].text() == "0 / 3 户"
    assert dict(run.head.bar.table())["已定"] == "1"


def test_that_not_found_waits_for_its_evidence(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2")
    run = run_page(qtbot, runner, office, campaign)
    run.lists.tables["open"].selectAll()
    run.decide.ways[LineVerb.NOT_FOUND].click()
    run.decide.reason.setText(REASON)
    without = run.decide.submit.why_not

    run.attach(office.written("退信.txt", "查无此人"))
    settle(qtbot, runner, run)
    assert run.decide.submit.isEnabled()
    run.decide.submit.click()
    for _ in range(2):
        settle(qtbot, runner, run)

    assert "附证据" in without
    states = [
        one.judged.state.value for one in office.desk("chief").campaigns.status(campaign).lines
    ]
    assert states == ["not_found", "not_found"]
    assert run.decide.evidence == ()


def test_that_an_unexpected_code_is_linked_or_put_away(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2")
    office.scan(campaign, "NEW-1")
    office.scan(campaign, "TRASH")
    run = run_page(qtbot, runner, office, campaign)
    run.lists.go("unexpected")
    run.decide.ways[LineVerb.ALIAS].click()
    run.decide.reason.setText("旧标签还贴着")
    unlinked = run.decide.submit.why_not
    run.decide.link.put_customer(office.customer("K1"))
    run.decide.submit.click()
    for _ in range(2):
        settle(qtbot, runner, run)
    run.lists.go("unexpected")

    decide(run, LineVerb.JUNK, "扫到了快递单")
    for _ in range(2):
        settle(qtbot, runner, run)

    status = office.desk("chief").campaigns.status(campaign)
    assert unlinked == "先选关联到哪个客户"
    assert status.unexpected == ()
    assert len(status.lines[0].counted.events) == 1


def test_that_a_conflict_is_settled_by_choosing_one_of_its_counts(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    office.state(campaign, "K1", "9.00", by="second")
    run = run_page(qtbot, runner, office, campaign)
    run._jump("conflicts")
    shown = [one.event.stated.plain() for one in run.lists.tables["conflicts"].rows_model.rows]
    nine = shown.index("9.00")
    run.lists.tables["conflicts"].go_to(nine)

    decide(run, LineVerb.CHOOSE, "对过账单了")
    for _ in range(2):
        settle(qtbot, runner, run)

    assert sorted(shown) == ["0.00", "9.00"]
    [line] = office.desk("chief").campaigns.status(campaign).lines
    assert line.judged.stated is not None
    assert line.judged.stated.plain() == "9.00"


def test_that_a_recount_a_counter_asks_for_stands_beside_the_conflicts_until_it_is_decided(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", "0")
    whom = CustomerId(office.customer("K1").id)
    office.desk("second").counting.ask_recount(campaign, whom, "看着不像这家的数")
    run = run_page(qtbot, runner, office, campaign)
    run.lists.go("conflicts")
    model = run.lists.tables["conflicts"].rows_model
    said = [model.row_sentence(one) for one in model.rows]

    decide(run, LineVerb.RECOUNT, "换赵倩再盘一次")
    for _ in range(2):
        settle(qtbot, runner, run)

    assert len(said) == 1
    assert "赵倩 请复盘：看着不像这家的数" in said[0]
    assert model.rows == ()
    assert [one.frozen.code for one in run.lists.tables["open"].rows_model.rows] == ["K2"]


def test_that_ctrl_enter_in_the_reason_decides_and_never_takes_the_next_step(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    run = run_page(qtbot, runner, office, campaign)
    run.activateWindow()
    assert run.next.isEnabled()
    run.lists.go("open")
    run.decide.reason.setFocus()

    qtbot.keyClick(run.decide.reason, Qt.Key.Key_Return, CTRL)
    settle(qtbot, runner, run)
    in_reason = office.look(campaign).state
    run.lists.tables["counters"].setFocus()
    run.lists.go("counters")
    qtbot.keyClick(run.lists.tables["counters"], Qt.Key.Key_Return, CTRL)
    settle(qtbot, runner, run)

    assert (in_reason, office.look(campaign).state) == ("counting", "review")


def test_that_who_counted_how_many_is_said(qtbot: QtBot, runner: Runner, office: Office) -> None:
    campaign = office.campaign("K1", "K2")
    office.state(campaign, "K1", "0")
    run = run_page(qtbot, runner, office, campaign)

    model = run.lists.tables["counters"].rows_model
    assert [model.row_sentence(one) for one in model.rows] == [
        "谁 王芳，分给 谁都可以，已盘 1，扫码 1",
        "谁 赵倩，分给 谁都可以，已盘 0，扫码 0",
    ]
    assert run.head.spoken == "覆盖率 50.0%，挡着 1 项"


def test_that_a_frozen_campaign_is_given_up_by_somebody_else_with_a_reason(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1")
    mine = run_page(qtbot, runner, office, campaign)
    run = run_page(qtbot, runner, office, campaign, by="director")
    assert "你经手过" in mine.void.why_not

    run.void.click()
    run.sheet.reason.setText("改成月底再盘")
    run.sheet.submit.click()
    for _ in range(2):
        settle(qtbot, runner, run)

    assert office.look(campaign).state == "cancelled"
    assert run.next.why_not == "已作废，只读"
    assert run.head.steps.accessibleName() == "第 2 步，共 7 步：已作废"


def test_that_a_recount_is_begun_with_a_reason(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "9.00")
    run = run_page(qtbot, runner, office, campaign)

    run.recount.click()
    run.sheet.reason.setText("超容差，再盘一次")
    run.sheet.submit.click()
    for _ in range(2):
        settle(qtbot, runner, run)

    assert office.look(campaign).state == "recount"
    assert [one.lack.sentence for one in run.guards.lines] == [
        "1 户未盘，逐户定：顺延、未找到、延后"
    ]
    assert not run.recount.isEnabled()


def test_that_chosen_customers_are_counted_anew_once_its_effects_were_seen(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2")
    for code in ("K1", "K2"):
        office.state(campaign, code, "0")
    run = run_page(qtbot, runner, office, campaign)
    in_counting = run.reopen.why_not
    office.desk("chief").campaigns.review(office.look(campaign))
    run.look()
    settle(qtbot, runner, run)
    run.lists.go("open")
    nobody_chosen = run.reopen.why_not

    run.lists.go("done")
    assert [one.frozen.code for one in run.lists.tables["done"].rows_model.rows] == ["K2", "K1"]
    run.lists.tables["done"].go_to(0)
    run.reopen.click()
    shown = [one.sentence for group in run.sheet.effects.groups for one in group.lines]
    run.sheet.reason.setText("数抄错了一位")
    run.sheet.submit.click()
    for _ in range(2):
        settle(qtbot, runner, run)

    assert in_counting == "差异核对时才能重新盘点"
    assert nobody_chosen == "先在「已盘、已定」里选要重新盘的户"
    assert shown == [
        "计划回到「盘点中」", "选中的 1 户变回待盘", "原来的数和决定留着，不再算", "其余 1 户不动",
    ]  # fmt: skip
    assert office.look(campaign).state == "counting"
    assert [one.frozen.code for one in run.lists.tables["open"].rows_model.rows] == ["K2"]
    assert [one.frozen.code for one in run.lists.tables["done"].rows_model.rows] == ["K1"]


def test_that_whoever_may_not_reopen_a_campaign_is_told_why(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    office.desk("chief").campaigns.review(office.look(campaign))

    run = run_page(qtbot, runner, office, campaign, by="maker")
    run.lists.go("done")

    assert "财务主管" in run.reopen.why_not


def test_that_the_list_of_who_was_counted_does_not_say_in_a_blind_count_who_differs(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2", blind=True)
    office.state(campaign, "K1", "0")
    office.state(campaign, "K2", "9.00")
    run = run_page(qtbot, runner, office, campaign)
    model = run.lists.tables["done"].rows_model
    counting = {model.row_sentence(one).rpartition(" ")[2] for one in model.rows}

    office.desk("chief").campaigns.review(office.look(campaign))
    run.look()
    settle(qtbot, runner, run)

    assert counting == {"已盘"}
    assert {model.row_sentence(one).rpartition(" ")[2] for one in model.rows} == {
        "无差异", "有差异",
    }  # fmt: skip


def test_that_a_campaign_is_handed_in_treated_and_closed_with_its_report(
    qtbot: QtBot, runner: Runner, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, status = list[str](), Campaigns.status

    def noted(campaigns: Campaigns, document: Document) -> Status:
        whole.append(document.state)
        return status(campaigns, document)

    campaign = office.campaign("K1")
    office.state(campaign, "K1", "0")
    office.desk("chief").campaigns.review(office.look(campaign))
    monkeypatch.setattr(Campaigns, "status", noted)
    run = run_page(qtbot, runner, office, campaign, by="maker")

    run.next.click()
    for _ in range(2):
        settle(qtbot, runner, run)
    waiting = run.next.why_not
    office.decide(office.look(campaign), Verb.APPROVE, by="director")
    run.look()
    settle(qtbot, runner, run)
    run.next.click()
    for _ in range(2):
        settle(qtbot, runner, run)
    last = run_page(qtbot, runner, office, campaign)
    last.next.click()
    for _ in range(2):
        settle(qtbot, runner, last)

    assert waiting == "在审批箱里等人批"
    assert office.look(campaign).state == "closed"
    assert last.head.steps.accessibleName().startswith("第 7 步")
    assert last.next.why_not == "已完成，只读"
    assert set(whole) == {"closed"}, "a step looks at what is new alone"


def test_that_somebody_else_s_count_is_seen_without_losing_what_is_typed(
    qtbot: QtBot, runner: Runner, office: Office
) -> None:
    campaign = office.campaign("K1", "K2")
    run = run_page(qtbot, runner, office, campaign)
    run.lists.tables["open"].go_to(1)
    run.decide.reason.setText(REASON)

    office.state(campaign, "K1", "0")
    run.look()
    settle(qtbot, runner, run)

    assert [one.frozen.code for one in run.lists.chosen] == ["K2"]
    assert run.decide.reason.text() == REASON
    assert run.head.values["counted"].text() == "1 / 2 户"


def test_that_the_count_sheets_are_drawn_and_shown(
    qtbot: QtBot, runner: Runner, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = office.campaign("K1", blind=True)
    run = run_page(qtbot, runner, office, campaign)
    seen: list[tuple[str, bytes]] = []
    monkeypatch.setattr(run._papers, "show", lambda at: seen.append((at.name, at.read_bytes())))

    run.sheets.click()
    settle(qtbot, runner, run)

    [(name, pdf)] = seen
    assert name == f"{office.look(campaign).number}.pdf"
    assert pdf.startswith(b"%PDF")
