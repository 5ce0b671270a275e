//! What a token's scopes allow of its user and of the merchant, and no more (spec/qicard.md 6, 9).

use super::answer::Reply;
use super::authorizations::own_client;
use super::checks::Caller;
use super::refusals::to_api_error;
use crate::state::Shared;
use mithaq_crypto::sha256_hex;
use mithaq_domain::{Card, PersonName, User, UserStatus};
use mithaq_openapi::messages::{
    AccessTokenRequest, InquiryMerchantInfoResponse, InquiryUserAccountListResponse, InquiryUserCardListResponse,
    InquiryUserInfoResponse, MerchantInfo, UserAccount, UserCard,
};
use mithaq_openapi::{ApiError, ContactInfo, LoginIdInfo, ResultBody, ResultCode, Scope, UserInfo, UserName};
use mithaq_types::{CustomerId, MerchantId};
use mithaq_wallet::Bearer;

/// Answers with the user behind a token.
pub async fn inquiry_user_info(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let (bearer, scopes) = bearer(shared, caller, body).await?;
    let all = user_info(&bearer.user, bearer.token.customer_id.clone(), &caller.client.merchant.merchant_id);
    Ok(Reply::of(&ResultBody::success(), &InquiryUserInfoResponse::success(all.limited_to(&scopes))))
}

/// Lists the user's linked cards. None is a normal answer.
pub async fn inquiry_user_card_list(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let (bearer, scopes) = bearer(shared, caller, body).await?;
    require(&scopes, &[Scope::CardList])?;
    let cards = shared.wallet.cards(&bearer.user.user_id).await;
    let cards = cards.map_err(|fault| to_api_error(caller.api, &fault))?;
    let card = |card: Card| UserCard { masked_card_no: card.masked_number, account_number: card.account_number };
    let response = InquiryUserCardListResponse::success(cards.into_iter().map(card).collect());
    Ok(Reply::of(&response.result, &response))
}

/// Lists the user's accounts: the wallet's, which has the number by which this merchant knows the user, and those behind
/// the linked cards.
pub async fn inquiry_user_account_list(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let (bearer, scopes) = bearer(shared, caller, body).await?;
    require(&scopes, &[Scope::CardList])?;
    let cards = shared.wallet.cards(&bearer.user.user_id).await;
    let cards = cards.map_err(|fault| to_api_error(caller.api, &fault))?;
    let own = std::iter::once(bearer.token.customer_id.to_string());
    let numbers = own.chain(cards.into_iter().map(|card| card.account_number));
    let accounts = numbers.map(|account_number| UserAccount { account_number }).collect();
    let response = InquiryUserAccountListResponse::success(accounts);
    Ok(Reply::of(&response.result, &response))
}

/// Answers with the merchant of the caller, as far as the token's scopes go.
pub async fn inquiry_merchant_info(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<Reply, ApiError> {
    let (_, scopes) = bearer(shared, caller, body).await?;
    require(&scopes, &[Scope::MerchantId, Scope::MerchantName])?;
    let merchant = &caller.client.merchant;
    let info = MerchantInfo {
        merchant_id: scopes.contains(&Scope::MerchantId).then(|| merchant.merchant_id.clone()),
        merchant_name: scopes.contains(&Scope::MerchantName).then(|| merchant.name.clone()),
        merchant_logo: None,
    };
    let response = InquiryMerchantInfoResponse::success(info);
    Ok(Reply::of(&response.result, &response))
}

/// Who is behind the token that a body names, and what it may do.
async fn bearer(shared: &Shared, caller: &Caller, body: &[u8]) -> Result<(Bearer, Vec<Scope>), ApiError> {
    let request = AccessTokenRequest::parse(body)?;
    own_client(caller, request.auth_client_id.as_deref())?;
    let bearer = shared.wallet.bearer(&caller.id(), &request.access_token).await;
    let bearer = bearer.map_err(|fault| to_api_error(caller.api, &fault))?;
    if bearer.user.status == UserStatus::Frozen {
        return Err(ResultCode::UserStatusAbnormal.into());
    }
    let scopes = bearer.token.scopes.iter().filter_map(|scope| Scope::parse(&scope.0)).collect();
    Ok((bearer, scopes))
}

/// At least one of `needed`.
fn require(scopes: &[Scope], needed: &[Scope]) -> Result<(), ApiError> {
    if needed.iter().any(|scope| scopes.contains(scope)) {
        return Ok(());
    }
    let names = needed.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" or ");
    let message = format!("The access token lacks the scope {names}. Ask for it with my.getAuthCode.");
    Err(ApiError::with_message(ResultCode::AccessDenied, message))
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
