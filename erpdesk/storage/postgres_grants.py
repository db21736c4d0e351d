"""Who may read and append what in PostgreSQL (storage.md 5.1): nobody may change or delete."""

from typing import Final

from sqlalchemy import Connection

from erpdesk.storage import tables as t
from erpdesk.storage.tables.people import ROLES

GROUPS: Final = tuple(f"erp_{role}" for role in ROLES)
"""One group role a role; a person's login is a member. Shared by all companies of a cluster."""

EVERYBODY: Final = " ".join(ROLES)
OFFICE: Final = "accountant cashier supervisor director collector auditor"
BOOKS: Final = "accountant supervisor director auditor"
"""The roles that read what was counted."""

_KNOWN_TO_ALL = (
    "person", "authority", "owner_mode", "policy", "firm", "chain_head", "transition_rule",
    "document_kind", "kind_section", "account", "currency", "period", "period_lock",
    "customer_code", "person_key", "authority_last", "may", "set_up", "seal",
)  # fmt: skip
_COUNTED = ("count_event", "campaign_line", "line_decision", "line_variance")
_FOR_ADMINS = (
    "content", "step", "document", "customer", "list_customer", "audit_event",
    "evidence",
)  # fmt: skip
_OFFICE_VIEWS = ("authority_last", "may", "set_up", "worked_on", "counting_list", "customer_names")

_SELECT: Final = {
    **{table.name: OFFICE for table in t.metadata.sorted_tables},
    **dict.fromkeys(_OFFICE_VIEWS, OFFICE),
    **dict.fromkeys(_COUNTED, BOOKS),
    **dict.fromkeys(_FOR_ADMINS, f"{OFFICE} admin"),
    **dict.fromkeys(_KNOWN_TO_ALL, EVERYBODY),
    "count_event": f"{BOOKS} counter",
    "counting_list": f"{BOOKS} counter",
    "counting_campaign": f"{OFFICE} counter",
    "customer_names": f"{OFFICE} counter",
    "campaign_scope": f"{OFFICE} counter",
    "counted_by": f"{OFFICE} counter",
    "decided_scan": f"{BOOKS} counter",
    "evidence": EVERYBODY,
    "paper": EVERYBODY,
    "sign_in": "",
}

_INSERT: Final = {
    "content": "accountant cashier supervisor collector admin",
    "step": "accountant cashier supervisor director collector admin",
    "count_event": "counter",
    **dict.fromkeys(("period_lock", "seal", "line_decision"), "supervisor director"),
    "line_variance": "accountant supervisor",
    **dict.fromkeys(
        ("evidence", "evidence_blob"), "counter accountant cashier supervisor collector"
    ),
    **{table.name: "accountant supervisor admin" for table in t.LOGS if table.name[:5] == "list_"},
    **dict.fromkeys(("audit_event", "paper", "person_key"), EVERYBODY),
}

_VIEWS: Final = """
CREATE VIEW erp.counting_list WITH (security_barrier) AS
SELECT l.campaign_id, l.customer_id, l.currency, l.n, l.counter, l.blind, c.code, c.name, c.tax_id, c.search, c.record, c.contact,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.billed_minor END AS billed_minor,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.unbilled_minor END AS unbilled_minor,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.unapplied_minor END AS unapplied_minor,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.book_minor END AS book_minor
FROM erp.campaign_line l JOIN erp.customer c ON c.id = l.customer_id JOIN erp.document d ON d.id = l.campaign_id AND d.state IN ('counting', 'recount')
WHERE l.counter IS NULL OR l.counter = session_user;
CREATE VIEW erp.counting_campaign WITH (security_barrier) AS
SELECT d.id, d.number, d.state, d.seq, (SELECT c.body::json -> 'scope' FROM erp.content c WHERE c.hash = d.content_hash) AS scope,
  (SELECT c.body::json -> 'memo' FROM erp.content c WHERE c.hash = d.content_hash) AS memo
FROM erp.document d WHERE d.kind = 'campaign' AND d.state <> 'draft';
CREATE VIEW erp.campaign_scope WITH (security_barrier) AS SELECT l.campaign_id, l.customer_id, l.n, l.counter FROM erp.campaign_line l;
CREATE VIEW erp.counted_by WITH (security_barrier) AS
SELECT e.campaign_id, e.customer_id, e.made_by, e.received_at, e.device_id, e.device_seq
FROM erp.count_event e JOIN erp.document d ON d.id = e.campaign_id AND d.state = 'counting'
WHERE e.customer_id IS NOT NULL AND (e.stated_minor IS NOT NULL OR e.body::jsonb ? 'fields')
  AND NOT EXISTS (SELECT 1 FROM erp.count_event r WHERE r.campaign_id = e.campaign_id AND r.customer_id = e.customer_id AND r.supersedes = e.id
    AND r.stated_minor IS NULL AND (r.body::jsonb ? 'fields') IS NOT TRUE);
CREATE VIEW erp.decided_scan WITH (security_barrier) AS
SELECT x.campaign_id, x.event_id FROM erp.line_decision x
WHERE x.event_id IS NOT NULL AND x.verb IN ('alias', 'new_customer', 'other_campaign', 'junk');
CREATE VIEW erp.customer_names WITH (security_barrier) AS SELECT c.id, c.n, c.code, c.name FROM erp.customer c;
"""  # noqa: E501 - statements as the server lists them

