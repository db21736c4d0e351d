-- The vital rules for SQLite (storage.md 4). Each guard is one statement with its code and word, a
-- condition that must be true: "(...) IS NOT TRUE" refuses, so that NULL refuses by itself.
-- BEFORE judges and writes nothing; AFTER acts. No trigger depends on another of the same event.

-- ---------------------------------------------------------------- views the guards look through
CREATE VIEW authority_last AS
SELECT a.* FROM authority a WHERE NOT EXISTS (
  SELECT 1 FROM authority b WHERE b.person = a.person AND b.role = a.role AND b.valid_from > a.valid_from);

CREATE VIEW signed_in AS SELECT person FROM sign_in ORDER BY seq DESC LIMIT 1;

-- the step that is being unfolded, or the last one of whoever is here: what follows a step is written
-- while it is this one, never later from outside
CREATE VIEW last_step AS
SELECT * FROM step WHERE made_by = (SELECT person FROM signed_in) ORDER BY actor_seq DESC LIMIT 1;

-- the counters from which the last step still needs a number
CREATE VIEW to_number AS
SELECT c.body->>'$.entry.series' AS series, p.period FROM last_step s JOIN content c ON c.hash = s.content_hash
  JOIN period p ON c.body->>'$.entry.posting_date' BETWEEN p.first_day AND p.last_day
WHERE s.verb = 'post' AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.step_id = s.id)
UNION ALL
SELECT 'doc:' || k.mark, CASE WHEN k.monthly = 1 THEN coalesce(substr(c.body->>'$.entry.posting_date', 1, 7),
  strftime('%Y-%m', s.made_at / 1000000 + 60 * (SELECT value FROM policy WHERE key = 'zone_minutes'), 'unixepoch')) ELSE '' END
FROM last_step s JOIN content c ON c.hash = s.content_hash JOIN document_kind k ON k.kind = s.kind AND k.number_verb = s.verb
  JOIN document d ON d.id = s.document_id WHERE d.number IS NULL;

-- entries that posted reversals have undone whole
CREATE VIEW undone_entry AS
SELECT o.id, o.document_id FROM journal_entry o WHERE EXISTS (SELECT 1 FROM journal_entry x WHERE x.reverses = o.id) AND 0 = (
  SELECT sum(abs(t.net)) FROM (SELECT sum(l.base_minor) AS net FROM journal_line l
    WHERE l.entry_id = o.id OR l.entry_id IN (SELECT x.id FROM journal_entry x WHERE x.reverses = o.id) GROUP BY l.account, l.side, l.currency, l.customer_id) t);

-- the receipt from nobody known that an entry claims or reverses, or whose claim it reverses
CREATE VIEW money_moved AS
SELECT e.step_id, coalesce(e.identifies, o.identifies, o.id) AS origin, e.identifies IS NOT NULL AS is_claim
FROM journal_entry e LEFT JOIN journal_entry o ON o.id = e.reverses;

CREATE VIEW may AS
SELECT u.*, a.person, a.limit_minor, a.loss_limit_minor, a.window_minor, a.valid_from, a.valid_to
FROM transition_rule u JOIN authority_last a ON a.role = u.role;

CREATE VIEW step_text AS
SELECT s.id AS step_id, s.document_id, s.seq, s.kind, s.verb, s.made_by, s.made_at, s.content_hash, c.body
FROM step s JOIN content c ON c.hash = s.content_hash;

CREATE VIEW set_up AS
SELECT NOT EXISTS (SELECT 1 FROM step WHERE verb = 'post' AND kind <> 'import') AS open;

-- who worked on a document in a way that forbids deciding on it (four eyes); +made_by: a person's
-- steps and counts of years are not read to find those on one document
CREATE VIEW worked_on AS
SELECT s.document_id, +s.made_by AS person FROM step s
WHERE s.verb NOT IN ('approve', 'reject', 'endorse', 'return')
   OR (s.verb = 'endorse' AND s.seq > (SELECT max(x.seq) FROM step x WHERE x.document_id = s.document_id AND x.verb = 'submit'))
UNION ALL SELECT e.campaign_id, +e.made_by FROM count_event e
UNION ALL SELECT v.campaign_id, v.made_by FROM line_variance v;

-- what a posted text says its ledger rows are, from the text itself or from its long list; both arms
-- have the same types, so that a search goes down into the list by its index (+n keeps it there)
CREATE VIEW planned_line AS
SELECT p.step_id, p.content_hash, p.body->>'$.entry.id' AS entry_id, CAST(l.value->>'$.n' AS INTEGER) AS n, CAST(l.value->>'$.account' AS TEXT) AS account,
  CAST(l.value->>'$.side' AS INTEGER) AS side, CAST(l.value->>'$.amount' AS INTEGER) AS amount_minor, CAST(l.value->>'$.currency' AS TEXT) AS currency,
  CAST(l.value->>'$.base' AS INTEGER) AS base_minor, CAST(l.value->>'$.customer' AS TEXT) AS customer_id, CAST(l.value->>'$.item' AS TEXT) AS item_id, CAST(l.value->>'$.text' AS TEXT) AS text
FROM step_text p, json_each(p.body, '$.lines') l WHERE p.verb = 'post'
UNION ALL
SELECT p.step_id, p.content_hash, p.body->>'$.entry.id', l.n, l.account, l.side, l.amount_minor, l.currency, l.base_minor, l.customer_id, l.item_id, l.text
FROM step_text p JOIN list_line l ON l.list_id = p.body->>'$.list.id' AND l.n <= p.body->>'$.list.sums.lines'
WHERE p.verb = 'post' AND p.body->>'$.list.what' = 'items';

CREATE VIEW planned_item AS
SELECT p.step_id, p.body->>'$.entry.id' AS entry_id, CAST(i.value->>'$.id' AS TEXT) AS id, CAST(i.value->>'$.customer' AS TEXT) AS customer_id,
  CAST(i.value->>'$.account' AS TEXT) AS account, CAST(i.value->>'$.currency' AS TEXT) AS currency, CAST(i.value->>'$.amount' AS INTEGER) AS amount_minor,
  CAST(i.value->>'$.due' AS TEXT) AS due_date, CAST(NULL AS TEXT) AS label
FROM step_text p, json_each(p.body, '$.items') i WHERE p.verb = 'post'
UNION ALL
SELECT p.step_id, p.body->>'$.entry.id', i.id, i.customer_id, i.account, i.currency, i.amount_minor, i.due_date, i.label
FROM step_text p JOIN list_item i ON i.list_id = p.body->>'$.list.id' AND +i.n <= p.body->>'$.list.rows'
WHERE p.verb = 'post' AND p.body->>'$.list.what' = 'items';

CREATE VIEW planned_allocation AS
SELECT p.step_id, a.value->>'$.id' AS id, a.value->>'$.charge' AS charge_id, a.value->>'$.charge_version' AS charge_version,
  a.value->>'$.credit' AS credit_id, a.value->>'$.credit_version' AS credit_version, a.value->>'$.amount' AS amount_minor, a.value->>'$.undoes' AS undoes
FROM step_text p, json_each(p.body, '$.allocations') a WHERE p.verb = 'post';

-- what an entry adds to the totals of its month
CREATE VIEW entry_total AS
SELECT e.step_id, e.period, e.series, e.number, l.account, l.currency,
  coalesce(sum(l.amount_minor) FILTER (WHERE l.side = 1), 0) AS debit_minor, coalesce(sum(l.amount_minor) FILTER (WHERE l.side = -1), 0) AS credit_minor,
  coalesce(sum(l.base_minor) FILTER (WHERE l.side = 1), 0) AS debit_base_minor, coalesce(sum(l.base_minor) FILTER (WHERE l.side = -1), 0) AS credit_base_minor
FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id GROUP BY e.step_id, e.period, e.series, e.number, l.account, l.currency;

-- ---------------------------------------------------------------- who is here
CREATE TRIGGER sign_in_judge BEFORE INSERT ON sign_in BEGIN
  SELECT RAISE(ABORT, 'G2 sign-in-order') WHERE (NEW.seq = (SELECT coalesce(max(seq), 0) + 1 FROM sign_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
END;

CREATE TRIGGER person_judge BEFORE INSERT ON person BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM person WHERE name = NEW.name);
  SELECT RAISE(ABORT, 'G1 name') WHERE (length(trim(NEW.name)) > 0 AND length(CAST(NEW.name AS BLOB)) <= 63) IS NOT TRUE;
END;

CREATE TRIGGER firm_insert BEFORE INSERT ON firm BEGIN
  SELECT RAISE(ABORT, 'G7 firm-set-up-over') WHERE (SELECT open FROM set_up) IS NOT TRUE;
END;

CREATE TRIGGER firm_update BEFORE UPDATE ON firm BEGIN
  SELECT RAISE(ABORT, 'G7 firm-set-up-over') WHERE (SELECT open FROM set_up) IS NOT TRUE;
END;

CREATE TRIGGER firm_delete BEFORE DELETE ON firm BEGIN
  SELECT RAISE(ABORT, 'G7 firm-set-up-over') WHERE (SELECT open FROM set_up) IS NOT TRUE;
END;

CREATE TRIGGER person_key_judge BEFORE INSERT ON person_key BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.person = (SELECT person FROM signed_in) OR (SELECT open FROM set_up)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 key-order') WHERE (NEW.n = (SELECT coalesce(max(n), 0) + 1 FROM person_key WHERE person = NEW.person)) IS NOT TRUE;
END;

CREATE TRIGGER person_update BEFORE UPDATE ON person BEGIN
  SELECT RAISE(ABORT, 'G7 person-stays') WHERE (NEW.name = OLD.name AND NEW.display = OLD.display AND NEW.added_at = OLD.added_at AND NEW.login_oid IS OLD.login_oid) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G12 key-not-approved') WHERE ((SELECT open FROM set_up) OR EXISTS (
    SELECT 1 FROM last_step s JOIN content c ON c.hash = s.content_hash, json_each(c.body, '$.keys') k WHERE s.verb = 'post' AND s.kind = 'authority'
      AND k.value->>'$.person' = NEW.name AND k.value->>'$.public_key' = lower(hex(NEW.public_key)))) IS NOT TRUE;
END;

CREATE TRIGGER authority_judge BEFORE INSERT ON authority BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM authority WHERE id = NEW.id OR (person = NEW.person AND role = NEW.role AND valid_from = NEW.valid_from));
  SELECT RAISE(ABORT, 'G7 no-approved-authority') WHERE NEW.document_id IS NULL AND NOT (SELECT open FROM set_up);
  SELECT RAISE(ABORT, 'G3 clock') WHERE NEW.document_id IS NULL AND (NEW.valid_from / 1000000 <= unixepoch() + 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 other-authority') WHERE NEW.document_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM step_text p, json_each(p.body, '$.authority') x WHERE p.document_id = NEW.document_id AND p.verb = 'post' AND p.kind = 'authority'
      AND x.value->>'$.id' = NEW.id AND x.value->>'$.person' = NEW.person AND x.value->>'$.role' = NEW.role
      AND coalesce(x.value->>'$.limit', 0) = NEW.limit_minor AND coalesce(x.value->>'$.loss_limit', 0) = NEW.loss_limit_minor
      AND coalesce(x.value->>'$.window', 0) = NEW.window_minor AND NEW.valid_from = p.made_at AND (x.value->>'$.to') * 1000000 IS NEW.valid_to);
  SELECT RAISE(ABORT, 'G7 admin-alone') WHERE coalesce(NEW.valid_to > NEW.valid_from, 1) AND EXISTS (
    SELECT 1 FROM authority_last a WHERE a.person = NEW.person AND (a.valid_to IS NULL OR a.valid_to > NEW.valid_from) AND (a.role = 'admin') <> (NEW.role = 'admin'));
  SELECT RAISE(ABORT, 'G7 cash-and-books') WHERE coalesce(NEW.valid_to > NEW.valid_from, 1) AND EXISTS (
    SELECT 1 FROM authority_last a WHERE a.person = NEW.person AND (a.valid_to IS NULL OR a.valid_to > NEW.valid_from)
      AND ((a.role = 'cashier' AND NEW.role IN ('accountant', 'supervisor', 'director')) OR (NEW.role = 'cashier' AND a.role IN ('accountant', 'supervisor', 'director')))
      AND NOT EXISTS (SELECT 1 FROM owner_mode o WHERE o.person = NEW.person AND NEW.valid_from BETWEEN o.valid_from AND o.valid_to));
