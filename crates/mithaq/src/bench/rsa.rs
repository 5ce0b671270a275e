//! Bare RSA-2048 signatures: the physical limit of every signed answer.

use super::figures;
use mithaq_crypto::PrivateKey;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long signing is measured.
const SIGN_FOR: Duration = Duration::from_secs(1);
/// As long as the text under an answer to `pay`.
const TEXT: [u8; 400] = [b'x'; 400];

/// Signatures a second that `threads` make together.
pub fn signs_per_second(key: &PrivateKey, threads: usize) -> f64 {
    let count = AtomicU64::new(0);
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                while begun.elapsed() < SIGN_FOR {
                    std::hint::black_box(key.sign(&TEXT));
                    count.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
    });
    figures::per_second(count.into_inner(), begun.elapsed())
}
