//! Every page in every state, with the demo world's people: for the tests and the gallery.

mod agreements;
mod cashier;
mod deals;
mod offered;
mod sign;
mod signed;
mod wallet;

use crate::{
    About, AuthorizeContext, AuthorizeStep, ConfirmProblem, ConsentContext, ConsentStep, End, EndContext, ErrorContext,
    ErrorKind, Form, Frame, HomeContext, Language, LoginProblem, Merchant, Offer, Page, RefusalReason, Scope,
};
use jiff::Timestamp;
use jiff::civil::date;
use jiff::tz::TimeZone;
use mithaq_types::{Currency, InteractionId, Money};

/// A page to look at.
#[derive(Clone, Debug)]
pub struct Sample {
    /// `authorize-ready`; the same in both languages.
    pub name: &'static str,
    /// The page.
    pub page: Page,
}

/// 1 December 2026, 09:30 in Baghdad, in seconds since 1970.
const LOCKED_UNTIL: i64 = 1_796_106_600;

const fn dinars(whole: i64) -> Money {
    Money::new(whole * 1_000, Currency::IQD)
}

fn said(language: Language, english: &str, arabic: &str) -> String {
    match language {
        Language::EnUs => english.to_owned(),
        Language::ArIq => arabic.to_owned(),
    }
}

fn interaction() -> InteractionId {
    InteractionId::new("8F2C41D0A97B4E55B1C3E06D7A9F1284")
}

impl Frame {
    /// The sandbox's frame, on the day the demo begins.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let zone = TimeZone::get("Asia/Baghdad").unwrap_or(TimeZone::UTC);
        Self { language, host: "localhost:7600".into(), sandbox: true, zone, app: None }
    }
}

impl Merchant {
    /// The demo merchant.
    #[must_use]
    pub fn sample() -> Self {
        Self { name: "Zaytoun Market".into(), name_ar: Some("سوق زيتون".into()), verified: true }
    }
}

impl Form {
    /// A form of an open interaction.
    #[must_use]
    pub fn sample() -> Self {
        Self { ix: interaction(), csrf: "c5f1d2a8".into() }
    }
}

impl AuthorizeContext {
    /// The demo offer with everything stated, ready for the user's answer.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let offer = Offer {
            merchant: Merchant::sample(),
            title: Some(said(language, "Fresh Box", "صندوق طازج")),
            description: said(
                language,
                "Fresh Box, delivered on the first Saturday of each month, 5,000 IQD each.\nPause or skip a box in the shop.",
                "صندوق طازج يصلك في أول سبت من كل شهر، بسعر ٥٬٠٠٠ د.ع للصندوق.\nيمكنك إيقافه أو تخطي صندوق من المتجر.",
            ),
            agreed_amount: Some(dinars(5_000)),
            start_date: Some(date(2026, 12, 1)),
            wallet_limit: dinars(10_000_000),
        };
        Self { frame: Frame::sample(language), offer, step: AuthorizeStep::ready_sample() }
    }

    /// The least that `prepare` takes, by a merchant nobody has checked, with a text that tries to be markup.
    #[must_use]
    pub fn bare_sample(language: Language) -> Self {
        let mut page = Self::sample(language);
        page.offer.merchant = Merchant { name: "Corner <Shop>".into(), name_ar: None, verified: false };
        page.offer.title = None;
        page.offer.description = "Monthly & <b>".into();
        page.offer.agreed_amount = None;
        page.offer.start_date = None;
        page
    }

    fn with(self, step: AuthorizeStep) -> Page {
        Page::Authorize(Self { step, ..self })
    }
}

impl AuthorizeStep {
    fn ready_sample() -> Self {
        Self::Ready { form: Form::sample(), balance: dinars(250_000), monthly_ceiling: String::new(), problem: None }
    }

    fn tried_sample(monthly_ceiling: &str, problem: ConfirmProblem) -> Self {
        let (form, balance) = (Form::sample(), dinars(250_000));
        Self::Ready { form, balance, monthly_ceiling: monthly_ceiling.to_owned(), problem: Some(problem) }
    }

    fn login_sample(phone: &str, problem: Option<LoginProblem>) -> Self {
        Self::Login { form: Form::sample(), phone: phone.to_owned(), problem }
    }

    fn standalone_sample() -> Self {
        let link = "http://localhost:7600/authorize?authId=663A8FA9D83648EE8AA11FF682989DC7";
        Self::Standalone { link: link.to_owned() }
    }
}

impl ConsentContext {
    /// The demo merchant asks for a profile and the inbox.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let step = ConsentStep::Ready { user_name: said(language, "Sara Ali Hasan", "سارة علي حسن") };
        let scopes = vec![Scope::User, Scope::Contact, Scope::Cards, Scope::Inbox];
        Self { frame: Frame::sample(language), merchant: Merchant::sample(), scopes, form: Form::sample(), step }
    }
}

impl EndContext {
    /// An end inside the shell.
    #[must_use]
    pub fn sample(language: Language, end: End) -> Self {
        Self { frame: Frame::sample(language), ix: Some(interaction()), end }
    }
}

