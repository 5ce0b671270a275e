//! Merchants, clients and Mini Programs: the operator's doing.

use super::write::Write;
use crate::{AgreementPay, Answer, App, Client, Done, GatewayApp, Key, Merchant, Refusal, Row, Status};
use mithaq_types::ClientId;

pub fn add_client(write: &mut Write<'_>, merchant: &Merchant, client: &Client, app: Option<&App>) -> Answer {
    write.state.ask([Key::Merchant(merchant.merchant_id.clone())]);
    write.state.ask(app.map(|app| Key::App(app.app_id.clone())));
    if write.state.client(&client.client_id).is_some() {
        return Err(Refusal::Exists);
    }
    if client.merchant_id != merchant.merchant_id || app.is_some_and(|app| app.client_id != client.client_id) {
        return Err(Refusal::ClientUnknown);
    }
    if merchant.fee_basis_points > 10_000 {
        return Err(Refusal::AmountImpossible);
    }
    if write.state.merchant(&merchant.merchant_id).is_none() {
        write.insert(Row::Merchant(merchant.clone()));
    }
    write.insert(Row::Client(client.clone()));
    write.audit("operator".into(), "client.added", format!("client:{}", client.client_id), None);
    app.map_or(Ok(Done::Nothing), |app| put(write, app))
}

pub fn put_app(write: &mut Write<'_>, app: &App) -> Answer {
    write.state.ask([Key::App(app.app_id.clone())]);
    if write.state.client(&app.client_id).is_none() {
        return Err(Refusal::ClientUnknown);
    }
    put(write, app)
}

fn put(write: &mut Write<'_>, app: &App) -> Answer {
    let row = Row::App(app.clone());
    if write.state.app(&app.app_id).is_some() {
        write.update(row);
    } else {
        write.insert(row);
    }
    write.audit("operator".into(), "app.put", format!("app:{}", app.app_id), None);
    Ok(Done::Nothing)
}

pub fn set_client(write: &mut Write<'_>, client_id: &ClientId, status: Status, agreement_pay: AgreementPay) -> Answer {
    let client = write.state.client(client_id).ok_or(Refusal::ClientUnknown)?;
    write.update(Row::Client(Client { status, agreement_pay, ..client.clone() }));
    let detail = format!("{status:?}, agreement payment {agreement_pay:?}");
    write.audit("operator".into(), "client.set", format!("client:{client_id}"), Some(detail));
    Ok(Done::Nothing)
}

pub fn put_gateway_app(write: &mut Write<'_>, app: &GatewayApp) -> Answer {
    write.state.ask([Key::GatewayApp(app.app_id.clone())]);
    if write.state.client(&app.client_id).is_none() {
        return Err(Refusal::ClientUnknown);
    }
    let row = Row::GatewayApp(Box::new(app.clone()));
    match write.state.gateway_app(&app.app_id) {
        // What was signed and paid through it stays its client's.
        Some(known) if known.client_id != app.client_id => return Err(Refusal::Exists),
        Some(_) => write.update(row),
        None => write.insert(row),
    }
    write.audit("operator".into(), "gateway-app.put", format!("gateway-app:{}", app.app_id), None);
    Ok(Done::Nothing)
}
