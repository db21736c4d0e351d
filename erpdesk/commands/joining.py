"""``firm`` says whose company it is; ``person`` adds people and changes what they may do."""

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import click

from erpdesk.commands.frame import Session, verb, verbs
from erpdesk.commands.help import Verb, VerbGroup
from erpdesk.domain.money import parse_amount
from erpdesk.domain.people import Role
from erpdesk.errors import UserError
from erpdesk.services.adding_people import AddingPeople, checked_name, grant_of, keyed
from erpdesk.services.companies import checked_firm
from erpdesk.storage import firm as firms
from erpdesk.storage.database import Connection, is_url
from erpdesk.storage.founding import Grant, NewPerson, add_person
from erpdesk.storage.postgres_founding import ServerNeedsPasswordError
from erpdesk.storage.postgres_setup import add_login, owning
from erpdesk.words import ROLES, Sentence

FIRM_FIELDS: Final = {
    "name": "名称 / name",
    "english_name": "英文名 / name in English",
    "address": "地址 / address",
    "phone": "电话 / telephone",
    "email": "邮箱 / e-mail",
    "tax_id": "税号 / tax number",
    "bank_name": "开户行 / bank",
    "bank_account": "收款账号 / account to pay to",
}
ADDED = Sentence("已加入：{name}（{roles}）。", "Added: {name} ({roles}).")
WAITS = Sentence(
    "{name} 的权限写在 {number} 里，负责人批准后生效。",
    "What {name} may do is written in {number}; it holds once a director approves it.",
)
CHANGED = Sentence("{name} 的新密码已生效。", "The new password of {name} holds.")


class NoSuchRoleError(UserError):
    """There is no role of this name."""


def firm_options(function: Any) -> Any:
    """Give a verb an option for each thing said of the firm."""
    for name, text in reversed(FIRM_FIELDS.items()):
        option = f"--{name.replace('_', '-')}"
        function = click.option(option, f"firm_{name}", metavar="TEXT", help=text)(function)
    return function


def said_of_firm(options: dict[str, Any]) -> dict[str, str]:
    """Take what was said of the firm out of the options."""
    said = {name: options.pop(f"firm_{name}") for name in FIRM_FIELDS}
    return {name: text for name, text in said.items() if text}


def _change(session: Session, work: Callable[[Connection], None]) -> None:
    """Change what only set-up may: in a file as who acts, on a server as its administrator."""
    if is_url(session.where):
        with owning(session.where, _database(session.where)) as connection:
            work(connection)
    else:
        session.desk.company.run(lambda unit: work(unit.connection))


def _database(place: str) -> str:
    return unquote(urlsplit(place).path.lstrip("/"))


@click.command(
    cls=Verb,
    examples=("--company 我的.erpdesk firm --name 明湖机电有限公司 --bank-account 33001616735",),
)
@firm_options
@verb
def firm(session: Session, **options: Any) -> None:
    """公司名称、收款账号，印在通知书上。 The firm as it stands on its papers.

    不带选项就显示；第一张单据过账前可以改。

    Without options it is shown. It can be said until the
    first document is posted; on a server with the administrator's address.
    """
    said = checked_firm(said_of_firm(options))
    if said:
        _change(session, lambda connection: firms.say_firm(connection, said))
    known = said if is_url(session.where) and said else _known_firm(session)
    if session.json:
        session.answer(known)
        return
    for name in FIRM_FIELDS:
        session.line(f"{FIRM_FIELDS[name]}：{known.get(name, '—')}")


def _known_firm(session: Session) -> dict[str, str]:
    with session.desk.company.database.reading() as connection:
        return firms.firm_of(connection)


@click.group(cls=VerbGroup)
@verbs
def person() -> None:
    """加人、改权限。 Add people, change what they may do."""


name_argument = click.argument("name", metavar="NAME")
roles_option = click.option(
    "--role",
    "roles",
    multiple=True,
    required=True,
    metavar="ROLE[=LIMIT]",
    help="角色，可写审批限额（元；不写 = 不限），可多次："
    + "、".join(f"{role} {ROLES[role].zh}" for role in Role)
    + " / a role with its approval limit, none: no limit; may be repeated",
)


