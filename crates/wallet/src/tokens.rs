//! Codes become tokens, tokens are renewed, cancelled and looked behind.

use crate::wallet::hash;
use crate::{Fault, Wallet};
use mithaq_domain::{Command, Done, ExchangeCode, FreshTokens, Key, RefreshTokens, Refusal, Row, Token, User};
use mithaq_types::{ClientId, CustomerId, Timestamp, TokenId};

/// A fresh pair of tokens, in plain text: for the merchant's eyes, never stored.
pub struct Tokens {
    /// The access token: `AT` and 62 hex digits.
    pub access: String,
    /// Until when it works.
    pub access_expires_at: Timestamp,
    /// The refresh token: `RT` and 62 hex digits.
    pub refresh: String,
    /// Until when it works.
    pub refresh_expires_at: Timestamp,
    /// What the merchant knows the user as.
    pub customer_id: CustomerId,
}

/// Who and what stands behind an access token that works.
pub struct Bearer {
    /// Its row.
    pub token: Token,
    /// The user.
    pub user: User,
}

/// What access tokens are sealed for.
const ACCESS_TOKEN: &str = "access token";

impl Wallet {
    /// A code becomes tokens (spec/openapi.md 3.2).
    ///
    /// # Errors
    /// Refused when the code is unknown to this client, used or too old.
    pub async fn exchange_code(
        &self,
        client_id: ClientId,
        code: &str,
        reference_client_id: Option<String>,
    ) -> Result<Tokens, Fault> {
        let (fresh, access, refresh) = self.fresh_tokens();
        let command = ExchangeCode { client_id, code: hash(code), reference_client_id, fresh };
        self.give(Command::Exchange(Box::new(command)), access, refresh).await
    }

    /// A refresh token becomes a new pair.
    ///
    /// # Errors
    /// Refused when the refresh token is unknown to this client, used or too old.
    pub async fn refresh_tokens(&self, client_id: ClientId, refresh_token: &str) -> Result<Tokens, Fault> {
        let (fresh, access, refresh) = self.fresh_tokens();
        let command = RefreshTokens { client_id, refresh: hash(refresh_token), fresh };
        self.give(Command::Refresh(Box::new(command)), access, refresh).await
    }

    /// A merchant revokes a token; its contract ends.
    ///
    /// # Errors
    /// Refused when the token is unknown to this client.
    pub async fn cancel_token(&self, client_id: ClientId, access_token: &str) -> Result<(), Fault> {
        self.submit(Command::CancelToken { client_id, access: hash(access_token) }).await.map(|_| ())
    }

    /// Who is behind a token of `client` that works now.
    ///
    /// # Errors
    /// Refused when it is unknown to this client, over, or its contract is.
    pub async fn bearer(&self, client: &ClientId, access_token: &str) -> Result<Bearer, Fault> {
        let access = hash(access_token);
        let Some(Row::Token(token)) = self.row(Key::TokenByAccess(access)).await? else {
            return Err(Refusal::TokenUnknown.into());
        };
        if token.client_id != *client {
            return Err(Refusal::TokenUnknown.into());
        }
        let mut keys = vec![Key::User(token.user_id.clone())];
        keys.extend(token.contract_id.clone().map(Key::ContractState));
        let state = self.reader().rows(keys).await?;
        let standing = token.contract_id.as_ref().map(|id| state.contract_state(id));
        let contract_lives = standing.is_none_or(|state| state.is_some_and(|state| state.is_live(self.now())));
        if !token.access_lives(self.now()) || !contract_lives {
            return Err(Refusal::TokenDead.into());
        }
        let user = state.user(&token.user_id).cloned().ok_or(Refusal::UserUnknown)?;
        if token.first_used_at.is_none() {
            self.submit(Command::UseToken { access }).await?;
        }
        Ok(Bearer { token: *token, user })
    }

    /// An access token that was sealed for a contract's notices.
    #[must_use]
    pub fn unseal_access_token(&self, sealed: &str) -> Option<String> {
        self.unseal(ACCESS_TOKEN, sealed)
    }

    fn fresh_tokens(&self) -> (FreshTokens, String, String) {
        let access = format!("AT{}", self.entropy().hex(31));
        let refresh = format!("RT{}", self.entropy().hex(31));
        let fresh = FreshTokens {
            token_id: TokenId::new(self.entropy().hex(16)),
            access: hash(&access),
            access_sealed: self.seal(ACCESS_TOKEN, &access),
            refresh: hash(&refresh),
        };
        (fresh, access, refresh)
    }

    async fn give(&self, command: Command, access: String, refresh: String) -> Result<Tokens, Fault> {
        let Done::Tokens(grant) = self.submit(command).await? else { return Err(Fault::Internal("tokens")) };
        let token = grant.token;
        Ok(Tokens {
            access,
            access_expires_at: token.access_expires_at,
            refresh,
            refresh_expires_at: token.refresh_expires_at,
            customer_id: token.customer_id,
        })
    }
}
