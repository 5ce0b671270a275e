-- The first schema. Forward only; never edited once released: add 0002_… instead.
--
-- Keys begin with time wherever the wallet makes them, so that new rows land beside each other.
-- Rows with a body lie in the order in which they came, and indexes with short entries find them; a table that is its own
-- index (WITHOUT ROWID) is for short rows.
-- Instants are milliseconds since 1970 UTC. `body` is the row as JSON; the columns beside it are
-- what is searched for. Money and whatever is verified stands in columns of its own.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE merchants (merchant_id TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE clients (client_id TEXT PRIMARY KEY, merchant_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE apps (app_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE users (user_id TEXT PRIMARY KEY, phone TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE customers (
  user_id TEXT NOT NULL, merchant_id TEXT NOT NULL, customer_id TEXT NOT NULL UNIQUE,
  PRIMARY KEY (user_id, merchant_id)
) WITHOUT ROWID;
CREATE TABLE sessions (session_id TEXT PRIMARY KEY, token_hash BLOB NOT NULL UNIQUE, body TEXT NOT NULL);

CREATE TABLE offers (auth_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, expires_at INTEGER NOT NULL, body TEXT NOT NULL);
-- Only ever inserted: what the user accepted.
CREATE TABLE contracts (
  contract_id TEXT PRIMARY KEY, user_id TEXT NOT NULL, client_id TEXT NOT NULL, accepted_at INTEGER NOT NULL,
  body TEXT NOT NULL
);
CREATE INDEX contracts_by_user ON contracts (user_id, accepted_at);
CREATE TABLE codes (hash BLOB PRIMARY KEY, expires_at INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE tokens (
  token_id TEXT PRIMARY KEY, access_hash BLOB NOT NULL UNIQUE, refresh_hash BLOB NOT NULL UNIQUE, body TEXT NOT NULL
);
CREATE TABLE consents (
  user_id TEXT NOT NULL, client_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (user_id, client_id)
);

-- Only ever inserted: agreement payments are final when they are made. A request is applied once. `previous` chains the
-- payments of a contract, newest first, from `last_payment` in its state: a list that dirties no page of its own.
CREATE TABLE payments (
  payment_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, request_id TEXT NOT NULL, user_id TEXT, contract_id TEXT,
  previous TEXT, currency TEXT NOT NULL, minor INTEGER NOT NULL CHECK (minor > 0), fee INTEGER NOT NULL CHECK (fee >= 0),
  status TEXT NOT NULL CHECK (status IN ('SUCCESS', 'FAIL')), notifies BOOLEAN NOT NULL, body TEXT NOT NULL,
  UNIQUE (client_id, request_id)
);

-- The ledger. Postings are only ever inserted; a balance is the sum of its account's postings, without those that wait
-- in `credits`.
-- What a payment of a user changes lies side by side, so that it dirties one page: accounts, how contracts stand, where
-- the newest message is. Accounts that are nobody's in particular have no owner.
CREATE TABLE standing (
  owner TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  currency TEXT, balance INTEGER, spend_day TEXT, spend_minor INTEGER,
  ended BOOLEAN, expires_at INTEGER, body TEXT,
  newest INTEGER,
  PRIMARY KEY (owner, kind, name), CHECK (kind <> 'account' OR balance >= 0 OR name LIKE 'world:%')
) WITHOUT ROWID;
CREATE UNIQUE INDEX standing_of_contract ON standing (name) WHERE kind = 'contract';
CREATE INDEX standing_due ON standing (expires_at) WHERE kind = 'contract' AND ended = 0;
CREATE VIEW accounts AS SELECT name AS account, currency, balance, spend_day, spend_minor FROM standing
  WHERE kind = 'account';
CREATE VIEW contract_states AS SELECT name AS contract_id, ended, expires_at, body FROM standing WHERE kind = 'contract';
-- What was appended to accounts that very many commands post to (merchants', fees, the outside world): one row for each
-- batch and account, until it is folded into the balance.
CREATE TABLE credits (
  batch_id TEXT NOT NULL, account TEXT NOT NULL, currency TEXT NOT NULL, minor INTEGER NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (batch_id, account)
) WITHOUT ROWID;
CREATE TABLE postings (
  transaction_id TEXT NOT NULL, account TEXT NOT NULL, minor INTEGER NOT NULL CHECK (minor <> 0),
  currency TEXT NOT NULL, cause TEXT NOT NULL, payment_id TEXT, at INTEGER NOT NULL,
  PRIMARY KEY (transaction_id, account)
) WITHOUT ROWID;

-- Money from outside, only ever inserted: a reference happens once.
CREATE TABLE deposits (
  reference TEXT PRIMARY KEY, user_id TEXT NOT NULL, currency TEXT NOT NULL, minor INTEGER NOT NULL CHECK (minor > 0),
  transaction_id TEXT NOT NULL, body TEXT NOT NULL
);

CREATE TABLE outbox (
  outbox_id TEXT PRIMARY KEY, state TEXT NOT NULL, next_at INTEGER NOT NULL, target TEXT NOT NULL, kind TEXT NOT NULL,
  payment_id TEXT, body TEXT NOT NULL
);
CREATE INDEX outbox_due ON outbox (next_at, outbox_id) WHERE state = 'PENDING';
CREATE INDEX outbox_by_payment ON outbox (payment_id) WHERE payment_id IS NOT NULL;
-- Each message knows the one before it of the same user; `standing` knows the newest.
CREATE TABLE inbox (
  id INTEGER PRIMARY KEY, user_id TEXT NOT NULL, message_id TEXT NOT NULL, previous INTEGER, payment_id TEXT,
  read BOOLEAN NOT NULL, body TEXT NOT NULL
);
-- SMS and e-mail as they were sent, for the sandbox and the operator.
CREATE TABLE sent (
  sent_id TEXT PRIMARY KEY, outbox_id TEXT NOT NULL, channel TEXT NOT NULL, body TEXT NOT NULL,
  UNIQUE (outbox_id, channel)
);

CREATE TABLE interactions (
  interaction_id TEXT PRIMARY KEY, session_id TEXT NOT NULL, open INTEGER NOT NULL, body TEXT NOT NULL
);
CREATE INDEX interactions_open ON interactions (session_id) WHERE open = 1;
-- Read in the order in which it was written.
CREATE TABLE audit (
  id TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT
);
