-- The rules of the books in SQL, for both engines: every row of an answer is something broken.
-- "-- CODE what" begins a question. Conditions that must hold are written (...) IS NOT TRUE, so that
-- NULL is a finding too. What stands in brackets is written out by checks_sql.LABELS. An answer is
-- where it is; where a sum is wrong, also by how much in minor units, and in which currency.
-- "account || ''" is the account where most lines are wanted: no index over accounts is gone through.

-- ---------------------------------------------------------------- every entry balances per currency and in base
-- V1 unbalanced
SELECT coalesce([entry], CAST(z.entry_id AS text)), CASE WHEN z.base <> 0 THEN z.base ELSE z.amount END,
  CASE WHEN z.base <> 0 THEN 'CNY' ELSE z.lowest END FROM (
  SELECT entry_id, count(*) AS n, sum(side * base_minor) AS base, sum(side * amount_minor) AS amount,
    min(currency) AS lowest, max(currency) AS highest FROM journal_line GROUP BY entry_id) z
LEFT JOIN journal_entry e ON e.id = z.entry_id
WHERE z.n < 2 OR z.base <> 0 OR (z.lowest = z.highest AND z.amount <> 0) OR (z.lowest <> z.highest AND EXISTS (
  SELECT 1 FROM journal_line l WHERE l.entry_id = z.entry_id GROUP BY l.currency HAVING sum(l.side * l.amount_minor) <> 0));

-- V1 without_lines
SELECT [entry] FROM journal_entry e WHERE NOT EXISTS (SELECT 1 FROM journal_line l WHERE l.entry_id = e.id);

-- V1 base_differs
SELECT [entry] FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
WHERE l.currency = 'CNY' AND l.amount_minor <> 0 AND l.base_minor <> l.amount_minor;

-- ---------------------------------------------------------------- open items equal the ledger
-- V2 items_differ
SELECT coalesce(k.code, CAST(z.customer_id AS text)) || ' ' || z.account || ' ' || z.currency, z.off, z.currency FROM (
  SELECT customer_id, account, currency, sum(x) AS off FROM (
    SELECT l.customer_id, l.account, l.currency, sum(l.side * l.amount_minor) AS x FROM journal_line l
      WHERE l.customer_id IS NOT NULL AND l.account || '' IN (SELECT code FROM account WHERE by_item = 1) GROUP BY l.customer_id, l.account, l.currency
    UNION ALL
    SELECT customer_id, account, currency, -sum(open_minor) FROM open_item WHERE open_minor <> 0 GROUP BY customer_id, account, currency) y
  GROUP BY customer_id, account, currency HAVING sum(x) <> 0) z
LEFT JOIN customer k ON k.id = z.customer_id;

-- V2 nobodys_line
SELECT [entry] FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
WHERE l.customer_id IS NULL AND l.account || '' IN (SELECT code FROM account WHERE by_item = 1);

-- V2 left_in_base
SELECT [item], z.base, 'CNY' FROM (
  SELECT item_id, account, sum(side * base_minor) AS base FROM journal_line
    WHERE item_id IS NOT NULL AND currency <> 'CNY' GROUP BY item_id, account) z
JOIN open_item i ON i.id = z.item_id AND i.account = z.account [of item]
WHERE (i.open_minor = 0 AND z.base <> 0) OR (i.open_minor > 0 AND z.base < 0) OR (i.open_minor < 0 AND z.base > 0);

-- ---------------------------------------------------------------- allocations stay within both sides
-- V3 open_differs
SELECT [item], i.open_minor - i.original_minor - coalesce(z.moved, 0), i.currency FROM open_item i LEFT JOIN (
  SELECT id, sum(x) AS moved, count(DISTINCT step_id) AS steps FROM (
    SELECT charge_id AS id, -amount_minor AS x, step_id FROM allocation WHERE charge_id IS NOT NULL
    UNION ALL SELECT credit_id, amount_minor, step_id FROM allocation WHERE credit_id IS NOT NULL) y GROUP BY id) z ON z.id = i.id
