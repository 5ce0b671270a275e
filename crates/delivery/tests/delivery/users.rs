//! What users are told: SMS and e-mail in their language, each recorded once.

use crate::world::{CLIENT, World};
use mithaq_delivery::{Dispatch, Guard, Limits, Messenger, MessengerError, Sending, inbox_words};
use mithaq_domain::{Command, Language, OutboxKind, Scope, UserNews};
use mithaq_pages::Renderer;
use mithaq_store::Sent;
use mithaq_types::ClientId;
use mithaq_wallet::{Channel, GrantRequest, NewMessage};
use std::sync::{Arc, Mutex};

fn is_charge(kind: &OutboxKind) -> bool {
    matches!(kind, OutboxKind::UserNews { news: UserNews::Charged { .. }, .. })
}

#[tokio::test]
async fn a_charge_is_told_by_sms_and_email_and_recorded_once_however_often_it_is_sent() {
    let world = World::new().await;
    let tokens = world.contract(None).await;
    world.charge(&tokens, "R1", 7_000, "http://127.0.0.1:9/n").await;
    let mut job = world.deliver();
    let told = job.attempt_where(|attempt| is_charge(&attempt.row.kind)).await;
    assert_eq!(told.error, None);
    assert!(matches!(&told.sent, Dispatch::Messages(messages) if messages.len() == 2));
    let about = async || {
        let sent = world.wallet.reader().sent().await.expect("readable");
        sent.into_iter().filter(|sent| sent.outbox_id == told.row.outbox_id).collect::<Vec<_>>()
    };
    let sent = about().await;
    let by = |channel: &str| sent.iter().find(|sent| sent.channel == channel).expect("recorded");
    assert_eq!(by("sms").to, "9647700000001");
    assert_eq!(by("sms").body, "Mithaq: Zaytoun Market charged 7,000 IQD. Your balance is 243,000 IQD.");
    assert_eq!(by("email").to, "sara@example.com");
    assert_eq!(by("email").title.as_deref(), Some("Zaytoun Market charged 7,000 IQD"));
    assert!(by("email").body.starts_with("Hello Sara Ali Hasan,\n"));
    assert_eq!(by("email").payment_id, told.row.payment_id);

    world.wallet.submit(Command::Resend { outbox_id: told.row.outbox_id.clone() }).await.expect("again");
    job.attempt(&told.row.outbox_id).await;
    assert_eq!(about().await, sent);
}

#[tokio::test]
async fn a_user_who_reads_arabic_is_told_in_arabic() {
    let world = World::with(|_| {}, Language::ArIq).await;
    let tokens = world.contract(None).await;
    world.charge(&tokens, "R1", 7_000, "http://127.0.0.1:9/n").await;
    let told = world.deliver().attempt_where(|attempt| is_charge(&attempt.row.kind)).await;
    let Dispatch::Messages(messages) = told.sent else { panic!("messages were sent") };
    assert!(messages.iter().all(|message| message.body.contains("٧٬٠٠٠ د.ع")));
    assert!(messages.iter().any(|message| message.body.contains("مرحباً سارة علي حسن")));
    let inbox = world.wallet.reader().inbox(Some(world.user_id.clone())).await.expect("readable");
    let pages = Renderer::new().expect("readable");
    let words = inbox_words(&pages, &inbox[0].news, Language::ArIq, &world.wallet.policy().zone);
    assert!(words.title.contains("٧٬٠٠٠ د.ع") && words.body.contains("\u{2068}Zaytoun Market\u{2069}"));
}

/// A gateway whose e-mail side is down the first time.
#[derive(Default)]
struct Flaky(Mutex<Vec<Sent>>);

impl Messenger for Flaky {
    fn send(&self, message: Sent) -> Sending<'_> {
        Box::pin(async move {
            let mut seen = self.0.lock().expect("no panic while locked");
            let is_first = !seen.iter().any(|earlier| earlier.sent_id == message.sent_id);
            let is_email = message.channel == "email";
            seen.push(message);
            if is_first && is_email { Err(MessengerError("the gateway is down".to_owned())) } else { Ok(()) }
        })
    }
}

#[tokio::test]
async fn a_gateway_that_fails_is_asked_again_with_the_same_id() {
    let world = World::new().await;
    let tokens = world.contract(None).await;
    world.charge(&tokens, "R1", 7_000, "http://127.0.0.1:9/n").await;
    let gateway = Arc::new(Flaky::default());
    let mut job = world.deliver_by(Guard::sandbox(), Limits::default(), Arc::<Flaky>::clone(&gateway));
    let failed = job.attempt_where(|attempt| is_charge(&attempt.row.kind)).await;
    assert_eq!(failed.error.as_deref(), Some("email: the gateway is down"));
    world.advance(2);
    let told = job.attempt(&failed.row.outbox_id).await;
    assert_eq!((told.error, told.row.attempts), (None, 2));
    let seen = gateway.0.lock().expect("no panic while locked");
    let emails: Vec<_> =
        seen.iter().filter(|sent| sent.outbox_id == failed.row.outbox_id && sent.channel == "email").collect();
    assert_eq!(emails.len(), 2);
    assert_eq!(emails[0].sent_id, emails[1].sent_id);
}

#[tokio::test]
async fn a_merchants_push_goes_to_the_users_devices_alone() {
    let world = World::new().await;
    let grant = GrantRequest {
        client_id: ClientId::new(CLIENT),
        user_id: world.user_id.clone(),
        scopes: vec![Scope("NOTIFICATION_PUSH".to_owned())],
        page: None,
    };
    let code = world.wallet.grant(grant).await.expect("granted");
    let push = NewMessage {
        client_id: ClientId::new(CLIENT),
        request_id: "M1".to_owned(),
        access_token: world.exchange(&code).await.access,
        channel: Channel::Push,
        asked: "on its way".to_owned(),
        title: "Your box is on its way".to_owned(),
        body: "It arrives tomorrow.".to_owned(),
        url: None,
    };
    world.wallet.send_message(push).await.expect("sent");
    let told = world.deliver().attempt_where(|attempt| matches!(attempt.row.kind, OutboxKind::Push { .. })).await;
    assert_eq!(told.error, None);
    let sent = world.wallet.reader().sent().await.expect("readable");
    let sent: Vec<_> = sent.into_iter().filter(|sent| sent.outbox_id == told.row.outbox_id).collect();
    let [push] = sent.as_slice() else { panic!("one message: {sent:?}") };
    assert_eq!((push.channel.as_str(), push.to.as_str()), ("push", world.user_id.as_str()));
    assert_eq!(push.title.as_deref(), Some("Zaytoun Market: Your box is on its way"));
    assert_eq!(push.body, "It arrives tomorrow.");
}
