#![doc = include_str!("../README.md")]

mod amount;
mod api;
mod code;
mod document;
mod error;
pub mod json;
pub mod messages;
mod product;
mod result;
mod scope;
pub mod signature;
pub mod time;
mod user_info;

pub use amount::Amount;
pub use api::Api;
pub use code::{CATALOGUE, CodeEntry, ResultCode, ResultStatus};
pub use document::document;
pub use error::ApiError;
pub use product::Product;
pub use result::{Failure, ResultBody, WireBody, WireResponse};
pub use scope::{Scope, UserField};
pub use user_info::{ContactInfo, LoginIdInfo, UserInfo, UserName};
