//! Money from one user to another, and money from a user's bank.

use crate::{BankDraw, BankVerdict, Fault, Pin, Wallet};
use mithaq_domain::{Command, Done, Refusal, Transfer};
use mithaq_types::{Money, TransferId, UserId};

/// Money to send.
pub struct NewTransfer {
    /// The id that the form was given: the same again sends nothing twice.
    pub transfer_id: TransferId,
    /// From whom.
    pub from: UserId,
    /// To whom: digits with country code.
    pub to_phone: String,
    /// How much.
    pub amount: Money,
    /// The sender's words.
    pub note: Option<String>,
    /// The PIN.
    pub pin: Pin,
}

/// Money to fetch from the bank.
pub struct TopUpRequest {
    /// The id that the form was given: the same again fetches nothing twice.
    pub once: String,
    /// For whom.
    pub user_id: UserId,
    /// How much.
    pub amount: Money,
}

impl TopUpRequest {
    /// What the bank, and the deposit that comes of it, call a request.
    #[must_use]
    pub fn reference(user_id: &UserId, once: &str) -> String {
        format!("bank:{user_id}:{once}")
    }
}

impl Wallet {
    /// Sends money, once.
    ///
    /// # Errors
    /// Refused when there is no such receiver, the sender may not or has not enough, or the PIN does not open.
    pub async fn send_money(&self, new: NewTransfer) -> Result<Transfer, Fault> {
        let from = self.user(&new.from).await?.ok_or(Refusal::UserUnknown)?;
        let to = self.user_by_phone(&new.to_phone).await?;
        let pin = self.check_pin(&from, &new.pin).await?;
        let (transfer_id, amount, note, at) = (new.transfer_id, new.amount, new.note, self.now());
        let transfer = Transfer { transfer_id, from: from.user_id, to: to.user_id, amount, note, at };
        match self.submit(Command::Send(Box::new(transfer), pin)).await? {
            Done::Sent(transfer) => Ok(*transfer),
            _ => Err(Fault::Internal("send")),
        }
    }

    /// Fetches money from the user's bank. What the bank approved is in the wallet, once.
    ///
    /// # Errors
    /// When the bank does not answer: what it did is not known, and the same request may be repeated.
    pub async fn fetch_from_bank(&self, request: TopUpRequest) -> Result<BankVerdict, Fault> {
        let TopUpRequest { once, user_id, amount } = request;
        if amount.minor <= 0 {
            return Err(Refusal::AmountImpossible.into());
        }
        let reference = TopUpRequest::reference(&user_id, &once);
        let draw = BankDraw { reference: reference.clone(), user_id: user_id.clone(), amount };
        let said = self.sources().bank.draw(&draw).await.map_err(|_| Fault::Internal("the bank did not answer"))?;
        if said == BankVerdict::Approved {
            self.deposit(reference, user_id, amount).await?;
        }
        Ok(said)
    }
}
