"""``new`` makes a company; ``people`` shows who is in it and what they may do."""

import getpass

import click

from erpdesk.commands.frame import Session, verb
from erpdesk.services.companies import Companies, first_person
from erpdesk.words import ROLES, Sentence


@click.command()
@click.option("--person", metavar="NAME", help="第一个人（默认：电脑用户） / the first person")
@click.option("--password", "asked", is_flag=True, help="给第一个人设密码 / set a password")
@click.option("--sample", is_flag=True, help="做一家样例公司 / make a sample company")
@click.option("--seed", type=int, default=1, show_default=True, help="样例的种子 / its seed")
@verb
def new(session: Session, *, person: str | None, asked: bool, sample: bool, seed: int) -> None:
    """新建账套。 Make a company that can be used at once."""
    if sample:
        from erpdesk.commands.sampling import make_sample

        make_sample(session, seed=seed)
        return
    name = person or getpass.getuser()
    password = session.password_of(name) if asked or session.password_stdin else None
    Companies(session.clock).make(session.where, (first_person(name, password),))
    session.answer(
        {"company": session.where, "person": name, "password": password is not None},
        Sentence(
            "账套已建好：{place}。第一个人：{name}。",
            "Company made at {place}; first person: {name}.",
        ),
        place=session.where,
        name=name,
    )


@click.command()
@verb
def people(session: Session) -> None:
    """有哪些人、各能做什么。 Who is in the company and what they may do."""
    now = session.clock.now_us()
    rows = []
    for person in session.desk.signing_in.everybody():
        held = person.in_force(at=now)
        rows.append(
            {
                "name": person.name,
                "display": person.display,
                "roles": [grant.role.value for grant in held],
                "words": "、".join(session.say(ROLES[grant.role]) for grant in held),
                "limit_minor": max((grant.limit_minor for grant in held), default=0),
                "key": person.public_key is not None,
            }
        )
    columns = {
        "name": Sentence("登录名", "Name"),
        "display": Sentence("姓名", "Display"),
        "words": Sentence("角色", "Roles"),
    }
    session.table(rows, columns)
