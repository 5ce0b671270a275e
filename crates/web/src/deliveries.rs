//! The jobs of this installation. In the sandbox every attempt to deliver is shown in the Studio.

use crate::calls::{Call, CallLog, Coming, Links, Party, Sending, SignatureView, Story, Tone, stamp};
use crate::state::{App, Shared};
use jiff::tz::TimeZone;
use mithaq_delivery::{
    Attempt, Delivery, Dispatch, Exchange, Gateway, Limits, Messenger, OnAttempt, RecordingMessenger, Setup,
};
use mithaq_domain::{GatewayNews, OutboxKind, UserNews};
use mithaq_store::Keeper;
use mithaq_wallet::{Alarm, Standing};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Everything that works in the background until the alarm says stop: deliveries, ends of contracts, of orders and of
/// holds, plans that the wallet runs, card issuers that were silent, folding, and this process's standing among the
/// others, which is given back at the end. SMS and e-mail go to `gateway`; without one they are only written down.
///
/// # Errors
/// When the HTTP client cannot be made.
pub fn jobs(
    app: &App,
    keeper: Keeper,
    gateway: Option<Gateway>,
    alarm: Alarm,
) -> Result<impl Future<Output = ()> + Send + use<>, reqwest::Error> {
    let wallet = app.wallet.clone();
    if gateway.is_none() && app.sandbox.is_none() {
        tracing::warn!("delivery: no gateway for messages is set: SMS and e-mail are written down and reach nobody");
    }
    let standing = Standing::among_others();
    let messenger = gateway.map(|gateway| Arc::new(gateway) as Arc<dyn Messenger>);
    let delivery = parts(app, standing.clone(), messenger)?;
    let mut jobs = JoinSet::new();
    jobs.spawn(mithaq_wallet::end_contracts(wallet.clone(), standing.clone(), alarm.clone()));
    jobs.spawn(mithaq_wallet::expire_payments(wallet.clone(), standing.clone(), alarm.clone()));
    jobs.spawn(mithaq_wallet::run_plans(wallet.clone(), standing.clone(), alarm.clone()));
    jobs.spawn(mithaq_wallet::ask_issuers(wallet.clone(), standing.clone(), alarm.clone()));
    jobs.spawn(mithaq_wallet::fold_credits(wallet, standing.clone(), alarm.clone()));
    jobs.spawn(mithaq_delivery::run(delivery, alarm));
    let work = async move {
        while let Some(ended) = jobs.join_next().await {
            if let Err(error) = ended {
                tracing::error!(error.message = %error, "jobs: one broke off");
            }
        }
    };
    Ok(mithaq_wallet::keep_while(keeper, standing, mithaq_wallet::LIFE, work))
}

/// Deliveries of the only process there is, which writes down what users are told.
///
/// # Errors
/// When the HTTP client cannot be made.
pub fn delivery(app: &App) -> Result<Delivery, reqwest::Error> {
    parts(app, Standing::alone(), None)
}

fn parts(app: &App, standing: Standing, messenger: Option<Arc<dyn Messenger>>) -> Result<Delivery, reqwest::Error> {
    let Shared { wallet, keys, pages, .. } = &**app;
    let on_attempt = app.calls().cloned().map(|calls| {
        let zone = app.config.zone.clone();
        Arc::new(move |attempt: Attempt| record(&calls, &zone, attempt)) as OnAttempt
    });
    Delivery::new(Setup {
        wallet: wallet.clone(),
        keys: Arc::clone(keys),
        pages: Arc::clone(pages),
        guard: app.guard.clone(),
        messenger: messenger.unwrap_or_else(|| Arc::new(RecordingMessenger::new(wallet.engine().clone()))),
        standing,
        limits: Limits::default(),
        on_attempt,
    })
}

