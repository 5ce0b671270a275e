//! `alipay.user.agreement.executionplan.modify`: the next deduction on a later day (spec/alipay-agreement.md 2.4).

use super::find::terms_of;
use crate::gateway::{Opened, answer, errors};
use crate::state::Shared;
use mithaq_alipay::messages::{ModifyAnswer, ModifyRequest};
use mithaq_alipay::{Answered, GatewayError, SubCode};
use mithaq_domain::{PlanRefusal, Refusal};
use mithaq_types::ContractId;
use mithaq_wallet::Fault;

/// Moves it. The days after it follow from the new one.
pub(in crate::gateway) async fn modify(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let asked =
        ModifyRequest::parse(&opened.call.biz_content).map_err(|error| GatewayError::content(method, &error))?;
    let contract_id = ContractId::new(asked.agreement_no.as_str());
    let moved = shared.wallet.move_plan(opened.app.client_id.clone(), contract_id.clone(), asked.deduct_time).await;
    let standing = match moved {
        Ok(standing) => standing,
        Err(Fault::Refused(Refusal::Plan(refused))) => {
            return Err(GatewayError::with_message(
                SubCode::IllegalExecutionTime,
                why(shared, contract_id, refused).await,
            ));
        }
        Err(fault) => {
            return Err(errors::error_of(method, &fault, |refusal| match refusal {
                Refusal::ContractUnknown | Refusal::ContractOver | Refusal::ContractExpired | Refusal::OtherProduct => {
                    SubCode::IllegalAgreement.into()
                }
                other => errors::unexpected(method, other),
            }));
        }
    };
    let deduct_time = standing.plan.map_or(asked.deduct_time, |plan| plan.next);
    answer::object(method, &Answered::success(ModifyAnswer { agreement_no: asked.agreement_no, deduct_time }))
}

/// Which rule it is, and which day the plan has now.
async fn why(shared: &Shared, contract_id: ContractId, refused: PlanRefusal) -> String {
    let rule = match refused {
        PlanRefusal::DayOfMonth => "deduct_time must be on a day from 1 to 28, which every month has.",
        _ => "deduct_time must be later than the planned day, and not past.",
    };
    let planned = match shared.wallet.reader().contract(contract_id).await {
        Ok(Some(view)) => terms_of(&view).and(view.state.plan).map(|plan| plan.next),
        _ => None,
    };
    planned.map_or_else(|| rule.to_owned(), |day| format!("{rule} The planned day is {day}."))
}