END;

-- ---------------------------------------------------------------- texts
CREATE TRIGGER content_judge BEFORE INSERT ON content BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM content WHERE hash = NEW.hash);
  SELECT RAISE(ABORT, 'G5 not-canonical') WHERE (json_valid(NEW.body, 1) AND json_type(NEW.body) = 'object' AND length(NEW.hash) = 32) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 not-canonical') WHERE (json(NEW.body) = NEW.body) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 too-long') WHERE (length(NEW.body) <= 4000000 OR NEW.body->>'$.kind' = 'campaign') IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 not-canonical') WHERE EXISTS (SELECT 1 FROM json_each(NEW.body) s
    WHERE (s.key IN ('lines', 'items', 'allocations', 'goods', 'deliveries', 'evidence', 'variances', 'authority', 'keys') AND s.type <> 'array')
      OR (s.key IN ('entry', 'answers', 'record', 'contact', 'scope', 'list', 'notice', 'statement') AND s.type <> 'object'));
  SELECT RAISE(ABORT, 'G5 not-canonical') WHERE EXISTS (SELECT 1 FROM json_each(NEW.body) s, json_each(CASE s.type WHEN 'array' THEN s.value ELSE '[]' END) r WHERE r.type <> 'object');
  SELECT RAISE(ABORT, 'G5 key-twice') WHERE EXISTS (SELECT 1 FROM json_tree(NEW.body) WHERE typeof(key) = 'text' GROUP BY parent, key HAVING count(*) > 1);
  SELECT RAISE(ABORT, 'G5 too-deep') WHERE EXISTS (SELECT 1 FROM json_tree(NEW.body) WHERE length(fullkey) > 400 OR length(path) - length(replace(replace(path, '.', ''), '[', '')) > 6);
  SELECT RAISE(ABORT, 'G6 not-whole') WHERE EXISTS (SELECT 1 FROM json_tree(NEW.body) WHERE type IN ('real', 'true', 'false', 'null')
    OR (type = 'integer' AND (typeof(value) <> 'integer' OR abs(value) > 999999999999999)));
  -- each zero is looked up in the text only where one may be spelt in another way: of thousands each look walks all before it
  SELECT RAISE(ABORT, 'G6 not-whole') WHERE NEW.body GLOB '*[[:,]-0[]},]*' AND EXISTS (SELECT 1 FROM json_tree(NEW.body) WHERE type = 'integer' AND value = 0 AND (NEW.body->fullkey) <> '0');
  SELECT RAISE(ABORT, 'G5 other-customer') WHERE EXISTS (
    SELECT 1 FROM (SELECT value AS v FROM json_each(NEW.body, '$.lines') UNION ALL SELECT value FROM json_each(NEW.body, '$.items'))
    WHERE v->>'$.customer' IS NOT NULL AND (v->>'$.customer' = NEW.body->>'$.customer') IS NOT TRUE);
  SELECT RAISE(ABORT, 'G6 day') WHERE EXISTS (
    SELECT 1 FROM (SELECT NEW.body->>'$.entry.posting_date' AS x WHERE json_type(NEW.body, '$.entry') IS NOT NULL
      UNION ALL SELECT NEW.body->>'$.entry.document_date' WHERE json_type(NEW.body, '$.entry.document_date') IS NOT NULL
      UNION ALL SELECT i.value->>'$.due' FROM json_each(NEW.body, '$.items') i)
    WHERE ((x GLOB '19[0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR x GLOB '20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]') AND date(x) = x) IS NOT TRUE);
  SELECT RAISE(ABORT, 'G6 not-whole') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.body, '$.lines') l WHERE (json_type(l.value, '$.n') = 'integer' AND l.value->>'$.side' IN (1, -1) AND json_type(l.value, '$.side') = 'integer' AND json_type(l.value, '$.amount') = 'integer'
      AND json_type(l.value, '$.base') = 'integer' AND json_type(l.value, '$.account') = 'text' AND l.value->>'$.currency' GLOB '[A-Z][A-Z][A-Z]') IS NOT TRUE);
  SELECT RAISE(ABORT, 'G6 not-whole') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.body, '$.items') i WHERE (json_type(i.value, '$.amount') = 'integer' AND json_type(i.value, '$.id') = 'text' AND i.value->>'$.currency' GLOB '[A-Z][A-Z][A-Z]') IS NOT TRUE);
  SELECT RAISE(ABORT, 'G6 not-whole') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.body, '$.allocations') a WHERE (json_type(a.value, '$.amount') = 'integer' AND json_type(a.value, '$.id') = 'text') IS NOT TRUE);
  SELECT RAISE(ABORT, 'G6 not-whole') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.body, '$.deliveries') d WHERE (json_type(d.value, '$.amount') = 'integer' AND d.value->>'$.amount' > 0 AND json_type(d.value, '$.id') = 'text') IS NOT TRUE);
  SELECT RAISE(ABORT, 'G6 not-whole') WHERE EXISTS (
    SELECT 1 FROM json_each(NEW.body, '$.variances') v WHERE (json_type(v.value, '$.difference') = 'integer') IS NOT TRUE);
  SELECT RAISE(ABORT, 'G10 number') WHERE json_type(NEW.body, '$.entry') IS NOT NULL
    AND (json_type(NEW.body, '$.entry.series') = 'text' AND length(NEW.body->>'$.entry.series') BETWEEN 1 AND 8 AND NEW.body->>'$.entry.series' NOT LIKE 'doc:%') IS NOT TRUE;
  SELECT RAISE(ABORT, 'G6 too-many-lines') WHERE (json_array_length(NEW.body, '$.lines') > 300) IS TRUE;
  SELECT RAISE(ABORT, 'G6 lines-without-entry') WHERE json_type(NEW.body, '$.entry') IS NULL AND (json_type(NEW.body, '$.lines') IS NOT NULL OR json_type(NEW.body, '$.items') IS NOT NULL);
END;

