#![doc = include_str!("../README.md")]

mod content;
mod envelope;
mod form;
mod page_sign;
mod price;
mod sign_str;
mod text;

pub use content::{SignType, notice_content, request_content, request_content_with_empty};
pub use envelope::{business_object, envelope, root_of};
pub use form::{FormError, Params};
pub use page_sign::{AT_WILL, Member, PERIODIC, PageSign, PageSignError, Period, PeriodRule, Validity};
pub use price::{format_price, parse_price};
pub use sign_str::{Mistake, SignStrError, open_sign_str};
pub use text::{Charset, read_text};