[of item]
WHERE i.open_minor <> i.original_minor + coalesce(z.moved, 0) OR i.version <> 1 + coalesce(z.steps, 0);

-- V3 over_allocated
SELECT [item], CASE WHEN (i.open_minor < 0) = (i.original_minor > 0) THEN i.open_minor ELSE i.open_minor - i.original_minor END, i.currency FROM open_item i [of item]
WHERE NOT (CASE WHEN i.original_minor > 0 THEN i.open_minor BETWEEN 0 AND i.original_minor ELSE i.open_minor BETWEEN i.original_minor AND 0 END);

-- V3 not_an_undo
SELECT a.id FROM allocation a LEFT JOIN allocation u ON u.id = a.undoes
WHERE (CASE WHEN a.undoes IS NULL THEN a.amount_minor > 0 ELSE a.amount_minor = -u.amount_minor AND u.undoes IS NULL
  AND u.charge_id IS NOT DISTINCT FROM a.charge_id AND u.credit_id IS NOT DISTINCT FROM a.credit_id END) IS NOT TRUE;

-- V3 not_a_match
SELECT a.id FROM allocation a LEFT JOIN open_item h ON h.id = a.charge_id LEFT JOIN open_item r ON r.id = a.credit_id
WHERE ((a.charge_id IS NULL OR h.original_minor > 0) AND (a.credit_id IS NULL OR r.original_minor < 0)
  AND (a.charge_id IS NULL OR a.credit_id IS NULL OR (h.customer_id = r.customer_id AND h.currency = r.currency))) IS NOT TRUE;

-- ---------------------------------------------------------------- ageing = statements = ledger; totals of months
-- V4 totals_differ
SELECT account || ' ' || currency, CASE WHEN sum(ledger) <> sum(ageing) THEN sum(ledger) - sum(ageing) ELSE sum(ledger) - sum(statement) END, currency FROM (
  SELECT l.account, l.currency, sum(l.side * l.amount_minor) AS ledger, 0 AS ageing,
    sum(CASE WHEN l.customer_id IS NOT NULL THEN l.side * l.amount_minor ELSE 0 END) AS statement
    FROM journal_line l WHERE l.account IN (SELECT code FROM account WHERE by_item = 1) GROUP BY l.account, l.currency
  UNION ALL SELECT account, currency, 0, sum(open_minor), 0 FROM open_item GROUP BY account, currency) z
GROUP BY account, currency HAVING sum(ledger) <> sum(ageing) OR sum(ledger) <> sum(statement);

-- Q period_totals
SELECT period || ' ' || series || ' ' || account || ' ' || currency FROM (
  SELECT e.period, e.series, l.account, l.currency, max(e.number) AS n,
    sum(CASE WHEN l.side = 1 THEN l.amount_minor ELSE 0 END) AS a, sum(CASE WHEN l.side = 1 THEN 0 ELSE l.amount_minor END) AS b,
    sum(CASE WHEN l.side = 1 THEN l.base_minor ELSE 0 END) AS c, sum(CASE WHEN l.side = 1 THEN 0 ELSE l.base_minor END) AS d
    FROM journal_entry e JOIN journal_line l ON l.entry_id = e.id GROUP BY e.period, e.series, l.account, l.currency
  UNION ALL SELECT period, series, account, currency, -number, -debit_minor, -credit_minor, -debit_base_minor, -credit_base_minor FROM period_total) z
GROUP BY period, series, account, currency HAVING sum(n) <> 0 OR sum(a) <> 0 OR sum(b) <> 0 OR sum(c) <> 0 OR sum(d) <> 0;

-- ---------------------------------------------------------------- what is posted was approved, word for word
-- V5 entry_not_posted
SELECT [entry] FROM journal_entry e LEFT JOIN step p ON p.id = e.step_id
WHERE (p.verb = 'post' AND p.document_id = e.document_id AND p.content_hash = e.content_hash AND p.made_at = e.posted_at) IS NOT TRUE;

