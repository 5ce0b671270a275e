//! Steps become commands: what a step names by its place is looked up in the world as it is.

use super::history::History;
use super::steps::{Amount, By, Ender, Step};
use crate::support::{SHOP, cancel, exchange, fresh, grant, hash, iqd, page, pay, refresh, sign, terms};
use mithaq_domain::{
    AgreementPay, Command, Delivery, EndedBy, ExchangeCode, Grant, InteractionOutcome, PayRequest, PinCheck,
    RefreshTokens, Sign, Status, Terms, UserStatus,
};
use mithaq_types::{AuthId, ClientId, Currency, Money, TokenId, UserId};
use proptest::sample::Index;

impl History {
    /// The command that `step` stands for; none if it only moves the clock.
    pub fn command(&mut self, step: &Step) -> Option<Command> {
        let command = match step {
            Step::Wait(span) => {
                self.world.wait(span);
                return None;
            }
            Step::TopUp { user, amount } => Command::TopUp { user_id: UserId::new(*user), amount: money(*amount) },
            Step::Prepare { client, agreed, starts_in_days, notified } => {
                let today = self.world.now.to_zoned(self.world.policy.zone.clone()).date();
                let start = starts_in_days.map(|days| today.saturating_add(jiff::Span::new().days(days)));
                let hook = notified.then(|| "https://shop.example/status".to_owned());
                let agreed_amount = agreed.map(money);
                let terms = Terms { agreed_amount, start_date: start, status_notify_url: hook, ..terms() };
                let (client_id, auth_id) = (ClientId::new(*client), AuthId::new(self.world.new_name("offer")));
                Command::Prepare { client_id, reference_client_id: None, terms: Box::new(terms), auth_id }
            }
            Step::OpenPage { offer } => {
                let offer = pick(&self.offers, offer)?;
                Command::OpenInteraction(Box::new(page(&self.world.new_name("page"), Some(&offer), self.world.now)))
            }
            Step::ClosePage { page } => Command::CloseInteraction {
                interaction_id: pick(&self.pages, page)?,
                outcome: InteractionOutcome::Cancelled,
                reply_sealed: "6001".to_owned(),
            },
            Step::Sign { user, offer, page, right_pin, ceiling } => {
                self.sign(user, offer, *page, *right_pin, *ceiling)?
            }
            Step::Grant { user, client } => {
                let code = self.world.new_name("code");
                let client_id = ClientId::new(*client);
                Command::Grant(Box::new(Grant { client_id, ..grant(user, &["auth_base"], &code) }))
            }
            Step::Exchange { code, by, same_names } => {
                let code = pick(&self.codes, code)?;
                let owner = self.world.rows.code(code)?.client_id.clone();
                let (client_id, fresh) = (client_of(*by, owner), fresh(&self.pair(*same_names)));
                Command::Exchange(Box::new(ExchangeCode { client_id, code, fresh, ..exchange("", "") }))
            }
            Step::Refresh { token, by, same_names } => {
                let old = pick(&self.tokens, token)?;
                let client_id = client_of(*by, self.world.token(old.as_str()).client_id);
                let new = self.pair(*same_names);
                Command::Refresh(Box::new(RefreshTokens { client_id, ..refresh(old.as_str(), &new) }))
            }
            Step::UseToken { token } => Command::UseToken { access: fresh(pick(&self.tokens, token)?.as_str()).access },
            Step::Cancel { token, by } => {
                let token = pick(&self.tokens, token)?;
                let Command::CancelToken { access, .. } = cancel(token.as_str()) else { return None };
                Command::CancelToken { client_id: client_of(*by, self.world.token(token.as_str()).client_id), access }
            }
            Step::End { contract, by } => {
                let contract_id = pick(&self.contracts, contract)?;
                let signer = self.signed[&contract_id].user_id.clone();
                let by = match by {
                    Ender::Signer => EndedBy::User(signer, PinCheck::Right),
                    Ender::User(user) => EndedBy::User(UserId::new(*user), PinCheck::Right),
                    Ender::Operator => EndedBy::Operator,
                    Ender::Clock => EndedBy::Clock,
                };
                Command::EndContract { contract_id, by }
            }
            Step::Pay { token, by, amount, notified } => self.pay(token, *by, *amount, *notified),
            Step::Repeat { request, other_content } => {
                let mut request = pick(&self.requests, request)?;
                if *other_content {
                    request.content = hash("other content");
                }
                Command::Pay(Box::new(request))
            }
            Step::SetUser { user, frozen } => {
                let status = if *frozen { UserStatus::Frozen } else { UserStatus::Active };
                Command::SetUser { user_id: UserId::new(*user), status }
            }
            Step::SetClient { client, suspended, agreement } => {
                let status = if *suspended { Status::Suspended } else { Status::Active };
                let agreement_pay = match agreement {
                    0 => AgreementPay::Allowed,
                    1 => AgreementPay::Suspended,
                    _ => AgreementPay::NotAgreed,
                };
                Command::SetClient { client_id: ClientId::new(*client), status, agreement_pay }
            }
            Step::Deliver { outbox, arrived } => {
                let outbox_id = pick(&self.outbox, outbox)?;
                let after_attempts = self.world.rows.outbox(&outbox_id)?.attempts;
                let delivery = Delivery { after_attempts, error: (!arrived).then(|| "HTTP 500".to_owned()) };
                Command::Delivered { outbox_id, delivery }
            }
            Step::Order(step) => self.order_command(step)?,
            Step::Resend { outbox } => Command::Resend { outbox_id: pick(&self.outbox, outbox)? },
        };
        Some(command)
    }

