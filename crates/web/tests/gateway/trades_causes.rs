//! Every sub-code that the documents list for a trade's method: the test that shows its cause here, or why it has none
//! (spec/alipay-agreement.md 2.6 to 2.13).

use mithaq_alipay::{Method, SubCode as S};

/// Where a sub-code comes from.
enum Cause {
    /// The test that causes it.
    Shown(&'static str),
    /// Nothing in this wallet does, and why.
    Never(&'static str),
}
use Cause::{Never, Shown};

/// The tests, and those of the mapping, where the wallet is made to fail.
const TESTS: [&str; 8] = [
    include_str!("trades_deductions.rs"),
    include_str!("trades_parties.rs"),
    include_str!("trades_reuse.rs"),
    include_str!("trades_orders.rs"),
    include_str!("trades_refunds.rs"),
    include_str!("trades_undoing.rs"),
    include_str!("trades_app_pay.rs"),
    include_str!("../../src/gateway/trades/refusals/tests.rs"),
];

const MISSHAPEN: Cause = Shown("what_is_missing_or_misshapen_is_named");
const UNKNOWN: Cause = Shown("a_merchant_sees_its_own_trades_of_this_surface_only");
const FAILED: Cause = Shown("where_the_wallet_fails_the_outcome_is_not_known_and_where_it_is_full_nothing_was_done");
const NO_RATES: Cause = Never("the wallet limits sums, not how often or when a merchant tries");
const ONE_BLOCK: Cause = Never("a merchant that is stopped has one name here, MERCHANT_STATUS_NOT_NORMAL");
const OWN_APP: Cause =
    Never("an app is found by its number and belongs to one client; another number is isv.invalid-app-id");
const NO_WORDS: Cause = Never("no words are forbidden");
const NOT_YET: Cause = Never("nothing is paid when a trade is made; the payer hears of it in the cashier");

fn deduction(sub_code: S) -> Cause {
    match sub_code {
        S::AcqAgreementNotExist => Shown("an_agreement_that_is_not_there_not_this_merchants_or_ended_does_not_exist"),
        S::AcqAgreementInvalid => Shown("an_agreement_that_ran_out_is_invalid"),
        S::AcqAgreementStatusNotNormal => {
            Never("an agreement is in force from its signature to its end: there is no TEMP, and nobody suspends one")
        }
        S::AcqAgreementError => Shown("a_product_that_the_agreement_was_not_signed_for_does_not_fit_it"),
        S::AcqMerchantAgreementNotExist | S::AcqMerchantAgreementInvalid => {
            Shown("a_merchant_without_the_product_or_with_it_stopped_deducts_nothing")
        }
        S::AcqCyclePayDateNotMatch => Shown("a_period_is_deducted_within_its_days_and_once"),
        S::AcqCyclePaySingleFeeExceed | S::AcqCyclePayTotalFeeExceed | S::AcqCyclePayTotalTimesExceed => {
            Shown("no_deduction_passes_the_caps_of_its_plan")
        }
        S::AcqOverMaxDeductCount
        | S::AcqOverMaxUnderWayDeductCount
        | S::AcqOverDeductPeriod
        | S::AcqOverMerchantDailyDeductAmount => NO_RATES,
        S::AcqProductAmountLimitError | S::AcqBuyerPaymentAmountDayLimitError => {
            Shown("no_deduction_passes_the_caps_of_the_product_and_of_the_day")
        }
        S::AcqBuyerPaymentAmountMonthLimitError => {
            Never("users set a ceiling for a month on contracts of the other surface only")
        }
        S::AcqBuyerBalanceNotEnough => Shown("too_little_yuan_is_too_little_whatever_there_is_in_dinars"),
        S::AcqBuyerBankcardBalanceNotEnough => Never("deductions are paid from the balance"),
        S::AcqNoPaymentInstrumentsAvailable => Never("every user has a balance, if only of nothing"),
        S::AcqBuyerEnableStatusForbid | S::AcqPaymentRequestHasRisk => Shown("a_payer_who_may_not_pay_is_not_charged"),
        S::AcqBuyerNotExist => Never("users who have signed are frozen, never removed"),
        S::AcqPayerUnmatched => Never("the agreement says who pays; the request names nobody"),
        S::AcqTradeHasSuccess => Shown("a_number_that_is_paid_is_not_paid_again"),
        S::AcqTradeHasClose => Shown("a_number_whose_trade_was_given_back_is_closed"),
        S::AcqContextInconsistent => Shown("a_number_means_one_amount_and_one_subject"),
        S::AcqTradeStatusError => Shown("a_trade_that_waits_for_its_payer_is_not_deducted"),
        S::AcqTradeBuyerNotMatch => Shown("a_number_means_one_payer_but_any_agreement_of_theirs"),
        S::AcqBuyerSellerEqual => Never("merchants sign no agreements: the signer is never the payee"),
        S::AcqTotalFeeExceed => Shown("sums_are_from_a_cent_to_a_hundred_million"),
        S::AcqSellerNotExist | S::AcqInvalidReceiveAccount => Shown("the_payee_can_only_be_the_merchant_itself"),
        S::AcqMerchantStatusNotNormal => Shown("a_merchant_that_is_stopped_is_not_paid"),
        S::AcqSellerBeenBlocked => ONE_BLOCK,
        S::AcqAccessForbidden => Shown("payments_in_shops_are_not_asked_for_here_and_the_answer_says_what_is"),
        S::AcqPartnerError => OWN_APP,
        S::AcqInvalidParameter => MISSHAPEN,
        S::AcqExistForbiddenWord => NO_WORDS,
        S::AcqNowTimeAfterExpireTimeError => Shown("a_time_that_is_past_is_too_late_unless_the_trade_is_there_already"),
        S::AcqSystemError => FAILED,
        other => panic!("{} of a deduction: say where it comes from", other.wire()),
    }
}

fn creation(sub_code: S) -> Cause {
    match sub_code {
        S::AcqProductAmountLimitError => Never(
            "the wallet's cap of orders is the protocol's own unless the operator lowers it; the mapping is tested",
        ),
        S::AcqBuyerPaymentAmountDayLimitError
        | S::AcqBuyerPaymentAmountMonthLimitError
        | S::AcqBuyerBalanceNotEnough
        | S::AcqBuyerBankcardBalanceNotEnough
        | S::AcqNoPaymentInstrumentsAvailable
        | S::AcqBuyerEnableStatusForbid
        | S::AcqPayerUnmatched
        | S::AcqPaymentRequestHasRisk => NOT_YET,
        S::AcqBuyerNotExist | S::AcqBuyerSellerEqual => Shown("whom_the_merchant_does_not_know_is_no_buyer"),
        S::AcqTradeHasSuccess | S::AcqTradeHasClose | S::AcqContextInconsistent | S::AcqTradeBuyerNotMatch => {
            Shown("a_number_that_was_used_says_what_for")
        }
        S::AcqTradeStatusError => Never("a trade that waits is the answer to its repeat"),
        S::AcqTotalFeeExceed
        | S::AcqSellerNotExist
        | S::AcqInvalidReceiveAccount
        | S::AcqMerchantStatusNotNormal
        | S::AcqInvalidParameter
        | S::AcqNowTimeAfterExpireTimeError => Shown("a_trade_is_not_made_for_what_no_trade_may_be"),
        S::AcqSellerBeenBlocked => ONE_BLOCK,
        S::AcqAccessForbidden => {
            Never("orders need no contract of the merchant's; what is signed with one says BIZ_PRODUCT_NOT_ALLOWED")
        }
        S::AcqPartnerError => OWN_APP,
        S::AcqExistForbiddenWord => NO_WORDS,
        S::AcqSystemError => FAILED,
        S::AcqUnboundApplication => Shown("the_mini_program_must_be_the_merchants"),
        S::AcqBizProductNotAllowed => Shown("a_trade_can_carry_an_agreement_that_its_buyer_may_sign_with_it"),
        S::AcqProductNotSupportInTinyApp => Shown("only_products_of_mini_programs_are_created"),
        S::AcqOpenIdNotTinyApp => Never("a merchant knows a user by one id in all of its apps"),
        S::AcqIllegalArgument => Never("INVALID_PARAMETER names the member that is wrong"),
        other => panic!("{} of alipay.trade.create: say where it comes from", other.wire()),
    }
}

fn refund(sub_code: S) -> Cause {
    match sub_code {
        S::AcqTradeNotExist => UNKNOWN,
        S::AcqTradeStatusError => Shown("what_was_not_paid_is_not_refunded"),
        S::AcqTradeHasClose | S::AcqRefundAmtNotEqualTotal => Shown("parts_go_back_until_the_trade_is_closed"),
        S::AcqTradeHasFinished => Shown("after_the_refund_period_nothing_goes_back"),
        S::AcqReasonTradeRefundFeeErr | S::AcqRefundFeeError | S::AcqCurrencyNotSupport | S::AcqInvalidParameter => {
            Shown("more_than_was_ever_paid_and_no_sum_at_all_are_not_refunded")
        }
        S::AcqSellerBalanceNotEnough | S::AcqTradeNotAllowRefund => {
            Shown("a_merchant_that_has_not_the_money_or_is_stopped_gives_nothing_back")
        }
        S::AcqDiscordantRepeatRequest => Shown("a_repeat_moves_nothing_and_says_so"),
        S::AcqReasonTradeBeenFreezen => Shown("a_trade_in_dispute_is_frozen_until_the_operator_releases_it"),
        S::AcqNotAllowPartialRefund => Never("every trade can be refunded in parts"),
        S::AcqReasonTradeStatusInvalid => Never("a second name of TRADE_STATUS_ERROR"),
        S::AcqBuyerNotExist | S::AcqRefundAccountNotExist => {
            Never("users are frozen, never removed, and keep their balance")
        }
        S::AcqBuyerEnableStatusForbid | S::AcqBuyerError => Never("whoever may not pay may still be paid back"),
        S::AcqCustomerValidateError => Never("another merchant's trade does not exist for this one"),
        S::AcqRefundallocUnauthLimit | S::AcqAllocAmountValidateError => Never("trades are not shared among payees"),
        S::AcqSystemError => FAILED,
        other => panic!("{} of a refund: say where it comes from", other.wire()),
    }
}

fn cause(method: Method, sub_code: S) -> Cause {
    match (method, sub_code) {
        (Method::TradePay, _) => deduction(sub_code),
        (Method::TradeCreate, _) => creation(sub_code),
        (Method::TradeRefund, _) => refund(sub_code),
        (_, S::AcqTradeNotExist) => UNKNOWN,
        (_, S::AcqSystemError) => FAILED,
        (Method::TradeClose, S::AcqTradeStatusError) => Shown("only_a_trade_that_waits_for_its_payer_is_closed"),
        (Method::TradeClose, S::AcqReasonTradeStatusInvalid | S::AcqReasonIllegalStatus) => {
            Never("further names of TRADE_STATUS_ERROR")
        }
        (Method::TradeCancel, S::AcqTradeHasFinished | S::AcqTradeCancelTimeOut) => {
            Shown("what_was_paid_on_another_day_is_refunded_and_not_cancelled")
        }
        (Method::TradeCancel, S::AcqCancelNotAllowed) => Shown("what_was_refunded_is_not_cancelled"),
        (Method::TradeCancel, S::AcqSellerBalanceNotEnough) => {
            Shown("what_the_merchant_no_longer_has_is_not_given_back")
        }
        (Method::TradeCancel, S::AcqReasonTradeBeenFreezen) => {
            Shown("a_trade_in_dispute_is_frozen_until_the_operator_releases_it")
        }
        (Method::TradeCancel, S::AcqReasonTradeRefundFeeErr) => {
            Never("cancelling gives back all there is, by definition")
        }
        (Method::TradeCancel, S::AqcSystemError) => Never("a misspelt second name of ACQ.SYSTEM_ERROR"),
        (Method::TradeCancel, S::AcqInvalidParameter) => Shown("a_number_that_nothing_came_with_has_no_action"),
        (Method::TradeClose, S::AcqInvalidParameter) => Shown("only_a_trade_that_waits_for_its_payer_is_closed"),
        (Method::TradeQuery | Method::RefundQuery, S::AcqInvalidParameter) => UNKNOWN,
        (Method::RefundQuery, S::TradeNotExist) => Never("a second name of ACQ.TRADE_NOT_EXIST"),
        (Method::TradeQuery, S::AcqEnterprisePayBizError) => Never("companies have no accounts to pay from"),
        (method, other) => panic!("{} of {}: say where it comes from", other.wire(), method.name()),
    }
}

#[test]
fn every_sub_code_of_a_trade_has_a_test_of_its_cause_or_a_reason_why_there_is_none() {
    let methods = [
        Method::TradePay,
        Method::TradeCreate,
        Method::TradeQuery,
        Method::TradeRefund,
        Method::RefundQuery,
        Method::TradeClose,
        Method::TradeCancel,
    ];
    for method in methods {
        for sub_code in method.sub_codes() {
            match cause(method, sub_code) {
                Shown(test) => {
                    let name = format!("fn {test}(");
                    assert!(TESTS.iter().any(|source| source.contains(&name)), "{}: {test}", sub_code.wire());
                }
                Never(why) => {
                    assert!(why.split(' ').count() > 3, "{}: {why}", sub_code.wire());
                }
            }
        }
    }
}
