//! What merchants of the Alipay surface are told, and where (spec/alipay-agreement.md 1.9).

use super::write::Write;
use crate::{
    AgreementHolder, AgreementTerms, Contract, EndReason, GatewayNews, OutboxKind, Payment, PaymentOperation,
    PaymentState, PaymentStatus, RefundNews, Row,
};
use mithaq_types::{ClientId, GatewayAppId};

/// Something for the app's merchant, if there is an address.
pub fn tell(write: &mut Write<'_>, app_id: &GatewayAppId, client: &ClientId, url: Option<String>, news: GatewayNews) {
    let payment_id = match &news {
        GatewayNews::Trade { payment_id, .. } => Some(payment_id.clone()),
        _ => None,
    };
    if let Some(url) = url {
        write.send(OutboxKind::GatewayNotice { app_id: app_id.clone(), news }, url, Some(client), payment_id.as_ref());
    }
}

/// The app's gateway address, as it is now.
pub fn gateway_url(write: &Write<'_>, app_id: &GatewayAppId) -> Option<String> {
    write.state.gateway_app(app_id).and_then(|app| app.gateway_url.clone())
}

/// What became of a payment that was asked for through the gateway; nobody is told of others.
pub fn tell_trade(write: &mut Write<'_>, payment: &Payment, state: &PaymentState, refund: Option<&PaymentOperation>) {
    let Some(trade) = &payment.gateway else { return };
    let given_back = state.taken > 0 && state.refunded >= state.taken;
    let closed = given_back || matches!(state.status, PaymentStatus::Failed(_) | PaymentStatus::Cancelled(_));
    let news = GatewayNews::Trade {
        payment_id: payment.payment_id.clone(),
        user_id: state.user_id.clone(),
        paid_at: state.paid_at,
        closed_at: closed.then(|| state.ended_at.unwrap_or(write.now())),
        refunded: state.refunded,
        refund: refund.map(|operation| RefundNews {
            minor: operation.amount.minor,
            request_no: operation.request_no().to_owned(),
            at: operation.at,
        }),
    };
    tell(write, &trade.app_id, &payment.client_id, payment.notify_url.clone(), news);
}

/// An agreement is about to end: it is not among those in force any more, and its merchant is told, except where time ended it.
pub fn unsigned(write: &mut Write<'_>, contract: &Contract, reason: EndReason, notify_url: Option<String>) {
    let Some(terms) = contract.terms.agreement.as_deref() else { return };
    if let Some(holder) = write.state.agreement_holder(&contract.user_id, &contract.client_id) {
        let mut live = holder.live.clone();
        live.retain(|agreement| agreement.contract_id != contract.contract_id);
        write.update(Row::AgreementHolder(Box::new(AgreementHolder { live, ..holder.clone() })));
    }
    if reason == EndReason::Expired {
        return;
    }
    let url = notify_url.or_else(|| gateway_url(write, &terms.app_id));
    let news = GatewayNews::Unsigned { contract_id: contract.contract_id.clone(), at: write.now() };
    tell(write, &terms.app_id, &contract.client_id, url, news);
}

/// Where the merchant hears of what happens under an agreement without its asking.
pub fn own_url(write: &Write<'_>, terms: &AgreementTerms) -> Option<String> {
    terms.notify_url.clone().or_else(|| gateway_url(write, &terms.app_id))
}
