-- The vital rules for PostgreSQL (storage.md 4): the twin of guards_sqlite.sql, with the same codes and
-- words. A refusal is one statement, a condition that must be true: "(...) IS NOT TRUE" refuses, so that
-- NULL refuses by itself. BEFORE judges and fills, AFTER acts.
-- Nothing here depends on what a session can set: names are qualified, search_path is pinned, backslashes
-- stand in E'' strings only, days are written by to_char, times come from the server's clock.
-- What is asked for every row is plpgsql, which keeps its plans: a function in sql is planned at every call.

-- ---------------------------------------------------------------- views the guards look through
CREATE VIEW erp.authority_last AS
SELECT a.* FROM erp.authority a WHERE NOT EXISTS (
  SELECT 1 FROM erp.authority b WHERE b.person = a.person AND b.role = a.role AND b.valid_from > a.valid_from);

CREATE VIEW erp.may AS
SELECT u.*, a.person, a.limit_minor, a.loss_limit_minor, a.window_minor, a.valid_from, a.valid_to
FROM erp.transition_rule u JOIN erp.authority_last a ON a.role = u.role;

CREATE VIEW erp.set_up AS
SELECT NOT EXISTS (SELECT 1 FROM erp.step WHERE verb = 'post' AND kind <> 'import') AS open;

-- who worked on a document in a way that forbids deciding on it (four eyes)
CREATE VIEW erp.worked_on AS
SELECT s.document_id, s.made_by AS person FROM erp.step s
WHERE s.verb NOT IN ('approve', 'reject', 'endorse', 'return')
   OR (s.verb = 'endorse' AND s.seq > (SELECT max(x.seq) FROM erp.step x WHERE x.document_id = s.document_id AND x.verb = 'submit'))
UNION ALL SELECT e.campaign_id, e.made_by FROM erp.count_event e
UNION ALL SELECT v.campaign_id, v.made_by FROM erp.line_variance v;

-- what the guards read in a text, and what it has to look like there
CREATE VIEW erp.text_shape (path, many, field, type, needed) AS
SELECT string_to_array(v.path, '.'), v.many, v.field, v.type, v.needed FROM (VALUES
  ('', false, 'document', 'id', false), ('', false, 'kind', 'text', false), ('', false, 'customer', 'id', false),
  ('entry', false, 'id', 'id', true), ('entry', false, 'series', 'text', true), ('entry', false, 'rule', 'text', true),
  ('entry', false, 'posting_date', 'day', true), ('entry', false, 'document_date', 'day', false),
  ('entry', false, 'origin_period', 'text', false), ('entry', false, 'reverses', 'id', false), ('entry', false, 'identifies', 'id', false), ('entry', false, 'reverse_on', 'day', false),
  ('lines', true, 'n', 'whole', true), ('lines', true, 'account', 'text', true), ('lines', true, 'side', 'side', true),
  ('lines', true, 'amount', 'whole', true), ('lines', true, 'base', 'whole', true), ('lines', true, 'currency', 'currency', true),
  ('lines', true, 'customer', 'id', false), ('lines', true, 'item', 'id', false), ('lines', true, 'text', 'text', false),
  ('items', true, 'id', 'id', true), ('items', true, 'customer', 'id', true), ('items', true, 'account', 'text', true),
  ('items', true, 'amount', 'whole', true), ('items', true, 'currency', 'currency', true), ('items', true, 'due', 'day', true),
  ('allocations', true, 'id', 'id', true), ('allocations', true, 'amount', 'whole', true), ('allocations', true, 'charge', 'id', false),
  ('allocations', true, 'charge_version', 'whole', false), ('allocations', true, 'credit', 'id', false),
  ('allocations', true, 'credit_version', 'whole', false), ('allocations', true, 'undoes', 'id', false),
  ('deliveries', true, 'id', 'id', true), ('deliveries', true, 'amount', 'positive', true),
  ('evidence', true, 'hash', 'hash', true), ('variances', true, 'difference', 'whole', true),
  ('goods', true, 'n', 'whole', false), ('answers', false, 'passed', 'flag', false), ('contact', false, '', '', false), ('notice', false, '', '', false), ('statement', false, '', '', false),
  ('list', false, 'id', 'id', true), ('list', false, 'what', 'text', true), ('list', false, 'rows', 'whole', true),
  ('list', false, 'hash', 'hash', true), ('list.sums', false, 'lines', 'whole', false),
  ('scope', false, 'cut_off', 'day', false), ('scope', false, 'blind', 'flag', false),
  ('record', false, 'code', 'text', true), ('record', false, 'name', 'text', true), ('record', false, 'tax_id', 'text', false),
  ('record', false, 'search', 'text', false), ('record.codes', true, 'code', 'text', true), ('record.codes', true, 'kind', 'text', true),
  ('authority', true, 'id', 'id', true), ('authority', true, 'person', 'text', true), ('authority', true, 'role', 'text', true),
  ('authority', true, 'limit', 'whole', false), ('authority', true, 'loss_limit', 'whole', false),
  ('authority', true, 'window', 'whole', false), ('authority', true, 'to', 'whole', false),
  ('keys', true, 'person', 'text', true), ('keys', true, 'public_key', 'hash', true)
) AS v (path, many, field, type, needed);

-- ---------------------------------------------------------------- small words
CREATE FUNCTION erp.refuse(code text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', code USING ERRCODE = CASE code WHEN 'G3 stale' THEN 'EDS01' WHEN 'G9 item-changed' THEN 'EDS02' ELSE '42501' END;
END $$;

CREATE FUNCTION erp.now_us() RETURNS bigint VOLATILE LANGUAGE sql AS $$
  SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
$$;

CREATE FUNCTION erp.policy_value(wanted text) RETURNS bigint LANGUAGE sql AS $$
  SELECT value FROM erp.policy WHERE key = wanted
$$;

-- the day of a moment where the company is
CREATE FUNCTION erp.day_at(at_us bigint) RETURNS date LANGUAGE sql AS $$
  SELECT DATE 'epoch' + floor((at_us / 1000000 + 60 * erp.policy_value('zone_minutes')) / 86400)::int
$$;

CREATE FUNCTION erp.is_day(x text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE WHEN x ~ '^(19|20)[0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$'
    THEN extract(month FROM make_date(substr(x, 1, 4)::int, substr(x, 6, 2)::int, 1) + (substr(x, 9, 2)::int - 1)) = substr(x, 6, 2)::int
    ELSE false END
$$;

CREATE FUNCTION erp.seen_length(x text) RETURNS int IMMUTABLE LANGUAGE sql AS $$
  SELECT length(btrim(x, E' \t\n\u000b\f\r\u00a0\u200b\u200c\u200d\u2060\u3000\ufeff'))
$$;

CREATE FUNCTION erp.within(net numeric, origin numeric) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE WHEN origin > 0 THEN net BETWEEN 0 AND origin ELSE net BETWEEN origin AND 0 END
$$;

-- the canonical record of storage.md 7.2 and its hash
CREATE FUNCTION erp.record_text(tag text, fields text[]) RETURNS text IMMUTABLE LANGUAGE plpgsql AS $$
DECLARE x text; record text := tag || E'\n';
BEGIN
  FOREACH x IN ARRAY fields LOOP
    record := record || coalesce('=' || replace(replace(x, E'\\', E'\\\\'), E'\n', E'\\n'), '-') || E'\n';
  END LOOP;
  RETURN record;
END $$;

CREATE FUNCTION erp.record_hash(tag text, fields text[]) RETURNS bytea IMMUTABLE LANGUAGE plpgsql AS $$
BEGIN
  RETURN sha256(convert_to(erp.record_text(tag, fields), 'UTF8'));
END $$;

-- ---------------------------------------------------------------- who is here
-- session_user, never current_user: that is the owner inside a definer's function
CREATE FUNCTION erp.be_me(claimed text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF (current_setting('transaction_isolation') = 'read committed') IS NOT TRUE THEN PERFORM erp.refuse('G0 isolation'); END IF;
  IF (claimed = session_user::text) IS NOT TRUE THEN PERFORM erp.refuse('G1 not-you'); END IF;
  IF ((SELECT p.login_oid FROM erp.person p WHERE p.name = claimed) = to_regrole(quote_ident(session_user))::oid::bigint) IS NOT TRUE THEN PERFORM erp.refuse('G1 not-you'); END IF;
END $$;

-- the row lock is the person's mutex: sums of G7 cannot race
CREATE FUNCTION erp.actor(claimed text) RETURNS erp.chain_head LANGUAGE plpgsql AS $$
DECLARE h erp.chain_head;
BEGIN
  PERFORM erp.be_me(claimed);
  SELECT * INTO h FROM erp.chain_head WHERE actor = claimed FOR UPDATE;
  IF (h.seq >= 0) IS NOT TRUE THEN PERFORM erp.refuse('G11 chain'); END IF;
  RETURN h;
END $$;

CREATE FUNCTION erp.holds(who text, roles text[], at_us bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN EXISTS (SELECT 1 FROM erp.authority_last a WHERE a.person = who AND a.role = ANY (roles) AND a.valid_from <= at_us AND (a.valid_to IS NULL OR a.valid_to > at_us));
END $$;

-- ---------------------------------------------------------------- logs and heads
CREATE FUNCTION erp.keep_log() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM erp.refuse('G2 log');
  RETURN NULL;
END $$;

-- called only for what no trigger writes
CREATE FUNCTION erp.keep_head() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM erp.refuse('G2 head');
  RETURN NEW;
END $$;

CREATE FUNCTION erp.keep_settings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM erp.step) THEN PERFORM erp.refuse('G7 settings'); END IF;
  RETURN coalesce(NEW, OLD);
END $$;

CREATE FUNCTION erp.keep_firm() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (SELECT open FROM erp.set_up) IS NOT TRUE THEN PERFORM erp.refuse('G7 firm-set-up-over'); END IF;
  RETURN coalesce(NEW, OLD);
END $$;

-- a chain begins at zero, and goes on by what its person did
CREATE FUNCTION erp.chain_begin() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.seq = 0 AND NEW.hash = decode(repeat('00', 32), 'hex')) IS NOT TRUE THEN PERFORM erp.refuse('G2 head'); END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION erp.chain_act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE erp.chain_head SET seq = NEW.actor_seq, hash = NEW.hash WHERE actor = NEW.made_by;
  RETURN NULL;
END $$;

CREATE FUNCTION erp.number_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.last = CASE TG_OP WHEN 'INSERT' THEN 1 ELSE OLD.last + 1 END) IS NOT TRUE THEN PERFORM erp.refuse('G10 number'); END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION erp.open_item_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (erp.within(NEW.open_minor, NEW.original_minor)) IS NOT TRUE THEN PERFORM erp.refuse('G9 over-allocated'); END IF;
  RETURN NEW;
END $$;

-- ---------------------------------------------------------------- people
CREATE FUNCTION erp.person_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (erp.seen_length(NEW.name) > 0 AND octet_length(NEW.name) <= 63) IS NOT TRUE THEN PERFORM erp.refuse('G1 name'); END IF;
  RETURN NEW;
END $$;

-- the login's oid may be registered anew (another cluster after a restore), nothing else changes
CREATE FUNCTION erp.person_update() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.name = OLD.name AND NEW.display = OLD.display AND NEW.added_at = OLD.added_at) IS NOT TRUE THEN PERFORM erp.refuse('G7 person-stays'); END IF;
  IF NEW.public_key IS DISTINCT FROM OLD.public_key AND pg_trigger_depth() < 2 AND NOT (SELECT open FROM erp.set_up) THEN PERFORM erp.refuse('G12 key-not-approved'); END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION erp.person_key_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF (NEW.person = session_user::text OR (SELECT open FROM erp.set_up)) IS NOT TRUE THEN PERFORM erp.refuse('G1 not-you'); END IF;
  IF (NEW.n = (SELECT coalesce(max(n), 0) + 1 FROM erp.person_key WHERE person = NEW.person)) IS NOT TRUE THEN PERFORM erp.refuse('G2 key-order'); END IF;
  NEW.made_at := erp.now_us();
  RETURN NEW;
