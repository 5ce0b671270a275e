//! Opening: what is not ours or newer is refused and left as it is, and one process has the directory.

use mithaq_store::{Database, SCHEMA_VERSION, StoreError};
use rusqlite::Connection;
use std::path::Path;

#[test]
fn a_directory_is_used_by_one_process_and_read_by_any() {
    let directory = tempfile::tempdir().expect("a directory");
    let first = Database::open(directory.path()).expect("opens");
    assert!(matches!(Database::open(directory.path()), Err(StoreError::InUse)));
    assert!(Database::inspect(directory.path()).expect("readable").verify_now().expect("readable").ok());
    drop(first);
    assert!(Database::open(directory.path()).is_ok());
}

#[test]
fn a_database_of_a_newer_version_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().expect("a directory");
    drop(Database::open(directory.path()).expect("opens"));
    file(directory.path()).pragma_update(None, "user_version", SCHEMA_VERSION + 1).expect("written");
    let is_newer = |error: StoreError| matches!(error, StoreError::Newer { found, known } if found == known + 1);
    assert!(Database::open(directory.path()).is_err_and(is_newer));
    assert!(Database::inspect(directory.path()).is_err_and(is_newer));
    let version: i64 = file(directory.path()).pragma_query_value(None, "user_version", |row| row.get(0)).expect("read");
    assert_eq!(version, SCHEMA_VERSION + 1);
}

#[test]
fn a_file_of_another_program_is_refused_and_left_alone() {
    let directory = tempfile::tempdir().expect("a directory");
    file(directory.path()).execute_batch("CREATE TABLE theirs (x)").expect("written");
    let before = std::fs::read(directory.path().join("mithaq.db")).expect("read");
    assert!(matches!(Database::open(directory.path()), Err(StoreError::Foreign)));
    assert!(matches!(Database::inspect(directory.path()), Err(StoreError::Foreign)));
    assert_eq!(std::fs::read(directory.path().join("mithaq.db")).expect("read"), before);
}

#[test]
fn what_is_no_database_at_all_is_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    std::fs::write(directory.path().join("mithaq.db"), "a letter".repeat(1_000)).expect("written");
    assert!(matches!(Database::open(directory.path()), Err(StoreError::Sqlite(_))));
}

fn file(directory: &Path) -> Connection {
    Connection::open(directory.join("mithaq.db")).expect("opens")
}
