//! What every page has: its frame, and the pieces that several pages share.

use crate::wallet::{AppBar, EntryContext, WalletPage};
use crate::words::{Filling, Words, flat};
use crate::{
    AgreementContext, AgreementsContext, AuthorizeContext, CashierContext, CashierEndContext, ConsentContext,
    EndContext, ErrorContext, GatewayErrorContext, HomeContext, Language, RenderError, SignContext, SignEndContext,
    SignInContext, plain,
};
use jiff::tz::TimeZone;
use minijinja::{Value, context};
use mithaq_types::InteractionId;

/// A page with everything it shows.
#[derive(Clone, Debug)]
pub enum Page {
    /// `/authorize`: what a merchant asks, and the user's answer.
    Authorize(AuthorizeContext),
    /// `/consent`: which details a Mini Program may read.
    Consent(ConsentContext),
    /// How either of them ended.
    End(EndContext),
    /// `/cashier`: an order, and the user's answer to it.
    Cashier(CashierContext),
    /// How the cashier ended.
    CashierEnd(CashierEndContext),
    /// `/sign`: an agreement of the Alipay surface, and the user's answer to it.
    Sign(Box<SignContext>),
    /// How that ended.
    SignEnd(Box<SignEndContext>),
    /// A page method of the gateway that was refused.
    GatewayError(GatewayErrorContext),
    /// `/agreements`: every contract of the user.
    Agreements(AgreementsContext),
    /// `/agreements/{contractId}`: one of them, with the way to end it.
    Agreement(Box<AgreementContext>),
    /// In the place of either, while nobody is signed in.
    SignIn(SignInContext),
    /// Something that is not part of a flow went wrong.
    Error(ErrorContext),
    /// `/`: what this server is.
    Home(HomeContext),
    /// `/wallet` and everything below: the wallet app.
    Wallet(Box<WalletPage>),
    /// In the place of it, while nobody is signed in.
    WalletEntry(EntryContext),
}

/// What surrounds every page.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of all words, figures and dates.
    pub language: Language,
    /// The wallet's host with its port, as the user should see it in the frame: `wallet.example.iq`.
    pub host: String,
    /// Whether this is a sandbox; then the frame says so, and the front page links to what only a sandbox has.
    pub sandbox: bool,
    /// Where the wallet's days begin and end: all times are shown in it.
    pub zone: TimeZone,
    /// The doors of the wallet app at the foot of the page; none on a page that stands alone.
    pub app: Option<AppBar>,
}

/// Where the forms of a wallet page go: `/app/v1/interactions/{ix}/login|confirm|decline`.
#[derive(Clone, Debug)]
pub struct Form {
    /// The interaction that the page belongs to.
    pub ix: InteractionId,
    /// The session's token, sent as the hidden field `csrf`.
    pub csrf: String,
}

/// Who asks.
#[derive(Clone, Debug)]
pub struct Merchant {
    /// Its name.
    pub name: String,
    /// Its name in Arabic, if it has one.
    pub name_ar: Option<String>,
    /// Whether the wallet's operator has checked who they are.
    pub verified: bool,
}

/// What is wrong with an attempt to sign in. What was typed stays in the form, except the PIN.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LoginProblem {
    /// No user has this phone number and this PIN. Never says which of the two is wrong.
    Wrong,
    /// The PIN does not have six digits.
    PinMalformed,
}

impl Merchant {
    /// The name to show in a language: the Arabic one in Arabic if there is one. One line, nothing that deceives.
    #[must_use]
    pub fn name_in(&self, language: Language) -> String {
        plain::line(match (language, &self.name_ar) {
            (Language::ArIq, Some(name)) if !name.trim().is_empty() => name,
            _ => &self.name,
        })
    }

    pub(crate) fn filling(&self, language: Language) -> (&'static str, Filling) {
        ("merchant", Filling::Text(self.name_in(language)))
    }

    pub(crate) fn view(&self, language: Language) -> Value {
        let name = self.name_in(language);
        let letter: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
        context! { name, letter, verified => self.verified }
    }
}

impl Form {
    pub(crate) fn view(&self) -> Value {
        let login = format!("/app/v1/interactions/{}/login", self.ix);
        context! { ix => self.ix.as_str(), csrf => self.csrf.as_str(), login }
    }
}

impl LoginProblem {
    pub(crate) fn words(self, words: &Words) -> Result<String, RenderError> {
        let key = match self {
            Self::Wrong => "problem-login-wrong",
            Self::PinMalformed => "problem-pin-form",
        };
        Ok(flat(&words.say(key)?))
    }
}

impl Page {
    /// The frame of any page.
    #[must_use]
    pub const fn frame(&self) -> &Frame {
        match self {
            Self::Authorize(page) => &page.frame,
            Self::Consent(page) => &page.frame,
            Self::End(page) => &page.frame,
            Self::Cashier(page) => &page.frame,
            Self::CashierEnd(page) => &page.frame,
            Self::Sign(page) => &page.frame,
            Self::SignEnd(page) => &page.frame,
            Self::GatewayError(page) => &page.frame,
            Self::Agreements(page) => &page.frame,
            Self::Agreement(page) => &page.frame,
            Self::SignIn(page) => &page.frame,
            Self::Error(page) => &page.frame,
            Self::Home(page) => &page.frame,
            Self::Wallet(page) => &page.frame,
            Self::WalletEntry(page) => &page.frame,
        }
    }

    /// The template and what it needs besides the frame.
    pub(crate) fn view(&self, words: &Words) -> Result<(&'static str, Value), RenderError> {
        Ok(match self {
            Self::Authorize(page) => ("authorize.html", page.view(words)?),
            Self::Consent(page) => ("consent.html", page.view(words)?),
            Self::End(page) => ("end.html", page.view(words)?),
            Self::Cashier(page) => ("cashier.html", page.view(words)?),
            Self::CashierEnd(page) => ("cashier-end.html", page.view(words)?),
            Self::Sign(page) => ("sign.html", page.view(words)?),
            Self::SignEnd(page) => ("sign-end.html", page.view(words)?),
            Self::GatewayError(page) => ("gateway-error.html", page.view()),
            Self::Agreements(page) => ("agreements.html", page.view(words)?),
            Self::Agreement(page) => ("agreement.html", page.view(words)?),
            Self::SignIn(page) => ("sign-in.html", page.view(words)?),
            Self::Error(page) => ("error.html", page.view()),
            Self::Home(_) => ("home.html", context! { ix => (), announce => () }),
            Self::Wallet(page) => page.view(words)?,
            Self::WalletEntry(page) => ("wallet/entry.html", page.view(words)?),
        })
    }
}
