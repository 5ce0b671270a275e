//! `/wallet`: the balance, the doors, the last movements, what is held, and the Mini Programs.

use super::movements::Movement;
use super::speaker::Speaker;
use crate::{RenderError, plain};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::{AppId, MessageId, Money};

/// The home page.
#[derive(Clone, Debug)]
pub struct Home {
    /// How the user is greeted: the name in the page's language.
    pub user_name: String,
    /// What can be spent, in the wallet's own currency.
    pub balance: Money,
    /// What can be spent in other currencies.
    pub other_balances: Vec<Money>,
    /// What merchants hold at the moment, the one that ends first on top.
    pub holds: Vec<Hold>,
    /// The last movements, newest first; at most five are shown.
    pub movements: Vec<Movement>,
    /// The Mini Programs of this wallet.
    pub apps: Vec<MiniProgram>,
}

/// Money that is set aside for a merchant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    /// The movement that set it aside; names its page.
    pub message_id: Option<MessageId>,
    /// For whom, in the page's language.
    pub merchant: String,
    /// What for; may be empty.
    pub about: String,
    /// How much.
    pub amount: Money,
    /// Until then the merchant may take it; afterwards it is free again.
    pub until: Timestamp,
}

/// A Mini Program, to be opened in the shell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MiniProgram {
    /// Which.
    pub app_id: AppId,
    /// Its name in the page's language.
    pub name: String,
}

const MOVEMENTS_SHOWN: usize = 5;

impl Home {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let last = self.movements.iter().take(MOVEMENTS_SHOWN);
        let movements = last.map(|movement| movement.view(speaker, true)).collect::<Result<Vec<_>, _>>()?;
        let holds = self.holds.iter().map(|hold| hold.view(speaker)).collect::<Result<Vec<_>, _>>()?;
        Ok(context! {
            user => plain::line(&self.user_name),
            balance => speaker.parts(self.balance),
            others => self.other_balances.iter().map(|money| speaker.money(*money)).collect::<Vec<_>>(),
            holds,
            movements,
            apps => self.apps.iter().map(MiniProgram::view).collect::<Vec<_>>(),
        })
    }
}

impl Hold {
    fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let about = plain::line(&self.about);
        Ok(context! {
            link => self.message_id.as_ref().map(Movement::link),
            merchant => plain::line(&self.merchant),
            until => speaker.fill("home-held-until", &[("time", speaker.time(self.until))])?,
            about => (!about.is_empty()).then_some(about),
            amount => speaker.money(self.amount),
        })
    }
}

impl MiniProgram {
    fn view(&self) -> Value {
        let name = plain::line(&self.name);
        let letter: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
        context! { link => app_link(&self.app_id), name, letter }
    }
}

/// Where the shell shows a Mini Program. An id is the operator's, and still nothing but letters and digits gets into
/// the address.
pub(super) fn app_link(app_id: &AppId) -> String {
    let plain: String =
        app_id.as_str().chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    format!("/app?appId={plain}")
}
