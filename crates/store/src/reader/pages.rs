//! Browser sessions and the wallet pages they have open.

use super::{Reader, Sql, Value};
use crate::StoreError;
use mithaq_domain::{Hash, Interaction, Session};
use mithaq_types::SessionId;

impl Reader {
    /// The session of a cookie.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn session(&self, token: Hash) -> Result<Option<Session>, StoreError> {
        const SQL: &str = "SELECT body FROM sessions WHERE token_hash = $1";
        let found = self.bodies("sessions", SQL, vec![Value::Bytes(token.0.to_vec())]).await?;
        Ok(found.into_iter().next())
    }

    /// The pages a session has open.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn open_interactions(&self, session: SessionId) -> Result<Vec<Interaction>, StoreError> {
        const SQL: Sql = Sql::Each {
            sqlite: "SELECT body FROM interactions WHERE session_id = $1 AND open = 1 ORDER BY interaction_id",
            postgres: "SELECT body FROM interactions WHERE session_id = $1 AND open ORDER BY interaction_id",
        };
        let lines = self.lines(SQL, vec![session.as_str().into()]).await?;
        lines.iter().map(|line| line.body("interactions", 0)).collect()
    }
}
