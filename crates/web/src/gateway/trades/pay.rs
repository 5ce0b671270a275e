//! `alipay.trade.pay` with an agreement: the deduction (spec/alipay-agreement.md 2.6).

use super::super::Opened;
use super::find::taken;
use super::order::{check, reuse, trade_of};
use super::refusals::{About, said};
use super::standing::{fund_bills, payer, price};
use super::written;
use crate::state::Shared;
use mithaq_alipay::json::Fields;
use mithaq_alipay::messages::{AsyncMode, PayAnswer, PayRequest, TradeReference};
use mithaq_alipay::{GatewayError, SubCode, WireTime};
use mithaq_domain::{FailReason, Payment, PaymentState, Refusal};
use mithaq_store::ContractView;
use mithaq_types::{ContractId, Currency};
use mithaq_wallet::{Fault, NewDeduction};

/// The products of deductions.
const DEDUCTIONS: [&str; 2] = ["CYCLE_PAY_AUTH", "GENERAL_WITHHOLDING"];

/// Deducts, or says why not. What is refused keeps nothing: the same `out_trade_no` may succeed later.
pub async fn pay(shared: &Shared, opened: &Opened) -> Result<String, GatewayError> {
    let method = opened.call.method;
    is_deduction(opened)?;
    let request = PayRequest::parse(&opened.call.biz_content, Currency::CNY)
        .map_err(|error| GatewayError::content(method, &error))?;
    check(shared, opened, &request.order).await?;
    is_in_time(shared, opened, &request).await?;
    let new = NewDeduction {
        client_id: opened.app.client_id.clone(),
        request_id: request.order.out_trade_no.clone(),
        contract_id: ContractId::new(request.agreement_no.as_str()),
        amount: request.order.total_amount,
        description: request.order.subject.clone(),
        notify_url: opened.call.notify_url.clone(),
        gateway: trade_of(opened, &request.order, &request.product_code, None),
    };
    match shared.wallet.deduct(new).await {
        Ok((payment, state)) => answer(shared, opened, &request, &payment, &state).await,
        Err(fault) => Err(refused(shared, opened, &request, &fault).await),
    }
}

/// Payments in shops, with a code that the payer shows, are asked for by the same method: it says what there is instead.
fn is_deduction(opened: &Opened) -> Result<(), GatewayError> {
    let method = opened.call.method;
    let content = |error| GatewayError::content(method, &error);
    let fields = Fields::of_content(&opened.call.biz_content).map_err(content)?;
    let product = fields.text("product_code", 64).map_err(content)?;
    let is_other = match product.as_deref() {
        Some(product) => !DEDUCTIONS.contains(&product),
        // Without a product it is a payment in a shop, unless there is an agreement.
        None => !fields.has("agreement_params"),
    };
    if !is_other {
        return Ok(());
    }
    let message = "Only deductions are paid by this method here: send product_code CYCLE_PAY_AUTH or GENERAL_WITHHOLDING with \
                   agreement_params. For a payer who is there, use alipay.trade.create with my.tradePay, or \
                   alipay.trade.app.pay.";
    Err(GatewayError::with_message(SubCode::AcqAccessForbidden, message))
}

/// A time that is past is refused, unless the number was used: then what came of it is the answer.
async fn is_in_time(shared: &Shared, opened: &Opened, request: &PayRequest) -> Result<(), GatewayError> {
    let now = shared.wallet.now();
    if request.order.expiry.time(now) > now {
        return Ok(());
    }
    let used = taken(shared, opened, &TradeReference::Order(request.order.out_trade_no.clone())).await?;
    if used.is_some() { Ok(()) } else { Err(SubCode::AcqNowTimeAfterExpireTimeError.into()) }
}

async fn answer(
    shared: &Shared,
    opened: &Opened,
    request: &PayRequest,
    payment: &Payment,
    state: &PaymentState,
) -> Result<String, GatewayError> {
    let payer = payer(shared, opened, payment, state).await?;
    let paid = Some(price(payment, state.taken));
    written(
        opened,
        PayAnswer {
            trade_no: payment.payment_id.to_string(),
            out_trade_no: payment.request_id.clone(),
            buyer_logon_id: payer.logon_id.unwrap_or_default(),
            buyer_user_id: payer.id,
            buyer_open_id: None,
            total_amount: price(payment, payment.amount.minor),
            receipt_amount: paid,
            buyer_pay_amount: paid,
            invoice_amount: paid,
            point_amount: Some(price(payment, 0)),
            gmt_payment: state.paid_at.map(WireTime),
            fund_bill_list: fund_bills(payment, state),
            // Whoever may wait is not kept waiting: it is paid.
            async_payment_mode: request.is_async_pay.then_some(AsyncMode::SyncDirectPay),
        },
    )
}

/// Why nothing was deducted, as exactly as it is known.
async fn refused(shared: &Shared, opened: &Opened, request: &PayRequest, fault: &Fault) -> GatewayError {
    let said = |about| said(opened.call.method, fault, about);
    match fault.refusal() {
        Some(Refusal::Charge(FailReason::OverLimit)) => {
            let has_plan = agreement(shared, request).await.is_some_and(|found| found.state.plan.is_some());
            said(About { has_plan, ..About::default() })
        }
        Some(Refusal::RequestInconsistent) => {
            let reference = TradeReference::Order(request.order.out_trade_no.clone());
            let Ok(Some(seen)) = taken(shared, opened, &reference).await else { return said(About::default()) };
            let own = agreement(shared, request).await.filter(|it| it.contract.client_id == opened.app.client_id);
            let buyer = own.map(|found| found.contract.user_id);
            reuse(shared, &request.order, buyer.as_ref(), &seen.payment, &seen.state).unwrap_or_else(|| {
                let message = "This out_trade_no is a trade that waits for its payer. Close that, or use a new number.";
                GatewayError::with_message(SubCode::AcqTradeStatusError, message)
            })
        }
        _ => said(About::default()),
    }
}

/// The agreement that the request names. Where it cannot be read now, the answer is less exact and no less right.
async fn agreement(shared: &Shared, request: &PayRequest) -> Option<ContractView> {
    shared.wallet.reader().contract(ContractId::new(request.agreement_no.as_str())).await.ok().flatten()
}
