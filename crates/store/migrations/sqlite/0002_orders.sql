-- Orders of the cashier, what happens to payments afterwards, payment codes, cards, transfers, merchants' messages.
--
-- A payment may be open now, decided later: its table is written anew, in its order, because SQLite cannot change a check.
CREATE TABLE payments_2 (
  payment_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, request_id TEXT NOT NULL, user_id TEXT, contract_id TEXT,
  previous TEXT, currency TEXT NOT NULL, minor INTEGER NOT NULL, fee INTEGER NOT NULL CHECK (fee >= 0),
  status TEXT NOT NULL CHECK (status IN ('SUCCESS', 'FAIL', 'OPEN')), notifies BOOLEAN NOT NULL, body TEXT NOT NULL,
  order_id TEXT, UNIQUE (client_id, request_id), CHECK (minor > 0 OR status = 'FAIL')
);
INSERT INTO payments_2 (payment_id, client_id, request_id, user_id, contract_id, previous, currency, minor, fee, status,
  notifies, body) SELECT payment_id, client_id, request_id, user_id, contract_id, previous, currency, minor, fee, status,
  notifies, body FROM payments ORDER BY rowid;
DROP TABLE payments;
ALTER TABLE payments_2 RENAME TO payments;
CREATE UNIQUE INDEX payments_by_order ON payments (order_id) WHERE order_id IS NOT NULL;

-- How a payment stands, where that is not what it was when it was made. `due_at` is when time alone changes it.
CREATE TABLE payment_states (
  payment_id TEXT PRIMARY KEY, status TEXT NOT NULL, user_id TEXT, held INTEGER NOT NULL CHECK (held >= 0),
  taken INTEGER NOT NULL CHECK (taken >= 0), refunded INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND taken),
  due_at INTEGER, body TEXT NOT NULL
);
CREATE INDEX payment_states_due ON payment_states (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX payment_states_asking ON payment_states (payment_id) WHERE status = 'PROCESSING';
CREATE INDEX payment_states_held ON payment_states (user_id) WHERE status = 'AUTHORIZED';
-- Captures, confirmations, voids, refunds, cancellations; only ever inserted, those that were refused too.
CREATE TABLE payment_operations (
  operation_id TEXT PRIMARY KEY, payment_id TEXT NOT NULL, client_id TEXT NOT NULL, kind TEXT NOT NULL,
  request_id TEXT NOT NULL, done BOOLEAN NOT NULL, minor INTEGER NOT NULL, body TEXT NOT NULL,
  UNIQUE (client_id, kind, request_id)
);
CREATE INDEX payment_operations_by_payment ON payment_operations (payment_id);

CREATE TABLE payment_codes (
  hash BLOB PRIMARY KEY, user_id TEXT NOT NULL, expires_at INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE TABLE cards (card_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX cards_by_user ON cards (user_id);
-- Money from one user to another, only ever inserted.
CREATE TABLE transfers (
  transfer_id TEXT PRIMARY KEY, giver TEXT NOT NULL, taker TEXT NOT NULL, currency TEXT NOT NULL,
  minor INTEGER NOT NULL CHECK (minor > 0), at INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE TABLE merchant_messages (
  client_id TEXT NOT NULL, request_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (client_id, request_id)
) WITHOUT ROWID;

ALTER TABLE sessions ADD COLUMN user_id TEXT;
UPDATE sessions SET user_id = json_extract(body, '$.user_id');
CREATE INDEX sessions_by_user ON sessions (user_id) WHERE user_id IS NOT NULL;
