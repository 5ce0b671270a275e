//! `inquiryUserInfo`: what the token's scopes allow, and no more (spec/qicard.md 6.1, 9).

use super::answer::Reply;
use super::authorizations::own_client;
use super::checks::Caller;
use super::refusals::to_api_error;
use crate::state::Shared;
use mithaq_crypto::sha256_hex;
use mithaq_domain::{PersonName, User};
use mithaq_openapi::messages::{InquiryUserInfoRequest, InquiryUserInfoResponse};
use mithaq_openapi::{ApiError, ContactInfo, LoginIdInfo, ResultBody, Scope, UserInfo, UserName};
use mithaq_types::{CustomerId, MerchantId};

/// Answers with the user behind a token.
pub async fn inquiry_user_info(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let request = InquiryUserInfoRequest::parse(body)?;
    own_client(caller, request.auth_client_id.as_deref())?;
    let bearer = shared.wallet.bearer(&caller.id(), &request.access_token).await;
    let bearer = bearer.map_err(|fault| to_api_error(caller.api, &fault))?;
    let scopes: Vec<Scope> = bearer.token.scopes.iter().filter_map(|scope| Scope::parse(&scope.0)).collect();
    let all = user_info(&bearer.user, bearer.token.customer_id.clone(), &caller.client.merchant.merchant_id);
    Ok(Reply::of(&ResultBody::success(), &InquiryUserInfoResponse::success(all.limited_to(&scopes))))
}

fn user_info(user: &User, customer_id: CustomerId, merchant: &MerchantId) -> UserInfo {
    let phone = ContactInfo { contact_type: "MOBILE_PHONE".into(), contact_no: user.phone.clone() };
    let email = user.email.clone().map(|email| ContactInfo { contact_type: "EMAIL".into(), contact_no: email });
    UserInfo {
        user_id: customer_id,
        login_id_infos: vec![LoginIdInfo {
            login_id_type: "MOBILE_PHONE".into(),
            login_id: Some(user.phone.clone()),
            mask_login_id: Some(masked(&user.phone)),
            // Different at every merchant, so that two of them cannot compare.
            hash_login_id: Some(sha256_hex(format!("{merchant}:{}", user.phone).as_bytes())),
        }],
        user_name: Some(name(&user.name)),
        user_name_in_arabic: Some(name(&user.name_ar)),
        avatar: None,
        gender: user.gender.clone(),
        birth_date: user.birth_date.clone(),
        nationality: user.nationality.clone(),
        contact_infos: std::iter::once(phone).chain(email).collect(),
    }
}

fn name(name: &PersonName) -> UserName {
    let PersonName { full, first, second, third, last } = name.clone();
    UserName { full_name: full, first_name: first, second_name: second, third_name: third, last_name: last }
}

/// The first three and the last two digits.
fn masked(phone: &str) -> String {
    let count = phone.chars().count();
    phone.chars().enumerate().map(|(at, digit)| if at < 3 || at + 2 >= count { digit } else { '*' }).collect()
}
