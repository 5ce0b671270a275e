-- Orders of the cashier, what happens to payments afterwards, payment codes, cards, transfers, merchants' messages.
--
-- A payment may be open now, decided later. Everything here only adds, so that processes of the version before go on
-- while others are being replaced.
ALTER TABLE payments DROP CONSTRAINT payments_status_check;
ALTER TABLE payments DROP CONSTRAINT payments_minor_check;
ALTER TABLE payments ADD CONSTRAINT payments_status CHECK (status IN ('SUCCESS', 'FAIL', 'OPEN'));
ALTER TABLE payments ADD CONSTRAINT payments_minor CHECK (minor > 0 OR status = 'FAIL');
ALTER TABLE payments ADD COLUMN order_id TEXT;
CREATE UNIQUE INDEX payments_by_order ON payments (order_id) WHERE order_id IS NOT NULL;

-- How a payment stands, where that is not what it was when it was made. `due_at` is when time alone changes it.
CREATE TABLE payment_states (
  payment_id TEXT PRIMARY KEY, status TEXT NOT NULL, user_id TEXT, held BIGINT NOT NULL CHECK (held >= 0),
  taken BIGINT NOT NULL CHECK (taken >= 0), refunded BIGINT NOT NULL, due_at BIGINT, body TEXT NOT NULL,
  CHECK (refunded >= 0 AND refunded <= taken)
);
CREATE INDEX payment_states_due ON payment_states (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX payment_states_asking ON payment_states (payment_id) WHERE status = 'PROCESSING';
CREATE INDEX payment_states_held ON payment_states (user_id) WHERE status = 'AUTHORIZED';
-- Captures, confirmations, voids, refunds, cancellations; only ever inserted, those that were refused too.
CREATE TABLE payment_operations (
  operation_id TEXT PRIMARY KEY, payment_id TEXT NOT NULL, client_id TEXT NOT NULL, kind TEXT NOT NULL,
  request_id TEXT NOT NULL, done BOOLEAN NOT NULL, minor BIGINT NOT NULL, body TEXT NOT NULL,
  UNIQUE (client_id, kind, request_id)
);
CREATE INDEX payment_operations_by_payment ON payment_operations (payment_id);

CREATE TABLE payment_codes (
  hash BYTEA PRIMARY KEY, user_id TEXT NOT NULL, expires_at BIGINT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE cards (card_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX cards_by_user ON cards (user_id);
-- Money from one user to another, only ever inserted.
CREATE TABLE transfers (
  transfer_id TEXT PRIMARY KEY, giver TEXT NOT NULL, taker TEXT NOT NULL, currency TEXT NOT NULL,
  minor BIGINT NOT NULL CHECK (minor > 0), at BIGINT NOT NULL, body TEXT NOT NULL
);
CREATE TABLE merchant_messages (
  client_id TEXT NOT NULL, request_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (client_id, request_id)
);

ALTER TABLE sessions ADD COLUMN user_id TEXT;
UPDATE sessions SET user_id = CAST(body AS JSONB) ->> 'user_id';
CREATE INDEX sessions_by_user ON sessions (user_id) WHERE user_id IS NOT NULL;
