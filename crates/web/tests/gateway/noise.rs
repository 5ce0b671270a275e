//! Noise at `gateway.do`: whatever is sent, the answer is an envelope that can be read and verified.

use super::caller::{Place, Reply, Request, http, post, world};
use crate::support::Answer;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("fits") % sides
    }

    fn bytes(&mut self, most: usize) -> Vec<u8> {
        (0..self.roll(most)).map(|_| u8::try_from(self.roll(256)).expect("a byte")).collect()
    }
}

#[tokio::test]
async fn random_bytes_are_answered_with_an_envelope() {
    let world = world().await;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for _ in 0..300 {
        let form = dice.bytes(400);
        post(&world, "?charset=utf-8&method=alipay.trade.pay", form).await.signed();
    }
}

#[tokio::test]
async fn random_queries_are_answered_with_an_envelope() {
    let world = world().await;
    let mut dice = Dice(0xD1B5_4A32_D192_ED03);
    let letters = b"abcdefgh=&&==%%%+;,:@!$'()*-._~/?0123456789ABCDEF\"{}|^`[]";
    for _ in 0..300 {
        let query: Vec<u8> = (0..dice.roll(200)).map(|_| letters[dice.roll(letters.len())]).collect();
        let query = String::from_utf8(query).expect("ASCII");
        let request = http().get(format!("{}/gateway.do?method=alipay.trade.query&{query}", world.origin));
        Reply::read(Answer::of(request).await).signed();
    }
}

#[tokio::test]
async fn damaged_calls_are_answered_with_an_envelope_and_never_succeed() {
    let world = world().await;
    let mut dice = Dice(0x2545_F491_4F6C_DD1D);
    let (_, whole) = Request::plain(&world).at(Place::Form).written();
    for _ in 0..400 {
        let mut form = whole.clone().into_bytes();
        for _ in 0..=dice.roll(3) {
            let place = dice.roll(form.len());
            match dice.roll(4) {
                0 => form[place] = u8::try_from(dice.roll(256)).expect("a byte"),
                1 => drop(form.remove(place)),
                2 => form.insert(place, *b"&=%+{}\"<\\".get(dice.roll(9)).expect("a letter")),
                _ => form.truncate(place.max(1)),
            }
        }
        let reply = post(&world, "", form).await;
        assert!(!reply.result().starts_with("10000"), "{}", reply.text);
        reply.signed();
    }
}
