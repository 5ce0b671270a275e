//! Notices of agreements: signed, ended, a deduction by the wallet failed.

use super::{deduction_code, logon_id};
use mithaq_alipay::notices::{DeductionNotice, Notice, NoticeHead, SignNotice, Signer, UnsignNotice};
use mithaq_domain::{AgreementTerms, Contract, GatewayNews, State, User};
use mithaq_types::ContractId;

/// An agreement and who signed it.
struct Signed<'a> {
    contract: &'a Contract,
    terms: &'a AgreementTerms,
    user: &'a User,
}

impl<'a> Signed<'a> {
    fn of(state: &'a State, contract_id: &ContractId) -> Result<Self, &'static str> {
        let contract = state.contract(contract_id).ok_or("the agreement is unknown")?;
        let terms = contract.terms.agreement.as_deref().ok_or("the contract is no agreement")?;
        let user = state.user(&contract.user_id).ok_or("the user is unknown")?;
        Ok(Self { contract, terms, user })
    }

    fn signer(&self) -> Signer {
        Signer {
            agreement_no: self.contract.contract_id.to_string(),
            external_agreement_no: self.terms.external_no.clone(),
            personal_product_code: self.terms.personal_product.clone(),
            sign_scene: self.terms.scene.clone(),
            alipay_user_id: Some(self.contract.customer_id.to_string()),
            alipay_open_id: None,
            alipay_logon_id: logon_id(self.user),
        }
    }
}

/// The notice of what happened to an agreement.
pub fn notice(state: &State, head: &NoticeHead, news: &GatewayNews) -> Result<Notice, &'static str> {
    match news {
        GatewayNews::Signed { contract_id } => {
            let signed = Signed::of(state, contract_id)?;
            let notice = SignNotice {
                signer: signed.signer(),
                external_logon_id: signed.terms.logon_id.clone(),
                sign_time: signed.contract.accepted_at,
                valid_time: signed.contract.accepted_at,
                invalid_time: signed.terms.ends_at,
            };
            Ok(notice.notice(head))
        }
        GatewayNews::Unsigned { contract_id, at } => {
            let signer = Signed::of(state, contract_id)?.signer();
            Ok(UnsignNotice { signer, unsign_time: *at }.notice(head))
        }
        GatewayNews::DeductionFailed { contract_id, number, planned, reason, again_on, at } => {
            let signed = Signed::of(state, contract_id)?;
            let notice = DeductionNotice {
                signer: signed.signer(),
                period_id: *number,
                execute_time: *planned,
                fail_time: *at,
                sub_code: deduction_code(*reason, signed.terms.plan.is_some()),
                next_deduct_time: *again_on,
            };
            Ok(notice.notice(head))
        }
        GatewayNews::Trade { .. } => Err("the news are not about an agreement"),
    }
}
