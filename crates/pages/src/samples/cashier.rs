//! The cashier in every state, and receipts.

use super::{LOCKED_UNTIL, dinars, interaction, said};
use crate::{
    BackKind, Card, CardName, CardRefusal, CardStanding, CashierContext, CashierEnd, CashierEndContext, CashierProblem,
    CashierStep, Checkout, Exit, Form, Frame, Hold, HoldUntil, Language, LoginProblem, Merchant, MoneyBack, Order,
    OrderKind, Page, PaidFrom, PaymentLimit, Receipt, ReceiptStatus, Source,
};
use jiff::{SignedDuration, Timestamp};
use mithaq_types::{CardId, Currency, Money, PaymentId};

/// Minutes before (or, negative, after) 1 December 2026, 09:30 in Baghdad.
fn minutes_before(minutes: i64) -> Timestamp {
    let then = Timestamp::from_second(LOCKED_UNTIL).unwrap_or(Timestamp::UNIX_EPOCH);
    then.saturating_sub(SignedDuration::from_mins(minutes)).unwrap_or(then)
}

/// A hold that is given back a week later.
fn hold(until: HoldUntil) -> Hold {
    Hold { until, back_at: minutes_before(-7 * 24 * 60) }
}

/// A merchant nobody has checked, whose name tries to be markup.
fn corner_shop() -> Merchant {
    Merchant { name: "Corner <Shop>".into(), name_ar: None, verified: false }
}

impl Order {
    /// A basket of the demo merchant.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        Self {
            merchant: Merchant::sample(),
            amount: dinars(18_500),
            title: Some(said(language, "Basket of 3", "سلة من ٣ أصناف")),
            description: said(
                language,
                "Olive oil 1 l, dates 500 g, Fresh Box small.\nDelivered today between 17:00 and 19:00.",
                "زيت زيتون ١ لتر، تمر ٥٠٠ غم، صندوق طازج صغير.\nالتوصيل اليوم بين الخامسة والسابعة مساءً.",
            ),
            reference: Some("ZM-2026-10482".into()),
            kind: OrderKind::Now,
            expires_at: minutes_before(-15),
        }
    }

    /// The least that `pay` takes, of fils, with a text that tries to be markup.
    fn bare_sample(language: Language) -> Self {
        Self {
            merchant: corner_shop(),
            amount: Money::new(1_234_567_250, Currency::IQD),
            title: None,
            description: "2 × tea & <b>".into(),
            reference: None,
            ..Self::sample(language)
        }
    }
}

impl CardName {
    fn sample(language: Language, place: usize) -> Self {
        let (english, arabic, number) = [
            ("Rafidain Bank", "مصرف الرافدين", "521234******4242"),
            ("Bank of Baghdad", "مصرف بغداد", "4000 00** **** 0069"),
            ("Trade Bank of Iraq, salary card", "المصرف العراقي للتجارة، بطاقة الراتب", "621700******1881"),
        ][place % 3];
        Self { issuer: said(language, english, arabic), number: number.into() }
    }
}

impl Card {
    fn sample(language: Language, place: usize, standing: CardStanding) -> Self {
        Self { card_id: CardId::new(format!("card-{place}")), name: CardName::sample(language, place), standing }
    }
}

impl Checkout {
    /// Sara's wallet: enough in it, one card that can pay and two that cannot.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let standings = [CardStanding::Usable, CardStanding::Expired, CardStanding::Blocked];
        Self {
            form: Form::sample(),
            order: Order::sample(language),
            user_name: said(language, "Sara Ali Hasan", "سارة علي حسن"),
            balance: dinars(250_000),
            cards: (0..).zip(standings).map(|(place, standing)| Card::sample(language, place, standing)).collect(),
            chosen: Source::Balance,
            top_up_link: "/wallet/top-up?for=0f6f2d1c9b7e4a53a1d2c3b4e5f60718".into(),
            offered: None,
            problem: None,
        }
    }

    fn held(self, until: HoldUntil) -> Self {
        Self { order: Order { kind: OrderKind::Held(hold(until)), ..self.order }, ..self }
    }

    pub(super) fn tried(self, problem: CashierProblem) -> Self {
        Self { problem: Some(problem), ..self }
    }

    fn declined(self, reason: CardRefusal) -> Self {
        let card_id = CardId::new("card-0");
        Self { chosen: Source::Card(card_id.clone()), ..self }.tried(CashierProblem::CardDeclined { card_id, reason })
    }
}

impl CashierContext {
    /// A page inside the shell.
    #[must_use]
    pub fn sample(language: Language, step: CashierStep) -> Self {
        Self { frame: Frame::sample(language), exit: Exit::Shell(interaction()), step }
    }

