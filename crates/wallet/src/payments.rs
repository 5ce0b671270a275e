//! A merchant deducts, and asks how a payment stands.

use crate::wallet::{content, hash};
use crate::{Fault, Wallet};
use mithaq_domain::{Command, Done, Hash, PayRequest, Payment, Product};
use mithaq_store::PaymentView;
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
        content(&parts)
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

    /// A client's payment by the wallet's id or its own, how it stands and what happened to it; the wallet's id wins. A
    /// request that was withdrawn before it came is no payment.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn payment(
        &self,
        client_id: ClientId,
        payment_id: Option<PaymentId>,
        request_id: Option<String>,
    ) -> Result<Option<PaymentView>, Fault> {
        let found = self.reader().payment_of(client_id, payment_id, request_id).await?;
        match found.filter(|payment| payment.product != Product::Withdrawn) {
            Some(payment) => Ok(self.reader().payment(payment.payment_id).await?),
            None => Ok(None),
        }
    }
}
