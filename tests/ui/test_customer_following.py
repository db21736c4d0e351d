"""Follow-up on a customer's page: promises and disputes written down, and ended."""

from datetime import timedelta

from erpdesk.domain.dispute import Ground
from erpdesk.services.following_up import FollowWanted
from tests.services.builders import Office
from tests.ui.customer_pages import CustomersOpened, card_of
from tests.ui.settling import silent_buttons
from ui.models.cells import Chip, Lines, Toned
from ui.pages.customer.follow import FollowTab

NOTE, REASON = "有两箱破损", "补发了两箱，谈妥"


def shown(tab: FollowTab) -> list[tuple[str, str]]:
    """Return what each row says, and its state."""
    found = []
    for n in range(len(tab.model.rows)):
        what, state = tab.model.value_at(n, 1), tab.model.value_at(n, 3)
        assert isinstance(what, Lines)
        assert isinstance(state, Chip)
        found.append((str(what.first), state.word))
    return found


def test_that_a_promise_is_written_down_and_listed(office: Office, books: CustomersOpened) -> None:
    office.posted("服务1", "1,130.00")
    tab = books.card().tabs.follow
    due = office.today + timedelta(days=9)

    tab.amount.setText("800")
    tab.due.setText(due.isoformat())
    tab.who.setText("王敏")
    tab.write.click()
    books.idle()

    assert shown(tab) == [(f"{due} 前付", "未到期")]
    assert tab.standing == 1
    assert tab.amount.text() == ""


def test_that_an_item_is_contested_and_the_dispute_ended(
    office: Office, books: CustomersOpened
) -> None:
    label = office.posted("服务1", "1,130.00").number or ""
    card = books.card()
    tab = card.tabs.follow
    tab.kind.setCurrentIndex(1)
    tab.ground.setCurrentIndex(tab.ground.findData(Ground.PRICE.value))
    tab.note.setText(NOTE)
    tab.write.click()
    books.idle()
    before, items = shown(tab), card.tabs.tables["items"].rows_model
    flagged = items.value_at(0, 3)

    tab.table.go_to(0)
    tab.reason.setText(REASON)
    tab.end.click()
    books.idle()

    assert before == [(f"{label} 争议：价格", "争议中")]
    assert shown(tab) == [(f"{label} 争议：价格", "已了结")]
    assert flagged == Toned("争议中", "error")
    assert items.value_at(0, 3) != flagged
    assert tab.standing == 0


def test_that_a_promise_or_dispute_pressed_twice_is_written_once(
    office: Office, books: CustomersOpened
) -> None:
    office.posted("服务1", "1,130.00")
    tab = books.card().tabs.follow
    for kind in (0, 1):
        tab.kind.setCurrentIndex(kind)
        tab.amount.setText("800")
        tab.due.setText("+3")
        tab.note.setText(NOTE)

        tab.write.click()
        tab.write.click()
        books.idle()

    assert len(shown(tab)) == 2


def test_that_what_lacks_is_said_before_the_button_works(
    office: Office, books: CustomersOpened
) -> None:
    office.posted("服务1", "1,130.00")
    card = books.card()
    tab, said = card.tabs.follow, []

    for amount, due in (("", ""), ("1,500", ""), ("5", ""), ("5", "+3")):
        tab.amount.setText(amount)
        tab.due.setText(due)
        said.append(tab.write.why_not)
    tab.kind.setCurrentIndex(1)
    said.append(tab.write.why_not)

    assert said[0] == "先填金额"
    assert "两种读法" in said[1]
    assert said[2:4] == ["先填哪天前付", ""]
    assert said[4] == "写明争议什么，至少 5 个字"
    assert "先选一条" in tab.end.why_not
    card.tabs.choose("follow")
    assert silent_buttons(card) == []


def test_that_nothing_is_contested_where_nothing_is_open(books: CustomersOpened) -> None:
    tab = books.card().tabs.follow

    tab.kind.setCurrentIndex(1)

    assert tab.write.why_not == "没有未清的应收"


def test_that_a_refusal_of_the_core_is_said(office: Office, books: CustomersOpened) -> None:
    office.posted("服务1", "1,130.00")
    card = books.card()
    card.tabs.follow.amount.setText("5000")
    card.tabs.follow.due.setText("+3")

    card.tabs.follow.write.click()
    books.idle()

    assert "1,130.00" in card.notices.notices[-1].title


def test_that_who_does_not_follow_up_is_told_why(office: Office, books: CustomersOpened) -> None:
    page = books("chief", writes=False)
    card = books.card(page=page)

    assert "跟进" in card.tabs.follow.write.why_not


def test_that_home_leads_to_the_follow_up_of_a_customer(
    office: Office, books: CustomersOpened
) -> None:
    page = books()

    page.take(FollowWanted(office.customer().id))
    books.idle()

    assert card_of(page).tabs.chips.current == "follow"
    assert page.pages.currentWidget() is page.card


def test_that_the_list_speaks_english(office: Office, books: CustomersOpened) -> None:
    office.posted("服务1", "1,130.00")
    service = office.desk("maker").follow_up
    label = next(iter(office.open_items()))
    service.dispute(office.customer(), label, Ground.QUANTITY, NOTE)
    tab = books.card(page=books(language="en")).tabs.follow

    assert shown(tab) == [(f"{label} disputed: quantity", "Disputed")]
