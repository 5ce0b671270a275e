//! An installation whose operator offers no cards, or no bank.

use super::{Bank, BankDraw, BankVerdict, CardCharge, CardRefused, Issuer, IssuerSilent, LinkedCard, Promise};
use mithaq_domain::Verdict;
use mithaq_types::UserId;

/// No cards.
pub struct NoIssuer;

/// No bank.
pub struct NoBank;

impl Issuer for NoIssuer {
    fn is_offered(&self) -> bool {
        false
    }

    fn link<'a>(
        &'a self,
        _: &'a UserId,
        _: &'a str,
        _: &'a str,
        _: &'a str,
    ) -> Promise<'a, Result<LinkedCard, CardRefused>> {
        Box::pin(async { Err(CardRefused::NotOffered) })
    }

    fn charge<'a>(&'a self, _: &'a CardCharge) -> Promise<'a, Result<Verdict, IssuerSilent>> {
        Box::pin(async { Ok(Verdict::Blocked) })
    }
}

impl Bank for NoBank {
    fn is_offered(&self) -> bool {
        false
    }

    fn draw<'a>(&'a self, _: &'a BankDraw) -> Promise<'a, Result<BankVerdict, IssuerSilent>> {
        Box::pin(async { Ok(BankVerdict::NotOffered) })
    }
}
