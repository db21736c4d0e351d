CREATE TABLE account (
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	name_en TEXT NOT NULL,
	by_item SMALLINT NOT NULL,
	is_loss SMALLINT NOT NULL,
	part TEXT NOT NULL,
	CONSTRAINT pk_account PRIMARY KEY (code),
	CONSTRAINT ck_account_part CHECK (part IN ('', 'billed', 'unbilled', 'unapplied'))
);

CREATE TABLE content (
	hash BYTEA NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_content PRIMARY KEY (hash),
	CONSTRAINT ck_content_size CHECK (length(body) BETWEEN 2 AND 32000000)
);

CREATE TABLE currency (
	code TEXT NOT NULL,
	decimals BIGINT NOT NULL,
	CONSTRAINT pk_currency PRIMARY KEY (code)
);

CREATE TABLE document_kind (
	kind TEXT NOT NULL,
	mark TEXT NOT NULL,
	number_verb TEXT NOT NULL,
	monthly SMALLINT NOT NULL,
	CONSTRAINT pk_document_kind PRIMARY KEY (kind),
	CONSTRAINT uq_document_kind_mark UNIQUE (mark)
);

CREATE TABLE firm (
	key TEXT NOT NULL,
	value TEXT NOT NULL,
	CONSTRAINT pk_firm PRIMARY KEY (key)
);

CREATE TABLE list_customer (
	list_id UUID NOT NULL,
	n BIGINT NOT NULL,
	id UUID NOT NULL,
	record TEXT NOT NULL,
	contact TEXT NOT NULL,
	CONSTRAINT pk_list_customer PRIMARY KEY (list_id, n)
);

CREATE INDEX ix_list_customer_list_id_id ON list_customer (list_id, id);

CREATE TABLE list_delivery (
	list_id UUID NOT NULL,
	n BIGINT NOT NULL,
	id UUID NOT NULL,
	source TEXT NOT NULL,
	number TEXT NOT NULL,
	revision BIGINT NOT NULL,
	customer_id UUID NOT NULL,
	day DATE NOT NULL,
	currency TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	tax_included SMALLINT NOT NULL,
	body TEXT NOT NULL,
	CONSTRAINT pk_list_delivery PRIMARY KEY (list_id, n)
);

CREATE INDEX ix_list_delivery_list_id_id ON list_delivery (list_id, id);

CREATE TABLE list_item (
	list_id UUID NOT NULL,
	n BIGINT NOT NULL,
	id UUID NOT NULL,
	customer_id UUID NOT NULL,
	account TEXT NOT NULL,
	currency TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	due_date DATE NOT NULL,
	label TEXT,
	CONSTRAINT pk_list_item PRIMARY KEY (list_id, n)
);

CREATE INDEX ix_list_item_list_id_id ON list_item (list_id, id);

CREATE TABLE list_line (
	list_id UUID NOT NULL,
	n BIGINT NOT NULL,
	account TEXT NOT NULL,
	side SMALLINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency TEXT NOT NULL,
	base_minor BIGINT NOT NULL,
	customer_id UUID,
	item_id UUID,
	text TEXT,
	CONSTRAINT pk_list_line PRIMARY KEY (list_id, n)
);

CREATE TABLE list_scope (
	list_id UUID NOT NULL,
	n BIGINT NOT NULL,
	customer_id UUID NOT NULL,
	currency TEXT NOT NULL,
	counter TEXT,
	CONSTRAINT pk_list_scope PRIMARY KEY (list_id, n)
);

CREATE TABLE number_series (
	series TEXT NOT NULL,
	period TEXT NOT NULL,
	last BIGINT NOT NULL,
	CONSTRAINT pk_number_series PRIMARY KEY (series, period),
	CONSTRAINT ck_number_series_last CHECK (last >= 0)
);

CREATE TABLE period (
	period TEXT NOT NULL,
	first_day DATE NOT NULL,
	last_day DATE NOT NULL,
	CONSTRAINT pk_period PRIMARY KEY (period),
	CONSTRAINT uq_period_first_day UNIQUE (first_day),
	CONSTRAINT uq_period_last_day UNIQUE (last_day)
);

