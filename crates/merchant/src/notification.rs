//! What the wallet tells unasked (spec/qicard.md 7.3, 7.8, openapi.md 3.15 to 3.18).

use mithaq_crypto::sha256_hex;
use mithaq_openapi::messages::{ContractStatusNotification, PaymentNotification, RefundNotification, VoidNotification};
use serde_json::Value;

/// What the wallet tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notification {
    /// A payment reached its end, or its money is held ([`PaymentNotification::is_held`]): then it is not paid yet.
    /// Compare its amount with the order's before handing anything out.
    Payment(PaymentNotification),
    /// A refund reached its end. Compare its amount as well.
    Refund(RefundNotification),
    /// Held money went back to the payer: by the merchant, or by the wallet because time was up.
    Void(VoidNotification),
    /// A contract began or ended.
    ContractStatus(ContractStatusNotification),
}

impl Notification {
    /// The same for every delivery of one event, and for no other: payment id and status, refund or void id and status,
    /// or contract and change.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Self::Payment(payment) => {
                let result = &payment.payment_result;
                let status = payment.payment_status.map_or_else(String::new, |status| format!("{status:?}"));
                format!("payment/{}/{}/{}/{status}", payment.payment_id, result.result_status, result.result_code)
            }
            Self::Refund(refund) => format!("refund/{}/{:?}", refund.refund_id, refund.refund_status),
            Self::Void(void) => {
                let result = &void.void_result;
                format!("void/{}/{}/{}", void.payment_id, void.void_request_id, result.result_status)
            }
            // The token itself is as good as money and does not belong into a memory of keys.
            Self::ContractStatus(contract) => format!(
                "contract/{}/{:?}/{}",
                sha256_hex(contract.access_token.as_bytes()),
                contract.contract_status,
                contract.modify_time.as_deref().unwrap_or_default(),
            ),
        }
    }

    /// Reads a body. Which of them it is, the ids in it tell: refunds and voids name their payment too.
    pub(crate) fn of_body(body: &[u8]) -> Result<Self, String> {
        let members = mithaq_openapi::json::read_object(body).map_err(|error| error.to_string())?;
        let has = |name: &str| members.contains_key(name);
        let (refund, void, payment) = (has("refundId"), has("voidRequestId"), has("paymentId"));
        let value = Value::Object(members);
        let read = if refund {
            serde_json::from_value(value).map(Self::Refund)
        } else if void {
            serde_json::from_value(value).map(Self::Void)
        } else if payment {
            serde_json::from_value(value).map(Self::Payment)
        } else {
            serde_json::from_value(value).map(Self::ContractStatus)
        };
        read.map_err(|error| error.to_string())
    }
}
