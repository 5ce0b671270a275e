//! From what happened in the wallet to what a Mini Program hears: one table (spec/jsapi.md 1.3, 3.1, 3.2, 5). The codes of
//! payments are in `pay_reply.rs`, those of agreements of the Alipay surface in `sign_reply.rs`.

use super::pay_reply::{PayCode, Route};
use mithaq_alipay::SignType;
use mithaq_domain::Language;
use serde_json::{Map, Value, json};

/// A call of the bridge that the server answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CallApi {
    /// Agreement payment (seed qicard-sign-contract).
    QicardSignContract,
    /// The same under the name other wallets use, with their codes.
    SignContract,
    /// A code for reading.
    GetAuthCode,
    /// A payment in the cashier (seed trade-pay-jsapi), and how its codes reach the page.
    TradePay(Route),
    /// The same for an order that the merchant's server signed as a string, and how its result is signed
    /// (spec/alipay-agreement.md 2.12).
    OrderStr(Route, SignType),
    /// An agreement of the Alipay surface (seed alipay-pay-sign-center).
    PaySignCenter,
}

impl CallApi {
    /// All of them. One that has several ways of replying is remembered with the way that its page was opened with.
    const NAMES: [(&str, Self); 10] = [
        ("qicardSignContract", Self::QicardSignContract),
        ("signContract", Self::SignContract),
        ("getAuthCode", Self::GetAuthCode),
        ("tradePay", Self::TradePay(Route::Split)),
        ("tradePay:all-success", Self::TradePay(Route::AllSuccess)),
        ("tradePay:order-str", Self::OrderStr(Route::AllSuccess, SignType::Rsa2)),
        ("tradePay:order-str-sha1", Self::OrderStr(Route::AllSuccess, SignType::Rsa)),
        ("tradePay:order-str-split", Self::OrderStr(Route::Split, SignType::Rsa2)),
        ("tradePay:order-str-split-sha1", Self::OrderStr(Route::Split, SignType::Rsa)),
        ("paySignCenter", Self::PaySignCenter),
    ];

    /// The call of a name, as a Mini Program gives it or an interaction remembers it.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, api)| *api)
    }

    /// Under which name an interaction remembers it.
    #[must_use]
    pub fn remembered(self) -> &'static str {
        Self::NAMES.iter().find(|(_, api)| *api == self).map_or("", |(name, _)| name)
    }

    /// Its name for a Mini Program, of what an interaction remembers.
    #[must_use]
    pub fn spoken(remembered: &str) -> &str {
        remembered.split(':').next().unwrap_or(remembered)
    }
}

/// How a call fails.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// The user refused or closed the page.
    Cancelled,
    /// Expired, unknown, another client's, frozen, locked.
    Refused,
    /// A parameter is missing or wrong; no page was opened.
    BadParameter,
    /// The Mini Program may not make this call.
    NotAllowed,
    /// There is no such call.
    NoSuchCall,
}

/// What goes into every failing reply: all the spellings that pages read (spec/jsapi.md 1.3).
#[must_use]
pub fn failure(api: CallApi, outcome: Outcome, language: Language) -> Value {
    let message = words(outcome, language);
    let spell = |error: Value, code: String| {
        json!({
            "error": error, "errorCode": code, "errMessage": message, "errorMessage": message, "message": message,
        })
    };
    let mut whole = match code(api, outcome) {
        Code::Text(code) => spell(json!(code), code.to_owned()),
        Code::Number(code) => spell(json!(code), code.to_string()),
    };
    if let CallApi::TradePay(_) | CallApi::OrderStr(..) = api {
        let code = if outcome == Outcome::Cancelled { PayCode::Cancelled } else { PayCode::Failed };
        whole["resultCode"] = json!(code.text());
    }
    whole
}

enum Code {
    Text(&'static str),
    Number(u16),
}

const fn code(api: CallApi, outcome: Outcome) -> Code {
    match (outcome, api) {
        (Outcome::NoSuchCall, _) => Code::Number(1),
        (Outcome::BadParameter, _) => Code::Number(2),
        (Outcome::NotAllowed, _) => Code::Number(4),
        (Outcome::Cancelled, CallApi::GetAuthCode) => Code::Number(11),
        (Outcome::Cancelled, CallApi::TradePay(_) | CallApi::OrderStr(..)) => Code::Number(PayCode::Cancelled.number()),
        (Outcome::Cancelled, _) => Code::Text("6001"),
        (Outcome::Refused, CallApi::GetAuthCode) => Code::Number(3),
        (Outcome::Refused, CallApi::QicardSignContract) => Code::Text("6003"),
        (Outcome::Refused, CallApi::SignContract | CallApi::PaySignCenter) => Code::Text("7002"),
        (Outcome::Refused, CallApi::TradePay(_) | CallApi::OrderStr(..)) => Code::Number(PayCode::Failed.number()),
    }
}

const fn words(outcome: Outcome, language: Language) -> &'static str {
    match (outcome, language) {
        (Outcome::Cancelled, Language::EnUs) => "The user cancelled.",
        (Outcome::Cancelled, Language::ArIq) => "ألغى المستخدم العملية.",
        (Outcome::Refused, Language::EnUs) => "The wallet could not do this.",
        (Outcome::Refused, Language::ArIq) => "تعذّر على المحفظة إتمام العملية.",
        (Outcome::BadParameter, Language::EnUs) => "A parameter is missing or not valid.",
        (Outcome::BadParameter, Language::ArIq) => "معلومة مطلوبة ناقصة أو غير صالحة.",
        (Outcome::NotAllowed, Language::EnUs) => "This Mini Program may not do this.",
        (Outcome::NotAllowed, Language::ArIq) => "هذا البرنامج غير مخوّل بهذه العملية.",
        (Outcome::NoSuchCall, Language::EnUs) => "There is no such call.",
        (Outcome::NoSuchCall, Language::ArIq) => "لا توجد عملية بهذا الاسم.",
    }
}

