//! What callers hear when there is no room: `REQUEST_TRAFFIC_EXCEED_LIMIT`, signed, at once, for almost nothing.
//!
//! A signature costs as much as a payment's, so a thousand callers that are refused must not cost a thousand. The answer
//! is the same for all calls of one client to one path: it is signed once a second and shared. If even that is too much
//! (very many clients at once), an answer of the last seconds is sent again, and what is left gets an unsigned 503.
//!
//! The caller's own signature is not verified first. It would cost as much as all the rest of a refusal, and nothing
//! depends on it:
//!
//! - The answer says nothing of the request, of the client, or of what was decided; it names `U`, the one outcome after
//!   which a merchant asks again. Whoever keeps it and shows it to the merchant in the place of a later answer makes
//!   them ask again, as losing that answer would.
//! - It is no means to have signatures made: there is at most one a second for each known client and each path of the
//!   API, and a bound for all together. Paths with a query, unknown paths and unknown clients get none.
//! - It is shorter than the request was, and tells no more about which clients there are than any other answer does.

use super::answer::{Envelope, Reply, client_id_of};
use super::checks::{Incoming, api_of};
use crate::state::Shared;
use axum::http::{HeaderValue, Method};
use metrics::counter;
use mithaq_openapi::signature::{SignatureEncoding, SignatureHeader, content_to_sign, headers};
use mithaq_openapi::{ApiError, ResultCode, time};
use mithaq_types::ClientId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OnceCell, Semaphore};
use tokio::time::Instant;

/// For how long an answer is shared.
const FRESH: Duration = Duration::from_secs(1);
/// For how long it is sent again when no more can be signed.
const STALE: Duration = Duration::from_secs(30);
/// Clients and paths remembered.
const REMEMBERED_MAX: usize = 16_384;
/// Looks at the database at the same time, for clients that were not met before.
const LOOKS_MAX: usize = 16;
/// How long such a look may take: the caller is to hear soon.
const LOOK_WITHIN: Duration = Duration::from_millis(500);

/// The answers that are shared.
pub struct BusyAnswers {
    per_second: usize,
    looks: Semaphore,
    shared: Mutex<SharedAnswers>,
}

#[derive(Default)]
struct SharedAnswers {
    /// When the second began in which `made` signatures were ordered.
    second: Option<Instant>,
    made: usize,
    answers: HashMap<(String, String), (Instant, Arc<Answer>)>,
}

/// Signed once, by whoever comes first; empty if there was nobody to sign.
type Answer = OnceCell<Option<Signed>>;

struct Signed {
    time: String,
    key_version: u32,
    signature: Vec<u8>,
}

impl BusyAnswers {
    /// At most `per_second` signatures a second.
    pub fn new(per_second: usize) -> Self {
        Self { per_second, looks: Semaphore::new(LOOKS_MAX), shared: Mutex::default() }
    }

    /// The answer for this path and client at `now`; `None` if it cannot be afforded.
    fn answer(&self, uri: &str, client_id: &str, now: Instant) -> Option<Arc<Answer>> {
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        let SharedAnswers { second, made, answers } = &mut *shared;
        let key = (uri.to_owned(), client_id.to_owned());
        let age = |since: Instant| now.saturating_duration_since(since);
        let found = answers.get(&key);
        if let Some((_, answer)) = found.filter(|(since, _)| age(*since) < FRESH) {
            return Some(Arc::clone(answer));
        }
        if second.is_none_or(|began| age(began) >= FRESH) {
            (*second, *made) = (Some(now), 0);
        }
        // Half of what can be signed is for those that have no answer yet: so all of them come to one.
        let old = found.filter(|(since, _)| age(*since) < STALE);
        let affordable = if old.is_some() { self.per_second / 2 } else { self.per_second };
        if *made >= affordable {
            return old.map(|(_, answer)| Arc::clone(answer));
        }
        if answers.len() >= REMEMBERED_MAX {
            answers.retain(|_, (since, _)| age(*since) < FRESH);
        }
        *made += 1;
        let answer = Arc::new(Answer::new());
        answers.insert(key, (now, Arc::clone(&answer)));
        Some(answer)
    }
}

/// The reply of every refused call.
pub fn reply() -> Reply {
    Reply::refused(&ApiError::new(ResultCode::RequestTrafficExceedLimit))
}

/// The answer to a call that was not let in for `reason`.
pub async fn answer(shared: &Shared, incoming: &Incoming<'_>, reason: &'static str) -> Envelope {
    let signed = signed(shared, incoming).await;
    let kind = if signed.is_some() { "signed" } else { "unsigned" };
    counter!("mithaq_refusals_total", "reason" => reason, "answer" => kind).increment(1);
    signed.unwrap_or_else(|| Envelope::unsigned(shared))
}

