//! `mithaq client`: the clients that merchants call with, and their keys.

use super::{Common, desk, print, trouble, values, views};
use anyhow::ensure;
use clap::Subcommand;
use mithaq_domain::{AccountId, Client, Key, Merchant, Owner, Refusal, Row, Status};
use mithaq_types::{ClientId, MerchantId};
use mithaq_wallet::{Fault, NewApp, NewClient, Wallet};
use serde_json::Value;
use std::path::PathBuf;
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
    /// Add a client, with its merchant unless that exists.
    Add(Add),
    /// Give a client one more key. Calls that name no key version are held against the newest; the older keys stay valid.
    RotateKey {
        /// The client's id.
        client: String,
        /// The new RSA public key, in PEM.
        #[arg(long, value_name = "FILE")]
        public_key: PathBuf,
        #[command(flatten)]
        common: Common,
    },
    /// End the validity of a client's older key.
    RetireKey {
        /// The client's id.
        client: String,
        /// Which key; not the newest.
        #[arg(long, value_name = "NUMBER")]
        key_version: u32,
        #[command(flatten)]
        common: Common,
    },
    /// Refuse a client's calls from now on (INVALID_CLIENT_STATUS).
    Suspend(Standing),
    /// Let a suspended client act again.
    Resume(Standing),
    /// What a client's merchant has: posted, waiting to be folded in, and both together.
    Balance(OfClient),
    /// List every client.
    List {
        #[command(flatten)]
        common: Common,
    },
}

#[derive(clap::Args)]
struct OfClient {
    /// The client's id.
    client: String,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
struct Standing {
    /// The client's id.
    client: String,
    /// Not the client, but the merchant that it acts for: whether it is paid at all (PARTNER_STATUS_ABNORMAL).
    #[arg(long)]
    merchant: bool,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
struct Add {
    /// The merchant's name as users read it.
    #[arg(long, value_parser = values::name)]
    name: String,
    /// The same in Arabic.
    #[arg(long, value_parser = values::name)]
    name_ar: Option<String>,
    /// The merchant's id, of a new one or of one that exists; made here without it.
    #[arg(long, value_name = "ID", value_parser = values::id)]
    merchant_id: Option<String>,
    /// The id that the client will send; made here without it.
    #[arg(long, value_name = "ID", value_parser = values::id)]
    client_id: Option<String>,
    /// The client's RSA public key, in PEM.
    #[arg(long, value_name = "FILE")]
    public_key: PathBuf,
    /// What the wallet keeps of each payment, in ten-thousandths: 100 is 1 %.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=10_000))]
    fee_basis_points: Option<u32>,
    /// Users see that the operator has checked who the merchant is.
    #[arg(long)]
    verified: bool,
    /// Where the merchant's Mini Program starts; given again, further addresses whose origins its pages come from.
    #[arg(long, value_name = "URL", value_parser = values::app_url)]
    app_url: Vec<Url>,
    #[command(flatten)]
    common: Common,
}

/// Does it.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Add(new) => add(new)?,
        Action::RotateKey { client, public_key, common } => {
            let key = values::public_key(&public_key)?;
            change(client, common, "Key added", async |wallet, id| wallet.add_client_key(id, &key).await)?;
        }
        Action::RetireKey { client, key_version, common } => {
            let retire = async |wallet: &Wallet, id| wallet.retire_client_key(id, key_version).await;
            change(client, common, "Key retired", retire)?;
        }
        Action::Suspend(client) => stand(client, Status::Suspended, "Suspended")?,
        Action::Resume(client) => stand(client, Status::Active, "Resumed")?,
        Action::Balance(OfClient { client, common }) => balance(client, common)?,
        Action::List { common } => list(common)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn add(new: Add) -> anyhow::Result<()> {
    let (json, public_key) = (new.common.json, values::public_key(&new.public_key)?);
    let fee = new.fee_basis_points;
    let client = NewClient {
        merchant_id: new.merchant_id.map(MerchantId::new),
        client_id: new.client_id.map(ClientId::new),
        name: new.name,
        name_ar: new.name_ar,
        verified: new.verified,
        fee_basis_points: fee.unwrap_or(0),
        public_key,
        app: app(&new.app_url),
    };
    let name = client.client_id.as_ref().map_or_else(String::new, |id| format!(" {id}"));
    desk::open(new.common, async |desk| {
        let known = known_merchant(&desk.wallet, &client, fee).await?;
        let added = desk.wallet.add_client(client).await.map_err(|fault| match fault {
            Fault::Refused(Refusal::Exists) => anyhow::anyhow!("client{name} exists already; nothing was done"),
            fault => explain(fault, &name),
        })?;
        let (client, merchant) = (added.0, known.unwrap_or(added.1));
        let text = format!("Added {}", views::client_line(&client, &merchant));
        print(json, &views::client(&client, &merchant), &text);
        Ok(())
    })
}

/// The merchant, if it exists: then it stays as it is, and what the command says of it must agree.
async fn known_merchant(wallet: &Wallet, new: &NewClient, fee: Option<u32>) -> anyhow::Result<Option<Merchant>> {
    let Some(id) = new.merchant_id.clone() else { return Ok(None) };
    let found = wallet.merchant(id).await.map_err(|fault| explain(fault, ""))?;
    if let Some(merchant) = &found {
        let differs = merchant.name != new.name || fee.is_some_and(|fee| fee != merchant.fee_basis_points);
        ensure!(
            !differs,
            "merchant {} exists with the name {:?} and a fee of {} basis points; give the same, or another --merchant-id",
            merchant.merchant_id,
            merchant.name,
            merchant.fee_basis_points
        );
    }
    Ok(found)
}

fn app(urls: &[Url]) -> Option<NewApp> {
    let start_url = urls.first()?.to_string();
    let mut origins: Vec<String> = Vec::new();
    for origin in urls.iter().map(|url| url.origin().ascii_serialization()) {
        if !origins.contains(&origin) {
            origins.push(origin);
        }
    }
    Some(NewApp { start_url, origins })
}

fn stand(Standing { client, merchant, common }: Standing, status: Status, word: &str) -> anyhow::Result<()> {
    change(client, common, word, async |wallet, id| match merchant {
        true => wallet.set_merchant_status(id, status).await,
        false => wallet.set_client_status(id, status).await,
    })
}

fn change(
    client: String,
    common: Common,
    word: &str,
    work: impl AsyncFnOnce(&Wallet, ClientId) -> Result<Client, Fault>,
) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let name = format!(" {client}");
        let changed = work(&desk.wallet, ClientId::new(client)).await.map_err(|fault| explain(fault, &name))?;
        let merchant =
            desk.wallet.merchant(changed.merchant_id.clone()).await.map_err(|fault| explain(fault, &name))?;
        let merchant = merchant.ok_or_else(|| anyhow::anyhow!("client{name} has no merchant; run `mithaq verify`"))?;
        let text = format!("{word}: {}", views::client_line(&changed, &merchant));
        print(json, &views::client(&changed, &merchant), &text);
        Ok(())
    })
}