    fn sign(
        &mut self,
        user: &str,
        offer: &Index,
        page: Option<Index>,
        right_pin: bool,
        ceiling: Option<Amount>,
    ) -> Option<Command> {
        let page = page.and_then(|page| pick(&self.pages, &page));
        let on_page = page.as_ref().and_then(|id| self.world.rows.interaction(id)?.auth_id.clone());
        let auth_id = on_page.or_else(|| pick(&self.offers, offer))?;
        let client_id = self.world.rows.offer(&auth_id)?.client_id.clone();
        Some(Command::Sign(Box::new(Sign {
            client_id,
            pin: if right_pin { PinCheck::Right } else { PinCheck::Wrong },
            monthly_ceiling: ceiling.map(money),
            page: page.map(|id| (id, "sealed".to_owned())),
            ..sign(user, &auth_id, &self.world.new_name("code"))
        })))
    }

    fn pay(&mut self, token: &Index, by: By, amount: Amount, notified: bool) -> Command {
        let token = pick(&self.tokens, token).unwrap_or(TokenId::new("none"));
        let owner = self.world.rows.token(&token).map_or(ClientId::new(SHOP), |token| token.client_id.clone());
        Command::Pay(Box::new(PayRequest {
            client_id: client_of(by, owner),
            notify_url: notified.then(|| "https://shop.example/paid".to_owned()),
            content: hash(&format!("{token} {amount:?}")),
            ..pay(token.as_str(), &self.world.new_name("request"), money(amount))
        }))
    }

    /// The name of a pair to give: now and then one that exists.
    fn pair(&mut self, same: bool) -> String {
        let last = self.tokens.last().filter(|_| same).map(|token| token.as_str().to_owned());
        last.unwrap_or_else(|| self.world.new_name("pair"))
    }
}

/// One of `all`; mostly one of the last three, which are those that something can still happen to.
fn pick<T: Clone>(all: &[T], place: &Index) -> Option<T> {
    let newest_first: Vec<_> = all.iter().rev().collect();
    let at = place.index(4 * all.len().max(1));
    let at = if at < all.len() { at } else { at % all.len().clamp(1, 3) };
    newest_first.get(at).map(|one| (*one).clone())
}

fn client_of(by: By, owner: ClientId) -> ClientId {
    match by {
        By::Owner => owner,
        By::Client(name) => ClientId::new(name),
    }
}

fn money(amount: Amount) -> Money {
    let currency = if amount.dollars { Currency::parse("USD").expect("known") } else { iqd(0).currency };
    Money::new(amount.minor, currency)
}
