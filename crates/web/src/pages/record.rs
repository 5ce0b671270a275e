//! What happens on the wallet's pages, for the Studio: steps 6 to 9 of the diagram of agreements, 2 to 4 and 14 to 17 of
//! that of payments, and the end of an agreement.

use crate::calls::{Call, Links, Party, Sending, Story, Tone, stamp};
use crate::state::Shared;
use mithaq_domain::{Contract, Interaction, PaymentStatus};
use mithaq_types::{AuthId, ContractId};

/// Step 6: the page is shown. Once per page, however often it is loaded again.
pub fn shown(app: &Shared, page: &Interaction) {
    show_once(app, page, 6, "authorization page");
}

/// Steps 2 to 4 of a payment: the wallet looks at what `my.getAuthCode` asked for, and makes the code or does not.
pub fn authorized(app: &Shared, page: Option<&Interaction>, has_code: bool) {
    let Some(calls) = app.calls() else { return };
    let links = Links { ix: page.map(|page| page.interaction_id.to_string()), ..Links::default() };
    let (status, outcome) = if has_code { ("authCode", Tone::Good) } else { ("refused", Tone::Bad) };
    let call = |title: &str, step, reply| {
        let mut call = Call::new("page", Party::Wallet, Party::Wallet, title).steps(Some(step), reply).of(Story::Pay);
        call.at = stamp(app.wallet.now(), &app.config.zone);
        (call.status, call.outcome, call.links) = (status.to_owned(), outcome, links.clone());
        call
    };
    calls.record(call("authorize", 2, has_code.then_some(4)));
    calls.record(call("check the authorization", 3, None));
}

/// Step 14 of a payment: the cashier is shown. Once per page, however often it is loaded again.
pub fn cashier_shown(app: &Shared, page: &Interaction) {
    show_once(app, page, 14, "cashier page");
}

fn show_once(app: &Shared, page: &Interaction, step: u8, title: &str) {
    let Some(calls) = app.calls() else { return };
    let ix = page.interaction_id.as_str();
    let seen = calls.after(0).iter().any(|call| call.step == Some(step) && call.links.ix.as_deref() == Some(ix));
    if !seen {
        record(app, page, None, Call::new("page", Party::Wallet, Party::User, title).steps(Some(step), None));
    }
}

/// Steps 15 to 17 of a payment: the user confirms, the wallet executes it. Without a status it did not.
pub fn confirmed(app: &Shared, page: &Interaction, status: Option<PaymentStatus>) {
    if app.calls().is_none() {
        return;
    }
    let mut confirm = Call::new("page", Party::User, Party::Wallet, "confirm, PIN").steps(Some(15), None);
    confirm.request = Some(Sending { method: "POST".into(), path: "confirm".into(), ..Sending::default() });
    record(app, page, None, confirm);
    let (words, outcome, reply) = match status {
        Some(PaymentStatus::Success) => ("SUCCESS", Tone::Good, Some(17)),
        Some(PaymentStatus::Authorized) => ("AUTHORIZED", Tone::Good, Some(17)),
        Some(_) => ("PROCESSING", Tone::Wait, None),
        None => ("refused", Tone::Bad, None),
    };
    let mut execute = Call::new("page", Party::Wallet, Party::Wallet, "execute the payment").steps(Some(16), reply);
    (execute.status, execute.outcome) = (words.to_owned(), outcome);
    record(app, page, None, execute);
}

/// Steps 7 to 9: the user agrees, the wallet signs. Without a contract it did not.
pub fn agreed(app: &Shared, page: &Interaction, contract: Option<&Contract>) {
    if app.calls().is_none() {
        return;
    }
    let mut agree = Call::new("page", Party::User, Party::Wallet, "agree, PIN").steps(Some(7), None);
    agree.request = Some(Sending { method: "POST".into(), path: "confirm".into(), ..Sending::default() });
    record(app, page, contract, agree);
    let mut authorize =
        Call::new("page", Party::Wallet, Party::Wallet, "authorize").steps(Some(8), contract.map(|_| 9));
    (authorize.status, authorize.outcome) = match contract {
        Some(_) => ("signed".to_owned(), Tone::Good),
        None => ("not signed".to_owned(), Tone::Bad),
    };
    record(app, page, contract, authorize);
}

/// The signing page is shown. Once per page, however often it is loaded again.
pub fn sign_shown(app: &Shared, page: &Interaction) {
    let Some(calls) = app.calls() else { return };
    let (title, ix) = ("signing page", page.interaction_id.as_str());
    let seen = calls.after(0).iter().any(|call| call.title == title && call.links.ix.as_deref() == Some(ix));
    if !seen {
        record(app, page, None, Call::new("page", Party::Wallet, Party::User, title));
    }
}

/// The user answers on the signing page, or together with a payment; without a contract nothing was signed.
pub fn sign_answered(app: &Shared, page: Option<&Interaction>, auth_id: &AuthId, contract: Option<&Contract>) {
    let Some(calls) = app.calls() else { return };
    let mut answer = Call::new("page", Party::User, Party::Wallet, "sign the agreement");
    answer.at = stamp(app.wallet.now(), &app.config.zone);
    (answer.status, answer.outcome) = match contract {
        Some(_) => ("signed".to_owned(), Tone::Good),
        None => ("not signed".to_owned(), Tone::Bad),
    };
    answer.links = Links {
        ix: page.map(|page| page.interaction_id.to_string()),
        auth_id: Some(auth_id.to_string()),
        contract_id: contract.map(|contract| contract.contract_id.to_string()),
        ..Links::default()
    };
    calls.record(answer);
}

/// The user refuses.
pub fn declined(app: &Shared, page: &Interaction) {
    let step = if page.payment_id.is_some() { 15 } else { 7 };
    let mut refuse = Call::new("page", Party::User, Party::Wallet, "not now").steps(Some(step), None);
    refuse.outcome = Tone::Bad;
    record(app, page, None, refuse);
}

/// The user ends an agreement with the PIN; `status` is what came of it.
pub fn ended(app: &Shared, contract_id: &ContractId, status: &str, outcome: Tone) {
    let Some(calls) = app.calls() else { return };
    let mut end = Call::new("page", Party::User, Party::Wallet, "end agreement");
    let path = format!("/agreements/{contract_id}/end");
    end.request = Some(Sending { method: "POST".into(), path, ..Sending::default() });
    (end.status, end.outcome) = (status.to_owned(), outcome);
    end.at = stamp(app.wallet.now(), &app.config.zone);
    end.links = Links { contract_id: Some(contract_id.to_string()), ..Links::default() };
    calls.record(end);
}

fn record(app: &Shared, page: &Interaction, contract: Option<&Contract>, mut call: Call) {
    let Some(calls) = app.calls() else { return };
    if page.payment_id.is_some() {
        call = call.of(Story::Pay);
    }
    call.at = stamp(app.wallet.now(), &app.config.zone);
    call.links = Links {
        ix: Some(page.interaction_id.to_string()),
        payment_id: page.payment_id.as_ref().map(ToString::to_string),
        auth_id: page.auth_id.as_ref().map(ToString::to_string),
        contract_id: contract.map(|contract| contract.contract_id.to_string()),
        ..Links::default()
    };
    calls.record(call);
}
