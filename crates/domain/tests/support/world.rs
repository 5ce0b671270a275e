//! A wallet in memory: its database is a [`State`], every command takes the road that the engine takes.

use super::AsCommand;
use mithaq_domain::{
    Account, AccountId, Answer, Audit, Change, Command, Done, InboxMessage, Key, Mint, Owner, Policy, RandomMint,
    Refusal, Row, State, Transaction, decide, needs,
};
use mithaq_types::{Currency, MerchantId, SeededEntropy, Timestamp, UserId};
use std::collections::HashSet;

/// All that is stored, and the present.
pub struct World {
    /// The present; tests move it.
    pub now: Timestamp,
    /// The operator's settings; tests change them.
    pub policy: Policy,
    /// Every row, under all its names.
    pub rows: State,
    /// Everything that was posted, in order.
    pub posted: Vec<Transaction>,
    /// Every message, in order.
    pub inbox: Vec<InboxMessage>,
    /// The audit trail, in order.
    pub audit: Vec<Audit>,
    /// What the last command changed.
    pub changes: Vec<Change>,
    /// How often the last command had to go to the database before it could be decided.
    pub rounds: usize,
    /// For names that need only be new.
    pub serial: u32,
    mint: Box<dyn Mint>,
}

impl World {
    /// Nothing stored; the first of December 2026, nine in the morning in Baghdad.
    pub fn empty() -> Self {
        Self {
            now: super::at("2026-12-01T09:00:00+03:00"),
            policy: Policy::default(),
            rows: State::default(),
            posted: Vec::new(),
            inbox: Vec::new(),
            audit: Vec::new(),
            changes: Vec::new(),
            rounds: 0,
            serial: 0,
            mint: Box::new(RandomMint::new(SeededEntropy::new(1))),
        }
    }

    /// Loads what `command` needs out of the database, decides it, and stores what it changed.
    pub fn run(&mut self, command: impl AsCommand) -> Answer {
        self.fold();
        let mut loaded = State::default();
        let command = command.command();
        self.rounds = 0;
        while self.load([&command], &self.rows, &mut loaded) {
            self.rounds += 1;
        }
        self.decide(&command, &loaded)
    }

    /// Decides `commands` as a batch of the engine: over one shared state, loaded from the database as it
    /// was before the batch, first for all of them at once and then whatever else each of them turns out
    /// to need.
    pub fn run_batch(&mut self, commands: &[Command]) -> Vec<(Answer, Vec<Change>)> {
        self.fold();
        let before = self.rows.clone();
        let mut shared = State::default();
        while self.load(commands, &before, &mut shared) {}
        let mut results = Vec::new();
        for command in commands {
            while self.load([command], &before, &mut shared) {}
            let answer = self.decide(command, &shared);
            self.changes.iter().for_each(|change| shared.apply(change));
            results.push((answer, self.changes.clone()));
        }
        results
    }

    /// What was appended becomes part of the balances, as stores do before an account is looked at.
    fn fold(&mut self) {
        let appended: Vec<_> = self.rows.appended().iter().map(|(id, minor)| (id.clone(), *minor)).collect();
        for (id, minor) in appended {
            let stored = self.rows.balance_of(&id);
            self.rows.load(Key::Account(id), None);
            self.put(Row::Account(Account { balance: stored.balance + minor, ..stored }));
        }
    }

    /// One round of loading from `database`. `false`: nothing was needed.
    fn load<'a>(&self, commands: impl IntoIterator<Item = &'a Command>, database: &State, state: &mut State) -> bool {
        let keys: HashSet<_> = commands.into_iter().flat_map(|command| needs(command, state, self.view())).collect();
        for key in &keys {
            state.load(key.clone(), database.peek(key).cloned());
        }
        !keys.is_empty()
    }

    fn decide(&mut self, command: &Command, state: &State) -> Answer {
        let decision = decide(command, state, self.view());
        // The engine decides with ids of its own until nothing is missing: an id that was just made must not be looked up.
        assert_eq!(state.take_missing(), [], "asked for after everything was loaded");
        self.check_writes(&decision.changes);
        for change in &decision.changes {
            self.rows.apply(change);
            match change {
                Change::Post(transaction) => self.posted.push(transaction.clone()),
                Change::Inbox(message) => self.inbox.push(message.clone()),
                Change::Audit(line) => self.audit.push(line.clone()),
                Change::Insert(_) | Change::Update(_) => {}
            }
        }
        self.changes = decision.changes;
        decision.answer
    }

    /// What every store relies on: an insert is new, an update is not, and no row is written twice.
    fn check_writes(&self, changes: &[Change]) {
        let mut written = HashSet::new();
        for change in changes {
            let (row, is_new) = match change {
                Change::Insert(row) => (row, true),
                Change::Update(row) => (row, false),
                Change::Post(_) | Change::Inbox(_) | Change::Audit(_) => continue,
            };
            for name in row.other_keys().into_iter().chain([row.key()]) {
                assert_eq!(self.rows.peek(&name).is_none(), is_new, "{name:?} in {change:?}");
                assert!(written.insert(name), "written twice: {change:?}");
            }
        }
    }

    fn view(&self) -> mithaq_domain::World<'_> {
        mithaq_domain::World { now: self.now, policy: &self.policy, mint: &*self.mint }
    }

    /// Runs `command`, which must succeed.
    #[track_caller]
    pub fn done(&mut self, command: impl AsCommand) -> Done {
        self.run(command).expect("the command succeeds")
    }

    /// Runs `command`, which must be refused.
    #[track_caller]
    pub fn refused(&mut self, command: impl AsCommand) -> Refusal {
        self.run(command).expect_err("the command is refused")
    }

    /// Stores `row` as it is: for causes that no command brings about.
    pub fn put(&mut self, row: Row) {
        self.rows.apply(&Change::Update(row));
    }

    /// Forgets a row.
    pub fn lose(&mut self, key: &Key) {
        let mut rows = State::default();
        for row in self.rows.rows().filter(|row| row.key() != *key) {
            rows.load(row.key(), Some(row.clone()));
        }
        self.rows = rows;
    }

    /// Lets `text` pass: an ISO 8601 duration in the wallet's zone.
    pub fn wait(&mut self, text: &str) {
        let span: jiff::Span = text.parse().expect("a duration");
        let local = self.now.to_zoned(self.policy.zone.clone());
        self.now = local.checked_add(span).expect("in range").timestamp();
    }

    /// An account's row with what was appended to it; empty if there is none.
    pub fn account(&self, owner: Owner, currency: Currency) -> Account {
        let mut account = self.rows.balance_of(&AccountId { owner, currency });
        account.balance += self.rows.appended().get(&account.id).copied().unwrap_or(0);
        account
    }

    /// What a user can spend, in fils.
    pub fn balance(&self, user: &str) -> i64 {
        self.account(Owner::User(UserId::new(user)), Currency::IQD).balance
    }

    /// What a merchant has, in fils.
    pub fn takings(&self, merchant: &str) -> i64 {
        self.account(Owner::Merchant(MerchantId::new(merchant)), Currency::IQD).balance
    }
}
