//! What happens on the authorization page, for the Studio: steps 6 to 9 of the seeds' diagram.

use crate::calls::{Call, Links, Party, Sending, Tone, stamp};
use crate::state::Shared;
use mithaq_domain::{Contract, Interaction};

/// Step 6: the page is shown. Once per page, however often it is loaded again.
pub fn shown(app: &Shared, page: &Interaction) {
    let Some(calls) = app.calls() else { return };
    let ix = page.interaction_id.as_str();
    let seen = calls.after(0).iter().any(|call| call.step == Some(6) && call.links.ix.as_deref() == Some(ix));
    if !seen {
        record(
            app,
            page,
            None,
            Call::new("page", Party::Wallet, Party::User, "authorization page").steps(Some(6), None),
        );
    }
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

/// The user refuses.
pub fn declined(app: &Shared, page: &Interaction) {
    let mut refuse = Call::new("page", Party::User, Party::Wallet, "not now").steps(Some(7), None);
    refuse.outcome = Tone::Bad;
    record(app, page, None, refuse);
}

fn record(app: &Shared, page: &Interaction, contract: Option<&Contract>, mut call: Call) {
    let Some(calls) = app.calls() else { return };
    call.at = stamp(app.wallet.now(), &app.config.zone);
    call.links = Links {
        ix: Some(page.interaction_id.to_string()),
        auth_id: page.auth_id.as_ref().map(ToString::to_string),
        contract_id: contract.map(|contract| contract.contract_id.to_string()),
        ..Links::default()
    };
    calls.record(call);
}
