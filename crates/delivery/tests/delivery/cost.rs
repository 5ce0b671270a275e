//! What deliveries cost: run by hand, it prints figures and holds nothing to them.

use crate::receiver::{Receiver, Reply};
use crate::world::World;
use mithaq_delivery::{Guard, Limits, RecordingMessenger};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Notices of each row.
const NOTICES: u32 = 1_500;

/// Processor time this process has used, in microseconds.
fn processor_us() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let after_name = stat.rsplit(')').next().expect("a name");
    let ticks = |index: usize| after_name.split_whitespace().nth(index).and_then(|text| text.parse::<u64>().ok());
    // User and system time, in ticks of 10 ms.
    (ticks(11).expect("utime") + ticks(12).expect("stime")) * 10_000
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "measures"]
async fn processor_time_of_a_notified_payment() {
    let world = World::new().await;
    let mut receiver = Receiver::start(|_| Reply::Done).await;
    let tokens = world.contract(None).await;
    let pay = async |row: &str| {
        let (begun, used) = (Instant::now(), processor_us());
        for number in 0..NOTICES {
            world.charge(&tokens, &format!("{row}{number}"), 1, &receiver.url("/n")).await;
        }
        (begun.elapsed(), processor_us() - used)
    };
    let (took, alone) = pay("A").await;
    println!("payments alone: {:?}, {} us each", took / NOTICES, alone / u64::from(NOTICES));

    let (begun, used) = (Instant::now(), processor_us());
    let messenger = Arc::new(RecordingMessenger::new(world.wallet.engine().clone()));
    let _job = world.deliver_by(Guard::sandbox(), Limits::default(), messenger);
    receiver.wait_for(NOTICES as usize).await;
    settle(&world).await;
    let backlog = processor_us() - used;
    println!("a backlog of them delivered: {:?}, {} us each", begun.elapsed() / NOTICES, backlog / u64::from(NOTICES));

    let pay = async |row: &str| {
        for number in 0..NOTICES {
            world.charge(&tokens, &format!("{row}{number}"), 1, &receiver.url("/n")).await;
        }
    };
    let (begun, used) = (Instant::now(), processor_us());
    pay("B").await;
    settle(&world).await;
    let live = (processor_us() - used).saturating_sub(alone);
    println!(
        "delivered as they come: {:?}, {} us each beside the payment",
        begun.elapsed() / NOTICES,
        live / u64::from(NOTICES)
    );
}

/// Waits until nothing is pending.
async fn settle(world: &World) {
    let now = world.wallet.now();
    let first = || world.wallet.reader().due_deliveries(now, (i64::MIN, String::new()), 1);
    while !first().await.expect("readable").is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
