//! A merchant captures, confirms, voids, refunds, accepts, cancels, and asks how a refund stands.

use crate::wallet::content;
use crate::{Fault, Wallet};
use mithaq_domain::{
    Command, Done, Key, OperateRequest, OperationKind, Payment, PaymentOperation, PaymentRef, PaymentState, Row, Wish,
};
use mithaq_types::{ClientId, OperationId};

/// A request about a payment.
pub struct NewOperation {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of it, within its kind.
    pub request_id: String,
    /// About which payment.
    pub payment: PaymentRef,
    /// What.
    pub wish: Wish,
    /// Why, in the merchant's words.
    pub reason: Option<String>,
    /// Where to send the result.
    pub notify_url: Option<String>,
}

impl Wallet {
    /// Captures, confirms, voids or refunds, once. What was refused for good is a result too; look at its outcome.
    ///
    /// # Errors
    /// Refused when the request id was used with other content, the payment is unknown to this client, or it is not the moment.
    pub async fn operate_payment(&self, new: NewOperation) -> Result<PaymentOperation, Fault> {
        Ok(self.operate_once(new).await?.0)
    }

    /// Refunds a payment of the gateway, once; and whether that was done before.
    ///
    /// # Errors
    /// As [`Wallet::operate_payment`]; what cannot be done is refused with the reason, and nothing is kept of it.
    pub async fn refund_trade(&self, new: NewOperation) -> Result<(PaymentOperation, bool), Fault> {
        self.operate_once(new).await
    }

    async fn operate_once(&self, new: NewOperation) -> Result<(PaymentOperation, bool), Fault> {
        let amount = new.wish.amount();
        let value = amount.map(|amount| amount.minor.to_string()).unwrap_or_default();
        let currency = amount.map(|amount| amount.currency.code().to_owned()).unwrap_or_default();
        let capture = match &new.wish {
            Wish::Refund(_, capture) => capture.clone().unwrap_or_default(),
            Wish::Capture(_) | Wish::Confirm | Wish::Void(_) => String::new(),
        };
        let request = OperateRequest {
            content: content(&[new.wish.kind().name(), &currency, &value, &capture]),
            client_id: new.client_id,
            request_id: new.request_id,
            payment: new.payment,
            wish: new.wish,
            reason: new.reason,
            notify_url: new.notify_url,
        };
        match self.submit(Command::OperatePayment(Box::new(request))).await? {
            Done::Operated(operation) => Ok((*operation, false)),
            Done::OperatedBefore(operation) => Ok((*operation, true)),
            _ => Err(Fault::Internal("operate")),
        }
    }

    /// The merchant takes on an order of the escrow.
    ///
    /// # Errors
    /// Refused when the payment is unknown to this client or cannot be accepted.
    pub async fn accept_order(
        &self,
        client_id: ClientId,
        payment: PaymentRef,
    ) -> Result<(Payment, PaymentState), Fault> {
        self.standing(Command::AcceptOrder { client_id, payment }).await
    }

    /// The merchant cancels. A request that never came is refused, and cannot come any more.
    ///
    /// # Errors
    /// Refused when the payment is unknown to this client or cannot be cancelled any more.
    pub async fn cancel_payment(
        &self,
        client_id: ClientId,
        payment: PaymentRef,
    ) -> Result<(Payment, PaymentState), Fault> {
        self.standing(Command::CancelPayment { client_id, payment }).await
    }

    /// A client's operation, by the wallet's id or its own; the wallet's wins.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn operation(
        &self,
        client_id: ClientId,
        kind: OperationKind,
        operation_id: Option<OperationId>,
        request_id: Option<String>,
    ) -> Result<Option<PaymentOperation>, Fault> {
        let key = match (operation_id, request_id) {
            (Some(id), _) => Key::Operation(id),
            (None, Some(id)) => Key::OperationByRequest(client_id.clone(), kind, id),
            (None, None) => return Ok(None),
        };
        match self.row(key).await? {
            Some(Row::Operation(found)) if found.client_id == client_id && found.kind == kind => Ok(Some(*found)),
            _ => Ok(None),
        }
    }
}
