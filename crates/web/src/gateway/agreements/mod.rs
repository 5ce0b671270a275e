//! Agreements as their merchant asks for them, ends them and moves their days (spec/alipay-agreement.md 2.2 to 2.5).

mod find;
mod modify;
mod query;
mod transfer;
mod unsign;

pub(super) use modify::modify;
pub(super) use query::query;
pub(super) use transfer::transfer;
pub(super) use unsign::unsign;
