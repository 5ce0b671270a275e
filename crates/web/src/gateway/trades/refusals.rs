//! One mapping from the wallet's refusals to the sub-codes of trades (spec/alipay-agreement.md 2.6 to 2.13). Internal text never
//! leaves.

use super::super::errors::{error_of, unexpected};
use mithaq_alipay::messages::TradeStatus;
use mithaq_alipay::{GatewayError, Method, SubCode};
use mithaq_delivery::deduction_code;
use mithaq_domain::{FailReason, Illegal, OperationRefusal, PlanRefusal, Refusal};
use mithaq_wallet::Fault;

/// What is known besides, where one refusal has several names.
#[derive(Clone, Copy, Default, Debug)]
pub struct About {
    /// Whether the agreement has a plan.
    pub has_plan: bool,
    /// How the trade stood.
    pub status: Option<TradeStatus>,
    /// Whether more is wanted back than was ever paid.
    pub is_over_total: bool,
}

/// What the merchant is told.
pub fn said(method: Method, fault: &Fault, about: About) -> GatewayError {
    error_of(method, fault, |refusal| named(method, refusal, about))
}

fn named(method: Method, refusal: &Refusal, about: About) -> GatewayError {
    let Some(sub_code) = code(method, refusal, about) else { return unexpected(method, refusal) };
    match details(method, refusal) {
        Some(message) => GatewayError::with_message(sub_code, message),
        None => sub_code.into(),
    }
}

/// The sub-code of a refusal. Nothing where no call of this method can be refused so.
fn code(method: Method, refusal: &Refusal, about: About) -> Option<SubCode> {
    Some(match refusal {
        Refusal::ClientUnknown => SubCode::AcqPartnerError,
        Refusal::ClientSuspended | Refusal::MerchantSuspended => SubCode::AcqMerchantStatusNotNormal,
        Refusal::AgreementPayNotAgreed => SubCode::AcqMerchantAgreementNotExist,
        Refusal::AgreementPaySuspended => SubCode::AcqMerchantAgreementInvalid,
        Refusal::ContractUnknown | Refusal::ContractOver => SubCode::AcqAgreementNotExist,
        Refusal::ContractExpired => SubCode::AcqAgreementInvalid,
        Refusal::OtherProduct => SubCode::AcqAgreementError,
        Refusal::UserUnknown => SubCode::AcqBuyerNotExist,
        Refusal::UserFrozen => SubCode::AcqBuyerEnableStatusForbid,
        Refusal::UserRestricted => SubCode::AcqPaymentRequestHasRisk,
        Refusal::RequestInconsistent if method == Method::TradeRefund => SubCode::AcqDiscordantRepeatRequest,
        Refusal::RequestInconsistent => SubCode::AcqContextInconsistent,
        Refusal::AmountImpossible if method == Method::TradeRefund => SubCode::AcqRefundFeeError,
        Refusal::AmountImpossible => SubCode::AcqTotalFeeExceed,
        Refusal::OverLimit => SubCode::AcqProductAmountLimitError,
        Refusal::BalanceShort => SubCode::AcqBuyerBalanceNotEnough,
        Refusal::MerchantBalanceShort => SubCode::AcqSellerBalanceNotEnough,
        Refusal::PaymentUnknown => SubCode::AcqTradeNotExist,
        Refusal::OrderForeign => SubCode::AcqTradeBuyerNotMatch,
        Refusal::Charge(reason) => return of_charge(*reason, about),
        Refusal::Payment(illegal) => return of_payment(method, *illegal, about),
        Refusal::Operation(reason) => return of_refund(*reason, about),
        // What users do, and what other methods and the other surface ask for.
        Refusal::OfferUnknown
        | Refusal::OfferExpired
        | Refusal::ReferenceClientMismatch
        | Refusal::PinWrong { .. }
        | Refusal::PinLocked { .. }
        | Refusal::CodeUnknown
        | Refusal::CodeUsed
        | Refusal::CodeExpired
        | Refusal::RefreshUnknown
        | Refusal::RefreshUsed
        | Refusal::RefreshExpired
        | Refusal::TokenUnknown
        | Refusal::TokenDead
        | Refusal::InteractionOver
        | Refusal::InteractionUnknown
        | Refusal::OutboxUnknown
        | Refusal::Exists
        | Refusal::KeyImpossible
        | Refusal::CardUnknown
        | Refusal::CardDeclined(_)
        | Refusal::SameUser
        | Refusal::TooManyMessages
        | Refusal::ScopeMissing
        | Refusal::Plan(_)
        | Refusal::AgreementTaken
        | Refusal::TooManyAgreements
        | Refusal::OtherSigner
        | Refusal::GatewayAppUnknown
        | Refusal::SessionUnknown => return None,
    })
}

