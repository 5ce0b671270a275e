//! The engines of a world, which come and go, and their clock.

use crate::faults::Gate;
use crate::ground::{Ground, Running};
use mithaq_domain::{Policy, RandomMint};
use mithaq_store::{DueDelivery, Engine, Reader, StoreError, Surroundings};
use mithaq_types::{ManualClock, SeededEntropy, Timestamp};
use std::sync::Arc;
use tokio::sync::broadcast::Receiver;

/// How many engines share the database.
pub const ENGINES: usize = 2;

/// The engines on one ground.
pub struct House {
    clock: Arc<ManualClock>,
    policy: Policy,
    seed: u64,
    engines: [Option<Running>; ENGINES],
    outgoing: [Option<Receiver<Arc<[DueDelivery]>>>; ENGINES],
    gates: [Gate; ENGINES],
    readers: Vec<Reader>,
    ground: Ground,
}

impl House {
    /// Every engine draws its ids from a source of its own, all of them made of `seed`.
    pub async fn new(ground: Ground, policy: Policy, seed: u64, now: Timestamp) -> Result<Self, StoreError> {
        let mut house = Self {
            clock: Arc::new(ManualClock::at(now)),
            policy,
            seed: seed.wrapping_mul(1_000_003),
            engines: [const { None }; ENGINES],
            outgoing: [const { None }; ENGINES],
            gates: Default::default(),
            readers: Vec::new(),
            ground,
        };
        for number in 0..ENGINES {
            house.start(number).await?;
        }
        house.readers = house.ground.readers()?;
        Ok(house)
    }

    async fn start(&mut self, number: usize) -> Result<(), StoreError> {
        self.seed = self.seed.wrapping_add(1);
        let around = Surroundings {
            clock: Arc::<ManualClock>::clone(&self.clock),
            policy: self.policy.clone(),
            mint: Arc::new(RandomMint::new(SeededEntropy::new(self.seed))),
        };
        let running = self.ground.start(number, around, self.gates[number].clone()).await?;
        self.outgoing[number] = Some(running.0.outgoing());
        self.engines[number] = Some(running);
        Ok(())
    }

    pub fn set_clock(&self, now: Timestamp) {
        self.clock.set(now);
    }

    /// Whether the engines are processes that can be at work at the same time.
    pub const fn is_shared(&self) -> bool {
        matches!(self.ground, Ground::Postgres { .. })
    }

    /// An engine, and the script's hand on it.
    pub fn engine(&self, number: usize) -> Result<(&Engine, &Gate), StoreError> {
        let (engine, _) = self.engines[number].as_ref().ok_or(StoreError::Stopped)?;
        Ok((engine, &self.gates[number]))
    }

    /// What an engine has told since it was last asked, batch by batch: deliveries that are to be made.
    pub fn told(&mut self, number: usize) -> Vec<Arc<[DueDelivery]>> {
        let receiver = self.outgoing[number].as_mut();
        receiver.map_or_else(Vec::new, |receiver| std::iter::from_fn(|| receiver.try_recv().ok()).collect())
    }

    /// A reader for each process; those of one process are one.
    pub fn readers(&self) -> Vec<Reader> {
        self.readers.clone()
    }

    /// After an engine has died with its process, another one takes its place.
    pub async fn replace(&mut self, number: usize) -> Result<(), StoreError> {
        self.stop(number);
        self.ground.stopped(number).await?;
        self.start(number).await?;
        self.readers = self.ground.readers()?;
        Ok(())
    }

    fn stop(&mut self, number: usize) {
        if let Some((engine, thread)) = self.engines[number].take() {
            drop(engine);
            // Whether it ended well or was killed by the script is the script's business.
            let _ = thread.join();
        }
    }

    /// Every process stops; then all start again.
    pub async fn restart(&mut self) -> Result<(), StoreError> {
        self.readers.clear();
        for number in 0..ENGINES {
            self.stop(number);
            self.ground.stopped(number).await?;
        }
        self.ground.closed();
        for number in 0..ENGINES {
            self.start(number).await?;
        }
        self.readers = self.ground.readers()?;
        Ok(())
    }
}

impl Drop for House {
    fn drop(&mut self) {
        (0..ENGINES).for_each(|number| self.stop(number));
    }
}
