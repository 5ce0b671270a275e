//! A user signs an agreement of the Alipay surface (spec/alipay-agreement.md 2.1, 4.1): a contract that is in force at once.

use super::gateway;
use super::pages::open_page;
use super::parties::{active_user, agreement_client};
use super::pin;
use super::write::Write;
use crate::{
    AgreementHolder, AgreementNumber, AgreementTerms, Answer, Contract, ContractState, ContractStatus, Done,
    GatewayNews, Interaction, InteractionOutcome, InteractionState, Key, LiveAgreement, Offer, PlanRun, Refusal, Row,
    SignAgreement, Signer, User, UserNews,
};
use mithaq_types::{ContractId, UserId};

/// Signs. What is in force with the same terms is not signed twice: that agreement is the answer.
pub fn sign(write: &mut Write<'_>, sign: &SignAgreement) -> Answer {
    let state = write.state;
    let holder_key = Key::AgreementHolder(sign.user_id.clone(), sign.client_id.clone());
    state.ask([Key::Offer(sign.auth_id.clone()), Key::User(sign.user_id.clone()), holder_key]);
    state.ask(sign.page.clone().map(Key::Interaction));
    let offer = state.offer(&sign.auth_id).filter(|offer| offer.client_id == sign.client_id);
    if let Some(offer) = offer {
        state.ask([Key::Customer(sign.user_id.clone(), offer.merchant_id.clone())]);
        let terms = offer.terms.agreement.as_deref();
        state.ask(terms.map(|terms| Key::GatewayApp(terms.app_id.clone())));
        let number = terms.and_then(|terms| terms.external_no.clone());
        state.ask(number.map(|number| Key::AgreementNumber(offer.client_id.clone(), number)));
    }
    let (_, merchant) = agreement_client(write, &sign.client_id)?;
    let offer = offer.ok_or(Refusal::OfferUnknown)?;
    let terms = offer.terms.agreement.as_deref().ok_or(Refusal::OfferUnknown)?;
    let user = active_user(write, &sign.user_id)?;
    let page = sign.page.as_ref().map(|id| open_page(write, id, &sign.client_id, Some(&sign.auth_id))).transpose()?;
    if write.now() >= offer.expires_at || write.now() >= terms.ends_at {
        return Err(Refusal::OfferExpired);
    }
    if let Some(signer) = &terms.signer {
        is_expected(write, signer, user, offer)?;
    }
    let existing = in_force(write, offer, terms, &sign.user_id)?;
    let holder = state.agreement_holder(&sign.user_id, &sign.client_id);
    let periodic = holder.map_or(0, |holder| holder.periodic(write.now()));
    if existing.is_none() && terms.plan.is_some() && periodic >= write.world.policy.agreements_max {
        return Err(Refusal::TooManyAgreements);
    }
    pin::check(write, user, sign.pin)?;
    if let Some((contract, standing)) = existing {
        settle(write, page, &contract.contract_id);
        return Ok(Done::Agreed(Box::new(contract), Box::new(standing)));
    }
    let contract = Contract {
        contract_id: write.world.mint.agreement(write.now(), &write.world.policy.zone),
        auth_id: offer.auth_id.clone(),
        client_id: offer.client_id.clone(),
        merchant_id: offer.merchant_id.clone(),
        user_id: user.user_id.clone(),
        customer_id: write.customer(&sign.user_id, &offer.merchant_id),
        reference_client_id: offer.reference_client_id.clone(),
        terms: offer.terms.clone(),
        merchant_name: sign.evidence.merchant_name.clone(),
        monthly_ceiling: None,
        page_text: sign.evidence.page_text.clone(),
        page_hash: sign.evidence.page_hash.clone(),
        accepted_at: write.now(),
    };
    let standing = begin(write, &contract, terms);
    write.insert(Row::Contract(Box::new(contract.clone())));
    write.insert(Row::ContractState(standing.clone()));
    enlist(write, &contract, terms);
    settle(write, page, &contract.contract_id);
    let url = gateway::own_url(write, terms);
    let news = GatewayNews::Signed { contract_id: contract.contract_id.clone() };
    gateway::tell(write, &terms.app_id, &contract.client_id, url, news);
    write.tell(user, UserNews::ContractSigned { merchant: merchant.name_in(user.language).to_owned() }, None);
    let subject = format!("contract:{}", contract.contract_id);
    write.audit(format!("user:{}", user.user_id), "contract.signed", subject, Some(contract.page_hash.clone()));
    Ok(Done::Agreed(Box::new(contract), Box::new(standing)))
}

