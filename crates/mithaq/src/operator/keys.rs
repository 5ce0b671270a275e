//! `mithaq keys`: the wallet's own signing keys. The folder is the same for all processes of an installation; they read it
//! when they start.

use super::{Common, print, values};
use crate::house::make_certificate;
use anyhow::Context as _;
use clap::Subcommand;
use jiff::SignedDuration;
use mithaq_crypto::{KeyRing, PrivateKey, Sealer, SystemEntropy};
use mithaq_types::{Clock as _, SystemClock};
use serde_json::{Value, json};
use std::path::Path;
use std::process::ExitCode;

/// What to do.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// List the keys: which one signs, which are kept, which is prepared.
    List {
        #[command(flatten)]
        common: Common,
    },
    /// Make the next key, or take the prepared one, and sign with it. In an empty folder: make the first key and the
    /// master key. Running processes go on with the old key until they are restarted.
    Rotate {
        /// Only make the next key, so that its public half can be handed to merchants before it signs.
        #[arg(long)]
        prepare: bool,
        #[command(flatten)]
        common: Common,
    },
    /// Make a certificate of the key that signs, under a root of its own, for apps of the Alipay surface that use
    /// certificates. Who has a certification authority lets that make it, and names both files in [gateway].
    Certify {
        /// Whose certificate it is: the operator's name.
        #[arg(long, value_parser = values::name)]
        name: String,
        /// For how many years.
        #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(i64).range(1..=30))]
        years: i64,
        #[command(flatten)]
        common: Common,
    },
    /// Print a public key in PEM, for merchants.
    Export {
        /// Which; without it the one that signs.
        #[arg(long, value_name = "NUMBER")]
        key_version: Option<u32>,
        #[command(flatten)]
        common: Common,
    },
}

/// Does it.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::List { common } => list(common)?,
        Action::Rotate { prepare: true, common } => prepare(common)?,
        Action::Rotate { prepare: false, common } => rotate(common)?,
        Action::Certify { name, years, common } => certify(&name, years, common)?,
        Action::Export { key_version, common } => export(key_version, common)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// A key and where it stands.
struct Known {
    version: u32,
    state: &'static str,
    key: PrivateKey,
}

impl Known {
    fn json(&self) -> Value {
        json!({"version": self.version, "state": self.state, "fingerprint": self.key.public().fingerprint()})
    }

    fn line(&self) -> String {
        format!("{}  {}  {}\n", self.version, self.state, self.key.public().fingerprint())
    }
}

fn list(common: Common) -> anyhow::Result<()> {
    let (json, folder) = (common.json, common.place.read()?.keys()?);
    let all = known(&folder)?;
    let text: String = all.iter().map(Known::line).collect();
    print(json, &Value::Array(all.iter().map(Known::json).collect()), &text);
    Ok(())
}

fn prepare(common: Common) -> anyhow::Result<()> {
    let (json, folder) = (common.json, common.place.read()?.keys()?);
    let (version, key) = existing(&folder)?.prepare(&folder)?;
    let made = Known { version, state: "PREPARED", key };
    let text = format!(
        "Key {version} is prepared. Hand it to the merchants (`mithaq keys export --key-version {version}`), then run `mithaq keys rotate`."
    );
    print(json, &made.json(), &text);
    Ok(())
}

fn rotate(common: Common) -> anyhow::Result<()> {
    let (json, folder) = (common.json, common.place.read()?.keys()?);
    let is_first = !folder.exists() || KeyRing::load(&folder)?.is_none();
    let mut ring = KeyRing::open(&folder)?;
    if is_first {
        Sealer::from_file(&folder.join("master.key"), &SystemEntropy).with_context(|| place(&folder))?;
    } else {
        ring.rotate(&folder)?;
    }
    let (version, key) = ring.current();
    let made = Known { version, state: "SIGNING", key: key.clone() };
    let text = if is_first {
        format!(
            "Made key {version} and the master key in {}. Keep a copy of this folder, apart from the database's.",
            place(&folder)
        )
    } else {
        format!("Key {version} signs in every process that starts from now on; restart them one after the other.")
    };
    print(json, &made.json(), &text);
    Ok(())
}

fn certify(name: &str, years: i64, common: Common) -> anyhow::Result<()> {
    let (json, folder) = (common.json, common.place.read()?.keys()?);
    let ring = existing(&folder)?;
    let begin = SystemClock.now();
    let end = begin.checked_add(SignedDuration::from_hours(years * 365 * 24))?;
    let (own, root) = make_certificate(&folder, ring.current().1, name, (begin, end))?;
    let text = format!(
        "The certificate is in {}, its root in {}. Hand both to the merchants, and name them in the configuration:\n\
         [gateway]\ncertificate = {own:?}\nroot_certificate = {root:?}",
        own.display(),
        root.display()
    );
    print(json, &json!({"certificate": own, "rootCertificate": root}), &text);
    Ok(())
}

fn export(version: Option<u32>, common: Common) -> anyhow::Result<()> {
    let (json, folder) = (common.json, common.place.read()?.keys()?);
    let all = known(&folder)?;
    let wanted = all.iter().find(|known| version.map_or(known.state == "SIGNING", |version| known.version == version));
    let found =
        wanted.with_context(|| format!("{} holds no key of that version; see `mithaq keys list`", place(&folder)))?;
    let pem = found.key.public().to_pem();
    let mut document = found.json();
    document["publicKeyPem"] = Value::String(pem.clone());
    print(json, &document, &pem);
    Ok(())
}

/// Every key, lowest version first; what is prepared comes last.
fn known(folder: &Path) -> anyhow::Result<Vec<Known>> {
    let ring = existing(folder)?;
    let (current, _) = ring.current();
    let state = |version| if version == current { "SIGNING" } else { "KEPT" };
    let found = |version| Some(Known { version, state: state(version), key: ring.get(version)?.clone() });
    let mut all: Vec<_> = ring.versions().filter_map(found).collect();
    all.extend(ring.prepared(folder)?.map(|(version, key)| Known { version, state: "PREPARED", key }));
    Ok(all)
}

/// The keys in `folder`. A folder without any is more often a wrong path than a new installation: none is made.
fn existing(folder: &Path) -> anyhow::Result<KeyRing> {
    let ring = if folder.is_dir() { KeyRing::load(folder)? } else { None };
    let absent = "holds no signing key; check --keys, or run `mithaq keys rotate` to make the first one";
    ring.with_context(|| format!("{} {absent}", place(folder)))
}

fn place(folder: &Path) -> String {
    folder.display().to_string()
}
