//! Money: minor units in a 64-bit integer with its currency. No floats, no silent mixing.

use serde::{Deserialize, Serialize};
use std::fmt;

/// An ISO 4217 currency that this wallet knows, with its number of decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency {
    code: [u8; 3],
    decimals: u8,
}

/// The currencies the wallet can hold, with their decimals (spec/openapi.md 4.1).
const KNOWN: &[(&[u8; 3], u8)] = &[
    (b"IQD", 3),
    (b"BHD", 3),
    (b"JOD", 3),
    (b"KWD", 3),
    (b"OMR", 3),
    (b"TND", 3),
    (b"CNY", 2),
    (b"EUR", 2),
    (b"MYR", 2),
    (b"PHP", 2),
    (b"SAR", 2),
    (b"TRY", 2),
    (b"USD", 2),
    (b"ZAR", 2),
    (b"JPY", 0),
];

impl Currency {
    /// Iraqi dinar. One dinar is 1000 fils (spec/qicard.md 2).
    pub const IQD: Self = Self { code: *b"IQD", decimals: 3 };
    /// Yuan: the one currency of the Alipay surface (spec/alipay-agreement.md part 2).
    pub const CNY: Self = Self { code: *b"CNY", decimals: 2 };

    /// The currency of an ISO 4217 code in capitals, if this wallet knows it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let (code, decimals) = KNOWN.iter().find(|(known, _)| code.as_bytes() == known.as_slice())?;
        Some(Self { code: **code, decimals: *decimals })
    }

    /// The three capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }

    /// How many decimals a person sees: 3 for IQD, 0 for JPY.
    #[must_use]
    pub const fn decimals(&self) -> u8 {
        self.decimals
    }

    /// Minor units in one whole unit: 1000 for IQD.
    #[must_use]
    pub const fn scale(&self) -> i64 {
        10_i64.pow(self.decimals as u32)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&code).ok_or_else(|| serde::de::Error::custom("unknown currency"))
    }
}

/// An amount in minor units (fils for IQD). May be negative: a posting's amount is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// What they are units of.
    pub currency: Currency,
}

/// Arithmetic that has no answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MoneyError {
    /// The result does not fit 64 bits.
    #[error("the amount does not fit 64 bits")]
    Overflow,
    /// Two currencies met in one sum.
    #[error("{0} and {1} cannot be mixed")]
    Mixed(Currency, Currency),
}

impl Money {
    /// `minor` units of `currency`.
    #[must_use]
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Nothing of `currency`.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// `whole` units (dinars, not fils). For configuration and tests; fails on overflow.
    ///
    /// # Errors
    /// [`MoneyError::Overflow`] if it does not fit.
    pub fn whole(whole: i64, currency: Currency) -> Result<Self, MoneyError> {
        let minor = whole.checked_mul(currency.scale()).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor, currency })
    }

    /// The sum.
    ///
    /// # Errors
    /// On overflow, and when the currencies differ.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.minor.checked_add(other.minor).map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    /// The difference; may be negative.
    ///
    /// # Errors
    /// On overflow, and when the currencies differ.
    pub fn minus(self, other: Self) -> Result<Self, MoneyError> {
        self.same(other)?;
        self.minor.checked_sub(other.minor).map(|minor| Self { minor, ..self }).ok_or(MoneyError::Overflow)
    }

    /// `basis_points` ten-thousandths of it, rounded down: how fees are computed.
    ///
    /// # Errors
    /// On overflow.
    pub fn share(self, basis_points: u32) -> Result<Self, MoneyError> {
        let minor = i128::from(self.minor) * i128::from(basis_points) / 10_000;
        i64::try_from(minor).map(|minor| Self { minor, ..self }).map_err(|_| MoneyError::Overflow)
    }

    fn same(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency { Ok(()) } else { Err(MoneyError::Mixed(self.currency, other.currency)) }
    }
}

/// What a person reads: `5,000 IQD`, `1.250 IQD`. Whole amounts show no decimals.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.currency.scale().unsigned_abs();
        let absolute = self.minor.unsigned_abs();
        let (whole, rest) = (absolute / scale, absolute % scale);
        if self.minor < 0 {
            f.write_str("-")?;
        }
        let digits = whole.to_string();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        if rest > 0 {
            write!(f, ".{rest:0width$}", width = usize::from(self.currency.decimals()))?;
        }
        write!(f, " {}", self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn iqd(minor: i64) -> Money {
        Money::new(minor, Currency::IQD)
    }

    #[test]
    fn a_dinar_is_a_thousand_fils() {
        assert_eq!(Money::whole(150, Currency::IQD), Ok(iqd(150_000)));
        assert_eq!(iqd(5_000_000).to_string(), "5,000 IQD");
        assert_eq!(iqd(1_250).to_string(), "1.250 IQD");
        assert_eq!(iqd(-50_005).to_string(), "-50.005 IQD");
    }

    #[test]
    fn sums_that_have_no_answer_are_errors() {
        let usd = Money::new(1, Currency::parse("USD").expect("known"));
        assert_eq!(iqd(1).plus(usd), Err(MoneyError::Mixed(Currency::IQD, usd.currency)));
        assert_eq!(iqd(i64::MAX).plus(iqd(1)), Err(MoneyError::Overflow));
        assert_eq!(Money::whole(i64::MAX, Currency::IQD), Err(MoneyError::Overflow));
    }

    proptest! {
        #[test]
        fn a_fee_never_exceeds_what_it_is_taken_from(minor in 0..i64::MAX, points in 0_u32..=10_000) {
            let fee = iqd(minor).share(points).expect("fits");
            prop_assert!((0..=minor).contains(&fee.minor));
        }
    }
}