    pub(super) fn ready(language: Language, checkout: Checkout) -> Page {
        Page::Cashier(Self::sample(language, CashierStep::Ready(Box::new(checkout))))
    }

    fn alone(language: Language, step: CashierStep) -> Page {
        Page::Cashier(Self { exit: Exit::Alone { redirect_url: None }, ..Self::sample(language, step) })
    }
}

impl Receipt {
    /// The basket, paid from the balance.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let Order { merchant, amount, title, description, reference, .. } = Order::sample(language);
        Self {
            merchant,
            amount,
            status: ReceiptStatus::Paid,
            in_dispute: false,
            at: minutes_before(0),
            source: PaidFrom::Balance,
            title,
            description,
            reference,
            payment_id: PaymentId::new("20261201093000100200162000000000017"),
            back: Vec::new(),
        }
    }

    fn with_back(self, back: &[(BackKind, i64, Option<&str>)]) -> Self {
        let back = (1..).zip(back).map(|(days, (kind, whole, reason))| MoneyBack {
            kind: *kind,
            amount: dinars(*whole),
            at: minutes_before(-days * 24 * 60),
            reason: reason.map(str::to_owned),
        });
        Self { back: back.collect(), ..self }
    }
}

impl CashierEndContext {
    /// An end inside the shell.
    #[must_use]
    pub fn sample(language: Language, end: CashierEnd) -> Self {
        Self { frame: Frame::sample(language), exit: Exit::Shell(interaction()), end }
    }
}

impl CashierEnd {
    fn paid(receipt: Receipt, just_now: bool) -> Self {
        let balance_left = just_now.then_some(dinars(231_500));
        Self::Paid { receipt: Box::new(receipt), balance_left, just_now, agreement: None }
    }
}

/// All of them.
pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let mut all = checkouts(language);
    all.extend(steps(language));
    all.extend(ends(language).into_iter().map(|(name, end)| {
        let page = CashierEndContext::sample(language, end);
        (name, Page::CashierEnd(page))
    }));
    let redirect_url = Some("https://shop.example.iq/thanks?order=ZM-2026-10482".to_owned());
    let alone = |end, redirect_url| {
        let page = CashierEndContext::sample(language, end);
        Page::CashierEnd(CashierEndContext { exit: Exit::Alone { redirect_url }, ..page })
    };
    let paid = CashierEnd::paid(Receipt::sample(language), true);
    all.push(("cashier-paid-alone", alone(paid, redirect_url)));
    all.push(("cashier-unknown-alone", alone(CashierEnd::Unknown, None)));
    all
}

fn checkouts(language: Language) -> Vec<(&'static str, Page)> {
    let full = || Checkout::sample(language);
    let ready = |checkout| CashierContext::ready(language, checkout);
    let tried = |problem| ready(full().tried(problem));
    let declined = |reason| ready(full().declined(reason));
    let limit = |limit| tried(CashierProblem::AboveLimit(limit));
    let poor = || Checkout { balance: dinars(1_000), ..full() };
    let bare =
        Checkout { order: Order::bare_sample(language), balance: dinars(2_000_000), cards: Vec::new(), ..full() };
    let stranded = Checkout { cards: full().cards.into_iter().skip(1).collect(), ..poor() };
    vec![
        ("cashier-ready", ready(full())),
        ("cashier-ready-alone", CashierContext::alone(language, CashierStep::Ready(Box::new(full())))),
        ("cashier-ready-bare", ready(bare)),
        ("cashier-ready-card", ready(Checkout { chosen: Source::Card(CardId::new("card-0")), ..full() })),
        ("cashier-ready-hold", ready(full().held(HoldUntil::Taken))),
        ("cashier-ready-escrow", ready(full().held(HoldUntil::Received))),
        ("cashier-ready-poor", ready(poor())),
        ("cashier-ready-stranded", ready(stranded)),
        ("cashier-pin-wrong", tried(CashierProblem::PinWrong { tries_left: 2 })),
        ("cashier-pin-wrong-last", tried(CashierProblem::PinWrong { tries_left: 1 })),
        ("cashier-pin-malformed", tried(CashierProblem::PinMalformed)),
        ("cashier-balance-short", ready(poor().tried(CashierProblem::BalanceNotEnough))),
        ("cashier-declined-not-enough", declined(CardRefusal::NotEnough)),
        ("cashier-declined-expired", declined(CardRefusal::Expired)),
        ("cashier-declined-blocked", declined(CardRefusal::Blocked)),
        ("cashier-declined-limit", declined(CardRefusal::Limit)),
        ("cashier-declined-other", declined(CardRefusal::Other)),
        ("cashier-limit-single", limit(Some(PaymentLimit::Single(dinars(10_000))))),
        ("cashier-limit-today", limit(Some(PaymentLimit::LeftToday(dinars(2_250))))),
        ("cashier-limit", limit(None)),
        ("cashier-source-gone", tried(CashierProblem::SourceGone)),
    ]
}

