//! `POST /v1/authorizations/prepare` (spec/qicard.md 5.1, openapi.md 3.1).

use super::URL_MAX;
use crate::json::{Fields, Language};
use crate::{Amount, ApiError, ResultBody, ResultCode, WireBody};
use jiff::civil::Date;
use mithaq_types::{Currency, Money};
use serde::{Deserialize, Serialize, Serializer};

/// Asks the wallet to prepare a contract for the user to sign.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PrepareRequest {
    /// Language of the signing page.
    pub language: Language,
    /// What the user reads before agreeing: 1 to 1024 characters of plain text, shown escaped.
    pub contract_desc: String,
    /// Heading, at most 256 characters.
    pub contract_title: Option<String>,
    /// Upper limit of one charge. Absent means: the contract sets none.
    pub agreed_amount: Option<Money>,
    /// No charge before this day, in the wallet's time zone.
    pub start_time: Option<Date>,
    /// Where to tell the merchant that the contract began or ended.
    pub contract_status_notify_url: Option<String>,
    /// A business line of the merchant, at most 128 characters.
    pub reference_client_id: Option<String>,
}

/// The only scope of prepare.
const SCOPE: &str = "AGREEMENT_PAY";

impl PrepareRequest {
    /// A contract with nothing but its text.
    #[must_use]
    pub fn new(language: Language, contract_desc: impl Into<String>) -> Self {
        Self {
            language,
            contract_desc: contract_desc.into(),
            contract_title: None,
            agreed_amount: None,
            start_time: None,
            contract_status_notify_url: None,
            reference_client_id: None,
        }
    }

    /// Reads a body. `currencies` are the ones the wallet takes.
    ///
    /// # Errors
    /// `MSG_PARSE_ERROR`, `PARAM_ILLEGAL`, `INVALID_SCOPE`, `CURRENCY_NOT_SUPPORT`.
    pub fn parse(body: &[u8], currencies: &[Currency]) -> Result<Self, ApiError> {
        let fields = Fields::of_body(body)?;
        // Longer than the documented 16 characters is still a scope, only never the right one.
        if fields.required_text("scopes", 1024)? != SCOPE {
            return Err(ResultCode::InvalidScope.into());
        }
        let terms = fields
            .object_or_json_text("extendInfo", 4096)?
            .ok_or_else(|| fields.illegal("extendInfo", "must be a JSON text with language and contractDesc"))?;
        let language = terms.required_language("language")?;
        let contract_desc = terms.required_text("contractDesc", 1024)?;
        if contract_desc.trim().is_empty() {
            return Err(terms.illegal("contractDesc", "must be a text that the user can read"));
        }
        Ok(Self {
            language,
            contract_desc,
            contract_title: terms.text("contractTitle", 256)?,
            agreed_amount: terms.amount("agreedAmount", currencies)?,
            start_time: terms.date("startTime")?,
            contract_status_notify_url: terms.http_url("contractStatusNotifyUrl", URL_MAX)?,
            reference_client_id: fields.text("referenceClientId", 128)?,
        })
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Terms<'a> {
    language: Language,
    contract_desc: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract_title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed_amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contract_status_notify_url: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    scopes: &'static str,
    extend_info: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference_client_id: Option<&'a str>,
}

impl Serialize for PrepareRequest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let terms = Terms {
            language: self.language,
            contract_desc: &self.contract_desc,
            contract_title: self.contract_title.as_deref(),
            agreed_amount: self.agreed_amount.map(Amount),
            start_time: self.start_time,
            contract_status_notify_url: self.contract_status_notify_url.as_deref(),
        };
        let extend_info = serde_json::to_string(&terms).map_err(serde::ser::Error::custom)?;
        let reference_client_id = self.reference_client_id.as_deref();
        Body { scopes: SCOPE, extend_info, reference_client_id }.serialize(serializer)
    }
}

impl WireBody for PrepareRequest {}

/// The answer to prepare.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrepareResponse {
    /// Outcome.
    pub result: ResultBody,
    /// The signing page, for `my.call("qicardSignContract")`; at most 256 characters. With `S` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_url: Option<String>,
}

impl PrepareResponse {
    /// The contract waits at `auth_url`.
    #[must_use]
    pub fn success(auth_url: String) -> Self {
        Self { result: ResultBody::success(), auth_url: Some(auth_url) }
    }
}

super::answer!(PrepareResponse);
