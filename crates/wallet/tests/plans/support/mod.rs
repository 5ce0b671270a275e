//! What the tests stand on: a wallet on a database of its own, users with yuan, a merchant whose plans the wallet runs.

mod deals;
mod house;

pub use deals::{CLIENT, Deal, YUAN_EACH, add_merchant, add_user, monthly, user_id, yuan};
pub use house::{House, Place};

/// Declares each test once for every database. A test takes a [`Place`].
macro_rules! on_every_database {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::support::Place::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(place) = crate::support::Place::postgres().await {
                    super::$name(place).await;
                }
            })+
        }
    };
}
pub(crate) use on_every_database;
