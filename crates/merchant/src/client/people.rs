//! What tokens let a merchant know of their owners, and tell them (spec/qicard.md 6 and 7.11, openapi.md 3.5, 3.6).

use super::Client;
use crate::Error;
use mithaq_openapi::messages::{
    InquiryMerchantInfoRequest, InquiryMerchantInfoResponse, InquiryUserAccountListRequest,
    InquiryUserAccountListResponse, InquiryUserCardListRequest, InquiryUserCardListResponse, InquiryUserInfoRequest,
    InquiryUserInfoResponse, MerchantInfo, SendMessageRequest, SendMessageResponse, UserAccount, UserCard,
};
use mithaq_openapi::{Api, ResultStatus, UserInfo, WireResponse as _};
use mithaq_types::MessageId;

impl Client {
    /// What the token's scopes let the merchant know of the user.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn inquiry_user_info(&self, access_token: &str) -> Result<UserInfo, Error> {
        let request = InquiryUserInfoRequest::new(access_token);
        let answer = self.0.call::<InquiryUserInfoResponse>(Api::InquiryUserInfo, &request).await?;
        crate::answers::succeeded(&answer)?;
        answer.user_info.ok_or_else(|| Error::lacks("userInfo"))
    }

    /// The user's cards, their numbers starred out. Needs the scope `CARD_LIST`; may be empty.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn inquiry_user_card_list(&self, access_token: &str) -> Result<Vec<UserCard>, Error> {
        let request = InquiryUserCardListRequest::new(access_token);
        let answer = self.0.call::<InquiryUserCardListResponse>(Api::InquiryUserCardList, &request).await?;
        crate::answers::succeeded(&answer)?;
        answer.card_list.ok_or_else(|| Error::lacks("cardList"))
    }

    /// The user's accounts. Needs the scope `CARD_LIST`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn inquiry_user_account_list(&self, access_token: &str) -> Result<Vec<UserAccount>, Error> {
        let request = InquiryUserAccountListRequest::new(access_token);
        let answer = self.0.call::<InquiryUserAccountListResponse>(Api::InquiryUserAccountList, &request).await?;
        crate::answers::succeeded(&answer)?;
        answer.account_list.ok_or_else(|| Error::lacks("accountList"))
    }

    /// The merchant who signed in on the business side of a Mini Program. Needs `MERCHANT_ID` or `MERCHANT_NAME`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn inquiry_merchant_info(&self, access_token: &str) -> Result<MerchantInfo, Error> {
        let request = InquiryMerchantInfoRequest::new(access_token);
        let answer = self.0.call::<InquiryMerchantInfoResponse>(Api::InquiryMerchantInfo, &request).await?;
        crate::answers::succeeded(&answer)?;
        answer.merchant_info.ok_or_else(|| Error::lacks("merchantInfo"))
    }

    /// Puts a message into the inbox of the token's owner; the same `request_id` is sent once. Needs the scope
    /// `NOTIFICATION_INBOX`, and a request made for `MessageChannel::Inbox`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn send_inbox(&self, request: &SendMessageRequest) -> Result<MessageId, Error> {
        self.send(Api::SendInbox, request).await
    }

    /// Sends a notification to the device of the token's owner; the same `request_id` is sent once. Needs the scope
    /// `NOTIFICATION_PUSH`, and a request made for `MessageChannel::Push`.
    ///
    /// # Errors
    /// [`Error`].
    pub async fn send_push(&self, request: &SendMessageRequest) -> Result<MessageId, Error> {
        self.send(Api::SendPush, request).await
    }

    /// `A` is a success here too: the wallet has taken the message over.
    async fn send(&self, api: Api, request: &SendMessageRequest) -> Result<MessageId, Error> {
        let answer = self.0.call::<SendMessageResponse>(api, request).await?;
        match answer.result().result_status {
            ResultStatus::S | ResultStatus::A => answer.message_id.ok_or_else(|| Error::lacks("messageId")),
            ResultStatus::F | ResultStatus::U => Err(Error::of(answer.result())),
        }
    }
}
