//! Users come in, and money from outside.

use crate::{Fault, Wallet};
use mithaq_domain::{AccountId, Command, Done, Key, Language, PersonName, Refusal, Row, User, UserStatus};
use mithaq_types::{Currency, Money, UserId};

/// A user to add.
pub struct NewUser {
    /// Made from time and randomness when absent.
    pub user_id: Option<UserId>,
    /// Digits with country code.
    pub phone: String,
    /// The name.
    pub name: PersonName,
    /// The name in Arabic letters.
    pub name_ar: PersonName,
    /// Where e-mails go.
    pub email: Option<String>,
    /// `MALE` or `FEMALE`.
    pub gender: Option<String>,
    /// `yyyy-MM-dd`.
    pub birth_date: Option<String>,
    /// ISO 3166 alpha-2.
    pub nationality: Option<String>,
    /// What they read.
    pub language: Language,
    /// Six digits.
    pub pin: String,
}

impl Wallet {
    /// Adds a user.
    ///
    /// # Errors
    /// Refused when the id or the phone number is taken.
    pub async fn add_user(&self, new: NewUser) -> Result<User, Fault> {
        let made = || UserId::new(format!("21661{:016}", self.entropy().number() % 10_000_000_000_000_000));
        let user = User {
            user_id: new.user_id.unwrap_or_else(made),
            phone: new.phone,
            name: new.name,
            name_ar: new.name_ar,
            email: new.email,
            gender: new.gender,
            birth_date: new.birth_date,
            nationality: new.nationality,
            language: new.language,
            status: UserStatus::Active,
            pin_hash: self.hash_pin(new.pin).await?,
            pin_failures: 0,
            pin_locked_until: None,
        };
        self.submit(Command::AddUser(Box::new(user.clone()))).await?;
        Ok(user)
    }

    /// Money from outside. Answers with the new balance.
    ///
    /// # Errors
    /// Refused when there is no such user or the amount is not positive.
    pub async fn top_up(&self, user_id: UserId, amount: Money) -> Result<Money, Fault> {
        match self.submit(Command::TopUp { user_id, amount }).await? {
            Done::Balance(balance) => Ok(balance),
            _ => Err(Fault::Internal("top-up")),
        }
    }

    /// What a user can spend in `currency`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn balance(&self, user_id: &UserId, currency: Currency) -> Result<Money, Fault> {
        match self.row(Key::Account(AccountId::user(user_id.clone(), currency))).await? {
            Some(Row::Account(account)) => Ok(Money::new(account.balance, currency)),
            _ => Ok(Money::zero(currency)),
        }
    }

    /// Freezes a user, or lets them act again.
    ///
    /// # Errors
    /// Refused when there is no such user.
    pub async fn set_user(&self, user_id: UserId, status: UserStatus) -> Result<(), Fault> {
        self.submit(Command::SetUser { user_id, status }).await.map(|_| ())
    }

    /// The user of a phone number.
    ///
    /// # Errors
    /// Refused when there is none.
    pub async fn user_by_phone(&self, phone: &str) -> Result<User, Fault> {
        match self.row(Key::UserByPhone(phone.to_owned())).await? {
            Some(Row::User(user)) => Ok(*user),
            _ => Err(Refusal::UserUnknown.into()),
        }
    }
}
