"""The guards of PostgreSQL: one file of functions and triggers, put in and taken out whole."""

from collections.abc import Iterator
from importlib.resources import files

from sqlalchemy import Connection, text

from erpdesk.storage import tables as t
from erpdesk.storage.postgres_grants import run_script

_UNFOLDED = (
    t.journal_entry, t.journal_line, t.allocation, t.delivery, t.delivery_use, t.campaign_line,
)  # fmt: skip
"""Logs that only triggers append to."""

_TRIGGER = (
    "CREATE TRIGGER {name} BEFORE {event} ON erp.{table}"
    " FOR EACH {each} {when} EXECUTE FUNCTION erp.{call}()"
)
_BY_NO_TRIGGER = "WHEN (pg_trigger_depth() < 1)"
"""Asked without calling a function: a long list is unfolded by the million."""

_ALWAYS = """
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT c.relname, g.tgname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND c.relnamespace = 'erp'::regnamespace
  LOOP EXECUTE format('ALTER TABLE erp.%I ENABLE ALWAYS TRIGGER %I', r.relname, r.tgname); END LOOP;
END $$
"""
"""They fire in replica mode too."""

_NOT_PUBLIC = """
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'erp'::regnamespace AND p.proname <> 'free_stuck'
  LOOP EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', r.name); END LOOP;
END $$
"""

_DROP = """
DO $$ DECLARE r record; BEGIN
  FOR r IN SELECT c.relname, g.tgname FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND c.relnamespace = 'erp'::regnamespace
  LOOP EXECUTE format('DROP TRIGGER %I ON erp.%I', r.tgname, r.relname); END LOOP;
  FOR r IN SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'erp'
  LOOP EXECUTE format('DROP POLICY %I ON erp.%I', r.policyname, r.tablename); END LOOP;
  FOR r IN SELECT relname FROM pg_class WHERE relkind = 'v' AND relnamespace = 'erp'::regnamespace
  LOOP EXECUTE format('DROP VIEW IF EXISTS erp.%I CASCADE', r.relname); END LOOP;
  FOR r IN SELECT p.oid::regprocedure AS name FROM pg_proc p
    WHERE p.pronamespace = 'erp'::regnamespace AND p.proname <> 'free_stuck'
  LOOP EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', r.name); END LOOP;
END $$
"""

_PRESENT = text("""
SELECT 'function ' || p.proname AS name,
  pg_get_functiondef(p.oid) || ' owner ' || p.proowner::regrole AS source
FROM pg_proc p WHERE p.pronamespace = 'erp'::regnamespace
UNION ALL
SELECT 'view ' || c.relname, pg_get_viewdef(c.oid) FROM pg_class c
WHERE c.relkind = 'v' AND c.relnamespace = 'erp'::regnamespace
UNION ALL
SELECT 'trigger ' || c.relname || '.' || g.tgname,
  pg_get_triggerdef(g.oid) || ' enabled ' || g.tgenabled::text
FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
WHERE NOT g.tgisinternal AND c.relnamespace = 'erp'::regnamespace
UNION ALL
SELECT 'policy ' || tablename || '.' || policyname,
  cmd || coalesce(qual, '') || coalesce(with_check, '')
FROM pg_policies WHERE schemaname = 'erp'
UNION ALL
SELECT 'grants ' || c.relname, coalesce(c.relacl::text, '') FROM pg_class c
WHERE c.relkind IN ('r', 'v') AND c.relnamespace = 'erp'::regnamespace
""")


def guard_file() -> str:
    """Return the file of guards as it ships."""
    return files("erpdesk.storage").joinpath("guards_postgres.sql").read_text("utf-8")


def install_guards(connection: Connection, script: str | None = None) -> None:
    """Create every function, view and trigger, as the owner, in the connection's transaction."""
    run_script(connection, guard_file() if script is None else script)
    for statement in _table_triggers():
        run_script(connection, statement)
    run_script(connection, _ALWAYS)
    run_script(connection, _NOT_PUBLIC)


def _table_triggers() -> Iterator[str]:
    for table in t.LOGS:
        yield _trigger("a_log", "UPDATE OR DELETE", table.name, "keep_log")
    for table in t.HEADS:
        yield _trigger("a_log", "DELETE", table.name, "keep_log")
        event = "UPDATE" if table is t.chain_head else "INSERT OR UPDATE"
        yield _trigger("a_head", event, table.name, "keep_head", when=_BY_NO_TRIGGER)
    for table in _UNFOLDED:
        yield _trigger("a_head", "INSERT", table.name, "keep_head", when=_BY_NO_TRIGGER)
    for table in t.SETTINGS:
        yield _trigger("a_settings", "INSERT OR UPDATE OR DELETE", table.name, "keep_settings")
    for table in (*t.LOGS, *t.HEADS, *t.SETTINGS, t.person, t.firm):
        yield _trigger("a_whole", "TRUNCATE", table.name, "keep_log", each="STATEMENT")


def _trigger(
    name: str, event: str, table: str, call: str, *, each: str = "ROW", when: str = ""
) -> str:
    return _TRIGGER.format(name=name, event=event, table=table, call=call, each=each, when=when)


def drop_guards(connection: Connection) -> None:
    """Take every trigger, policy, view and function out, for a migration that puts them back."""
    run_script(connection, _DROP)


def present_guards(connection: Connection) -> dict[str, str]:
    """Return source, state and owner of every guard there is, by name."""
    return {row.name: row.source for row in connection.execute(_PRESENT)}
