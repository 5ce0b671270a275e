//! A wallet over a fresh database, served on a free port, with a clock that can be moved.

use super::merchant::MERCHANT_KEY;
use super::people::{OMAR, SARA};
use jiff::SignedDuration;
use mithaq_crypto::{KeyRing, PrivateKey, Sealer, SystemEntropy};
use mithaq_domain::{
    AgreementPay, App as MiniProgram, Client, ClientKey, Command, Language, Merchant, Policy, RandomMint, Status, Terms,
};
use mithaq_pages::Renderer;
use mithaq_store::{Database, Engine, Surroundings};
use mithaq_types::{AppId, ClientId, Clock, Currency, MerchantId, Money, ShiftedClock, UserId};
use mithaq_wallet::{Alarm, Setup, SimulatedBank, SimulatedIssuer, Sources, Wallet};
use mithaq_web::calls::CallLog;
use mithaq_web::{App, Config, Directory, GatewayConfig, Sandbox, Shared, SignPool, SignStrLever, TradePayRoute};
use std::sync::{Arc, LazyLock};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// Keys are slow to make: one for all tests.
pub static WALLET_KEY: LazyLock<PrivateKey> = LazyLock::new(|| PrivateKey::generate().expect("a key"));

/// The client of [`APP`]; verified, with an Arabic name.
pub const CLIENT: &str = "2188000000000001";
/// Another merchant's.
pub const OTHER_CLIENT: &str = "2188000000000002";
/// A Mini Program of [`CLIENT`].
pub const APP: &str = "shop";

/// A running wallet.
pub struct World {
    pub app: App,
    /// Where it is reached, `http://localhost:…`. Its own origin too, save where a test says otherwise.
    pub origin: String,
    pub clock: Arc<ShiftedClock>,
    _database: Database,
    _directory: TempDir,
}

impl World {
    /// As `mithaq dev` runs it.
    pub async fn sandbox() -> Self {
        Self::start(true, None, GatewayConfig::default()).await
    }

    /// Without a sandbox. The clock can be moved all the same.
    pub async fn production() -> Self {
        Self::start(false, None, GatewayConfig::default()).await
    }

    /// Without a sandbox, under the name that the world knows it by.
    pub async fn known_as(wallet_origin: &str) -> Self {
        Self::start(false, Some(wallet_origin.to_owned()), GatewayConfig::default()).await
    }

    /// Without a sandbox, with other settings of the gateway.
    pub async fn with_gateway(gateway: GatewayConfig) -> Self {
        Self::start(false, None, gateway).await
    }

    async fn start(is_sandbox: bool, wallet_origin: Option<String>, gateway: GatewayConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let origin = format!("http://localhost:{}", listener.local_addr().expect("an address").port());
        let directory = tempfile::tempdir().expect("a directory");
        let database = Database::open(directory.path()).expect("a database");
        let clock = Arc::new(ShiftedClock::default());
        let shared_clock: Arc<dyn Clock> = Arc::<ShiftedClock>::clone(&clock);
        let policy = Policy::default();
        let around = Surroundings {
            clock: Arc::clone(&shared_clock),
            policy: policy.clone(),
            mint: Arc::new(RandomMint::new(SystemEntropy)),
        };
        let (engine, _) = Engine::start(database.store().expect("a store"), around).expect("an engine");
        let setup = Setup {
            engine,
            reader: database.reader().expect("a reader"),
            clock: Arc::clone(&shared_clock),
            entropy: Arc::new(SystemEntropy),
            policy: policy.clone(),
            sealer: Sealer::new(&[7; 32]),
            sources: Sources {
                issuer: Arc::new(SimulatedIssuer::new(Arc::clone(&shared_clock), Arc::new(SystemEntropy))),
                bank: Arc::new(SimulatedBank),
            },
        };
        let sandbox = Sandbox {
            clock: Arc::clone(&clock),
            alarm: Alarm::new(shared_clock),
            calls: CallLog::default(),
            sign_strs: SignStrLever::default(),
        };
        let app = Arc::new(Shared {
            wallet: Wallet::new(setup),
            keys: Arc::new(KeyRing::single(WALLET_KEY.clone())),
            signer: SignPool::start(1).expect("a thread"),
            directory: Directory::default(),
            pages: Arc::new(Renderer::new().expect("pages")),
            guard: mithaq_delivery::Guard::sandbox(),
            config: Config {
                wallet_origin: wallet_origin.unwrap_or_else(|| origin.clone()),
                zone: policy.zone,
                currencies: vec![Currency::IQD],
                clock_window: SignedDuration::from_mins(5),
                trade_pay_route: TradePayRoute::default(),
                gateway,
            },
            sandbox: is_sandbox.then_some(sandbox),
        });
        serve(listener, mithaq_web::router(Arc::clone(&app)));
        let world = Self { app, origin, clock, _database: database, _directory: directory };
        world.furnish().await;
        world
    }

