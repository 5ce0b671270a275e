//! The pages of the wallet app in every state.

mod money;
mod own;

use super::{LOCKED_UNTIL, dinars, interaction, said};
use crate::wallet::{
    AgreementLink, AppBar, AppLink, Door, EntryContext, History, Hold, Home, Inbox, Letter, Message, MiniProgram,
    Movement, MovementDetail, MovementKind, Paper, Screen, Topic, WalletPage,
};
use crate::{
    AgreementsContext, BackKind, Frame, Hold as HoldOfReceipt, HoldUntil, Language, LoginProblem, Merchant, MoneyBack,
    Page, Receipt, ReceiptStatus, SignInProblem, SignInStep,
};
use jiff::{SignedDuration, Timestamp};
use mithaq_types::{AppId, ContractId, MessageId};

/// 1 December 2026, 12:00 in Baghdad: after what happened this morning.
fn now() -> Timestamp {
    hours_before(0)
}

fn hours_before(hours: i64) -> Timestamp {
    let noon = Timestamp::from_second(LOCKED_UNTIL + 9_000).unwrap_or(Timestamp::UNIX_EPOCH);
    noon.saturating_sub(SignedDuration::from_hours(hours)).unwrap_or(noon)
}

fn message_id(number: u32) -> MessageId {
    MessageId::new(format!("20261201{number:016}"))
}

fn sara(language: Language) -> String {
    said(language, "Sara Ali Hasan", "سارة علي حسن")
}

fn zaytoun(language: Language) -> String {
    said(language, "Zaytoun Market", "سوق زيتون")
}

fn fresh_box(language: Language) -> String {
    said(language, "Fresh Box, one month", "صندوق طازج، شهر واحد")
}

impl AppBar {
    /// A door with two unread messages behind the inbox.
    #[must_use]
    pub const fn sample(door: Door) -> Self {
        Self { door, at_door: true, unread: 2 }
    }
}

impl WalletPage {
    /// A screen behind a door.
    #[must_use]
    pub fn sample(language: Language, door: Door, screen: Screen) -> Self {
        let frame = Frame { app: Some(AppBar::sample(door)), ..Frame::sample(language) };
        Self { frame, csrf: "c5f1d2a8".into(), now: now(), screen }
    }
}

fn page(language: Language, door: Door, screen: Screen) -> Page {
    Page::Wallet(Box::new(WalletPage::sample(language, door, screen)))
}

/// A page behind a door, not the one the door leads to.
fn inner(language: Language, door: Door, screen: Screen) -> Page {
    let mut page = WalletPage::sample(language, door, screen);
    page.frame.app = Some(AppBar { at_door: false, ..AppBar::sample(door) });
    Page::Wallet(Box::new(page))
}

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

impl Home {
    /// A wallet in use.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let hold = Hold {
            message_id: Some(message_id(3)),
            merchant: "Baghdad Rides".into(),
            about: said(language, "Ride to the airport", "رحلة إلى المطار"),
            amount: dinars(25_000),
            until: hours_before(-163),
        };
        let app = |id: &str, name: String| MiniProgram { app_id: AppId::new(id), name };
        Self {
            user_name: sara(language),
            balance: dinars(250_000),
            other_balances: Vec::new(),
            holds: vec![hold],
            movements: Movement::samples(language),
            apps: vec![app("100001", zaytoun(language)), app("100002", "Baghdad Rides".into())],
        }
    }

    /// A wallet on its first day.
    fn empty(language: Language) -> Self {
        let (holds, movements) = (Vec::new(), Vec::new());
        Self { balance: dinars(0), holds, movements, apps: Vec::new(), ..Self::sample(language) }
    }
}

impl History {
    /// Six days.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        Self { movements: Movement::samples(language), begins_later: false, older_than: Some(message_id(10)) }
    }
}

impl MovementDetail {
    /// The first movement of a kind, with its receipt if it is of a payment.
    fn sample(language: Language, is_it: impl Fn(MovementKind) -> bool) -> Screen {
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
    let hold = |back_at| HoldOfReceipt { until: HoldUntil::Taken, back_at };
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

impl Letter {
    fn sample(number: u32, topic: Topic, title: String, body: String) -> Self {
        let at = hours_before(i64::from(number) * 7 - 6);
        Self { message_id: message_id(number), topic, title, body, at, read: number > 2 }
    }
}

impl Inbox {
    /// A message about each topic; two are unread.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let letter = |number, topic, english: (&str, &str), arabic: (&str, &str)| {
            Letter::sample(number, topic, said(language, english.0, arabic.0), said(language, english.1, arabic.1))
        };
        let letters = vec![
            letter(
                1,
                Topic::Merchant,
                (
                    "Zaytoun Market: Your box is on its way",
                    "They bring it today before 18:00.\nLeave word if you are out.",
                ),
                ("سوق زيتون: صندوقك في الطريق", "يصلك اليوم قبل السادسة مساءً.\nأخبرنا إن لم تكن في البيت."),
            ),
            letter(
                2,
                Topic::Money,
                ("You paid \u{2068}سوق زيتون\u{2069} 18,500 IQD", "Your balance is now 250,000 IQD."),
                ("دفعت إلى \u{2068}Zaytoun Market\u{2069} مبلغ ١٨٬٥٠٠ د.ع", "رصيدك الآن ٢٥٠٬٠٠٠ د.ع."),
            ),
            letter(
                3,
                Topic::Agreement,
                ("Zaytoun Market may now charge you", "You agreed that Zaytoun Market may charge your wallet."),
                ("يمكن للتاجر سوق زيتون الآن الاستقطاع منك", "وافقت على أن يستقطع التاجر سوق زيتون من محفظتك."),
            ),
            letter(
                9,
                Topic::Security,
                ("Your PIN was changed", "If it was not you, tell your wallet’s support now."),
                ("تم تغيير رمزك السري", "إذا لم تكن أنت من غيّره فأبلغ دعم المحفظة الآن."),
            ),
        ];
        Self { letters, begins_later: false, older_than: None }
    }
}

