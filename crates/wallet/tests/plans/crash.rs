//! `kill -9` in the middle of a night of plans, again and again: everybody is told once and charged once.

use crate::processes::each_was_charged_once;
use crate::support::{House, Place, on_every_database};
use mithaq_types::ContractId;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PLANS: usize = 600;
/// Says to the program that it is the process to be killed: a folder, or a server's address.
const FOLDER: &str = "MITHAQ_TEST_PLANS_FOLDER";
const URL: &str = "MITHAQ_TEST_PLANS_URL";
/// What it says when it begins with its plans.
const BEGINS: &str = "begins";
/// When the plans of this test are due.
const DUE: &str = "2026-02-05T09:00:00+03:00";

on_every_database!(nobody_is_charged_twice_however_often_the_scheduler_is_killed);

async fn nobody_is_charged_twice_however_often_the_scheduler_is_killed(place: Place) {
    let ids = furnish(&place).await;
    let (mut kills, mut patience) = (0, Duration::from_millis(3));
    while !is_done_within(&place, patience).await {
        kills += 1;
        // Each lives a little longer, so that it gets through in the end, however slow the machine is.
        patience += Duration::from_millis(5);
        assert!(kills < 500, "it never gets through");
    }
    assert!(kills > 2, "it was killed in the middle");
    let house = House::open(&place);
    house.jump(DUE);
    assert_eq!(house.run().await, mithaq_wallet::PlansRun::default(), "there is nothing left to do");
    each_was_charged_once(&house, &ids).await;
}

async fn furnish(place: &Place) -> Vec<ContractId> {
    let (house, ids) = House::of_many(place, PLANS).await;
    house.live_until("2026-02-05T08:00:00+03:00").await;
    ids
}

/// Whether a process of its own gets through in this time once it has begun; otherwise it is killed, `-9`.
async fn is_done_within(place: &Place, patience: Duration) -> bool {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "crash::the_process_that_is_killed", "--ignored", "--nocapture"]);
    match place {
        Place::Sqlite(folder) => command.env(FOLDER, folder.path()),
        Place::Folder(folder) => command.env(FOLDER, folder),
        Place::Postgres(url) => command.env(URL, url),
    };
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("runs");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let begins = lines.find(|line| line.as_ref().is_ok_and(|line| line == BEGINS));
    assert!(begins.is_some(), "it does not begin");
    let begun = Instant::now();
    while begun.elapsed() < patience {
        if let Some(status) = child.try_wait().expect("a child") {
            assert!(status.success(), "it broke");
            return true;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    child.kill().expect("a child");
    child.wait().expect("a child");
    false
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "is run by the test above, as a process of its own"]
async fn the_process_that_is_killed() {
    let place = match (std::env::var_os(FOLDER), std::env::var(URL)) {
        (Some(folder), _) => Place::Folder(folder.into()),
        (None, Ok(url)) => Place::Postgres(url),
        (None, Err(_)) => return,
    };
    let house = House::open(&place);
    house.jump(DUE);
    println!("\n{BEGINS}");
    house.run().await;
}
