//! What the tests stand on: databases to run on, an engine to watch, and people who pay.

mod agreement_rows;
mod agreements;
mod commands;
mod deals;
mod orders;
mod proxy;
mod samples;
mod stage;
mod watch;

pub use agreements::{agreement, cny, deduct, monthly, offer, put_app, put_off, run_plan, sign, unsign};
pub use commands::{SARA, SHOP, add_user, agree, cancel, end, hash, iqd, pay, top_up};
pub use deals::{approve, call_off, confirm, confirm_from, link, operate, order, send_money};
pub use mithaq_cluster::{Cluster, run as run_sql};
pub use proxy::{Break, Proxy};
pub use samples::{changed_rows, every_row, filled, user};
pub use stage::{House, Stage, Task};
pub use watch::{Fault, Watch, Watched};

/// Declares each test once for every database. A test takes a [`Stage`].
macro_rules! on_every_database {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name(crate::support::Stage::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                if let Some(stage) = crate::support::Stage::postgres().await {
                    super::$name(stage).await;
                }
            })+
        }
    };
}
pub(crate) use on_every_database;
