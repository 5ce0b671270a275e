//! The pages of the wallet app that move money, in every state.

use super::{dinars, fresh_box, hours_before, inner, interaction, message_id, now, page, said, sara};
use crate::wallet::{
    AmountProblem, Bank, CodeStep, Door, PayCode, PayeeProblem, Receive, Scan, ScanProblem, Screen, SendMoney,
    SendProblem, SendStep, TopUp, TopUpProblem, TopUpStep, WaitingOrder, WalletPage,
};
use crate::{Language, Page, PinProblem};
use jiff::SignedDuration;
use mithaq_types::{OrderId, TransferId};

impl TopUp {
    /// Two banks to choose from.
    #[must_use]
    pub fn sample(language: Language, step: TopUpStep) -> Self {
        let bank = |id: &str, name: String| Bank { bank_id: id.into(), name };
        let banks = vec![
            bank("rafidain", said(language, "Rafidain Bank", "مصرف الرافدين")),
            bank("tigris", said(language, "Bank of the Tigris", "مصرف دجلة")),
        ];
        Self { balance: dinars(250_000), banks, order: None, step }
    }
}

impl TopUpStep {
    /// Something was typed, and may be wrong.
    #[must_use]
    pub fn asking(amount: &str, problem: Option<TopUpProblem>) -> Self {
        Self::Ask { amount: amount.to_owned(), bank: "tigris".into(), problem }
    }
}

impl SendMoney {
    /// Out of a wallet with a balance.
    #[must_use]
    pub const fn sample(step: SendStep) -> Self {
        Self { balance: dinars(250_000), step }
    }
}

impl SendStep {
    /// To Omar; something was typed, and may be wrong.
    #[must_use]
    pub fn asking(language: Language, amount: &str, problem: Option<SendProblem>) -> Self {
        Self::Amount {
            to: "9647700000002".into(),
            to_name: said(language, "Omar Khalid", "عمر خالد"),
            amount: amount.to_owned(),
            note: if amount.is_empty() { String::new() } else { fresh_box(language) },
            once: TransferId::new("5C0E9A7B34D14F0E8A61B7D2F3C90A15"),
            problem,
        }
    }
}

impl Receive {
    /// Sara's own code.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        Self {
            user_name: sara(language),
            phone: "9647700000001".into(),
            link: "http://localhost:7600/pay-to?to=9647700000001".into(),
        }
    }
}

impl PayCode {
    /// A step of the page.
    #[must_use]
    pub const fn sample(step: CodeStep) -> Self {
        Self { balance: dinars(250_000), step }
    }
}

pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let mut all = coming(language);
    all.extend(sending(language));
    all.extend(paying(language));
    all
}

fn coming(language: Language) -> Vec<(&'static str, Page)> {
    let top_up = |step| inner(language, Door::Home, Screen::TopUp(TopUp::sample(language, step)));
    let tried = |amount: &str, problem| top_up(TopUpStep::asking(amount, Some(problem)));
    let order = WaitingOrder { order_id: OrderId::new("0f6f2d1c9b7e4a53a1d2c3b4e5f60718"), ix: Some(interaction()) };
    let for_order = |step| {
        let top_up = TopUp { order: Some(order.clone()), ..TopUp::sample(language, step) };
        let mut page = WalletPage::sample(language, Door::Home, Screen::TopUp(top_up));
        page.frame.app = None;
        Page::Wallet(Box::new(page))
    };
    let amount = dinars(50_000);
    vec![
        ("wallet-top-up", top_up(TopUpStep::asking("", None))),
        ("wallet-top-up-amount-malformed", tried("lots", TopUpProblem::Amount(AmountProblem::Malformed))),
        (
            "wallet-top-up-amount-wrong",
            tried("100000000", TopUpProblem::Amount(AmountProblem::TooHigh { most: dinars(5_000_000) })),
        ),
        ("wallet-top-up-refused", tried("50000", TopUpProblem::BankRefused)),
        ("wallet-top-up-away", tried("50000", TopUpProblem::BankAway)),
        ("wallet-top-up-done", top_up(TopUpStep::Done { amount, message_id: Some(message_id(6)) })),
        ("wallet-top-up-waiting", top_up(TopUpStep::Waiting { amount })),
        ("wallet-top-up-for-order", for_order(TopUpStep::asking("18500", None))),
        ("wallet-top-up-for-order-done", for_order(TopUpStep::Done { amount, message_id: None })),
        ("wallet-receive", inner(language, Door::Home, Screen::Receive(Receive::sample(language)))),
    ]
}

