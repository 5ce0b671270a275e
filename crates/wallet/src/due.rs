//! What time alone brings, for a clock that is moved by hand: when the next of it is due, and all that is due done at once.
//! Otherwise the jobs do it as it comes.

use crate::jobs::{expire_due, expire_due_payments};
use crate::{Fault, Standing, Wallet, run_due_plans};
use mithaq_types::Timestamp;

impl Wallet {
    /// When the first contract ends, payment runs out, or plan has something to be done, of those that are due after `after`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn next_due(&self, after: Timestamp) -> Result<Option<Timestamp>, Fault> {
        let reader = self.reader();
        let each = [reader.next_contract_due().await?, reader.next_payment_due().await?, reader.next_plan_due().await?];
        // What is due longer than that could not be done; whoever waits for something else must not wait for it.
        Ok(each.into_iter().flatten().filter(|due| *due > after).min())
    }

    /// Does what the jobs would do for contracts, payments and plans. They may run beside this: what is done is done once.
    ///
    /// # Errors
    /// When the database cannot be read or written; what was done by then is done.
    pub async fn do_what_is_due(&self) -> Result<(), Fault> {
        let alone = Standing::alone();
        expire_due_payments(self, &alone).await?;
        expire_due(self, &alone).await?;
        run_due_plans(self, self.now(), || true).await.map(|_| ())
    }
}
