//! An offer is made, and users sign it; other scopes are granted (seed qicard-sign-contract).

use super::pages::{open_page, settle};
use super::parties::{active_client, active_user, agreement_client};
use super::pin;
use super::write::Write;
use crate::{
    AgreementTerms, Answer, AuthCode, Consent, Contract, ContractState, ContractStatus, Done, Grant,
    InteractionOutcome, Key, Offer, Refusal, Row, Scope, Sign, Signed, Terms, UserNews,
};
use mithaq_types::{AuthId, ClientId};

pub fn prepare(
    write: &mut Write<'_>,
    client_id: &ClientId,
    reference_client_id: Option<&str>,
    terms: &Terms,
    auth_id: &AuthId,
) -> Answer {
    write.state.ask([Key::Offer(auth_id.clone())]);
    let (client, _) = agreement_client(write, client_id)?;
    if write.state.offer(auth_id).is_some() {
        return Err(Refusal::Exists);
    }
    let is_possible = |agreement: &AgreementTerms| {
        agreement.plan.is_none_or(|plan| plan.is_possible() && plan.single.currency == agreement.currency)
    };
    if terms.agreed_amount.is_some_and(|agreed| agreed.minor <= 0)
        || !terms.agreement.as_deref().is_none_or(is_possible)
    {
        return Err(Refusal::AmountImpossible);
    }
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
    state.ask([Key::Offer(sign.auth_id.clone()), Key::User(sign.user_id.clone()), Key::Code(sign.code)]);
    state.ask(sign.page.as_ref().map(|(id, _)| Key::Interaction(id.clone())));
    if let Some(offer) = state.offer(&sign.auth_id) {
        state.ask([Key::Customer(sign.user_id.clone(), offer.merchant_id.clone())]);
    }
    let (_, merchant) = agreement_client(write, &sign.client_id)?;
    let offer = state.offer(&sign.auth_id);
    // Agreements of the Alipay surface are signed by a command of their own.
    let own = |offer: &&Offer| offer.client_id == sign.client_id && offer.terms.agreement.is_none();
    let offer = offer.filter(own);
    let offer = offer.ok_or(Refusal::OfferUnknown)?;
    let user = active_user(write, &sign.user_id)?;
    let page = sign.page.as_ref();
    let page = page.map(|(id, _)| open_page(write, id, &sign.client_id, Some(&sign.auth_id))).transpose()?;
    if state.code(sign.code).is_some() {
        return Err(Refusal::Exists);
    }
    if write.now() >= offer.expires_at {
        return Err(Refusal::OfferExpired);
    }
    let currency = offer.terms.currency(write.world.policy.currency);
    if sign.monthly_ceiling.is_some_and(|own| own.minor <= 0 || own.currency != currency) {
        return Err(Refusal::AmountImpossible);
    }
    let reference_client_id = match (&offer.reference_client_id, &sign.sub_client_id) {
        (Some(prepared), Some(called)) if prepared != called => return Err(Refusal::ReferenceClientMismatch),
        (prepared, called) => prepared.clone().or_else(|| called.clone()),
    };
    pin::check(write, user, sign.pin)?;
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
        user_id: contract.user_id.clone(),
        status: ContractStatus::Signed,
        expires_at: code.expires_at,
        token_id: None,
        charges: 0,
        charged_minor: 0,
        month: None,
        month_minor: 0,
        last_charge_at: None,
        last_payment: None,
        plan: None,
        run: None,
    }));
    write.insert(Row::Code(code.clone()));
    if let (Some(page), Some((_, reply))) = (page, &sign.page) {
        settle(write, page, InteractionOutcome::Done, reply);
    }
    write.tell(user, UserNews::ContractSigned { merchant: merchant.name_in(user.language).to_owned() }, None);
    let subject = format!("contract:{}", contract.contract_id);
    write.audit(format!("user:{}", user.user_id), "contract.signed", subject, Some(contract.page_hash.clone()));
    Ok(Done::Signed(Box::new(Signed { contract, code })))
}

/// A code for anything but charging. What was granted is remembered, so that it is asked only once.
pub fn grant(write: &mut Write<'_>, grant: &Grant) -> Answer {
    let state = write.state;
    state.ask([
        Key::Consent(grant.user_id.clone(), grant.client_id.clone()),
        Key::User(grant.user_id.clone()),
        Key::Code(grant.code),
    ]);
    state.ask(grant.page.as_ref().map(|(id, _)| Key::Interaction(id.clone())));
    if let Some(client) = state.client(&grant.client_id) {
        state.ask([Key::Customer(grant.user_id.clone(), client.merchant_id.clone())]);
    }
    let (client, _) = active_client(write, &grant.client_id)?;
    let user = active_user(write, &grant.user_id)?;
    let page = grant.page.as_ref();
    let page = page.map(|(id, _)| open_page(write, id, &grant.client_id, None)).transpose()?;
    if state.code(grant.code).is_some() {
        return Err(Refusal::Exists);
    }
    // Only signing gives the right to charge.
    let granted: Vec<_> = grant.scopes.iter().filter(|scope| scope.0 != Scope::AGREEMENT_PAY).cloned().collect();
    let known = state.consent(&grant.user_id, &grant.client_id);
    let customer_id = write.customer(&grant.user_id, &client.merchant_id);
    let mut scopes = known.map(|consent| consent.scopes.clone()).unwrap_or_default();
    scopes.extend(granted.iter().cloned());
    scopes.sort_unstable();
    scopes.dedup();
    if known.is_none_or(|consent| consent.scopes != scopes) {
        let row = Row::Consent(Consent {
            user_id: user.user_id.clone(),
            client_id: grant.client_id.clone(),
            scopes,
            at: write.now(),
            messages: known.and_then(|consent| consent.messages),
        });
        if known.is_some() { write.update(row) } else { write.insert(row) }
    }
    write.insert(Row::Code(AuthCode {
        hash: grant.code,
        client_id: grant.client_id.clone(),
        user_id: user.user_id.clone(),
        customer_id: customer_id.clone(),
        scopes: granted,
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