/// Why a deduction is not possible (2.6): the words in which a deduction of the wallet's own is reported too.
fn of_charge(reason: FailReason, about: About) -> Option<SubCode> {
    let code = deduction_code(reason, about.has_plan);
    (code != SubCode::AcqSystemError).then_some(code)
}

/// What the state of a trade does not allow.
fn of_payment(method: Method, illegal: Illegal, about: About) -> Option<SubCode> {
    Some(match illegal {
        Illegal::OrderPaid => SubCode::AcqTradeHasSuccess,
        Illegal::OrderCancelled => SubCode::AcqTradeHasClose,
        Illegal::OrderExpired => SubCode::AcqNowTimeAfterExpireTimeError,
        Illegal::Status if method == Method::TradeCancel => SubCode::AcqCancelNotAllowed,
        Illegal::Status => SubCode::AcqTradeStatusError,
        Illegal::Window if about.status == Some(TradeStatus::Finished) => SubCode::AcqTradeHasFinished,
        Illegal::Window => SubCode::AcqTradeCancelTimeOut,
        Illegal::Frozen => SubCode::AcqReasonTradeBeenFreezen,
        // Trades of this surface hold nothing; and what is wrong with a refund has words of its own.
        Illegal::Unsupported
        | Illegal::Accepted
        | Illegal::Running
        | Illegal::NeverHeld
        | Illegal::HoldExpired
        | Illegal::HoldCancelled
        | Illegal::ExceedsHold
        | Illegal::ExceedsTaken
        | Illegal::NotDue => return None,
    })
}

/// Why nothing is given back (2.8). A trade that is closed is closed, whatever else is the matter.
fn of_refund(reason: OperationRefusal, about: About) -> Option<SubCode> {
    let is_closed = about.status == Some(TradeStatus::Closed);
    Some(match reason {
        OperationRefusal::Status | OperationRefusal::Window | OperationRefusal::ExceedsTaken if is_closed => {
            SubCode::AcqTradeHasClose
        }
        OperationRefusal::Status => SubCode::AcqTradeStatusError,
        OperationRefusal::Window => SubCode::AcqTradeHasFinished,
        OperationRefusal::ExceedsTaken if about.is_over_total => SubCode::AcqReasonTradeRefundFeeErr,
        OperationRefusal::ExceedsTaken => SubCode::AcqRefundAmtNotEqualTotal,
        OperationRefusal::Frozen => SubCode::AcqReasonTradeBeenFreezen,
        OperationRefusal::Currency => SubCode::AcqCurrencyNotSupport,
        OperationRefusal::MerchantBalance => SubCode::AcqSellerBalanceNotEnough,
        OperationRefusal::MerchantSuspended => SubCode::AcqTradeNotAllowRefund,
        // Trades of this surface hold nothing.
        OperationRefusal::Unsupported
        | OperationRefusal::NeverHeld
        | OperationRefusal::HoldExpired
        | OperationRefusal::HoldCancelled
        | OperationRefusal::ExceedsHold => return None,
    })
}

/// `sub_msg`, where a refusal knows more than the catalogue does of its code.
fn details(method: Method, refusal: &Refusal) -> Option<String> {
    let text = match refusal {
        Refusal::Charge(FailReason::Plan(PlanRefusal::TooEarly(opens))) => {
            return Some(format!(
                "It is too early, or this period was deducted already: the next can be deducted from {opens} on."
            ));
        }
        Refusal::Charge(FailReason::Plan(PlanRefusal::TooLate(planned))) => {
            return Some(format!(
                "It is too late: the planned day {planned} is past. Move it with \
                 alipay.user.agreement.executionplan.modify, then deduct."
            ));
        }
        Refusal::ContractOver => "The agreement has ended. Let the user sign a new one.",
        Refusal::ClientSuspended => "The merchant's access to the wallet is stopped. Contact the wallet's operator.",
        Refusal::Operation(OperationRefusal::MerchantSuspended) => {
            "The merchant is stopped and cannot refund. Contact the wallet's operator."
        }
        Refusal::Charge(FailReason::Currency) => {
            "The agreement is in another currency. Use an agreement that was signed through this gateway."
        }
        Refusal::Payment(Illegal::Status) if method == Method::TradeClose => {
            "The trade is paid. Only a trade that waits for its payer can be closed; refund this one instead."
        }
        Refusal::Payment(Illegal::Status) if method == Method::TradeCancel => {
            "A part of the trade, or all of it, was refunded. What was refunded cannot be cancelled; refund the rest instead."
        }
        _ => return None,
    };
    Some(text.to_owned())
}

#[cfg(test)]
mod tests;
