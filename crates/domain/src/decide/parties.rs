//! Who may act: users who are not frozen, clients that are not suspended, and those of them with an
//! agreement for agreement payment.

use super::write::Write;
use crate::{AgreementPay, Client, FailReason, Merchant, Refusal, Status, User, UserStatus};
use mithaq_types::{ClientId, UserId};

pub fn active_user<'a>(write: &Write<'a>, id: &UserId) -> Result<&'a User, Refusal> {
    let user = write.state.user(id).ok_or(Refusal::UserUnknown)?;
    may_act(user).map(|()| user)
}

pub const fn may_act(user: &User) -> Result<(), Refusal> {
    match user.status {
        UserStatus::Active => Ok(()),
        UserStatus::Frozen => Err(Refusal::UserFrozen),
        UserStatus::Restricted => Err(Refusal::UserRestricted),
    }
}

/// The same for a payment that is decided at once: why it fails.
pub const fn may_be_charged(user: &User) -> Result<(), FailReason> {
    match user.status {
        UserStatus::Active => Ok(()),
        UserStatus::Frozen => Err(FailReason::UserFrozen),
        UserStatus::Restricted => Err(FailReason::Restricted),
    }
}

/// A client and whom it acts for.
pub fn known_client<'a>(write: &Write<'a>, id: &ClientId) -> Result<(&'a Client, &'a Merchant), Refusal> {
    let client = write.state.client(id).ok_or(Refusal::ClientUnknown)?;
    let merchant = write.state.merchant(&client.merchant_id).ok_or(Refusal::ClientUnknown)?;
    Ok((client, merchant))
}

pub fn active_client<'a>(write: &Write<'a>, id: &ClientId) -> Result<(&'a Client, &'a Merchant), Refusal> {
    let (client, merchant) = known_client(write, id)?;
    let active = client.status == Status::Active && merchant.status == Status::Active;
    if active { Ok((client, merchant)) } else { Err(Refusal::ClientSuspended) }
}

/// A client that may prepare contracts and have them signed.
pub fn agreement_client<'a>(write: &Write<'a>, id: &ClientId) -> Result<(&'a Client, &'a Merchant), Refusal> {
    let (client, merchant) = active_client(write, id)?;
    may_use_agreements(client)?;
    Ok((client, merchant))
}

/// The operator's contract with the merchant (spec/qicard.md 7.1).
pub const fn may_use_agreements(client: &Client) -> Result<(), Refusal> {
    match client.agreement_pay {
        AgreementPay::Allowed => Ok(()),
        AgreementPay::Suspended => Err(Refusal::AgreementPaySuspended),
        AgreementPay::NotAgreed => Err(Refusal::AgreementPayNotAgreed),
    }
}
