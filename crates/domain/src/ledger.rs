//! Double entry: a transaction's entries sum to zero in every currency, or it cannot be built.

use crate::AccountId;
use mithaq_types::{Currency, Money, PaymentId, Timestamp, UserId};
use serde::{Deserialize, Serialize};

/// One line of a transaction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Entry {
    /// The account it changes.
    pub account: AccountId,
    /// By how many minor units; negative takes away.
    pub minor: i64,
}

/// The most that one entry appends to a collecting account, in minor units. The sum of ten thousand such entries still
/// fits 64 bits, so that nobody needs to look at the balance before.
const APPENDED_MAX: u64 = 900_000_000_000_000;

impl Entry {
    /// Whether it needs to know nothing of the balance it changes: it only adds to an account that collects.
    #[must_use]
    pub const fn is_appended(&self) -> bool {
        self.account.is_collecting() && (self.minor > 0 || self.account.may_be_negative())
    }

    /// Whether an entry that is appended is of a sum that may be.
    #[must_use]
    pub const fn may_be_appended(&self) -> bool {
        self.minor.unsigned_abs() <= APPENDED_MAX
    }
}

/// A balanced movement of money, with its cause. Immutable once posted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct Transaction {
    /// Its id, beginning with time.
    pub id: String,
    /// When it was posted.
    pub at: Timestamp,
    /// The payment it belongs to; none for top-ups.
    pub payment: Option<PaymentId>,
    /// Why, in a word: `payment`, `top-up`, `hold`, `release`.
    pub cause: String,
    entries: Vec<Entry>,
}

/// What a stored transaction is read as before it is checked again.
#[derive(Deserialize)]
struct Unchecked {
    id: String,
    at: Timestamp,
    payment: Option<PaymentId>,
    cause: String,
    entries: Vec<Entry>,
}

impl TryFrom<Unchecked> for Transaction {
    type Error = LedgerError;

    fn try_from(read: Unchecked) -> Result<Self, LedgerError> {
        Self::new(read.id, read.at, read.payment, &read.cause, read.entries)
    }
}

/// Why a set of entries is no transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum LedgerError {
    /// The entries of a currency do not sum to zero.
    #[error("the entries in {0} do not sum to zero")]
    Unbalanced(Currency),
    /// A sum left 64 bits.
    #[error("the amounts do not fit 64 bits")]
    Overflow,
    /// The same account stands in it twice.
    #[error("an account stands in one transaction twice")]
    Repeated,
}

impl Transaction {
    /// Builds one out of `entries`; those of zero are left out.
    ///
    /// # Errors
    /// When a currency's entries do not sum to zero, a sum overflows, or an account is named twice.
    pub fn new(
        id: String,
        at: Timestamp,
        payment: Option<PaymentId>,
        cause: &str,
        mut entries: Vec<Entry>,
    ) -> Result<Self, LedgerError> {
        entries.retain(|entry| entry.minor != 0);
        for (index, entry) in entries.iter().enumerate() {
            if entries[..index].iter().any(|other| other.account == entry.account) {
                return Err(LedgerError::Repeated);
            }
            let currency = entry.account.currency;
            let sum = entries
                .iter()
                .filter(|other| other.account.currency == currency)
                .try_fold(0_i64, |sum, other| sum.checked_add(other.minor))
                .ok_or(LedgerError::Overflow)?;
            if sum != 0 {
                return Err(LedgerError::Unbalanced(currency));
            }
        }
        Ok(Self { id, at, payment, cause: cause.to_owned(), entries })
    }

    /// Its lines, none of them zero.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Moves `amount` of a user's money onto hold: still theirs, no longer spendable.
    ///
    /// # Errors
    /// Never for a positive amount; see [`Transaction::new`].
    pub fn hold(id: String, at: Timestamp, user: &UserId, amount: Money) -> Result<Self, LedgerError> {
        Self::between(id, at, "hold", AccountId::user(user.clone(), amount.currency), hold_of(user, amount), amount)
    }

    /// Gives `amount` on hold back to the user.
    ///
    /// # Errors
    /// Never for a positive amount; see [`Transaction::new`].
    pub fn release(id: String, at: Timestamp, user: &UserId, amount: Money) -> Result<Self, LedgerError> {
        Self::between(id, at, "release", hold_of(user, amount), AccountId::user(user.clone(), amount.currency), amount)
    }

    /// Moves `amount` from one account to another.
    ///
    /// # Errors
    /// When both accounts are the same, or `amount` cannot be negated.
    pub fn between(
        id: String,
        at: Timestamp,
        cause: &str,
        from: AccountId,
        to: AccountId,
        amount: Money,
    ) -> Result<Self, LedgerError> {
        let taken = amount.minor.checked_neg().ok_or(LedgerError::Overflow)?;
        let entries = vec![Entry { account: from, minor: taken }, Entry { account: to, minor: amount.minor }];
        Self::new(id, at, None, cause, entries)
    }
}

fn hold_of(user: &UserId, amount: Money) -> AccountId {
    AccountId { owner: crate::Owner::Hold(user.clone()), currency: amount.currency }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_transaction_that_does_not_balance_is_not_read() {
        let entry = |account: &str, minor| Entry { account: AccountId::parse(account).unwrap(), minor };
        let stored = |minor| Unchecked {
            id: "1".to_owned(),
            at: Timestamp::UNIX_EPOCH,
            payment: None,
            cause: "payment".to_owned(),
            entries: vec![entry("user:sara:IQD", -5), entry("fees:IQD", minor)],
        };
        assert!(Transaction::try_from(stored(5)).is_ok());
        assert_eq!(Transaction::try_from(stored(6)), Err(LedgerError::Unbalanced(Currency::IQD)));
    }
}
