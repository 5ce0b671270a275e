//! A merchant prepares a contract; the pages look at the offer.

use crate::{Fault, Wallet};
use mithaq_domain::{Client, Command, Done, Key, Merchant, Offer, Row, Terms};
use mithaq_types::{AuthId, ClientId};

/// An offer and who makes it.
#[derive(Clone, Debug)]
pub struct OfferView {
    /// The offer.
    pub offer: Offer,
    /// The client that prepared it.
    pub client: Client,
    /// Who is paid.
    pub merchant: Merchant,
}

impl Wallet {
    /// Makes an offer that users can sign until it expires (seed authorizations-prepare).
    ///
    /// # Errors
    /// Refused when the client is unknown, suspended, or may not use agreement payment.
    pub async fn prepare(
        &self,
        client_id: ClientId,
        reference_client_id: Option<String>,
        terms: Terms,
    ) -> Result<Offer, Fault> {
        let auth_id = AuthId::new(self.entropy().hex(16));
        let terms = Box::new(terms);
        match self.submit(Command::Prepare { client_id, reference_client_id, terms, auth_id }).await? {
            Done::Offered(offer) => Ok(*offer),
            _ => Err(Fault::Internal("prepare")),
        }
    }

    /// An offer with its client and merchant, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn offer(&self, auth_id: AuthId) -> Result<Option<OfferView>, Fault> {
        let Some(Row::Offer(offer)) = self.row(Key::Offer(auth_id)).await? else { return Ok(None) };
        let keys = vec![Key::Client(offer.client_id.clone()), Key::Merchant(offer.merchant_id.clone())];
        let state = self.reader().rows(keys).await?;
        let found = state.client(&offer.client_id).cloned().zip(state.merchant(&offer.merchant_id).cloned());
        Ok(found.map(|(client, merchant)| OfferView { offer: *offer, client, merchant }))
    }
}
