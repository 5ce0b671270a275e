//! `mithaq bench` with tiny numbers: that it runs, and what it prints. How fast it is, is not a test's business.

use mithaq_cluster::Cluster;
use serde_json::Value;
use std::process::{Command, Output};

const TINY: [&str; 10] =
    ["--payers", "6", "--merchants", "3", "--payments", "24", "--rounds", "1", "--connections", "4"];

fn bench(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mithaq")).arg("bench").args(TINY).args(arguments).output().expect("it runs")
}

fn measured(arguments: &[&str]) -> String {
    let output = bench(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn json(arguments: &[&str]) -> Value {
    let text = measured(&[&["--json"], arguments].concat());
    assert_eq!(text.lines().count(), 1, "one line of JSON: {text}");
    serde_json::from_str(&text).expect("JSON")
}

fn is_complete(row: &Value) {
    for name in ["perSecond", "p50Ms", "p99Ms"] {
        assert!(row[name].as_f64().is_some_and(|figure| figure > 0.0), "{name} in {row}");
    }
    assert!(row["bytesPerPayment"].is_u64(), "bytesPerPayment in {row}");
}

#[test]
fn a_tiny_run_prints_every_figure_as_json() {
    let found = json(&[]);
    for name in ["rsaSignPerSecond", "signedNoopPerSecond", "fsyncPerSecond"] {
        assert!(found[name].as_f64().is_some_and(|rate| rate > 0.0), "{name} in {found}");
    }
    let databases = if mithaq_cluster::programs().is_some() { &["sqlite", "postgres"][..] } else { &["sqlite"] };
    for database in databases.iter().map(|name| &found[name]) {
        for row in ["uniform", "hot", "half", "notified"] {
            is_complete(&database[row]);
        }
        assert!(database["enginePerSecond"].as_f64().is_some_and(|rate| rate > 0.0), "{database}");
        assert_eq!(database["ledgerOk"], true);
    }
    assert_eq!(found["setting"]["payers"], 6);
    assert!(found["setting"]["cpu"].is_string() && found["memory"]["devIdleMb"].is_number(), "{found}");
    assert!(databases.len() < 2 || found["memory"]["serveFullLoadMb"].is_number(), "{found}");
    let ratio = found["targets"]
        .as_array()
        .unwrap()
        .iter()
        .find(|target| target["figure"] == "one hot merchant ÷ uniform, SQLite");
    assert!(ratio.unwrap()["measured"].as_f64().is_some_and(|ratio| ratio > 0.0), "{found}");
}

#[test]
fn a_tiny_long_run_has_rows_of_growth() {
    let found = json(&["--long", "--stored", "100", "--only", "growth"]);
    let stored = |database: &str| -> Vec<u64> {
        let rows = found[database]["growth"].as_array().into_iter().flatten();
        rows.map(|row| row["stored"].as_u64().unwrap()).collect()
    };
    assert_eq!(stored("sqlite"), [0, 20]);
    is_complete(&found["sqlite"]["growth"][1]["uniform"]);
    if mithaq_cluster::programs().is_some() {
        assert_eq!(stored("postgres"), [2, 20, 100]);
        is_complete(&found["postgres"]["growth"][2]["uniform"]);
        assert!(
            found["postgres"]["growth"][1]["engine"]["perSecond"].as_f64().is_some_and(|rate| rate > 0.0),
            "{found}"
        );
        assert_eq!(found["postgres"]["ledgerOk"], true);
    }
}

#[test]
fn a_tiny_night_of_plans_charges_each_once_and_prints_what_it_cost() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_mithaq"))
            .args(["bench", "--plans", "30", "--merchants", "3"])
            .args(arguments)
            .output()
            .expect("it runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    let found: Value = serde_json::from_str(&run(&["--json"])).expect("JSON");
    let databases = if mithaq_cluster::programs().is_some() { &["sqlite", "postgres"][..] } else { &["sqlite"] };
    for database in databases.iter().map(|name| &found[name]) {
        for night in ["announced", "charged"] {
            assert!(database[night]["perMinute"].as_f64().is_some_and(|rate| rate > 0.0), "{database}");
        }
        assert!(database["paymentAloneP50Ms"].as_f64().is_some_and(|ms| ms > 0.0), "{database}");
        assert_eq!(database["ledgerOk"], true);
    }
    let text = run(&["--on", "sqlite", "--markdown"]);
    let rows: Vec<_> = text.lines().filter(|line| line.starts_with("| SQLite: ")).collect();
    assert!(rows.len() == 3 && rows[2].starts_with("| SQLite: charged | "), "{text}");
    assert!(text.contains("SQLite: each of the 30 was charged exactly once; the ledger holds, and takes "), "{text}");
}

#[test]
fn rows_can_be_chosen_and_tables_be_markdown() {
    let text = measured(&["--on", "sqlite", "--only", "uniform", "--markdown"]);
    let rows: Vec<_> = text.lines().filter(|line| line.starts_with("| SQLite:")).collect();
    assert!(rows.len() == 1 && rows[0].starts_with("| SQLite: uniform | "), "{text}");
    assert!(!text.contains("| PostgreSQL: uniform"), "{text}");
}

#[tokio::test]
async fn a_database_of_ones_own_is_measured_once_and_never_again() {
    let Some(cluster) = Cluster::shared() else { return };
    let url = cluster.database().await;
    let found = json(&["--on", "postgres", "--only", "uniform", "--database-url", &url]);
    is_complete(&found["postgres"]["uniform"]);
    assert_eq!(found["sqlite"], Value::Null);

    let again = bench(&["--on", "postgres", "--database-url", &url]);
    let complaint = String::from_utf8_lossy(&again.stderr);
    assert!(!again.status.success() && complaint.contains("--database-url"), "{complaint}");
}