    async fn furnish(&self) {
        self.merchant(CLIENT, "Zaytoun Market", Some("سوق زيتون"), APP).await;
        self.merchant(OTHER_CLIENT, "Other Shop", None, "other").await;
        for person in [SARA, OMAR] {
            self.submit(Command::AddUser(Box::new(person.row()))).await;
            let money = Money::whole(250_000, Currency::IQD).expect("an amount");
            self.app.wallet.top_up(UserId::new(person.user_id), money).await.expect("money");
        }
    }

    async fn merchant(&self, client_id: &str, name: &str, name_ar: Option<&str>, app: &str) {
        let merchant = Merchant {
            merchant_id: MerchantId::new(client_id.replacen("2188", "2166", 1)),
            name: name.into(),
            name_ar: name_ar.map(Into::into),
            verified: true,
            status: Status::Active,
            fee_basis_points: 100,
        };
        let client = Client {
            client_id: ClientId::new(client_id),
            merchant_id: merchant.merchant_id.clone(),
            status: Status::Active,
            agreement_pay: AgreementPay::Allowed,
            keys: vec![ClientKey { version: 1, public_pem: MERCHANT_KEY.public().to_pem() }],
            percent_signatures: false,
        };
        let program = MiniProgram {
            app_id: AppId::new(app),
            client_id: client.client_id.clone(),
            name: name.into(),
            name_ar: None,
            start_url: "http://127.0.0.1:9/".into(),
            origins: vec!["http://127.0.0.1:9".into()],
        };
        let app = Some(Box::new(program));
        self.submit(Command::AddClient { merchant: Box::new(merchant), client: Box::new(client), app }).await;
    }

    /// Does `command`, which cannot be refused.
    pub async fn submit(&self, command: Command) {
        self.app.wallet.submit(command).await.expect("no refusal");
        self.app.directory.forget();
    }

    /// Stops [`CLIENT`], or takes agreement payment from it.
    pub async fn set_client(&self, status: Status, agreement_pay: AgreementPay) {
        self.submit(Command::SetClient { client_id: ClientId::new(CLIENT), status, agreement_pay }).await;
    }

    /// The `authUrl` of an offer of [`CLIENT`], in English.
    pub async fn auth_url(&self) -> String {
        self.auth_url_for(CLIENT, Language::EnUs, None).await
    }

    /// The `authUrl` of an offer.
    pub async fn auth_url_for(&self, client: &str, language: Language, business_line: Option<&str>) -> String {
        let terms = Terms {
            language,
            title: Some("Fresh Box".into()),
            description: "A box each month.\n<b>No</b> obligations.".into(),
            agreed_amount: Some(Money::whole(5_000, Currency::IQD).expect("an amount")),
            start_date: None,
            status_notify_url: None,
            agreement: None,
        };
        let offer = self.app.wallet.prepare(ClientId::new(client), business_line.map(Into::into), terms).await;
        format!("{}/authorize?authId={}", self.origin, offer.expect("an offer").auth_id)
    }

    /// Moves the clock on.
    pub fn pass(&self, time: SignedDuration) {
        let now = self.app.wallet.now();
        self.clock.set(now.checked_add(time).expect("a time"));
    }

    /// The contracts there are.
    pub async fn contracts(&self) -> Vec<mithaq_store::ContractView> {
        self.app.wallet.reader().contracts(None).await.expect("contracts")
    }
}

/// Serves `router` until the test ends.
pub fn serve(listener: TcpListener, router: axum::Router) {
    tokio::spawn(async move { axum::serve(listener, router).await });
}
