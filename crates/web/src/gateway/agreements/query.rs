//! `alipay.user.agreement.query`: how an agreement stands (spec/alipay-agreement.md 2.2).

use super::find::{find, terms_of};
use crate::gateway::{Opened, answer, errors, people};
use crate::state::Shared;
use mithaq_alipay::messages::{
    AgreementStatus, ExecutionPlan, PrincipalType, QueryAgreementAnswer, QueryAgreementRequest,
};
use mithaq_alipay::{Answered, GatewayError, Price, SubCode, WireTime};
use mithaq_domain::{AgreementTerms, ContractState, PlanState, User};
use mithaq_store::ContractView;

/// Planned deductions that are listed, at most.
const PLANS_MAX: u32 = 12;

/// Answers with it, while it is in force.
pub(in crate::gateway) async fn query(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let asked = QueryAgreementRequest::parse(&opened.call.biz_content)
        .map_err(|error| GatewayError::content(method, &error))?;
    let found = find(shared, opened, &asked.key).await?.first;
    if !found.state.is_live(shared.wallet.now()) {
        return Err(SubCode::AgreementHasUnsigned.into());
    }
    let signer = shared.wallet.user(&found.contract.user_id).await;
    let signer =
        signer.map_err(|fault| errors::error_of(method, &fault, |refusal| errors::unexpected(method, refusal)))?;
    let made = terms_of(&found).zip(signer.as_ref()).map(|(terms, signer)| answer_of(&found, terms, signer));
    let made = made.ok_or_else(|| GatewayError::new(method.system_error()))?;
    answer::object(method, &Answered::success(made))
}

fn answer_of(found: &ContractView, terms: &AgreementTerms, signer: &User) -> QueryAgreementAnswer {
    let (contract, standing) = (&found.contract, &found.state);
    let signed = WireTime(contract.accepted_at);
    QueryAgreementAnswer {
        agreement_no: contract.contract_id.to_string(),
        external_agreement_no: terms.external_no.clone(),
        external_logon_id: terms.logon_id.clone(),
        personal_product_code: terms.personal_product.clone(),
        sign_scene: terms.scene.clone(),
        third_party_type: terms.third_party.clone(),
        status: AgreementStatus::Normal,
        sign_time: signed,
        valid_time: signed,
        invalid_time: WireTime(terms.ends_at),
        alipay_logon_id: people::logon_id(signer),
        principal_id: Some(contract.customer_id.to_string()),
        principal_open_id: None,
        pricipal_type: PrincipalType::Card,
        last_deduct_time: standing.last_charge_at.map(WireTime),
        next_deduct_time: next_day(terms, standing.plan.as_ref()),
        execution_plans: plans(terms, standing),
        single_quota: terms.plan.map(|plan| Price(plan.single)),
    }
}

/// The next planned day; none once there are as many deductions as there may be.
fn next_day(terms: &AgreementTerms, state: Option<&PlanState>) -> Option<jiff::civil::Date> {
    let (plan, state) = terms.plan.as_ref().zip(state)?;
    plan.due(state).map(|_| state.next)
}

/// The next planned deductions. A plan that is done has none.
fn plans(terms: &AgreementTerms, standing: &ContractState) -> Vec<ExecutionPlan> {
    let Some((plan, state)) = terms.plan.as_ref().zip(standing.plan.as_ref()) else { return Vec::new() };
    if plan.due(state).is_none() {
        return Vec::new();
    }
    let left = standing.days_left(plan, PLANS_MAX).into_iter();
    left.map(|(period_id, day)| ExecutionPlan {
        period_id,
        execute_time: day,
        latest_execute_time: day,
        single_amount: Price(plan.single),
    })
    .collect()
}