-- V5 not_approved
SELECT [document] FROM step p LEFT JOIN document d ON d.id = p.document_id
WHERE p.verb = 'post' AND NOT EXISTS (SELECT 1 FROM step a JOIN transition_rule u
    ON u.kind = a.kind AND u.from_state = a.from_state AND u.verb = a.verb AND u.decides = 1
  WHERE a.document_id = p.document_id AND a.seq = p.seq - 1 AND a.content_hash = p.content_hash);

-- ---------------------------------------------------------------- maker is not checker
-- V6 own_work
SELECT [document] FROM step a LEFT JOIN document d ON d.id = a.document_id
WHERE a.verb IN ('approve', 'endorse') AND a.self_review = 0 AND (
  EXISTS (SELECT 1 FROM step m WHERE m.document_id = a.document_id AND m.seq < a.seq AND m.made_by = a.made_by AND (
    m.verb NOT IN ('approve', 'reject', 'endorse', 'return') OR (m.verb = 'endorse' AND m.seq > (
      SELECT max(x.seq) FROM step x WHERE x.document_id = a.document_id AND x.verb = 'submit' AND x.seq < a.seq))))
  OR (a.kind = 'campaign' AND EXISTS (SELECT 1 FROM count_event c WHERE c.campaign_id = a.document_id AND c.made_by = a.made_by AND c.received_at < a.made_at))
  OR (a.kind = 'campaign' AND EXISTS (SELECT 1 FROM line_variance v WHERE v.campaign_id = a.document_id AND v.made_by = a.made_by AND v.made_at < a.made_at)));

-- V6 no_owner_mode
SELECT [document] FROM step a LEFT JOIN document d ON d.id = a.document_id WHERE a.self_review <> 0
  AND NOT EXISTS (SELECT 1 FROM owner_mode o WHERE o.person = a.made_by AND a.made_at BETWEEN o.valid_from AND o.valid_to);

-- ---------------------------------------------------------------- numbers without gaps
-- V7 gap
SELECT series || ' ' || period FROM journal_entry GROUP BY series, period HAVING min(number) <> 1 OR max(number) <> count(*);

-- V7 series_differs
SELECT n.series || ' ' || n.period FROM number_series n LEFT JOIN (
  SELECT series, period, max(number) AS last FROM journal_entry GROUP BY series, period) z ON z.series = n.series AND z.period = n.period
WHERE substr(n.series, 1, 4) <> 'doc:' AND n.last <> coalesce(z.last, 0);

-- V7 series_missing
SELECT DISTINCT e.series || ' ' || e.period FROM journal_entry e
WHERE NOT EXISTS (SELECT 1 FROM number_series n WHERE n.series = e.series AND n.period = e.period);

-- V7 without_number
SELECT [document] FROM document d JOIN document_kind k ON k.kind = d.kind
WHERE d.number IS NULL AND EXISTS (SELECT 1 FROM step s WHERE s.document_id = d.id AND s.verb = k.number_verb);

-- V7 wrong_mark
SELECT [document] FROM document d LEFT JOIN document_kind k ON k.kind = d.kind
WHERE d.number IS NOT NULL AND (substr(d.number, 1, length(k.mark) + 1) = k.mark || '-') IS NOT TRUE;

-- ---------------------------------------------------------------- locked months
-- V8 posted_after_lock
SELECT [entry] FROM journal_entry e JOIN period_lock k ON k.period = e.period WHERE e.posted_at > k.made_at;

-- V8 out_of_period
SELECT [entry] FROM journal_entry e LEFT JOIN period p ON p.period = e.period
WHERE (e.posting_date BETWEEN p.first_day AND p.last_day) IS NOT TRUE;

