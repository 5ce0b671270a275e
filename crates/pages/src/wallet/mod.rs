//! The wallet app: the pages in which a user sees and governs their money, all in one frame with the doors below.
//!
//! Each page is a [`Screen`] of its own file; what all of them need is in [`WalletPage`].

mod bar;
mod cards;
mod code;
mod entry;
mod history;
mod home;
mod inbox;
mod movement;
mod movements;
mod problems;
mod receive;
mod scan;
mod security;
mod send;
mod speaker;
mod top_up;

pub use bar::{AppBar, Door};
pub use cards::{CardField, CardForm, CardProblem, Cards, CardsNotice, LinkedCard};
pub use code::{CodeStep, PayCode};
pub use entry::EntryContext;
pub use history::History;
pub use home::{Hold, Home, MiniProgram};
pub use inbox::{AppLink, Inbox, Letter, Message, Topic};
pub use movement::{AgreementLink, MovementDetail, Paper};
pub use movements::{Movement, MovementKind};
pub use problems::AmountProblem;
pub use receive::Receive;
pub use scan::{Scan, ScanProblem};
pub use security::{Device, PinChange, PinChangeProblem, Security, SecurityNotice};
pub use send::{PayeeProblem, SendMoney, SendProblem, SendStep};
pub use top_up::{Bank, TopUp, TopUpProblem, TopUpStep, WaitingOrder};

use crate::words::Words;
use crate::{Frame, RenderError};
use jiff::Timestamp;
use minijinja::{Value, context};
use mithaq_types::InteractionId;
use speaker::Speaker;

/// A page of the wallet app, of a user who is signed in.
#[derive(Clone, Debug)]
pub struct WalletPage {
    /// What surrounds the page, with its [`AppBar`]; without one where the page stands in for the cashier in the shell.
    pub frame: Frame,
    /// The session's token, sent as the hidden field `csrf` by every form.
    pub csrf: String,
    /// The present: what is called today and yesterday, and how long a code still holds.
    pub now: Timestamp,
    /// Which page.
    pub screen: Screen,
}

/// The pages of the wallet app.
#[derive(Clone, Debug)]
pub enum Screen {
    /// `/wallet`.
    Home(Box<Home>),
    /// `/wallet/history`.
    History(History),
    /// `/wallet/history/{messageId}`.
    Movement(Box<MovementDetail>),
    /// `/wallet/inbox`.
    Inbox(Inbox),
    /// `/wallet/inbox/{messageId}`.
    Message(Box<Message>),
    /// `/wallet/top-up`.
    TopUp(TopUp),
    /// `/wallet/send`.
    Send(SendMoney),
    /// `/wallet/receive`.
    Receive(Receive),
    /// `/wallet/code`.
    Code(PayCode),
    /// `/wallet/scan`.
    Scan(Scan),
    /// `/wallet/cards`.
    Cards(Cards),
    /// `/wallet/security`.
    Security(Box<Security>),
}

impl WalletPage {
    /// The template and what it needs besides the frame.
    pub(crate) fn view(&self, words: &Words) -> Result<(&'static str, Value), RenderError> {
        let speaker = Speaker { words, frame: &self.frame, now: self.now };
        let (template, view) = match &self.screen {
            Screen::Home(page) => ("wallet/home.html", page.view(&speaker)?),
            Screen::History(page) => ("wallet/history.html", page.view(&speaker)?),
            Screen::Movement(page) => ("wallet/movement.html", page.view(&speaker)?),
            Screen::Inbox(page) => ("wallet/inbox.html", page.view(&speaker)?),
            Screen::Message(page) => ("wallet/message.html", page.view(&speaker)?),
            Screen::TopUp(page) => ("wallet/top-up.html", page.view(&speaker)?),
            Screen::Send(page) => ("wallet/send.html", page.view(&speaker)?),
            Screen::Receive(page) => ("wallet/receive.html", page.view(&speaker)?),
            Screen::Code(page) => ("wallet/code.html", page.view(&speaker)?),
            Screen::Scan(page) => ("wallet/scan.html", page.view(&speaker)?),
            Screen::Cards(page) => ("wallet/cards.html", page.view(&speaker)?),
            Screen::Security(page) => ("wallet/security.html", page.view(&speaker)?),
        };
        // In the shell's frame of an order that needs money, the shell's own bar says where one is.
        let ix = match &self.screen {
            Screen::TopUp(page) => page.order.as_ref().and_then(|order| order.ix.as_ref()).map(InteractionId::as_str),
            _ => None,
        };
        Ok((template, context! { ix, announce => (), csrf => self.csrf.as_str(), ..view }))
    }
}
