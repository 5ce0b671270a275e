//! Paying by showing a code: the user gets one, a merchant sends it.

use crate::wallet::{content, hash};
use crate::{Fault, Pin, Wallet};
use mithaq_domain::{CodePay, Command, Done, Payment, Refusal};
use mithaq_types::{ClientId, Money, Timestamp, UserId};

/// A code to show.
pub struct ShownCode {
    /// 18 digits that begin with 28.
    pub code: String,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// A deduction with a code, as a merchant asks for it.
pub struct CodeCharge {
    /// Who asks.
    pub client_id: ClientId,
    /// The merchant's id of it.
    pub request_id: String,
    /// The code that was scanned.
    pub code: String,
    /// How much.
    pub amount: Money,
    /// What for.
    pub description: String,
    /// Where to send the result.
    pub notify_url: Option<String>,
}

impl Wallet {
    /// A code to show: for a minute, for one payment.
    ///
    /// # Errors
    /// Refused when the user may not pay or the PIN does not open.
    pub async fn payment_code(&self, user_id: UserId, pin: Pin) -> Result<ShownCode, Fault> {
        let user = self.user(&user_id).await?.ok_or(Refusal::UserUnknown)?;
        let pin = self.check_pin(&user, &pin).await?;
        let code = format!("28{:016}", self.entropy().number() % 10_000_000_000_000_000);
        match self.submit(Command::IssueCode { user_id, pin, code: hash(&code) }).await? {
            Done::Code(row) => Ok(ShownCode { code, expires_at: row.expires_at }),
            _ => Err(Fault::Internal("code")),
        }
    }

    /// Deducts with a code, once. A payment that failed for good is a result too; look at its outcome.
    ///
    /// # Errors
    /// Refused when the request id was used with other content.
    pub async fn pay_by_code(&self, charge: CodeCharge) -> Result<Payment, Fault> {
        let value = charge.amount.minor.to_string();
        let request = CodePay {
            content: content(&["InStore", charge.amount.currency.code(), &value, &charge.code, ""]),
            code: hash(&charge.code),
            client_id: charge.client_id,
            request_id: charge.request_id,
            amount: charge.amount,
            description: charge.description,
            notify_url: charge.notify_url,
        };
        match self.submit(Command::PayByCode(Box::new(request))).await? {
            Done::Paid(payment) => Ok(*payment),
            _ => Err(Fault::Internal("pay by code")),
        }
    }
}
