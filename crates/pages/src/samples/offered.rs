//! Orders with an agreement offered beside them, and what came of it.

use super::deals::{TODAY, yuan};
use super::said;
use crate::{
    AgreementAnswer, CashierContext, CashierEnd, CashierEndContext, CashierProblem, Checkout, Deal, Language, Offered,
    Order, Page, Receipt, SignProblem,
};

impl Checkout {
    /// The first month of music, with the agreement about the others.
    #[must_use]
    pub fn offered_sample(language: Language, deal: Deal, wanted: bool) -> Self {
        let order = Order {
            amount: yuan(990),
            title: Some(said(language, "Music, the first month", "موسيقى، الشهر الأول")),
            description: String::new(),
            reference: Some("EA0001".into()),
            ..Order::sample(language)
        };
        let offered = Some(Box::new(Offered { deal, wanted, today: TODAY }));
        Self { order, balance: yuan(50_000), cards: Vec::new(), offered, ..Self::sample(language) }
    }
}

/// All of them.
pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let offer = |deal, wanted| Checkout::offered_sample(language, deal, wanted);
    let ready = |checkout| CashierContext::ready(language, checkout);
    let answered = |agreement| {
        let receipt = Box::new(Receipt { amount: yuan(990), ..Receipt::sample(language) });
        let (balance_left, agreement) = (Some(yuan(49_010)), Some(agreement));
        let end = CashierEnd::Paid { receipt, balance_left, just_now: true, agreement };
        Page::CashierEnd(CashierEndContext::sample(language, end))
    };
    let off = offer(Deal::sample(), false).tried(CashierProblem::PinWrong { tries_left: 2 });
    vec![
        ("cashier-offered", ready(offer(Deal::sample(), true))),
        ("cashier-offered-at-will", ready(offer(Deal::at_will_sample(), true))),
        ("cashier-offered-off-pin-wrong", ready(off)),
        ("cashier-paid-and-signed", answered(AgreementAnswer::Signed(Box::new(Deal::sample())))),
        ("cashier-paid-not-wanted", answered(AgreementAnswer::NotWanted)),
        ("cashier-paid-not-signed", answered(AgreementAnswer::Failed(SignProblem::Taken))),
    ]
}
