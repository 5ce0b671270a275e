//! The cashier (spec/jsapi.md 3.3 and 6): what a merchant asks money for, and the user's answer to it.

mod checkout;
mod end;
mod offered;
mod order;
mod problem;
mod receipt;
mod source;

pub use checkout::Checkout;
pub use end::{CashierEnd, CashierEndContext};
pub use offered::Offered;
pub use order::{Hold, HoldUntil, Order, OrderKind};
pub use problem::{CardRefusal, CashierProblem, PaymentLimit};
pub use receipt::{BackKind, MoneyBack, Receipt, ReceiptStatus};
pub use source::{Card, CardName, CardStanding, PaidFrom, Source};

use crate::words::Words;
use crate::{Form, Frame, LoginProblem, Merchant, RenderError, plain, qr};
use minijinja::{Value, context};
use mithaq_types::InteractionId;

/// `/cashier?orderId=…` while the order can be paid. Once it is paid, or cannot be, show a [`CashierEndContext`].
#[derive(Clone, Debug)]
pub struct CashierContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// How one leaves it.
    pub exit: Exit,
    /// What the user can do.
    pub step: CashierStep,
}

/// How one leaves a page of the cashier.
#[derive(Clone, Debug)]
pub enum Exit {
    /// The shell has opened it above a Mini Program: it is closed, and the Mini Program hears of it.
    Shell(InteractionId),
    /// It stands alone, in the wallet app or in a plain browser: one goes on to the merchant's site or to the wallet.
    Alone {
        /// `paymentRedirectUrl`. Shown as a link if it is a web address; never followed by itself.
        redirect_url: Option<String>,
    },
}

/// What the page lets the user do. The order is in the steps of somebody who may see it.
#[derive(Clone, Debug)]
pub enum CashierStep {
    /// Nobody is signed in: phone number and PIN first. Says nothing of the order.
    Login {
        /// Where the forms go.
        form: Form,
        /// What was typed as phone number, or nothing.
        phone: String,
        /// What was wrong with the last attempt.
        problem: Option<LoginProblem>,
    },
    /// The order, what to pay it from, the PIN, and both buttons.
    Ready(Box<Checkout>),
    /// The card's issuer has not answered yet. The page looks again by itself, every few seconds.
    Processing {
        /// What is being paid.
        order: Box<Order>,
        /// With what.
        source: PaidFrom,
    },
    /// Opened in a plain browser, without an interaction: to read, with a way into the wallet app and nothing that pays.
    Standalone {
        /// The cashier's address, to open in the wallet app.
        link: String,
        /// The order, if somebody is signed in who may see it.
        order: Option<Box<Order>>,
    },
}

/// How often a waiting page looks again, in seconds.
const LOOK_AGAIN: u32 = 3;

impl CashierContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(context! {
            ix => self.exit.ix(),
            announce => (),
            exit => self.exit.view(self.step.order().map(|order| &order.merchant), words)?,
            order => self.step.order().map(|order| order.view(words, &self.frame)).transpose()?,
            step => self.step.view(words)?,
        })
    }
}

impl Exit {
    pub(crate) fn ix(&self) -> Option<&str> {
        match self {
            Self::Shell(ix) => Some(ix.as_str()),
            Self::Alone { .. } => None,
        }
    }

    pub(crate) fn view(&self, merchant: Option<&Merchant>, words: &Words) -> Result<Value, RenderError> {
        let link = match self {
            Self::Alone { redirect_url: Some(url) } => Some(plain::line(url)).filter(|url| is_web_address(url)),
            _ => None,
        };
        let back = merchant.map(|merchant| words.fill("cashier-back", &[merchant.filling(words.language())]));
        let host = link.as_deref().map(host_of).map(str::to_owned);
        Ok(context! { shell => self.ix().is_some(), back => back.transpose()?, link, host })
    }
}

/// The host that a browser goes to, whatever stands before an `@`; shown with the link, which a merchant wrote.
fn host_of(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    // Browsers skip what stands too much there.
    let authority = after.trim_start_matches(['/', '\\']).split(['/', '\\', '?', '#']).next().unwrap_or_default();
    authority.rsplit('@').next().unwrap_or_default()
}

/// Whether a link may lead there: to a site, and not to a script.
fn is_web_address(url: &str) -> bool {
    ["https://", "http://"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

impl CashierStep {
    fn order(&self) -> Option<&Order> {
        match self {
            Self::Login { .. } => None,
            Self::Ready(checkout) => Some(&checkout.order),
            Self::Processing { order, .. } => Some(order),
            Self::Standalone { order, .. } => order.as_deref(),
        }
    }

    fn view(&self, words: &Words) -> Result<Value, RenderError> {
        Ok(match self {
            Self::Login { form, phone, problem } => {
                let problem = problem.map(|problem| problem.words(words)).transpose()?;
                context! { name => "login", form => form.view(), phone => plain::line(phone), problem }
            }
            Self::Ready(checkout) => checkout.view(words)?,
            Self::Processing { source, .. } => {
                context! { name => "processing", source => source.view(words)?, again => LOOK_AGAIN }
            }
            Self::Standalone { link, .. } => {
                let code = qr::qr_svg(link, &words.say("cashier-scan-label")?)?;
                context! { name => "standalone", link => plain::line(link), code => Value::from_safe_string(code) }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn the_host_is_the_one_that_a_browser_goes_to() {
        for (url, host) in [
            ("https://shop.example/thanks?a=b@c", "shop.example"),
            ("https://shop.example@evil.example/", "evil.example"),
            ("https://shop.example\\@evil.example", "shop.example"),
            ("HTTP://shop.example:8080#x", "shop.example:8080"),
            ("https:///evil.example", "evil.example"),
        ] {
            assert_eq!(host_of(url), host, "{url}");
        }
    }
}
