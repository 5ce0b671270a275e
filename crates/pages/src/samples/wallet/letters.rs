//! The inbox with a message about each topic, and each of them opened.

use super::{hours_before, message_id, said, zaytoun};
use crate::Language;
use crate::wallet::{AppLink, Inbox, Letter, Message, Screen, Topic};
use mithaq_types::{AppId, ContractId};

impl Letter {
    fn sample(number: u32, topic: Topic, title: String, body: String) -> Self {
        let at = hours_before(i64::from(number) * 7 - 6);
        Self { message_id: message_id(number), topic, title, body, at, read: number > 2 }
    }
}

impl Inbox {
    /// A message about each topic; two are unread.
    #[must_use]
    pub fn sample(language: Language) -> Self {
        let letter = |number, topic, english: (&str, &str), arabic: (&str, &str)| {
            Letter::sample(number, topic, said(language, english.0, arabic.0), said(language, english.1, arabic.1))
        };
        let letters = vec![
            letter(
                1,
                Topic::Merchant,
                (
                    "Zaytoun Market: Your box is on its way",
                    "They bring it today before 18:00.\nLeave word if you are out.",
                ),
                ("سوق زيتون: صندوقك في الطريق", "يصلك اليوم قبل السادسة مساءً.\nأخبرنا إن لم تكن في البيت."),
            ),
            letter(
                2,
                Topic::Money,
                ("You paid \u{2068}سوق زيتون\u{2069} 18,500 IQD", "Your balance is now 250,000 IQD."),
                ("دفعت إلى \u{2068}Zaytoun Market\u{2069} مبلغ ١٨٬٥٠٠ د.ع", "رصيدك الآن ٢٥٠٬٠٠٠ د.ع."),
            ),
            letter(
                3,
                Topic::Agreement,
                ("Zaytoun Market may now charge you", "You agreed that Zaytoun Market may charge your wallet."),
                ("يمكن للتاجر سوق زيتون الآن الاستقطاع منك", "وافقت على أن يستقطع التاجر سوق زيتون من محفظتك."),
            ),
            letter(
                9,
                Topic::Security,
                ("Your PIN was changed", "If it was not you, tell your wallet’s support now."),
                ("تم تغيير رمزك السري", "إذا لم تكن أنت من غيّره فأبلغ دعم المحفظة الآن."),
            ),
        ];
        Self { letters, begins_later: false, older_than: None }
    }
}

impl Message {
    /// One of the inbox, opened.
    pub(super) fn sample(language: Language, place: usize) -> Screen {
        let letter = Inbox::sample(language).letters.swap_remove(place);
        let app = AppLink { app_id: AppId::new("100001"), name: zaytoun(language) };
        let contract_id = ContractId::new("202610012748159036524817");
        Screen::Message(Box::new(Self {
            app: (letter.topic == Topic::Merchant).then_some(app),
            movement: (letter.topic == Topic::Money).then(|| message_id(1)),
            agreement: (letter.topic == Topic::Agreement).then_some(contract_id),
            letter,
        }))
    }
}
