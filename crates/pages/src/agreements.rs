//! "Agreements": every contract of a user, and what each of them looks like at a glance.

use crate::news::Ending;
use crate::words::{Filling, Words};
use crate::{Frame, Merchant, RenderError, Signed, dates, numbers, plain};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::{Value, context};
use mithaq_types::{ContractId, Money};

/// `/agreements`: the list. Those that are over stand last, greyed.
#[derive(Clone, Debug)]
pub struct AgreementsContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// The signed-in user's name in the page's language.
    pub user_name: String,
    /// All of the user's agreements, newest first.
    pub agreements: Vec<Agreement>,
}

/// An agreement as the user who signed it sees it at a glance.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Which; names its page.
    pub contract_id: ContractId,
    /// With whom.
    pub merchant: Merchant,
    /// `contractTitle`, if the merchant gave one.
    pub title: Option<String>,
    /// How it stands.
    pub standing: Standing,
    /// `agreedAmount`: the most that one charge may take. Absent is not zero.
    pub agreed_amount: Option<Money>,
    /// The user's own limit, if there is one.
    pub own_limit: Option<OwnLimit>,
    /// How many charges succeeded.
    pub charges: u32,
    /// What they took together.
    pub charged: Money,
    /// When the last of them was.
    pub last_charge_at: Option<Timestamp>,
    /// What it has beside the others if it was signed on the Alipay surface.
    pub signed: Option<Box<Signed>>,
}

/// The user's own limit for all charges of one calendar month.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OwnLimit {
    /// The most.
    pub most: Money,
    /// What was taken in the present month.
    pub taken: Money,
}

/// How an agreement stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Accepted, and the merchant has not begun to use it.
    Waiting,
    /// The merchant may charge.
    InForce,
    /// The merchant may charge from this day on.
    Later(Date),
    /// The wallet has suspended the merchant.
    Paused,
    /// Over, for good.
    Ended {
        /// By whom.
        by: Ending,
        /// When.
        at: Timestamp,
    },
}

impl AgreementsContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let cards = |over: bool| {
            let chosen = self.agreements.iter().filter(|agreement| agreement.standing.is_over() == over);
            chosen.map(|agreement| agreement.view(words, &self.frame.zone)).collect::<Result<Vec<_>, _>>()
        };
        Ok(context! {
            ix => (),
            announce => (),
            user => plain::line(&self.user_name),
            current => cards(false)?,
            over => cards(true)?,
        })
    }
}

impl Agreement {
    /// What the list and the agreement's own page both show.
    pub(crate) fn view(&self, words: &Words, zone: &TimeZone) -> Result<Value, RenderError> {
        let language = words.language();
        let money = |money: Money| numbers::money(language, money);
        let own_limit = match self.own_limit {
            Some(limit) => {
                let taken = [("taken", Filling::Text(money(limit.taken)))];
                Some(context! { most => money(limit.most), taken => words.fill("agreement-own-limit-taken", &taken)? })
            }
            None => None,
        };
        let over = self.standing.is_over();
        let signed = self.signed.as_ref().map(|signed| signed.view(&self.merchant, over, words));
        let total = numbers::amount(language, self.charged);
        Ok(context! {
            link => format!("/agreements/{}", self.contract_id),
            merchant => self.merchant.view(language),
            title => self.title_words(words)?,
            signed => signed.transpose()?,
            standing => self.standing.view(words, zone)?,
            most => self.agreed_amount.map(money),
            own_limit,
            charges => (self.charges > 0).then(|| numbers::count(language, self.charges)),
            charged => money(self.charged),
            total => context! { figures => total.figures, currency => total.currency },
            last => self.last_charge_at.map(|at| dates::day(language, zone.to_datetime(at).date())),
        })
    }

    /// `contractTitle`, or what it is for where the merchant gave no title.
    fn title_words(&self, words: &Words) -> Result<Option<String>, RenderError> {
        let title = self.title.as_deref().map(plain::line).filter(|title| !title.is_empty());
        match (&title, &self.signed) {
            (None, Some(signed)) => signed.deal.scene_words(words),
            _ => Ok(title),
        }
    }
}

impl Standing {
    /// Whether it is over, for good.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Ended { .. })
    }

    fn view(self, words: &Words, zone: &TimeZone) -> Result<Value, RenderError> {
        let (tone, picture, key) = match self {
            Self::Waiting => ("wait", "hourglass", "standing-waiting"),
            Self::InForce => ("good", "check", "standing-in-force"),
            Self::Later(_) => ("good", "check", "standing-later"),
            Self::Paused => ("wait", "pause", "standing-paused"),
            Self::Ended { by: Ending::User, .. } => ("plain", "x", "standing-ended-by-user"),
            Self::Ended { by: Ending::Merchant, .. } => ("plain", "x", "standing-ended-by-merchant"),
            Self::Ended { by: Ending::Wallet, .. } => ("plain", "x", "standing-ended-by-wallet"),
            Self::Ended { by: Ending::Time, .. } => ("plain", "hourglass", "standing-ended-by-time"),
        };
        let day = match self {
            Self::Later(day) => Some(day),
            Self::Ended { at, .. } => Some(zone.to_datetime(at).date()),
            _ => None,
        };
        let day = day.map(|day| ("day", Filling::Text(dates::day(words.language(), day))));
        Ok(context! { tone, picture, words => words.fill(key, day.as_slice())?, over => self.is_over() })
    }

    /// What it means for the user, in a sentence about `merchant`.
    pub(crate) fn sentence(self, words: &Words, merchant: &Merchant) -> Result<String, RenderError> {
        let key = match self {
            Self::Waiting => "agreement-waiting-text",
            Self::InForce => "agreement-in-force-text",
            Self::Later(_) => "agreement-later-text",
            Self::Paused => "agreement-paused-text",
            Self::Ended { by, .. } => by.key(),
        };
        let mut fillings = vec![merchant.filling(words.language())];
        if let Self::Later(day) = self {
            fillings.push(("day", Filling::Text(dates::day(words.language(), day))));
        }
        words.fill(key, &fillings)
    }
}
