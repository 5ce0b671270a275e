//! Filling a ledger fast: the wallet's own decisions and the stores' own writing, as the engine does it, but in large
//! batches, with what is read often kept in memory, and deciding the next batch while one is written.
//!
//! Nothing else may write to the ledger meanwhile; and what a chunk reads, accounts apart, was stored before it all began.

use anyhow::Context as _;
use mithaq_crypto::SystemEntropy;
use mithaq_domain::{
    Command, Decision, Done, Key, Mint as _, PaymentOutcome, Policy, RandomMint, Row, State, World, decide, needs,
};
use mithaq_store::{Chore, Reader, Store, StoreTransaction as _, WriteSet};
use mithaq_types::{Clock as _, SystemClock, Timestamp};
use std::collections::HashMap;
use std::sync::mpsc;
use tokio::runtime::Handle;

/// Commands that become one transaction, in waves: those of a wave have nothing to do with each other, so that what they
/// need can be read at once.
pub type Chunk = Vec<Vec<Command>>;

/// Credits that are folded with every chunk: those of the chunk before, and more.
const FOLDED: u16 = 5_000;

/// A chunk that is decided and not written yet.
struct Decided {
    set: WriteSet,
    /// The rows that it changes: a store wants to have read them.
    changed: Vec<Key>,
}

/// Writes what every chunk leads to. All commands must succeed.
pub async fn fill(
    mut store: impl Store,
    reader: Reader,
    chunks: impl Iterator<Item = anyhow::Result<Chunk>> + Send + 'static,
) -> anyhow::Result<()> {
    // One waits while one is written and one is decided.
    let (sender, decided) = mpsc::sync_channel::<Decided>(1);
    let writer = std::thread::Builder::new().name("filler".into()).spawn(move || {
        decided.into_iter().try_for_each(|decided| {
            let mut transaction = store.begin()?;
            transaction.fetch(&decided.changed)?;
            transaction.write(&decided.set)?;
            transaction.commit()
        })
    })?;
    let handle = Handle::current();
    let decider = tokio::task::spawn_blocking(move || {
        let mint = RandomMint::new(SystemEntropy);
        let mut clerk = Clerk { reader, handle, known: HashMap::new(), policy: Policy::default(), mint };
        // The last one folds what the one before it appended.
        for chunk in chunks.chain([Ok(Chunk::new())]) {
            if sender.send(clerk.decide_all(chunk?)?).is_err() {
                // The writer has stopped, and says why.
                break;
            }
        }
        anyhow::Ok(())
    });
    let outcome = decider.await?;
    let written = tokio::task::spawn_blocking(move || writer.join()).await?;
    written.map_err(|_| anyhow::anyhow!("filling the ledger broke"))?.context("filling the ledger")?;
    outcome
}

/// Who decides.
struct Clerk {
    reader: Reader,
    handle: Handle,
    /// Rows as they will be when everything decided is written, by the name they are asked for.
    known: HashMap<Key, Row>,
    policy: Policy,
    mint: RandomMint<SystemEntropy>,
}

impl Clerk {
    fn decide_all(&mut self, chunk: Chunk) -> anyhow::Result<Decided> {
        let (now, mut state) = (SystemClock.now(), State::default());
        let (mut asked, mut changes) = (Vec::new(), Vec::new());
        for wave in chunk {
            let mut lacking: Vec<_> = wave.iter().collect();
            while !lacking.is_empty() {
                let mut missing = Vec::new();
                let world = self.world(now);
                lacking.retain(|command| {
                    let before = missing.len();
                    missing.extend(needs(command, &state, world));
                    missing.len() > before
                });
                self.load(&mut state, missing, &mut asked)?;
            }
            for command in &wave {
                let decision = self.decide(command, &mut state, now, &mut asked)?;
                decision.changes.iter().for_each(|change| state.apply(change));
                changes.extend(decision.changes);
            }
        }
        for key in &asked {
            // What is new belongs to somebody new who is not met again, but for accounts.
            if let Some(row) = state.peek(key)
                && (self.known.contains_key(key) || matches!(key, Key::Account(_)))
            {
                self.known.insert(key.clone(), row.clone());
            }
        }
        let chores = vec![Chore::Fold { most: FOLDED }];
        let set = WriteSet::collect(changes, chores, &state, &self.mint.row(now), now);
        let accounts = set.accounts.iter().map(|account| Key::Account(account.id.clone()));
        let mut changed: Vec<_> = set.updates.iter().map(Row::key).chain(accounts).collect();
        changed.sort_unstable();
        changed.dedup();
        Ok(Decided { set, changed })
    }

    const fn world(&self, now: Timestamp) -> World<'_> {
        World { now, policy: &self.policy, mint: &self.mint }
    }

    fn decide(
        &mut self,
        command: &Command,
        state: &mut State,
        now: Timestamp,
        asked: &mut Vec<Key>,
    ) -> anyhow::Result<Decision> {
        loop {
            let _ = state.take_missing();
            let decision = decide(command, state, self.world(now));
            let missing = state.take_missing();
            if missing.is_empty() {
                match &decision.answer {
                    Ok(Done::Paid(payment)) if payment.outcome != PaymentOutcome::Success => {
                        anyhow::bail!("a payment failed: {:?}", payment.outcome)
                    }
                    Ok(_) => return Ok(decision),
                    Err(refusal) => anyhow::bail!("refused: {refusal:?}"),
                }
            }
            self.load(state, missing, asked)?;
        }
    }

    /// Gives `state` the rows that it lacks.
    fn load(&mut self, state: &mut State, mut missing: Vec<Key>, asked: &mut Vec<Key>) -> anyhow::Result<()> {
        missing.sort_unstable();
        missing.dedup();
        let mut unknown = Vec::new();
        for key in missing {
            match self.known.get(&key) {
                Some(row) => state.load(key.clone(), Some(row.clone())),
                // Every request here is a new one.
                None if matches!(key, Key::PaymentByRequest(..)) => state.load(key.clone(), None),
                None => unknown.push(key.clone()),
            }
            asked.push(key);
        }
        if unknown.is_empty() {
            return Ok(());
        }
        let found = self.handle.block_on(self.reader.rows(unknown.clone()))?;
        for key in unknown {
            let row = found.peek(&key).cloned();
            if let Some(row) = &row {
                self.known.insert(key.clone(), row.clone());
            }
            state.load(key, row);
        }
        Ok(())
    }
}
