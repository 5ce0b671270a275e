//! Agreements of the Alipay surface in the wallet app, in every state of their plans.

use super::agreements::days_before_the_lock;
use super::deals::yuan;
use super::said;
use crate::news::Ending;
use crate::words::Words;
use crate::{
    Accepted, Agreement, AgreementContext, AgreementStep, Charge, Deal, Language, Merchant, Page, Plan, PlanProgress,
    PlanTrouble, Signed, Standing, Taker, deal,
};
use jiff::civil::date;
use mithaq_types::ContractId;

impl Signed {
    /// Music by the month, after three of twelve.
    #[must_use]
    pub fn sample() -> Self {
        let next = Some(date(2026, 12, 5));
        let progress = PlanProgress { paid: 3, taken: yuan(2_970), next, trouble: None };
        let plan = Plan { first: date(2026, 9, 5), ..Plan::sample() };
        Self { deal: Deal::planned_sample(plan), progress: Some(progress) }
    }

    fn with(self, change: impl FnOnce(&mut PlanProgress)) -> Self {
        let progress = self.progress.map(|mut progress| {
            change(&mut progress);
            progress
        });
        Self { progress, ..self }
    }
}

impl Agreement {
    /// An agreement of the Alipay surface.
    #[must_use]
    pub fn signed_sample(language: Language, signed: Signed) -> Self {
        Self {
            contract_id: ContractId::new("20262009150000000017"),
            title: None,
            agreed_amount: None,
            own_limit: None,
            charges: 3,
            charged: yuan(2_970),
            signed: Some(Box::new(signed)),
            ..Self::sample(language)
        }
    }
}

impl Charge {
    fn monthly_sample(language: Language, months_ago: i64) -> Self {
        let description = said(language, "Music, one month", "موسيقى، شهر واحد");
        Self { description, amount: yuan(990), at: days_before_the_lock(25 + 30 * months_ago), refused: None }
    }
}

impl AgreementContext {
    /// What was accepted on the signing page.
    fn signed_sample(language: Language) -> Self {
        let page = Self::sample(language);
        let deed = Words::load(language)
            .and_then(|words| deal::of(&Merchant::sample(), &Signed::sample().deal, &words)?.text(&page.frame, &words));
        let accepted = Accepted { text: deed.unwrap_or_default(), ..page.accepted };
        Self { accepted, wallet_limit: yuan(5_000_000), ..page }
    }
}

/// Those that stand in the list too.
const LISTED: [&str; 3] = ["agreement-plan", "agreement-plan-retried", "agreement-at-will"];

/// Agreements of the Alipay surface, by the names of their pages.
fn signed() -> [(&'static str, Signed); 7] {
    let plan = || Signed::sample();
    let wallet = Plan { taker: Taker::Wallet { told_days: 3, retry_days: 5 }, ..Plan::sample() };
    let wallet = || Signed { deal: Deal::planned_sample(wallet), ..plan() };
    let again = PlanTrouble::TriedAgain { planned: date(2026, 12, 5) };
    let endless = Plan { first: date(2026, 9, 5), ..Plan::endless_sample() };
    [
        ("agreement-plan", plan()),
        ("agreement-plan-endless", Signed { deal: Deal::planned_sample(endless), ..plan() }),
        ("agreement-plan-missed", plan().with(|plan| plan.trouble = Some(PlanTrouble::Missed))),
        ("agreement-plan-wallet", wallet()),
        (
            "agreement-plan-retried",
            wallet().with(|plan| (plan.next, plan.trouble) = (Some(date(2026, 12, 8)), Some(again))),
        ),
        ("agreement-plan-done", plan().with(|plan| (plan.paid, plan.taken, plan.next) = (12, yuan(11_880), None))),
        ("agreement-at-will", Signed { deal: Deal::at_will_sample(), progress: None }),
    ]
}

/// Those that stand in the list of agreements.
pub(super) fn listed(language: Language) -> impl Iterator<Item = Agreement> {
    let listed = signed().into_iter().filter(|(name, _)| LISTED.contains(name));
    listed.map(move |(_, signed)| Agreement::signed_sample(language, signed))
}

/// All of them.
pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let charges = || (0..3).map(|month| Charge::monthly_sample(language, month)).collect();
    let current = signed().map(|(name, signed)| {
        let mut agreement = Agreement::signed_sample(language, signed);
        if let Some(progress) = agreement.signed.as_ref().and_then(|signed| signed.progress) {
            (agreement.charges, agreement.charged) = (progress.paid, progress.taken);
        }
        let page = AgreementContext { agreement, charges: charges(), ..AgreementContext::signed_sample(language) };
        (name, Page::Agreement(Box::new(page)))
    });
    let over = Agreement {
        standing: Standing::Ended { by: Ending::User, at: days_before_the_lock(1) },
        ..Agreement::signed_sample(language, Signed::sample())
    };
    let over = AgreementContext {
        agreement: over,
        charges: charges(),
        step: AgreementStep::Over { just_now: true },
        ..AgreementContext::signed_sample(language)
    };
    let mut all = vec![("agreement-plan-ended", Page::Agreement(Box::new(over)))];
    all.extend(current);
    all
}