fn steps(language: Language) -> Vec<(&'static str, Page)> {
    let shell = |step| Page::Cashier(CashierContext::sample(language, step));
    let alone = |step| CashierContext::alone(language, step);
    let login = |phone: &str, problem| CashierStep::Login { form: Form::sample(), phone: phone.to_owned(), problem };
    let order = || Box::new(Order::sample(language));
    let waiting = || CashierStep::Processing { order: order(), source: PaidFrom::Card(CardName::sample(language, 0)) };
    let link = || "http://localhost:7600/cashier?orderId=0f6f2d1c9b7e4a53a1d2c3b4e5f60718".to_owned();
    vec![
        ("cashier-login", shell(login("", None))),
        ("cashier-login-wrong", shell(login("9647700000001", Some(LoginProblem::Wrong)))),
        ("cashier-login-pin-malformed", shell(login("9647700000001", Some(LoginProblem::PinMalformed)))),
        ("cashier-waiting", shell(waiting())),
        ("cashier-waiting-alone", alone(waiting())),
        ("cashier-standalone", alone(CashierStep::Standalone { link: link(), order: Some(order()) })),
        ("cashier-standalone-stranger", alone(CashierStep::Standalone { link: link(), order: None })),
    ]
}

fn ends(language: Language) -> Vec<(&'static str, CashierEnd)> {
    let receipt = || Receipt::sample(language);
    let status = |status| Receipt { status, ..receipt() };
    let card = || PaidFrom::Card(CardName::sample(language, 0));
    let reason = said(language, "Dates were sold out", "نفد التمر");
    let refunds = [(BackKind::Refund, 4_000, Some(reason.as_str())), (BackKind::Refund, 2_500, None)];
    let refunded = receipt().with_back(&refunds);
    let reversed = receipt().with_back(&[(BackKind::Cancelled, 18_500, None)]);
    let taken = receipt().with_back(&[(BackKind::Released, 3_500, None)]);
    let (before, now) = (|receipt| CashierEnd::paid(receipt, false), |receipt| CashierEnd::paid(receipt, true));
    let held = |until| status(ReceiptStatus::Held(hold(until)));
    let partly = held(HoldUntil::Taken).with_back(&[(BackKind::Released, 3_500, None)]);
    vec![
        ("cashier-paid", now(receipt())),
        ("cashier-paid-card", now(Receipt { source: card(), ..receipt() })),
        ("cashier-held", now(held(HoldUntil::Taken))),
        ("cashier-held-escrow", now(held(HoldUntil::Received))),
        ("cashier-paid-before", before(receipt())),
        ("cashier-paid-refunded", before(refunded)),
        ("cashier-paid-reversed", before(reversed)),
        ("cashier-paid-less", before(taken)),
        ("cashier-held-before", before(held(HoldUntil::Taken))),
        ("cashier-held-less", before(partly)),
        ("cashier-held-dispute", before(Receipt { in_dispute: true, ..held(HoldUntil::Received) })),
        ("cashier-given-back", before(status(ReceiptStatus::GivenBack))),
        ("cashier-not-paid", before(Receipt { source: card(), ..status(ReceiptStatus::NotPaid) })),
        ("cashier-processing-receipt", before(Receipt { source: card(), ..status(ReceiptStatus::Processing) })),
        ("cashier-paid-by-somebody", CashierEnd::PaidBySomebody),
        ("cashier-being-paid", CashierEnd::BeingPaid),
        ("cashier-declined", CashierEnd::Declined(Merchant::sample())),
        ("cashier-expired", CashierEnd::Expired(Merchant::sample())),
        ("cashier-cancelled", CashierEnd::Cancelled(Merchant::sample())),
        ("cashier-not-yours", CashierEnd::NotYours),
        ("cashier-unknown", CashierEnd::Unknown),
        ("cashier-page-over", CashierEnd::PageOver),
        ("cashier-unavailable", CashierEnd::Unavailable(corner_shop())),
        ("cashier-dispute", CashierEnd::InDispute(Merchant::sample())),
        ("cashier-frozen", CashierEnd::AccountFrozen),
        ("cashier-refused", CashierEnd::Refused),
        ("cashier-locked", CashierEnd::PinLocked { until: minutes_before(0) }),
    ]
}
