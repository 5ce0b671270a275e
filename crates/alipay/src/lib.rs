#![doc = include_str!("../README.md")]

mod call;
mod certificate;
mod codes;
mod content;
mod entry;
mod envelope;
mod error;
mod form;
pub mod json;
mod mask;
pub mod messages;
mod method;
pub mod notices;
mod page;
mod price;
mod sign_str;
mod text;
mod time;

pub use call::{App, Call, CertificateNumbers, Freshness, Opening, Verify};
pub use certificate::{Certificate, CertificateError, root_number};
pub use codes::{Code, SUB_CODES, SubCode, SubCodeEntry};
pub use content::{SignType, notice_content, request_content, request_content_with_empty};
pub use entry::{EntryError, open_entry};
pub use envelope::{Answered, business_object, envelope, root_of};
pub use error::GatewayError;
pub use form::{FormError, Params, encode_form, query_of};
pub use mask::mask_logon_id;
pub use method::Method;
pub use page::{PageReturn, PageSignAnswer, PayStatus, SignOutcome, SignStatus, page_result};
pub use price::{Price, format_price, parse_price};
pub use sign_str::{Mistake, SignStrError, open_sign_str};
pub use text::{Charset, charset_of, read_text};
pub use time::{WireTime, day_of, format_time, parse_day, parse_time};