/// How an agreement stands when it is signed.
fn begin(write: &Write<'_>, contract: &Contract, terms: &AgreementTerms) -> ContractState {
    let policy = write.world.policy;
    let mut plan = terms.plan.map(|plan| plan.begin());
    if let (Some(state), Some(plan), true) = (&mut plan, &terms.plan, terms.wallet_deducts) {
        // Periods that were over when the user signed are no business of the wallet's.
        state.next = plan.latest(state.next, write.today());
    }
    let run = plan.filter(|_| terms.wallet_deducts);
    ContractState {
        contract_id: contract.contract_id.clone(),
        user_id: contract.user_id.clone(),
        status: ContractStatus::Active,
        expires_at: terms.ends_at,
        token_id: None,
        charges: 0,
        charged_minor: 0,
        month: None,
        month_minor: 0,
        last_charge_at: None,
        last_payment: None,
        plan,
        run: run.map(|plan| PlanRun::begin(&plan, write.now(), true, &policy.dunning, &policy.zone)),
    }
}

/// Whether the user is whom the merchant expects.
fn is_expected(write: &Write<'_>, signer: &Signer, user: &User, offer: &Offer) -> Result<(), Refusal> {
    let known_as = write.state.customer(&user.user_id, &offer.merchant_id).map(|customer| &customer.customer_id);
    let named = signer.name.as_ref().is_none_or(|name| user.goes_by(name));
    let known = signer.customer_id.as_ref().is_none_or(|id| Some(id) == known_as);
    let age = user.age_on(write.today());
    let old = signer.age_min.is_none_or(|min| age.is_some_and(|age| age >= min));
    let young = signer.age_max.is_none_or(|max| age.is_some_and(|age| age <= max));
    if named && known && old && young { Ok(()) } else { Err(Refusal::OtherSigner) }
}

/// The agreement that the offer would repeat. A number, or a product and scene without one, names one agreement at a time.
fn in_force(
    write: &Write<'_>,
    offer: &Offer,
    terms: &AgreementTerms,
    user_id: &UserId,
) -> Result<Option<(Contract, ContractState)>, Refusal> {
    let state = write.state;
    let named: Option<ContractId> = match &terms.external_no {
        Some(no) => state.agreement_number(&offer.client_id, no).map(|number| number.contract_id.clone()),
        None => state.agreement_holder(user_id, &offer.client_id).and_then(|holder| {
            let same = |live: &&LiveAgreement| live.external_no.is_none() && is_alike(live, terms);
            holder.live.iter().find(same).map(|live| live.contract_id.clone())
        }),
    };
    let Some(id) = named else { return Ok(None) };
    state.ask([Key::Contract(id.clone()), Key::ContractState(id.clone())]);
    let (Some(contract), Some(standing)) = (state.contract(&id), state.contract_state(&id)) else { return Ok(None) };
    if !standing.is_live(write.now()) {
        return Ok(None);
    }
    let same = contract.terms.agreement.as_deref().is_some_and(|agreed| agreed.same_deal(terms));
    if contract.user_id == *user_id && same {
        return Ok(Some((contract.clone(), standing.clone())));
    }
    Err(Refusal::AgreementTaken)
}

fn is_alike(live: &LiveAgreement, terms: &AgreementTerms) -> bool {
    live.personal_product == terms.personal_product && live.scene == terms.scene
}

/// Notes the agreement under the merchant's number and among those of the user.
fn enlist(write: &mut Write<'_>, contract: &Contract, terms: &AgreementTerms) {
    let state = write.state;
    let (client_id, contract_id) = (contract.client_id.clone(), contract.contract_id.clone());
    if let Some(external_no) = terms.external_no.clone() {
        let known = state.agreement_number(&client_id, &external_no).is_some();
        let row = Row::AgreementNumber(AgreementNumber { client_id: client_id.clone(), external_no, contract_id });
        if known { write.update(row) } else { write.insert(row) }
    }
    let agreement = LiveAgreement {
        contract_id: contract.contract_id.clone(),
        personal_product: terms.personal_product.clone(),
        scene: terms.scene.clone(),
        external_no: terms.external_no.clone(),
        periodic: terms.plan.is_some(),
        ends_at: terms.ends_at,
    };
    let known = state.agreement_holder(&contract.user_id, &client_id);
    let mut live = known.map(|holder| holder.live.clone()).unwrap_or_default();
    // One that ran out, and that nobody has ended yet, makes room for the one that was signed anew.
    live.retain(|other| other.external_no != terms.external_no || !is_alike(other, terms));
    live.push(agreement);
    let row = Row::AgreementHolder(Box::new(AgreementHolder { user_id: contract.user_id.clone(), client_id, live }));
    if known.is_some() { write.update(row) } else { write.insert(row) }
}

/// Gives the page its outcome; what it replies is made out of the contract.
fn settle(write: &mut Write<'_>, page: Option<Interaction>, contract_id: &ContractId) {
    if let Some(page) = page {
        let state = InteractionState::Final(InteractionOutcome::Done);
        let contract_id = Some(contract_id.clone());
        write.update(Row::Interaction(Box::new(Interaction { state, contract_id, ..page })));
    }
}
