//! A wallet with a merchant, a user, keys and a clock that stands still, and the job that delivers for it.

use mithaq_crypto::{KeyRing, PrivateKey, Sealer};
use mithaq_delivery::{Attempt, Delivery, Guard, Limits, Messenger, RecordingMessenger, Setup, run};
use mithaq_domain::{
    AgreementPay, Client, ClientKey, Command, DeliveryState, Evidence, Key, Language, Merchant, Outbox, PersonName,
    Policy, Product, RandomMint, Row, Status, Terms,
};
use mithaq_pages::Renderer;
use mithaq_store::{Database, Engine, Keeper, OutboxFilter, PostgresDatabase, Reader, Store, Surroundings};
use mithaq_types::{ClientId, Clock, Currency, ManualClock, MerchantId, Money, OutboxId, SeededEntropy, UserId};
use mithaq_wallet::{
    Alarm, Charge, NewUser, Pin, Setup as WalletSetup, SignRequest, Sources, Standing, Tokens, Wallet, keep_while,
};
use std::any::Any;
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// The wallet's key and the merchant's: made once, they are what takes time.
pub static KEYS: LazyLock<[PrivateKey; 2]> = LazyLock::new(|| [(); 2].map(|()| PrivateKey::generate().expect("a key")));

pub const CLIENT: &str = "2188000000000001";
/// A test that waits longer than this for something hangs.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct World {
    pub wallet: Wallet,
    pub clock: Arc<ManualClock>,
    pub alarm: Alarm,
    pub user_id: UserId,
    pub keeper: Keeper,
    pub standing: Standing,
    _database: Box<dyn Any>,
}