impl Message {
    /// One of the inbox, opened.
    fn sample(language: Language, place: usize) -> Screen {
        let letter = Inbox::sample(language).letters.swap_remove(place);
        let app = AppLink { app_id: AppId::new("100001"), name: zaytoun(language) };
        let contract_id = ContractId::new("202610012748159036524817");
        Screen::Message(Box::new(Self {
            app: (letter.topic == Topic::Merchant).then_some(app),
            movement: (letter.topic == Topic::Money).then(|| message_id(1)),
            agreement: (letter.topic == Topic::Agreement).then_some(contract_id),
            letter,
        }))
    }
}

impl EntryContext {
    /// Somebody asks for the history and is not signed in.
    #[must_use]
    pub fn sample(language: Language, phone: &str, problem: Option<SignInProblem>) -> Self {
        let step = SignInStep::Form { csrf: "c5f1d2a8".into(), phone: phone.to_owned(), problem };
        Self { frame: Frame::sample(language), page: "/wallet/history".into(), step }
    }
}

/// All of them.
pub(super) fn all(language: Language) -> Vec<(&'static str, Page)> {
    let mut all = looking(language);
    all.extend(money::all(language));
    all.extend(own::all(language));
    all
}

/// The pages that only show.
fn looking(language: Language) -> Vec<(&'static str, Page)> {
    let home = |page: Home| self::page(language, Door::Home, Screen::Home(Box::new(page)));
    let rich = Home { balance: dinars(1_234_567_890), ..Home::sample(language) };
    let history = |history| inner(language, Door::Home, Screen::History(history));
    let none = History { movements: Vec::new(), begins_later: false, older_than: None };
    let later = History { begins_later: true, older_than: None, ..History::sample(language) };
    let one = |is_it: fn(MovementKind) -> bool| inner(language, Door::Home, MovementDetail::sample(language, is_it));
    let inbox = |inbox| self::page(language, Door::Inbox, Screen::Inbox(inbox));
    let no_letters = Inbox { letters: Vec::new(), begins_later: false, older_than: None };
    let letter = |place| inner(language, Door::Inbox, Message::sample(language, place));
    let in_app = Frame { app: Some(AppBar::sample(Door::Agreements)), ..Frame::sample(language) };
    let agreements = AgreementsContext { frame: in_app, ..AgreementsContext::sample(language) };
    let entry = |phone: &str, problem| Page::WalletEntry(EntryContext::sample(language, phone, problem));
    let door = EntryContext { step: SignInStep::Doorstep, ..EntryContext::sample(language, "", None) };
    let locked = Some(SignInProblem::Locked { until: now() });
    vec![
        ("wallet-home", home(Home::sample(language))),
        ("wallet-home-empty", home(Home::empty(language))),
        ("wallet-home-rich", home(rich)),
        ("wallet-history", history(History::sample(language))),
        ("wallet-history-older", history(later)),
        ("wallet-history-none", history(none)),
        ("wallet-movement-paid", one(|kind| kind == MovementKind::Paid)),
        ("wallet-movement-charged", one(|kind| kind == MovementKind::Charged)),
        ("wallet-movement-held", one(|kind| matches!(kind, MovementKind::Held { .. }))),
        ("wallet-movement-captured", one(|kind| matches!(kind, MovementKind::Captured { .. }))),
        ("wallet-movement-released", one(|kind| kind == MovementKind::Released)),
        ("wallet-movement-refunded", one(|kind| kind == MovementKind::Refunded)),
        ("wallet-movement-sent", one(|kind| kind == MovementKind::Sent)),
        ("wallet-movement-received", one(|kind| kind == MovementKind::Received)),
        ("wallet-movement-topped-up", one(|kind| kind == MovementKind::ToppedUp)),
        ("wallet-inbox", inbox(Inbox::sample(language))),
        ("wallet-inbox-none", inbox(no_letters)),
        ("wallet-message-merchant", letter(0)),
        ("wallet-message-money", letter(1)),
        ("wallet-message-agreement", letter(2)),
        ("wallet-message-security", letter(3)),
        ("wallet-agreements", Page::Agreements(agreements)),
        ("wallet-login", entry("", None)),
        ("wallet-login-wrong", entry("9647700000001", Some(SignInProblem::Typed(LoginProblem::Wrong)))),
        ("wallet-login-locked", entry("9647700000001", locked)),
        ("wallet-doorstep", Page::WalletEntry(door)),
    ]
}