END $$;

CREATE FUNCTION erp.authority_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NEW.document_id IS NULL AND NOT (SELECT open FROM erp.set_up) THEN PERFORM erp.refuse('G7 no-approved-authority'); END IF;
  IF NEW.document_id IS NULL AND (NEW.valid_from <= erp.now_us() + 5000000) IS NOT TRUE THEN PERFORM erp.refuse('G3 clock'); END IF;
  IF NEW.document_id IS NOT NULL AND pg_trigger_depth() < 2 THEN PERFORM erp.refuse('G7 other-authority'); END IF;
  PERFORM 1 FROM erp.person p WHERE p.name = NEW.person FOR NO KEY UPDATE;
  IF coalesce(NEW.valid_to > NEW.valid_from, true) AND EXISTS (
    SELECT 1 FROM erp.authority_last a WHERE a.person = NEW.person AND (a.valid_to IS NULL OR a.valid_to > NEW.valid_from) AND (a.role = 'admin') <> (NEW.role = 'admin'))
    THEN PERFORM erp.refuse('G7 admin-alone'); END IF;
  IF coalesce(NEW.valid_to > NEW.valid_from, true) AND EXISTS (
    SELECT 1 FROM erp.authority_last a WHERE a.person = NEW.person AND (a.valid_to IS NULL OR a.valid_to > NEW.valid_from)
      AND ((a.role = 'cashier' AND NEW.role IN ('accountant', 'supervisor', 'director')) OR (NEW.role = 'cashier' AND a.role IN ('accountant', 'supervisor', 'director')))
      AND NOT EXISTS (SELECT 1 FROM erp.owner_mode o WHERE o.person = NEW.person AND NEW.valid_from BETWEEN o.valid_from AND o.valid_to))
    THEN PERFORM erp.refuse('G7 cash-and-books'); END IF;
  RETURN NEW;
END $$;

-- ---------------------------------------------------------------- texts
-- the value of a text, or NULL when it is no JSON that can be stored
CREATE FUNCTION erp.parsed(body text) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  RETURN body::jsonb;
EXCEPTION WHEN data_exception OR statement_too_complex OR program_limit_exceeded THEN
  RETURN NULL;
END $$;

