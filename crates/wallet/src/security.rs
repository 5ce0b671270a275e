//! What a user decides about their own access: PIN, sessions, language.

use crate::{Fault, Pin, Wallet};
use mithaq_domain::{Command, Language, Refusal, Session};
use mithaq_types::{SessionId, UserId};

impl Wallet {
    /// Another PIN, for whoever knows the old one.
    ///
    /// # Errors
    /// Refused when the old PIN does not open.
    pub async fn change_pin(&self, user_id: &UserId, old: Pin, new: String) -> Result<(), Fault> {
        let user = self.user(user_id).await?.ok_or(Refusal::UserUnknown)?;
        let pin = self.check_pin(&user, &old).await?;
        let pin_hash = self.hash_pin(new).await?;
        self.submit(Command::ChangePin { user_id: user_id.clone(), pin, pin_hash }).await.map(|_| ())
    }

    /// What the user reads from now on.
    ///
    /// # Errors
    /// Refused when there is no such user.
    pub async fn set_language(&self, user_id: &UserId, language: Language) -> Result<(), Fault> {
        self.submit(Command::SetLanguage { user_id: user_id.clone(), language }).await.map(|_| ())
    }

    /// The sessions in which a user is signed in, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn sessions(&self, user_id: &UserId) -> Result<Vec<Session>, Fault> {
        Ok(self.reader().sessions_of(user_id.clone()).await?)
    }

    /// Signs a session of the user's out, wherever it is.
    ///
    /// # Errors
    /// Refused when it is not theirs.
    pub async fn end_session(&self, session_id: SessionId, user_id: &UserId) -> Result<(), Fault> {
        self.submit(Command::EndSession { session_id, user_id: user_id.clone() }).await.map(|_| ())
    }
}
