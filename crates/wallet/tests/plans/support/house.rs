//! A wallet, its database, and a clock that stands still until it is moved.

use super::deals::user_id;
use jiff::civil::Date;
use mithaq_cluster::Cluster;
use mithaq_crypto::{Sealer, SystemEntropy};
use mithaq_domain::{AccountId, Command, Done, GatewayNews, Key, OutboxKind, Policy, RandomMint, UserNews};
use mithaq_store::{ContractView, Database, Engine, Keeper, OutboxFilter, PostgresDatabase, Surroundings};
use mithaq_types::{ContractId, Currency, ManualClock, Timestamp};
use mithaq_wallet::{PlansRun, Setup, Sources, Wallet, run_due_plans};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// When every story begins: a Thursday in Baghdad, in the morning.
const BEGIN: &str = "2026-01-15T10:00:00+03:00";

/// Where a database is.
#[derive(Clone)]
pub enum Place {
    /// In a folder of this test's, which is removed with the last of these.
    Sqlite(Arc<TempDir>),
    /// In a folder of somebody else's.
    Folder(PathBuf),
    /// On a server.
    Postgres(String),
}

impl Place {
    /// A folder of its own.
    pub fn sqlite() -> Self {
        Self::Sqlite(Arc::new(tempfile::tempdir().expect("a folder")))
    }

    /// A database on the server that the tests share, if there is one.
    pub async fn postgres() -> Option<Self> {
        Some(Self::Postgres(Cluster::shared()?.database().await))
    }
}

/// Keeps a database open.
enum Ground {
    Sqlite(Database),
    Postgres(Box<PostgresDatabase>),
}

/// One process's wallet.
pub struct House {
    /// The use cases.
    pub wallet: Wallet,
    /// The clock.
    pub clock: Arc<ManualClock>,
    place: Place,
    ground: Ground,
}

impl House {
    /// Opens it where nothing may be yet.
    pub fn open(place: &Place) -> Self {
        Self::with(place, Arc::new(ManualClock::at(BEGIN.parse().expect("an instant"))))
    }

    /// One more process on the same database, by the same clock.
    pub fn another(&self) -> Self {
        Self::with(&self.place, Arc::clone(&self.clock))
    }

    fn with(place: &Place, clock: Arc<ManualClock>) -> Self {
        let ground = match place {
            Place::Sqlite(folder) => Ground::Sqlite(Database::open(folder.path()).expect("opens")),
            Place::Folder(folder) => Ground::Sqlite(Database::open(folder).expect("opens")),
            Place::Postgres(url) => Ground::Postgres(Box::new(PostgresDatabase::open(url).expect("opens"))),
        };
        let (policy, mint) = (Policy::default(), Arc::new(RandomMint::new(SystemEntropy)));
        let around = Surroundings { clock: Arc::<ManualClock>::clone(&clock), policy: policy.clone(), mint };
        let (engine, reader) = match &ground {
            Ground::Sqlite(database) => {
                let (engine, _) = Engine::start(database.store().expect("a writer"), around).expect("a thread");
                (engine, database.reader().expect("readers"))
            }
            Ground::Postgres(database) => {
                let lanes = vec![database.store().expect("a writer"), database.store().expect("a writer")];
                let (engine, _) = Engine::start_lanes(lanes, around).expect("threads");
                (engine, database.reader().expect("readers"))
            }
        };
        let wallet = Wallet::new(Setup {
            reader,
            engine,
            clock: Arc::<ManualClock>::clone(&clock),
            entropy: Arc::new(SystemEntropy),
            policy,
            sealer: Sealer::new(&[7; 32]),
            sources: Sources::none(),
        });
        Self { wallet, clock, place: place.clone(), ground }
    }

    /// This process among those that share the database.
    pub fn keeper(&self) -> Keeper {
        match &self.ground {
            Ground::Sqlite(database) => database.keeper(),
            Ground::Postgres(database) => database.keeper().expect("a reactor"),
        }
    }

