//! The consent page (spec/qicard.md 9, jsapi.md 3.1): which details a Mini Program may read.

use crate::words::Words;
use crate::{Form, Frame, LoginProblem, Merchant, RenderError, plain};
use minijinja::{Value, context};

/// The consent page while it asks. Once it is answered, or cannot be, show an [`crate::EndContext`].
#[derive(Clone, Debug)]
pub struct ConsentContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// Who asks.
    pub merchant: Merchant,
    /// What is asked, in the order of the call. A scope named twice is shown once.
    pub scopes: Vec<Scope>,
    /// Where the forms go.
    pub form: Form,
    /// What the user can do.
    pub step: ConsentStep,
}

/// What the page lets the user do.
#[derive(Clone, Debug)]
pub enum ConsentStep {
    /// Nobody is signed in: phone number and PIN first.
    Login {
        /// What was typed as phone number, or nothing.
        phone: String,
        /// What was wrong with the last attempt.
        problem: Option<LoginProblem>,
    },
    /// Allow or refuse. The session is enough, no PIN: no money moves.
    Ready {
        /// The signed-in user's name in the page's language.
        user_name: String,
    },
}

/// A scope that this page can put into words. `AGREEMENT_PAY` is not among them: it has a page of its own.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Scope {
    /// `auth_base`, `USER_ID`: the user's id at this merchant.
    UserId,
    /// `USER_LOGIN_ID`: what the user signs in with.
    LoginId,
    /// `HASH_LOGIN_ID`: the same, hashed.
    HashLoginId,
    /// `auth_user`: name, avatar, gender, birthday, nationality, contacts.
    User,
    /// `USER_NAME`.
    Name,
    /// `USER_AVATAR`.
    Avatar,
    /// `USER_GENDER`.
    Gender,
    /// `USER_BIRTHDAY`.
    Birthday,
    /// `USER_NATIONALITY`.
    Nationality,
    /// `USER_CONTACTINFO`.
    Contact,
    /// `NOTIFICATION_INBOX`: messages to the wallet's inbox.
    Inbox,
    /// `NOTIFICATION_PUSH`: notifications on the phone.
    Push,
    /// `CARD_LIST`: masked card numbers and account numbers.
    Cards,
    /// `MERCHANT_ID`, for users that are businesses.
    MerchantId,
    /// `MERCHANT_NAME`, for users that are businesses.
    MerchantName,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::UserId,
        Self::LoginId,
        Self::HashLoginId,
        Self::User,
        Self::Name,
        Self::Avatar,
        Self::Gender,
        Self::Birthday,
        Self::Nationality,
        Self::Contact,
        Self::Inbox,
        Self::Push,
        Self::Cards,
        Self::MerchantId,
        Self::MerchantName,
    ];

    /// The scope of a name on the wire.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "auth_base" | "USER_ID" => Self::UserId,
            "USER_LOGIN_ID" => Self::LoginId,
            "HASH_LOGIN_ID" => Self::HashLoginId,
            "auth_user" => Self::User,
            "USER_NAME" => Self::Name,
            "USER_AVATAR" => Self::Avatar,
            "USER_GENDER" => Self::Gender,
            "USER_BIRTHDAY" => Self::Birthday,
            "USER_NATIONALITY" => Self::Nationality,
            "USER_CONTACTINFO" => Self::Contact,
            "NOTIFICATION_INBOX" => Self::Inbox,
            "NOTIFICATION_PUSH" => Self::Push,
            "CARD_LIST" => Self::Cards,
            "MERCHANT_ID" => Self::MerchantId,
            "MERCHANT_NAME" => Self::MerchantName,
            _ => return None,
        })
    }

    /// The end of its message keys: `scope-name`, `scope-name-text`.
    const fn key(self) -> &'static str {
        match self {
            Self::UserId => "user-id",
            Self::LoginId => "login-id",
            Self::HashLoginId => "hash-login-id",
            Self::User => "user",
            Self::Name => "name",
            Self::Avatar => "avatar",
            Self::Gender => "gender",
            Self::Birthday => "birthday",
            Self::Nationality => "nationality",
            Self::Contact => "contact",
            Self::Inbox => "inbox",
            Self::Push => "push",
            Self::Cards => "cards",
            Self::MerchantId => "merchant-id",
            Self::MerchantName => "merchant-name",
        }
    }
}

impl ConsentContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let mut scopes: Vec<&str> = Vec::new();
        for scope in &self.scopes {
            if !scopes.contains(&scope.key()) {
                scopes.push(scope.key());
            }
        }
        let step = match &self.step {
            ConsentStep::Login { phone, problem } => {
                let problem = problem.map(|problem| problem.words(words)).transpose()?;
                context! { name => "login", phone => plain::line(phone), problem }
            }
            ConsentStep::Ready { user_name } => context! { name => "ready", user => plain::line(user_name) },
        };
        Ok(context! {
            ix => self.form.ix.as_str(),
            announce => (),
            form => self.form.view(),
            merchant => self.merchant.view(words.language()),
            scopes,
            step,
        })
    }
}
