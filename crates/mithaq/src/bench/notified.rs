//! Payments whose merchants are told, on a wallet of its own with deliveries running.

use super::Size;
use super::furnish;
use super::house::Jobs;
use super::measure::Bench;
use super::merchant::Receiver;
use super::place::Place;
use super::requests::Kind;
use super::stand::{Round, Stand};
use super::town::{Town, With};
use std::sync::Arc;

/// The most payers: their own messages go out before it begins.
const PAYERS: usize = 500;
/// The most merchants.
const MERCHANTS: usize = 50;
/// Payments before the first round; when they are acknowledged, everything older is out.
const FIRST: usize = 100;

/// A town that small.
pub fn small_town(size: &Size) -> anyhow::Result<Town> {
    Town::plan(size.merchants.min(MERCHANTS), size.payers.min(PAYERS))
}

/// Such a wallet.
pub struct Notified {
    stand: Stand,
    receiver: Receiver,
    kind: Kind,
}

impl Notified {
    /// Over an empty ledger at `place`.
    pub async fn open(bench: &Bench, place: &Place) -> anyhow::Result<Self> {
        let size = &bench.size;
        let town = Arc::new(small_town(size)?);
        furnish::town(&place.open()?, &town).await?;
        let bench = Bench { town, folder: bench.folder.clone(), size: size.clone(), server: bench.server.clone() };
        let mut stand = bench.stand_with(place, "TOLD", Jobs::All).await?;
        let mut receiver = Receiver::open(&bench.town, stand.running.house.app.config.zone.clone()).await?;
        let kind = Kind { notify_url: Some(receiver.url.clone()), ..Kind::pay(With::Many) };
        stand.send(&kind, FIRST, None, Some(&mut receiver)).await?;
        Ok(Self { stand, receiver, kind })
    }

    /// `count` payments, until the last is acknowledged.
    pub async fn round(&mut self, count: usize) -> anyhow::Result<Round> {
        self.stand.send(&self.kind, count, None, Some(&mut self.receiver)).await
    }

    /// Stops.
    pub async fn close(self) -> anyhow::Result<()> {
        self.stand.close().await
    }
}
