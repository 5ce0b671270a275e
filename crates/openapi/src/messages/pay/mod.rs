//! `POST /v1/payments/pay` (spec/qicard.md 7.1, openapi.md 3.7, 4.3, 4.5, 4.12).

mod read;
mod request;
mod response;

pub use request::{Buyer, Order, PayRequest};
pub use response::{PayResponse, RedirectActionForm};