CREATE TABLE person (
	name TEXT NOT NULL,
	display TEXT NOT NULL,
	login_oid BIGINT,
	public_key BYTEA,
	added_at BIGINT NOT NULL,
	CONSTRAINT pk_person PRIMARY KEY (name)
);

CREATE TABLE policy (
	key TEXT NOT NULL,
	value BIGINT NOT NULL,
	CONSTRAINT pk_policy PRIMARY KEY (key)
);

CREATE TABLE transition_rule (
	kind TEXT NOT NULL,
	from_state TEXT NOT NULL,
	verb TEXT NOT NULL,
	role TEXT NOT NULL,
	to_state TEXT NOT NULL,
	four_eyes SMALLINT NOT NULL,
	limited SMALLINT NOT NULL,
	reason SMALLINT NOT NULL,
	decides SMALLINT NOT NULL,
	CONSTRAINT pk_transition_rule PRIMARY KEY (kind, from_state, verb, role)
);

CREATE TABLE audit_event (
	id UUID NOT NULL,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	what TEXT NOT NULL,
	detail TEXT NOT NULL,
	actor_seq BIGINT NOT NULL,
	actor_prev BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_audit_event PRIMARY KEY (id),
	CONSTRAINT uq_audit_event_made_by_actor_seq UNIQUE (made_by, actor_seq),
	CONSTRAINT ck_audit_event_detail CHECK (length(detail) <= 16384),
	CONSTRAINT fk_audit_event_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE TABLE authority (
	id UUID NOT NULL,
	person TEXT NOT NULL,
	role TEXT NOT NULL,
	limit_minor BIGINT DEFAULT '0' NOT NULL,
	loss_limit_minor BIGINT DEFAULT '0' NOT NULL,
	window_minor BIGINT DEFAULT '0' NOT NULL,
	valid_from BIGINT NOT NULL,
	valid_to BIGINT,
	document_id UUID,
	CONSTRAINT pk_authority PRIMARY KEY (id),
	CONSTRAINT ck_authority_role CHECK (role IN ('counter', 'accountant', 'cashier', 'supervisor', 'director', 'collector', 'auditor', 'admin')),
	CONSTRAINT ck_authority_limits CHECK (limit_minor >= 0 AND window_minor >= 0 AND loss_limit_minor >= 0),
	CONSTRAINT uq_authority_person_role_valid_from UNIQUE (person, role, valid_from),
	CONSTRAINT fk_authority_person FOREIGN KEY(person) REFERENCES person (name)
);

CREATE TABLE chain_head (
	actor TEXT NOT NULL,
	seq BIGINT NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_chain_head PRIMARY KEY (actor),
	CONSTRAINT fk_chain_head_actor FOREIGN KEY(actor) REFERENCES person (name)
);

CREATE TABLE document (
	id UUID NOT NULL,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	seq BIGINT NOT NULL,
	content_hash BYTEA NOT NULL,
	step_hash BYTEA NOT NULL,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	number TEXT,
	customer_id UUID,
	CONSTRAINT pk_document PRIMARY KEY (id),
	CONSTRAINT fk_document_content_hash FOREIGN KEY(content_hash) REFERENCES content (hash),
	CONSTRAINT uq_document_number UNIQUE (number)
);

CREATE INDEX ix_document_customer ON document (customer_id) WHERE customer_id IS NOT NULL;

CREATE INDEX ix_document_inbox ON document (state, kind) WHERE state IN ('draft', 'rejected', 'submitted', 'in_review', 'approved');

CREATE INDEX ix_document_kind ON document (kind, customer_id, made_at, id);

CREATE INDEX ix_document_kind_made_at_id_state ON document (kind, made_at, id, state);

CREATE TABLE evidence (
	hash BYTEA NOT NULL,
	media_type TEXT NOT NULL,
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	CONSTRAINT pk_evidence PRIMARY KEY (hash),
	CONSTRAINT ck_evidence_hash CHECK (length(hash) = 32),
	CONSTRAINT fk_evidence_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE TABLE kind_section (
	kind TEXT NOT NULL,
	section TEXT NOT NULL,
	CONSTRAINT pk_kind_section PRIMARY KEY (kind, section),
	CONSTRAINT fk_kind_section_kind FOREIGN KEY(kind) REFERENCES document_kind (kind)
);

CREATE TABLE owner_mode (
	person TEXT NOT NULL,
	valid_from BIGINT NOT NULL,
	valid_to BIGINT NOT NULL,
	CONSTRAINT pk_owner_mode PRIMARY KEY (person),
	CONSTRAINT fk_owner_mode_person FOREIGN KEY(person) REFERENCES person (name)
);

CREATE TABLE period_lock (
	period TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	ledger_hash BYTEA NOT NULL,
	CONSTRAINT pk_period_lock PRIMARY KEY (period),
	CONSTRAINT fk_period_lock_period FOREIGN KEY(period) REFERENCES period (period),
	CONSTRAINT fk_period_lock_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE TABLE period_total (
	period TEXT NOT NULL,
	series TEXT NOT NULL,
	account TEXT NOT NULL,
	currency TEXT NOT NULL,
	number BIGINT NOT NULL,
	debit_minor BIGINT NOT NULL,
	credit_minor BIGINT NOT NULL,
	debit_base_minor BIGINT NOT NULL,
	credit_base_minor BIGINT NOT NULL,
	CONSTRAINT pk_period_total PRIMARY KEY (period, series, account, currency),
	CONSTRAINT fk_period_total_period FOREIGN KEY(period) REFERENCES period (period),
	CONSTRAINT fk_period_total_account FOREIGN KEY(account) REFERENCES account (code)
);

CREATE TABLE person_key (
	person TEXT NOT NULL,
	n BIGINT NOT NULL,
	public_key BYTEA,
	wrapped BYTEA,
	salt BYTEA,
	verifier TEXT,
	made_at BIGINT NOT NULL,
	hash BYTEA,
	CONSTRAINT pk_person_key PRIMARY KEY (person, n),
	CONSTRAINT fk_person_key_person FOREIGN KEY(person) REFERENCES person (name)
);

CREATE TABLE seal (
	seq BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	heads TEXT NOT NULL,
	prev BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_seal PRIMARY KEY (seq),
	CONSTRAINT fk_seal_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE TABLE sign_in (
	seq BIGINT NOT NULL,
	person TEXT NOT NULL,
	at BIGINT NOT NULL,
	method TEXT NOT NULL,
	CONSTRAINT pk_sign_in PRIMARY KEY (seq),
	CONSTRAINT fk_sign_in_person FOREIGN KEY(person) REFERENCES person (name)
);

CREATE TABLE count_event (
	id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	customer_id UUID,
	raw BYTEA NOT NULL,
	source TEXT NOT NULL,
	device_id UUID NOT NULL,
	device_seq BIGINT NOT NULL,
	device_time BIGINT,
	stated_minor BIGINT,
	currency TEXT,
	supersedes UUID,
	body TEXT,
	made_by TEXT NOT NULL,
	received_at BIGINT NOT NULL,
	actor_seq BIGINT NOT NULL,
	actor_prev BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_count_event PRIMARY KEY (id),
	CONSTRAINT uq_count_event_device_id_device_seq UNIQUE (device_id, device_seq),
	CONSTRAINT uq_count_event_made_by_actor_seq UNIQUE (made_by, actor_seq),
	CONSTRAINT ck_count_event_raw CHECK (length(raw) <= 4096),
	CONSTRAINT ck_count_event_body CHECK (length(body) <= 16384),
	CONSTRAINT ck_count_event_stated CHECK ((stated_minor IS NULL) = (currency IS NULL)),
	CONSTRAINT fk_count_event_campaign_id FOREIGN KEY(campaign_id) REFERENCES document (id),
	CONSTRAINT fk_count_event_currency FOREIGN KEY(currency) REFERENCES currency (code),
	CONSTRAINT fk_count_event_supersedes FOREIGN KEY(supersedes) REFERENCES count_event (id),
	CONSTRAINT fk_count_event_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE INDEX ix_count_event_campaign_id_customer_id ON count_event (campaign_id, customer_id);

CREATE TABLE customer (
	id UUID NOT NULL,
	n BIGINT NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	tax_id TEXT,
	search TEXT NOT NULL,
	record TEXT NOT NULL,
	contact TEXT NOT NULL,
	document_id UUID NOT NULL,
	CONSTRAINT pk_customer PRIMARY KEY (id),
	CONSTRAINT uq_customer_n UNIQUE (n),
	CONSTRAINT uq_customer_code UNIQUE (code),
	CONSTRAINT fk_customer_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE INDEX ix_customer_code_n_id ON customer (code, n, id);

CREATE INDEX ix_customer_name_code_n_id ON customer (name, code, n, id);

CREATE TABLE evidence_blob (
	hash BYTEA NOT NULL,
	n BIGINT NOT NULL,
	bytes BYTEA NOT NULL,
	CONSTRAINT pk_evidence_blob PRIMARY KEY (hash, n),
	CONSTRAINT ck_evidence_blob_size CHECK (length(bytes) <= 1048576),
	CONSTRAINT fk_evidence_blob_hash FOREIGN KEY(hash) REFERENCES evidence (hash)
);

CREATE TABLE paper (
	id UUID NOT NULL,
	document_id UUID NOT NULL,
	hash BYTEA NOT NULL,
	copy BIGINT NOT NULL,
	reason TEXT,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	CONSTRAINT pk_paper PRIMARY KEY (id),
	CONSTRAINT uq_paper_document_id_copy UNIQUE (document_id, copy),
	CONSTRAINT fk_paper_document_id FOREIGN KEY(document_id) REFERENCES document (id),
	CONSTRAINT fk_paper_hash FOREIGN KEY(hash) REFERENCES evidence (hash),
	CONSTRAINT fk_paper_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE TABLE step (
	id UUID NOT NULL,
	document_id UUID NOT NULL,
	seq BIGINT NOT NULL,
	kind TEXT NOT NULL,
	verb TEXT NOT NULL,
	from_state TEXT NOT NULL,
	to_state TEXT NOT NULL,
	content_hash BYTEA NOT NULL,
	reason TEXT,
	signature BYTEA,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	self_review SMALLINT NOT NULL,
	risk BIGINT NOT NULL,
	actor_seq BIGINT NOT NULL,
	actor_prev BYTEA NOT NULL,
	document_prev BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_step PRIMARY KEY (id),
	CONSTRAINT uq_step_document_id_seq UNIQUE (document_id, seq),
	CONSTRAINT uq_step_made_by_actor_seq UNIQUE (made_by, actor_seq),
	CONSTRAINT ck_step_risk CHECK (risk >= 0),
	CONSTRAINT fk_step_document_id FOREIGN KEY(document_id) REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
	CONSTRAINT fk_step_content_hash FOREIGN KEY(content_hash) REFERENCES content (hash),
	CONSTRAINT fk_step_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE INDEX ix_step_decided ON step (made_by, made_at, id) WHERE verb IN ('approve', 'reject', 'endorse', 'return');

CREATE INDEX ix_step_limit ON step (made_by, made_at, risk) WHERE verb = 'approve';

CREATE TABLE campaign_line (
	campaign_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	currency TEXT NOT NULL,
	n BIGINT NOT NULL,
	billed_minor BIGINT NOT NULL,
	unbilled_minor BIGINT NOT NULL,
	unapplied_minor BIGINT NOT NULL,
	book_minor BIGINT NOT NULL,
	customer_document UUID NOT NULL,
	counter TEXT,
	blind SMALLINT NOT NULL,
	CONSTRAINT pk_campaign_line PRIMARY KEY (campaign_id, customer_id, currency),
	CONSTRAINT uq_campaign_line_campaign_id_n UNIQUE (campaign_id, n),
	CONSTRAINT fk_campaign_line_campaign_id FOREIGN KEY(campaign_id) REFERENCES document (id),
	CONSTRAINT fk_campaign_line_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_campaign_line_currency FOREIGN KEY(currency) REFERENCES currency (code),
	CONSTRAINT fk_campaign_line_customer_document FOREIGN KEY(customer_document) REFERENCES document (id),
	CONSTRAINT fk_campaign_line_counter FOREIGN KEY(counter) REFERENCES person (name)
);

CREATE TABLE customer_code (
	code TEXT NOT NULL,
	customer_id UUID NOT NULL,
	kind TEXT NOT NULL,
	retired_at BIGINT,
	document_id UUID NOT NULL,
	CONSTRAINT pk_customer_code PRIMARY KEY (code),
	CONSTRAINT fk_customer_code_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_customer_code_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE INDEX ix_customer_code_customer ON customer_code (customer_id) WHERE retired_at IS NULL;

CREATE TABLE delivery (
	id UUID NOT NULL,
	source TEXT NOT NULL,
	number TEXT NOT NULL,
	revision BIGINT NOT NULL,
	customer_id UUID NOT NULL,
	day DATE NOT NULL,
	currency TEXT NOT NULL,
	amount_minor BIGINT NOT NULL,
	tax_included SMALLINT NOT NULL,
	body TEXT NOT NULL,
	document_id UUID NOT NULL,
	CONSTRAINT pk_delivery PRIMARY KEY (id),
	CONSTRAINT uq_delivery_source_number_revision UNIQUE (source, number, revision),
	CONSTRAINT ck_delivery_amount_minor_range CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
	CONSTRAINT ck_delivery_revision CHECK (revision > 0),
	CONSTRAINT fk_delivery_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_delivery_currency FOREIGN KEY(currency) REFERENCES currency (code),
	CONSTRAINT fk_delivery_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE INDEX ix_delivery_customer ON delivery (customer_id, day) WHERE revision > 0;

CREATE TABLE journal_entry (
	id UUID NOT NULL,
	document_id UUID NOT NULL,
	content_hash BYTEA NOT NULL,
	series TEXT NOT NULL,
	period TEXT NOT NULL,
	number BIGINT NOT NULL,
	posting_date DATE NOT NULL,
	document_date DATE,
	origin_period TEXT,
	rule TEXT NOT NULL,
	reverses UUID,
	identifies UUID,
	step_id UUID NOT NULL,
	posted_at BIGINT NOT NULL,
	CONSTRAINT pk_journal_entry PRIMARY KEY (id),
	CONSTRAINT uq_journal_entry_series_period_number UNIQUE (series, period, number),
	CONSTRAINT ck_journal_entry_number CHECK (number > 0),
	CONSTRAINT uq_journal_entry_document_id UNIQUE (document_id),
	CONSTRAINT fk_journal_entry_document_id FOREIGN KEY(document_id) REFERENCES document (id),
	CONSTRAINT fk_journal_entry_period FOREIGN KEY(period) REFERENCES period (period),
	CONSTRAINT fk_journal_entry_reverses FOREIGN KEY(reverses) REFERENCES journal_entry (id),
	CONSTRAINT fk_journal_entry_identifies FOREIGN KEY(identifies) REFERENCES journal_entry (id),
	CONSTRAINT uq_journal_entry_step_id UNIQUE (step_id),
	CONSTRAINT fk_journal_entry_step_id FOREIGN KEY(step_id) REFERENCES step (id)
);

CREATE INDEX ix_journal_entry_identifies ON journal_entry (identifies) WHERE identifies IS NOT NULL;

CREATE INDEX ix_journal_entry_posting_date ON journal_entry (posting_date);

CREATE INDEX ix_journal_entry_reverses ON journal_entry (reverses) WHERE reverses IS NOT NULL;

CREATE TABLE line_decision (
	id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	customer_id UUID,
	event_id UUID,
	verb TEXT NOT NULL,
	to_person TEXT,
	body TEXT,
	reason TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	actor_seq BIGINT NOT NULL,
	actor_prev BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_line_decision PRIMARY KEY (id),
	CONSTRAINT uq_line_decision_made_by_actor_seq UNIQUE (made_by, actor_seq),
	CONSTRAINT ck_line_decision_body CHECK (length(body) <= 16384),
	CONSTRAINT fk_line_decision_campaign_id FOREIGN KEY(campaign_id) REFERENCES document (id),
	CONSTRAINT fk_line_decision_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_line_decision_event_id FOREIGN KEY(event_id) REFERENCES count_event (id),
	CONSTRAINT fk_line_decision_to_person FOREIGN KEY(to_person) REFERENCES person (name),
	CONSTRAINT fk_line_decision_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE INDEX ix_line_decision_campaign_id_customer_id ON line_decision (campaign_id, customer_id);

CREATE INDEX ix_line_decision_event ON line_decision (event_id) WHERE event_id IS NOT NULL;

CREATE TABLE delivery_use (
	step_id UUID NOT NULL,
	delivery_id UUID NOT NULL,
	document_id UUID NOT NULL,
	amount_minor BIGINT NOT NULL,
	CONSTRAINT pk_delivery_use PRIMARY KEY (step_id, delivery_id),
	CONSTRAINT ck_delivery_use_amount_minor_range CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
	CONSTRAINT fk_delivery_use_step_id FOREIGN KEY(step_id) REFERENCES step (id),
	CONSTRAINT fk_delivery_use_delivery_id FOREIGN KEY(delivery_id) REFERENCES delivery (id),
	CONSTRAINT fk_delivery_use_document_id FOREIGN KEY(document_id) REFERENCES document (id)
);

CREATE INDEX ix_delivery_use_delivery ON delivery_use (delivery_id, amount_minor) WHERE amount_minor <> 0;

CREATE INDEX ix_delivery_use_document ON delivery_use (document_id) WHERE amount_minor <> 0;

CREATE TABLE line_variance (
	id UUID NOT NULL,
	campaign_id UUID NOT NULL,
	customer_id UUID NOT NULL,
	currency TEXT NOT NULL,
	n BIGINT NOT NULL,
	body TEXT NOT NULL,
	made_by TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	actor_seq BIGINT NOT NULL,
	actor_prev BYTEA NOT NULL,
	hash BYTEA NOT NULL,
	CONSTRAINT pk_line_variance PRIMARY KEY (id),
	CONSTRAINT fk_line_variance_campaign_id_customer_id_currency FOREIGN KEY(campaign_id, customer_id, currency) REFERENCES campaign_line (campaign_id, customer_id, currency),
	CONSTRAINT uq_line_variance_campaign_id_customer_id_currency_n UNIQUE (campaign_id, customer_id, currency, n),
	CONSTRAINT uq_line_variance_made_by_actor_seq UNIQUE (made_by, actor_seq),
	CONSTRAINT ck_line_variance_body CHECK (length(body) <= 16384),
	CONSTRAINT fk_line_variance_made_by FOREIGN KEY(made_by) REFERENCES person (name)
);

CREATE INDEX ix_line_variance_campaign_id_made_by ON line_variance (campaign_id, made_by);

CREATE TABLE open_item (
	id UUID NOT NULL,
	customer_id UUID NOT NULL,
	account TEXT NOT NULL,
	currency TEXT NOT NULL,
	original_minor BIGINT NOT NULL,
	due_date DATE NOT NULL,
	entry_id UUID NOT NULL,
	open_minor BIGINT NOT NULL,
	version BIGINT NOT NULL,
	label TEXT,
	CONSTRAINT pk_open_item PRIMARY KEY (id),
	CONSTRAINT ck_open_item_original_minor_range CHECK (original_minor BETWEEN -10000000000000 AND 10000000000000),
	CONSTRAINT ck_open_item_nonzero CHECK (original_minor <> 0),
	CONSTRAINT ck_open_item_open_bounds CHECK ((original_minor > 0 AND open_minor BETWEEN 0 AND original_minor) OR (original_minor < 0 AND open_minor BETWEEN original_minor AND 0)),
	CONSTRAINT fk_open_item_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_open_item_account FOREIGN KEY(account) REFERENCES account (code),
	CONSTRAINT fk_open_item_currency FOREIGN KEY(currency) REFERENCES currency (code),
	CONSTRAINT fk_open_item_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id)
);

CREATE INDEX ix_open_item_customer_id_due_date ON open_item (customer_id, due_date);

CREATE INDEX ix_open_item_due ON open_item (due_date, id) WHERE open_minor <> 0;

CREATE INDEX ix_open_item_entry_id_currency_original_minor ON open_item (entry_id, currency, original_minor);

CREATE INDEX ix_open_item_left ON open_item (entry_id, open_minor) WHERE open_minor <> 0;

CREATE INDEX ix_open_item_open ON open_item (customer_id, currency, due_date, open_minor, account) WHERE open_minor <> 0;

CREATE TABLE allocation (
	id UUID NOT NULL,
	charge_id UUID,
	credit_id UUID,
	amount_minor BIGINT NOT NULL,
	undoes UUID,
	step_id UUID NOT NULL,
	CONSTRAINT pk_allocation PRIMARY KEY (id),
	CONSTRAINT ck_allocation_amount_minor_range CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
	CONSTRAINT ck_allocation_nonzero CHECK (amount_minor <> 0),
	CONSTRAINT ck_allocation_a_side CHECK (charge_id IS NOT NULL OR credit_id IS NOT NULL),
	CONSTRAINT ck_allocation_undo_sign CHECK ((amount_minor > 0) = (undoes IS NULL)),
	CONSTRAINT fk_allocation_charge_id FOREIGN KEY(charge_id) REFERENCES open_item (id),
	CONSTRAINT fk_allocation_credit_id FOREIGN KEY(credit_id) REFERENCES open_item (id),
	CONSTRAINT uq_allocation_undoes UNIQUE (undoes),
	CONSTRAINT fk_allocation_undoes FOREIGN KEY(undoes) REFERENCES allocation (id),
	CONSTRAINT fk_allocation_step_id FOREIGN KEY(step_id) REFERENCES step (id)
);

CREATE INDEX ix_allocation_charge ON allocation (charge_id, amount_minor);

CREATE INDEX ix_allocation_credit ON allocation (credit_id, amount_minor);

CREATE INDEX ix_allocation_step_id ON allocation (step_id);

CREATE TABLE journal_line (
	entry_id UUID NOT NULL,
	line_no BIGINT NOT NULL,
	account TEXT NOT NULL,
	side SMALLINT NOT NULL,
	amount_minor BIGINT NOT NULL,
	currency TEXT NOT NULL,
	base_minor BIGINT NOT NULL,
	customer_id UUID,
	item_id UUID,
	text TEXT,
	CONSTRAINT pk_journal_line PRIMARY KEY (entry_id, line_no),
	CONSTRAINT ck_journal_line_side CHECK (side IN (1, -1)),
	CONSTRAINT ck_journal_line_amount_minor_range CHECK (amount_minor BETWEEN -10000000000000 AND 10000000000000),
	CONSTRAINT ck_journal_line_base_minor_range CHECK (base_minor BETWEEN -10000000000000 AND 10000000000000),
	CONSTRAINT ck_journal_line_nonzero CHECK (amount_minor <> 0 OR base_minor <> 0),
	CONSTRAINT fk_journal_line_entry_id FOREIGN KEY(entry_id) REFERENCES journal_entry (id),
	CONSTRAINT fk_journal_line_account FOREIGN KEY(account) REFERENCES account (code),
	CONSTRAINT fk_journal_line_currency FOREIGN KEY(currency) REFERENCES currency (code),
	CONSTRAINT fk_journal_line_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
	CONSTRAINT fk_journal_line_item_id FOREIGN KEY(item_id) REFERENCES open_item (id)
);

CREATE INDEX ix_journal_line_account ON journal_line (account, entry_id);

CREATE INDEX ix_journal_line_customer ON journal_line (customer_id, account, currency, side, amount_minor, base_minor) WHERE customer_id IS NOT NULL;