fn sending(language: Language) -> Vec<(&'static str, Page)> {
    let send = |step| inner(language, Door::Home, Screen::Send(SendMoney::sample(step)));
    let to = |typed: &str, problem| send(SendStep::To { typed: typed.to_owned(), problem });
    let tried = |amount: &str, problem| send(SendStep::asking(language, amount, Some(problem)));
    let done = SendStep::Done {
        to_name: said(language, "Omar Khalid", "عمر خالد"),
        amount: dinars(7_500),
        message_id: Some(message_id(4)),
    };
    vec![
        ("wallet-send-to", to("", None)),
        ("wallet-send-to-malformed", to("0770", Some(PayeeProblem::Malformed))),
        ("wallet-send-to-wrong", to("9647700000009", Some(PayeeProblem::Unknown))),
        ("wallet-send-to-own-wrong", to("9647700000001", Some(PayeeProblem::Own))),
        ("wallet-send", send(SendStep::asking(language, "", None))),
        ("wallet-send-amount-malformed", tried("-5", SendProblem::Amount(AmountProblem::Malformed))),
        ("wallet-send-balance-wrong", tried("900000", SendProblem::Amount(AmountProblem::Balance))),
        ("wallet-send-limit-wrong", tried("240000", SendProblem::Amount(AmountProblem::Limit))),
        ("wallet-send-note-wrong", tried("7500", SendProblem::NoteTooLong)),
        ("wallet-send-pin-wrong", tried("7500", SendProblem::Pin(PinProblem::Wrong { tries_left: 2 }))),
        ("wallet-send-pin-malformed", tried("7500", SendProblem::Pin(PinProblem::Malformed))),
        ("wallet-send-restricted", tried("7500", SendProblem::Account)),
        ("wallet-send-locked", send(SendStep::Locked { until: now() })),
        ("wallet-send-done", send(done)),
    ]
}

fn paying(language: Language) -> Vec<(&'static str, Page)> {
    let code = |step| page(language, Door::Pay, Screen::Code(PayCode::sample(step)));
    let expires_at = now().saturating_add(SignedDuration::from_secs(57)).unwrap_or_else(|_| now());
    let shown = CodeStep::Shown { code: "281234567890123456".into(), expires_at };
    let scan =
        |typed: &str, problem| inner(language, Door::Pay, Screen::Scan(Scan { typed: typed.to_owned(), problem }));
    vec![
        ("wallet-code", code(CodeStep::Ask { problem: None })),
        ("wallet-code-pin-wrong", code(CodeStep::Ask { problem: Some(PinProblem::Wrong { tries_left: 1 }) })),
        ("wallet-code-locked", code(CodeStep::Locked { until: hours_before(-1) })),
        ("wallet-code-restricted", code(CodeStep::Restricted)),
        ("wallet-code-shown", code(shown)),
        ("wallet-scan", scan("", None)),
        ("wallet-scan-wrong", scan("https://shop.example/?<b>", Some(ScanProblem::Foreign))),
        ("wallet-scan-empty-wrong", scan("", Some(ScanProblem::Empty))),
        ("wallet-scan-app-wrong", scan("mini://platformapi/startapp?_ariver_appid=404", Some(ScanProblem::UnknownApp))),
    ]
}
