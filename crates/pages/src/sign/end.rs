//! How the signing page ends: what is agreed now, or why nothing is, and what one can do next.

use super::SignProblem;
use crate::deal::Deal;
use crate::words::{Filling, Words};
use crate::{Exit, Frame, GatewayReport, Merchant, RenderError};
use minijinja::{Value, context};

/// A signing page that asks nothing any more.
#[derive(Clone, Debug)]
pub struct SignEndContext {
    /// What surrounds the page.
    pub frame: Frame,
    /// How one leaves it; the way back is the `return_url` with what it is told.
    pub exit: Exit,
    /// What happened.
    pub end: SignEnd,
}

/// What happened. After [`SignEnd::Signed`] and [`SignEnd::Declined`] the page tells the shell by itself
/// (`{mp:"done", ix}`); the others wait to be read and closed (`{mp:"close", ix}`).
#[derive(Clone, Debug)]
pub enum SignEnd {
    /// The agreement is in force.
    Signed {
        /// With whom.
        merchant: Merchant,
        /// What was agreed on.
        deal: Box<Deal>,
        /// Whether it was signed before: nothing was signed a second time.
        before: bool,
    },
    /// The user refused.
    Declined(Merchant),
    /// Nothing was signed.
    Failed {
        /// Who asked, if that is known.
        merchant: Option<Merchant>,
        /// Why.
        why: SignProblem,
        /// What the merchant's developer is told of it, if it is for them.
        report: Option<GatewayReport>,
    },
}

impl SignEndContext {
    pub(crate) fn view(&self, words: &Words) -> Result<Value, RenderError> {
        let language = words.language();
        let merchant = self.end.merchant();
        let named: Vec<_> = merchant.iter().map(|merchant| merchant.filling(language)).collect();
        let (tone, picture, heading, lines, summary) = match &self.end {
            SignEnd::Signed { deal, before, .. } => {
                let key = if *before { "sign-end-before" } else { "sign-end-signed" };
                let lines = vec![words.fill(&format!("{key}-text"), &named)?, words.say("sign-end-where")?];
                let summary = deal.line(words)?;
                ("good", "check", words.fill(key, &named)?, lines, Some(summary))
            }
            SignEnd::Declined(_) => {
                let lines = vec![words.fill("sign-end-declined-text", &named)?];
                ("plain", "x", words.say("sign-end-declined")?, lines, None)
            }
            SignEnd::Failed { why, .. } => {
                let (tone, picture) = why.look();
                let fillings: Vec<(&str, Filling)> = why.fillings(&self.frame);
                let text = words.fill(&format!("{}-text", why.key()), &fillings)?;
                (tone, picture, words.say(why.key())?, vec![text], None)
            }
        };
        let report = match &self.end {
            SignEnd::Failed { report: Some(report), .. } => Some(report.view()),
            _ => None,
        };
        let announce = !matches!(self.end, SignEnd::Failed { .. });
        Ok(context! {
            ix => self.exit.ix(),
            announce => announce.then_some("done"),
            exit => self.exit.view(merchant, words)?,
            tone,
            picture,
            heading,
            lines,
            summary,
            report,
        })
    }
}

impl SignEnd {
    const fn merchant(&self) -> Option<&Merchant> {
        match self {
            Self::Signed { merchant, .. } | Self::Declined(merchant) => Some(merchant),
            Self::Failed { merchant, .. } => merchant.as_ref(),
        }
    }
}
