//! An agreement that is offered beside an order (spec/alipay-agreement.md 2.12, `agreement_sign_params`): signed together
//! with the payment if the user wants.

use crate::deal::{self, Deal};
use crate::words::Words;
use crate::{Merchant, RenderError};
use jiff::civil::Date;
use minijinja::Value;

/// The offer. While it is switched on, the form posts `agreement=yes` too.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offered {
    /// What is offered.
    pub deal: Deal,
    /// Whether it is switched on: so when the page opens, and as the user left it after an attempt that failed.
    pub wanted: bool,
    /// Which day it is in the wallet's zone.
    pub today: Date,
}

impl Offered {
    pub(super) fn view(&self, merchant: &Merchant, words: &Words) -> Result<Value, RenderError> {
        let deed = deal::offered(merchant, &self.deal, words)?;
        let view = deed.view(merchant, &self.deal, Some(self.today), words)?;
        Ok(minijinja::context! { deed => view, wanted => self.wanted })
    }
}
