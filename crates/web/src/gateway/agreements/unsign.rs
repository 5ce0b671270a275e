//! `alipay.user.agreement.unsign`: the merchant ends an agreement (spec/alipay-agreement.md 2.3).

use super::find::{find, terms_of};
use crate::gateway::{Opened, answer, checks, errors};
use crate::state::Shared;
use mithaq_alipay::messages::{AgreementKey, UnsignAnswer, UnsignRequest};
use mithaq_alipay::{Answered, GatewayError, SubCode};
use mithaq_domain::Refusal;

/// Ends it. Trades that were made under it stay, and can be refunded.
pub(in crate::gateway) async fn unsign(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    let asked =
        UnsignRequest::parse(&opened.call.biz_content).map_err(|error| GatewayError::content(method, &error))?;
    let notify_url = checks::notify_url(shared, opened)?;
    let found = find(shared, opened, &asked.key).await?;
    if let AgreementKey::User { .. } = asked.key {
        let numbered = terms_of(&found.first).is_some_and(|terms| terms.external_no.is_some());
        if numbered || found.others > 0 {
            let message = "That does not tell which agreement is meant: more than one fits, or it was signed with a number of \
                           yours. Send agreement_no, or external_agreement_no.";
            return Err(GatewayError::with_message(SubCode::IllegalParams, message));
        }
    }
    if !found.first.state.is_live(shared.wallet.now()) {
        return Err(SubCode::UserAgreementStatusIsNotNormal.into());
    }
    let ended = shared.wallet.end_agreement_as_merchant(
        opened.app.client_id.clone(),
        found.first.contract.contract_id.clone(),
        notify_url,
    );
    ended.await.map_err(|fault| {
        errors::error_of(method, &fault, |refusal| match refusal {
            Refusal::ContractUnknown => SubCode::UserAgreementNotExist.into(),
            Refusal::ContractOver | Refusal::ContractExpired => SubCode::UserAgreementStatusIsNotNormal.into(),
            other => errors::unexpected(method, other),
        })
    })?;
    answer::object(method, &Answered::success(UnsignAnswer {}))
}
