//! `alipay.user.agreement.transfer`: an agreement at will would get a plan without its user's doing (spec/alipay-agreement.md
//! 2.5). It is not offered: what a user signed is evidence here, and is never changed.

use crate::gateway::Opened;
use mithaq_alipay::messages::TransferRequest;
use mithaq_alipay::{GatewayError, SubCode};
use mithaq_types::Currency;

/// Refuses it, after what is wrong with the request itself.
pub(in crate::gateway) fn transfer(opened: &Opened) -> Result<String, GatewayError> {
    TransferRequest::parse(&opened.call.biz_content, Currency::CNY)
        .map_err(|error| GatewayError::content(opened.call.method, &error))?;
    let message = "This wallet does not turn an agreement into another one. Let the user sign one with period_rule_params, then \
                   end the old one.";
    Err(GatewayError::with_message(SubCode::NotSupportedBusiness, message))
}