impl ErrorContext {
    /// An error with a reference.
    #[must_use]
    pub fn sample(language: Language, kind: ErrorKind) -> Self {
        let trace_id = (kind == ErrorKind::Internal).then(|| "4bf92f3577b34da6a3ce929d0e0e4736".to_owned());
        Self { frame: Frame::sample(language), ix: None, kind, trace_id }
    }
}

impl HomeContext {
    /// The sandbox's front page.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        Self { frame: Frame::sample(language) }
    }
}

impl Page {
    /// Every template in every state.
    #[must_use]
    pub fn samples(language: Language) -> Vec<Sample> {
        let mut samples = authorize(language);
        samples.extend(consent(language));
        samples.extend(ends(language).map(|(name, end)| (name, Self::End(EndContext::sample(language, end)))));
        samples.extend(cashier::all(language));
        samples.extend(offered::all(language));
        samples.extend(sign::all(language));
        samples.extend(agreements::all(language));
        samples.extend(signed::all(language));
        samples.extend(wallet::all(language));
        let outside = EndContext { ix: None, ..EndContext::sample(language, End::Unknown) };
        samples.push(("end-unknown-outside", Self::End(outside)));
        let kinds = ["error-not-found", "error-stale", "error-too-many", "error-internal"].into_iter();
        let errors = kinds.zip(ErrorKind::ALL);
        samples.extend(errors.map(|(name, kind)| (name, Self::Error(ErrorContext::sample(language, kind)))));
        let home = HomeContext::sample(language);
        let real = Frame { sandbox: false, host: "wallet.example.iq".into(), ..home.frame.clone() };
        samples.push(("home-sandbox", Self::Home(home)));
        samples.push(("home", Self::Home(HomeContext { frame: real })));
        samples.into_iter().map(|(name, page)| Sample { name, page }).collect()
    }
}

fn authorize(language: Language) -> Vec<(&'static str, Page)> {
    let full = || AuthorizeContext::sample(language);
    let bare = || AuthorizeContext::bare_sample(language);
    let (wrong, tried) = (LoginProblem::Wrong, AuthorizeStep::tried_sample);
    vec![
        ("authorize-ready", Page::Authorize(full())),
        ("authorize-ready-bare", Page::Authorize(bare())),
        ("authorize-pin-wrong", full().with(tried("", ConfirmProblem::PinWrong { tries_left: 2 }))),
        ("authorize-pin-wrong-last", full().with(tried("20000", ConfirmProblem::PinWrong { tries_left: 1 }))),
        ("authorize-pin-malformed", full().with(tried("", ConfirmProblem::PinMalformed))),
        ("authorize-ceiling-malformed", full().with(tried("twenty", ConfirmProblem::CeilingMalformed))),
        ("authorize-login", full().with(AuthorizeStep::login_sample("", None))),
        ("authorize-login-wrong", full().with(AuthorizeStep::login_sample("9647700000001", Some(wrong)))),
        ("authorize-standalone", full().with(AuthorizeStep::standalone_sample())),
        ("authorize-standalone-bare", bare().with(AuthorizeStep::standalone_sample())),
    ]
}

fn consent(language: Language) -> Vec<(&'static str, Page)> {
    let page = || ConsentContext::sample(language);
    let login = |phone: &str, problem| ConsentStep::Login { phone: phone.to_owned(), problem };
    let wrong = login("964770<0001>", Some(LoginProblem::PinMalformed));
    vec![
        ("consent-ready", Page::Consent(page())),
        ("consent-ready-all", Page::Consent(ConsentContext { scopes: Scope::ALL.to_vec(), ..page() })),
        ("consent-login", Page::Consent(ConsentContext { step: login("", None), ..page() })),
        ("consent-login-wrong", Page::Consent(ConsentContext { step: wrong, ..page() })),
    ]
}

fn ends(language: Language) -> impl Iterator<Item = (&'static str, End)> {
    let merchant = || AuthorizeContext::bare_sample(language).offer.merchant;
    let until = Timestamp::from_second(LOCKED_UNTIL).unwrap_or(Timestamp::UNIX_EPOCH);
    [
        ("end-agreed", End::Done(About::Agreement, Merchant::sample())),
        ("end-shared", End::Done(About::Details, Merchant::sample())),
        ("end-not-agreed", End::Declined(About::Agreement, Merchant::sample())),
        ("end-not-shared", End::Declined(About::Details, merchant())),
        ("end-expired", End::Expired),
        ("end-unknown", End::Unknown),
        ("end-unavailable", End::Unavailable(merchant())),
        ("end-answered", End::Answered),
        ("end-locked", End::Locked { until }),
        ("end-refused-other-app", End::Refused(RefusalReason::OtherApp)),
        ("end-refused-account", End::Refused(RefusalReason::Account)),
        ("end-refused-limit", End::Refused(RefusalReason::Limit)),
        ("end-refused-other", End::Refused(RefusalReason::Other)),
    ]
    .into_iter()
}