@person.command(
    examples=(
        "--company 我的.erpdesk person add 林涛 --role supervisor=500000 --password",
        "--company 我的.erpdesk person add 沈佳 --role cashier",
    )
)
@name_argument
@roles_option
@click.option("--display", metavar="TEXT", help="显示的姓名 / name as shown")
@click.option("--password", "asked", is_flag=True, help="设密码 / set a password")
@verb
def add(
    session: Session, *, name: str, roles: tuple[str, ...], display: str | None, asked: bool
) -> None:
    """加一个人。 Add somebody.

    建账期间马上生效；以后要负责人批准权限单。

    While the company is being set up it holds at once, afterwards when a director
    approves. With --password-stdin: the password of who acts first (if there is one), then the new
    one. On a server: with the administrator's address, and a password.
    """
    grants = tuple(_grant(text) for text in roles)
    name = checked_name(name)
    if is_url(session.where):
        password = session.passwords.new_for(name) if asked or session.passwords.from_stdin else ""
        _add_on_server(session, keyed(name, display, grants, password), password)
    elif not AddingPeople(session.desk.company, session.clock).is_set_up():
        password = session.passwords.new_for(name) if asked else ""
        fresh = keyed(name, display, grants, password)
        _change(session, lambda c: add_person(c, fresh, at_us=session.clock.now_us()))
    else:
        _write_authority(session, name, grants, fresh=NewPerson(name, display or name, ()))
        return
    words = "、".join(session.say(ROLES[grant.role]) for grant in grants)
    value = {"name": name, "roles": [grant.role for grant in grants], "password": bool(password)}
    session.answer(value, ADDED, name=name, roles=words)


@person.command(examples=("--company 我的.erpdesk person grant 林涛 --role director",))
@name_argument
@roles_option
@verb
def grant(session: Session, *, name: str, roles: tuple[str, ...]) -> None:
    """给人加角色或改限额，等负责人批准。 Give a role or another limit; a director approves."""
    known = session.desk.person(name)
    _write_authority(session, known, tuple(_grant(text) for text in roles))


@person.command(examples=("--company 我的.erpdesk person end 林涛 --role director",))
@name_argument
@click.option("--role", "roles", multiple=True, required=True, metavar="ROLE", help="角色 / role")
@verb
def end(session: Session, *, name: str, roles: tuple[str, ...]) -> None:
    """停用角色，等负责人批准。 End a role; a director approves."""
    known = session.desk.person(name)
    _write_authority(session, known, tuple(_grant(text) for text in roles), ends=True)


@person.command(examples=("--company 我的.erpdesk --as 林涛 person password",))
@verb
def password(session: Session) -> None:
    """给自己设密码、换密码。 Set or change one's own password.

    With --password-stdin: the present password (if there is one), then the new one.
    """
    company = session.desk.company
    new = session.passwords.new_for(company.person)
    session.desk.changing_password.change(session.passwords.given, new)
    session.passwords.given = new
    if session.remember:
        session.passwords.remember(session.keyring_place, company.person)
    session.answer({"name": company.person, "password": True}, CHANGED, name=company.person)


def _grant(text: str) -> Grant:
    name, mark, amount = text.partition("=")
    by_word = {ROLES[role].zh: role.value for role in Role}
    role = by_word.get(name, name)
    if role not in tuple(Role):
        raise NoSuchRoleError(role=name, known=tuple(Role))
    return grant_of(role, parse_amount(amount, "CNY").minor if mark else None)


def _add_on_server(session: Session, fresh: NewPerson, password: str) -> None:
    if not password:
        raise ServerNeedsPasswordError
    place, roles = session.where, [grant.role for grant in fresh.grants]
    login = add_login(place, _database(place), fresh.name, roles, password)
    known = NewPerson(
        fresh.name, fresh.display, fresh.grants, fresh.public_key, fresh.wrapped, fresh.salt,
        login_oid=login,
    )  # fmt: skip
    _change(session, lambda c: add_person(c, known, at_us=session.clock.now_us()))


def _write_authority(
    session: Session,
    name: str,
    grants: tuple[Grant, ...],
    *,
    ends: bool = False,
    fresh: NewPerson | None = None,
) -> None:
    """Draft and submit the document that says what somebody may do from now on."""
    adding = AddingPeople(session.desk.company, session.clock)
    document = adding.ask_for(name, grants, ends=ends, fresh=fresh)
    value = {"name": name, "id": document.id, "number": document.number, "state": document.state}
    session.answer(value, WAITS, name=name, number=document.number)
