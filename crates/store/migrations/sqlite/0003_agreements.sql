-- Agreements of the Alipay surface: apps of the gateway, merchants' own numbers, who has which agreements, and when the wallet
-- has something to do for a plan.
CREATE TABLE gateway_apps (app_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX gateway_apps_by_client ON gateway_apps (client_id);
CREATE TABLE agreement_numbers (
  client_id TEXT NOT NULL, external_no TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (client_id, external_no)
) WITHOUT ROWID;
CREATE TABLE agreement_holders (
  user_id TEXT NOT NULL, client_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (user_id, client_id)
) WITHOUT ROWID;
ALTER TABLE standing ADD COLUMN run_at INTEGER;
CREATE INDEX standing_running ON standing (run_at) WHERE run_at IS NOT NULL;
DROP VIEW contract_states;
CREATE VIEW contract_states AS SELECT name AS contract_id, ended, expires_at, run_at, body FROM standing
  WHERE kind = 'contract';