-- ---------------------------------------------------------------- reversals have one origin and stay within it
-- V9 over_reversed
SELECT [entry] FROM journal_entry e WHERE e.id IN (SELECT reverses FROM journal_entry WHERE reverses IS NOT NULL) AND EXISTS (
  SELECT 1 FROM journal_line l WHERE l.entry_id = e.id OR l.entry_id IN (SELECT x.id FROM journal_entry x WHERE x.reverses = e.id)
  GROUP BY l.account, l.side, l.currency, l.customer_id
  HAVING NOT ([base within]) OR NOT ([amount within]));

-- V9 no_origin
SELECT [entry] FROM journal_entry e LEFT JOIN journal_entry o ON o.id = e.reverses
WHERE e.reverses IS NOT NULL AND (o.id IS NULL OR o.reverses IS NOT NULL);

-- V9 red_without_origin
SELECT [entry] FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
WHERE (l.amount_minor < 0 OR l.base_minor < 0) AND e.reverses IS NULL
  AND NOT EXISTS (SELECT 1 FROM allocation a WHERE a.step_id = e.step_id AND a.undoes IS NOT NULL);

-- ---------------------------------------------------------------- money from nobody known is claimed once
-- V9 over_claimed
SELECT [entry] FROM journal_entry e WHERE e.id IN (SELECT identifies FROM journal_entry WHERE identifies IS NOT NULL) AND EXISTS (
  SELECT 1 FROM journal_line l WHERE l.account = '2241' AND l.entry_id IN (
    SELECT e.id UNION ALL SELECT x.id FROM journal_entry x WHERE x.identifies = e.id UNION ALL SELECT r.id FROM journal_entry r WHERE r.reverses = e.id
    UNION ALL SELECT r.id FROM journal_entry x JOIN journal_entry r ON r.reverses = x.id WHERE x.identifies = e.id)
  GROUP BY l.currency HAVING sum(l.side * l.amount_minor) > 0);

-- V9 not_a_claim
SELECT [entry] FROM journal_line l JOIN journal_entry e ON e.id = l.entry_id
WHERE l.account = '2241' AND l.side * l.amount_minor > 0 AND e.reverses IS NULL AND e.identifies IS NULL;

-- ---------------------------------------------------------------- evidence and papers
-- V10 evidence_size
SELECT v.name FROM evidence v LEFT JOIN (SELECT hash, sum(length(bytes)) AS size FROM evidence_blob GROUP BY hash) b ON b.hash = v.hash
WHERE v.size <> coalesce(b.size, 0);

-- V10 paper_copies
SELECT [document] FROM (SELECT document_id, min(copy) AS first, max(copy) AS last, count(*) AS n FROM paper GROUP BY document_id) p
LEFT JOIN document d ON d.id = p.document_id WHERE p.first <> 0 OR p.last <> p.n - 1;

-- V10 paper_missing
SELECT [document] FROM paper p LEFT JOIN document d ON d.id = p.document_id
WHERE NOT EXISTS (SELECT 1 FROM evidence v WHERE v.hash = p.hash) OR d.number IS NULL;

-- ---------------------------------------------------------------- heads say what the log says
-- H document_head
SELECT [document] FROM document d LEFT JOIN step s ON s.document_id = d.id AND s.seq = d.seq
LEFT JOIN step f ON f.document_id = d.id AND f.seq = 1
WHERE (s.to_state = d.state AND s.kind = d.kind AND s.content_hash = d.content_hash AND s.hash = d.step_hash AND f.made_by = d.made_by AND f.made_at = d.made_at
  AND d.seq = (SELECT max(x.seq) FROM step x WHERE x.document_id = d.id)) IS NOT TRUE;

-- H step_without_document
SELECT s.document_id FROM step s WHERE s.seq = 1 AND NOT EXISTS (SELECT 1 FROM document d WHERE d.id = s.document_id);

-- H illegal_step
SELECT [document] FROM step s LEFT JOIN document d ON d.id = s.document_id
WHERE ((s.kind, s.from_state, s.verb, s.to_state) IN (SELECT u.kind, u.from_state, u.verb, u.to_state FROM transition_rule u)) IS NOT TRUE;

