//! `alipay.user.agreement.unsign`: the merchant ends an agreement (spec/alipay-agreement.md 2.3).

use super::AgreementKey;
use crate::json::{ContentError, Fields};
use serde::Serialize;

/// Which agreement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnsignRequest {
    /// Which.
    pub key: AgreementKey,
}

impl UnsignRequest {
    /// Reads `biz_content`.
    ///
    /// # Errors
    /// [`ContentError`], which names the member.
    pub fn parse(biz_content: &str) -> Result<Self, ContentError> {
        Ok(Self { key: AgreementKey::read(&Fields::of_content(biz_content)?)? })
    }
}

/// It has ended: an answer without members of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct UnsignAnswer {}
