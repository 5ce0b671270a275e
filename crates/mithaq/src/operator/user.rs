//! `mithaq user`: the people who have a wallet, and the money that comes in for them.

use super::pin::PinSource;
use super::{Common, desk, print, trouble, values, views};
use anyhow::ensure;
use clap::{Subcommand, ValueEnum};
use mithaq_domain::{Language, PersonName, Refusal, User, UserStatus};
use mithaq_types::{Currency, Money};
use mithaq_wallet::{Fault, NewUser, Wallet};
use serde_json::Value;
use std::process::ExitCode;

/// What to do.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Add a user; the PIN is read from standard input or --pin-file.
    Add(Add),
    /// List users, oldest first, at most 1,000; or find one.
    List {
        /// Only the user of this phone number.
        #[arg(long, value_parser = values::phone)]
        phone: Option<String>,
        #[command(flatten)]
        common: Common,
    },
    /// Stop a user's charges and signatures. Money may still come in.
    Freeze(OfUser),
    /// Let a user pay nothing (RISK_REJECT) until something is looked into. They may sign in and look, and money may
    /// still come in.
    Restrict(OfUser),
    /// Let a frozen or restricted user act again.
    Thaw(OfUser),
    /// Give a user another PIN and all their tries again; it is read from standard input or --pin-file.
    ResetPin {
        #[command(flatten)]
        pin: PinSource,
        #[command(flatten)]
        user: OfUser,
    },
    /// Give a user money that came in from outside, once for each reference.
    Deposit(Deposit),
}

#[derive(clap::Args)]
struct OfUser {
    /// The user's phone number.
    #[arg(value_parser = values::phone)]
    phone: String,
    #[command(flatten)]
    common: Common,
}

#[derive(clap::Args)]
struct Add {
    /// The phone number with country code, digits only: the log-in name.
    #[arg(long, value_parser = values::phone)]
    phone: String,
    /// The full name.
    #[arg(long, value_parser = values::name)]
    name: String,
    /// The full name in Arabic letters; as --name without it.
    #[arg(long, value_parser = values::name)]
    name_ar: Option<String>,
    /// What they read.
    #[arg(long, value_enum, default_value_t = Reads::ArIq)]
    language: Reads,
    /// Where e-mails go.
    #[arg(long)]
    email: Option<String>,
    #[command(flatten)]
    pin: PinSource,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, ValueEnum)]
enum Reads {
    #[value(name = "ar-IQ")]
    ArIq,
    #[value(name = "en-US")]
    EnUs,
}

#[derive(clap::Args)]
struct Deposit {
    /// The user's phone number.
    #[arg(value_parser = values::phone)]
    phone: String,
    /// How much, in minor units: 5000000 is 5,000 IQD.
    #[arg(long, value_name = "MINOR", value_parser = values::amount, allow_negative_numbers = true)]
    amount: i64,
    /// In which currency.
    #[arg(long, value_parser = values::currency)]
    currency: Currency,
    /// What it is called outside, such as the bank's number. The same reference is one deposit, however often it is run.
    #[arg(long, value_name = "TEXT", value_parser = values::reference)]
    reference: String,
    #[command(flatten)]
    common: Common,
}

/// Does it.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Add(new) => add(new)?,
        Action::List { phone, common } => list(phone, common)?,
        Action::Freeze(user) => set(user, UserStatus::Frozen)?,
        Action::Restrict(user) => set(user, UserStatus::Restricted)?,
        Action::Thaw(user) => set(user, UserStatus::Active)?,
        Action::ResetPin { pin, user } => reset_pin(&pin, user)?,
        Action::Deposit(new) => deposit(new)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn add(new: Add) -> anyhow::Result<()> {
    let (json, pin) = (new.common.json, new.pin.read()?);
    let person = |full: String| PersonName { full, ..PersonName::default() };
    let user = NewUser {
        user_id: None,
        phone: new.phone,
        name_ar: person(new.name_ar.unwrap_or_else(|| new.name.clone())),
        name: person(new.name),
        email: new.email,
        gender: None,
        birth_date: None,
        nationality: None,
        language: match new.language {
            Reads::ArIq => Language::ArIq,
            Reads::EnUs => Language::EnUs,
        },
        pin,
    };
    let phone = user.phone.clone();
    desk::open(new.common, async |desk| {
        let added = desk.wallet.add_user(user).await.map_err(|fault| explain(fault, &phone))?;
        show(desk, json, "Added", added).await
    })
}

