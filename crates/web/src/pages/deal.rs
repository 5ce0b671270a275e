//! An agreement of the Alipay surface as the pages show it: what it says, and how far its plan has come.

use crate::state::Shared;
use jiff::civil::Date;
use mithaq_alipay::messages::FAR_AWAY;
use mithaq_domain::{AgreementTerms, Contract, Every, Language};
use mithaq_pages::{Deal, Plan, PlanProgress, PlanTrouble, Rhythm, Signed, Taker, Taking};
use mithaq_store::ContractView;
use mithaq_types::{Money, Timestamp};

/// What an agreement says.
pub fn deal(app: &Shared, terms: &AgreementTerms) -> Deal {
    let policy = app.wallet.policy();
    let taking = match &terms.plan {
        Some(plan) => Taking::Planned(Plan {
            rhythm: match plan.every {
                Every::Days(days) => Rhythm::Days(days),
                Every::Months(months) => Rhythm::Months(months),
            },
            first: plan.first,
            single: plan.single,
            total: plan.total,
            payments: plan.payments,
            taker: if terms.wallet_deducts {
                let retry_days = policy.dunning.retry_days.iter().copied().max().unwrap_or(0);
                Taker::Wallet { told_days: policy.dunning.announce_days, retry_days }
            } else {
                Taker::Merchant { window_days: policy.plan_window_days }
            },
        }),
        None => Taking::AtWill { wallet_limit: policy.charge_ceiling(terms.currency) },
    };
    Deal {
        scene: terms.scene.clone(),
        logon_id: terms.logon_id.clone(),
        taking,
        ends_on: (terms.ends_at < FAR_AWAY).then(|| day(app, terms.ends_at)),
    }
}

/// What a signed contract has beside the others, if it is one of these.
pub fn signed(app: &Shared, view: &ContractView) -> Option<Box<Signed>> {
    let terms = view.contract.terms.agreement.as_deref()?;
    Some(Box::new(Signed { deal: deal(app, terms), progress: progress(app, view, terms) }))
}

fn progress(app: &Shared, view: &ContractView, terms: &AgreementTerms) -> Option<PlanProgress> {
    let (plan, state) = (terms.plan?, view.state.plan?);
    let is_left = plan.due(&state).is_some() && !view.state.has_ended();
    let trouble = match view.state.run {
        Some(run) if run.failed > 0 => Some(PlanTrouble::TriedAgain { planned: run.planned }),
        None if state.next < today(app) => Some(PlanTrouble::Missed),
        _ => None,
    };
    Some(PlanProgress {
        paid: state.paid,
        taken: Money::new(state.paid_minor, terms.currency),
        next: is_left.then_some(state.next),
        trouble: trouble.filter(|_| is_left),
    })
}

/// The language in which a contract was accepted. Agreements of the Alipay surface are signed in the user's own, which the
/// second line of their text names.
pub fn accepted_in(contract: &Contract) -> Language {
    let written = contract.page_text.lines().nth(1).and_then(Language::parse);
    written.filter(|_| contract.terms.agreement.is_some()).unwrap_or(contract.terms.language)
}

/// Which day it is in the wallet's zone.
pub fn today(app: &Shared) -> Date {
    day(app, app.wallet.now())
}

fn day(app: &Shared, at: Timestamp) -> Date {
    at.to_zoned(app.wallet.policy().zone.clone()).date()
}
