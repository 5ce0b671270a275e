//! The wallet's certificate, for merchants of the Alipay surface who use certificates.

use crate::settings::GatewayRules;
use anyhow::Context as _;
use mithaq_crypto::{KeyRing, PrivateKey};
use mithaq_types::Timestamp;
use mithaq_web::{GatewayConfig, WalletCertificate};
use std::path::{Path, PathBuf};

/// The files that are made where there are none.
const FILES: [&str; 2] = ["wallet-certificate.pem", "wallet-root-certificate.pem"];

/// What the web is told, with the certificate read.
///
/// # Errors
/// When a file cannot be read, or its certificate is not for the key that signs.
pub(super) fn config(rules: &GatewayRules, keys: &KeyRing) -> anyhow::Result<GatewayConfig> {
    let (_, key) = keys.current();
    let certificate = match &rules.certificate {
        Some((own, root)) => {
            let read = WalletCertificate::read(&read(own)?, &read(root)?, &key.public());
            Some(read.with_context(|| format!("{} and {}", own.display(), root.display()))?)
        }
        None => None,
    };
    Ok(GatewayConfig { certificate, window: rules.window })
}

/// A certificate of `key` under a root of its own, in `folder`: the one that is there, if it is for this key.
///
/// # Errors
/// When it cannot be made or written.
pub fn make_certificate(
    folder: &Path,
    key: &PrivateKey,
    name: &str,
    (begin, end): (Timestamp, Timestamp),
) -> anyhow::Result<(PathBuf, PathBuf)> {
    let [own, root] = FILES.map(|name| folder.join(name));
    let known = std::fs::read_to_string(&own).ok().zip(std::fs::read_to_string(&root).ok());
    if known.is_some_and(|(own, root)| WalletCertificate::read(&own, &root, &key.public()).is_ok()) {
        return Ok((own, root));
    }
    let made = key.certify(name, begin, end)?;
    for (path, text) in [(&own, made.pem), (&root, made.root_pem)] {
        std::fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok((own, root))
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}
