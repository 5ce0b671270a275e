//! Every refusal has a sub-code of its method's list, and what cannot be known is not told as known.

use super::*;
use jiff::civil::date;
use mithaq_alipay::Code;
use mithaq_store::EngineError;

/// What of a method's list every one of its calls can be refused with, in the wallet's words.
fn refusals_of(method: Method) -> Vec<Refusal> {
    let stopped = || vec![Refusal::ClientUnknown, Refusal::ClientSuspended, Refusal::MerchantSuspended];
    let payments = |all: &[Illegal]| all.iter().map(|illegal| Refusal::Payment(*illegal)).collect::<Vec<_>>();
    match method {
        Method::TradePay => {
            let reasons = [
                FailReason::Plan(PlanRefusal::TooEarly(date(2026, 2, 1))),
                FailReason::Plan(PlanRefusal::TooLate(date(2026, 2, 6))),
                FailReason::Plan(PlanRefusal::OverSingle),
                FailReason::Plan(PlanRefusal::OverTotal),
                FailReason::Plan(PlanRefusal::OverCount),
                FailReason::OverLimit,
                FailReason::OverUserLimit,
                FailReason::Currency,
                FailReason::NotStarted,
                FailReason::UserUnknown,
                FailReason::UserFrozen,
                FailReason::Restricted,
                FailReason::MerchantSuspended,
                FailReason::Balance,
                FailReason::Overflow,
            ];
            let own = vec![
                Refusal::AgreementPayNotAgreed,
                Refusal::AgreementPaySuspended,
                Refusal::ContractUnknown,
                Refusal::ContractOver,
                Refusal::ContractExpired,
                Refusal::OtherProduct,
                Refusal::UserUnknown,
                Refusal::RequestInconsistent,
                Refusal::AmountImpossible,
            ];
            let said = payments(&[Illegal::OrderPaid, Illegal::OrderCancelled]);
            [stopped(), own, said, reasons.map(Refusal::Charge).to_vec()].concat()
        }
        Method::TradeCreate | Method::AppPay => {
            let own = vec![Refusal::RequestInconsistent, Refusal::AmountImpossible, Refusal::OverLimit];
            [stopped(), own, payments(&[Illegal::OrderExpired])].concat()
        }
        Method::TradeRefund => {
            let reasons = [
                OperationRefusal::Status,
                OperationRefusal::Frozen,
                OperationRefusal::ExceedsTaken,
                OperationRefusal::Window,
                OperationRefusal::Currency,
                OperationRefusal::MerchantBalance,
                OperationRefusal::MerchantSuspended,
            ];
            let own = [Refusal::PaymentUnknown, Refusal::RequestInconsistent, Refusal::UserUnknown];
            [own.to_vec(), vec![Refusal::AmountImpossible], reasons.map(Refusal::Operation).to_vec()].concat()
        }
        Method::TradeClose => [vec![Refusal::PaymentUnknown], payments(&[Illegal::Status])].concat(),
        Method::TradeCancel => {
            let own = vec![Refusal::MerchantBalanceShort];
            [own, payments(&[Illegal::Status, Illegal::Frozen, Illegal::Window])].concat()
        }
        _ => Vec::new(),
    }
}

const METHODS: [Method; 6] = [
    Method::TradePay,
    Method::TradeCreate,
    Method::AppPay,
    Method::TradeRefund,
    Method::TradeClose,
    Method::TradeCancel,
];

#[test]
fn whatever_a_trade_is_refused_for_has_a_sub_code_of_its_methods_list() {
    let statuses = [None, Some(TradeStatus::Closed), Some(TradeStatus::Success), Some(TradeStatus::Finished)];
    for method in METHODS {
        for refusal in refusals_of(method) {
            for status in statuses {
                for flag in [false, true] {
                    let about = About { has_plan: flag, status, is_over_total: flag };
                    let error = named(method, &refusal, about);
                    let is_listed = method.sub_codes().any(|listed| listed == error.sub_code);
                    assert!(is_listed, "{refusal:?} of {} is {error}", method.name());
                    assert_ne!(error.sub_code, method.system_error(), "{refusal:?} has an outcome: nothing was done");
                    assert!(error.message.ends_with('.') && error.message.is_ascii(), "{error}");
                }
            }
        }
    }
}

#[test]
fn a_deduction_at_the_wrong_time_says_which_days_are_right() {
    let early = Refusal::Charge(FailReason::Plan(PlanRefusal::TooEarly(date(2026, 2, 1))));
    let error = named(Method::TradePay, &early, About::default());
    assert_eq!(error.sub_code, SubCode::AcqCyclePayDateNotMatch);
    assert!(error.message.contains("2026-02-01"), "{error}");
    let late = Refusal::Charge(FailReason::Plan(PlanRefusal::TooLate(date(2026, 2, 6))));
    let error = named(Method::TradePay, &late, About::default());
    assert!(error.message.contains("2026-02-06") && error.message.contains("executionplan.modify"), "{error}");
}

#[test]
fn a_closed_trade_is_closed_whatever_else_keeps_a_refund_from_it() {
    let closed = About { status: Some(TradeStatus::Closed), is_over_total: true, ..About::default() };
    for reason in [OperationRefusal::Status, OperationRefusal::Window, OperationRefusal::ExceedsTaken] {
        let error = named(Method::TradeRefund, &Refusal::Operation(reason), closed);
        assert_eq!(error.sub_code, SubCode::AcqTradeHasClose, "{reason:?}");
    }
}

#[test]
fn where_the_wallet_fails_the_outcome_is_not_known_and_where_it_is_full_nothing_was_done() {
    for method in METHODS {
        let failed = said(method, &Fault::Engine(EngineError::Failed), About::default());
        assert_eq!(failed.sub_code, SubCode::AcqSystemError);
        let busy = said(method, &Fault::Engine(EngineError::Busy), About::default());
        assert_eq!(busy.sub_code.code(), Code::Limited);
        // What cannot be is no outcome either.
        assert_eq!(
            said(method, &Fault::Refused(Refusal::SameUser), About::default()).sub_code,
            SubCode::AcqSystemError
        );
    }
}
