//! An offer is made, and users sign it; other scopes are granted (seed qicard-sign-contract).

use super::pages::{open_page, settle};
use super::pin;
use super::write::Write;
use crate::{
    AgreementPay, Answer, AuthCode, Client, Consent, Contract, ContractState, ContractStatus, Done, Grant,
    InteractionOutcome, Merchant, Offer, Refusal, Row, Scope, Sign, Signed, Status, Terms, User, UserNews, UserStatus,
};
use mithaq_types::{AuthId, ClientId, UserId};

pub fn prepare(
    write: &mut Write<'_>,
    client_id: &ClientId,
    reference_client_id: Option<&str>,
    terms: &Terms,
    auth_id: &AuthId,
) -> Answer {
    let (client, _) = agreement_client(write, client_id)?;
    let offer = Offer {
        auth_id: auth_id.clone(),
        client_id: client_id.clone(),
        merchant_id: client.merchant_id.clone(),
        reference_client_id: reference_client_id.map(str::to_owned),
        terms: terms.clone(),
        created_at: write.now(),
        expires_at: write.after(write.world.policy.offer_life),
    };
    write.insert(Row::Offer(Box::new(offer.clone())));
    write.audit(format!("client:{client_id}"), "contract.prepared", format!("offer:{auth_id}"), None);
    Ok(Done::Offered(Box::new(offer)))
}

/// Each signing is a contract of its own. The code, the contract and the page's outcome are one change.
pub fn sign(write: &mut Write<'_>, sign: &Sign) -> Answer {
    let state = write.state;
    let offer = state.offer(&sign.auth_id);
    let user = active_user(write, &sign.user_id);
    let page = sign.page.as_ref().map(|(id, _)| open_page(write, id)).transpose();
    let (_, merchant) = agreement_client(write, &sign.client_id)?;
    let offer = offer.filter(|offer| offer.client_id == sign.client_id).ok_or(Refusal::OfferUnknown)?;
    let customer = state.customer(&sign.user_id, &offer.merchant_id).is_some();
    let (user, page) = (user?, page?);
    if write.now() >= offer.expires_at {
        return Err(Refusal::OfferExpired);
    }
    let reference_client_id = match (&offer.reference_client_id, &sign.sub_client_id) {
        (Some(prepared), Some(called)) if prepared != called => return Err(Refusal::ReferenceClientMismatch),
        (prepared, called) => prepared.clone().or_else(|| called.clone()),
    };
    pin::check(write, user, sign.pin)?;
    let _ = customer;
    let customer_id = write.customer(&sign.user_id, &offer.merchant_id);
    let contract = Contract {
        contract_id: write.world.mint.contract(write.now(), &write.world.policy.zone),
        auth_id: offer.auth_id.clone(),
        client_id: offer.client_id.clone(),
        merchant_id: offer.merchant_id.clone(),
        user_id: user.user_id.clone(),
        customer_id: customer_id.clone(),
        reference_client_id,
        terms: offer.terms.clone(),
        merchant_name: sign.evidence.merchant_name.clone(),
        monthly_ceiling: sign.monthly_ceiling,
        page_text: sign.evidence.page_text.clone(),
        page_hash: sign.evidence.page_hash.clone(),
        accepted_at: write.now(),
    };
    let code = AuthCode {
        hash: sign.code,
        client_id: sign.client_id.clone(),
        user_id: user.user_id.clone(),
        customer_id,
        scopes: vec![Scope(Scope::AGREEMENT_PAY.to_owned())],
        contract_id: Some(contract.contract_id.clone()),
        reference_client_id: contract.reference_client_id.clone(),
        expires_at: write.after(write.world.policy.code_life),
        used_at: None,
        token_id: None,
    };
    write.insert(Row::Contract(Box::new(contract.clone())));
    write.insert(Row::ContractState(ContractState {
        contract_id: contract.contract_id.clone(),
        status: ContractStatus::Signed,
        expires_at: code.expires_at,
        token_id: None,
        charges: 0,
        charged_minor: 0,
        month: None,
        month_minor: 0,
        last_charge_at: None,
    }));
    write.insert(Row::Code(code.clone()));
    if let (Some(page), Some((_, reply))) = (page, &sign.page) {
        settle(write, page, InteractionOutcome::Done, reply);
    }
    write.tell(user, UserNews::ContractSigned { merchant: merchant.name.clone() }, None);
    let subject = format!("contract:{}", contract.contract_id);
    write.audit(format!("user:{}", user.user_id), "contract.signed", subject, Some(contract.page_hash.clone()));
    Ok(Done::Signed(Box::new(Signed { contract, code })))
}

/// A code for anything but charging. What was granted is remembered, so that it is asked only once.
pub fn grant(write: &mut Write<'_>, grant: &Grant) -> Answer {
    let state = write.state;
    let known = state.consent(&grant.user_id, &grant.client_id);
    let user = active_user(write, &grant.user_id);
    let page = grant.page.as_ref().map(|(id, _)| open_page(write, id)).transpose();
    let (client, _) = active_client(write, &grant.client_id)?;
    let (user, page) = (user?, page?);
    let customer_id = write.customer(&grant.user_id, &client.merchant_id);
    let mut scopes = known.map(|consent| consent.scopes.clone()).unwrap_or_default();
    scopes.extend(grant.scopes.iter().cloned());
    scopes.sort_unstable();
    scopes.dedup();
    if known.is_none_or(|consent| consent.scopes != scopes) {
        let row = Row::Consent(Consent {
            user_id: user.user_id.clone(),
            client_id: grant.client_id.clone(),
            scopes,
            at: write.now(),
        });
        if known.is_some() { write.update(row) } else { write.insert(row) }
    }
    write.insert(Row::Code(AuthCode {
        hash: grant.code,
        client_id: grant.client_id.clone(),
        user_id: user.user_id.clone(),
        customer_id: customer_id.clone(),
        scopes: grant.scopes.clone(),
        contract_id: None,
        reference_client_id: None,
        expires_at: write.after(write.world.policy.code_life),
        used_at: None,
        token_id: None,
    }));
    if let (Some(page), Some((_, reply))) = (page, &grant.page) {
        settle(write, page, InteractionOutcome::Done, reply);
    }
    write.audit(format!("user:{}", user.user_id), "scopes.granted", format!("client:{}", grant.client_id), None);
    Ok(Done::Granted(customer_id))
}

fn active_user<'a>(write: &Write<'a>, id: &UserId) -> Result<&'a User, Refusal> {
    let user = write.state.user(id).ok_or(Refusal::UserUnknown)?;
    if user.status == UserStatus::Active { Ok(user) } else { Err(Refusal::UserFrozen) }
}

fn active_client<'a>(write: &Write<'a>, id: &ClientId) -> Result<(&'a Client, &'a Merchant), Refusal> {
    let client = write.state.client(id).ok_or(Refusal::ClientUnknown)?;
    let merchant = write.state.merchant(&client.merchant_id).ok_or(Refusal::ClientUnknown)?;
    let active = client.status == Status::Active && merchant.status == Status::Active;
    if active { Ok((client, merchant)) } else { Err(Refusal::ClientSuspended) }
}

fn agreement_client<'a>(write: &Write<'a>, id: &ClientId) -> Result<(&'a Client, &'a Merchant), Refusal> {
    let (client, merchant) = active_client(write, id)?;
    match client.agreement_pay {
        AgreementPay::Allowed => Ok((client, merchant)),
        AgreementPay::Suspended => Err(Refusal::AgreementPaySuspended),
        AgreementPay::NotAgreed => Err(Refusal::AgreementPayNotAgreed),
    }
}
