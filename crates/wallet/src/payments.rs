//! A merchant deducts, and asks how a payment stands.

use crate::wallet::hash;
use crate::{Fault, Wallet};
use mithaq_crypto::sha256;
use mithaq_domain::{Command, Done, Hash, PayRequest, Payment, Product};
use mithaq_types::{ClientId, Money, PaymentId};

/// A deduction as a merchant asks for it.
pub struct Charge {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of it.
    pub request_id: String,
    /// What is sold.
    pub product: Product,
    /// The access token of the contract.
    pub access_token: String,
    /// `order.buyer.referenceBuyerId`: information, but part of what must be equal in a repeat.
    pub buyer: Option<String>,
    /// How much.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where to send the result.
    pub notify_url: Option<String>,
}

impl Charge {
    /// SHA-256 over what must be equal in a repeat (spec/openapi.md 3.7, Idempotency): product, amount,
    /// token and buyer. URLs, words and expiry may differ; the first ones stay.
    fn content(&self) -> Hash {
        let product = format!("{:?}", self.product);
        let value = self.amount.minor.to_string();
        let parts = [
            product.as_str(),
            self.amount.currency.code(),
            &value,
            &self.access_token,
            self.buyer.as_deref().unwrap_or_default(),
        ];
        // Every part goes in with its length: no two lists of parts give the same bytes.
        let mut bytes = Vec::new();
        for part in parts {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part.as_bytes());
        }
        Hash(sha256(&bytes))
    }
}

impl Wallet {
    /// Deducts, once. A payment that failed for good is a result too; look at its outcome.
    ///
    /// # Errors
    /// Refused when the request id was used with other content.
    pub async fn pay(&self, charge: Charge) -> Result<Payment, Fault> {
        let content = charge.content();
        let request = PayRequest {
            content,
            access: hash(&charge.access_token),
            client_id: charge.client_id,
            request_id: charge.request_id,
            amount: charge.amount,
            description: charge.description,
            notify_url: charge.notify_url,
        };
        match self.submit(Command::Pay(Box::new(request))).await? {
            Done::Paid(payment) => Ok(*payment),
            _ => Err(Fault::Internal("pay")),
        }
    }

    /// A client's payment by the wallet's id or its own; the wallet's wins.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn payment(
        &self,
        client_id: ClientId,
        payment_id: Option<PaymentId>,
        request_id: Option<String>,
    ) -> Result<Option<Payment>, Fault> {
        Ok(self.reader().payment_of(client_id, payment_id, request_id).await?)
    }
}
