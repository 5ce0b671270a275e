//! Browser sessions of the shell: anonymous first, then signed in with phone and PIN.

use crate::wallet::hash;
use crate::{Fault, Pin, Wallet};
use mithaq_domain::{Command, Refusal, Session, User};
use mithaq_types::{SessionId, UserId};

/// Characters kept of what a browser calls itself.
const AGENT_MAX: usize = 256;

/// A session and the secret that its cookie holds.
pub struct OpenedSession {
    /// The row.
    pub session: Session,
    /// The cookie's value.
    pub token: String,
}

impl Wallet {
    /// Begins an anonymous session in a browser that calls itself `agent`.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub async fn open_session(&self, agent: Option<&str>) -> Result<OpenedSession, Fault> {
        let token = self.entropy().hex(32);
        let session = Session {
            session_id: SessionId::new(self.entropy().hex(16)),
            token_hash: hash(&token),
            user_id: None,
            csrf: self.entropy().hex(16),
            created_at: self.now(),
            agent: agent.map(|agent| agent.chars().take(AGENT_MAX).collect()),
        };
        self.submit(Command::OpenSession(Box::new(session.clone()))).await?;
        Ok(OpenedSession { session, token })
    }

    /// The session that a cookie opens.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn session(&self, token: &str) -> Result<Option<Session>, Fault> {
        Ok(self.reader().session(hash(token)).await?)
    }

    /// Signs in with phone and PIN. The session keeps its id and gets a new secret and CSRF token.
    /// An unknown phone is answered like a wrong PIN, so that nobody learns who has a wallet.
    ///
    /// # Errors
    /// Refused when the PIN does not open.
    pub async fn log_in(&self, session: &Session, phone: &str, pin: Pin) -> Result<(OpenedSession, User), Fault> {
        match self.user_by_phone(phone).await {
            Ok(user) => Ok((self.log_in_as(session, &user, pin).await?, user)),
            Err(Fault::Refused(_)) => {
                // As long as looking at a stored PIN takes: the clock tells nobody either.
                if let Pin::Typed(pin) = pin {
                    self.hash_pin(pin).await?;
                }
                let tries_left = self.policy().pin_tries.saturating_sub(1);
                Err(Refusal::PinWrong { tries_left }.into())
            }
            Err(fault) => Err(fault),
        }
    }

    /// Signs in as a known user.
    ///
    /// # Errors
    /// Refused when the PIN does not open.
    pub async fn log_in_as(&self, session: &Session, user: &User, pin: Pin) -> Result<OpenedSession, Fault> {
        let pin = self.check_pin(user, &pin).await?;
        let token = self.entropy().hex(32);
        let user_id = Some(user.user_id.clone());
        let csrf = self.entropy().hex(16);
        let renewed = Session { token_hash: hash(&token), user_id, csrf, ..session.clone() };
        self.submit(Command::LogIn {
            session_id: session.session_id.clone(),
            user_id: user.user_id.clone(),
            pin,
            token_hash: renewed.token_hash,
            csrf: renewed.csrf.clone(),
        })
        .await?;
        Ok(OpenedSession { session: renewed, token })
    }

    /// Signs out.
    ///
    /// # Errors
    /// Refused when there is no such session.
    pub async fn log_out(&self, session_id: SessionId) -> Result<(), Fault> {
        self.submit(Command::LogOut { session_id }).await.map(|_| ())
    }

    /// Signs the session in as one of the sandbox's users, without a PIN.
    ///
    /// # Errors
    /// Refused when there is no such user.
    pub async fn act_as(&self, session: &Session, user_id: &UserId) -> Result<OpenedSession, Fault> {
        let user = self.user(user_id).await?.ok_or(Refusal::UserUnknown)?;
        self.log_in_as(session, &user, Pin::NotAsked).await
    }
}