-- ---------------------------------------------------------------- steps
CREATE TRIGGER step_judge BEFORE INSERT ON step BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM step WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G3 stale') WHERE (NEW.seq = coalesce((SELECT seq FROM document WHERE id = NEW.document_id), 0) + 1) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 kind') WHERE (NEW.kind = coalesce((SELECT kind FROM document WHERE id = NEW.document_id), NEW.kind)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (length(NEW.hash) = 32 AND EXISTS (SELECT 1 FROM chain_head h WHERE h.actor = NEW.made_by AND NEW.actor_seq = h.seq + 1 AND NEW.actor_prev = h.hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (NEW.document_prev = coalesce((SELECT step_hash FROM document WHERE id = NEW.document_id), zeroblob(32))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-allowed') WHERE (NEW.from_state = coalesce((SELECT state FROM document WHERE id = NEW.document_id), 'none') AND EXISTS (
    SELECT 1 FROM may m WHERE m.kind = NEW.kind AND m.from_state = NEW.from_state AND m.verb = NEW.verb AND m.to_state = NEW.to_state
      AND m.person = NEW.made_by AND m.valid_from <= NEW.made_at AND (m.valid_to IS NULL OR m.valid_to > NEW.made_at))) IS NOT TRUE;
  -- who keeps the books says whose money it is, and records none that comes in
  SELECT RAISE(ABORT, 'G3 only-claims') WHERE NEW.kind = 'receipt' AND NOT EXISTS (SELECT 1 FROM content c WHERE c.hash = NEW.content_hash AND json_type(c.body, '$.entry.identifies') IS NOT NULL)
    AND (EXISTS (SELECT 1 FROM may m WHERE m.kind = NEW.kind AND m.from_state = NEW.from_state AND m.verb = NEW.verb AND m.role <> 'accountant'
      AND m.person = NEW.made_by AND m.valid_from <= NEW.made_at AND (m.valid_to IS NULL OR m.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 reason') WHERE EXISTS (SELECT 1 FROM transition_rule u WHERE u.kind = NEW.kind AND u.from_state = NEW.from_state AND u.verb = NEW.verb AND u.reason = 1)
    AND (length(trim(NEW.reason, char(9, 10, 11, 12, 13, 32, 160, 8203, 8204, 8205, 8288, 12288, 65279))) >= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 other-document') WHERE (EXISTS (SELECT 1 FROM content c WHERE c.hash = NEW.content_hash AND c.body->>'$.document' = NEW.document_id AND c.body->>'$.kind' = NEW.kind)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 no-such-section') WHERE NEW.verb IN ('draft', 'edit') AND EXISTS (
    SELECT 1 FROM content c, json_each(c.body) k WHERE c.hash = NEW.content_hash AND NOT EXISTS (SELECT 1 FROM kind_section q WHERE q.kind = NEW.kind AND q.section = k.key));
  SELECT RAISE(ABORT, 'G5 other-text') WHERE NEW.verb NOT IN ('draft', 'edit') AND (NEW.content_hash = (SELECT content_hash FROM document WHERE id = NEW.document_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 evidence-missing') WHERE NEW.verb = 'submit' AND EXISTS (
    SELECT 1 FROM content c, json_each(c.body, '$.evidence') x WHERE c.hash = NEW.content_hash AND NOT EXISTS (SELECT 1 FROM evidence v WHERE lower(hex(v.hash)) = x.value->>'$.hash'
      AND v.size = (SELECT coalesce(sum(length(b.bytes)), 0) FROM evidence_blob b WHERE b.hash = v.hash)));
  -- a list is whole before anybody decides, for afterwards its rows stay as they are
  SELECT RAISE(ABORT, 'G5 list-differs') FROM content c WHERE NEW.verb IN ('submit', 'ready') AND c.hash = NEW.content_hash AND json_type(c.body, '$.list') IS NOT NULL AND (
    c.body->>'$.list.rows' = CASE c.body->>'$.list.what'
      WHEN 'customers' THEN (SELECT count(*) FROM list_customer l WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows')
      WHEN 'deliveries' THEN (SELECT count(*) FROM list_delivery l WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows')
      WHEN 'items' THEN (SELECT count(*) FROM list_item l WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows')
      WHEN 'scope' THEN (SELECT count(*) FROM list_scope l WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows') END) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 list-differs') FROM content c WHERE NEW.verb = 'submit' AND c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'items'
    AND (c.body->>'$.list.sums.lines' = (SELECT count(*) FROM list_line l WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.sums.lines')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 not-frozen') FROM content c, content o WHERE NEW.verb = 'edit' AND NEW.from_state = 'review' AND c.hash = NEW.content_hash
    AND o.hash = (SELECT content_hash FROM document WHERE id = NEW.document_id) AND (c.body->'$.list' IS o.body->'$.list' AND c.body->>'$.scope.cut_off' IS o.body->>'$.scope.cut_off') IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 not-decided') WHERE NEW.verb = 'post' AND NOT EXISTS (
    SELECT 1 FROM step a JOIN transition_rule u ON u.kind = a.kind AND u.from_state = a.from_state AND u.verb = a.verb AND u.decides = 1
    WHERE a.document_id = NEW.document_id AND a.seq = NEW.seq - 1 AND a.content_hash = NEW.content_hash);
  SELECT RAISE(ABORT, 'G7 risk') WHERE (NEW.risk = (SELECT max(
      (SELECT (coalesce(sum(abs(l.value->>'$.base')), 0) + 1) / 2 FROM json_each(c.body, '$.lines') l),
      (SELECT (coalesce(sum(abs(l.base_minor)), 0) + 1) / 2 FROM list_line l WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.sums.lines' AND c.body->>'$.list.what' = 'items'),
      (SELECT coalesce(sum(abs(a.value->>'$.amount')), 0) FROM json_each(c.body, '$.allocations') a),
      (SELECT coalesce(sum(abs(v.value->>'$.difference')), 0) FROM json_each(c.body, '$.variances') v))
    FROM content c WHERE c.hash = NEW.content_hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G4 own-work') WHERE EXISTS (SELECT 1 FROM transition_rule u WHERE u.kind = NEW.kind AND u.from_state = NEW.from_state AND u.verb = NEW.verb AND u.four_eyes = 1)
    AND (NEW.self_review = EXISTS (SELECT 1 FROM worked_on w WHERE w.document_id = NEW.document_id AND w.person = NEW.made_by)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G4 own-work') WHERE NEW.self_review <> 0 AND (NEW.self_review = 1
    AND EXISTS (SELECT 1 FROM transition_rule u WHERE u.kind = NEW.kind AND u.from_state = NEW.from_state AND u.verb = NEW.verb AND u.four_eyes = 1)
    AND EXISTS (SELECT 1 FROM owner_mode o WHERE o.person = NEW.made_by AND NEW.made_at BETWEEN o.valid_from AND o.valid_to)
    AND NOT EXISTS (SELECT 1 FROM authority_last a WHERE a.person <> NEW.made_by AND a.role NOT IN ('auditor', 'admin', 'counter') AND (a.valid_to IS NULL OR a.valid_to > NEW.made_at))
    AND NEW.made_at - (SELECT max(made_at) FROM step x WHERE x.document_id = NEW.document_id AND x.verb = 'submit') >= (SELECT value FROM policy WHERE key = 'owner_delay_us')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G12 unsigned') WHERE NEW.verb IN ('approve', 'endorse') AND EXISTS (SELECT 1 FROM person p WHERE p.name = NEW.made_by AND p.public_key IS NOT NULL) AND (length(NEW.signature) = 64) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 over-limit') WHERE EXISTS (SELECT 1 FROM transition_rule u WHERE u.kind = NEW.kind AND u.from_state = NEW.from_state AND u.verb = NEW.verb AND u.limited = 1)
    AND (NEW.risk <= (SELECT max(m.limit_minor) FROM may m WHERE m.kind = NEW.kind AND m.from_state = NEW.from_state AND m.verb = NEW.verb AND m.person = NEW.made_by
      AND m.valid_from <= NEW.made_at AND (m.valid_to IS NULL OR m.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 over-window') WHERE EXISTS (SELECT 1 FROM transition_rule u WHERE u.kind = NEW.kind AND u.from_state = NEW.from_state AND u.verb = NEW.verb AND u.limited = 1)
    AND (NEW.risk + (SELECT coalesce(sum(s.risk), 0) FROM step s WHERE s.verb = 'approve' AND s.made_by = NEW.made_by AND s.made_at > NEW.made_at - (SELECT value FROM policy WHERE key = 'window_us'))
      <= (SELECT max(m.window_minor) FROM may m WHERE m.kind = NEW.kind AND m.from_state = NEW.from_state AND m.verb = NEW.verb AND m.person = NEW.made_by
        AND m.valid_from <= NEW.made_at AND (m.valid_to IS NULL OR m.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 splitting') WHERE EXISTS (SELECT 1 FROM transition_rule u WHERE u.kind = NEW.kind AND u.from_state = NEW.from_state AND u.verb = NEW.verb AND u.limited = 1)
    AND (SELECT customer_id FROM document WHERE id = NEW.document_id) IS NOT NULL
    AND (NEW.risk + (SELECT coalesce(sum(s.risk), 0) FROM document d JOIN step s ON s.document_id = d.id AND s.verb = 'approve' AND s.made_at > NEW.made_at - (SELECT value FROM policy WHERE key = 'window_us')
        WHERE d.customer_id = (SELECT customer_id FROM document WHERE id = NEW.document_id))
      <= (SELECT max(m.limit_minor) FROM may m WHERE m.kind = NEW.kind AND m.from_state = NEW.from_state AND m.verb = NEW.verb AND m.person = NEW.made_by
        AND m.valid_from <= NEW.made_at AND (m.valid_to IS NULL OR m.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 two-persons') WHERE NEW.from_state = 'submitted' AND NEW.self_review = 0
    AND EXISTS (SELECT 1 FROM transition_rule u WHERE u.kind = NEW.kind AND u.from_state = NEW.from_state AND u.verb = NEW.verb AND u.limited = 1)
    AND (NEW.risk <= (SELECT value FROM policy WHERE key = 'two_person_minor')) IS NOT TRUE;
  -- what one person may decide alone
  SELECT RAISE(ABORT, 'G7 not-alone') WHERE NEW.verb = 'allocate' AND EXISTS (SELECT 1 FROM content c, json_each(c.body, '$.lines') l LEFT JOIN account a ON a.code = l.value->>'$.account'
    WHERE c.hash = NEW.content_hash AND (a.by_item = 1 OR a.is_loss = 1) IS NOT TRUE);
  SELECT RAISE(ABORT, 'G7 not-alone') WHERE NEW.verb = 'allocate' AND EXISTS (SELECT 1 FROM content c, json_each(c.body, '$.allocations') a WHERE c.hash = NEW.content_hash AND a.value->>'$.undoes' IS NOT NULL);
  SELECT RAISE(ABORT, 'G7 over-loss-limit') WHERE NEW.verb = 'allocate' AND (
    (SELECT coalesce(sum(abs(l.value->>'$.base')), 0) FROM content c, json_each(c.body, '$.lines') l JOIN account a ON a.code = l.value->>'$.account' AND a.is_loss = 1 WHERE c.hash = NEW.content_hash)
    + (SELECT coalesce(sum(abs(l.value->>'$.base')), 0) FROM step s JOIN content c ON c.hash = s.content_hash, json_each(c.body, '$.lines') l JOIN account a ON a.code = l.value->>'$.account' AND a.is_loss = 1
       WHERE s.verb = 'allocate' AND s.made_by = NEW.made_by AND s.made_at > NEW.made_at - (SELECT value FROM policy WHERE key = 'window_us'))
    <= (SELECT max(m.loss_limit_minor) FROM may m WHERE m.kind = NEW.kind AND m.from_state = NEW.from_state AND m.verb = NEW.verb AND m.person = NEW.made_by
      AND m.valid_from <= NEW.made_at AND (m.valid_to IS NULL OR m.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 more-than-contact') WHERE (NEW.verb = 'note' OR (NEW.verb = 'post' AND EXISTS (SELECT 1 FROM step a WHERE a.document_id = NEW.document_id AND a.seq = NEW.seq - 1 AND a.verb = 'note'))) AND (EXISTS (
    SELECT 1 FROM content c JOIN customer k ON k.id = c.body->>'$.customer' WHERE c.hash = NEW.content_hash AND k.record = c.body->'$.record')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 set-up-over') WHERE (NEW.verb = 'load' OR (NEW.verb = 'post' AND EXISTS (SELECT 1 FROM step a WHERE a.document_id = NEW.document_id AND a.seq = NEW.seq - 1 AND a.verb = 'load'))) AND (EXISTS (SELECT 1 FROM content c WHERE c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'deliveries') OR (SELECT open FROM set_up)) IS NOT TRUE;
END;

CREATE TRIGGER step_act AFTER INSERT ON step BEGIN
  UPDATE chain_head SET seq = NEW.actor_seq, hash = NEW.hash WHERE actor = NEW.made_by;
  INSERT INTO document (id, kind, state, seq, content_hash, step_hash, made_by, made_at, customer_id)
    SELECT NEW.document_id, NEW.kind, NEW.to_state, 1, NEW.content_hash, NEW.hash, NEW.made_by, NEW.made_at, c.body->>'$.customer' FROM content c WHERE c.hash = NEW.content_hash AND NEW.seq = 1;
  UPDATE document SET state = NEW.to_state, seq = NEW.seq, content_hash = NEW.content_hash, step_hash = NEW.hash,
    customer_id = (SELECT c.body->>'$.customer' FROM content c WHERE c.hash = NEW.content_hash) WHERE id = NEW.document_id AND NEW.seq > 1;
  INSERT INTO number_series (series, period, last)
    SELECT 'doc:' || k.mark, CASE WHEN k.monthly = 1 THEN coalesce(substr(c.body->>'$.entry.posting_date', 1, 7),
        strftime('%Y-%m', NEW.made_at / 1000000 + 60 * (SELECT value FROM policy WHERE key = 'zone_minutes'), 'unixepoch')) ELSE '' END, 1
    FROM document_kind k, content c WHERE k.kind = NEW.kind AND k.number_verb = NEW.verb AND c.hash = NEW.content_hash AND (SELECT number FROM document WHERE id = NEW.document_id) IS NULL
    ON CONFLICT (series, period) DO UPDATE SET last = last + 1;
  UPDATE document SET number = (SELECT k.mark || '-' || CASE WHEN n.period = '' THEN '' ELSE replace(n.period, '-', '') || '-' END || printf('%04d', n.last)
      FROM document_kind k JOIN number_series n ON n.series = 'doc:' || k.mark, content c WHERE k.kind = NEW.kind AND c.hash = NEW.content_hash
        AND n.period = CASE WHEN k.monthly = 1 THEN coalesce(substr(c.body->>'$.entry.posting_date', 1, 7),
          strftime('%Y-%m', NEW.made_at / 1000000 + 60 * (SELECT value FROM policy WHERE key = 'zone_minutes'), 'unixepoch')) ELSE '' END)
    WHERE id = NEW.document_id AND number IS NULL AND NEW.verb = (SELECT number_verb FROM document_kind WHERE kind = NEW.kind);
  SELECT RAISE(ABORT, 'G3 head') WHERE (SELECT d.state = NEW.to_state AND d.seq = NEW.seq AND d.step_hash = NEW.hash FROM document d WHERE d.id = NEW.document_id) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (SELECT h.seq = NEW.actor_seq AND h.hash = NEW.hash FROM chain_head h WHERE h.actor = NEW.made_by) IS NOT TRUE;
END;

-- uses of deliveries: held from submit on, free again when the voucher does not go on
CREATE TRIGGER step_use AFTER INSERT ON step WHEN NEW.verb IN ('submit', 'withdraw', 'return', 'reject', 'void') BEGIN
  INSERT INTO delivery_use (step_id, delivery_id, document_id, amount_minor)
    SELECT NEW.id, u.value->>'$.id', NEW.document_id, sum(u.value->>'$.amount') FROM content c, json_each(c.body, '$.deliveries') u
    WHERE c.hash = NEW.content_hash AND NEW.verb = 'submit' GROUP BY u.value->>'$.id';
  INSERT INTO delivery_use (step_id, delivery_id, document_id, amount_minor)
    SELECT NEW.id, u.delivery_id, NEW.document_id, -sum(u.amount_minor) FROM delivery_use u
    WHERE u.document_id = NEW.document_id AND NEW.verb <> 'submit' GROUP BY u.delivery_id HAVING sum(u.amount_minor) <> 0;
  SELECT RAISE(ABORT, 'G9 not-a-use') FROM content c WHERE c.hash = NEW.content_hash AND ((SELECT coalesce(sum(u.amount_minor), 0) FROM delivery_use u WHERE u.document_id = NEW.document_id)
    = CASE NEW.verb WHEN 'submit' THEN (SELECT coalesce(sum(x.value->>'$.amount'), 0) FROM json_each(c.body, '$.deliveries') x) ELSE 0 END) IS NOT TRUE;
END;

CREATE TRIGGER delivery_use_judge BEFORE INSERT ON delivery_use BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM delivery_use WHERE step_id = NEW.step_id AND delivery_id = NEW.delivery_id);
  SELECT RAISE(ABORT, 'G9 not-a-use') WHERE (EXISTS (SELECT 1 FROM step_text p WHERE p.step_id = NEW.step_id AND (
      (p.document_id = NEW.document_id AND p.verb = 'submit' AND NEW.amount_minor = (SELECT sum(u.value->>'$.amount') FROM json_each(p.body, '$.deliveries') u WHERE u.value->>'$.id' = NEW.delivery_id))
      OR (p.document_id = NEW.document_id AND p.verb IN ('withdraw', 'return', 'reject', 'void') AND NEW.amount_minor < 0
        AND NOT EXISTS (SELECT 1 FROM step y WHERE y.document_id = p.document_id AND y.seq > p.seq))
      OR (p.verb = 'post' AND p.kind = 'reversal' AND NEW.amount_minor < 0 AND NEW.document_id = (SELECT o.document_id FROM undone_entry o WHERE o.id = p.body->>'$.entry.reverses'))))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 not-a-use') WHERE NEW.amount_minor < 0 AND (0 = NEW.amount_minor + (SELECT sum(u.amount_minor) FROM delivery_use u WHERE u.delivery_id = NEW.delivery_id AND u.document_id = NEW.document_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 delivery-revised') WHERE NEW.amount_minor > 0 AND EXISTS (SELECT 1 FROM delivery d JOIN delivery x ON x.source = d.source AND x.number = d.number AND x.revision > d.revision WHERE d.id = NEW.delivery_id);
  SELECT RAISE(ABORT, 'G9 delivery-of-another') WHERE NEW.amount_minor > 0 AND (EXISTS (SELECT 1 FROM delivery d JOIN document x ON x.id = NEW.document_id WHERE d.id = NEW.delivery_id AND d.customer_id = x.customer_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 delivery-of-another') WHERE NEW.amount_minor > 0 AND EXISTS (
    SELECT 1 FROM delivery d JOIN step_text p ON p.step_id = NEW.step_id, json_each(p.body, '$.items') i WHERE d.id = NEW.delivery_id AND i.value->>'$.currency' <> d.currency);
  SELECT RAISE(ABORT, 'G9 delivery-used') WHERE (NEW.amount_minor + (SELECT coalesce(sum(u.amount_minor), 0) FROM delivery_use u WHERE u.delivery_id = NEW.delivery_id)
    BETWEEN 0 AND (SELECT d.amount_minor FROM delivery d WHERE d.id = NEW.delivery_id)) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- unfolding: people
CREATE TRIGGER unfold_authority AFTER INSERT ON step WHEN NEW.verb = 'post' AND NEW.kind = 'authority' BEGIN
  INSERT INTO authority (id, person, role, limit_minor, loss_limit_minor, window_minor, valid_from, valid_to, document_id)
    SELECT x.value->>'$.id', x.value->>'$.person', x.value->>'$.role', coalesce(x.value->>'$.limit', 0), coalesce(x.value->>'$.loss_limit', 0), coalesce(x.value->>'$.window', 0), NEW.made_at, (x.value->>'$.to') * 1000000, NEW.document_id
    FROM content c, json_each(c.body, '$.authority') x WHERE c.hash = NEW.content_hash;
  UPDATE person SET public_key = unhex((SELECT k.value->>'$.public_key' FROM content c, json_each(c.body, '$.keys') k WHERE c.hash = NEW.content_hash AND k.value->>'$.person' = person.name))
    WHERE name IN (SELECT k.value->>'$.person' FROM content c, json_each(c.body, '$.keys') k WHERE c.hash = NEW.content_hash);
  SELECT RAISE(ABORT, 'G7 half-authority') FROM content c, json_each(c.body, '$.keys') k WHERE c.hash = NEW.content_hash
    AND (EXISTS (SELECT 1 FROM person p WHERE p.name = k.value->>'$.person' AND lower(hex(p.public_key)) = k.value->>'$.public_key')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G7 half-authority') WHERE (SELECT coalesce(json_array_length(c.body, '$.authority'), 0) = (SELECT count(*) FROM authority a WHERE a.document_id = NEW.document_id) FROM content c WHERE c.hash = NEW.content_hash) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- unfolding: customers
CREATE VIEW planned_customer AS
SELECT p.step_id, p.document_id, l.n, l.id, CAST(l.record->>'$.code' AS TEXT) AS code, CAST(l.record->>'$.name' AS TEXT) AS name,
  CAST(l.record->>'$.tax_id' AS TEXT) AS tax_id, CAST(coalesce(l.record->>'$.search', '') AS TEXT) AS search, l.record, l.contact
FROM step_text p JOIN list_customer l ON l.list_id = p.body->>'$.list.id' AND +l.n <= p.body->>'$.list.rows'
WHERE p.verb = 'post' AND p.kind = 'import' AND p.body->>'$.list.what' = 'customers'
UNION ALL
SELECT p.step_id, p.document_id, CAST(1 AS INTEGER), CAST(p.body->>'$.customer' AS TEXT), CAST(p.body->>'$.record.code' AS TEXT),
  CAST(p.body->>'$.record.name' AS TEXT), CAST(p.body->>'$.record.tax_id' AS TEXT), CAST(coalesce(p.body->>'$.record.search', '') AS TEXT),
  CAST(p.body->'$.record' AS TEXT), CAST(coalesce(p.body->'$.contact', '{}') AS TEXT)
FROM step_text p WHERE p.verb = 'post' AND p.kind = 'customer';

CREATE VIEW planned_code AS
SELECT p.step_id, p.document_id, l.id AS customer_id, CAST(k.value->>'$.code' AS TEXT) AS code, CAST(k.value->>'$.kind' AS TEXT) AS kind
FROM step_text p JOIN list_customer l ON l.list_id = p.body->>'$.list.id' AND +l.n <= p.body->>'$.list.rows', json_each(l.record, '$.codes') k
WHERE p.verb = 'post' AND p.kind = 'import' AND p.body->>'$.list.what' = 'customers'
UNION ALL
SELECT p.step_id, p.document_id, CAST(p.body->>'$.customer' AS TEXT), CAST(k.value->>'$.code' AS TEXT), CAST(k.value->>'$.kind' AS TEXT)
FROM step_text p, json_each(p.body, '$.record.codes') k WHERE p.verb = 'post' AND p.kind = 'customer';

-- what a customer is found by: letters, codes and numbers, and the digits of the telephone
-- two blanks at the end: the last letters too begin three that the index knows
CREATE VIEW customer_to_find AS
SELECT k.id, k.n, CASE WHEN instr(k.search, lower(k.code)) THEN k.search ELSE k.search || ' ' || k.code END || '  ' AS words,
  replace(replace(replace(replace(replace(replace(replace(coalesce(k.contact->>'$.phone', ''), ' ', ''), '-', ''), '(', ''), ')', ''), '+', ''), '/', ''), '.', '') AS phone
FROM customer k;

-- the rows of a long list go in by five hundred: one INSERT of them all would hold them all in memory
CREATE VIEW unfolding_customer AS SELECT CAST(NULL AS TEXT) AS document_id, CAST(NULL AS TEXT) AS list_id, CAST(NULL AS INTEGER) AS first, CAST(NULL AS INTEGER) AS last;
CREATE TRIGGER unfold_listed_customer INSTEAD OF INSERT ON unfolding_customer BEGIN
  INSERT INTO customer (id, n, code, name, tax_id, search, record, contact, document_id)
    SELECT l.id, (SELECT coalesce(max(k.n), 0) FROM customer k) + l.n - NEW.first + 1, l.record->>'$.code', l.record->>'$.name', l.record->>'$.tax_id', coalesce(l.record->>'$.search', ''),
      l.record, l.contact, NEW.document_id
    FROM list_customer l WHERE l.list_id = NEW.list_id AND l.n BETWEEN NEW.first AND NEW.last ORDER BY l.n;
  INSERT INTO customer_code (code, customer_id, kind, document_id) SELECT k.value->>'$.code', l.id, k.value->>'$.kind', NEW.document_id
    FROM list_customer l CROSS JOIN json_each(l.record, '$.codes') k WHERE l.list_id = NEW.list_id AND l.n BETWEEN NEW.first AND NEW.last;
END;

CREATE TRIGGER unfold_customer AFTER INSERT ON step WHEN NEW.verb = 'post' AND NEW.kind IN ('customer', 'import') BEGIN
  INSERT INTO customer (id, n, code, name, tax_id, search, record, contact, document_id)
    SELECT p.id, (SELECT coalesce(max(n), 0) FROM customer) + p.n, p.code, p.name, p.tax_id, p.search, p.record, p.contact, p.document_id FROM planned_customer p
    WHERE NEW.kind = 'customer' AND p.step_id = NEW.id AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.id = p.id);
  INSERT INTO unfolding_customer SELECT NEW.document_id, l.list_id, l.n, min(l.n + 499, c.body->>'$.list.rows')
    FROM content c JOIN list_customer l ON l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows' AND l.n % 500 = 1 WHERE NEW.kind = 'import' AND c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'customers' ORDER BY l.n;
  UPDATE customer SET (code, name, tax_id, search, record, contact, document_id) = (SELECT p.code, p.name, p.tax_id, p.search, p.record, p.contact, p.document_id FROM planned_customer p WHERE p.step_id = NEW.id)
    WHERE NEW.kind = 'customer' AND id = (SELECT p.id FROM planned_customer p WHERE p.step_id = NEW.id) AND document_id <> NEW.document_id;
  UPDATE customer_code SET retired_at = NEW.made_at, document_id = NEW.document_id WHERE NEW.kind = 'customer' AND retired_at IS NULL
    AND customer_id = (SELECT p.id FROM planned_customer p WHERE p.step_id = NEW.id) AND code NOT IN (SELECT k.code FROM planned_code k WHERE k.step_id = NEW.id);
  INSERT INTO customer_code (code, customer_id, kind, document_id)
    SELECT k.code, k.customer_id, k.kind, k.document_id FROM planned_code k WHERE NEW.kind = 'customer' AND k.step_id = NEW.id
      AND NOT EXISTS (SELECT 1 FROM customer_code h WHERE h.code = k.code AND h.customer_id = k.customer_id);
  SELECT RAISE(ABORT, 'G5 list-differs') FROM content c WHERE c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'customers' AND (
    c.body->>'$.list.rows' = (SELECT count(*) FROM customer k WHERE k.n > (SELECT max(x.n) FROM customer x) - c.body->>'$.list.rows' AND k.document_id = NEW.document_id)
    AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.n > (SELECT max(x.n) FROM customer x) - c.body->>'$.list.rows' AND json_array_length(k.record, '$.codes')
      <> (SELECT count(*) FROM customer_code h WHERE h.customer_id = k.id AND h.retired_at IS NULL AND h.document_id = NEW.document_id))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 customer-differs') WHERE NEW.kind = 'customer' AND (EXISTS (SELECT 1 FROM customer k WHERE k.document_id = NEW.document_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 customer-differs') WHERE NEW.kind = 'customer' AND EXISTS (SELECT 1 FROM customer_code h WHERE h.retired_at IS NULL
    AND h.customer_id = (SELECT p.id FROM planned_customer p WHERE p.step_id = NEW.id) AND h.code NOT IN (SELECT k.code FROM planned_code k WHERE k.step_id = NEW.id));
  SELECT RAISE(ABORT, 'G5 code-taken') WHERE NEW.kind = 'customer' AND EXISTS (SELECT 1 FROM planned_code k LEFT JOIN customer_code h ON h.code = k.code WHERE k.step_id = NEW.id AND (h.customer_id = k.customer_id) IS NOT TRUE);
  INSERT OR REPLACE INTO customer_search (rowid, words, phone) SELECT f.n, f.words, f.phone FROM planned_customer p JOIN customer_to_find f ON f.id = p.id
    WHERE p.step_id = NEW.id AND NEW.kind = 'customer' AND f.n <= (SELECT coalesce(max(d.id), 0) + 1 FROM customer_search_docsize d);
END;

CREATE TRIGGER customer_insert BEFORE INSERT ON customer BEGIN
  SELECT RAISE(ABORT, 'G5 code-taken') WHERE EXISTS (SELECT 1 FROM customer WHERE code = NEW.code);
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM customer WHERE id = NEW.id OR n = NEW.n);
  SELECT RAISE(ABORT, 'G2 not-approved-customer') WHERE (EXISTS (SELECT 1 FROM planned_customer p WHERE p.document_id = NEW.document_id AND p.id = NEW.id AND p.code = NEW.code AND p.name = NEW.name
    AND p.tax_id IS NEW.tax_id AND p.search = NEW.search AND p.record = NEW.record AND p.contact = NEW.contact)) IS NOT TRUE;
END;

CREATE TRIGGER customer_update BEFORE UPDATE ON customer BEGIN
  SELECT RAISE(ABORT, 'G2 not-approved-customer') WHERE (NEW.id = OLD.id AND NEW.n = OLD.n AND NEW.document_id <> OLD.document_id AND NEW.document_id = (SELECT s.document_id FROM last_step s WHERE s.verb = 'post') AND EXISTS (SELECT 1 FROM planned_customer p WHERE p.document_id = NEW.document_id
    AND p.id = NEW.id AND p.code = NEW.code AND p.name = NEW.name AND p.tax_id IS NEW.tax_id AND p.search = NEW.search AND p.record = NEW.record AND p.contact = NEW.contact)) IS NOT TRUE;
END;

CREATE TRIGGER customer_code_insert BEFORE INSERT ON customer_code BEGIN
  SELECT RAISE(ABORT, 'G5 code-taken') WHERE EXISTS (SELECT 1 FROM customer_code WHERE code = NEW.code);
  SELECT RAISE(ABORT, 'G2 not-approved-customer') WHERE (NEW.retired_at IS NULL AND EXISTS (SELECT 1 FROM customer k WHERE k.id = NEW.customer_id AND k.document_id = NEW.document_id
    AND instr(k.record->'$.codes', '{"code":' || json_quote(NEW.code) || ',"kind":' || json_quote(NEW.kind) || '}'))) IS NOT TRUE;
END;

CREATE TRIGGER customer_code_update BEFORE UPDATE ON customer_code BEGIN
  SELECT RAISE(ABORT, 'G2 not-approved-customer') WHERE (NEW.code = OLD.code AND NEW.customer_id = OLD.customer_id AND NEW.kind = OLD.kind AND OLD.retired_at IS NULL AND NEW.retired_at = (SELECT s.made_at FROM last_step s WHERE s.verb = 'post' AND s.document_id = NEW.document_id)
    AND EXISTS (SELECT 1 FROM planned_customer p WHERE p.document_id = NEW.document_id AND p.id = OLD.customer_id)
    AND NOT EXISTS (SELECT 1 FROM planned_code k WHERE k.document_id = NEW.document_id AND k.code = OLD.code)) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- unfolding: deliveries
CREATE VIEW unfolding_delivery AS SELECT * FROM unfolding_customer;
CREATE TRIGGER unfold_listed_delivery INSTEAD OF INSERT ON unfolding_delivery BEGIN
  INSERT INTO delivery (id, source, number, revision, customer_id, day, currency, amount_minor, tax_included, body, document_id)
    SELECT l.id, l.source, l.number, l.revision, l.customer_id, l.day, l.currency, l.amount_minor, l.tax_included, l.body, NEW.document_id
    FROM list_delivery l WHERE l.list_id = NEW.list_id AND l.n BETWEEN NEW.first AND NEW.last ORDER BY l.n;
END;

CREATE TRIGGER unfold_delivery AFTER INSERT ON step WHEN NEW.verb = 'post' AND NEW.kind = 'import' BEGIN
  INSERT INTO unfolding_delivery SELECT NEW.document_id, l.list_id, l.n, min(l.n + 499, c.body->>'$.list.rows')
    FROM content c JOIN list_delivery l ON l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows' AND l.n % 500 = 1 WHERE c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'deliveries' ORDER BY l.n;
  SELECT RAISE(ABORT, 'G5 list-differs') FROM content c WHERE c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'deliveries'
    AND (c.body->>'$.list.rows' = (SELECT count(*) FROM list_delivery l CROSS JOIN delivery d ON d.id = l.id
      WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows' AND d.document_id = NEW.document_id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 list-differs') FROM content c WHERE c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'deliveries' AND EXISTS (
    SELECT 1 FROM (SELECT l.currency, sum(l.amount_minor) AS s FROM list_delivery l WHERE l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows' GROUP BY l.currency) t WHERE (t.s = (SELECT x.value FROM json_each(c.body, '$.list.sums') x WHERE x.key = t.currency)) IS NOT TRUE);
END;

CREATE TRIGGER delivery_judge BEFORE INSERT ON delivery BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM delivery WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G6 day') WHERE ((NEW.day GLOB '19[0-9][0-9]-[0-9][0-9]-[0-9][0-9]' OR NEW.day GLOB '20[0-9][0-9]-[0-9][0-9]-[0-9][0-9]') AND date(NEW.day) = NEW.day) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 revision') WHERE (NEW.revision = 1 + (SELECT coalesce(max(d.revision), 0) FROM delivery d WHERE d.source = NEW.source AND d.number = NEW.number)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 delivery-used') WHERE NEW.revision > 1 AND EXISTS (SELECT 1 FROM delivery d JOIN delivery_use u ON u.delivery_id = d.id WHERE d.source = NEW.source AND d.number = NEW.number GROUP BY d.id HAVING sum(u.amount_minor) <> 0);
  SELECT RAISE(ABORT, 'G2 not-approved-delivery') WHERE (EXISTS (SELECT 1 FROM step_text p JOIN list_delivery l ON l.list_id = p.body->>'$.list.id' AND +l.n <= p.body->>'$.list.rows'
    WHERE p.document_id = NEW.document_id AND p.verb = 'post' AND p.kind = 'import' AND p.body->>'$.list.what' = 'deliveries' AND l.id = NEW.id AND l.source = NEW.source AND l.number = NEW.number AND l.revision = NEW.revision
      AND l.customer_id = NEW.customer_id AND l.day = NEW.day AND l.currency = NEW.currency AND l.amount_minor = NEW.amount_minor AND l.tax_included = NEW.tax_included AND l.body = NEW.body)) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- unfolding: the campaign's lines
CREATE TRIGGER unfold_campaign AFTER INSERT ON step WHEN NEW.kind = 'campaign' AND NEW.verb = 'ready' BEGIN
  SELECT RAISE(ABORT, 'G3 customer-in-campaign') WHERE EXISTS (
    SELECT 1 FROM content c JOIN list_scope l ON l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows' JOIN campaign_line o ON o.customer_id = l.customer_id AND o.campaign_id <> NEW.document_id
      JOIN document d ON d.id = o.campaign_id AND d.state NOT IN ('closed', 'cancelled', 'expired') WHERE c.hash = NEW.content_hash);
  INSERT INTO campaign_line (campaign_id, customer_id, currency, n, billed_minor, unbilled_minor, unapplied_minor, book_minor, customer_document, counter, blind)
    SELECT NEW.document_id, l.customer_id, l.currency, l.n, coalesce(b.billed, 0), coalesce(b.unbilled, 0), coalesce(b.unapplied, 0), coalesce(b.billed, 0) + coalesce(b.unbilled, 0) - coalesce(b.unapplied, 0),
      k.document_id, l.counter, c.body->>'$.scope.blind'
    FROM content c JOIN list_scope l ON l.list_id = c.body->>'$.list.id' AND l.n <= c.body->>'$.list.rows' JOIN customer k ON k.id = l.customer_id
    LEFT JOIN book_at_freeze b ON b.content_hash = c.hash AND b.customer_id = l.customer_id AND b.currency = l.currency
    WHERE c.hash = NEW.content_hash AND c.body->>'$.list.what' = 'scope' ORDER BY l.n;
  SELECT RAISE(ABORT, 'G5 list-differs') FROM content c WHERE c.hash = NEW.content_hash
    AND (c.body->>'$.list.rows' = (SELECT count(*) FROM campaign_line l WHERE l.campaign_id = NEW.document_id) AND c.body->>'$.list.rows' > 0) IS NOT TRUE;
END;

CREATE VIEW book_at_freeze AS
SELECT p.content_hash, l.customer_id, l.currency,
  sum(l.side * l.amount_minor) FILTER (WHERE a.part = 'billed') AS billed,
  sum(l.side * l.amount_minor) FILTER (WHERE a.part = 'unbilled') AS unbilled,
  -sum(l.side * l.amount_minor) FILTER (WHERE a.part = 'unapplied') AS unapplied
FROM step_text p JOIN journal_entry e ON e.posting_date <= p.body->>'$.scope.cut_off' JOIN journal_line l ON l.entry_id = e.id JOIN account a ON a.code = l.account AND a.part <> ''
WHERE p.kind = 'campaign' AND p.verb = 'ready' AND l.customer_id IS NOT NULL
GROUP BY p.content_hash, l.customer_id, l.currency;

CREATE TRIGGER campaign_line_judge BEFORE INSERT ON campaign_line BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM campaign_line WHERE campaign_id = NEW.campaign_id AND ((customer_id = NEW.customer_id AND currency = NEW.currency) OR n = NEW.n));
  SELECT RAISE(ABORT, 'G2 not-frozen') WHERE (EXISTS (SELECT 1 FROM step_text p JOIN list_scope l ON l.list_id = p.body->>'$.list.id' AND l.n = NEW.n AND l.n <= p.body->>'$.list.rows'
    WHERE p.document_id = NEW.campaign_id AND p.verb = 'ready' AND l.customer_id = NEW.customer_id AND l.currency = NEW.currency AND l.counter IS NEW.counter)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 not-frozen') WHERE EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.campaign_id AND d.state NOT IN ('draft', 'counting')) OR EXISTS (SELECT 1 FROM count_event WHERE campaign_id = NEW.campaign_id);
END;

-- ---------------------------------------------------------------- unfolding: the ledger
CREATE TRIGGER unfold_ledger AFTER INSERT ON step WHEN NEW.verb = 'post' BEGIN
  SELECT RAISE(ABORT, 'G8 period') FROM content c WHERE c.hash = NEW.content_hash AND json_type(c.body, '$.entry') IS NOT NULL AND (EXISTS (
    SELECT 1 FROM period p WHERE c.body->>'$.entry.posting_date' BETWEEN p.first_day AND p.last_day AND NOT EXISTS (SELECT 1 FROM period_lock k WHERE k.period = p.period))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G6 no-balance') FROM content c WHERE c.hash = NEW.content_hash AND json_type(c.body, '$.entry') IS NOT NULL AND (2 <= (SELECT count(*) FROM planned_line l WHERE l.step_id = NEW.id)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G6 no-balance') WHERE EXISTS (SELECT 1 FROM planned_line l WHERE l.step_id = NEW.id GROUP BY l.currency HAVING sum(l.side * l.amount_minor) <> 0);
  SELECT RAISE(ABORT, 'G6 no-balance') WHERE (SELECT coalesce(sum(l.side * l.base_minor), 0) = 0 FROM planned_line l WHERE l.step_id = NEW.id) IS NOT TRUE;
  -- the limits look at the base amount: in the base currency it is the amount (0 only for an exchange difference)
  SELECT RAISE(ABORT, 'G6 no-balance') WHERE EXISTS (SELECT 1 FROM planned_line l WHERE l.step_id = NEW.id AND l.currency = 'CNY' AND l.amount_minor <> 0 AND l.base_minor <> l.amount_minor);
  SELECT RAISE(ABORT, 'G9 nothing-to-reverse') FROM content c WHERE c.hash = NEW.content_hash AND json_type(c.body, '$.entry.reverses') IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM journal_entry o WHERE o.id = c.body->>'$.entry.reverses' AND o.reverses IS NULL);
  -- what leaves the money from nobody known (2241) names the receipt by which it came in
  SELECT RAISE(ABORT, 'G9 not-a-claim') FROM content c WHERE c.hash = NEW.content_hash AND (json_type(c.body, '$.entry.identifies') IS NOT NULL)
    <> (json_type(c.body, '$.entry.reverses') IS NULL AND EXISTS (SELECT 1 FROM planned_line l WHERE l.step_id = NEW.id AND l.account = '2241' AND l.side * l.amount_minor > 0));
  SELECT RAISE(ABORT, 'G9 nothing-to-claim') FROM content c WHERE c.hash = NEW.content_hash AND json_type(c.body, '$.entry.identifies') IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM journal_entry o WHERE o.id = c.body->>'$.entry.identifies' AND o.reverses IS NULL AND o.identifies IS NULL);
  SELECT RAISE(ABORT, 'G9 red-without-origin') FROM content c WHERE c.hash = NEW.content_hash AND json_type(c.body, '$.entry.reverses') IS NULL
    AND EXISTS (SELECT 1 FROM planned_line l WHERE l.step_id = NEW.id AND (l.amount_minor < 0 OR l.base_minor < 0)) AND NOT EXISTS (SELECT 1 FROM planned_allocation a WHERE a.step_id = NEW.id AND a.undoes IS NOT NULL);
  INSERT INTO number_series (series, period, last)
    SELECT c.body->>'$.entry.series', p.period, 1 FROM content c JOIN period p ON c.body->>'$.entry.posting_date' BETWEEN p.first_day AND p.last_day
    WHERE c.hash = NEW.content_hash AND json_type(c.body, '$.entry') IS NOT NULL ON CONFLICT (series, period) DO UPDATE SET last = last + 1;
  INSERT INTO journal_entry (id, document_id, content_hash, series, period, number, posting_date, document_date, origin_period, rule, reverses, identifies, step_id, posted_at)
    SELECT c.body->>'$.entry.id', NEW.document_id, NEW.content_hash, n.series, n.period, n.last, c.body->>'$.entry.posting_date', c.body->>'$.entry.document_date', c.body->>'$.entry.origin_period',
      c.body->>'$.entry.rule', c.body->>'$.entry.reverses', c.body->>'$.entry.identifies', NEW.id, NEW.made_at
    FROM content c JOIN period p ON c.body->>'$.entry.posting_date' BETWEEN p.first_day AND p.last_day JOIN number_series n ON n.series = c.body->>'$.entry.series' AND n.period = p.period WHERE c.hash = NEW.content_hash;
  INSERT INTO open_item (id, customer_id, account, currency, original_minor, due_date, entry_id, open_minor, version, label)
    SELECT i.id, i.customer_id, i.account, i.currency, i.amount_minor, i.due_date, i.entry_id, i.amount_minor, 1, i.label FROM planned_item i WHERE i.step_id = NEW.id;
  INSERT INTO journal_line (entry_id, line_no, account, side, amount_minor, currency, base_minor, customer_id, item_id, text)
    SELECT l.entry_id, l.n, l.account, l.side, l.amount_minor, l.currency, l.base_minor, l.customer_id, l.item_id, l.text FROM planned_line l WHERE l.step_id = NEW.id;
  UPDATE period_total SET number = z.number, debit_minor = period_total.debit_minor + z.debit_minor, credit_minor = period_total.credit_minor + z.credit_minor,
      debit_base_minor = period_total.debit_base_minor + z.debit_base_minor, credit_base_minor = period_total.credit_base_minor + z.credit_base_minor
    FROM entry_total z WHERE z.step_id = NEW.id AND period_total.period = z.period AND period_total.series = z.series AND period_total.account = z.account AND period_total.currency = z.currency;
  INSERT INTO period_total (period, series, account, currency, number, debit_minor, credit_minor, debit_base_minor, credit_base_minor)
    SELECT z.period, z.series, z.account, z.currency, z.number, z.debit_minor, z.credit_minor, z.debit_base_minor, z.credit_base_minor FROM entry_total z
    WHERE z.step_id = NEW.id AND NOT EXISTS (SELECT 1 FROM period_total t WHERE t.period = z.period AND t.series = z.series AND t.account = z.account AND t.currency = z.currency);
  SELECT RAISE(ABORT, 'G2 head') WHERE EXISTS (SELECT 1 FROM entry_total z WHERE z.step_id = NEW.id AND NOT EXISTS (
    SELECT 1 FROM period_total t WHERE t.period = z.period AND t.series = z.series AND t.account = z.account AND t.currency = z.currency AND t.number = z.number));
  SELECT RAISE(ABORT, 'G9 over-reversed') FROM journal_entry e WHERE e.step_id = NEW.id AND e.reverses IS NOT NULL AND EXISTS (
    SELECT 1 FROM journal_line l WHERE l.entry_id = e.reverses OR l.entry_id IN (SELECT x.id FROM journal_entry x WHERE x.reverses = e.reverses) GROUP BY l.account, l.side, l.currency, l.customer_id
    HAVING (sum(l.base_minor) BETWEEN min(0, sum(l.base_minor) FILTER (WHERE l.entry_id = e.reverses)) AND max(0, sum(l.base_minor) FILTER (WHERE l.entry_id = e.reverses))
      AND sum(l.amount_minor) BETWEEN min(0, sum(l.amount_minor) FILTER (WHERE l.entry_id = e.reverses)) AND max(0, sum(l.amount_minor) FILTER (WHERE l.entry_id = e.reverses))) IS NOT TRUE);
  -- a claim takes all that one receipt left there: nobody claims it again, and it is not reversed under its claim
  SELECT RAISE(ABORT, 'G9 over-claimed') FROM money_moved m WHERE m.step_id = NEW.id AND EXISTS (
    SELECT 1 FROM journal_line l WHERE l.account = '2241' AND l.entry_id IN (
      SELECT m.origin UNION ALL SELECT x.id FROM journal_entry x WHERE x.identifies = m.origin UNION ALL SELECT r.id FROM journal_entry r WHERE r.reverses = m.origin
      UNION ALL SELECT r.id FROM journal_entry x JOIN journal_entry r ON r.reverses = x.id WHERE x.identifies = m.origin)
    GROUP BY l.currency HAVING CASE m.is_claim WHEN 1 THEN sum(l.side * l.amount_minor) <> 0 ELSE sum(l.side * l.amount_minor) > 0 END);
  SELECT RAISE(ABORT, 'G9 item-changed') FROM planned_allocation a LEFT JOIN open_item ch ON ch.id = a.charge_id LEFT JOIN open_item cr ON cr.id = a.credit_id
    WHERE a.step_id = NEW.id AND ((a.charge_id IS NULL OR ch.version = a.charge_version) AND (a.credit_id IS NULL OR cr.version = a.credit_version)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 not-a-match') FROM planned_allocation a LEFT JOIN open_item ch ON ch.id = a.charge_id LEFT JOIN open_item cr ON cr.id = a.credit_id
    WHERE a.step_id = NEW.id AND ((a.charge_id IS NULL OR ch.original_minor > 0) AND (a.credit_id IS NULL OR cr.original_minor < 0)
      AND (a.charge_id IS NULL OR a.credit_id IS NULL OR (ch.customer_id = cr.customer_id AND ch.currency = cr.currency))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 not-an-undo') FROM planned_allocation a LEFT JOIN allocation u ON u.id = a.undoes
    WHERE a.step_id = NEW.id AND (CASE WHEN a.undoes IS NULL THEN a.amount_minor > 0 ELSE a.amount_minor = -u.amount_minor AND u.undoes IS NULL AND u.charge_id IS a.charge_id AND u.credit_id IS a.credit_id END) IS NOT TRUE;
  INSERT INTO allocation (id, charge_id, credit_id, amount_minor, undoes, step_id)
    SELECT a.id, a.charge_id, a.credit_id, a.amount_minor, a.undoes, NEW.id FROM planned_allocation a WHERE a.step_id = NEW.id;
  UPDATE open_item SET version = version + 1, open_minor = original_minor - coalesce((SELECT sum(amount_minor) FROM allocation WHERE charge_id = open_item.id), 0) + coalesce((SELECT sum(amount_minor) FROM allocation WHERE credit_id = open_item.id), 0)
    WHERE id IN (SELECT charge_id FROM allocation WHERE step_id = NEW.id UNION SELECT credit_id FROM allocation WHERE step_id = NEW.id);
  SELECT RAISE(ABORT, 'G6 items-and-ledger') WHERE EXISTS (SELECT 1 FROM allocation a JOIN open_item i ON i.id IN (a.charge_id, a.credit_id) WHERE a.step_id = NEW.id AND i.open_minor
    <> i.original_minor - coalesce((SELECT sum(x.amount_minor) FROM allocation x WHERE x.charge_id = i.id), 0) + coalesce((SELECT sum(x.amount_minor) FROM allocation x WHERE x.credit_id = i.id), 0));
  SELECT RAISE(ABORT, 'G6 items-and-ledger') WHERE EXISTS (SELECT 1 FROM (
      SELECT l.customer_id, l.account, l.currency, l.side * l.amount_minor AS x FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id JOIN account c ON c.code = l.account AND c.by_item = 1 WHERE e.step_id = NEW.id
      UNION ALL SELECT i.customer_id, i.account, i.currency, -i.original_minor FROM journal_entry e JOIN open_item i ON i.entry_id = e.id WHERE e.step_id = NEW.id
      UNION ALL SELECT i.customer_id, i.account, i.currency, a.amount_minor FROM allocation a JOIN open_item i ON i.id = a.charge_id WHERE a.step_id = NEW.id
      UNION ALL SELECT i.customer_id, i.account, i.currency, -a.amount_minor FROM allocation a JOIN open_item i ON i.id = a.credit_id WHERE a.step_id = NEW.id)
    GROUP BY customer_id, account, currency HAVING sum(x) <> 0);
  SELECT RAISE(ABORT, 'G5 other-customer') FROM content c WHERE c.hash = NEW.content_hash AND EXISTS (
    SELECT 1 FROM allocation a JOIN open_item i ON i.id IN (a.charge_id, a.credit_id) WHERE a.step_id = NEW.id AND (i.customer_id = c.body->>'$.customer') IS NOT TRUE);
  -- an outer OR IGNORE reaches the inner inserts, a temporary trigger skips them: count what really arrived
  SELECT RAISE(ABORT, 'G6 half-an-entry') FROM content c WHERE c.hash = NEW.content_hash AND (
    (SELECT count(*) FROM planned_line l WHERE l.step_id = NEW.id) = (SELECT count(*) FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id WHERE e.step_id = NEW.id)
    AND (SELECT count(*) FROM planned_item i WHERE i.step_id = NEW.id) = (SELECT count(*) FROM journal_entry e JOIN open_item i ON i.entry_id = e.id WHERE e.step_id = NEW.id)
    AND (SELECT count(*) FROM planned_allocation a WHERE a.step_id = NEW.id) = (SELECT count(*) FROM allocation WHERE step_id = NEW.id)
    AND (json_type(c.body, '$.entry') IS NOT NULL) = (SELECT count(*) FROM journal_entry WHERE step_id = NEW.id)) IS NOT TRUE;
  -- a posted full reversal frees the deliveries of its origin
  INSERT INTO delivery_use (step_id, delivery_id, document_id, amount_minor)
    SELECT NEW.id, u.delivery_id, u.document_id, -sum(u.amount_minor) FROM journal_entry e JOIN undone_entry o ON o.id = e.reverses JOIN delivery_use u ON u.document_id = o.document_id
    WHERE e.step_id = NEW.id AND NEW.kind = 'reversal'
    GROUP BY u.delivery_id, u.document_id HAVING sum(u.amount_minor) <> 0;
  SELECT RAISE(ABORT, 'G9 not-a-use') WHERE NEW.kind = 'reversal' AND EXISTS (
    SELECT 1 FROM journal_entry e JOIN undone_entry o ON o.id = e.reverses JOIN delivery_use u ON u.document_id = o.document_id WHERE e.step_id = NEW.id GROUP BY u.delivery_id HAVING sum(u.amount_minor) <> 0);
END;

-- rows that only unfolding may write: they must be what the approved text says
CREATE TRIGGER journal_entry_judge BEFORE INSERT ON journal_entry BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM journal_entry WHERE id = NEW.id OR document_id = NEW.document_id OR step_id = NEW.step_id OR (series = NEW.series AND period = NEW.period AND number = NEW.number));
  SELECT RAISE(ABORT, 'G2 not-approved-entry') WHERE (EXISTS (SELECT 1 FROM step_text p WHERE p.step_id = NEW.step_id AND p.verb = 'post' AND p.document_id = NEW.document_id AND p.content_hash = NEW.content_hash
    AND p.body->>'$.entry.id' = NEW.id AND p.body->>'$.entry.series' = NEW.series AND p.body->>'$.entry.posting_date' = NEW.posting_date AND p.body->>'$.entry.reverses' IS NEW.reverses
    AND p.body->>'$.entry.identifies' IS NEW.identifies AND p.body->>'$.entry.rule' = NEW.rule AND p.body->>'$.entry.document_date' IS NEW.document_date AND p.body->>'$.entry.origin_period' IS NEW.origin_period AND p.made_at = NEW.posted_at)) IS NOT TRUE;
END;

CREATE TRIGGER journal_line_judge BEFORE INSERT ON journal_line BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM journal_line WHERE entry_id = NEW.entry_id AND line_no = NEW.line_no);
  SELECT RAISE(ABORT, 'G2 not-approved-line') WHERE (EXISTS (SELECT 1 FROM journal_entry e JOIN planned_line l ON l.step_id = e.step_id WHERE e.id = NEW.entry_id AND l.n = NEW.line_no AND l.account = NEW.account AND l.side = NEW.side
    AND l.amount_minor = NEW.amount_minor AND l.base_minor = NEW.base_minor AND l.currency = NEW.currency AND l.customer_id IS NEW.customer_id AND l.item_id IS NEW.item_id AND l.text IS NEW.text)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G6 unknown-account') WHERE NOT EXISTS (SELECT 1 FROM account WHERE code = NEW.account);
END;

CREATE TRIGGER open_item_judge BEFORE INSERT ON open_item BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM open_item WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G2 not-approved-item') WHERE (NEW.version = 1 AND NEW.open_minor = NEW.original_minor AND EXISTS (SELECT 1 FROM journal_entry e JOIN planned_item i ON i.step_id = e.step_id WHERE e.id = NEW.entry_id AND i.id = NEW.id
    AND i.amount_minor = NEW.original_minor AND i.customer_id = NEW.customer_id AND i.account = NEW.account AND i.currency = NEW.currency AND i.due_date = NEW.due_date)) IS NOT TRUE;
END;

CREATE TRIGGER allocation_judge BEFORE INSERT ON allocation BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM allocation WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G9 undone-already') WHERE NEW.undoes IS NOT NULL AND EXISTS (SELECT 1 FROM allocation WHERE undoes = NEW.undoes);
  SELECT RAISE(ABORT, 'G2 not-approved-allocation') WHERE (EXISTS (SELECT 1 FROM planned_allocation a WHERE a.step_id = NEW.step_id AND a.id = NEW.id AND a.amount_minor = NEW.amount_minor
    AND a.charge_id IS NEW.charge_id AND a.credit_id IS NEW.credit_id AND a.undoes IS NEW.undoes)) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- heads say what the log says
CREATE TRIGGER document_insert BEFORE INSERT ON document BEGIN
  SELECT RAISE(ABORT, 'G2 head') WHERE (NEW.seq = 1 AND NEW.number IS NULL AND NOT EXISTS (SELECT 1 FROM document WHERE id = NEW.id)
    AND EXISTS (SELECT 1 FROM step_text s JOIN step t ON t.id = s.step_id WHERE s.document_id = NEW.id AND s.seq = 1 AND t.to_state = NEW.state AND t.hash = NEW.step_hash AND t.made_by = NEW.made_by AND t.made_at = NEW.made_at
      AND t.kind = NEW.kind AND t.content_hash = NEW.content_hash AND s.body->>'$.customer' IS NEW.customer_id)) IS NOT TRUE;
END;

CREATE TRIGGER document_update BEFORE UPDATE ON document BEGIN
  SELECT RAISE(ABORT, 'G2 head') WHERE (NEW.id = OLD.id AND NEW.kind = OLD.kind AND NEW.made_by = OLD.made_by AND NEW.made_at = OLD.made_at
    AND EXISTS (SELECT 1 FROM step s WHERE s.document_id = OLD.id AND s.seq = NEW.seq AND s.to_state = NEW.state AND s.hash = NEW.step_hash AND s.content_hash = NEW.content_hash
      AND NOT EXISTS (SELECT 1 FROM step y WHERE y.document_id = OLD.id AND y.seq > s.seq))
    AND NEW.customer_id IS (SELECT c.body->>'$.customer' FROM content c WHERE c.hash = NEW.content_hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G10 number') WHERE (NEW.number IS OLD.number OR (OLD.number IS NULL AND NEW.seq = OLD.seq AND EXISTS (
    SELECT 1 FROM step s JOIN document_kind k ON k.kind = s.kind AND k.number_verb = s.verb JOIN number_series n ON n.series = 'doc:' || k.mark
    WHERE s.document_id = NEW.id AND s.seq = NEW.seq AND NEW.number = k.mark || '-' || CASE WHEN n.period = '' THEN '' ELSE replace(n.period, '-', '') || '-' END || printf('%04d', n.last)))) IS NOT TRUE;
END;

CREATE TRIGGER open_item_update BEFORE UPDATE ON open_item BEGIN
  SELECT RAISE(ABORT, 'G2 head') WHERE (NEW.id = OLD.id AND NEW.customer_id = OLD.customer_id AND NEW.account = OLD.account AND NEW.currency = OLD.currency AND NEW.original_minor = OLD.original_minor AND NEW.due_date = OLD.due_date
    AND NEW.entry_id = OLD.entry_id AND NEW.label IS OLD.label AND NEW.version = OLD.version + 1
    AND NEW.version = 1 + (SELECT count(DISTINCT step_id) FROM allocation WHERE charge_id = OLD.id OR credit_id = OLD.id)
    AND NEW.open_minor = OLD.original_minor - coalesce((SELECT sum(amount_minor) FROM allocation WHERE charge_id = OLD.id), 0) + coalesce((SELECT sum(amount_minor) FROM allocation WHERE credit_id = OLD.id), 0)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G9 over-allocated') WHERE ((NEW.original_minor > 0 AND NEW.open_minor BETWEEN 0 AND NEW.original_minor) OR (NEW.original_minor < 0 AND NEW.open_minor BETWEEN NEW.original_minor AND 0)) IS NOT TRUE;
END;

CREATE TRIGGER chain_head_insert BEFORE INSERT ON chain_head BEGIN
  SELECT RAISE(ABORT, 'G2 head') WHERE (NEW.seq = 0 AND NEW.hash = zeroblob(32) AND NOT EXISTS (SELECT 1 FROM chain_head WHERE actor = NEW.actor)) IS NOT TRUE;
END;

CREATE TRIGGER chain_head_update BEFORE UPDATE ON chain_head BEGIN
  SELECT RAISE(ABORT, 'G2 head') WHERE (NEW.actor = OLD.actor AND NEW.seq = OLD.seq + 1 AND (
    EXISTS (SELECT 1 FROM step WHERE made_by = NEW.actor AND actor_seq = NEW.seq AND hash = NEW.hash)
    OR EXISTS (SELECT 1 FROM count_event WHERE made_by = NEW.actor AND actor_seq = NEW.seq AND hash = NEW.hash)
    OR EXISTS (SELECT 1 FROM line_decision WHERE made_by = NEW.actor AND actor_seq = NEW.seq AND hash = NEW.hash)
    OR EXISTS (SELECT 1 FROM line_variance WHERE made_by = NEW.actor AND actor_seq = NEW.seq AND hash = NEW.hash)
    OR EXISTS (SELECT 1 FROM audit_event WHERE made_by = NEW.actor AND actor_seq = NEW.seq AND hash = NEW.hash))) IS NOT TRUE;
END;

-- a total grows by the lines of an entry that it has not counted yet, and only by them
CREATE TRIGGER period_total_insert BEFORE INSERT ON period_total BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM period_total WHERE period = NEW.period AND series = NEW.series AND account = NEW.account AND currency = NEW.currency);
  SELECT RAISE(ABORT, 'G2 head') WHERE (EXISTS (SELECT 1 FROM entry_total z WHERE z.period = NEW.period AND z.series = NEW.series AND z.number = NEW.number AND z.account = NEW.account AND z.currency = NEW.currency
    AND z.debit_minor = NEW.debit_minor AND z.credit_minor = NEW.credit_minor AND z.debit_base_minor = NEW.debit_base_minor AND z.credit_base_minor = NEW.credit_base_minor)) IS NOT TRUE;
END;

CREATE TRIGGER period_total_update BEFORE UPDATE ON period_total BEGIN
  SELECT RAISE(ABORT, 'G2 head') WHERE (NEW.period = OLD.period AND NEW.series = OLD.series AND NEW.account = OLD.account AND NEW.currency = OLD.currency AND NEW.number > OLD.number AND EXISTS (
    SELECT 1 FROM entry_total z WHERE z.period = NEW.period AND z.series = NEW.series AND z.number = NEW.number AND z.account = NEW.account AND z.currency = NEW.currency
      AND NEW.debit_minor = OLD.debit_minor + z.debit_minor AND NEW.credit_minor = OLD.credit_minor + z.credit_minor
      AND NEW.debit_base_minor = OLD.debit_base_minor + z.debit_base_minor AND NEW.credit_base_minor = OLD.credit_base_minor + z.credit_base_minor)) IS NOT TRUE;
END;

CREATE TRIGGER number_insert BEFORE INSERT ON number_series BEGIN
  SELECT RAISE(ABORT, 'G10 number') WHERE (NEW.last = 1) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G10 number') WHERE NOT EXISTS (SELECT 1 FROM to_number t WHERE t.series = NEW.series AND t.period = NEW.period);
END;

CREATE TRIGGER number_update BEFORE UPDATE ON number_series BEGIN
  SELECT RAISE(ABORT, 'G10 number') WHERE (NEW.series = OLD.series AND NEW.period = OLD.period AND NEW.last = OLD.last + 1) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G10 number') WHERE NOT EXISTS (SELECT 1 FROM to_number t WHERE t.series = NEW.series AND t.period = NEW.period);
  SELECT RAISE(ABORT, 'G10 number') WHERE NEW.series NOT LIKE 'doc:%' AND (OLD.last = (SELECT max(number) FROM journal_entry WHERE series = OLD.series AND period = OLD.period)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G10 number') WHERE NEW.series LIKE 'doc:%' AND (EXISTS (SELECT 1 FROM document d WHERE d.number = substr(OLD.series, 5) || '-' || CASE WHEN OLD.period = '' THEN '' ELSE replace(OLD.period, '-', '') || '-' END || printf('%04d', OLD.last))) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- long lists: row after row, each once
CREATE TRIGGER list_customer_judge BEFORE INSERT ON list_customer BEGIN
  SELECT RAISE(ABORT, 'G5 list-differs') WHERE (NEW.n = (SELECT coalesce(max(l.n), 0) + 1 FROM list_customer l WHERE l.list_id = NEW.list_id)) IS NOT TRUE;
END;

CREATE TRIGGER list_delivery_judge BEFORE INSERT ON list_delivery BEGIN
  SELECT RAISE(ABORT, 'G5 list-differs') WHERE (NEW.n = (SELECT coalesce(max(l.n), 0) + 1 FROM list_delivery l WHERE l.list_id = NEW.list_id)) IS NOT TRUE;
END;

CREATE TRIGGER list_item_judge BEFORE INSERT ON list_item BEGIN
  SELECT RAISE(ABORT, 'G5 list-differs') WHERE (NEW.n = (SELECT coalesce(max(l.n), 0) + 1 FROM list_item l WHERE l.list_id = NEW.list_id)) IS NOT TRUE;
END;

CREATE TRIGGER list_line_judge BEFORE INSERT ON list_line BEGIN
  SELECT RAISE(ABORT, 'G5 list-differs') WHERE (NEW.n = (SELECT coalesce(max(l.n), 0) + 1 FROM list_line l WHERE l.list_id = NEW.list_id)) IS NOT TRUE;
END;

CREATE TRIGGER list_scope_judge BEFORE INSERT ON list_scope BEGIN
  SELECT RAISE(ABORT, 'G5 list-differs') WHERE (NEW.n = (SELECT coalesce(max(l.n), 0) + 1 FROM list_scope l WHERE l.list_id = NEW.list_id)) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- counting
CREATE TRIGGER count_judge BEFORE INSERT ON count_event BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM count_event WHERE id = NEW.id OR (device_id = NEW.device_id AND device_seq = NEW.device_seq));
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.received_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (length(NEW.hash) = 32 AND EXISTS (SELECT 1 FROM chain_head h WHERE h.actor = NEW.made_by AND NEW.actor_seq = h.seq + 1 AND NEW.actor_prev = h.hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 not-canonical') WHERE NEW.body IS NOT NULL AND (json_valid(NEW.body, 1) AND json_type(NEW.body) = 'object') IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-counting') WHERE (EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.campaign_id AND d.kind = 'campaign' AND d.state IN ('counting', 'recount'))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-a-counter') WHERE (EXISTS (SELECT 1 FROM authority_last a WHERE a.person = NEW.made_by AND a.role = 'counter' AND a.valid_from <= NEW.received_at AND (a.valid_to IS NULL OR a.valid_to > NEW.received_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-your-count') WHERE NEW.supersedes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM count_event e WHERE e.id = NEW.supersedes AND e.campaign_id = NEW.campaign_id AND e.made_by = NEW.made_by);
  SELECT RAISE(ABORT, 'G5 unknown-customer') WHERE NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM customer k WHERE k.id = NEW.customer_id);
END;

CREATE TRIGGER count_act AFTER INSERT ON count_event BEGIN
  UPDATE chain_head SET seq = NEW.actor_seq, hash = NEW.hash WHERE actor = NEW.made_by;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (SELECT h.seq = NEW.actor_seq AND h.hash = NEW.hash FROM chain_head h WHERE h.actor = NEW.made_by) IS NOT TRUE;
END;

CREATE TRIGGER decision_judge BEFORE INSERT ON line_decision BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM line_decision WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (length(NEW.hash) = 32 AND EXISTS (SELECT 1 FROM chain_head h WHERE h.actor = NEW.made_by AND NEW.actor_seq = h.seq + 1 AND NEW.actor_prev = h.hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 not-canonical') WHERE NEW.body IS NOT NULL AND (json_valid(NEW.body, 1) AND json_type(NEW.body) = 'object') IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-counting') WHERE (EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.campaign_id AND d.kind = 'campaign' AND d.state IN ('counting', 'recount', 'review'))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-allowed') WHERE (EXISTS (SELECT 1 FROM authority_last a WHERE a.person = NEW.made_by AND a.role = 'supervisor' AND a.valid_from <= NEW.made_at AND (a.valid_to IS NULL OR a.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 reason') WHERE (length(trim(NEW.reason, char(9, 10, 11, 12, 13, 32, 160, 8203, 8204, 8205, 8288, 12288, 65279))) >= 5) IS NOT TRUE;
END;

CREATE TRIGGER decision_act AFTER INSERT ON line_decision BEGIN
  UPDATE chain_head SET seq = NEW.actor_seq, hash = NEW.hash WHERE actor = NEW.made_by;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (SELECT h.seq = NEW.actor_seq AND h.hash = NEW.hash FROM chain_head h WHERE h.actor = NEW.made_by) IS NOT TRUE;
END;

-- what is said of a difference follows on what was said before: whoever did not see that is too late
CREATE TRIGGER variance_judge BEFORE INSERT ON line_variance BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM line_variance WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (length(NEW.hash) = 32 AND EXISTS (SELECT 1 FROM chain_head h WHERE h.actor = NEW.made_by AND NEW.actor_seq = h.seq + 1 AND NEW.actor_prev = h.hash)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 not-canonical') WHERE (json_valid(NEW.body, 1) AND json_type(NEW.body) = 'object' AND NEW.body->>'$.customer' = NEW.customer_id AND NEW.body->>'$.currency' = NEW.currency) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-in-review') WHERE (EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.campaign_id AND d.kind = 'campaign' AND d.state = 'review')) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-allowed') WHERE (EXISTS (SELECT 1 FROM authority_last a WHERE a.person = NEW.made_by AND a.role IN ('accountant', 'supervisor') AND a.valid_from <= NEW.made_at AND (a.valid_to IS NULL OR a.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 stale') WHERE (NEW.n = 1 + (SELECT coalesce(max(v.n), 0) FROM line_variance v WHERE v.campaign_id = NEW.campaign_id AND v.customer_id = NEW.customer_id AND v.currency = NEW.currency)) IS NOT TRUE;
END;

CREATE TRIGGER variance_act AFTER INSERT ON line_variance BEGIN
  UPDATE chain_head SET seq = NEW.actor_seq, hash = NEW.hash WHERE actor = NEW.made_by;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (SELECT h.seq = NEW.actor_seq AND h.hash = NEW.hash FROM chain_head h WHERE h.actor = NEW.made_by) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- evidence, papers, audit, seals, locks
CREATE TRIGGER evidence_judge BEFORE INSERT ON evidence BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM evidence WHERE hash = NEW.hash);
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G5 evidence-size') WHERE (NEW.size BETWEEN 1 AND (SELECT value FROM policy WHERE key = 'evidence_bytes')) IS NOT TRUE;
END;

CREATE TRIGGER evidence_blob_judge BEFORE INSERT ON evidence_blob BEGIN
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM evidence_blob WHERE hash = NEW.hash AND n = NEW.n);
  SELECT RAISE(ABORT, 'G5 evidence-size') WHERE (length(NEW.bytes) + (SELECT coalesce(sum(length(b.bytes)), 0) FROM evidence_blob b WHERE b.hash = NEW.hash) <= (SELECT v.size FROM evidence v WHERE v.hash = NEW.hash)) IS NOT TRUE;
END;

CREATE TRIGGER paper_judge BEFORE INSERT ON paper BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM paper WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G10 copy') WHERE (NEW.copy = (SELECT coalesce(max(p.copy), -1) + 1 FROM paper p WHERE p.document_id = NEW.document_id) AND (NEW.copy = 0 OR length(trim(NEW.reason)) > 0)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 not-issued') WHERE (EXISTS (SELECT 1 FROM document d WHERE d.id = NEW.document_id AND d.number IS NOT NULL)) IS NOT TRUE;
END;

CREATE TRIGGER audit_judge BEFORE INSERT ON audit_event BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id);
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (length(NEW.hash) = 32 AND EXISTS (SELECT 1 FROM chain_head h WHERE h.actor = NEW.made_by AND NEW.actor_seq = h.seq + 1 AND NEW.actor_prev = h.hash)) IS NOT TRUE;
END;

CREATE TRIGGER audit_act AFTER INSERT ON audit_event BEGIN
  UPDATE chain_head SET seq = NEW.actor_seq, hash = NEW.hash WHERE actor = NEW.made_by;
  SELECT RAISE(ABORT, 'G11 chain') WHERE (SELECT h.seq = NEW.actor_seq AND h.hash = NEW.hash FROM chain_head h WHERE h.actor = NEW.made_by) IS NOT TRUE;
END;

CREATE TRIGGER seal_judge BEFORE INSERT ON seal BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G11 seal') WHERE (NEW.seq = (SELECT coalesce(max(seq), 0) + 1 FROM seal) AND NEW.prev = coalesce((SELECT hash FROM seal ORDER BY seq DESC LIMIT 1), zeroblob(32)) AND length(NEW.hash) = 32) IS NOT TRUE;
END;

CREATE TRIGGER lock_judge BEFORE INSERT ON period_lock BEGIN
  SELECT RAISE(ABORT, 'G1 not-you') WHERE (NEW.made_by = (SELECT person FROM signed_in)) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G2 exists') WHERE EXISTS (SELECT 1 FROM period_lock WHERE period = NEW.period);
  SELECT RAISE(ABORT, 'G3 clock') WHERE (abs(NEW.made_at / 1000000 - unixepoch()) <= 5) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G8 not-yours-to-lock') WHERE (EXISTS (SELECT 1 FROM authority_last a WHERE a.person = NEW.made_by AND a.role IN ('supervisor', 'director') AND a.valid_from <= NEW.made_at AND (a.valid_to IS NULL OR a.valid_to > NEW.made_at))) IS NOT TRUE;
  SELECT RAISE(ABORT, 'G8 period-not-over') WHERE (EXISTS (SELECT 1 FROM period p WHERE p.period = NEW.period
    AND p.last_day < date(NEW.made_at / 1000000 + 60 * (SELECT value FROM policy WHERE key = 'zone_minutes'), 'unixepoch'))) IS NOT TRUE;
END;

-- ---------------------------------------------------------------- what a counter looks through
CREATE VIEW counting_campaign AS
SELECT d.id, d.number, d.state, d.seq, (SELECT c.body->'$.scope' FROM content c WHERE c.hash = d.content_hash) AS scope
FROM document d WHERE d.kind = 'campaign' AND d.state <> 'draft';

CREATE VIEW campaign_scope AS SELECT l.campaign_id, l.customer_id, l.n, l.counter FROM campaign_line l;

CREATE VIEW customer_names AS SELECT c.id, c.n, c.code, c.name FROM customer c;

-- who counted whom, without any figure; in a recount the first counter is not told
CREATE VIEW counted_by AS
SELECT e.campaign_id, e.customer_id, e.made_by, e.received_at, e.device_id, e.device_seq
FROM count_event e JOIN document d ON d.id = e.campaign_id AND d.state = 'counting'
WHERE e.customer_id IS NOT NULL AND (e.stated_minor IS NOT NULL OR json_type(e.body, '$.fields') IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM count_event r WHERE r.campaign_id = e.campaign_id AND r.customer_id = e.customer_id AND r.supersedes = e.id
    AND r.stated_minor IS NULL AND json_type(r.body, '$.fields') IS NULL);

-- which scans of nobody are decided, without what and by whom
CREATE VIEW decided_scan AS
SELECT x.campaign_id, x.event_id FROM line_decision x WHERE x.event_id IS NOT NULL AND x.verb IN ('alias', 'new_customer', 'other_campaign', 'junk');

-- master data to verify, and figures of an open count; the server shows a counter's own lines and those of nobody alone
CREATE VIEW counting_list AS
SELECT l.campaign_id, l.customer_id, l.currency, l.n, l.counter, l.blind, c.code, c.name, c.tax_id, c.search, c.record, c.contact,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.billed_minor END AS billed_minor,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.unbilled_minor END AS unbilled_minor,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.unapplied_minor END AS unapplied_minor,
  CASE WHEN l.blind = 0 AND d.state = 'counting' THEN l.book_minor END AS book_minor
FROM campaign_line l JOIN customer c ON c.id = l.customer_id JOIN document d ON d.id = l.campaign_id AND d.state IN ('counting', 'recount');
