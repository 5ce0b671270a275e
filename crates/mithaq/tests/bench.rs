//! `mithaq bench` with tiny numbers: that it runs, and what it prints. How fast it is, is not a test's business.

use serde_json::Value;
use std::process::Command;

#[test]
fn a_tiny_run_prints_every_figure_as_json() {
    let arguments = ["--json", "--payers", "6", "--merchants", "3", "--payments", "24", "--connections", "4"];
    let output = Command::new(env!("CARGO_BIN_EXE_mithaq")).arg("bench").args(arguments).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "one line of JSON: {text}");
    let found: Value = serde_json::from_str(&text).unwrap();

    for name in ["rsaSignPerSecond", "signedNoopPerSecond", "fsyncPerSecond"] {
        assert!(found[name].as_f64().is_some_and(|rate| rate > 0.0), "{name} in {text}");
    }
    for row in ["uniform", "hot", "half", "notified"] {
        for name in ["perSecond", "p50Ms", "p99Ms"] {
            assert!(found["sqlite"][row][name].as_f64().is_some_and(|figure| figure > 0.0), "{row}.{name} in {text}");
        }
        assert!(found["sqlite"][row]["bytesPerPayment"].is_u64(), "{row}.bytesPerPayment in {text}");
    }
    assert!(found["sqlite"]["enginePerSecond"].as_f64().is_some_and(|rate| rate > 0.0), "{text}");
    assert_eq!(found["sqlite"]["ledgerOk"], true);
    assert_eq!(found["setting"]["payers"], 6);
    assert!(found["setting"]["cpu"].is_string() && found["memory"]["idleMb"].is_number(), "{text}");
}