-- H authority_not_approved
SELECT a.person || ' ' || a.role FROM authority a LEFT JOIN document d ON d.id = a.document_id
WHERE (a.document_id IS NOT NULL AND (d.kind = 'authority' AND d.state = 'posted') IS NOT TRUE)
  OR (a.document_id IS NULL AND a.valid_from > (SELECT min(s.made_at) FROM step s WHERE s.verb = 'post' AND s.kind <> 'import'));

-- ---------------------------------------------------------------- deliveries
-- D over_used
SELECT d.source || ' ' || d.number FROM delivery d JOIN (SELECT delivery_id, sum(amount_minor) AS used FROM delivery_use GROUP BY delivery_id) u ON u.delivery_id = d.id
WHERE NOT u.used BETWEEN 0 AND d.amount_minor;

-- D use_not_freed
SELECT [document] FROM (SELECT document_id FROM delivery_use GROUP BY document_id, delivery_id HAVING sum(amount_minor) <> 0) u
JOIN document d ON d.id = u.document_id WHERE d.state IN ('draft', 'rejected', 'voided');
-- ---------------------------------------------------------------- what other checks ask
-- Q document_links
SELECT [document] || ' ' || s.seq FROM step s
LEFT JOIN step p ON p.document_id = s.document_id AND p.seq = s.seq - 1 LEFT JOIN document d ON d.id = s.document_id
WHERE (CASE WHEN s.seq = 1 THEN s.document_prev = :zero AND s.from_state = 'none'
  ELSE s.document_prev = p.hash AND s.from_state = p.to_state AND s.kind = p.kind END) IS NOT TRUE;

-- Q customers_behind
SELECT k.code FROM customer k JOIN step p ON p.document_id = k.document_id AND p.verb = 'post'
WHERE EXISTS (SELECT 1 FROM document d JOIN step s ON s.document_id = d.id AND s.verb = 'post'
  WHERE d.customer_id = k.id AND d.kind = 'customer' AND d.state = 'posted' AND s.made_at > p.made_at);

-- Q frozen_lines
SELECT l.customer_id, l.currency, l.billed_minor, l.unbilled_minor, l.unapplied_minor, l.book_minor, k.code
FROM campaign_line l LEFT JOIN customer k ON k.id = l.customer_id LEFT JOIN (
  SELECT j.customer_id, j.currency, sum(CASE WHEN a.part = 'billed' THEN j.side * j.amount_minor ELSE 0 END) AS billed,
    sum(CASE WHEN a.part = 'unbilled' THEN j.side * j.amount_minor ELSE 0 END) AS unbilled,
    sum(CASE WHEN a.part = 'unapplied' THEN -j.side * j.amount_minor ELSE 0 END) AS unapplied
    FROM journal_line j JOIN account a ON a.code = j.account AND a.part <> '' JOIN journal_entry e ON e.id = j.entry_id
    WHERE j.customer_id IS NOT NULL AND e.posting_date <= :cut_off AND e.posted_at <= :at GROUP BY j.customer_id, j.currency) b
  ON b.customer_id = l.customer_id AND b.currency = l.currency
WHERE l.campaign_id = :campaign AND (l.billed_minor = coalesce(b.billed, 0) AND l.unbilled_minor = coalesce(b.unbilled, 0)
  AND l.unapplied_minor = coalesce(b.unapplied, 0) AND l.book_minor = l.billed_minor + l.unbilled_minor - l.unapplied_minor) IS NOT TRUE;

-- Q book_lines
SELECT a.part, l.side * l.amount_minor, e.posted_at FROM journal_line l
JOIN account a ON a.code = l.account AND a.part <> '' JOIN journal_entry e ON e.id = l.entry_id
WHERE l.customer_id = :customer AND l.currency = :currency AND e.posting_date <= :cut_off AND e.posted_at <= :until
ORDER BY e.posted_at;