CREATE FUNCTION erp.rows_of(b jsonb, path text[]) RETURNS SETOF jsonb IMMUTABLE LANGUAGE sql AS $$
  SELECT jsonb_array_elements(CASE jsonb_typeof(b #> path) WHEN 'array' THEN b #> path END)
$$;

CREATE FUNCTION erp.fits(v jsonb, type text) RETURNS boolean IMMUTABLE LANGUAGE sql AS $$
  SELECT CASE type
    WHEN 'whole' THEN jsonb_typeof(v) = 'number'
    WHEN 'positive' THEN jsonb_typeof(v) = 'number' AND v > '0'::jsonb
    WHEN 'side' THEN v IN ('1'::jsonb, '-1'::jsonb)
    WHEN 'flag' THEN v IN ('0'::jsonb, '1'::jsonb)
    WHEN 'text' THEN jsonb_typeof(v) = 'string'
    WHEN 'currency' THEN jsonb_typeof(v) = 'string' AND v #>> '{}' ~ '^[A-Z]{3}$'
    WHEN 'day' THEN jsonb_typeof(v) = 'string' AND erp.is_day(v #>> '{}')
    WHEN 'hash' THEN jsonb_typeof(v) = 'string' AND v #>> '{}' ~ '^[0-9a-f]{64}$'
    WHEN 'id' THEN jsonb_typeof(v) = 'string' AND v #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  END
$$;

-- the types of text_shape that a text breaks; 'place' when a section is no list of objects or no object
CREATE FUNCTION erp.misfits(b jsonb) RETURNS text[] LANGUAGE sql AS $$
  SELECT array_agg(DISTINCT w.type) FROM (
    SELECT 'place' AS type FROM erp.text_shape s WHERE jsonb_typeof(b #> s.path) <> CASE WHEN s.many THEN 'array' ELSE 'object' END
    UNION ALL
    SELECT s.type FROM erp.text_shape s CROSS JOIN LATERAL (
        SELECT b #> s.path AS v WHERE NOT s.many AND b #> s.path IS NOT NULL UNION ALL SELECT * FROM erp.rows_of(b, s.path) WHERE s.many) r
      WHERE (CASE WHEN r.v -> s.field IS NULL THEN NOT s.needed ELSE erp.fits(r.v -> s.field, s.type) END) IS NOT TRUE
    UNION ALL
    SELECT 'place' FROM jsonb_each(b) e CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(e.value) WHEN 'array' THEN e.value END) r WHERE jsonb_typeof(r) <> 'object') w
$$;

-- every object in a text, at any depth
CREATE FUNCTION erp.objects_in(body json) RETURNS json[] LANGUAGE sql AS $$
  WITH RECURSIVE t (v) AS (
    SELECT body UNION ALL
    SELECT c.v FROM t CROSS JOIN LATERAL (
      SELECT value AS v FROM json_each(CASE json_typeof(t.v) WHEN 'object' THEN t.v END) UNION ALL
      SELECT value FROM json_array_elements(CASE json_typeof(t.v) WHEN 'array' THEN t.v END)) c
    WHERE json_typeof(c.v) IN ('object', 'array'))
  SELECT array_agg(v) FROM t WHERE json_typeof(v) = 'object'
$$;

-- a text with its innermost brackets taken away seven times: brackets that are left lie too deep
CREATE FUNCTION erp.peeled(bare text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  FOR layer IN 1..7 LOOP bare := regexp_replace(bare, '[[][^][{}]*[]]|[{][^][{}]*[}]', '0', 'g'); END LOOP;
  RETURN bare;
END $$;

CREATE FUNCTION erp.content_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE b jsonb; bare text; objects json[]; wrong text[];
BEGIN
  IF (length(NEW.body) BETWEEN 2 AND 32000000) IS NOT TRUE THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  IF (NEW.hash = sha256(convert_to(NEW.body, 'UTF8'))) IS NOT TRUE THEN PERFORM erp.refuse('G5 hash'); END IF;
  IF EXISTS (SELECT 1 FROM erp.content WHERE hash = NEW.hash) THEN PERFORM erp.refuse('G2 exists'); END IF;
  b := erp.parsed(NEW.body);
  IF (jsonb_typeof(b) = 'object') IS NOT TRUE THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  -- judged on the text itself: spacing, spelling of strings, order and number of keys, depth, numbers
  bare := regexp_replace(NEW.body, E'"(?:[^"\\\\]|\\\\.)*"', '""', 'g');
  IF bare ~ E'[ \t\n\r]' THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  IF (NEW.body IS NFC NORMALIZED) IS NOT TRUE THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  IF position(E'\\' IN regexp_replace(NEW.body, E'\\\\(?:["\\\\bfnrt]|u00(?:0[1-7bef]|1[0-9a-f]))', '', 'g')) > 0 THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  objects := erp.objects_in(NEW.body::json);
  IF EXISTS (SELECT 1 FROM unnest(objects) o WHERE (SELECT count(*) <> count(DISTINCT k) FROM json_object_keys(o) k)) THEN PERFORM erp.refuse('G5 key-twice'); END IF;
  IF EXISTS (SELECT 1 FROM unnest(objects) o WHERE (SELECT array_agg(k) <> array_agg(k ORDER BY k COLLATE "C") FROM json_object_keys(o) k)) THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  IF erp.peeled(bare) ~ '[][{}]' THEN PERFORM erp.refuse('G5 too-deep'); END IF;
  IF bare ~ '[a-zA-Z.+]|-0|[^0-9]0[0-9]|[0-9]{16}' THEN PERFORM erp.refuse('G6 not-whole'); END IF;
  wrong := erp.misfits(b);
  IF wrong && ARRAY['place', 'id', 'hash'] THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  IF wrong && ARRAY['whole', 'positive', 'side', 'flag', 'text', 'currency'] THEN PERFORM erp.refuse('G6 not-whole'); END IF;
  IF 'day' = ANY (wrong) THEN PERFORM erp.refuse('G6 day'); END IF;
  IF EXISTS (SELECT 1 FROM (SELECT * FROM erp.rows_of(b, '{lines}') UNION ALL SELECT * FROM erp.rows_of(b, '{items}')) r (v)
    WHERE r.v ? 'customer' AND (r.v ->> 'customer' = b ->> 'customer') IS NOT TRUE) THEN PERFORM erp.refuse('G5 other-customer'); END IF;
  IF b ? 'entry' AND (length(b #>> '{entry,series}') BETWEEN 1 AND 8 AND NOT starts_with(b #>> '{entry,series}', 'doc:')) IS NOT TRUE THEN PERFORM erp.refuse('G10 number'); END IF;
  IF jsonb_array_length(b -> 'lines') > 1000 THEN PERFORM erp.refuse('G6 too-many-lines'); END IF;
  IF NOT b ? 'entry' AND (b ? 'lines' OR b ? 'items') THEN PERFORM erp.refuse('G6 lines-without-entry'); END IF;
  IF (length(NEW.body) <= 4000000 OR b ->> 'kind' = 'campaign') IS NOT TRUE THEN PERFORM erp.refuse('G5 too-long'); END IF;
  RETURN NEW;
END $$;

-- ---------------------------------------------------------------- what a text plans
CREATE FUNCTION erp.planned_line(b jsonb) RETURNS TABLE (n bigint, account text, side smallint, amount bigint, currency text, base bigint, customer uuid, item uuid, text text) LANGUAGE sql AS $$
  SELECT l.* FROM jsonb_to_recordset(coalesce(b -> 'lines', '[]'))
    l (n bigint, account text, side smallint, amount bigint, currency text, base bigint, customer uuid, item uuid, text text)
  UNION ALL
  SELECT l.n, l.account, l.side, l.amount_minor, l.currency, l.base_minor, l.customer_id, l.item_id, l.text
  FROM erp.list_line l WHERE b #>> '{list,what}' = 'items' AND l.list_id = (b #>> '{list,id}')::uuid AND l.n <= (b #>> '{list,sums,lines}')::bigint
$$;

CREATE FUNCTION erp.planned_item(b jsonb) RETURNS TABLE (id uuid, customer uuid, account text, currency text, amount bigint, due date, label text) LANGUAGE sql AS $$
  SELECT i.*, NULL::text FROM jsonb_to_recordset(coalesce(b -> 'items', '[]'))
    i (id uuid, customer uuid, account text, currency text, amount bigint, due date)
  UNION ALL
  SELECT i.id, i.customer_id, i.account, i.currency, i.amount_minor, i.due_date, i.label
  FROM erp.list_item i WHERE b #>> '{list,what}' = 'items' AND i.list_id = (b #>> '{list,id}')::uuid AND i.n <= (b #>> '{list,rows}')::bigint
$$;

CREATE FUNCTION erp.planned_allocation(b jsonb) RETURNS TABLE (id uuid, charge uuid, charge_version bigint, credit uuid, credit_version bigint, amount bigint, undoes uuid) LANGUAGE sql AS $$
  SELECT * FROM jsonb_to_recordset(coalesce(b -> 'allocations', '[]'))
    a (id uuid, charge uuid, charge_version bigint, credit uuid, credit_version bigint, amount bigint, undoes uuid)
$$;

-- what is at stake, never net (storage.md 5.2)
CREATE FUNCTION erp.risk(b jsonb) RETURNS bigint LANGUAGE sql AS $$
  SELECT greatest(
    (SELECT trunc((coalesce(sum(abs((l ->> 'base')::numeric)), 0) + 1) / 2) FROM erp.rows_of(b, '{lines}') l),
    (SELECT trunc((coalesce(sum(abs(l.base_minor)), 0) + 1) / 2) FROM erp.list_line l WHERE b #>> '{list,what}' = 'items' AND l.list_id = (b #>> '{list,id}')::uuid
      AND l.n <= (b #>> '{list,sums,lines}')::bigint),
    (SELECT coalesce(sum(abs((a ->> 'amount')::numeric)), 0) FROM erp.rows_of(b, '{allocations}') a),
    (SELECT coalesce(sum(abs((v ->> 'difference')::numeric)), 0) FROM erp.rows_of(b, '{variances}') v))::bigint
$$;

-- a field of a record (7.2): written into the query that asks for it, as a list of a million rows needs
CREATE FUNCTION erp.said(x text) RETURNS text IMMUTABLE LANGUAGE sql AS $$
  SELECT coalesce('=' || replace(replace(x, E'\\', E'\\\\'), E'\n', E'\\n'), '-') || E'\n'
$$;

-- SHA-256 over the records of a long list, its tables one after another (storage.md 7.5)
CREATE FUNCTION erp.list_hash(what text, list uuid, rows bigint, more bigint) RETURNS bytea LANGUAGE sql AS $$
  SELECT sha256(convert_to(coalesce(string_agg(r.record, '' ORDER BY r.part, r.n), ''), 'UTF8')) FROM (
    SELECT 1 AS part, l.n, E'erpdesk.list.list_customer.1\n' || erp.said(l.n::text) || erp.said(l.id::text) || erp.said(l.record) || erp.said(l.contact) AS record
      FROM erp.list_customer l WHERE what = 'customers' AND l.list_id = list AND l.n <= rows
    UNION ALL
    SELECT 1, l.n, E'erpdesk.list.list_delivery.1\n' || erp.said(l.n::text) || erp.said(l.id::text) || erp.said(l.source) || erp.said(l.number) || erp.said(l.revision::text)
        || erp.said(l.customer_id::text) || erp.said(to_char(l.day, 'YYYY-MM-DD')) || erp.said(l.currency) || erp.said(l.amount_minor::text) || erp.said(l.tax_included::text) || erp.said(l.body)
      FROM erp.list_delivery l WHERE what = 'deliveries' AND l.list_id = list AND l.n <= rows
    UNION ALL
    SELECT 1, l.n, E'erpdesk.list.list_line.1\n' || erp.said(l.n::text) || erp.said(l.account) || erp.said(l.side::text) || erp.said(l.amount_minor::text)
        || erp.said(l.currency) || erp.said(l.base_minor::text) || erp.said(l.customer_id::text) || erp.said(l.item_id::text) || erp.said(l.text)
      FROM erp.list_line l WHERE what = 'items' AND l.list_id = list AND l.n <= more
    UNION ALL
    SELECT 2, l.n, E'erpdesk.list.list_item.1\n' || erp.said(l.n::text) || erp.said(l.id::text) || erp.said(l.customer_id::text) || erp.said(l.account)
        || erp.said(l.currency) || erp.said(l.amount_minor::text) || erp.said(to_char(l.due_date, 'YYYY-MM-DD')) || erp.said(l.label)
      FROM erp.list_item l WHERE what = 'items' AND l.list_id = list AND l.n <= rows
    UNION ALL
    SELECT 1, l.n, E'erpdesk.list.list_scope.1\n' || erp.said(l.n::text) || erp.said(l.customer_id::text) || erp.said(l.currency) || erp.said(l.counter)
      FROM erp.list_scope l WHERE what = 'scope' AND l.list_id = list AND l.n <= rows) r
$$;

-- how many rows of a list are there of those that its text names
CREATE FUNCTION erp.list_rows(what text, list uuid, rows bigint) RETURNS bigint LANGUAGE sql AS $$
  SELECT CASE what
    WHEN 'customers' THEN (SELECT count(*) FROM erp.list_customer l WHERE l.list_id = list AND l.n <= rows)
    WHEN 'deliveries' THEN (SELECT count(*) FROM erp.list_delivery l WHERE l.list_id = list AND l.n <= rows)
    WHEN 'items' THEN (SELECT count(*) FROM erp.list_item l WHERE l.list_id = list AND l.n <= rows)
    WHEN 'lines' THEN (SELECT count(*) FROM erp.list_line l WHERE l.list_id = list AND l.n <= rows)
    WHEN 'scope' THEN (SELECT count(*) FROM erp.list_scope l WHERE l.list_id = list AND l.n <= rows)
  END
$$;

-- rows of a list are numbered from one; called for one that is not, after it is stored: so many are stored at once
CREATE FUNCTION erp.list_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM erp.refuse('G5 list-differs');
  RETURN NULL;
END $$;

-- ---------------------------------------------------------------- steps
CREATE FUNCTION erp.step_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h erp.chain_head; d erp.document; b jsonb; body text; t bigint; since bigint; submitted_at bigint;
  four_eyes boolean; limited boolean; reasoned boolean; own record; shown jsonb; decided text;
BEGIN
  h := erp.actor(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.step s WHERE s.id = NEW.id) THEN PERFORM erp.refuse('G2 exists'); END IF;
  SELECT * INTO d FROM erp.document x WHERE x.id = NEW.document_id FOR UPDATE;
  IF NOT FOUND THEN d.state := 'none'; d.seq := 0; d.kind := NEW.kind; d.step_hash := decode(repeat('00', 32), 'hex'); END IF;
  IF (NEW.seq = d.seq + 1) IS NOT TRUE THEN PERFORM erp.refuse('G3 stale'); END IF;
  IF (NEW.kind = d.kind) IS NOT TRUE THEN PERFORM erp.refuse('G3 kind'); END IF;
  t := erp.now_us();
  since := t - erp.policy_value('window_us');
  SELECT bool_or(u.four_eyes = 1), bool_or(u.limited = 1), bool_or(u.reason = 1) INTO four_eyes, limited, reasoned
    FROM erp.transition_rule u WHERE u.kind = d.kind AND u.from_state = d.state AND u.verb = NEW.verb;
  SELECT min(m.to_state) AS to_state, max(m.limit_minor) AS limit_minor, max(m.window_minor) AS window_minor, max(m.loss_limit_minor) AS loss_limit_minor INTO own
    FROM erp.may m WHERE m.kind = d.kind AND m.from_state = d.state AND m.verb = NEW.verb AND m.person = NEW.made_by AND m.valid_from <= t AND (m.valid_to IS NULL OR m.valid_to > t);
  IF own.to_state IS NULL THEN PERFORM erp.refuse('G3 not-allowed'); END IF;
  IF reasoned AND (erp.seen_length(NEW.reason) >= 5) IS NOT TRUE THEN PERFORM erp.refuse('G3 reason'); END IF;
  -- the text
  SELECT c.body, c.body::jsonb INTO body, b FROM erp.content c WHERE c.hash = NEW.content_hash;
  IF (b ->> 'document' = NEW.document_id::text AND b ->> 'kind' = NEW.kind) IS NOT TRUE THEN PERFORM erp.refuse('G5 other-document'); END IF;
  -- who keeps the books says whose money it is, and records none that comes in
  IF NEW.kind = 'receipt' AND b #> '{entry,identifies}' IS NULL AND NOT EXISTS (SELECT 1 FROM erp.may m WHERE m.kind = d.kind AND m.from_state = d.state AND m.verb = NEW.verb AND m.role <> 'accountant'
      AND m.person = NEW.made_by AND m.valid_from <= t AND (m.valid_to IS NULL OR m.valid_to > t)) THEN PERFORM erp.refuse('G3 only-claims'); END IF;
  IF NEW.verb IN ('draft', 'edit') AND EXISTS (SELECT 1 FROM jsonb_object_keys(b) k WHERE NOT EXISTS (SELECT 1 FROM erp.kind_section q WHERE q.kind = NEW.kind AND q.section = k))
    THEN PERFORM erp.refuse('G5 no-such-section'); END IF;
  IF NEW.verb NOT IN ('draft', 'edit') AND (NEW.content_hash = d.content_hash) IS NOT TRUE THEN PERFORM erp.refuse('G5 other-text'); END IF;
  IF NEW.verb = 'submit' AND EXISTS (SELECT 1 FROM erp.rows_of(b, '{evidence}') x WHERE NOT EXISTS (SELECT 1 FROM erp.evidence v WHERE v.hash = decode(x ->> 'hash', 'hex')
      AND v.size = (SELECT coalesce(sum(length(p.bytes)), 0) FROM erp.evidence_blob p WHERE p.hash = v.hash))) THEN PERFORM erp.refuse('G5 evidence-missing'); END IF;
  IF NEW.verb = 'submit' AND EXISTS (SELECT 1 FROM erp.rows_of(b, '{evidence}') x
      WHERE (decode(x ->> 'hash', 'hex') = (SELECT sha256(string_agg(p.bytes, ''::bytea ORDER BY p.n)) FROM erp.evidence_blob p WHERE p.hash = decode(x ->> 'hash', 'hex'))) IS NOT TRUE)
    THEN PERFORM erp.refuse('G5 hash'); END IF;
  -- a list is whole before anybody decides, for afterwards its rows stay as they are
  IF NEW.verb IN ('submit', 'ready') AND b ? 'list' AND ((b #>> '{list,rows}')::bigint = erp.list_rows(b #>> '{list,what}', (b #>> '{list,id}')::uuid, (b #>> '{list,rows}')::bigint)) IS NOT TRUE
    THEN PERFORM erp.refuse('G5 list-differs'); END IF;
  IF NEW.verb = 'submit' AND b #>> '{list,what}' = 'items' AND ((b #>> '{list,sums,lines}')::bigint = erp.list_rows('lines', (b #>> '{list,id}')::uuid, (b #>> '{list,sums,lines}')::bigint)) IS NOT TRUE
    THEN PERFORM erp.refuse('G5 list-differs'); END IF;
  SELECT c.body::jsonb INTO shown FROM erp.content c WHERE c.hash = d.content_hash;
  IF NEW.verb = 'edit' AND d.state = 'review' AND (b -> 'list' IS NOT DISTINCT FROM shown -> 'list' AND b #> '{scope,cut_off}' IS NOT DISTINCT FROM shown #> '{scope,cut_off}') IS NOT TRUE
    THEN PERFORM erp.refuse('G2 not-frozen'); END IF;
  SELECT a.verb INTO decided FROM erp.step a WHERE a.document_id = NEW.document_id AND a.seq = NEW.seq - 1 AND NEW.verb = 'post';
  IF NEW.verb = 'post' AND NOT EXISTS (SELECT 1 FROM erp.step a JOIN erp.transition_rule u ON u.kind = a.kind AND u.from_state = a.from_state AND u.verb = a.verb AND u.decides = 1
      WHERE a.document_id = NEW.document_id AND a.seq = NEW.seq - 1 AND a.content_hash = NEW.content_hash) THEN PERFORM erp.refuse('G5 not-decided'); END IF;
  -- four eyes, or the owner alone after a day
  NEW.risk := erp.risk(b);
  NEW.self_review := 0;
  IF four_eyes AND EXISTS (SELECT 1 FROM erp.worked_on w WHERE w.document_id = NEW.document_id AND w.person = NEW.made_by) THEN
    SELECT max(x.made_at) INTO submitted_at FROM erp.step x WHERE x.document_id = NEW.document_id AND x.verb = 'submit';
    IF (EXISTS (SELECT 1 FROM erp.owner_mode o WHERE o.person = NEW.made_by AND t BETWEEN o.valid_from AND o.valid_to)
        AND NOT EXISTS (SELECT 1 FROM erp.authority_last a WHERE a.person <> NEW.made_by AND a.role NOT IN ('auditor', 'admin', 'counter') AND (a.valid_to IS NULL OR a.valid_to > t))
        AND t - submitted_at >= erp.policy_value('owner_delay_us')) IS NOT TRUE THEN PERFORM erp.refuse('G4 own-work'); END IF;
    NEW.self_review := 1;
  END IF;
  IF NEW.verb IN ('approve', 'endorse') AND EXISTS (SELECT 1 FROM erp.person p WHERE p.name = NEW.made_by AND p.public_key IS NOT NULL) AND (length(NEW.signature) = 64) IS NOT TRUE
    THEN PERFORM erp.refuse('G12 unsigned'); END IF;
  -- limits
  IF limited AND (NEW.risk <= own.limit_minor) IS NOT TRUE THEN PERFORM erp.refuse('G7 over-limit'); END IF;
  IF limited AND (NEW.risk + (SELECT coalesce(sum(s.risk), 0) FROM erp.step s WHERE s.verb = 'approve' AND s.made_by = NEW.made_by AND s.made_at > since) <= own.window_minor) IS NOT TRUE
    THEN PERFORM erp.refuse('G7 over-window'); END IF;
  IF limited AND d.customer_id IS NOT NULL THEN PERFORM 1 FROM erp.customer k WHERE k.id = d.customer_id FOR NO KEY UPDATE; END IF;
  IF limited AND d.customer_id IS NOT NULL AND (NEW.risk + (SELECT coalesce(sum(s.risk), 0) FROM erp.document x JOIN erp.step s ON s.document_id = x.id AND s.verb = 'approve' AND s.made_at > since
      WHERE x.customer_id = d.customer_id) <= own.limit_minor) IS NOT TRUE THEN PERFORM erp.refuse('G7 splitting'); END IF;
  IF limited AND d.state = 'submitted' AND NEW.self_review = 0 AND (NEW.risk <= erp.policy_value('two_person_minor')) IS NOT TRUE THEN PERFORM erp.refuse('G7 two-persons'); END IF;
  -- what one person may decide alone
  IF NEW.verb = 'allocate' AND EXISTS (SELECT 1 FROM erp.rows_of(b, '{lines}') l LEFT JOIN erp.account a ON a.code = l ->> 'account' WHERE (a.by_item = 1 OR a.is_loss = 1) IS NOT TRUE)
    THEN PERFORM erp.refuse('G7 not-alone'); END IF;
  IF NEW.verb = 'allocate' AND EXISTS (SELECT 1 FROM erp.rows_of(b, '{allocations}') a WHERE a ? 'undoes') THEN PERFORM erp.refuse('G7 not-alone'); END IF;
  IF NEW.verb = 'allocate' AND (
      (SELECT coalesce(sum(abs((l ->> 'base')::numeric)), 0) FROM erp.rows_of(b, '{lines}') l JOIN erp.account a ON a.code = l ->> 'account' AND a.is_loss = 1)
      + (SELECT coalesce(sum(abs((l ->> 'base')::numeric)), 0) FROM erp.step s JOIN erp.content c ON c.hash = s.content_hash CROSS JOIN LATERAL erp.rows_of(c.body::jsonb, '{lines}') l
          JOIN erp.account a ON a.code = l ->> 'account' AND a.is_loss = 1 WHERE s.verb = 'allocate' AND s.made_by = NEW.made_by AND s.made_at > since)
      <= own.loss_limit_minor) IS NOT TRUE THEN PERFORM erp.refuse('G7 over-loss-limit'); END IF;
  IF (NEW.verb = 'note' OR decided = 'note') AND (EXISTS (SELECT 1 FROM erp.customer k WHERE k.id = (b ->> 'customer')::uuid AND k.record = (body::json -> 'record')::text)) IS NOT TRUE
    THEN PERFORM erp.refuse('G7 more-than-contact'); END IF;
  IF (NEW.verb = 'load' OR decided = 'load') AND (b #>> '{list,what}' = 'deliveries' OR (SELECT open FROM erp.set_up)) IS NOT TRUE THEN PERFORM erp.refuse('G7 set-up-over'); END IF;
  -- filled, whatever was sent
  NEW.from_state := d.state;
  NEW.to_state := own.to_state;
  NEW.made_at := t;
  NEW.actor_seq := h.seq + 1;
  NEW.actor_prev := h.hash;
  NEW.document_prev := d.step_hash;
  NEW.hash := erp.record_hash('erpdesk.step.1', ARRAY[NEW.id::text, NEW.document_id::text, NEW.seq::text, NEW.kind, NEW.verb, NEW.from_state, NEW.to_state, encode(NEW.content_hash, 'hex'),
    NEW.reason, encode(NEW.signature, 'hex'), NEW.made_by, NEW.made_at::text, NEW.self_review::text, NEW.risk::text, NEW.actor_seq::text, encode(NEW.actor_prev, 'hex'), encode(NEW.document_prev, 'hex')]);
  RETURN NEW;
END $$;

CREATE FUNCTION erp.next_number(wanted text, month text) RETURNS bigint LANGUAGE sql AS $$
  INSERT INTO erp.number_series AS n (series, period, last) VALUES (wanted, month, 1) ON CONFLICT (series, period) DO UPDATE SET last = n.last + 1 RETURNING last
$$;

CREATE FUNCTION erp.number_document(s erp.step, b jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE k erp.document_kind; month text; n bigint;
BEGIN
  SELECT * INTO k FROM erp.document_kind x WHERE x.kind = s.kind AND x.number_verb = s.verb;
  IF NOT FOUND OR EXISTS (SELECT 1 FROM erp.document d WHERE d.id = s.document_id AND d.number IS NOT NULL) THEN RETURN; END IF;
  month := CASE WHEN k.monthly = 1 THEN coalesce(substr(b #>> '{entry,posting_date}', 1, 7), to_char(erp.day_at(s.made_at), 'YYYY-MM')) ELSE '' END;
  n := erp.next_number('doc:' || k.mark, month);
  IF k.monthly = 0 AND n > 9999 THEN PERFORM erp.refuse('G10 number'); END IF;
  UPDATE erp.document SET number = k.mark || '-' || CASE month WHEN '' THEN '' ELSE replace(month, '-', '') || '-' END || lpad(n::text, greatest(4, length(n::text)), '0') WHERE id = s.document_id;
END $$;

-- uses of deliveries: held from submit on, free again when the voucher does not go on
CREATE FUNCTION erp.hold_deliveries(s erp.step, b jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM erp.delivery d WHERE d.id IN (SELECT (u ->> 'id')::uuid FROM erp.rows_of(b, '{deliveries}') u) ORDER BY d.id FOR UPDATE;
  IF EXISTS (SELECT 1 FROM erp.rows_of(b, '{deliveries}') u LEFT JOIN erp.delivery d ON d.id = (u ->> 'id')::uuid WHERE (d.customer_id = (b ->> 'customer')::uuid) IS NOT TRUE)
    THEN PERFORM erp.refuse('G9 delivery-of-another'); END IF;
  IF EXISTS (SELECT 1 FROM erp.rows_of(b, '{deliveries}') u JOIN erp.delivery d ON d.id = (u ->> 'id')::uuid CROSS JOIN erp.rows_of(b, '{items}') i WHERE i ->> 'currency' <> d.currency)
    THEN PERFORM erp.refuse('G9 delivery-of-another'); END IF;
  IF EXISTS (SELECT 1 FROM erp.rows_of(b, '{deliveries}') u JOIN erp.delivery d ON d.id = (u ->> 'id')::uuid JOIN erp.delivery x ON x.source = d.source AND x.number = d.number AND x.revision > d.revision)
    THEN PERFORM erp.refuse('G9 delivery-revised'); END IF;
  INSERT INTO erp.delivery_use (step_id, delivery_id, document_id, amount_minor)
    SELECT s.id, (u ->> 'id')::uuid, s.document_id, sum((u ->> 'amount')::bigint) FROM erp.rows_of(b, '{deliveries}') u GROUP BY u ->> 'id';
  IF EXISTS (SELECT 1 FROM erp.delivery_use u JOIN erp.delivery d ON d.id = u.delivery_id WHERE u.step_id = s.id
      AND (erp.within((SELECT sum(x.amount_minor) FROM erp.delivery_use x WHERE x.delivery_id = d.id), d.amount_minor)) IS NOT TRUE) THEN PERFORM erp.refuse('G9 delivery-used'); END IF;
END $$;

CREATE FUNCTION erp.free_deliveries(s erp.step, of_document uuid) RETURNS void LANGUAGE sql AS $$
  INSERT INTO erp.delivery_use (step_id, delivery_id, document_id, amount_minor)
    SELECT s.id, u.delivery_id, u.document_id, -sum(u.amount_minor) FROM erp.delivery_use u WHERE u.document_id = of_document GROUP BY u.delivery_id, u.document_id HAVING sum(u.amount_minor) <> 0
$$;

CREATE FUNCTION erp.step_act() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE b jsonb; body text;
BEGIN
  SELECT c.body, c.body::jsonb INTO body, b FROM erp.content c WHERE c.hash = NEW.content_hash;
  UPDATE erp.chain_head SET seq = NEW.actor_seq, hash = NEW.hash WHERE actor = NEW.made_by;
  IF NEW.seq = 1 THEN
    INSERT INTO erp.document (id, kind, state, seq, content_hash, step_hash, made_by, made_at, customer_id)
      VALUES (NEW.document_id, NEW.kind, NEW.to_state, 1, NEW.content_hash, NEW.hash, NEW.made_by, NEW.made_at, (b ->> 'customer')::uuid);
  ELSE
    UPDATE erp.document SET state = NEW.to_state, seq = NEW.seq, content_hash = NEW.content_hash, step_hash = NEW.hash, customer_id = (b ->> 'customer')::uuid WHERE id = NEW.document_id;
  END IF;
  IF NEW.verb = 'submit' THEN PERFORM erp.hold_deliveries(NEW, b); END IF;
  IF NEW.verb IN ('withdraw', 'return', 'reject', 'void') THEN PERFORM erp.free_deliveries(NEW, NEW.document_id); END IF;
  IF NEW.verb = 'post' AND NEW.kind = 'authority' THEN PERFORM erp.unfold_authority(NEW, b); END IF;
  IF NEW.verb = 'post' AND NEW.kind = 'customer' THEN PERFORM erp.unfold_customer(NEW, b, body::json); END IF;
  IF NEW.verb = 'post' AND NEW.kind = 'import' THEN PERFORM erp.unfold_list(NEW, b); END IF;
  IF NEW.verb = 'post' THEN PERFORM erp.unfold_ledger(NEW, b); END IF;
  IF NEW.verb = 'ready' AND NEW.kind = 'campaign' THEN PERFORM erp.unfold_campaign(NEW, b); END IF;
  PERFORM erp.number_document(NEW, b);
  PERFORM pg_notify('erp', 'document ' || NEW.document_id || ' ' || NEW.seq);
  RETURN NULL;
END $$;

-- ---------------------------------------------------------------- unfolding: people
CREATE FUNCTION erp.unfold_authority(s erp.step, b jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO erp.authority (id, person, role, limit_minor, loss_limit_minor, window_minor, valid_from, valid_to, document_id)
    SELECT (x ->> 'id')::uuid, x ->> 'person', x ->> 'role', coalesce((x ->> 'limit')::bigint, 0), coalesce((x ->> 'loss_limit')::bigint, 0), coalesce((x ->> 'window')::bigint, 0),
      s.made_at, (x ->> 'to')::bigint * 1000000, s.document_id FROM erp.rows_of(b, '{authority}') x;
  UPDATE erp.person p SET public_key = decode(k ->> 'public_key', 'hex') FROM erp.rows_of(b, '{keys}') k WHERE p.name = k ->> 'person';
  IF (coalesce(jsonb_array_length(b -> 'authority'), 0) = (SELECT count(*) FROM erp.authority a WHERE a.document_id = s.document_id)) IS NOT TRUE THEN PERFORM erp.refuse('G7 half-authority'); END IF;
  IF EXISTS (SELECT 1 FROM erp.rows_of(b, '{keys}') k WHERE NOT EXISTS (SELECT 1 FROM erp.person p WHERE p.name = k ->> 'person' AND p.public_key = decode(k ->> 'public_key', 'hex')))
    THEN PERFORM erp.refuse('G7 half-authority'); END IF;
END $$;

-- ---------------------------------------------------------------- unfolding: customers
CREATE FUNCTION erp.unfold_customer(s erp.step, b jsonb, body json) RETURNS void LANGUAGE plpgsql AS $$
DECLARE k record; known boolean;
BEGIN
  LOCK TABLE erp.customer IN SHARE ROW EXCLUSIVE MODE;
  SELECT (b ->> 'customer')::uuid AS id, b #>> '{record,code}' AS code, b #>> '{record,name}' AS name, b #>> '{record,tax_id}' AS tax_id, coalesce(b #>> '{record,search}', '') AS search,
    (body -> 'record')::text AS record, coalesce((body -> 'contact')::text, '{}') AS contact INTO k;
  IF EXISTS (SELECT 1 FROM erp.customer c WHERE c.code = k.code AND c.id <> k.id) THEN PERFORM erp.refuse('G5 code-taken'); END IF;
  UPDATE erp.customer c SET code = k.code, name = k.name, tax_id = k.tax_id, search = k.search, record = k.record, contact = k.contact, document_id = s.document_id WHERE c.id = k.id;
  known := FOUND;
  IF NOT known THEN
    INSERT INTO erp.customer (id, n, code, name, tax_id, search, record, contact, document_id)
      SELECT k.id, coalesce(max(c.n), 0) + 1, k.code, k.name, k.tax_id, k.search, k.record, k.contact, s.document_id FROM erp.customer c;
  END IF;
  UPDATE erp.customer_code h SET retired_at = s.made_at, document_id = s.document_id
    WHERE h.customer_id = k.id AND h.retired_at IS NULL AND h.code NOT IN (SELECT x ->> 'code' FROM erp.rows_of(b, '{record,codes}') x);
  IF EXISTS (SELECT 1 FROM erp.rows_of(b, '{record,codes}') x JOIN erp.customer_code h ON h.code = x ->> 'code' WHERE h.customer_id <> k.id) THEN PERFORM erp.refuse('G5 code-taken'); END IF;
  INSERT INTO erp.customer_code (code, customer_id, kind, document_id)
    SELECT x ->> 'code', k.id, x ->> 'kind', s.document_id FROM erp.rows_of(b, '{record,codes}') x
    WHERE NOT EXISTS (SELECT 1 FROM erp.customer_code h WHERE h.code = x ->> 'code');
  IF (EXISTS (SELECT 1 FROM erp.customer c WHERE c.id = k.id AND c.document_id = s.document_id AND c.record = k.record)) IS NOT TRUE THEN PERFORM erp.refuse('G5 customer-differs'); END IF;
END $$;

-- ---------------------------------------------------------------- unfolding: long lists
CREATE FUNCTION erp.unfold_list(s erp.step, b jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE what text := b #>> '{list,what}'; list uuid := (b #>> '{list,id}')::uuid; rows bigint := (b #>> '{list,rows}')::bigint;
  more bigint := CASE b #>> '{list,what}' WHEN 'items' THEN (b #>> '{list,sums,lines}')::bigint END;
BEGIN
  IF (erp.list_hash(what, list, rows, more) = decode(b #>> '{list,hash}', 'hex')) IS NOT TRUE THEN PERFORM erp.refuse('G5 hash'); END IF;
  IF what = 'customers' THEN PERFORM erp.unfold_customers(s, list, rows); END IF;
  IF what = 'deliveries' THEN PERFORM erp.unfold_deliveries(s, b, list, rows); END IF;
END $$;

CREATE FUNCTION erp.unfold_customers(s erp.step, list uuid, rows bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE before bigint; listed bigint; made bigint;
BEGIN
  LOCK TABLE erp.customer IN SHARE ROW EXCLUSIVE MODE;
  SELECT coalesce(max(c.n), 0) INTO before FROM erp.customer c;
  INSERT INTO erp.customer (id, n, code, name, tax_id, search, record, contact, document_id)
    SELECT l.id, before + l.n, r.code, r.name, r.tax_id, coalesce(r.search, ''), l.record, l.contact, s.document_id
    FROM erp.list_customer l, json_to_record(l.record::json) AS r (code text, name text, tax_id text, search text)
    WHERE l.list_id = list AND l.n <= rows ORDER BY l.n ON CONFLICT (code) DO NOTHING;
  GET DIAGNOSTICS made = ROW_COUNT;
  IF (made = rows) IS NOT TRUE THEN PERFORM erp.refuse('G5 code-taken'); END IF;
  INSERT INTO erp.customer_code (code, customer_id, kind, document_id)
    SELECT k.code, l.id, k.kind, s.document_id FROM erp.list_customer l, json_to_recordset(l.record::json -> 'codes') AS k (code text, kind text)
    WHERE l.list_id = list AND l.n <= rows ORDER BY l.n ON CONFLICT (code) DO NOTHING;
  GET DIAGNOSTICS made = ROW_COUNT;
  SELECT coalesce(sum(json_array_length(l.record::json -> 'codes')), 0) INTO listed FROM erp.list_customer l WHERE l.list_id = list AND l.n <= rows;
  IF (made = listed) IS NOT TRUE THEN PERFORM erp.refuse('G5 code-taken'); END IF;
END $$;

CREATE FUNCTION erp.unfold_deliveries(s erp.step, b jsonb, list uuid, rows bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE made bigint;
BEGIN
  PERFORM 1 FROM erp.delivery d JOIN erp.list_delivery l ON l.source = d.source AND l.number = d.number WHERE l.list_id = list AND l.n <= rows ORDER BY d.id FOR UPDATE OF d;
  IF EXISTS (SELECT 1 FROM erp.list_delivery l WHERE l.list_id = list AND l.n <= rows AND (l.day BETWEEN DATE '1900-01-01' AND DATE '2099-12-31') IS NOT TRUE) THEN PERFORM erp.refuse('G6 day'); END IF;
  IF EXISTS (SELECT 1 FROM (
      SELECT l.source, l.number, l.revision, row_number() OVER (PARTITION BY l.source, l.number ORDER BY l.n) AS nth FROM erp.list_delivery l WHERE l.list_id = list AND l.n <= rows) r
    WHERE (r.revision = r.nth + (SELECT coalesce(max(d.revision), 0) FROM erp.delivery d WHERE d.source = r.source AND d.number = r.number)) IS NOT TRUE) THEN PERFORM erp.refuse('G9 revision'); END IF;
  IF EXISTS (SELECT 1 FROM erp.list_delivery l JOIN erp.delivery d ON d.source = l.source AND d.number = l.number JOIN erp.delivery_use u ON u.delivery_id = d.id
      WHERE l.list_id = list AND l.n <= rows GROUP BY l.n, d.id HAVING sum(u.amount_minor) <> 0) THEN PERFORM erp.refuse('G9 delivery-used'); END IF;
  INSERT INTO erp.delivery (id, source, number, revision, customer_id, day, currency, amount_minor, tax_included, body, document_id)
    SELECT l.id, l.source, l.number, l.revision, l.customer_id, l.day, l.currency, l.amount_minor, l.tax_included, l.body, s.document_id
    FROM erp.list_delivery l WHERE l.list_id = list AND l.n <= rows ORDER BY l.n;
  GET DIAGNOSTICS made = ROW_COUNT;
  IF (made = rows) IS NOT TRUE THEN PERFORM erp.refuse('G5 list-differs'); END IF;
  IF EXISTS (SELECT 1 FROM (SELECT l.currency, sum(l.amount_minor) AS total FROM erp.list_delivery l WHERE l.list_id = list AND l.n <= rows GROUP BY l.currency) t
      WHERE (t.total::text = b #>> ARRAY['list', 'sums', t.currency]) IS NOT TRUE) THEN PERFORM erp.refuse('G5 list-differs'); END IF;
END $$;

-- ---------------------------------------------------------------- unfolding: the campaign's lines
CREATE FUNCTION erp.unfold_campaign(s erp.step, b jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE list uuid := (b #>> '{list,id}')::uuid; rows bigint := (b #>> '{list,rows}')::bigint;
BEGIN
  LOCK TABLE erp.campaign_line IN SHARE ROW EXCLUSIVE MODE;
  IF (b #>> '{list,what}' = 'scope' AND erp.list_hash('scope', list, rows, 0) = decode(b #>> '{list,hash}', 'hex')) IS NOT TRUE THEN PERFORM erp.refuse('G5 hash'); END IF;
  IF ((b #>> '{scope,cut_off}')::date IS NOT NULL) IS NOT TRUE THEN PERFORM erp.refuse('G6 day'); END IF;
  IF EXISTS (SELECT 1 FROM erp.list_scope l JOIN erp.campaign_line o ON o.customer_id = l.customer_id AND o.campaign_id <> s.document_id
      JOIN erp.document d ON d.id = o.campaign_id AND d.state NOT IN ('closed', 'cancelled', 'expired') WHERE l.list_id = list AND l.n <= rows) THEN PERFORM erp.refuse('G3 customer-in-campaign'); END IF;
  INSERT INTO erp.campaign_line (campaign_id, customer_id, currency, n, billed_minor, unbilled_minor, unapplied_minor, book_minor, customer_document, counter, blind)
    SELECT s.document_id, l.customer_id, l.currency, l.n, coalesce(k.billed, 0), coalesce(k.unbilled, 0), coalesce(k.unapplied, 0),
      coalesce(k.billed, 0) + coalesce(k.unbilled, 0) - coalesce(k.unapplied, 0), c.document_id, l.counter, (b #>> '{scope,blind}')::smallint
    FROM erp.list_scope l JOIN erp.customer c ON c.id = l.customer_id LEFT JOIN (
      SELECT j.customer_id, j.currency, sum(j.side * j.amount_minor) FILTER (WHERE a.part = 'billed') AS billed, sum(j.side * j.amount_minor) FILTER (WHERE a.part = 'unbilled') AS unbilled,
        -sum(j.side * j.amount_minor) FILTER (WHERE a.part = 'unapplied') AS unapplied
      FROM erp.journal_entry e JOIN erp.journal_line j ON j.entry_id = e.id JOIN erp.account a ON a.code = j.account AND a.part <> ''
      WHERE e.posting_date <= (b #>> '{scope,cut_off}')::date AND j.customer_id IS NOT NULL GROUP BY j.customer_id, j.currency) k ON k.customer_id = l.customer_id AND k.currency = l.currency
    WHERE l.list_id = list AND l.n <= rows ORDER BY l.n;
  IF (rows = (SELECT count(*) FROM erp.campaign_line l WHERE l.campaign_id = s.document_id) AND rows > 0) IS NOT TRUE THEN PERFORM erp.refuse('G5 list-differs'); END IF;
END $$;

-- ---------------------------------------------------------------- unfolding: the ledger
CREATE FUNCTION erp.unfold_ledger(s erp.step, b jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE entry uuid := (b #>> '{entry,id}')::uuid; origin uuid := (b #>> '{entry,reverses}')::uuid; claimed uuid := (b #>> '{entry,identifies}')::uuid; day date := (b #>> '{entry,posting_date}')::date;
  month text; freed uuid; came_in uuid; lines bigint := 0; items bigint := 0; moves bigint := 0;
BEGIN
  -- locks in one order: deliveries of the origin, items by id, period, origin entries by id; numbers and the totals of their series last
  SELECT coalesce(claimed, (SELECT o.identifies FROM erp.journal_entry o WHERE o.id = origin), origin) INTO came_in;
  SELECT o.document_id INTO freed FROM erp.journal_entry o WHERE o.id = origin AND s.kind = 'reversal';
  PERFORM 1 FROM erp.delivery d WHERE d.id IN (SELECT u.delivery_id FROM erp.delivery_use u WHERE u.document_id = freed) ORDER BY d.id FOR UPDATE;
  PERFORM 1 FROM erp.open_item i WHERE i.id IN (SELECT charge FROM erp.planned_allocation(b) UNION SELECT credit FROM erp.planned_allocation(b)) ORDER BY i.id FOR UPDATE;
  IF entry IS NOT NULL THEN
    SELECT p.period INTO month FROM erp.period p WHERE day BETWEEN p.first_day AND p.last_day FOR SHARE;
    IF (month IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erp.period_lock k WHERE k.period = month)) IS NOT TRUE THEN PERFORM erp.refuse('G8 period'); END IF;
    PERFORM 1 FROM erp.journal_entry o WHERE o.id IN (origin, came_in) ORDER BY o.id FOR UPDATE;
    IF origin IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erp.journal_entry o WHERE o.id = origin AND o.reverses IS NULL) THEN PERFORM erp.refuse('G9 nothing-to-reverse'); END IF;
    -- what leaves the money from nobody known (2241) names the receipt by which it came in
    IF (claimed IS NOT NULL) <> (origin IS NULL AND EXISTS (SELECT 1 FROM erp.planned_line(b) l WHERE l.account = '2241' AND l.side * l.amount > 0)) THEN PERFORM erp.refuse('G9 not-a-claim'); END IF;
    IF claimed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erp.journal_entry o WHERE o.id = claimed AND o.reverses IS NULL AND o.identifies IS NULL) THEN PERFORM erp.refuse('G9 nothing-to-claim'); END IF;
    IF EXISTS (SELECT 1 FROM erp.planned_line(b) l WHERE NOT EXISTS (SELECT 1 FROM erp.account a WHERE a.code = l.account)) THEN PERFORM erp.refuse('G6 unknown-account'); END IF;
    INSERT INTO erp.journal_entry (id, document_id, content_hash, series, period, number, posting_date, document_date, origin_period, rule, reverses, identifies, step_id, posted_at)
      VALUES (entry, s.document_id, s.content_hash, b #>> '{entry,series}', month, erp.next_number(b #>> '{entry,series}', month), day, (b #>> '{entry,document_date}')::date,
        b #>> '{entry,origin_period}', b #>> '{entry,rule}', origin, claimed, s.id, s.made_at);
    INSERT INTO erp.open_item (id, customer_id, account, currency, original_minor, due_date, entry_id, open_minor, version, label)
      SELECT i.id, i.customer, i.account, i.currency, i.amount, i.due, entry, i.amount, 1, i.label FROM erp.planned_item(b) i;
    GET DIAGNOSTICS items = ROW_COUNT;
    INSERT INTO erp.journal_line (entry_id, line_no, account, side, amount_minor, currency, base_minor, customer_id, item_id, text)
      SELECT entry, l.n, l.account, l.side, l.amount, l.currency, l.base, l.customer, l.item, l.text FROM erp.planned_line(b) l;
    GET DIAGNOSTICS lines = ROW_COUNT;
    -- the totals of the month: whoever has the number of the series has them too
    INSERT INTO erp.period_total AS p (period, series, account, currency, number, debit_minor, credit_minor, debit_base_minor, credit_base_minor)
      SELECT e.period, e.series, l.account, l.currency, e.number, coalesce(sum(l.amount_minor) FILTER (WHERE l.side = 1), 0), coalesce(sum(l.amount_minor) FILTER (WHERE l.side = -1), 0),
        coalesce(sum(l.base_minor) FILTER (WHERE l.side = 1), 0), coalesce(sum(l.base_minor) FILTER (WHERE l.side = -1), 0)
      FROM erp.journal_entry e JOIN erp.journal_line l ON l.entry_id = e.id WHERE e.id = entry GROUP BY e.period, e.series, l.account, l.currency, e.number
      ON CONFLICT (period, series, account, currency) DO UPDATE SET number = excluded.number, debit_minor = p.debit_minor + excluded.debit_minor, credit_minor = p.credit_minor + excluded.credit_minor,
        debit_base_minor = p.debit_base_minor + excluded.debit_base_minor, credit_base_minor = p.credit_base_minor + excluded.credit_base_minor;
    IF (lines >= 2) IS NOT TRUE THEN PERFORM erp.refuse('G6 no-balance'); END IF;
    IF EXISTS (SELECT 1 FROM erp.journal_line l WHERE l.entry_id = entry GROUP BY l.currency HAVING sum(l.side * l.amount_minor) <> 0) THEN PERFORM erp.refuse('G6 no-balance'); END IF;
    IF (SELECT sum(l.side * l.base_minor) <> 0 FROM erp.journal_line l WHERE l.entry_id = entry) THEN PERFORM erp.refuse('G6 no-balance'); END IF;
    -- the limits look at the base amount: in the base currency it is the amount (0 only for an exchange difference)
    IF EXISTS (SELECT 1 FROM erp.journal_line l WHERE l.entry_id = entry AND l.currency = 'CNY' AND l.amount_minor <> 0 AND l.base_minor <> l.amount_minor) THEN PERFORM erp.refuse('G6 no-balance'); END IF;
    IF origin IS NULL AND EXISTS (SELECT 1 FROM erp.journal_line l WHERE l.entry_id = entry AND (l.amount_minor < 0 OR l.base_minor < 0))
      AND NOT EXISTS (SELECT 1 FROM erp.planned_allocation(b) a WHERE a.undoes IS NOT NULL) THEN PERFORM erp.refuse('G9 red-without-origin'); END IF;
    IF origin IS NOT NULL AND EXISTS (
      SELECT 1 FROM (SELECT sum(l.base_minor) AS base, sum(l.base_minor) FILTER (WHERE l.entry_id = origin) AS base_then, sum(l.amount_minor) AS amount, sum(l.amount_minor) FILTER (WHERE l.entry_id = origin) AS amount_then
        FROM erp.journal_line l WHERE l.entry_id = origin OR l.entry_id IN (SELECT x.id FROM erp.journal_entry x WHERE x.reverses = origin) GROUP BY l.account, l.side, l.currency, l.customer_id) g
      WHERE (erp.within(g.base, g.base_then) AND erp.within(g.amount, g.amount_then)) IS NOT TRUE) THEN PERFORM erp.refuse('G9 over-reversed'); END IF;
    -- a claim takes all that one receipt left there: nobody claims it again, and it is not reversed under its claim
    IF EXISTS (SELECT 1 FROM erp.journal_line l WHERE l.account = '2241' AND l.entry_id IN (
        SELECT came_in UNION ALL SELECT x.id FROM erp.journal_entry x WHERE x.identifies = came_in UNION ALL SELECT r.id FROM erp.journal_entry r WHERE r.reverses = came_in
        UNION ALL SELECT r.id FROM erp.journal_entry x JOIN erp.journal_entry r ON r.reverses = x.id WHERE x.identifies = came_in)
      GROUP BY l.currency HAVING CASE WHEN claimed IS NULL THEN sum(l.side * l.amount_minor) > 0 ELSE sum(l.side * l.amount_minor) <> 0 END) THEN PERFORM erp.refuse('G9 over-claimed'); END IF;
  END IF;
  -- allocations: compare-and-set on the versions the approver saw
  IF EXISTS (SELECT 1 FROM erp.planned_allocation(b) a LEFT JOIN erp.open_item ch ON ch.id = a.charge LEFT JOIN erp.open_item cr ON cr.id = a.credit
      WHERE ((a.charge IS NULL OR ch.version = a.charge_version) AND (a.credit IS NULL OR cr.version = a.credit_version)) IS NOT TRUE) THEN PERFORM erp.refuse('G9 item-changed'); END IF;
  IF EXISTS (SELECT 1 FROM erp.planned_allocation(b) a LEFT JOIN erp.open_item ch ON ch.id = a.charge LEFT JOIN erp.open_item cr ON cr.id = a.credit
      WHERE ((a.charge IS NULL OR ch.original_minor > 0) AND (a.credit IS NULL OR cr.original_minor < 0)
        AND (a.charge IS NULL OR a.credit IS NULL OR (ch.customer_id = cr.customer_id AND ch.currency = cr.currency))) IS NOT TRUE) THEN PERFORM erp.refuse('G9 not-a-match'); END IF;
  IF EXISTS (SELECT 1 FROM erp.planned_allocation(b) a JOIN erp.allocation u ON u.undoes = a.undoes) THEN PERFORM erp.refuse('G9 undone-already'); END IF;
  IF EXISTS (SELECT 1 FROM erp.planned_allocation(b) a LEFT JOIN erp.allocation u ON u.id = a.undoes
      WHERE (CASE WHEN a.undoes IS NULL THEN a.amount > 0
        ELSE a.amount = -u.amount_minor AND u.undoes IS NULL AND u.charge_id IS NOT DISTINCT FROM a.charge AND u.credit_id IS NOT DISTINCT FROM a.credit END) IS NOT TRUE) THEN PERFORM erp.refuse('G9 not-an-undo'); END IF;
  INSERT INTO erp.allocation (id, charge_id, credit_id, amount_minor, undoes, step_id) SELECT a.id, a.charge, a.credit, a.amount, a.undoes, s.id FROM erp.planned_allocation(b) a;
  GET DIAGNOSTICS moves = ROW_COUNT;
  UPDATE erp.open_item i SET open_minor = i.open_minor + m.delta, version = i.version + 1
    FROM (SELECT z.id, sum(z.delta) AS delta FROM (
        SELECT a.charge_id AS id, -a.amount_minor AS delta FROM erp.allocation a WHERE a.step_id = s.id AND a.charge_id IS NOT NULL
        UNION ALL SELECT a.credit_id, a.amount_minor FROM erp.allocation a WHERE a.step_id = s.id AND a.credit_id IS NOT NULL) z GROUP BY z.id) m
    WHERE i.id = m.id;
  -- items and ledger move by the same sum for every customer, account and currency
  IF EXISTS (SELECT 1 FROM (
      SELECT l.customer_id, l.account, l.currency, l.side * l.amount_minor AS x FROM erp.journal_line l JOIN erp.account c ON c.code = l.account AND c.by_item = 1 WHERE l.entry_id = entry
      UNION ALL SELECT i.customer_id, i.account, i.currency, -i.original_minor FROM erp.open_item i WHERE i.entry_id = entry
      UNION ALL SELECT i.customer_id, i.account, i.currency, a.amount_minor FROM erp.allocation a JOIN erp.open_item i ON i.id = a.charge_id WHERE a.step_id = s.id
      UNION ALL SELECT i.customer_id, i.account, i.currency, -a.amount_minor FROM erp.allocation a JOIN erp.open_item i ON i.id = a.credit_id WHERE a.step_id = s.id) z
    GROUP BY z.customer_id, z.account, z.currency HAVING sum(z.x) <> 0) THEN PERFORM erp.refuse('G6 items-and-ledger'); END IF;
  IF EXISTS (SELECT 1 FROM erp.allocation a JOIN erp.open_item i ON i.id = a.charge_id OR i.id = a.credit_id WHERE a.step_id = s.id AND (i.customer_id = (b ->> 'customer')::uuid) IS NOT TRUE)
    THEN PERFORM erp.refuse('G5 other-customer'); END IF;
  -- what arrived is what the text, or the list it names, says
  IF b #>> '{list,what}' = 'items' AND (items = (b #>> '{list,rows}')::bigint AND lines = (b #>> '{list,sums,lines}')::bigint) IS NOT TRUE THEN PERFORM erp.refuse('G5 list-differs'); END IF;
  IF b #>> '{list,what}' IS DISTINCT FROM 'items' AND (lines = coalesce(jsonb_array_length(b -> 'lines'), 0) AND items = coalesce(jsonb_array_length(b -> 'items'), 0)
      AND moves = coalesce(jsonb_array_length(b -> 'allocations'), 0)) IS NOT TRUE THEN PERFORM erp.refuse('G6 half-an-entry'); END IF;
  -- a posted full reversal frees the deliveries of its origin
  IF NOT EXISTS (SELECT 1 FROM erp.journal_line l WHERE l.entry_id = origin OR l.entry_id IN (SELECT x.id FROM erp.journal_entry x WHERE x.reverses = origin)
      GROUP BY l.account, l.side, l.currency, l.customer_id HAVING sum(l.base_minor) <> 0) THEN PERFORM erp.free_deliveries(s, freed); END IF;
END $$;

-- ---------------------------------------------------------------- counting
-- its plans are made when a campaign begins, and kept: without an index they would read all counts at each
CREATE FUNCTION erp.count_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE h erp.chain_head; t bigint; state text;
BEGIN
  h := erp.actor(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.count_event e WHERE e.id = NEW.id OR (e.device_id = NEW.device_id AND e.device_seq = NEW.device_seq)) THEN PERFORM erp.refuse('G2 exists'); END IF;
  SELECT d.state INTO state FROM erp.document d WHERE d.id = NEW.campaign_id AND d.kind = 'campaign' FOR SHARE;
  IF (state IN ('counting', 'recount')) IS NOT TRUE THEN PERFORM erp.refuse('G3 not-counting'); END IF;
  t := erp.now_us();
  IF (erp.holds(NEW.made_by, '{counter}', t)) IS NOT TRUE THEN PERFORM erp.refuse('G3 not-a-counter'); END IF;
  IF NEW.supersedes IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erp.count_event e WHERE e.id = NEW.supersedes AND e.campaign_id = NEW.campaign_id AND e.made_by = NEW.made_by)
    THEN PERFORM erp.refuse('G3 not-your-count'); END IF;
  -- no key: nobody deletes a customer, so nothing has to be locked
  IF NEW.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM erp.customer k WHERE k.id = NEW.customer_id) THEN PERFORM erp.refuse('G5 unknown-customer'); END IF;
  IF NEW.body IS NOT NULL AND (jsonb_typeof(erp.parsed(NEW.body)) = 'object') IS NOT TRUE THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  NEW.received_at := t;
  NEW.actor_seq := h.seq + 1;
  NEW.actor_prev := h.hash;
  NEW.hash := erp.record_hash('erpdesk.count.1', ARRAY[NEW.id::text, NEW.campaign_id::text, NEW.customer_id::text, encode(NEW.raw, 'hex'), NEW.source, NEW.device_id::text, NEW.device_seq::text,
    NEW.device_time::text, NEW.stated_minor::text, NEW.currency, NEW.supersedes::text, NEW.body, NEW.made_by, NEW.received_at::text, NEW.actor_seq::text, encode(NEW.actor_prev, 'hex')]);
  RETURN NEW;
END $$;

CREATE FUNCTION erp.decision_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h erp.chain_head; t bigint; state text;
BEGIN
  h := erp.actor(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.line_decision x WHERE x.id = NEW.id) THEN PERFORM erp.refuse('G2 exists'); END IF;
  SELECT d.state INTO state FROM erp.document d WHERE d.id = NEW.campaign_id AND d.kind = 'campaign' FOR SHARE;
  IF (state IN ('counting', 'recount', 'review')) IS NOT TRUE THEN PERFORM erp.refuse('G3 not-counting'); END IF;
  t := erp.now_us();
  IF (erp.holds(NEW.made_by, '{supervisor}', t)) IS NOT TRUE THEN PERFORM erp.refuse('G3 not-allowed'); END IF;
  IF (erp.seen_length(NEW.reason) >= 5) IS NOT TRUE THEN PERFORM erp.refuse('G3 reason'); END IF;
  IF NEW.body IS NOT NULL AND (jsonb_typeof(erp.parsed(NEW.body)) = 'object') IS NOT TRUE THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  NEW.made_at := t;
  NEW.actor_seq := h.seq + 1;
  NEW.actor_prev := h.hash;
  NEW.hash := erp.record_hash('erpdesk.decision.1', ARRAY[NEW.id::text, NEW.campaign_id::text, NEW.customer_id::text, NEW.event_id::text, NEW.verb, NEW.to_person, NEW.body, NEW.reason, NEW.made_by,
    NEW.made_at::text, NEW.actor_seq::text, encode(NEW.actor_prev, 'hex')]);
  RETURN NEW;
END $$;

-- what is said of a difference follows on what was said before: whoever did not see that is too late
CREATE FUNCTION erp.variance_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h erp.chain_head; t bigint; state text; body jsonb;
BEGIN
  h := erp.actor(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.line_variance x WHERE x.id = NEW.id) THEN PERFORM erp.refuse('G2 exists'); END IF;
  SELECT d.state INTO state FROM erp.document d WHERE d.id = NEW.campaign_id AND d.kind = 'campaign' FOR SHARE;
  IF (state = 'review') IS NOT TRUE THEN PERFORM erp.refuse('G3 not-in-review'); END IF;
  t := erp.now_us();
  IF (erp.holds(NEW.made_by, '{accountant,supervisor}', t)) IS NOT TRUE THEN PERFORM erp.refuse('G3 not-allowed'); END IF;
  body := erp.parsed(NEW.body);
  IF (jsonb_typeof(body) = 'object' AND body ->> 'customer' = NEW.customer_id::text AND body ->> 'currency' = NEW.currency) IS NOT TRUE THEN PERFORM erp.refuse('G5 not-canonical'); END IF;
  IF (NEW.n = 1 + (SELECT coalesce(max(v.n), 0) FROM erp.line_variance v WHERE v.campaign_id = NEW.campaign_id AND v.customer_id = NEW.customer_id AND v.currency = NEW.currency)) IS NOT TRUE
    THEN PERFORM erp.refuse('G3 stale'); END IF;
  NEW.made_at := t;
  NEW.actor_seq := h.seq + 1;
  NEW.actor_prev := h.hash;
  NEW.hash := erp.record_hash('erpdesk.variance.1', ARRAY[NEW.id::text, NEW.campaign_id::text, NEW.customer_id::text, NEW.currency, NEW.n::text, NEW.body, NEW.made_by, NEW.made_at::text,
    NEW.actor_seq::text, encode(NEW.actor_prev, 'hex')]);
  RETURN NEW;
END $$;

-- ---------------------------------------------------------------- evidence, papers, audit, seals, locks
CREATE FUNCTION erp.evidence_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM erp.be_me(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.evidence v WHERE v.hash = NEW.hash) THEN PERFORM erp.refuse('G2 exists'); END IF;
  IF (NEW.size BETWEEN 1 AND erp.policy_value('evidence_bytes')) IS NOT TRUE THEN PERFORM erp.refuse('G5 evidence-size'); END IF;
  NEW.made_at := erp.now_us();
  RETURN NEW;
END $$;

CREATE FUNCTION erp.evidence_blob_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE v erp.evidence;
BEGIN
  SELECT * INTO v FROM erp.evidence x WHERE x.hash = NEW.hash FOR UPDATE;
  IF (v.made_by = session_user::text) IS NOT TRUE THEN PERFORM erp.refuse('G1 not-you'); END IF;
  IF EXISTS (SELECT 1 FROM erp.evidence_blob p WHERE p.hash = NEW.hash AND p.n = NEW.n) THEN PERFORM erp.refuse('G2 exists'); END IF;
  IF (length(NEW.bytes) + (SELECT coalesce(sum(length(p.bytes)), 0) FROM erp.evidence_blob p WHERE p.hash = NEW.hash) <= v.size) IS NOT TRUE THEN PERFORM erp.refuse('G5 evidence-size'); END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION erp.paper_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE number text;
BEGIN
  PERFORM erp.be_me(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.paper p WHERE p.id = NEW.id) THEN PERFORM erp.refuse('G2 exists'); END IF;
  SELECT d.number INTO number FROM erp.document d WHERE d.id = NEW.document_id FOR NO KEY UPDATE;
  IF (number IS NOT NULL) IS NOT TRUE THEN PERFORM erp.refuse('G3 not-issued'); END IF;
  IF (NEW.copy = (SELECT coalesce(max(p.copy), -1) + 1 FROM erp.paper p WHERE p.document_id = NEW.document_id) AND (NEW.copy = 0 OR erp.seen_length(NEW.reason) > 0)) IS NOT TRUE
    THEN PERFORM erp.refuse('G10 copy'); END IF;
  NEW.made_at := erp.now_us();
  RETURN NEW;
END $$;

CREATE FUNCTION erp.audit_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE h erp.chain_head;
BEGIN
  h := erp.actor(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.audit_event x WHERE x.id = NEW.id) THEN PERFORM erp.refuse('G2 exists'); END IF;
  NEW.made_at := erp.now_us();
  NEW.actor_seq := h.seq + 1;
  NEW.actor_prev := h.hash;
  NEW.hash := erp.record_hash('erpdesk.audit.1', ARRAY[NEW.id::text, NEW.made_by, NEW.made_at::text, NEW.what, NEW.detail, NEW.actor_seq::text, encode(NEW.actor_prev, 'hex')]);
  RETURN NEW;
END $$;

CREATE FUNCTION erp.seal_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM erp.be_me(NEW.made_by);
  IF (NEW.seq = (SELECT coalesce(max(x.seq), 0) + 1 FROM erp.seal x)
      AND NEW.prev = coalesce((SELECT x.hash FROM erp.seal x ORDER BY x.seq DESC LIMIT 1), decode(repeat('00', 32), 'hex'))) IS NOT TRUE THEN PERFORM erp.refuse('G11 seal'); END IF;
  -- filled, whatever was sent: nobody seals what does not stand
  NEW.made_at := erp.now_us();
  NEW.heads := (SELECT coalesce(string_agg(l.line, '' ORDER BY l.line COLLATE "C"), '') FROM (SELECT h.actor || ' ' || h.seq || ' ' || encode(h.hash, 'hex') || E'\n' AS line FROM erp.chain_head h) l);
  NEW.hash := erp.record_hash('erpdesk.seal.1', ARRAY[NEW.seq::text, NEW.made_by, NEW.made_at::text, NEW.heads, encode(NEW.prev, 'hex')]);
  RETURN NEW;
END $$;

CREATE FUNCTION erp.lock_judge() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE t bigint := erp.now_us(); last_day date;
BEGIN
  PERFORM erp.be_me(NEW.made_by);
  IF EXISTS (SELECT 1 FROM erp.period_lock k WHERE k.period = NEW.period) THEN PERFORM erp.refuse('G2 exists'); END IF;
  IF (erp.holds(NEW.made_by, '{supervisor,director}', t)) IS NOT TRUE THEN PERFORM erp.refuse('G8 not-yours-to-lock'); END IF;
  SELECT p.last_day INTO last_day FROM erp.period p WHERE p.period = NEW.period FOR UPDATE;
  t := erp.now_us();  -- after the wait for the period: what was posted meanwhile comes before the lock
  IF (last_day < erp.day_at(t)) IS NOT TRUE THEN PERFORM erp.refuse('G8 period-not-over'); END IF;
  NEW.made_at := t;
  RETURN NEW;
END $$;

-- ---------------------------------------------------------------- which table has which guard
CREATE TRIGGER b_judge BEFORE INSERT ON erp.person FOR EACH ROW EXECUTE FUNCTION erp.person_judge();
CREATE TRIGGER b_update BEFORE UPDATE ON erp.person FOR EACH ROW EXECUTE FUNCTION erp.person_update();
CREATE TRIGGER b_delete BEFORE DELETE ON erp.person FOR EACH ROW EXECUTE FUNCTION erp.keep_log();
CREATE TRIGGER b_keep BEFORE INSERT OR UPDATE OR DELETE ON erp.firm FOR EACH ROW EXECUTE FUNCTION erp.keep_firm();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.person_key FOR EACH ROW EXECUTE FUNCTION erp.person_key_judge();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.authority FOR EACH ROW EXECUTE FUNCTION erp.authority_judge();
CREATE TRIGGER b_begin BEFORE INSERT ON erp.chain_head FOR EACH ROW EXECUTE FUNCTION erp.chain_begin();
CREATE TRIGGER b_judge BEFORE INSERT OR UPDATE ON erp.number_series FOR EACH ROW EXECUTE FUNCTION erp.number_judge();
CREATE TRIGGER b_judge BEFORE UPDATE ON erp.open_item FOR EACH ROW EXECUTE FUNCTION erp.open_item_judge();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.content FOR EACH ROW EXECUTE FUNCTION erp.content_judge();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.step FOR EACH ROW EXECUTE FUNCTION erp.step_judge();
CREATE TRIGGER c_act AFTER INSERT ON erp.step FOR EACH ROW EXECUTE FUNCTION erp.step_act();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.count_event FOR EACH ROW EXECUTE FUNCTION erp.count_judge();
CREATE TRIGGER c_act AFTER INSERT ON erp.count_event FOR EACH ROW EXECUTE FUNCTION erp.chain_act();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.line_decision FOR EACH ROW EXECUTE FUNCTION erp.decision_judge();
CREATE TRIGGER c_act AFTER INSERT ON erp.line_decision FOR EACH ROW EXECUTE FUNCTION erp.chain_act();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.line_variance FOR EACH ROW EXECUTE FUNCTION erp.variance_judge();
CREATE TRIGGER c_act AFTER INSERT ON erp.line_variance FOR EACH ROW EXECUTE FUNCTION erp.chain_act();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.audit_event FOR EACH ROW EXECUTE FUNCTION erp.audit_judge();
CREATE TRIGGER c_act AFTER INSERT ON erp.audit_event FOR EACH ROW EXECUTE FUNCTION erp.chain_act();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.evidence FOR EACH ROW EXECUTE FUNCTION erp.evidence_judge();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.evidence_blob FOR EACH ROW EXECUTE FUNCTION erp.evidence_blob_judge();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.paper FOR EACH ROW EXECUTE FUNCTION erp.paper_judge();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.seal FOR EACH ROW EXECUTE FUNCTION erp.seal_judge();
CREATE TRIGGER b_judge BEFORE INSERT ON erp.period_lock FOR EACH ROW EXECUTE FUNCTION erp.lock_judge();
CREATE TRIGGER b_judge AFTER INSERT ON erp.list_customer FOR EACH ROW WHEN ((NEW.n >= 1) IS NOT TRUE) EXECUTE FUNCTION erp.list_judge();
CREATE TRIGGER b_judge AFTER INSERT ON erp.list_delivery FOR EACH ROW WHEN ((NEW.n >= 1) IS NOT TRUE) EXECUTE FUNCTION erp.list_judge();
CREATE TRIGGER b_judge AFTER INSERT ON erp.list_line FOR EACH ROW WHEN ((NEW.n >= 1) IS NOT TRUE) EXECUTE FUNCTION erp.list_judge();
CREATE TRIGGER b_judge AFTER INSERT ON erp.list_item FOR EACH ROW WHEN ((NEW.n >= 1) IS NOT TRUE) EXECUTE FUNCTION erp.list_judge();
CREATE TRIGGER b_judge AFTER INSERT ON erp.list_scope FOR EACH ROW WHEN ((NEW.n >= 1) IS NOT TRUE) EXECUTE FUNCTION erp.list_judge();
