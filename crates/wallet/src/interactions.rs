//! Wallet pages on behalf of a Mini Program: opened by the shell, settled once (spec/jsapi.md 7.4).

use crate::signing::REPLY;
use crate::{Fault, Wallet};
use mithaq_domain::{Command, Done, Interaction, InteractionOutcome, InteractionState, Key, Row, Scope};
use mithaq_types::{AppId, AuthId, ClientId, InteractionId, PaymentId, SessionId};

/// A page to open.
pub struct NewInteraction {
    /// Whose browser.
    pub session_id: SessionId,
    /// Which Mini Program.
    pub app_id: AppId,
    /// Its client.
    pub client_id: ClientId,
    /// The call's name.
    pub api: String,
    /// The offer to sign.
    pub auth_id: Option<AuthId>,
    /// `extParams.subClientId`.
    pub sub_client_id: Option<String>,
    /// The order to pay.
    pub payment_id: Option<PaymentId>,
    /// The scopes to grant.
    pub scopes: Vec<Scope>,
}

impl Wallet {
    /// Opens a page; it stays open for the policy's life of a page.
    ///
    /// # Errors
    /// When it cannot be made durable.
    pub async fn open_interaction(&self, new: NewInteraction) -> Result<Interaction, Fault> {
        let opened_at = self.now();
        let life = self.policy().interaction_life;
        let interaction = Interaction {
            interaction_id: InteractionId::new(self.entropy().hex(16)),
            session_id: new.session_id,
            app_id: new.app_id,
            client_id: new.client_id,
            api: new.api,
            auth_id: new.auth_id,
            sub_client_id: new.sub_client_id,
            payment_id: new.payment_id,
            contract_id: None,
            scopes: new.scopes,
            state: InteractionState::Open,
            reply_sealed: None,
            opened_at,
            expires_at: opened_at.saturating_add(life).unwrap_or(mithaq_types::Timestamp::MAX),
        };
        self.submit(Command::OpenInteraction(Box::new(interaction.clone()))).await?;
        Ok(interaction)
    }

    /// A page, if there is one and it is this session's.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn interaction(&self, session: &SessionId, id: &InteractionId) -> Result<Option<Interaction>, Fault> {
        match self.row(Key::Interaction(id.clone())).await? {
            Some(Row::Interaction(page)) if page.session_id == *session => Ok(Some(*page)),
            _ => Ok(None),
        }
    }

    /// Ends a page without a signature. If it is over already, that outcome stays and is returned.
    ///
    /// # Errors
    /// Refused when there is no such page.
    pub async fn close_interaction(
        &self,
        interaction_id: InteractionId,
        outcome: InteractionOutcome,
        reply: &str,
    ) -> Result<Interaction, Fault> {
        let reply_sealed = self.seal(REPLY, reply);
        match self.submit(Command::CloseInteraction { interaction_id, outcome, reply_sealed }).await? {
            Done::Settled(settled) => Ok(settled.interaction),
            _ => Err(Fault::Internal("close")),
        }
    }

    /// The reply of a settled page.
    #[must_use]
    pub fn reply(&self, interaction: &Interaction) -> Option<String> {
        self.unseal(REPLY, interaction.reply_sealed.as_deref()?)
    }
}