    /// Submits a command that must succeed.
    pub async fn done(&self, command: Command) -> Done {
        self.wallet.submit(command).await.expect("done")
    }

    /// It is `at`, whatever happened before.
    pub fn jump(&self, at: &str) {
        self.clock.set(at.parse().expect("an instant"));
    }

    /// Does what is due now.
    pub async fn run(&self) -> PlansRun {
        run_due_plans(&self.wallet, self.wallet.now(), || true).await.expect("no trouble")
    }

    /// Lives until `at`, doing what is due when it is due.
    pub async fn live_until(&self, at: &str) -> PlansRun {
        let (until, mut sum) = (at.parse::<Timestamp>().expect("an instant"), PlansRun::default());
        while let Some(due) = self.wallet.reader().next_plan_due().await.expect("readable") {
            if due > until {
                break;
            }
            self.clock.set(due.max(self.wallet.now()));
            let run = self.run().await;
            let next = self.wallet.reader().next_plan_due().await.expect("readable");
            assert!(next.is_none_or(|next| next > due), "what is due is done");
            sum.announced += run.announced;
            sum.paid += run.paid;
            sum.failed += run.failed;
        }
        self.clock.set(until);
        sum
    }

    /// What is due next, in Baghdad.
    pub async fn next(&self) -> Option<String> {
        let due = self.wallet.reader().next_plan_due().await.expect("readable")?;
        Some(due.to_zoned(self.wallet.policy().zone.clone()).strftime("%Y-%m-%d %H:%M").to_string())
    }

    /// An agreement and how it stands.
    pub async fn agreement(&self, id: &ContractId) -> ContractView {
        self.wallet.reader().contract(id.clone()).await.expect("readable").expect("is there")
    }

    /// The yuan of a user, in fen.
    pub async fn fen(&self, user: usize) -> i64 {
        let account = AccountId::user(user_id(user), Currency::parse("CNY").expect("known"));
        let key = Key::Account(account.clone());
        self.wallet.reader().rows(vec![key]).await.expect("readable").balance_of(&account).balance
    }

    /// What a user was told of deductions, oldest first, in few words.
    pub async fn told(&self, user: usize) -> Vec<String> {
        let messages = self.wallet.reader().inbox(Some(user_id(user))).await.expect("readable");
        let words = |news: &UserNews| match news {
            UserNews::ChargeComing { amount, on, .. } => Some(format!("coming: {} on {on}", amount.minor)),
            UserNews::Charged { amount, .. } => Some(format!("charged: {}", amount.minor)),
            UserNews::ChargeRefused { balance_short, again_on, .. } => {
                Some(format!("refused: {}, {}", if *balance_short { "no money" } else { "limit" }, again(*again_on)))
            }
            _ => None,
        };
        messages.iter().rev().filter_map(|message| words(&message.news)).collect()
    }

    /// What the merchant is told of deductions, oldest first, in few words.
    pub async fn noticed(&self) -> Vec<String> {
        let rows = self.wallet.reader().outbox(OutboxFilter::Newest).await.expect("readable");
        let words = |kind: &OutboxKind| match kind {
            OutboxKind::GatewayNotice { news: GatewayNews::Trade { refund: None, .. }, .. } => Some("paid".to_owned()),
            OutboxKind::GatewayNotice {
                news: GatewayNews::DeductionFailed { number, planned, reason, again_on, .. },
                ..
            } => Some(format!("{number} of {planned} failed: {reason:?}, {}", again(*again_on))),
            _ => None,
        };
        rows.iter().rev().filter_map(|row| words(&row.kind)).collect()
    }

    /// The ledger holds.
    pub async fn verified(&self) {
        let report = self.wallet.reader().verify().await.expect("readable");
        assert!(report.ok(), "{report:#?}");
    }
}

fn again(on: Option<Date>) -> String {
    on.map_or_else(|| "left out".to_owned(), |day| format!("again on {day}"))
}