/// In the story of signing, step 16 is the payment's notification and step 17 what the payer is told; in the cashier's
/// they are steps 19 and 20.
fn record(calls: &CallLog, zone: &TimeZone, attempt: Attempt) {
    let Attempt { row, started_at, took, error, sent } = attempt;
    let is_payment = row.payment_id.is_some();
    let notice = |title: &str| Call::new("notification", Party::Wallet, Party::Merchant, title);
    let message = |title: &str| Call::new("message", Party::Wallet, Party::User, title);
    let mut call = match &row.kind {
        OutboxKind::PaymentNotice { step: None, .. } => notice("paymentNotifyUrl").steps(Some(16), None),
        OutboxKind::PaymentNotice { step: Some(_), .. } => {
            notice("paymentNotifyUrl").of(Story::Pay).steps(Some(19), None)
        }
        OutboxKind::OperationNotice { .. } => {
            notice(if tells_refund(&sent) { "refundNotifyUrl" } else { "voidNotifyUrl" })
        }
        OutboxKind::ContractNotice { .. } => notice("contractStatusNotifyUrl"),
        OutboxKind::GatewayNotice { news, .. } => notice(match news {
            GatewayNews::Signed { .. } => "dut_user_sign",
            GatewayNews::Unsigned { .. } => "dut_user_unsign",
            GatewayNews::Trade { .. } => "trade_status_sync",
            GatewayNews::DeductionFailed { .. } => "dut_deduct_fail",
        }),
        OutboxKind::UserNews { news: UserNews::Charged { .. }, .. } => {
            message("SMS, e-mail, inbox").steps(Some(17), None)
        }
        OutboxKind::UserNews { news: UserNews::Paid { .. } | UserNews::Held { .. }, .. } => {
            message("SMS, e-mail, inbox").of(Story::Pay).steps(Some(20), None)
        }
        OutboxKind::UserNews { .. } => message("SMS, e-mail, inbox"),
        OutboxKind::Push { .. } => message("push"),
    };
    call.at = stamp(started_at, zone);
    call.ms = Some(milliseconds(took));
    call.links = Links {
        outbox_id: Some(row.outbox_id.to_string()),
        payment_id: row.payment_id.as_ref().filter(|_| is_payment).map(ToString::to_string),
        operation_id: match &row.kind {
            OutboxKind::OperationNotice { operation_id } => Some(operation_id.to_string()),
            _ => None,
        },
        ..Links::default()
    };
    (call.status, call.outcome) = match error {
        None => ("delivered".to_owned(), Tone::Good),
        Some(error) => (format!("attempt {}: {error}", row.attempts), Tone::Bad),
    };
    match sent {
        Dispatch::Nothing => {}
        Dispatch::Notice(exchange) => show_notice(&mut call, *exchange),
        Dispatch::Messages(messages) => {
            let texts = messages.iter().map(|sent| format!("{} to {}\n{}", sent.channel, sent.to, sent.body));
            let body = texts.collect::<Vec<_>>().join("\n\n");
            call.request = Some(Sending { method: "SEND".into(), path: row.target, body, ..Sending::default() });
        }
    }
    calls.record(call);
}

/// Whether a notice about an operation is about a refund; otherwise a hold went back.
fn tells_refund(sent: &Dispatch) -> bool {
    matches!(sent, Dispatch::Notice(exchange) if exchange.request.body.contains(r#""refundStatus""#))
}

fn show_notice(call: &mut Call, exchange: Exchange) {
    let Exchange { request, response } = exchange;
    call.signature = Some(SignatureView {
        valid: true,
        key_version: Some(request.key_version),
        client_name: Some("Wallet".to_owned()),
        text: request.signed_text,
        reason: None,
    });
    call.request = Some(Sending {
        method: request.method.to_owned(),
        path: request.url,
        headers: request.headers.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        body: request.body,
    });
    call.response = response.map(|response| Coming {
        status: response.status,
        headers: response.headers.into_iter().collect(),
        body: response.body,
    });
}

#[expect(clippy::float_arithmetic, reason = "a duration to look at, not money")]
fn milliseconds(took: std::time::Duration) -> f64 {
    took.as_secs_f64() * 1000.0
}
