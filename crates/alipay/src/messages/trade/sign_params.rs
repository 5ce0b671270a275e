//! `agreement_sign_params`: signing together with a payment (spec/alipay-agreement.md 2.12, 2.13).

use crate::json::{ContentError, Fields};
use crate::messages::AgreementTerms;
use mithaq_types::Currency;

/// What the payer may sign on the page of the payment. The first payment is outside the plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SignParams {
    /// What the payer agrees to.
    pub terms: AgreementTerms,
    /// Where signing is told; none: where the trade is.
    pub sign_notify_url: Option<String>,
}

impl SignParams {
    pub(super) fn read(fields: &Fields, currency: Currency) -> Result<Option<Self>, ContentError> {
        let Some(params) = fields.object("agreement_sign_params")? else { return Ok(None) };
        let terms = AgreementTerms::read(&params, currency)?;
        Ok(Some(Self { terms, sign_notify_url: params.http_url("sign_notify_url", 256)? }))
    }
}
