//! `userInfo`, the answer of inquiryUserInfo (spec/qicard.md 6.1, openapi.md 4.9, 4.10).

use crate::{Scope, UserField};
use mithaq_types::CustomerId;
use serde::{Deserialize, Serialize};

/// What a merchant may know of a user. Absent members are not sent.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserInfo {
    /// The user's id at this merchant, the same value as `customerId` of applyToken. Always present.
    pub user_id: CustomerId,
    /// Login ids.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub login_id_infos: Vec<LoginIdInfo>,
    /// The name in Latin letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name: Option<UserName>,
    /// The name in Arabic letters; Qi's own member.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_name_in_arabic: Option<UserName>,
    /// URL of a picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// `MALE` or `FEMALE`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gender: Option<String>,
    /// `yyyy-MM-dd`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<String>,
    /// ISO 3166 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nationality: Option<String>,
    /// Phone numbers and e-mail addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contact_infos: Vec<ContactInfo>,
}

/// One login id.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoginIdInfo {
    /// `MOBILE_PHONE` or `EMAIL`.
    pub login_id_type: String,
    /// As typed at log-in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_id: Option<String>,
    /// With the middle starred out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask_login_id: Option<String>,
    /// Hex HMAC-SHA-256 under a key of the merchant's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash_login_id: Option<String>,
}

/// A name in its parts; parts a person does not have are empty.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UserName {
    /// All parts in one text.
    pub full_name: String,
    /// First name.
    pub first_name: String,
    /// Father's name.
    pub second_name: String,
    /// Grandfather's name.
    pub third_name: String,
    /// Family name.
    pub last_name: String,
}

/// One way to reach the user.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContactInfo {
    /// `MOBILE_PHONE`, `TELEPHONE` or `EMAIL`.
    pub contact_type: String,
    /// The number or address.
    pub contact_no: String,
}

impl UserInfo {
    /// Nothing but the id.
    #[must_use]
    pub const fn of(user_id: CustomerId) -> Self {
        Self {
            user_id,
            login_id_infos: Vec::new(),
            user_name: None,
            user_name_in_arabic: None,
            avatar: None,
            gender: None,
            birth_date: None,
            nationality: None,
            contact_infos: Vec::new(),
        }
    }

    /// What is left of it under `scopes`. The id always is.
    #[must_use]
    pub fn limited_to(self, scopes: &[Scope]) -> Self {
        let open = |field| scopes.iter().any(|scope| scope.user_fields().contains(&field));
        let (login_id, hash_login_id) = (open(UserField::LoginId), open(UserField::HashLoginId));
        let limit_login = |info: LoginIdInfo| LoginIdInfo {
            login_id_type: info.login_id_type,
            login_id: info.login_id.filter(|_| login_id),
            mask_login_id: info.mask_login_id.filter(|_| login_id),
            hash_login_id: info.hash_login_id.filter(|_| hash_login_id),
        };
        Self {
            user_id: self.user_id,
            login_id_infos: if login_id || hash_login_id {
                self.login_id_infos.into_iter().map(limit_login).collect()
            } else {
                Vec::new()
            },
            user_name: self.user_name.filter(|_| open(UserField::Name)),
            user_name_in_arabic: self.user_name_in_arabic.filter(|_| open(UserField::Name)),
            avatar: self.avatar.filter(|_| open(UserField::Avatar)),
            gender: self.gender.filter(|_| open(UserField::Gender)),
            birth_date: self.birth_date.filter(|_| open(UserField::BirthDate)),
            nationality: self.nationality.filter(|_| open(UserField::Nationality)),
            contact_infos: if open(UserField::Contacts) { self.contact_infos } else { Vec::new() },
        }
    }
}
