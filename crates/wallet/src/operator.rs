//! What the operator does: clients and their keys, money from outside, PINs that were forgotten.

use crate::{Fault, Wallet};
use mithaq_crypto::PublicKey;
use mithaq_domain::{
    AccountId, AgreementPay, App, Client, ClientKey, Command, Deposit, Done, Key, Merchant, Operation, Status, User,
};
use mithaq_types::{AppId, ClientId, Currency, MerchantId, Money, UserId};

/// A client to add, with its merchant.
pub struct NewClient {
    /// Whom it acts for; made from randomness when absent. An existing merchant stays as it is.
    pub merchant_id: Option<MerchantId>,
    /// The id it will send; made from randomness when absent.
    pub client_id: Option<ClientId>,
    /// The merchant's name as users read it.
    pub name: String,
    /// The same in Arabic, if it has one.
    pub name_ar: Option<String>,
    /// Whether the operator has checked who they are.
    pub verified: bool,
    /// What the wallet keeps of a payment, in ten-thousandths.
    pub fee_basis_points: u32,
    /// What its calls are signed with.
    pub public_key: PublicKey,
    /// Its Mini Program, if it has one.
    pub app: Option<NewApp>,
}

/// A Mini Program to add with its client.
pub struct NewApp {
    /// Where it starts.
    pub start_url: String,
    /// The web origins its pages come from.
    pub origins: Vec<String>,
}

/// A deposit, and whether it had been made before.
pub struct Deposited {
    /// What came in.
    pub deposit: Deposit,
    /// Whether its reference was known, and nothing was done now.
    pub repeated: bool,
}

/// A user and what they can spend.
pub struct Holdings {
    /// Who.
    pub user: User,
    /// One amount for each currency that was asked for.
    pub balances: Vec<Money>,
}

impl Wallet {
    /// Adds a client that may use agreement payment, its merchant unless it exists, and its Mini Program.
    ///
    /// # Errors
    /// Refused when the client exists or the fee is more than the payment.
    pub async fn add_client(&self, new: NewClient) -> Result<(Client, Merchant), Fault> {
        let number = self.entropy().number() % 1_000_000_000_000;
        let merchant_id = new.merchant_id.unwrap_or_else(|| MerchantId::new(format!("2166{number:012}")));
        let client_id = new.client_id.unwrap_or_else(|| ClientId::new(format!("2188{number:012}")));
        let app = new.app.map(|app| {
            Box::new(App {
                app_id: AppId::new(client_id.as_str()),
                client_id: client_id.clone(),
                name: new.name.clone(),
                name_ar: new.name_ar.clone(),
                start_url: app.start_url,
                origins: app.origins,
            })
        });
        let merchant = Merchant {
            merchant_id: merchant_id.clone(),
            name: new.name,
            name_ar: new.name_ar,
            verified: new.verified,
            status: Status::Active,
            fee_basis_points: new.fee_basis_points,
        };
        let client = Client {
            client_id,
            merchant_id,
            status: Status::Active,
            agreement_pay: AgreementPay::Allowed,
            keys: vec![ClientKey { version: 1, public_pem: new.public_key.to_pem() }],
            percent_signatures: false,
        };
        let (merchant_row, client_row) = (Box::new(merchant.clone()), Box::new(client.clone()));
        self.submit(Command::AddClient { merchant: merchant_row, client: client_row, app }).await?;
        Ok((client, merchant))
    }

    /// Gives a client one more key. The older ones stay valid until they are retired.
    ///
    /// # Errors
    /// Refused when there is no such client or it has this key.
    pub async fn add_client_key(&self, client_id: ClientId, key: &PublicKey) -> Result<Client, Fault> {
        self.change_client(Operation::AddClientKey { client_id, public_pem: key.to_pem() }).await
    }

    /// Ends the validity of a client's older key.
    ///
    /// # Errors
    /// Refused when there is no such client or key, or it is the newest.
    pub async fn retire_client_key(&self, client_id: ClientId, version: u32) -> Result<Client, Fault> {
        self.change_client(Operation::RetireClientKey { client_id, version }).await
    }

    /// Lets a client act, or stops it.
    ///
    /// # Errors
    /// Refused when there is no such client.
    pub async fn set_client_status(&self, client_id: ClientId, status: Status) -> Result<Client, Fault> {
        self.change_client(Operation::SetClientStatus { client_id, status }).await
    }

    /// Lets the merchant that a client acts for be paid, or not: through whichever of its clients.
    ///
    /// # Errors
    /// Refused when there is no such client.
    pub async fn set_merchant_status(&self, client_id: ClientId, status: Status) -> Result<Client, Fault> {
        self.change_client(Operation::SetMerchantStatus { client_id, status }).await
    }

    /// Money from outside, once for each `reference`: a repeat answers as the first did and moves nothing.
    ///
    /// # Errors
    /// Refused when there is no such user, the amount is not positive, or the reference is another deposit's.
    pub async fn deposit(&self, reference: String, user_id: UserId, amount: Money) -> Result<Deposited, Fault> {
        match self.operate(Operation::Deposit { reference, user_id, amount }).await? {
            Done::Deposited { deposit, repeated } => Ok(Deposited { deposit: *deposit, repeated }),
            _ => Err(Fault::Internal("deposit")),
        }
    }

    /// Gives a user another PIN, and all their tries again.
    ///
    /// # Errors
    /// Refused when there is no such user.
    pub async fn reset_pin(&self, user_id: UserId, pin: String) -> Result<(), Fault> {
        let pin_hash = self.hash_pin(pin).await?;
        self.operate(Operation::ResetPin { user_id, pin_hash }).await.map(|_| ())
    }

    /// What users can spend in each of `currencies`.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn holdings(&self, users: Vec<User>, currencies: &[Currency]) -> Result<Vec<Holdings>, Fault> {
        let account = |user: &User, currency: Currency| AccountId::user(user.user_id.clone(), currency);
        let each = |user| currencies.iter().map(move |currency| account(user, *currency));
        let state = self.reader().rows(users.iter().flat_map(each).map(Key::Account).collect()).await?;
        let held = |user: User| {
            let balance =
                |currency: &Currency| Money::new(state.balance_of(&account(&user, *currency)).balance, *currency);
            let balances = currencies.iter().map(balance).collect();
            Holdings { user, balances }
        };
        Ok(users.into_iter().map(held).collect())
    }

    /// A merchant, if there is one.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn merchant(&self, merchant_id: MerchantId) -> Result<Option<Merchant>, Fault> {
        let state = self.reader().rows(vec![Key::Merchant(merchant_id.clone())]).await?;
        Ok(state.merchant(&merchant_id).cloned())
    }

    async fn change_client(&self, operation: Operation) -> Result<Client, Fault> {
        match self.operate(operation).await? {
            Done::Client(client) => Ok(*client),
            _ => Err(Fault::Internal("client")),
        }
    }

    async fn operate(&self, operation: Operation) -> Result<Done, Fault> {
        self.submit(Command::Operate(Box::new(operation))).await
    }
}