fn list(phone: Option<String>, common: Common) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let users = match &phone {
            Some(phone) => vec![find(&desk.wallet, phone).await?],
            None => desk.wallet.reader().users().await.map_err(trouble::database)?,
        };
        let held = desk.wallet.holdings(users, &desk.rules.currencies).await;
        let held = held.map_err(|fault| trouble::fault(fault, ToString::to_string))?;
        let text: String = held.iter().map(views::user_line).collect();
        let text = if text.is_empty() { "There are no users yet.".to_owned() } else { text };
        print(json, &Value::Array(held.iter().map(views::user).collect()), &text);
        Ok(())
    })
}

fn set(OfUser { phone, common }: OfUser, status: UserStatus) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let user = find(&desk.wallet, &phone).await?;
        let set = desk.wallet.set_user(user.user_id.clone(), status).await;
        set.map_err(|fault| explain(fault, &phone))?;
        let word = match status {
            UserStatus::Frozen => "Frozen",
            UserStatus::Restricted => "Restricted",
            UserStatus::Active => "Thawed",
        };
        show(desk, json, word, User { status, ..user }).await
    })
}

fn reset_pin(pin: &PinSource, OfUser { phone, common }: OfUser) -> anyhow::Result<()> {
    let (json, pin) = (common.json, pin.read()?);
    desk::open(common, async |desk| {
        let user = find(&desk.wallet, &phone).await?;
        let reset = desk.wallet.reset_pin(user.user_id.clone(), pin).await;
        reset.map_err(|fault| explain(fault, &phone))?;
        show(desk, json, "New PIN for", find(&desk.wallet, &phone).await?).await
    })
}

fn deposit(new: Deposit) -> anyhow::Result<()> {
    let (json, phone, reference) = (new.common.json, new.phone, new.reference);
    let amount = Money::new(new.amount, new.currency);
    desk::open(new.common, async |desk| {
        let known: Vec<_> = desk.rules.currencies.iter().map(ToString::to_string).collect();
        ensure!(
            desk.rules.currencies.contains(&amount.currency),
            "this installation does not take {}; its currencies are {}",
            amount.currency,
            known.join(", ")
        );
        let user = find(&desk.wallet, &phone).await?;
        let made = desk.wallet.deposit(reference.clone(), user.user_id, amount).await;
        let made = made.map_err(|fault| match fault {
            Fault::Refused(Refusal::RequestInconsistent) => {
                anyhow::anyhow!("reference {reference:?} is that of another deposit; nothing was done")
            }
            Fault::Engine(_) => anyhow::anyhow!(
                "the database did not confirm it, so it may or may not be done: run the same command again, it is done once (MITHAQ_LOG=info tells why)"
            ),
            fault => explain(fault, &phone),
        })?;
        let (amount, balance) = (made.deposit.amount, made.deposit.balance);
        let text = if made.repeated {
            format!("{phone} had been given {amount} for {reference:?} before; nothing was done now.")
        } else {
            format!("{phone} was given {amount} and has {balance} now.")
        };
        print(json, &views::deposit(&made.deposit, &phone, made.repeated), &text);
        Ok(())
    })
}

async fn find(wallet: &Wallet, phone: &str) -> anyhow::Result<User> {
    wallet.user_by_phone(phone).await.map_err(|fault| explain(fault, phone))
}

async fn show(desk: &desk::Desk, json: bool, word: &str, user: User) -> anyhow::Result<()> {
    let held = desk.wallet.holdings(vec![user], &desk.rules.currencies).await;
    let held = held.map_err(|fault| trouble::fault(fault, ToString::to_string))?;
    for one in &held {
        print(json, &views::user(one), &format!("{word} {}", views::user_line(one)));
    }
    Ok(())
}

fn explain(fault: Fault, phone: &str) -> anyhow::Error {
    trouble::fault(fault, |refusal| match refusal {
        Refusal::Exists => format!("there is a user with the phone number {phone} already; nothing was done"),
        Refusal::UserUnknown => format!("there is no user with the phone number {phone}; see `mithaq user list`"),
        Refusal::AmountImpossible => "the balance would leave 64 bits; nothing was done".to_owned(),
        refusal => format!("refused: {refusal}"),
    })
}
