//! What is kept on disk: the wallet's key ring, the master key, sealed secrets.

use mithaq_crypto::{KeyRing, KeyRingError, SealError, Sealer, SystemEntropy};
use mithaq_types::SeededEntropy;

#[test]
fn an_empty_directory_gets_key_version_1_and_keeps_it() {
    let directory = tempfile::tempdir().expect("directory");
    let first = KeyRing::open(directory.path()).expect("ring");
    let again = KeyRing::open(directory.path()).expect("ring");
    assert_eq!(first.current().0, 1);
    assert_eq!(first.current().1.public(), again.current().1.public());
    assert!(directory.path().join("wallet-key-1.pem").exists());
}

#[test]
fn rotation_signs_with_the_next_version_and_keeps_the_old_one() {
    let directory = tempfile::tempdir().expect("directory");
    let mut ring = KeyRing::open(directory.path()).expect("ring");
    let old = ring.current().1.public();
    assert_eq!(ring.rotate(directory.path()).expect("rotated"), 2);
    let reloaded = KeyRing::open(directory.path()).expect("ring");
    assert_eq!(reloaded.current().0, 2);
    assert_eq!(reloaded.get(1).expect("kept").public(), old);
    assert_eq!(reloaded.versions().collect::<Vec<_>>(), [1, 2]);
    assert!(reloaded.get(3).is_none());
}

#[test]
fn a_prepared_key_does_not_sign_until_it_is_its_turn() {
    let directory = tempfile::tempdir().expect("directory");
    let mut ring = KeyRing::open(directory.path()).expect("ring");
    assert!(ring.prepared(directory.path()).expect("looked").is_none());
    let (version, prepared) = ring.prepare(directory.path()).expect("prepared");
    assert_eq!(version, 2);
    let again = ring.prepare(directory.path()).expect("prepared");
    assert_eq!(again.1.public(), prepared.public(), "what was handed out stays");
    let reloaded = KeyRing::open(directory.path()).expect("ring");
    assert_eq!(reloaded.versions().collect::<Vec<_>>(), [1]);
    let found = reloaded.prepared(directory.path()).expect("looked").expect("is there");
    assert_eq!((found.0, found.1.public()), (2, prepared.public()));

    assert_eq!(ring.rotate(directory.path()).expect("rotated"), 2);
    let reloaded = KeyRing::open(directory.path()).expect("ring");
    assert_eq!(reloaded.current().1.public(), prepared.public());
    assert!(reloaded.prepared(directory.path()).expect("looked").is_none());
}

#[test]
fn looking_for_keys_makes_none() {
    let directory = tempfile::tempdir().expect("directory");
    assert!(KeyRing::load(directory.path()).expect("looked").is_none());
    assert!(KeyRing::load(&directory.path().join("none")).is_err());
    assert_eq!(std::fs::read_dir(directory.path()).expect("listing").count(), 0);
}

#[test]
fn a_broken_key_file_is_an_error_not_a_new_key() {
    let directory = tempfile::tempdir().expect("directory");
    std::fs::write(directory.path().join("wallet-key-1.pem"), "").expect("written");
    assert!(matches!(KeyRing::open(directory.path()), Err(KeyRingError::Key { .. })));
}

#[cfg(unix)]
#[test]
fn secret_files_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let directory = tempfile::tempdir().expect("directory");
    KeyRing::open(directory.path()).expect("ring");
    Sealer::from_file(&directory.path().join("master.key"), &SystemEntropy).expect("sealer");
    for entry in std::fs::read_dir(directory.path()).expect("listing") {
        let entry = entry.expect("entry");
        assert_eq!(entry.metadata().expect("metadata").permissions().mode() & 0o777, 0o600, "{:?}", entry.path());
    }
}

#[test]
fn a_sealed_secret_opens_for_its_context_only() {
    let sealer = Sealer::new(&[7; 32]);
    let sealed = sealer.seal("token/1", b"AT123", &SeededEntropy::new(1));
    assert!(sealed.starts_with("v1."));
    assert_eq!(sealer.open("token/1", &sealed).expect("opened"), b"AT123");
    assert!(matches!(sealer.open("token/2", &sealed), Err(SealError::Refused)));
    assert!(matches!(Sealer::new(&[8; 32]).open("token/1", &sealed), Err(SealError::Refused)));
}

#[test]
fn a_changed_or_foreign_text_is_refused() {
    let sealer = Sealer::new(&[7; 32]);
    let sealed = sealer.seal("c", b"", &SeededEntropy::new(1));
    let mut changed = sealed.clone().into_bytes();
    changed[4] ^= 1;
    assert!(sealer.open("c", &String::from_utf8(changed).expect("text")).is_err());
    for text in ["", "v1.", "v1.AAAA", "v2.AAAA", "v1.!"] {
        assert!(sealer.open("c", text).is_err(), "{text}");
    }
}

#[test]
fn the_master_key_file_is_made_once() {
    let directory = tempfile::tempdir().expect("directory");
    let path = directory.path().join("secrets").join("master.key");
    let sealed = Sealer::from_file(&path, &SystemEntropy).expect("sealer").seal("c", b"x", &SystemEntropy);
    assert_eq!(Sealer::from_file(&path, &SystemEntropy).expect("sealer").open("c", &sealed).expect("opened"), b"x");
    std::fs::write(&path, "short").expect("written");
    assert!(matches!(Sealer::from_file(&path, &SystemEntropy), Err(SealError::MasterKey)));
}
