//! What merchants of the Alipay surface are told (spec/alipay-agreement.md 1.9, 2.1.3, 2.1.4, 2.15). Made of stored rows that
//! never change, and of what the outbox row itself holds: every attempt says the same.

mod agreement;
mod reason;
mod trade;

pub use reason::deduction_code;

use mithaq_alipay::notices::{Notice, NoticeHead};
use mithaq_alipay::{SignType, format_time, mask_logon_id};
use mithaq_crypto::sha256;
use mithaq_domain::{GatewayNews, Outbox, State, User};
use mithaq_types::GatewayAppId;

/// The notice of an outbox row; what is lacking, `state` notes. Otherwise the error is why there is none.
pub fn notice(state: &State, row: &Outbox, app_id: &GatewayAppId, news: &GatewayNews) -> Result<Notice, &'static str> {
    let head = NoticeHead {
        notify_id: notify_id(row),
        notify_time: row.created_at,
        app_id: app_id.to_string(),
        auth_app_id: app_id.to_string(),
        sign_type: SignType::Rsa2,
    };
    match news {
        GatewayNews::Trade { .. } => trade::notice(state, &head, news),
        _ => agreement::notice(state, &head, news),
    }
}

/// 34 digits, the time first, the same on every attempt.
fn notify_id(row: &Outbox) -> String {
    let digits: String = format_time(row.created_at).chars().filter(char::is_ascii_digit).take(14).collect();
    let hash = sha256(row.outbox_id.as_str().as_bytes());
    let number = hash.iter().take(16).fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    format!("{digits:0<14}{:020}", number % 10_u128.pow(20))
}

/// A user's login name as merchants see it.
fn logon_id(user: &User) -> String {
    mask_logon_id(&user.phone)
}
