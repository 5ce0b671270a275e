//! A user or the operator ends a contract.

use crate::{Fault, Pin, Wallet};
use mithaq_domain::{Command, EndedBy, Refusal};
use mithaq_types::{ContractId, UserId};

impl Wallet {
    /// The user ends a contract of theirs, with the PIN; its tokens are dead at once.
    ///
    /// # Errors
    /// Refused when it is not theirs, is over, or the PIN does not open.
    pub async fn end_contract_as_user(&self, contract_id: ContractId, user_id: &UserId, pin: Pin) -> Result<(), Fault> {
        let user = self.user(user_id).await?.ok_or(Refusal::UserUnknown)?;
        let by = EndedBy::User(user_id.clone(), self.check_pin(&user, &pin).await?);
        self.submit(Command::EndContract { contract_id, by }).await.map(|_| ())
    }

    /// The operator ends a contract.
    ///
    /// # Errors
    /// Refused when there is none or it is over.
    pub async fn end_contract_as_operator(&self, contract_id: ContractId) -> Result<(), Fault> {
        self.submit(Command::EndContract { contract_id, by: EndedBy::Operator }).await.map(|_| ())
    }
}
