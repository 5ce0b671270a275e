//! What a Mini Program hears of a payment in the cashier (seed trade-pay-jsapi; spec/jsapi.md 3.3 and 5). 6002 and 6004 are
//! the shell's to say: they mean that the server did not answer.

use super::reply::{self, CallApi, Outcome};
use mithaq_domain::Language;
use serde_json::{Value, json};

/// Which codes a page finds in `success`. The sources disagree: some print all of them there, others only those after
/// which money may have moved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Route {
    /// What was not paid is a failure.
    Split,
    /// Every code is a success: it says itself what it means.
    AllSuccess,
}

/// How the codes of `my.tradePay` reach pages, as the operator sets it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum TradePayRoute {
    /// By the form of the call. Pages that pass the cashier's address are careless about codes more often; those that pass
    /// a trade number follow the documents to the letter.
    #[default]
    Auto,
    /// What was not paid is a failure, whatever the call.
    Split,
    /// Every code is a success, whatever the call.
    AllSuccess,
}

impl TradePayRoute {
    const NAMES: [(&str, Self); 3] = [("auto", Self::Auto), ("split", Self::Split), ("all-success", Self::AllSuccess)];

    /// The setting of a name: `auto`, `split`, `all-success`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, route)| *route)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, route)| *route == self).map_or("", |(name, _)| name)
    }

    /// The route of a call, which names its order by the cashier's address or otherwise.
    pub(crate) const fn of_call(self, by_address: bool) -> Route {
        match (self, by_address) {
            (Self::Split, _) | (Self::Auto, true) => Route::Split,
            (Self::AllSuccess, _) | (Self::Auto, false) => Route::AllSuccess,
        }
    }
}

/// `resultCode`, as far as the server can know it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PayCode {
    /// Paid, or held for the merchant.
    Paid,
    /// The card's issuer has not answered.
    Processing,
    /// Not paid, and it cannot be paid here.
    Failed,
    /// The user left; the order is still open.
    Cancelled,
}

impl PayCode {
    /// The code as a number, which is what `error` says in the split reading.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::Paid => 9000,
            Self::Processing => 8000,
            Self::Failed => 4000,
            Self::Cancelled => 6001,
        }
    }

    /// The code as the protocol writes it.
    #[must_use]
    pub fn text(self) -> String {
        self.number().to_string()
    }
}

/// The reply: whether it goes to `success`, and what it says.
#[must_use]
pub fn reply(code: PayCode, route: Route, language: Language) -> (bool, Value) {
    let api = CallApi::TradePay(route);
    match (code, route) {
        (PayCode::Failed, Route::Split) => (false, reply::failure(api, Outcome::Refused, language)),
        (PayCode::Cancelled, Route::Split) => (false, reply::failure(api, Outcome::Cancelled, language)),
        _ => (true, json!({"resultCode": code.text()})),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_split_reading_only_what_may_be_paid_is_a_success() {
        for (code, ok) in
            [(PayCode::Paid, true), (PayCode::Processing, true), (PayCode::Failed, false), (PayCode::Cancelled, false)]
        {
            let (said, ret) = reply(code, Route::Split, Language::EnUs);
            assert_eq!((said, &ret["resultCode"]), (ok, &json!(code.text())), "{code:?}");
            // Other people's bridges tell success from failure by a truthy `error` (spec/jsapi.md 1.2).
            let error = if ok { Value::Null } else { json!(code.number()) };
            assert_eq!(ret["error"], error, "{code:?}");
        }
    }

    #[test]
    fn in_the_other_reading_every_code_is_a_success_and_says_nothing_else() {
        for code in [PayCode::Paid, PayCode::Processing, PayCode::Failed, PayCode::Cancelled] {
            let whole = json!({"resultCode": code.text()});
            assert_eq!(reply(code, Route::AllSuccess, Language::ArIq), (true, whole), "{code:?}");
        }
    }

    #[test]
    fn by_default_the_form_of_the_call_decides() {
        let table = [
            (TradePayRoute::Auto, true, Route::Split),
            (TradePayRoute::Auto, false, Route::AllSuccess),
            (TradePayRoute::Split, false, Route::Split),
            (TradePayRoute::AllSuccess, true, Route::AllSuccess),
        ];
        for (setting, by_address, route) in table {
            assert_eq!(setting.of_call(by_address), route, "{setting:?}");
            assert_eq!(TradePayRoute::parse(setting.name()), Some(setting));
        }
        assert_eq!(TradePayRoute::parse("both"), None);
    }
}
