//! `alipay.user.agreement.query`: how an agreement stands (spec/alipay-agreement.md 2.2).

use super::AgreementKey;
use crate::json::{ContentError, Fields};
use crate::price::Price;
use crate::time::WireTime;
use jiff::civil::Date;
use serde::{Serialize, Serializer};

/// Which agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QueryAgreementRequest {
    /// Which.
    pub key: AgreementKey,
}

impl QueryAgreementRequest {
    /// Reads `biz_content`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str) -> Result<Self, ContentError> {
        Ok(Self { key: AgreementKey::read(&Fields::of_content(biz_content)?)? })
    }
}

/// `status` in answers; notifications have other words.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AgreementStatus {
    /// Signed and not yet in force.
    Temp,
    /// In force.
    Normal,
    /// Suspended.
    Stop,
}

/// `pricipal_type`, misspelt on the wire: what the signer is named by.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PrincipalType {
    /// An account.
    Card,
    /// A person.
    Customer,
}

/// A planned deduction.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExecutionPlan {
    /// Which one it is, from 1.
    #[serde(serialize_with = "as_text")]
    pub period_id: u32,
    /// The planned day.
    pub execute_time: Date,
    /// The last day on which it can be made.
    pub latest_execute_time: Date,
    /// The most that it takes.
    pub single_amount: Price,
}

/// How it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct QueryAgreementAnswer {
    /// The wallet's number.
    pub agreement_no: String,
    /// The merchant's own number, if it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_agreement_no: Option<String>,
    /// The user's name at the merchant, if it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_logon_id: Option<String>,
    /// The product.
    pub personal_product_code: String,
    /// The scene.
    pub sign_scene: String,
    /// `PARTNER` or `MERCHANT`.
    pub third_party_type: String,
    /// Whether it is in force.
    pub status: AgreementStatus,
    /// When the user signed.
    pub sign_time: WireTime,
    /// Since when it is in force.
    pub valid_time: WireTime,
    /// When it runs out.
    pub invalid_time: WireTime,
    /// The user's login name, masked.
    pub alipay_logon_id: String,
    /// The user's id for this merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal_id: Option<String>,
    /// The same for newer apps.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub principal_open_id: Option<String>,
    /// What that id is.
    pub pricipal_type: PrincipalType,
    /// The last deduction that succeeded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_deduct_time: Option<WireTime>,
    /// The planned day of the next one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_deduct_time: Option<Date>,
    /// The next planned ones, the first few.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub execution_plans: Vec<ExecutionPlan>,
    /// The most that one deduction takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub single_quota: Option<Price>,
}

fn as_text<S: Serializer>(number: &u32, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(number)
}