/// A running job, and what it tells of its attempts.
pub struct Job {
    task: JoinHandle<()>,
    attempts: mpsc::UnboundedReceiver<Attempt>,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|_| {}, Language::EnUs).await
    }

    pub async fn with(change: impl FnOnce(&mut Client), language: Language) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let database = Database::open(directory.path()).expect("a database");
        let (store, reader) = (database.store().expect("a writer"), database.reader().expect("a reader"));
        let standing = Standing::alone();
        let world = Self::over(1, (store, reader, database.keeper()), standing, Box::new((database, directory)));
        world.add_client(change).await;
        world.add_user(language).await;
        world
    }

    /// The first process on the empty PostgreSQL database at `url`.
    pub async fn first_on(url: &str) -> Self {
        let world = Self::process_on(url, 1);
        world.add_client(|_| {}).await;
        world.add_user(Language::EnUs).await;
        world
    }

    /// A second process on that database.
    pub fn second_on(url: &str) -> Self {
        Self::process_on(url, 101)
    }

    fn process_on(url: &str, seed: u64) -> Self {
        let database = PostgresDatabase::open(url).expect("a database");
        let (store, reader) = (database.store().expect("a writer"), database.reader().expect("a reader"));
        let keeper = database.keeper().expect("a keeper");
        Self::over(seed, (store, reader, keeper), Standing::among_others(), Box::new(database))
    }

    /// Every process draws from sources of its own.
    fn over(
        seed: u64,
        (store, reader, keeper): (impl Store, Reader, Keeper),
        standing: Standing,
        database: Box<dyn Any>,
    ) -> Self {
        let clock = Arc::new(ManualClock::at("2026-12-01T06:00:00Z".parse().expect("an instant")));
        let around = Surroundings {
            clock: Arc::<ManualClock>::clone(&clock),
            policy: Policy::default(),
            mint: Arc::new(RandomMint::new(SeededEntropy::new(seed))),
        };
        let (engine, _thread) = Engine::start(store, around).expect("a thread");
        let wallet = Wallet::new(WalletSetup {
            engine,
            reader,
            clock: Arc::<ManualClock>::clone(&clock),
            entropy: Arc::new(SeededEntropy::new(seed + 1)),
            policy: Policy::default(),
            sealer: Sealer::new(&[7; 32]),
            sources: Sources::none(),
        });
        let alarm = Alarm::new(Arc::<ManualClock>::clone(&clock));
        let user_id = UserId::new("2166100000000000000001");
        Self { wallet, clock, alarm, user_id, keeper, standing, _database: database }
    }

    /// Says that this process lives, and holds the lease if it can, until the alarm says stop, or the task is aborted: as
    /// a process is that is killed or stopped.
    pub fn keep(&self, life: Duration) -> JoinHandle<()> {
        let alarm = self.alarm.clone();
        let work = async move { alarm.stopped().await };
        tokio::spawn(keep_while(self.keeper.clone(), self.standing.clone(), life, work))
    }

    async fn add_client(&self, change: impl FnOnce(&mut Client)) {
        let merchant_id = MerchantId::new("M1");
        let merchant = Merchant {
            merchant_id: merchant_id.clone(),
            name: "Zaytoun Market".to_owned(),
            name_ar: None,
            verified: true,
            status: Status::Active,
            fee_basis_points: 100,
        };
        let key = ClientKey { version: 1, public_pem: KEYS[1].public().to_pem() };
        let mut client = Client {
            client_id: ClientId::new(CLIENT),
            merchant_id,
            status: Status::Active,
            agreement_pay: AgreementPay::Allowed,
            keys: vec![key],
            percent_signatures: false,
        };
        change(&mut client);
        let (merchant, client) = (Box::new(merchant), Box::new(client));
        self.wallet.submit(Command::AddClient { merchant, client, app: None }).await.expect("added");
    }

    async fn add_user(&self, language: Language) {
        let name = |full: &str| PersonName { full: full.to_owned(), ..PersonName::default() };
        let new = NewUser {
            user_id: Some(self.user_id.clone()),
            phone: "9647700000001".to_owned(),
            name: name("Sara Ali Hasan"),
            name_ar: name("سارة علي حسن"),
            email: Some("sara@example.com".to_owned()),
            gender: None,
            birth_date: None,
            nationality: None,
            language,
            pin: "111111".to_owned(),
        };
        self.wallet.add_user(new).await.expect("added");
        let amount = Money::whole(250_000, Currency::IQD).expect("fits");
        self.wallet.top_up(self.user_id.clone(), amount).await.expect("topped up");
    }

    /// A signed contract whose tokens the merchant holds.
    pub async fn contract(&self, status_notify_url: Option<String>) -> Tokens {
        let code = self.signed(status_notify_url).await;
        self.exchange(&code).await
    }

    /// The tokens for a code.
    pub async fn exchange(&self, code: &str) -> Tokens {
        self.wallet.exchange_code(ClientId::new(CLIENT), code, None).await.expect("exchanged")
    }

    /// A signed contract; its code.
    pub async fn signed(&self, status_notify_url: Option<String>) -> String {
        let client_id = ClientId::new(CLIENT);
        let terms = Terms {
            language: Language::EnUs,
            title: None,
            description: "Fresh Box".to_owned(),
            agreed_amount: None,
            start_date: None,
            status_notify_url,
            agreement: None,
        };
        let offer = self.wallet.prepare(client_id.clone(), None, terms).await.expect("prepared");
        let evidence = Evidence {
            page_text: "page".to_owned(),
            page_hash: String::new(),
            merchant_name: "Zaytoun Market".to_owned(),
        };
        let sign = SignRequest {
            auth_id: offer.auth_id,
            client_id,
            user_id: self.user_id.clone(),
            sub_client_id: None,
            pin: Pin::NotAsked,
            evidence,
            monthly_ceiling: None,
            page: None,
        };
        self.wallet.sign(sign).await.expect("signed").code
    }

    /// Charges whole dinars. Answers with the delivery that tells `notify_url` so.
    pub async fn charge(&self, tokens: &Tokens, request_id: &str, whole: i64, notify_url: &str) -> OutboxId {
        let charge = Charge {
            client_id: ClientId::new(CLIENT),
            request_id: request_id.to_owned(),
            product: Product::Agreement,
            access_token: tokens.access.clone(),
            buyer: None,
            amount: Money::whole(whole, Currency::IQD).expect("fits"),
            description: "Fresh Box".to_owned(),
            notify_url: Some(notify_url.to_owned()),
        };
        let payment = self.wallet.pay(charge).await.expect("decided");
        let about = self.wallet.reader().outbox(OutboxFilter::Payment(payment.payment_id)).await.expect("readable");
        about.into_iter().find(|row| row.target == notify_url).expect("a notice").outbox_id
    }

    pub async fn row(&self, outbox_id: &OutboxId) -> Outbox {
        match self.wallet.row(Key::Outbox(outbox_id.clone())).await {
            Ok(Some(Row::Outbox(row))) => *row,
            other => panic!("no row: {other:?}"),
        }
    }

    pub fn advance(&self, minutes: i64) {
        self.clock.set(self.clock.now() + jiff::SignedDuration::from_mins(minutes));
        self.alarm.clock_moved();
    }

    /// Starts the job with a messenger that records, under the sandbox's rules.
    pub fn deliver(&self) -> Job {
        let messenger = RecordingMessenger::new(self.wallet.engine().clone());
        self.deliver_by(Guard::sandbox(), Limits::default(), Arc::new(messenger))
    }

    pub fn deliver_within(&self, timeout: Duration) -> Job {
        let messenger = RecordingMessenger::new(self.wallet.engine().clone());
        self.deliver_by(Guard::sandbox(), Limits { timeout, ..Limits::default() }, Arc::new(messenger))
    }

    pub fn deliver_by(&self, guard: Guard, limits: Limits, messenger: Arc<dyn Messenger>) -> Job {
        let (told, attempts) = mpsc::unbounded_channel();
        let delivery = Delivery::new(Setup {
            wallet: self.wallet.clone(),
            keys: Arc::new(ring()),
            pages: Arc::new(Renderer::new().expect("readable")),
            guard,
            messenger,
            standing: self.standing.clone(),
            limits,
            on_attempt: Some(Arc::new(move |attempt| {
                let _ = told.send(attempt);
            })),
        });
        let task = tokio::spawn(run(delivery.expect("a client"), self.alarm.clone()));
        Job { task, attempts }
    }
}

impl Job {
    /// The next attempt at `outbox_id`, whatever else is attempted meanwhile.
    pub async fn attempt(&mut self, outbox_id: &OutboxId) -> Attempt {
        self.attempt_where(|attempt| attempt.row.outbox_id == *outbox_id).await
    }

    pub async fn attempt_where(&mut self, fits: impl Fn(&Attempt) -> bool) -> Attempt {
        let found = async {
            loop {
                let attempt = self.attempts.recv().await.expect("the job lives");
                if fits(&attempt) {
                    return attempt;
                }
            }
        };
        tokio::time::timeout(PATIENCE, found).await.expect("an attempt in time")
    }

    /// Takes the job away as a crash would.
    pub async fn kill(self) {
        self.task.abort();
        let _ = self.task.await;
    }

    pub async fn ended(self) {
        tokio::time::timeout(PATIENCE, self.task).await.expect("ends in time").expect("does not panic");
    }
}

/// The wallet's keys.
pub fn ring() -> KeyRing {
    KeyRing::single(KEYS[0].clone())
}

pub fn is_delivered(attempt: &Attempt) -> bool {
    attempt.row.state == DeliveryState::Delivered
}
