-- Agreements of the Alipay surface: apps of the gateway, merchants' own numbers, who has which agreements, and when the wallet
-- has something to do for a plan. Everything here only adds, so that processes of the version before go on while others are
-- being replaced.
CREATE TABLE gateway_apps (app_id TEXT PRIMARY KEY, client_id TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX gateway_apps_by_client ON gateway_apps (client_id);
CREATE TABLE agreement_numbers (
  client_id TEXT NOT NULL, external_no TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (client_id, external_no)
);
CREATE TABLE agreement_holders (
  user_id TEXT NOT NULL, client_id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (user_id, client_id)
);
ALTER TABLE contract_states ADD COLUMN run_at BIGINT;
CREATE INDEX contract_states_running ON contract_states (run_at) WHERE run_at IS NOT NULL;
