//! A user signs an offer or grants scopes, on a page or through the sandbox.

use crate::wallet::hash;
use crate::{Fault, Wallet};
use mithaq_domain::{Command, Contract, Done, Evidence, Grant, Key, Refusal, Row, Scope, Sign, User};
use mithaq_types::{AuthId, ClientId, InteractionId, Money, UserId};

/// The PIN, as far as there is one.
#[derive(Clone)]
pub enum Pin {
    /// What a person typed.
    Typed(String),
    /// The sandbox acts for the user.
    NotAsked,
}

/// The page that a signature comes from. Its reply is made out of the code, and stored sealed.
pub struct Page<'a> {
    /// Which.
    pub interaction_id: InteractionId,
    /// The reply to the Mini Program's call, given the code.
    pub reply: &'a (dyn Fn(&str) -> String + Send + Sync),
}

/// A signature.
pub struct SignRequest<'a> {
    /// The offer.
    pub auth_id: AuthId,
    /// The client of the Mini Program that opened the page.
    pub client_id: ClientId,
    /// Who signs.
    pub user_id: UserId,
    /// `extParams.subClientId`.
    pub sub_client_id: Option<String>,
    /// The PIN.
    pub pin: Pin,
    /// What the user saw.
    pub evidence: Evidence,
    /// The user's own monthly limit.
    pub monthly_ceiling: Option<Money>,
    /// The page.
    pub page: Option<Page<'a>>,
}

/// A grant of scopes other than charging.
pub struct GrantRequest<'a> {
    /// Who asks.
    pub client_id: ClientId,
    /// Who grants.
    pub user_id: UserId,
    /// What.
    pub scopes: Vec<Scope>,
    /// The page, if one was needed.
    pub page: Option<Page<'a>>,
}

/// A signed contract and the code that goes to the Mini Program.
pub struct SignedCode {
    /// 32 upper-case hex digits, once.
    pub code: String,
    /// What was signed.
    pub contract: Contract,
}

/// What replies are sealed for.
pub(crate) const REPLY: &str = "interaction reply";

impl Wallet {
    /// Signs. The contract, the code and the page's outcome are one transaction.
    ///
    /// # Errors
    /// Refused when the offer cannot be signed (any more), the user may not, or the PIN does not open.
    pub async fn sign(&self, request: SignRequest<'_>) -> Result<SignedCode, Fault> {
        let user = self.user(&request.user_id).await?.ok_or(Refusal::UserUnknown)?;
        let pin = self.check_pin(&user, &request.pin).await?;
        let code = self.entropy().hex(16);
        let command = Sign {
            auth_id: request.auth_id,
            client_id: request.client_id,
            user_id: request.user_id,
            sub_client_id: request.sub_client_id,
            pin,
            evidence: request.evidence,
            monthly_ceiling: request.monthly_ceiling,
            code: hash(&code),
            page: self.sealed_reply(request.page.as_ref(), &code),
        };
        match self.submit(Command::Sign(Box::new(command))).await? {
            Done::Signed(signed) => Ok(SignedCode { code, contract: signed.contract }),
            _ => Err(Fault::Internal("sign")),
        }
    }

    /// Grants scopes and gives the code for them.
    ///
    /// # Errors
    /// Refused when the client or the user may not act, or the page is over.
    pub async fn grant(&self, request: GrantRequest<'_>) -> Result<String, Fault> {
        let code = self.entropy().hex(16);
        let page = self.sealed_reply(request.page.as_ref(), &code);
        let GrantRequest { client_id, user_id, scopes, .. } = request;
        let command = Grant { client_id, user_id, scopes, code: hash(&code), page };
        self.submit(Command::Grant(Box::new(command))).await?;
        Ok(code)
    }

    /// The scopes that `user` has granted `client` before.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn granted(&self, user: &UserId, client: &ClientId) -> Result<Vec<Scope>, Fault> {
        match self.row(Key::Consent(user.clone(), client.clone())).await? {
            Some(Row::Consent(consent)) => Ok(consent.scopes),
            _ => Ok(Vec::new()),
        }
    }

    /// A user, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn user(&self, user_id: &UserId) -> Result<Option<User>, Fault> {
        match self.row(Key::User(user_id.clone())).await? {
            Some(Row::User(user)) => Ok(Some(*user)),
            _ => Ok(None),
        }
    }

    pub(crate) fn sealed_reply(&self, page: Option<&Page<'_>>, code: &str) -> Option<(InteractionId, String)> {
        page.map(|page| (page.interaction_id.clone(), self.seal(REPLY, &(page.reply)(code))))
    }
}
