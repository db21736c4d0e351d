"""``new`` makes a company; ``people`` shows who is in it and what they may do."""

import getpass
from typing import Any

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.commands.help import Verb
from erpdesk.commands.joining import firm_options, said_of_firm
from erpdesk.domain.money import LIMIT_MINOR, Money
from erpdesk.domain.people import OFFICE
from erpdesk.services.adding_people import checked_name
from erpdesk.services.companies import Companies, first_person
from erpdesk.storage.database import is_url
from erpdesk.words import ROLES, Sentence

MADE = Sentence(
    "账套已建好：{place}。第一个人：{name}。建账期间导入不用第二个人审。",
    "Company made at {place}; first person: {name}. While it is set up, imports need nobody else.",
)
FIXED = Sentence(
    "样例公司里是固定的六个人，--person 和 --password 在这里不起作用。",
    "The sample has six people of its own: --person and --password mean nothing here.",
)


@click.command(
    cls=Verb,
    examples=(
        "--company 我的.erpdesk new --person 陈静 --name 明湖机电有限公司 --bank-account 33001616",
        "--company 样例.erpdesk new --sample --seed 7",
    ),
)
@click.option("--person", metavar="NAME", help="第一个人（默认：电脑用户） / the first person")
@click.option(
    "--password", "asked", is_flag=True, help="给第一个人设密码 / set the first person's password"
)
@click.option("--sample", is_flag=True, help="做一家样例公司 / make a sample company")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="样例的种子：同种子同公司 / its seed"
)
@firm_options
@verb
def new(
    session: Session, *, person: str | None, asked: bool, sample: bool, seed: int, **options: Any
) -> None:
    """新建账套，马上能用。 Make a company that can be used at once.

    第一个人就是电脑前的你；以后加的第二个人来审核。

    Its first person is the one at the computer, with every
    role one person may hold; a second person (person add) approves. On a server give the
    administrator's address and --password.
    """
    if sample:
        from erpdesk.commands.sampling import make_sample

        if person or asked:
            session.note(FIXED)
        make_sample(session, seed=seed)
        return
    name = checked_name(person or getpass.getuser())
    wanted = asked or session.passwords.from_stdin or is_url(session.where)
    password = session.passwords.new_for(name) if wanted else None
    made = (first_person(name, password),)
    Companies(session.clock).make(session.where, made, said=said_of_firm(options))
    value = {"company": session.shown_place, "person": name, "password": password is not None}
    session.answer(value, MADE, place=session.shown_place, name=name)


def _limit(minor: int) -> str | None:
    if minor == 0:
        return None
    return "∞" if minor >= LIMIT_MINOR else Money(minor, "CNY").grouped()


@click.command(cls=Verb, examples=("--company 我的.erpdesk people",))
@verb
def people(session: Session) -> None:
    """有哪些人、各能做什么。 Who is in the company and what they may do."""
    now = session.clock.now_us()
    rows = []
    for person in session.desk.signing_in.everybody():
        held = person.in_force(at=now)
        limit = max((grant.limit_minor for grant in held if grant.role in OFFICE), default=0)
        rows.append(
            {
                "name": person.name,
                "display": person.display,
                "roles": [grant.role.value for grant in held],
                "words": "、".join(session.say(ROLES[grant.role]) for grant in held),
                "limit_minor": limit,
                "currency": "CNY",
                "limit": _limit(limit),
                "key": person.public_key is not None,
            }
        )
    columns = {
        "name": Sentence("登录名", "Name"),
        "display": Sentence("姓名", "Display"),
        "words": Sentence("角色", "Roles"),
        "limit": Sentence("审批限额", "Limit"),
    }
    session.table(rows, columns)
