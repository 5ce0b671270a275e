//! `mithaq gateway-app`: what an `app_id` of the Alipay surface stands for.

use super::{Common, desk, print, trouble, values, views};
use anyhow::{Context as _, ensure};
use clap::Subcommand;
use mithaq_domain::{GatewayApp, GatewayKey, Refusal};
use mithaq_types::{ClientId, Currency, GatewayAppId};
use mithaq_wallet::{Fault, Wallet};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use url::Url;

/// What to do.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Add an app of a client.
    Add(Add),
    /// Change an app; what is not named stays as it is.
    Change(Change),
    /// List every app.
    List {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args)]
struct Add {
    /// The client whose app it is: its agreements and payments are that client's.
    #[arg(long, value_name = "ID", value_parser = values::id)]
    client: String,
    /// The number that the merchant will send; made here without it.
    #[arg(long, value_name = "DIGITS", value_parser = values::app_id)]
    app_id: Option<String>,
    #[command(flatten)]
    key: KeyFiles,
    /// Where it hears of agreements that name no address of their own.
    #[arg(long, value_name = "URL", value_parser = values::app_url)]
    gateway_url: Option<Url>,
    /// It may sign with SHA-1 (sign_type RSA), also with a key of 1024 bits. For old software only.
    #[arg(long)]
    allow_sha1: bool,
    /// The wallet makes the deductions of its plans, because the merchant asked for it.
    #[arg(long)]
    wallet_deducts: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
struct Change {
    /// The app's number.
    app_id: String,
    #[command(flatten)]
    key: KeyFiles,
    /// Where it hears of agreements that name no address of their own; an empty text takes the address away.
    #[arg(long, value_name = "URL", value_parser = values::app_url_or_none)]
    gateway_url: Option<values::UrlOrNone>,
    /// Whether it may sign with SHA-1.
    #[arg(long, value_name = "true|false")]
    allow_sha1: Option<bool>,
    /// Whether the wallet makes the deductions of plans that are signed from now on.
    #[arg(long, value_name = "true|false")]
    wallet_deducts: Option<bool>,
    #[command(flatten)]
    common: Common,
}

/// How it signs: a plain key, or a certificate.
#[derive(clap::Args)]
struct KeyFiles {
    /// The app's RSA public key, in PEM.
    #[arg(long, value_name = "FILE", conflicts_with = "certificate")]
    public_key: Option<PathBuf>,
    /// The app's certificate, in PEM.
    #[arg(long, value_name = "FILE")]
    certificate: Option<PathBuf>,
    /// The root that the app names in its calls, in PEM; without it the wallet's own (root_certificate in [gateway]).
    #[arg(long, value_name = "FILE", requires = "certificate")]
    root_certificate: Option<PathBuf>,
}

impl KeyFiles {
    fn read(&self, own_root: Option<&Path>) -> anyhow::Result<Option<GatewayKey>> {
        let text = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
        if let Some(path) = &self.public_key {
            return Ok(Some(GatewayKey::Public { public_pem: text(path)? }));
        }
        let Some(certificate) = &self.certificate else { return Ok(None) };
        let root = self.root_certificate.as_deref().or(own_root);
        let root = root.context("give --root-certificate too, or set root_certificate in [gateway]")?;
        Ok(Some(GatewayKey::Certificate { app_pem: text(certificate)?, root_pem: text(root)? }))
    }
}

/// Does it.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Add(new) => add(new)?,
        Action::Change(change) => self::change(change)?,
        Action::List { common } => list(common)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn add(new: Add) -> anyhow::Result<()> {
    let json = new.common.json;
    desk::open(new.common, async |desk| {
        let own_root = desk.rules.gateway.certificate.as_ref().map(|(_, root)| root.as_path());
        let made = || format!("2021{:012}", desk.wallet.entropy().number() % 1_000_000_000_000);
        let app = GatewayApp {
            app_id: GatewayAppId::new(new.app_id.unwrap_or_else(made)),
            client_id: ClientId::new(new.client),
            key: new.key.read(own_root)?,
            may_use_sha1: new.allow_sha1,
            gateway_url: new.gateway_url.map(String::from),
            wallet_deducts: new.wallet_deducts,
        };
        let known = known(&desk.wallet, &app.app_id).await?;
        ensure!(known.is_none(), "app {} exists already; nothing was done", app.app_id);
        put(&desk.wallet, &app).await?;
        print(json, &views::gateway_app(&app), &format!("Added {}", views::gateway_app_line(&app)));
        if !json && !desk.rules.currencies.contains(&Currency::CNY) {
            eprintln!(
                "This surface is in yuan, and no user can be given any: add CNY to `currencies` in the settings \
                 (docs/operating.md)."
            );
        }
        Ok(())
    })
}

fn change(change: Change) -> anyhow::Result<()> {
    let json = change.common.json;
    desk::open(change.common, async |desk| {
        let own_root = desk.rules.gateway.certificate.as_ref().map(|(_, root)| root.as_path());
        let app_id = GatewayAppId::new(change.app_id);
        let known = known(&desk.wallet, &app_id).await?;
        let known = known.with_context(|| format!("there is no app {app_id}; see `mithaq gateway-app list`"))?;
        let app = GatewayApp {
            key: change.key.read(own_root)?.or(known.key),
            may_use_sha1: change.allow_sha1.unwrap_or(known.may_use_sha1),
            gateway_url: change.gateway_url.map_or(known.gateway_url, |url| url.0.map(String::from)),
            wallet_deducts: change.wallet_deducts.unwrap_or(known.wallet_deducts),
            ..known
        };
        put(&desk.wallet, &app).await?;
        print(json, &views::gateway_app(&app), &format!("Changed {}", views::gateway_app_line(&app)));
        Ok(())
    })
}

fn list(common: Common) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let apps = desk.wallet.reader().gateway_apps().await.map_err(trouble::database)?;
        let text: String = apps.iter().map(views::gateway_app_line).collect();
        let text = if text.is_empty() { "There are no apps yet.".to_owned() } else { text };
        print(json, &Value::Array(apps.iter().map(views::gateway_app).collect()), &text);
        Ok(())
    })
}

async fn known(wallet: &Wallet, app_id: &GatewayAppId) -> anyhow::Result<Option<GatewayApp>> {
    wallet.gateway_app(app_id).await.map_err(|fault| explain(fault, app_id))
}

async fn put(wallet: &Wallet, app: &GatewayApp) -> anyhow::Result<()> {
    mithaq_web::check_app(app)?;
    wallet.put_gateway_app(app.clone()).await.map_err(|fault| explain(fault, &app.app_id))
}

fn explain(fault: Fault, app_id: &GatewayAppId) -> anyhow::Error {
    trouble::fault(fault, |refusal| match refusal {
        Refusal::ClientUnknown => "there is no such client; see `mithaq client list`".to_owned(),
        Refusal::Exists => format!("app {app_id} is another client's; nothing was done"),
        refusal => format!("refused: {refusal}"),
    })
}
