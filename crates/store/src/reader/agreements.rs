//! Contracts and how they stand.

use super::{LIST_MAX, Reader, Sql};
use crate::StoreError;
use mithaq_domain::{Contract, ContractState, GatewayApp, Key};
use mithaq_types::{ContractId, Timestamp, UserId};

/// A contract and how it stands.
#[derive(Clone, Debug)]
pub struct ContractView {
    /// What was signed.
    pub contract: Contract,
    /// How it stands.
    pub state: ContractState,
}

impl Reader {
    /// The newest contracts, of one user or of all.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn contracts(&self, user: Option<UserId>) -> Result<Vec<ContractView>, StoreError> {
        const ALL: &str = "SELECT c.body, s.body FROM contracts c JOIN contract_states s USING (contract_id) \
            ORDER BY c.accepted_at DESC LIMIT $1";
        const ONES: &str = "SELECT c.body, s.body FROM contracts c JOIN contract_states s USING (contract_id) \
            WHERE c.user_id = $1 ORDER BY c.accepted_at DESC LIMIT $2";
        let lines = match user {
            None => self.lines(Sql::Both(ALL), vec![LIST_MAX.into()]).await?,
            Some(user) => self.lines(Sql::Both(ONES), vec![user.as_str().into(), LIST_MAX.into()]).await?,
        };
        let view = |line: &super::Line| {
            Ok(ContractView { contract: line.body("contracts", 0)?, state: line.body("contract_states", 1)? })
        };
        lines.iter().map(view).collect()
    }

    /// One contract and how it stands.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn contract(&self, id: ContractId) -> Result<Option<ContractView>, StoreError> {
        let state = self.rows(vec![Key::Contract(id.clone()), Key::ContractState(id.clone())]).await?;
        let found = state.contract(&id).cloned().zip(state.contract_state(&id).cloned());
        Ok(found.map(|(contract, state)| ContractView { contract, state }))
    }

    /// Contracts whose time is up at `now` and that nobody has ended yet.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn contracts_due(&self, now: Timestamp) -> Result<Vec<ContractId>, StoreError> {
        const SQL: Sql = Sql::Each {
            sqlite: "SELECT contract_id FROM contract_states WHERE ended = 0 AND expires_at <= $1 \
                ORDER BY expires_at LIMIT $2",
            postgres: "SELECT contract_id FROM contract_states WHERE NOT ended AND expires_at <= $1 \
                ORDER BY expires_at LIMIT $2",
        };
        let lines = self.lines(SQL, vec![now.as_millisecond().into(), LIST_MAX.into()]).await?;
        lines.iter().map(|line| Ok(ContractId::new(line.text(0)?))).collect()
    }

    /// When the next contract's time is up.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn next_contract_due(&self) -> Result<Option<Timestamp>, StoreError> {
        const SQL: Sql = Sql::Each {
            sqlite: "SELECT min(expires_at) FROM contract_states WHERE ended = 0",
            postgres: "SELECT min(expires_at) FROM contract_states WHERE NOT ended",
        };
        self.instant(SQL, vec![]).await
    }

    /// The instant that a statement selects, if there is one.
    pub(super) async fn instant(&self, sql: Sql, values: Vec<super::Value>) -> Result<Option<Timestamp>, StoreError> {
        let lines = self.lines(sql, values).await?;
        let ms = lines.first().map(|line| line.maybe_int(0)).transpose()?.flatten();
        Ok(ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()))
    }
}

/// Agreements of the Alipay surface.
impl Reader {
    /// Every app of the gateway.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn gateway_apps(&self) -> Result<Vec<GatewayApp>, StoreError> {
        self.bodies("gateway_apps", "SELECT body FROM gateway_apps ORDER BY app_id", vec![]).await
    }

    /// Agreements for whose plans the wallet has something to do by `now`: the `most` that have waited longest.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn plans_due(&self, now: Timestamp, most: i64) -> Result<Vec<ContractId>, StoreError> {
        const SQL: &str = "SELECT contract_id FROM contract_states WHERE run_at <= $1 ORDER BY run_at LIMIT $2";
        let lines = self.lines(Sql::Both(SQL), vec![now.as_millisecond().into(), most.into()]).await?;
        lines.iter().map(|line| Ok(ContractId::new(line.text(0)?))).collect()
    }

    /// When the wallet has something to do for a plan next.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn next_plan_due(&self) -> Result<Option<Timestamp>, StoreError> {
        self.instant(Sql::Both("SELECT min(run_at) FROM contract_states WHERE run_at IS NOT NULL"), vec![]).await
    }
}
