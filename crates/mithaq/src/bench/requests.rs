//! Requests signed before the clock starts, so that signing them is not in the way.

use super::client::Answer;
use super::machine;
use super::town::{Deal, Town, With, price};
use anyhow::Context as _;
use jiff::tz::TimeZone;
use mithaq_crypto::{PublicKey, sha256};
use mithaq_domain::{Command, Hash, PayRequest as Charge};
use mithaq_openapi::messages::PayRequest;
use mithaq_openapi::signature::{
    Message, SignatureEncoding, SignatureHeader, content_to_sign, headers, sign, verify_message,
};
use mithaq_openapi::{Api, WireBody as _, time};
use mithaq_types::{Clock as _, Entropy as _, Money, SeededEntropy, SystemClock};
use std::sync::atomic::{AtomicU64, Ordering};

/// What every payment is for.
const DESCRIPTION: &str = "Fresh Box, one month";

/// A kind of payments.
#[derive(Clone, Debug)]
pub struct Kind {
    /// The path.
    pub path: &'static str,
    /// With whom.
    pub with: With,
    /// Where the merchant is told, if it is.
    pub notify_url: Option<String>,
}

impl Kind {
    /// Real payments without a notification.
    pub const fn pay(with: With) -> Self {
        Self { path: Api::Pay.path(), with, notify_url: None }
    }

    /// The endpoint that stores nothing.
    pub const fn noop() -> Self {
        Self { path: mithaq_web::NOOP_PATH, with: With::Many, notify_url: None }
    }
}

/// Chooses payers evenly, the same ones in every run, and never the same request id twice in one ledger.
pub struct Dice {
    entropy: SeededEntropy,
    serial: AtomicU64,
    tag: &'static str,
}

impl Dice {
    /// A fresh one. Two that are thrown for the same ledger need different tags.
    pub const fn new(tag: &'static str) -> Self {
        Self { entropy: SeededEntropy::new(1), serial: AtomicU64::new(0), tag }
    }

    /// A contract to charge.
    pub fn deal<'a>(&self, town: &'a Town, with: With) -> Option<Deal<'a>> {
        let number = self.entropy.number() % (town.payers as u64).max(1);
        town.deal(usize::try_from(number).ok()?, with)
    }

    /// A new request id; ids of one merchant grow, as merchants like to have it.
    pub fn request_id(&self) -> String {
        format!("{}-{:012}", self.tag, self.serial.fetch_add(1, Ordering::Relaxed))
    }

    /// A payment as the engine takes it.
    pub fn command(&self, town: &Town, with: With) -> anyhow::Result<Command> {
        let deal = self.deal(town, with).context("nobody can pay")?;
        let request_id = self.request_id();
        Ok(Command::Pay(Box::new(Charge {
            client_id: deal.shop.client_id.clone(),
            content: Hash(sha256(request_id.as_bytes())),
            request_id,
            access: Hash(sha256(deal.token.as_bytes())),
            amount: price()?,
            description: DESCRIPTION.to_owned(),
            notify_url: None,
        })))
    }
}

/// Signs `count` requests on all cores.
pub fn prepare(town: &Town, dice: &Dice, kind: &Kind, zone: &TimeZone, count: usize) -> anyhow::Result<Vec<Box<[u8]>>> {
    let (price, threads) = (price()?, machine::cores());
    let now = time::format(SystemClock.now(), zone);
    let share = count.div_ceil(threads);
    let mut all = Vec::with_capacity(count);
    std::thread::scope(|scope| {
        let signers: Vec<_> = (0..threads)
            .map(|number| {
                let mine = count.saturating_sub(number * share).min(share);
                let one = || dice.deal(town, kind.with).map(|deal| request(&deal, dice, kind, price, &now));
                scope.spawn(move || (0..mine).filter_map(|_| one()).collect::<Vec<_>>())
            })
            .collect();
        for signer in signers {
            all.extend(signer.join().map_err(|_| anyhow::anyhow!("a signing thread broke"))?);
        }
        anyhow::Ok(())
    })?;
    Ok(all)
}

fn request(deal: &Deal, dice: &Dice, kind: &Kind, price: Money, now: &str) -> Box<[u8]> {
    let mut pay = PayRequest::agreement(dice.request_id(), &deal.token, price, DESCRIPTION);
    pay.payment_notify_url.clone_from(&kind.notify_url);
    let (body, client_id) = (pay.to_json(), deal.shop.client_id.as_str());
    let content = content_to_sign("POST", kind.path, client_id, now, &body);
    let signature = sign(&content, &deal.shop.key, 1, SignatureEncoding::Base64);
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=UTF-8\r\n\
         {}: {client_id}\r\n{}: {now}\r\n{}: {signature}\r\nContent-Length: {}\r\n\r\n",
        kind.path,
        headers::CLIENT_ID,
        headers::REQUEST_TIME,
        headers::SIGNATURE,
        body.len(),
    );
    [head.as_bytes(), &body].concat().into_boxed_slice()
}

/// Whether an answer is signed by the wallet for a request to `path`.
pub fn is_signed(answer: Answer<'_>, path: &str, key: &PublicKey) -> bool {
    let header = |name: &str| answer.header(name).unwrap_or_default();
    let (client_id, time) = (header(headers::CLIENT_ID), header(headers::RESPONSE_TIME));
    let message = Message { method: "POST", uri: path, client_id, time, body: answer.body };
    let signature = SignatureHeader::parse(header(headers::SIGNATURE));
    signature.is_ok_and(|signature| verify_message(&message, &signature, key).valid)
}
