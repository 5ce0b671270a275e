//! Who asks: the session that signing in gave to the page, in the `Authorization` header. No cookies: a Mini Program runs in
//! a frame of another site, where browsers keep none.

use crate::error::ApiError;
use crate::shop::Shop;
use axum::extract::FromRequestParts;
use axum::http::{header, request::Parts};
use mithaq_merchant::CustomerId;
use std::sync::Arc;

/// The customer who asks. An argument of every handler that needs one.
pub struct Customer(pub CustomerId);

impl FromRequestParts<Arc<Shop>> for Customer {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, shop: &Arc<Shop>) -> Result<Self, ApiError> {
        let given = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let session = given.and_then(|value| value.strip_prefix("Bearer "));
        let customer = session.and_then(|session| shop.book.customer_of(session));
        customer.map(Customer).ok_or_else(ApiError::session_unknown)
    }
}
