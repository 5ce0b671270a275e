//! What a merchant sends to pay.

use crate::{Product, WireBody, amount, time};
use mithaq_types::{Money, Timestamp};
use serde::Serialize;
use std::fmt;

/// Who buys.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Buyer {
    /// The customerId of applyToken; merchants also send ids of their own here. At most 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_buyer_id: Option<String>,
}

/// What is bought: for display and reporting, no money moves on it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The merchant's own order id, at most 64 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference_order_id: Option<String>,
    /// What the user reads, at most 256 characters.
    pub order_description: String,
    /// Who buys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
}

/// Asks the wallet to move money. The same `paymentRequestId` with the same content is the same payment.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PayRequest {
    /// Which flow it takes.
    #[serde(rename = "productCode")]
    pub product: Product,
    /// The idempotency key within the client: 1 to 64 of `A-Z a-z 0-9 _ . : -`.
    pub payment_request_id: String,
    /// The access token of an agreement, or in a shop the code that the user shows; on other products a hint that is
    /// ignored. At most 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_auth_code: Option<String>,
    /// How much, in minor units: fils for IQD.
    #[serde(serialize_with = "amount::serialize")]
    pub payment_amount: Money,
    /// What is bought.
    pub order: Order,
    /// An unpaid order closes then.
    #[serde(serialize_with = "time::serialize_instant", skip_serializing_if = "Option::is_none")]
    pub payment_expiry_time: Option<Timestamp>,
    /// Where the cashier sends the user afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_redirect_url: Option<String>,
    /// Where the final result is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_notify_url: Option<String>,
    /// Where voids are told, at most 2048 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub void_notify_url: Option<String>,
    /// A title, at most 256 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_order_title: Option<String>,
    /// Anything, at most 4096 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extend_info: Option<String>,
}

impl fmt::Debug for PayRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The access token is as good as money: logs must not show it.
        f.debug_struct("PayRequest")
            .field("product", &self.product)
            .field("payment_request_id", &self.payment_request_id)
            .field("payment_amount", &self.payment_amount)
            .field("order", &self.order)
            .field("payment_notify_url", &self.payment_notify_url)
            .finish_non_exhaustive()
    }
}

impl PayRequest {
    /// A deduction under a signed contract. Set `payment_notify_url` to be told of the result as well.
    #[must_use]
    pub fn agreement(
        payment_request_id: impl Into<String>,
        access_token: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
    ) -> Self {
        let request = Self::bare(Product::AgreementPayment, payment_request_id, payment_amount, order_description);
        Self { payment_auth_code: Some(access_token.into()), ..request }
    }

    /// A purchase that the user confirms in the cashier.
    #[must_use]
    pub fn cashier(
        payment_request_id: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
        reference_buyer_id: impl Into<String>,
    ) -> Self {
        Self::bare(Product::OnlinePurchase, payment_request_id, payment_amount, order_description)
            .bought_by(reference_buyer_id)
    }

    /// A purchase that the user confirms in the cashier and the merchant captures later, all or a part.
    #[must_use]
    pub fn auth_capture(
        payment_request_id: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
        reference_buyer_id: impl Into<String>,
    ) -> Self {
        Self::bare(Product::AuthCapture, payment_request_id, payment_amount, order_description)
            .bought_by(reference_buyer_id)
    }

    /// A purchase that the user confirms in the cashier and whose money is held until the buyer has the goods.
    #[must_use]
    pub fn escrow(
        payment_request_id: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
        reference_buyer_id: impl Into<String>,
    ) -> Self {
        Self::bare(Product::Escrow, payment_request_id, payment_amount, order_description).bought_by(reference_buyer_id)
    }

    /// A purchase in a shop: the user shows `payment_code` in the wallet's app, and the shop reads it.
    #[must_use]
    pub fn in_store(
        payment_request_id: impl Into<String>,
        payment_code: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
    ) -> Self {
        let request = Self::bare(Product::InStore, payment_request_id, payment_amount, order_description);
        Self { payment_auth_code: Some(payment_code.into()), ..request }
    }

    fn bought_by(mut self, reference_buyer_id: impl Into<String>) -> Self {
        self.order.buyer = Some(Buyer { reference_buyer_id: Some(reference_buyer_id.into()) });
        self
    }

    fn bare(
        product: Product,
        payment_request_id: impl Into<String>,
        payment_amount: Money,
        order_description: impl Into<String>,
    ) -> Self {
        Self {
            product,
            payment_request_id: payment_request_id.into(),
            payment_auth_code: None,
            payment_amount,
            order: Order { reference_order_id: None, order_description: order_description.into(), buyer: None },
            payment_expiry_time: None,
            payment_redirect_url: None,
            payment_notify_url: None,
            void_notify_url: None,
            payment_order_title: None,
            extend_info: None,
        }
    }

    /// The buyer as the merchant names them.
    #[must_use]
    pub fn reference_buyer_id(&self) -> Option<&str> {
        self.order.buyer.as_ref()?.reference_buyer_id.as_deref()
    }
}

impl WireBody for PayRequest {}
