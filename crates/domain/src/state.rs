//! The rows a batch has loaded, and what its commands have made of them so far.

use crate::{
    Account, AccountId, AgreementHolder, AgreementNumber, App, AuthCode, Card, Change, Client, Consent, Contract,
    ContractState, Customer, Deposit, GatewayApp, Hash, Interaction, Key, Merchant, MerchantMessage, Offer,
    OperationKind, Outbox, Payment, PaymentCode, PaymentOperation, PaymentState, Row, Session, Token, Transaction,
    Transfer, User,
};
use mithaq_types::{
    AppId, AuthId, CardId, ClientId, ContractId, GatewayAppId, InteractionId, MerchantId, OperationId, OutboxId,
    PaymentId, SessionId, TokenId, TransferId, UserId,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Loaded rows by every name they have. A name that was looked up in vain is remembered as absent.
///
/// Asking for a name that was never loaded answers "absent" and notes it as missing: that is how
/// [`crate::needs`] finds out what to load.
#[derive(Clone, Debug, Default)]
pub struct State {
    /// A row with several names is one row under all of them.
    rows: HashMap<Key, Option<Arc<Row>>>,
    missing: RefCell<HashSet<Key>>,
    /// What was posted to accounts without their rows being looked at, in minor units.
    appended: BTreeMap<AccountId, i64>,
}

macro_rules! getter {
    ($(#[$doc:meta])* $name:ident, $variant:ident -> $type:ty, |$($arg:ident: $arg_type:ty),+| $key:expr) => {
        $(#[$doc])*
        #[must_use]
        pub fn $name(&self, $($arg: $arg_type),+) -> Option<&$type> {
            match self.get($key) {
                Some(Row::$variant(row)) => Some(row),
                _ => None,
            }
        }
    };
}

impl State {
    getter!(/// An account that something was posted to.
        account, Account -> Account, |id: &AccountId| Key::Account(id.clone()));
    getter!(/// The agreements of a user with a client that are in force.
        agreement_holder, AgreementHolder -> AgreementHolder,
        |user: &UserId, client: &ClientId| Key::AgreementHolder(user.clone(), client.clone()));
    getter!(/// Which agreement a client's own number names.
        agreement_number, AgreementNumber -> AgreementNumber,
        |client: &ClientId, no: &str| Key::AgreementNumber(client.clone(), no.to_owned()));
    getter!(/// A Mini Program.
        app, App -> App, |id: &AppId| Key::App(id.clone()));
    getter!(/// A linked card.
        card, Card -> Card, |id: &CardId| Key::Card(id.clone()));
    getter!(/// A client.
        client, Client -> Client, |id: &ClientId| Key::Client(id.clone()));
    getter!(/// A code.
        code, Code -> AuthCode, |hash: Hash| Key::Code(hash));
    getter!(/// What a user granted a client.
        consent, Consent -> Consent, |user: &UserId, client: &ClientId| Key::Consent(user.clone(), client.clone()));
    getter!(/// A contract.
        contract, Contract -> Contract, |id: &ContractId| Key::Contract(id.clone()));
    getter!(/// How a contract stands.
        contract_state, ContractState -> ContractState, |id: &ContractId| Key::ContractState(id.clone()));
    getter!(/// What a merchant knows a user as.
        customer, Customer -> Customer, |user: &UserId, merchant: &MerchantId| Key::Customer(user.clone(), merchant.clone()));
    getter!(/// Money from outside.
        deposit, Deposit -> Deposit, |reference: &str| Key::Deposit(reference.to_owned()));
    getter!(/// An app of the gateway.
        gateway_app, GatewayApp -> GatewayApp, |id: &GatewayAppId| Key::GatewayApp(id.clone()));
    getter!(/// A wallet page.
        interaction, Interaction -> Interaction, |id: &InteractionId| Key::Interaction(id.clone()));
    getter!(/// A merchant.
        merchant, Merchant -> Merchant, |id: &MerchantId| Key::Merchant(id.clone()));
    getter!(/// What a merchant wrote to a user.
        merchant_message, MerchantMessage -> MerchantMessage,
        |client: &ClientId, id: &str| Key::MerchantMessage(client.clone(), id.to_owned()));
    getter!(/// An offer.
        offer, Offer -> Offer, |id: &AuthId| Key::Offer(id.clone()));
    getter!(/// Something that happened to a payment.
        operation, Operation -> PaymentOperation, |id: &OperationId| Key::Operation(id.clone()));
    getter!(/// Something that happened to a payment, by the request that asked for it.
        operation_by_request, Operation -> PaymentOperation,
        |client: &ClientId, kind: OperationKind, id: &str| Key::OperationByRequest(client.clone(), kind, id.to_owned()));
    getter!(/// A delivery.
        outbox, Outbox -> Outbox, |id: &OutboxId| Key::Outbox(id.clone()));
    getter!(/// A payment.
        payment, Payment -> Payment, |id: &PaymentId| Key::Payment(id.clone()));
    getter!(/// A payment, by the request that asked for it.
        payment_by_request, Payment -> Payment,
        |client: &ClientId, id: &str| Key::PaymentByRequest(client.clone(), id.to_owned()));
    getter!(/// A code that a user shows to pay with.
        payment_code, PaymentCode -> PaymentCode, |hash: Hash| Key::PaymentCode(hash));
    getter!(/// How a payment stands, as far as anything is stored about it; see [`PaymentState::of`].
        payment_state, PaymentState -> PaymentState, |id: &PaymentId| Key::PaymentState(id.clone()));
    getter!(/// A session.
        session, Session -> Session, |id: &SessionId| Key::Session(id.clone()));
    getter!(/// A token pair.
        token, Token -> Token, |id: &TokenId| Key::Token(id.clone()));
    getter!(/// A token pair by its access token.
        token_by_access, Token -> Token, |hash: Hash| Key::TokenByAccess(hash));
    getter!(/// A token pair by its refresh token.
        token_by_refresh, Token -> Token, |hash: Hash| Key::TokenByRefresh(hash));
    getter!(/// Money from one user to another.
        transfer, Transfer -> Transfer, |id: &TransferId| Key::Transfer(id.clone()));
    getter!(/// A user.
        user, User -> User, |id: &UserId| Key::User(id.clone()));
    getter!(/// A user by phone number.
        user_by_phone, User -> User, |phone: &str| Key::UserByPhone(phone.to_owned()));

    fn get(&self, key: Key) -> Option<&Row> {
        match self.rows.get(&key) {
            Some(row) => row.as_deref(),
            None => {
                self.missing.borrow_mut().insert(key);
                None
            }
        }
    }

    /// Asks for rows that later steps will read, so that one round of loading brings them all.
    pub(crate) fn ask(&self, keys: impl IntoIterator<Item = Key>) {
        for key in keys {
            let _ = self.get(key);
        }
    }

    /// The names that were asked for and never loaded, in order; forgets them.
    #[must_use]
    pub fn take_missing(&self) -> Vec<Key> {
        let mut keys: Vec<_> = self.missing.borrow_mut().drain().collect();
        keys.sort_unstable();
        keys
    }

    /// Takes in what the store has under `key`.
    pub fn load(&mut self, key: Key, row: Option<Row>) {
        let row = row.map(|row| Arc::new(self.with_appended(row)));
        if let Some(row) = row.as_ref() {
            for name in row.other_keys() {
                self.rows.entry(name).or_insert_with(|| Some(Arc::clone(row)));
            }
            let own = row.key();
            if own != key {
                self.rows.entry(own).or_insert_with(|| Some(Arc::clone(row)));
            }
        } else if let Key::Account(id) = &key
            && let Some(minor) = self.appended.remove(id)
        {
            // Its first posting was made in this very batch.
            self.put(Row::Account(Account { balance: minor, ..Account::empty(id.clone()) }));
        }
        self.rows.entry(key).or_insert(row);
    }

    /// An account that is looked at after all holds what was appended to it before.
    fn with_appended(&mut self, row: Row) -> Row {
        match row {
            Row::Account(account) if !self.rows.contains_key(&Key::Account(account.id.clone())) => {
                let minor = self.appended.remove(&account.id).unwrap_or(0);
                Row::Account(Account { balance: account.balance.saturating_add(minor), ..account })
            }
            row => row,
        }
    }

    /// Makes `change` true for the commands that follow.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Insert(row) | Change::Update(row) => self.put(row.clone()),
            Change::Post(transaction) => self.post(transaction),
            Change::Inbox(_) | Change::Audit(_) => {}
        }
    }

    fn put(&mut self, row: Row) {
        let row = Arc::new(row);
        for name in row.other_keys() {
            self.rows.insert(name, Some(Arc::clone(&row)));
        }
        self.rows.insert(row.key(), Some(row));
    }

    /// Overflow cannot happen here: the decision has checked every sum, and what is only appended is bounded by what
    /// its payers had.
    fn post(&mut self, transaction: &Transaction) {
        for entry in transaction.entries() {
            if entry.is_appended() && !self.rows.contains_key(&Key::Account(entry.account.clone())) {
                let sum = self.appended.entry(entry.account.clone()).or_default();
                *sum = sum.saturating_add(entry.minor);
                continue;
            }
            let mut account = self.balance_of(&entry.account);
            account.balance = account.balance.saturating_add(entry.minor);
            self.put(Row::Account(account));
        }
    }

    /// The account's row, empty if nothing was posted to it yet.
    #[must_use]
    pub fn balance_of(&self, id: &AccountId) -> Account {
        self.account(id).cloned().unwrap_or_else(|| Account::empty(id.clone()))
    }

    /// What was posted to accounts whose rows were not looked at, in minor units.
    #[must_use]
    pub const fn appended(&self) -> &BTreeMap<AccountId, i64> {
        &self.appended
    }

    /// Every row present, under its own name. For stores that live in memory, and for checks.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter_map(|(key, row)| row.as_deref().filter(|row| row.key() == *key))
    }

    /// Whether a row of this name is present, without asking for it.
    #[must_use]
    pub fn peek(&self, key: &Key) -> Option<&Row> {
        self.rows.get(key).and_then(Option::as_deref)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use mithaq_types::Currency;

    fn account(balance: i64) -> Row {
        Row::Account(Account { balance, ..Account::empty(id()) })
    }

    fn id() -> AccountId {
        AccountId { owner: crate::Owner::Fees, currency: Currency::IQD }
    }

    /// `minor` from a user to the fees.
    fn credit(minor: i64) -> Change {
        let user = AccountId::user(mithaq_types::UserId::new("1"), Currency::IQD);
        let entries = vec![crate::Entry { account: user, minor: -minor }, crate::Entry { account: id(), minor }];
        let at = mithaq_types::Timestamp::UNIX_EPOCH;
        Change::Post(Transaction::new("t".into(), at, None, "payment", entries).expect("balanced"))
    }

    #[test]
    fn credits_to_a_collecting_account_are_summed_without_its_row() {
        let mut state = State::default();
        state.apply(&credit(2));
        state.apply(&credit(3));
        assert_eq!(state.appended().get(&id()), Some(&5));
        assert_eq!(state.peek(&Key::Account(id())), None);
        assert!(!state.take_missing().contains(&Key::Account(id())));
    }

    #[test]
    fn an_account_that_is_looked_at_later_holds_what_was_appended_before() {
        for (stored, balance) in [(Some(account(10)), 12), (None, 2)] {
            let mut state = State::default();
            state.apply(&credit(2));
            state.load(Key::Account(id()), stored);
            assert_eq!(state.balance_of(&id()).balance, balance);
            state.apply(&credit(1));
            assert_eq!(state.balance_of(&id()).balance, balance + 1);
            assert!(state.appended().is_empty());
        }
    }

    #[test]
    fn what_was_never_loaded_reads_as_absent_and_is_noted_once() {
        let state = State::default();
        assert_eq!((state.account(&id()), state.account(&id())), (None, None));
        assert_eq!(state.take_missing(), [Key::Account(id())]);
        assert_eq!(state.take_missing(), []);
    }

    #[test]
    fn what_was_looked_up_in_vain_is_not_asked_for_again() {
        let mut state = State::default();
        state.load(Key::Account(id()), None);
        assert_eq!(state.account(&id()), None);
        assert_eq!(state.take_missing(), []);
    }

    #[test]
    fn loading_never_undoes_what_a_command_of_the_batch_has_changed() {
        let mut state = State::default();
        state.load(Key::Account(id()), Some(account(1)));
        state.apply(&Change::Update(account(2)));
        state.load(Key::Account(id()), Some(account(1)));
        assert_eq!(state.balance_of(&id()).balance, 2);
        assert_eq!(state.rows().count(), 1);
    }

    #[test]
    fn looking_on_is_not_asking() {
        let state = State::default();
        assert_eq!(state.peek(&Key::Account(id())), None);
        assert_eq!(state.take_missing(), []);
    }
}