/// `my.getAuthCode` failed: for the scopes that were `asked` by `outcome`, for the `unknown` ones by what they
/// are (spec/jsapi.md 3.1).
#[must_use]
pub fn auth_code_failure(outcome: Outcome, asked: &[String], unknown: &[String], language: Language) -> Value {
    let code = if outcome == Outcome::Cancelled { "1001" } else { "1002" };
    let mut whole = failure(CallApi::GetAuthCode, outcome, language);
    whole["authErrorScopes"] = Value::Object(errors(asked, code).chain(errors(unknown, NOT_ENABLED)).collect());
    whole
}

/// The code of a scope that is unknown or not for this call.
const NOT_ENABLED: &str = "40006";

/// A contract was signed.
#[must_use]
pub fn signed(code: &str) -> Value {
    json!({"authCode": code})
}

/// Scopes were granted; others may have been refused.
#[must_use]
pub fn granted(code: &str, granted: &[String], refused: &[String]) -> Value {
    json!({
        "authCode": code, "authcode": code, "authSuccessScopes": granted,
        "authErrorScopes": errors(refused, NOT_ENABLED).collect::<Map<_, _>>(),
    })
}

/// The reply that the shell passes on.
#[must_use]
pub fn envelope(ok: bool, ret: &Value) -> String {
    json!({"ok": ok, "ret": ret}).to_string()
}

fn errors(scopes: &[String], code: &'static str) -> impl Iterator<Item = (String, Value)> {
    scopes.iter().map(move |scope| (scope.clone(), json!(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_failure_has_the_code_of_its_table() {
        use CallApi::{GetAuthCode, OrderStr, PaySignCenter, QicardSignContract, SignContract, TradePay};
        let table = [
            (QicardSignContract, Outcome::Cancelled, json!("6001")),
            (QicardSignContract, Outcome::Refused, json!("6003")),
            (QicardSignContract, Outcome::BadParameter, json!(2)),
            (QicardSignContract, Outcome::NotAllowed, json!(4)),
            (SignContract, Outcome::Cancelled, json!("6001")),
            (SignContract, Outcome::Refused, json!("7002")),
            (GetAuthCode, Outcome::Cancelled, json!(11)),
            (GetAuthCode, Outcome::Refused, json!(3)),
            (GetAuthCode, Outcome::NoSuchCall, json!(1)),
            (TradePay(Route::Split), Outcome::BadParameter, json!(2)),
            (TradePay(Route::AllSuccess), Outcome::NotAllowed, json!(4)),
            (OrderStr(Route::AllSuccess, SignType::Rsa2), Outcome::BadParameter, json!(2)),
            (PaySignCenter, Outcome::BadParameter, json!(2)),
            (PaySignCenter, Outcome::NotAllowed, json!(4)),
        ];
        for (api, outcome, error) in table {
            assert_eq!(failure(api, outcome, Language::EnUs)["error"], error, "{api:?} {outcome:?}");
        }
    }

    #[test]
    fn a_call_is_remembered_with_its_way_of_replying_and_spoken_of_without() {
        for (name, api) in CallApi::NAMES {
            assert_eq!((CallApi::parse(name), api.remembered()), (Some(api), name));
        }
        for api in [CallApi::TradePay(Route::AllSuccess), CallApi::OrderStr(Route::Split, SignType::Rsa)] {
            assert_eq!(CallApi::spoken(api.remembered()), "tradePay");
        }
        assert_eq!(CallApi::parse("payNow"), None);
    }

    #[test]
    fn every_failure_carries_every_spelling_that_pages_read() {
        let whole = failure(CallApi::QicardSignContract, Outcome::Cancelled, Language::ArIq);
        assert_eq!(whole["errorCode"], "6001");
        for spelling in ["errMessage", "errorMessage", "message"] {
            assert_eq!(whole[spelling], "ألغى المستخدم العملية.");
        }
    }

    #[test]
    fn a_scope_that_is_not_enabled_gets_its_code_and_the_rest_succeeds() {
        let some = granted("C", &["auth_base".into()], &["NO_SUCH".into()]);
        assert_eq!(some["authErrorScopes"]["NO_SUCH"], "40006");
        let none = auth_code_failure(Outcome::Refused, &[], &["NO_SUCH".into()], Language::EnUs);
        assert_eq!((&none["error"], &none["authErrorScopes"]), (&json!(3), &json!({"NO_SUCH": "40006"})));
        let left = auth_code_failure(Outcome::Cancelled, &["auth_user".into()], &["NO_SUCH".into()], Language::EnUs);
        assert_eq!(left["authErrorScopes"], json!({"auth_user": "1001", "NO_SUCH": "40006"}));
    }
}
