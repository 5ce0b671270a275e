//! The pages of the wallet app in every state.

mod letters;
mod money;
mod movements;
mod own;

use super::{LOCKED_UNTIL, dinars, interaction, said};
use crate::wallet::{
    AppBar, Door, EntryContext, History, Hold, Home, Inbox, Message, MiniProgram, Movement, MovementDetail,
    MovementKind, Screen, WalletPage,
};
use crate::{AgreementsContext, Frame, Language, LoginProblem, Page, SignInProblem, SignInStep};
use jiff::{SignedDuration, Timestamp};
use mithaq_types::{AppId, Currency, MessageId, Money};

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
    let most = Money::new(i64::MAX, Currency::IQD);
    let richest = Home { balance: most, other_balances: vec![most], ..Home::sample(language) };
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
        ("wallet-home-richest", home(richest)),
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
