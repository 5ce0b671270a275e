//! Users as merchants of this surface see and name them.

use crate::state::Shared;
use mithaq_alipay::mask_logon_id;
use mithaq_alipay::messages::UserKey;
use mithaq_domain::{Refusal, User};
use mithaq_types::{ClientId, UserId};
use mithaq_wallet::Fault;

/// A user's login name, masked: the phone number.
pub(crate) fn logon_id(user: &User) -> String {
    mask_logon_id(&user.phone)
}

/// The user whom a merchant of `client` names: by the 24 digits that it knows them by, under either of their names, or by their
/// phone number.
///
/// # Errors
/// When the database cannot be read.
pub(crate) async fn named(shared: &Shared, client: &ClientId, key: &UserKey) -> Result<Option<UserId>, Fault> {
    match key {
        UserKey::Id(id) | UserKey::OpenId(id) => shared.wallet.user_known_as(client, id).await,
        UserKey::LogonId(name) => match shared.wallet.user_by_phone(name.trim_start_matches('+')).await {
            Ok(user) => Ok(Some(user.user_id)),
            Err(Fault::Refused(Refusal::UserUnknown)) => Ok(None),
            Err(fault) => Err(fault),
        },
    }
}
