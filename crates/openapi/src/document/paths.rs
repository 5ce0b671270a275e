//! The operations: one for each path and alias of each endpoint, one for each notice.

use super::examples::{self, Example};
use super::notices::{NOTICES, Notice};
use super::schema::reference;
use crate::{Api, ResultCode};
use serde_json::{Map, Value, json};

/// Name, group and purpose of an endpoint.
pub fn about(api: Api) -> (&'static str, &'static str, &'static str) {
    match api {
        Api::Prepare => {
            (AUTHORIZATIONS, "Prepare a contract", "Makes an offer for the user to sign and answers its page.")
        }
        Api::ApplyToken => {
            (AUTHORIZATIONS, "Exchange a code for tokens", "Exchanges an authCode, or refreshes tokens.")
        }
        Api::CancelToken => (
            AUTHORIZATIONS,
            "End a token",
            "The token and its refresh token stop working; an agreement ends with them. Repeating it succeeds again.",
        ),
        Api::InquiryUserInfo => (USERS, "Read the user", "What the token's scopes allow."),
        Api::InquiryUserCardList => (USERS, "List the user's cards", "Needs the scope CARD_LIST."),
        Api::InquiryUserAccountList => (USERS, "List the user's accounts", "Needs the scope CARD_LIST."),
        Api::InquiryMerchantInfo => {
            (USERS, "Read the merchant who signed in", "What the scopes MERCHANT_ID and MERCHANT_NAME allow.")
        }
        Api::Pay => (
            PAYMENTS,
            "Pay",
            "S: paid, or held with authExpiryTime. A: hand redirectActionForm.redirectUrl to my.tradePay. F: this \
             paymentRequestId cannot succeed any more. U: repeat the same request, or inquire.",
        ),
        Api::InquiryPayment => {
            (PAYMENTS, "Ask how a payment stands", "S means that the inquiry worked: read paymentStatus.")
        }
        Api::Cancel => (
            PAYMENTS,
            "Take a payment back as a whole",
            "An open order closes, a hold is released, a payment of the same day is returned. Refused after a capture, \
             void or refund. With a paymentRequestId that pay never saw, a later pay with it is refused.",
        ),
        Api::Capture => (
            PAYMENTS,
            "Take held money",
            "Product 51051000101000000012. Once, all or a part; what it leaves goes back to the payer.",
        ),
        Api::Void => (
            PAYMENTS,
            "Give held money back",
            "Before capture or confirmation; of an escrow order after merchantAccept. A part leaves the rest held.",
        ),
        Api::MerchantAccept => (
            PAYMENTS,
            "Take an escrow order",
            "Product 51051000101000100008. From then on confirm and void are possible, cancel is not.",
        ),
        Api::Confirm => (
            PAYMENTS,
            "Confirm an escrow order",
            "Takes the whole held amount, once, after the buyer has confirmed receipt.",
        ),
        Api::Refund => (
            PAYMENTS,
            "Give paid money back",
            "A part or all, as often as there is something left. S: the money left your balance; inquiryRefund tells \
             whether the payer has it.",
        ),
        Api::InquiryRefund => {
            (PAYMENTS, "Ask how a refund stands", "S means that the inquiry worked: read refundStatus.")
        }
        Api::SendInbox => (MESSAGES, "Send to the inbox", "Needs the scope NOTIFICATION_INBOX."),
        Api::SendPush => (MESSAGES, "Send to the device", "Needs the scope NOTIFICATION_PUSH."),
    }
}

const AUTHORIZATIONS: &str = "authorizations";
const USERS: &str = "users";
const PAYMENTS: &str = "payments";
const MESSAGES: &str = "messages";

/// The groups, in the order of the document.
pub const TAGS: &[(&str, &str)] = &[
    (AUTHORIZATIONS, "Contracts and tokens."),
    (USERS, "What a token lets you know."),
    (PAYMENTS, "Money."),
    (MESSAGES, "Messages to users."),
];

/// The beginning of the names of an endpoint's schemas.
pub fn schema_name(api: Api) -> String {
    let mut letters = last_segment(api.path()).chars();
    letters.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + letters.as_str())
}

/// All paths and aliases.
pub fn paths() -> Value {
    let mut paths = Map::new();
    for api in Api::ALL {
        paths.insert(api.path().to_owned(), json!({ "post": operation(*api, api.path()) }));
        for alias in api.aliases() {
            let mut operation = operation(*api, alias);
            operation["description"] = format!("Another name for {}.", api.path()).into();
            paths.insert((*alias).to_owned(), json!({ "post": operation }));
        }
    }
    paths.into()
}

fn operation(api: Api, path: &str) -> Value {
    let (tag, summary, description) = about(api);
    let name = schema_name(api);
    json!({
        "operationId": last_segment(path),
        "tags": [tag],
        "summary": summary,
        "description": description,
        "parameters": signed(),
        "requestBody": {
            "required": true,
            "content": content(&format!("{name}Request"), examples::requests(api)),
        },
        "responses": {
            "200": {
                "description": "Every outcome, also a refusal, signed by the wallet.",
                "headers": {
                    "Client-Id": { "$ref": "#/components/headers/ClientId" },
                    "Response-Time": { "$ref": "#/components/headers/ResponseTime" },
                    "Signature": { "$ref": "#/components/headers/Signature" },
                    "Trace-Id": { "$ref": "#/components/headers/TraceId" },
                },
                "content": content(&format!("{name}Response"), examples::answers(api)),
            },
            "400": { "$ref": "#/components/responses/Incomplete" },
            "413": { "$ref": "#/components/responses/TooLarge" },
            "503": { "$ref": "#/components/responses/Busy" },
        },
        "x-result-codes": codes(api).map(code).collect::<Vec<Value>>(),
    })
}

/// Every code that `api` may answer: the common ones, then its own.
pub fn codes(api: Api) -> impl Iterator<Item = ResultCode> {
    ResultCode::COMMON.iter().chain(api.codes()).copied()
}

fn code(code: ResultCode) -> Value {
    json!({
        "resultCode": code.as_str(),
        "resultStatus": code.status().as_str(),
        "resultMessage": code.message(),
    })
}

/// The headers of a signed message.
fn signed() -> Value {
    let header = |name: &str| json!({ "$ref": format!("#/components/parameters/{name}") });
    ["ClientId", "RequestTime", "Signature"].map(header).to_vec().into()
}

fn content(schema: &str, examples: Vec<Example>) -> Value {
    let examples: Map<String, Value> =
        examples.into_iter().map(|(name, value)| (name.to_owned(), json!({ "value": value }))).collect();
    json!({ "application/json": { "schema": reference(schema), "examples": examples } })
}

/// What the wallet sends to merchants.
pub fn webhooks() -> Value {
    NOTICES.iter().map(|notice| (notice.name.to_owned(), json!({ "post": webhook(notice) }))).collect()
}

fn webhook(notice: &Notice) -> Value {
    let acknowledged = json!({
        "application/json": { "schema": reference("Acknowledgement"), "example": examples::acknowledgement() },
    });
    json!({
        "operationId": notice.name,
        "summary": notice.about,
        "description": "Signed by the wallet over the path of your URL. May arrive more than once, and out of order; sent \
                        again until resultStatus is S, at most eight times within a day.",
        "parameters": signed(),
        "requestBody": {
            "required": true,
            "content": content(&super::notice_schema(notice.name), examples::notices(notice.name)),
        },
        "responses": { "200": { "description": "Whether you have it.", "content": acknowledged } },
    })
}

fn last_segment(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}
