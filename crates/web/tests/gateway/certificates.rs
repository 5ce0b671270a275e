//! Certificate mode (spec/alipay-agreement.md 1.8).

use super::caller::{APP, Reply, Request, add_app, merchant_key};
use crate::support::{CLIENT, MERCHANT_KEY, WALLET_KEY, World};
use jiff::SignedDuration;
use mithaq_alipay::{Certificate, root_number};
use mithaq_crypto::Certified;
use mithaq_domain::GatewayKey;
use mithaq_types::Timestamp;
use mithaq_web::{GatewayConfig, WalletCertificate, WalletCertificateError};
use std::sync::LazyLock;

const NONE: &str = "40004 USER_AGREEMENT_NOT_EXIST";

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// The wallet's own.
static WALLET: LazyLock<Certified> = LazyLock::new(|| {
    WALLET_KEY.certify("Test Wallet", time("2026-01-01T00:00:00Z"), time("2099-01-01T00:00:00Z")).expect("made")
});
/// The merchant's.
static OWN: LazyLock<Certified> = LazyLock::new(|| {
    MERCHANT_KEY.certify("Test Shop", time("2026-01-01T00:00:00Z"), time("2099-01-01T00:00:00Z")).expect("made")
});

fn wallet_certificate() -> WalletCertificate {
    WalletCertificate::read(&WALLET.pem, &WALLET.root_pem, &WALLET_KEY.public()).expect("the wallet's")
}

/// A wallet with a certificate, and an app that uses them.
async fn world() -> World {
    let world = World::with_gateway(GatewayConfig { certificate: Some(wallet_certificate()), window: None }).await;
    let key = GatewayKey::Certificate { app_pem: OWN.pem.clone(), root_pem: WALLET.root_pem.clone() };
    add_app(&world, APP, CLIENT, Some(key)).await;
    world
}

fn numbered(world: &World) -> Request {
    Request::plain(world)
        .with("app_cert_sn", Certificate::read(&OWN.pem).expect("reads").number)
        .with("alipay_root_cert_sn", root_number(&WALLET.root_pem).expect("a root"))
}

#[tokio::test]
async fn an_answer_names_the_wallets_certificate_between_object_and_signature() {
    let world = world().await;
    let reply = numbered(&world).send(&world).await.signed();
    assert_eq!(reply.result(), NONE);
    let number = Certificate::read(&WALLET.pem).expect("reads").number;
    assert_eq!(reply.certificate.as_deref(), Some(number.as_str()));
    let tail = format!("}},\"alipay_cert_sn\":\"{number}\",\"sign\":\"");
    assert!(reply.answer.text.contains(&tail), "{}", reply.answer.text);
    let key = mithaq_crypto::PublicKey::from_pem(&Certificate::read(&WALLET.pem).expect("reads").public_key);
    assert_eq!(key, Ok(WALLET_KEY.public()), "the key in it is what the answer verifies with");
}

#[tokio::test]
async fn an_app_with_a_certificate_must_send_both_numbers_and_the_right_ones() {
    let world = world().await;
    for (request, result) in [
        (numbered(&world).without("app_cert_sn"), "40002 isv.missing-app-cert-sn"),
        (numbered(&world).without("alipay_root_cert_sn"), "40002 isv.missing-alipay-root-cert-sn"),
        (numbered(&world).with("app_cert_sn", "0".repeat(32)), "40002 isv.app-cert-not-exist"),
        (numbered(&world).with("alipay_root_cert_sn", "0".repeat(32)), "40002 isv.invalid-alipay-root-cert-sn"),
        (numbered(&world).tampered("extra", Some("1")), "40002 isv.invalid-signature"),
        (numbered(&world).signed_by(&WALLET_KEY), "40002 isv.invalid-signature"),
    ] {
        let reply = request.send(&world).await.signed();
        assert_eq!(reply.result(), result);
        assert!(reply.certificate.is_some(), "refusals name it too");
    }
}

#[tokio::test]
async fn keys_and_certificates_exclude_each_other() {
    let world = world().await;
    add_app(&world, APP, CLIENT, Some(merchant_key())).await;
    assert_eq!(numbered(&world).result(&world).await, "40002 isv.app-cert-not-exist");
    let reply: Reply = Request::plain(&world).send(&world).await.signed();
    assert_eq!((reply.result().as_str(), reply.certificate), (NONE, None));
}

#[tokio::test]
async fn a_certificate_that_has_run_out_or_not_begun_is_refused() {
    let world = world().await;
    world.clock.set(time("2099-01-02T00:00:00Z"));
    assert_eq!(numbered(&world).result(&world).await, "40002 isv.app-cert-expired");
    world.clock.set(time("2025-12-31T00:00:00Z") - SignedDuration::from_hours(1));
    assert_eq!(numbered(&world).result(&world).await, "40002 isv.app-cert-expired");
}

#[tokio::test]
async fn a_wallet_without_a_certificate_takes_no_certificates() {
    let world = World::production().await;
    let key = GatewayKey::Certificate { app_pem: OWN.pem.clone(), root_pem: WALLET.root_pem.clone() };
    add_app(&world, APP, CLIENT, Some(key)).await;
    assert_eq!(numbered(&world).result(&world).await, "40002 isv.alipay-cert-not-exist");
}

#[test]
fn only_a_certificate_of_the_signing_key_can_be_the_wallets() {
    let read = |pem: &str, root: &str| WalletCertificate::read(pem, root, &WALLET_KEY.public());
    assert!(read(&WALLET.pem, &WALLET.root_pem).is_ok());
    assert_eq!(read(&OWN.pem, &OWN.root_pem), Err(WalletCertificateError::OtherKey));
    assert!(matches!(read("", &WALLET.root_pem), Err(WalletCertificateError::Own(_))));
    assert!(matches!(read(&WALLET.pem, ""), Err(WalletCertificateError::Root(_))));
}
