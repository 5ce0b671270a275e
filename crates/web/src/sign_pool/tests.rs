//! Whose turn it is, and how it ends.

use super::{Capacity, Digest, Job, Queue, SignPool, SignersBusy, Turn};
use mithaq_crypto::PrivateKey;
use std::sync::{Arc, LazyLock};
use std::time::Instant;
use tokio::sync::oneshot;

static KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("a key"));

fn job(text: &str) -> (Job, oneshot::Receiver<Vec<u8>>) {
    let (reply, signature) = oneshot::channel();
    (Job { key: KEY.clone(), digest: Digest::Sha256, text: text.into(), since: Instant::now(), reply }, signature)
}

#[test]
fn what_many_wait_for_goes_ahead_and_the_rest_keeps_its_order() {
    let queue = Queue::new(10);
    for (text, turn) in [("1", Turn::Last), ("2", Turn::Last), ("first", Turn::First), ("3", Turn::Last)] {
        queue.push(job(text).0, turn).expect("has room");
    }
    queue.close();
    let order: Vec<_> = std::iter::from_fn(|| queue.pop()).map(|job| job.text).collect();
    assert_eq!(order, [&b"first"[..], b"1", b"2", b"3"]);
}

#[test]
fn a_full_queue_says_so_at_once() {
    let queue = Queue::new(1);
    queue.push(job("1").0, Turn::Last).expect("has room");
    assert_eq!(queue.push(job("2").0, Turn::First), Err(SignersBusy));
}

#[tokio::test]
async fn signatures_are_those_of_the_key_and_the_threads_end_with_the_pool() {
    let pool = SignPool::start(2).expect("threads");
    let signed: Vec<_> = (0..20).map(|number| (number, pool.sign(&KEY, vec![number]))).collect();
    for (number, signature) in signed {
        assert!(KEY.public().verify(&[number], &signature.await.expect("a signature")));
    }
    let queue = Arc::clone(&pool.inner.queue);
    drop(pool.clone());
    assert!(!queue.waiting().is_closed, "a clone is no end");
    drop(pool);
    let (job, signature) = job("late");
    assert_eq!(queue.push(job, Turn::Last), Err(SignersBusy));
    assert!(signature.await.is_err());
}

#[test]
fn there_is_at_least_one_thread_and_room_for_one_call() {
    assert_eq!(Capacity::of(0), Capacity::of(1));
    let pool = SignPool::start_with(Capacity { signers: 0, in_flight: 0 }).expect("threads");
    assert!(pool.admission().enter(None).is_ok());
}
