//! Many who ask for a client at once, and reads that fail, are given up or are overtaken by a change.

use super::KnownClient;
use super::memory::Memory;
use mithaq_domain::{AgreementPay, Client, Merchant, Status};
use mithaq_store::StoreError;
use mithaq_types::{ClientId, MerchantId};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

type Found = Result<Option<Arc<KnownClient>>, StoreError>;

fn client(id: &ClientId) -> Arc<KnownClient> {
    let merchant_id = MerchantId::new("2166");
    let merchant = Merchant {
        merchant_id: merchant_id.clone(),
        name: "Zaytoun Market".into(),
        name_ar: None,
        verified: true,
        status: Status::Active,
        fee_basis_points: 100,
    };
    let client = Client {
        client_id: id.clone(),
        merchant_id,
        status: Status::Active,
        agreement_pay: AgreementPay::Allowed,
        keys: Vec::new(),
        percent_signatures: false,
    };
    Arc::new(KnownClient { client, merchant, keys: HashMap::new() })
}

/// A database that counts how often it is read, and answers when it is let.
struct Slow {
    directory: Arc<Memory<ClientId, KnownClient>>,
    id: ClientId,
    reads: Arc<AtomicUsize>,
    gate: Arc<Semaphore>,
}

impl Slow {
    fn new() -> Self {
        let (directory, id) = (Arc::default(), ClientId::new("2188"));
        Self { directory, id, reads: Arc::default(), gate: Arc::new(Semaphore::new(0)) }
    }

    fn ask(&self, answer: fn(&ClientId) -> Found) -> tokio::task::JoinHandle<Found> {
        let Self { directory, id, reads, gate } = self;
        let (directory, id) = (Arc::clone(directory), id.clone());
        let (reads, gate) = (Arc::clone(reads), Arc::clone(gate));
        tokio::spawn(async move {
            let read = async || {
                reads.fetch_add(1, Ordering::Relaxed);
                gate.acquire().await.expect("open").forget();
                answer(&id)
            };
            directory.get(&id, read).await
        })
    }

    /// Lets everybody come as far as they can.
    async fn settle(&self) {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    }

    fn reads(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }
}

#[tokio::test]
async fn many_who_ask_for_a_client_at_once_wait_for_one_read() {
    let slow = Slow::new();
    let asked: Vec<_> = (0..100).map(|_| slow.ask(|id| Ok(Some(client(id))))).collect();
    slow.settle().await;
    slow.gate.add_permits(1);
    for found in asked {
        assert!(found.await.expect("ends").expect("is read").is_some());
    }
    assert!(slow.ask(|_| Ok(None)).await.expect("ends").expect("is remembered").is_some());
    assert_eq!(slow.reads(), 1);
    assert!(slow.directory.recall(&slow.id).is_some());
}

#[tokio::test]
async fn an_unknown_client_and_a_failure_are_told_to_all_who_wait_and_not_remembered() {
    let slow = Slow::new();
    let asked: Vec<_> = (0..100).map(|_| slow.ask(|_| Ok(None))).collect();
    slow.settle().await;
    slow.gate.add_permits(1);
    for found in asked {
        assert!(found.await.expect("ends").expect("is read").is_none());
    }
    let asked: Vec<_> = (0..100).map(|_| slow.ask(|_| Err(StoreError::Lost))).collect();
    slow.settle().await;
    slow.gate.add_permits(1);
    for found in asked {
        assert!(found.await.expect("ends").is_err());
    }
    assert_eq!(slow.reads(), 2);
    slow.gate.add_permits(1);
    assert!(slow.ask(|id| Ok(Some(client(id)))).await.expect("ends").expect("is read").is_some());
}

#[tokio::test]
async fn if_the_one_who_reads_goes_away_another_reads() {
    let slow = Slow::new();
    let first = slow.ask(|_| Err(StoreError::Lost));
    slow.settle().await;
    let second = slow.ask(|id| Ok(Some(client(id))));
    slow.settle().await;
    assert_eq!(slow.reads(), 1);
    first.abort();
    slow.settle().await;
    slow.gate.add_permits(1);
    assert!(second.await.expect("ends").expect("is read").is_some());
    assert_eq!(slow.reads(), 2);
}

#[tokio::test]
async fn reads_that_nobody_waits_for_any_more_leave_nothing_behind() {
    let slow = Slow::new();
    let asked = [slow.ask(|_| Ok(None)), slow.ask(|_| Ok(None))];
    slow.settle().await;
    for asking in &asked {
        asking.abort();
    }
    for asking in asked {
        assert!(tokio::time::timeout(Duration::from_secs(10), asking).await.expect("ends").is_err());
    }
    assert_eq!(slow.directory.reads_under_way(), 0);
}

#[tokio::test]
async fn what_was_read_before_a_change_is_not_remembered_after_it() {
    let slow = Slow::new();
    let before = slow.ask(|id| Ok(Some(client(id))));
    slow.settle().await;
    slow.directory.forget();
    let after = slow.ask(|_| Ok(None));
    slow.settle().await;
    assert_eq!(slow.reads(), 2, "a read from before the change is not shared");
    slow.gate.add_permits(2);
    assert!(before.await.expect("ends").expect("is read").is_some());
    assert!(after.await.expect("ends").expect("is read").is_none());
    assert!(slow.directory.recall(&slow.id).is_none());
}
