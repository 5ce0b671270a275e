//! Movements of every kind, and the page of one of each.

use super::{dinars, fresh_box, hours_before, message_id, said, zaytoun};
use crate::wallet::{AgreementLink, Movement, MovementDetail, MovementKind, Paper, Screen};
use crate::{BackKind, Hold, HoldUntil, Language, Merchant, MoneyBack, Receipt, ReceiptStatus};
use jiff::SignedDuration;
use mithaq_types::ContractId;

impl Movement {
    /// One movement of each kind, newest first.
    #[must_use]
    pub fn samples(language: Language) -> Vec<Self> {
        let omar = said(language, "Omar Khalid", "عمر خالد");
        let bank = said(language, "Rafidain Bank", "مصرف الرافدين");
        let lunch = said(language, "Lunch on Thursday", "غداء الخميس");
        let rice = said(language, "Rice, tea, dates", "رز وشاي وتمر");
        let until = hours_before(-163);
        let all = [
            (1, MovementKind::Paid, zaytoun(language), 18_500, rice.clone()),
            (3, MovementKind::Received, omar.clone(), 12_000, lunch.clone()),
            (5, MovementKind::Held { until }, "Baghdad Rides".into(), 25_000, String::new()),
            (14, MovementKind::Sent, omar, 7_500, lunch),
            (20, MovementKind::Refunded, zaytoun(language), 3_250, rice),
            (27, MovementKind::ToppedUp, bank, 100_000, String::new()),
            (75, MovementKind::Charged, zaytoun(language), 5_000, fresh_box(language)),
            (98, MovementKind::Captured { released: dinars(4_000) }, "Baghdad Rides".into(), 21_000, String::new()),
            (124, MovementKind::Released, "Baghdad Rides".into(), 25_000, String::new()),
            (125, MovementKind::ToppedUp, String::new(), 50_000, String::new()),
        ];
        let numbered = (1..).zip(all);
        let movement = |(number, (hours, kind, with, amount, about))| Self {
            message_id: message_id(number),
            kind,
            with,
            amount: dinars(amount),
            about,
            at: hours_before(hours),
        };
        numbered.map(movement).collect()
    }

    /// The first of a kind.
    fn of(language: Language, is_it: impl Fn(MovementKind) -> bool) -> Vec<Self> {
        Self::samples(language).into_iter().filter(|movement| is_it(movement.kind)).take(1).collect()
    }
}

impl MovementDetail {
    /// The first movement of a kind, with its receipt if it is of a payment.
    pub(super) fn sample(language: Language, is_it: impl Fn(MovementKind) -> bool) -> Screen {
        let movement = Movement::of(language, is_it).pop();
        let movement = movement.unwrap_or_else(|| Movement::samples(language).swap_remove(0));
        let note = Paper::Note {
            phone: matches!(movement.kind, MovementKind::Sent | MovementKind::Received).then(|| "9647700000002".into()),
            balance: Some(dinars(250_000)),
            number: Some("5C0E9A7B34D14F0E8A61B7D2F3C90A15".into()),
        };
        let paper = match movement.kind {
            MovementKind::Sent | MovementKind::Received | MovementKind::ToppedUp => note,
            _ => Paper::Receipt(Box::new(receipt(language, &movement))),
        };
        let title = Some(said(language, "Fresh Box", "صندوق طازج"));
        let agreement = AgreementLink { contract_id: ContractId::new("202610012748159036524817"), title };
        let agreement = (movement.kind == MovementKind::Charged).then_some(agreement);
        Screen::Movement(Box::new(Self { movement, paper, agreement }))
    }
}

/// The receipt of the payment that a movement belongs to.
fn receipt(language: Language, movement: &Movement) -> Receipt {
    let hold = |back_at| Hold { until: HoldUntil::Taken, back_at };
    let back = |kind, amount| MoneyBack { kind, amount, at: movement.at, reason: None };
    let (amount, status, back) = match movement.kind {
        MovementKind::Held { until } => (movement.amount, ReceiptStatus::Held(hold(until)), Vec::new()),
        MovementKind::Captured { released } => {
            (dinars(25_000), ReceiptStatus::Paid, vec![back(BackKind::Released, released)])
        }
        MovementKind::Released => {
            (movement.amount, ReceiptStatus::GivenBack, vec![back(BackKind::Released, movement.amount)])
        }
        MovementKind::Refunded => (dinars(18_500), ReceiptStatus::Paid, vec![back(BackKind::Refund, movement.amount)]),
        _ => (movement.amount, ReceiptStatus::Paid, Vec::new()),
    };
    let at = match movement.kind {
        MovementKind::Paid | MovementKind::Charged | MovementKind::Held { .. } => movement.at,
        _ => movement.at.saturating_sub(SignedDuration::from_hours(49)).unwrap_or(movement.at),
    };
    let merchant = match movement.with.as_str() {
        "Baghdad Rides" => Merchant { name: movement.with.clone(), name_ar: None, verified: true },
        _ => Merchant::sample(),
    };
    let (title, description) = (Some(movement.about.clone()), String::new());
    Receipt { merchant, amount, status, at, title, description, back, ..Receipt::sample(language) }
}
