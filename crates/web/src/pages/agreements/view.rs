//! A contract and its payments, as the pages show them.

use crate::pages::deal::{accepted_in, signed};
use crate::pages::frame::{language, merchant};
use crate::state::Shared;
use jiff::civil::Date;
use mithaq_domain::{AgreementPay, Contract, ContractStatus, EndReason, FailReason, Payment, PaymentOutcome, Status};
use mithaq_pages::news::Ending;
use mithaq_pages::{Accepted, Agreement, Charge, ChargeRefusal, Merchant, OwnLimit, Standing};
use mithaq_store::{ContractView, StoreError};
use mithaq_types::{Money, Timestamp};

/// A contract at a glance, as it stands at this moment.
pub async fn agreement(app: &Shared, view: &ContractView) -> Result<Agreement, StoreError> {
    let ContractView { contract, state } = view;
    let (policy, now) = (app.wallet.policy(), app.wallet.now());
    let today = now.to_zoned(policy.zone.clone()).date();
    let known = app.directory.client(app.wallet.reader(), &contract.client_id).await?;
    let paused = !known.as_ref().is_some_and(|known| {
        known.client.status == Status::Active
            && known.client.agreement_pay == AgreementPay::Allowed
            && known.merchant.status == Status::Active
    });
    let currency = contract.terms.currency(policy.currency);
    let money = |minor: i64| Money::new(minor, currency);
    Ok(Agreement {
        contract_id: contract.contract_id.clone(),
        merchant: known.map_or_else(|| as_signed(contract), |known| merchant(&known.merchant)),
        title: contract.terms.title.clone(),
        standing: standing(view, paused, now, today),
        agreed_amount: contract.terms.agreed_amount,
        own_limit: contract
            .monthly_ceiling
            .map(|most| OwnLimit { most, taken: money(state.taken_in(today.first_of_month())) }),
        charges: state.charges,
        charged: money(state.charged_minor),
        last_charge_at: state.last_charge_at,
        signed: signed(app, view),
    })
}

/// The merchant by the name that was shown, if it is not known any more.
fn as_signed(contract: &Contract) -> Merchant {
    Merchant { name: contract.merchant_name.clone(), name_ar: None, verified: false }
}

fn standing(view: &ContractView, paused: bool, now: Timestamp, today: Date) -> Standing {
    let state = &view.state;
    match state.status {
        ContractStatus::Ended { reason, at } => Standing::Ended { by: ending(reason), at },
        // Its time is up, though the job that says so has not come by yet.
        _ if now >= state.expires_at => Standing::Ended { by: Ending::Time, at: state.expires_at },
        ContractStatus::Signed => Standing::Waiting,
        ContractStatus::Active if paused => Standing::Paused,
        ContractStatus::Active => match view.contract.terms.start_date {
            Some(start) if today < start => Standing::Later(start),
            _ => Standing::InForce,
        },
    }
}

const fn ending(reason: EndReason) -> Ending {
    match reason {
        EndReason::User => Ending::User,
        EndReason::Merchant => Ending::Merchant,
        EndReason::Wallet => Ending::Wallet,
        EndReason::Expired => Ending::Time,
    }
}

/// What the user accepted.
pub fn accepted(contract: &Contract) -> Accepted {
    Accepted {
        at: contract.accepted_at,
        language: language(accepted_in(contract)),
        text: contract.page_text.clone(),
        hash: contract.page_hash.clone(),
    }
}

/// A payment as a line of the list.
pub fn charge(payment: Payment) -> Charge {
    let refused = match payment.outcome {
        PaymentOutcome::Success | PaymentOutcome::Open => None,
        PaymentOutcome::Fail(reason) => Some(refusal(reason)),
    };
    Charge { description: payment.description, amount: payment.amount, at: payment.created_at, refused }
}

/// What a user may know of a reason.
const fn refusal(reason: FailReason) -> ChargeRefusal {
    match reason {
        FailReason::Balance => ChargeRefusal::Balance,
        FailReason::OverUserLimit => ChargeRefusal::UserLimit,
        FailReason::OverLimit => ChargeRefusal::ChargeLimit,
        FailReason::NotStarted | FailReason::Plan(_) => ChargeRefusal::TooEarly,
        FailReason::TokenDead => ChargeRefusal::Over,
        FailReason::UserFrozen | FailReason::Restricted => ChargeRefusal::Account,
        FailReason::MerchantSuspended => ChargeRefusal::Merchant,
        FailReason::Currency => ChargeRefusal::Currency,
        FailReason::TokenUnknown
        | FailReason::TokenForeign
        | FailReason::UserUnknown
        | FailReason::CodeUnknown
        | FailReason::CodeUsed
        | FailReason::Expired
        | FailReason::Withdrawn
        | FailReason::Overflow => ChargeRefusal::Other,
    }
}