async fn signed(shared: &Shared, incoming: &Incoming<'_>) -> Option<Envelope> {
    if incoming.method != Method::POST || incoming.uri.contains('?') {
        return None;
    }
    api_of(incoming.uri)?;
    let client_id = client_id_of(incoming);
    let wants_percent = wants_percent(shared, incoming, &client_id).await?;
    let busy = shared.signer.busy();
    let answer = busy.answer(incoming.uri, &client_id, Instant::now())?;
    let reply = reply();
    let signing = async {
        let time = time::format(shared.wallet.now(), &shared.config.zone);
        let content = content_to_sign("POST", incoming.uri, &client_id, &time, &reply.body);
        let (key_version, key) = shared.keys.current();
        let signature = shared.signer.sign_first(key, content).await.ok()?;
        Some(Signed { time, key_version, signature })
    };
    let Signed { time, key_version, signature } = answer.get_or_init(|| signing).await.as_ref()?;
    let encoding = if wants_percent { SignatureEncoding::Percent } else { SignatureEncoding::Base64 };
    let header = SignatureHeader { key_version: Some(*key_version), signature: signature.clone(), encoding };
    Some(Envelope::signed(shared, client_id, time.clone(), &header, reply.body))
}

/// How the caller writes signatures; `None` if it names no client.
async fn wants_percent(shared: &Shared, incoming: &Incoming<'_>, client_id: &str) -> Option<bool> {
    let id = ClientId::new(client_id);
    let known = match shared.directory.recall(&id) {
        Some(known) => known,
        None => {
            let look = shared.directory.client_in_turn(&shared.signer.busy().looks, shared.wallet.reader(), &id);
            tokio::time::timeout(LOOK_WITHIN, look).await.ok()?.ok()??
        }
    };
    let sent = incoming.headers.get(headers::SIGNATURE).map(HeaderValue::to_str);
    let sent = sent.and_then(|text| SignatureHeader::parse(text.ok()?).ok());
    Some(known.client.percent_signatures || sent.is_some_and(|sent| sent.encoding == SignatureEncoding::Percent))
}

#[cfg(test)]
mod tests {
    use super::{BusyAnswers, FRESH, STALE};
    use std::sync::Arc;
    use std::time::Duration;
    use tokio::time::Instant;

    const PAY: &str = "/v1/payments/pay";

    #[test]
    fn calls_of_one_client_to_one_path_share_an_answer_for_a_second() {
        let (busy, now) = (BusyAnswers::new(10), Instant::now());
        let first = busy.answer(PAY, "a", now).expect("one");
        let almost = now + FRESH - Duration::from_millis(1);
        assert!(Arc::ptr_eq(&first, &busy.answer(PAY, "a", almost).expect("one")));
        assert!(!Arc::ptr_eq(&first, &busy.answer(PAY, "a", now + FRESH).expect("one")), "after it a new one");
        assert!(!Arc::ptr_eq(&first, &busy.answer(PAY, "b", now).expect("one")), "another client");
        assert!(!Arc::ptr_eq(&first, &busy.answer("/v1/payments/inquiryPayment", "a", now).expect("one")));
    }

    #[test]
    fn a_flood_of_clients_costs_no_more_signatures_than_may_be_made_and_still_all_come_to_an_answer() {
        let (busy, now) = (BusyAnswers::new(4), Instant::now());
        let answered = |second: u32| {
            let at = now + second * FRESH;
            let all: Vec<_> = (0..10).map(|client| busy.answer(PAY, &client.to_string(), at)).collect();
            all.into_iter().flatten().collect::<Vec<_>>()
        };
        let first = answered(0);
        assert_eq!(first.len(), 4);
        // Two of the four answers are renewed, two are sent again, and two clients more get one.
        let second = answered(1);
        assert_eq!(second.len(), 6);
        let again = first.iter().filter(|old| second.iter().any(|new| Arc::ptr_eq(old, new))).count();
        assert_eq!(again, 2);
        assert_eq!((2..4).map(|second| answered(second).len()).collect::<Vec<_>>(), [8, 10]);
    }

    #[test]
    fn an_answer_is_sent_again_only_for_a_while() {
        let (busy, now) = (BusyAnswers::new(1), Instant::now());
        let old = busy.answer(PAY, "a", now).expect("one");
        let later = now + STALE - Duration::from_millis(1);
        busy.answer(PAY, "b", later).expect("the one of this second");
        assert!(Arc::ptr_eq(&old, &busy.answer(PAY, "a", later).expect("the old one")));
        let much_later = later + FRESH;
        busy.answer(PAY, "c", much_later).expect("the one of this second");
        assert!(busy.answer(PAY, "a", much_later).is_none(), "too old");
    }
}
