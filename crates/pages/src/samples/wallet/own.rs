//! The pages of the wallet app about the user's own: cards, PIN, devices, language; in every state.

use super::{hours_before, inner, page, said, sara};
use crate::wallet::{
    CardForm, CardProblem, Cards, CardsNotice, Device, Door, LinkedCard, PinChange, PinChangeProblem, Screen, Security,
    SecurityNotice,
};
use crate::{Card, CardName, CardStanding, Language, Page, PinProblem};
use mithaq_types::{CardId, SessionId};

impl Cards {
    /// A card that pays, one that is over, one that is blocked.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let card = |id: &str, issuer: String, number: &str, expiry: &str, standing| LinkedCard {
            card: Card { card_id: CardId::new(id), name: CardName { issuer, number: number.to_owned() }, standing },
            expiry: expiry.to_owned(),
            holder: "SARA ALI HASAN".into(),
        };
        let rafidain = said(language, "Rafidain Bank", "مصرف الرافدين");
        let cards = vec![
            card("0A1B2C3D", rafidain.clone(), "************4242", "08/29", CardStanding::Usable),
            card("1A1B2C3D", rafidain, "************0341", "11/26", CardStanding::Expired),
            card("2A1B2C3D", "Visa".into(), "************9995", "01/28", CardStanding::Blocked),
        ];
        Self { cards, form: Some(CardForm::default()), notice: None }
    }

    fn tried(language: Language, problem: CardProblem) -> Page {
        let form = CardForm {
            number: "4242 4242 4242".into(),
            expiry: "13/29".into(),
            name: "Sara <Ali>".into(),
            problem: Some(problem),
        };
        let page = Self { cards: Vec::new(), form: Some(form), notice: None };
        inner(language, Door::More, Screen::Cards(page))
    }
}

impl Security {
    /// Signed in on two devices.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let device = |id: &str, name: &str, place: &str, hours| Device {
            session_id: SessionId::new(id),
            here: hours == 2,
            name: name.to_owned(),
            place: place.to_owned(),
            since: hours_before(hours),
            seen_at: (hours != 2).then(|| hours_before(hours - 1)),
        };
        Self {
            user_name: sara(language),
            phone: "9647700000001".into(),
            pin: PinChange::Ask { problem: None },
            devices: vec![
                device("20261201A", "Chrome, Android", "", 2),
                device("20261128B", "Firefox, Linux", "192.0.2.17", 71),
                device("20261101C", "", "", 700),
            ],
            notice: None,
        }
    }
}

pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let cards = |page: Cards| inner(language, Door::More, Screen::Cards(page));
    let none = Cards { cards: Vec::new(), ..Cards::sample(language) };
    let linked = Cards { notice: Some(CardsNotice::Linked), ..Cards::sample(language) };
    let removed = Cards { notice: Some(CardsNotice::Removed), form: None, ..Cards::sample(language) };
    let tried = |problem| Cards::tried(language, problem);
    let security = |page: Security| self::page(language, Door::More, Screen::Security(Box::new(page)));
    let pin = |pin| security(Security { pin, ..Security::sample(language) });
    let pin_tried = |problem| pin(PinChange::Ask { problem: Some(problem) });
    let told = |notice| security(Security { notice: Some(notice), ..Security::sample(language) });
    vec![
        ("wallet-cards", cards(Cards::sample(language))),
        ("wallet-cards-none", cards(none)),
        ("wallet-cards-linked", cards(linked)),
        ("wallet-cards-removed", cards(removed)),
        ("wallet-cards-number-malformed", tried(CardProblem::NumberMalformed)),
        ("wallet-cards-known-wrong", tried(CardProblem::NumberKnown)),
        ("wallet-cards-expiry-malformed", tried(CardProblem::ExpiryMalformed)),
        ("wallet-cards-past-wrong", tried(CardProblem::ExpiryPast)),
        ("wallet-cards-name-wrong", tried(CardProblem::NameMissing)),
        ("wallet-cards-refused", tried(CardProblem::Refused)),
        ("wallet-cards-away", tried(CardProblem::IssuerAway)),
        ("wallet-security", security(Security::sample(language))),
        ("wallet-security-old-wrong", pin_tried(PinChangeProblem::Old(PinProblem::Wrong { tries_left: 3 }))),
        ("wallet-security-old-malformed", pin_tried(PinChangeProblem::Old(PinProblem::Malformed))),
        ("wallet-security-new-malformed", pin_tried(PinChangeProblem::NewMalformed)),
        ("wallet-security-weak-wrong", pin_tried(PinChangeProblem::NewWeak)),
        ("wallet-security-same-wrong", pin_tried(PinChangeProblem::NewSame)),
        ("wallet-security-again-wrong", pin_tried(PinChangeProblem::AgainDiffers)),
        ("wallet-security-locked", pin(PinChange::Locked { until: hours_before(-1) })),
        ("wallet-security-pin-changed", told(SecurityNotice::PinChanged)),
        ("wallet-security-session-ended", told(SecurityNotice::SessionEnded)),
        ("wallet-security-language-changed", told(SecurityNotice::LanguageChanged)),
    ]
}