_ROW_SECURITY: Final = f"""
ALTER TABLE erp.count_event ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON erp.count_event FOR SELECT TO erp_counter USING (made_by = session_user);
CREATE POLICY books ON erp.count_event FOR SELECT TO {", ".join(f"erp_{r}" for r in BOOKS.split())} USING (true);
CREATE POLICY write ON erp.count_event FOR INSERT TO erp_counter WITH CHECK (made_by = session_user);
ALTER TABLE erp.person_key ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON erp.person_key FOR SELECT TO {", ".join(GROUPS)} USING (person = session_user);
CREATE POLICY write ON erp.person_key FOR INSERT TO {", ".join(GROUPS)} WITH CHECK (person = session_user);
"""  # noqa: E501 - statements as the server lists them

_LARGE_OBJECTS = (
    "lo_creat(int)", "lo_create(oid)", "lo_from_bytea(oid,bytea)", "lo_open(oid,int)",
    "lo_put(oid,bigint,bytea)", "lo_import(text)", "lo_import(text,oid)", "lo_export(oid,text)",
    "lowrite(int,bytea)", "lo_unlink(oid)",
)  # fmt: skip

_FREE_STUCK: Final = """
CREATE OR REPLACE FUNCTION erp.free_stuck(older_than interval DEFAULT '60 s') RETURNS int
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*) FILTER (WHERE pg_terminate_backend(a.pid))::int FROM pg_stat_activity a
  WHERE a.datname = current_database() AND a.state LIKE 'idle in transaction%'
    AND a.state_change < clock_timestamp() - greatest(older_than, interval '5 s')
    AND EXISTS (SELECT 1 FROM pg_stat_activity w WHERE a.pid = ANY (pg_blocking_pids(w.pid)))
$$;
ALTER FUNCTION erp.free_stuck(interval) OWNER TO erp_watch;
REVOKE ALL ON FUNCTION erp.free_stuck(interval) FROM PUBLIC;
"""
"""Anybody may end a session that holds others up while it does nothing (storage.md 6)."""


def run_script(connection: Connection, script: str) -> None:
    """Run statements as they stand, without looking for parameters in them."""
    connection.exec_driver_sql(script, execution_options={"no_parameters": True})


def members(roles: str) -> str:
    """Return the group roles of some roles, separated by commas."""
    return ", ".join(f"erp_{role}" for role in roles.split())


def grant_all(connection: Connection) -> None:
    """Give every group what it may read and append, and nothing else; as the owner of the schema.

    Views for counters and row security come with it. Run after ``install_guards``.
    """
    run_script(connection, _VIEWS)
    run_script(connection, _ROW_SECURITY)
    for name, roles in _SELECT.items():
        if roles:
            run_script(connection, f"GRANT SELECT ON erp.{name} TO {members(roles)}")
    for name, roles in _INSERT.items():
        run_script(connection, f"GRANT INSERT ON erp.{name} TO {members(roles)}")


def protect_database(connection: Connection) -> None:
    """Take from PUBLIC what PostgreSQL gives it; as a superuser, also after a restore.

    A dump carries no privileges of the database: a restored copy has given TEMP back to PUBLIC.
    """
    run_script(
        connection,
        "DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());"
        " END $$",
    )
    run_script(connection, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
    for function in _LARGE_OBJECTS:
        run_script(connection, f"REVOKE EXECUTE ON FUNCTION pg_catalog.{function} FROM PUBLIC")
    run_script(connection, f"GRANT USAGE ON SCHEMA erp TO {members(EVERYBODY)}, erp_watch")
    run_script(connection, _FREE_STUCK)
    run_script(
        connection, f"GRANT EXECUTE ON FUNCTION erp.free_stuck(interval) TO {members(EVERYBODY)}"
    )