fn balance(client: String, common: Common) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let (reader, id) = (desk.wallet.reader(), ClientId::new(client));
        let found = reader.row(Key::Client(id.clone())).await.map_err(trouble::database)?;
        let Some(Row::Client(known)) = found else {
            return Err(explain(Fault::Refused(Refusal::ClientUnknown), &format!(" {id}")));
        };
        let mut lines = Vec::new();
        for currency in desk.rules.currencies.iter().copied() {
            let account = AccountId { owner: Owner::Merchant(known.merchant_id.clone()), currency };
            lines.extend(reader.account(&account).await.map_err(trouble::database)?);
        }
        let text: String = lines.iter().map(views::balance_line).collect();
        let text = if text.is_empty() { "Nothing was paid to it yet.\n".to_owned() } else { text };
        print(json, &Value::Array(lines.iter().map(views::balance).collect()), &text);
        Ok(())
    })
}

fn list(common: Common) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let clients = desk.wallet.reader().clients().await.map_err(trouble::database)?;
        let text: String = clients.iter().map(|(client, merchant)| views::client_line(client, merchant)).collect();
        let text = if text.is_empty() { "There are no clients yet.".to_owned() } else { text };
        let all = clients.iter().map(|(client, merchant)| views::client(client, merchant)).collect();
        print(json, &Value::Array(all), &text);
        Ok(())
    })
}

fn explain(fault: Fault, name: &str) -> anyhow::Error {
    trouble::fault(fault, |refusal| match refusal {
        Refusal::Exists => format!("client{name} has this key already; nothing was done"),
        Refusal::ClientUnknown => format!("there is no client{name}; see `mithaq client list`"),
        Refusal::KeyImpossible => format!("client{name} has no older key of that version; see `mithaq client list`"),
        refusal => format!("refused: {refusal}"),
    })
}
