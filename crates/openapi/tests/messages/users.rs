//! inquiryUserInfo and what scopes show.

use crate::text;
use mithaq_openapi::messages::{
    InquiryMerchantInfoResponse, InquiryUserAccountListResponse, InquiryUserCardListResponse, InquiryUserInfoRequest,
    InquiryUserInfoResponse, MerchantInfo, UserAccount, UserCard,
};
use mithaq_openapi::{ContactInfo, LoginIdInfo, Scope, UserInfo, UserName, WireBody as _};
use mithaq_types::{CustomerId, MerchantId};

fn sara() -> UserInfo {
    UserInfo {
        login_id_infos: vec![LoginIdInfo {
            login_id_type: "MOBILE_PHONE".to_owned(),
            login_id: Some("9647700000001".to_owned()),
            mask_login_id: Some("964******0001".to_owned()),
            hash_login_id: Some("ab12".to_owned()),
        }],
        user_name: Some(UserName { full_name: "Sara Ali Hasan".to_owned(), ..UserName::default() }),
        user_name_in_arabic: Some(UserName { full_name: "سارة علي حسن".to_owned(), ..UserName::default() }),
        avatar: Some("https://wallet.example.iq/a.png".to_owned()),
        gender: Some("FEMALE".to_owned()),
        birth_date: Some("1994-03-09".to_owned()),
        nationality: Some("IQ".to_owned()),
        contact_infos: vec![ContactInfo {
            contact_type: "MOBILE_PHONE".to_owned(),
            contact_no: "9647700000001".to_owned(),
        }],
        ..UserInfo::of(CustomerId::new("216610000000812345678901"))
    }
}

#[test]
fn the_request_is_an_access_token() {
    let request = InquiryUserInfoRequest::parse(br#"{"accessToken":"AT1"}"#).expect("read");
    assert_eq!(request, InquiryUserInfoRequest::new("AT1"));
    assert!(InquiryUserInfoRequest::parse(br#"{"accessToken":""}"#).is_err());
}

#[test]
fn the_silent_scopes_show_the_id_alone() {
    for scope in [Scope::AuthBase, Scope::UserId, Scope::AgreementPay] {
        let shown = InquiryUserInfoResponse::success(sara().limited_to(&[scope]));
        assert_eq!(
            text(shown.to_json()),
            r#"{"result":{"resultCode":"SUCCESS","resultStatus":"S","resultMessage":"Success."},"userInfo":{"userId":"216610000000812345678901"}}"#
        );
    }
}

#[test]
fn a_login_id_and_its_hash_are_separate_scopes() {
    let plain = sara().limited_to(&[Scope::UserLoginId]).login_id_infos;
    assert!(plain[0].login_id.is_some() && plain[0].hash_login_id.is_none());
    let hashed = sara().limited_to(&[Scope::HashLoginId]).login_id_infos;
    assert!(hashed[0].login_id.is_none() && hashed[0].mask_login_id.is_none() && hashed[0].hash_login_id.is_some());
}

#[test]
fn auth_user_shows_the_profile_without_the_login_id() {
    let shown = sara().limited_to(&[Scope::AuthUser]);
    assert_eq!(shown, UserInfo { login_id_infos: Vec::new(), ..sara() });
}

#[test]
fn each_single_scope_shows_its_own_member() {
    let shown = |scope| serde_json::to_value(sara().limited_to(&[scope])).expect("JSON");
    for (scope, member) in [
        (Scope::UserName, "userNameInArabic"),
        (Scope::UserAvatar, "avatar"),
        (Scope::UserGender, "gender"),
        (Scope::UserBirthday, "birthDate"),
        (Scope::UserNationality, "nationality"),
        (Scope::UserContactInfo, "contactInfos"),
    ] {
        let value = shown(scope);
        assert!(value.get(member).is_some(), "{scope} shows {member}");
        assert!(value.as_object().is_some_and(|members| members.len() <= 3), "{scope} shows no more");
    }
}

#[test]
fn cards_and_accounts_are_lists_and_an_empty_one_is_a_normal_answer() {
    let card = UserCard { masked_card_no: "501234******0001".to_owned(), account_number: "7700000001".to_owned() };
    let cards = InquiryUserCardListResponse::success(vec![card]);
    assert!(
        text(cards.to_json())
            .ends_with(r#""cardList":[{"maskedCardNo":"501234******0001","accountNumber":"7700000001"}]}"#)
    );
    assert_eq!(serde_json::from_slice::<InquiryUserCardListResponse>(&cards.to_json()).ok(), Some(cards));
    assert!(text(InquiryUserCardListResponse::success(Vec::new()).to_json()).ends_with(r#""cardList":[]}"#));

    let account = UserAccount { account_number: "7700000001".to_owned() };
    let accounts = InquiryUserAccountListResponse::success(vec![account]);
    assert!(text(accounts.to_json()).ends_with(r#""accountList":[{"accountNumber":"7700000001"}]}"#));
}

#[test]
fn a_merchant_is_shown_as_far_as_its_scopes_reach() {
    let info = MerchantInfo {
        merchant_id: Some(MerchantId::new("M1")),
        merchant_name: Some("Zaytoun Market".to_owned()),
        merchant_logo: None,
    };
    let answer = InquiryMerchantInfoResponse::success(info);
    assert!(text(answer.to_json()).ends_with(r#""merchantInfo":{"merchantId":"M1","merchantName":"Zaytoun Market"}}"#));
    assert_eq!(serde_json::from_slice::<InquiryMerchantInfoResponse>(&answer.to_json()).ok(), Some(answer));
}
