//! What happens in a world: rounds of deeds and faults, made of a seed alone. What exactly a deed does is settled when
//! its turn comes, from its own dice and from what there is; so any part of a script is a script.

use crate::dice::Dice;
use crate::faults::{Fault, Point, What};
use crate::rules::Rules;

/// The kinds of deeds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    AddUser,
    AddClient,
    SetClient,
    SetUser,
    TopUp,
    Prepare,
    Session,
    OpenPage,
    ClosePage,
    Sign,
    Grant,
    Exchange,
    Refresh,
    UseToken,
    Cancel,
    End,
    Expire,
    Pay,
    Order,
    Confirm,
    Settle,
    Link,
    Accept,
    Operate,
    CallOff,
    ExpireOrder,
    Repeat,
    Retry,
    Deliver,
    Resend,
    MarkRead,
    RecordSent,
    Fold,
}

/// How often each is drawn.
const WEIGHTS: [(Kind, usize); 33] = [
    (Kind::AddUser, 2),
    (Kind::AddClient, 1),
    (Kind::SetClient, 2),
    (Kind::SetUser, 2),
    (Kind::TopUp, 8),
    (Kind::Prepare, 6),
    (Kind::Session, 6),
    (Kind::OpenPage, 4),
    (Kind::ClosePage, 2),
    (Kind::Sign, 12),
    (Kind::Grant, 2),
    (Kind::Exchange, 14),
    (Kind::Refresh, 8),
    (Kind::UseToken, 4),
    (Kind::Cancel, 2),
    (Kind::End, 4),
    (Kind::Expire, 5),
    (Kind::Pay, 40),
    (Kind::Order, 14),
    (Kind::Confirm, 18),
    (Kind::Settle, 8),
    (Kind::Link, 2),
    (Kind::Accept, 6),
    (Kind::Operate, 14),
    (Kind::CallOff, 5),
    (Kind::ExpireOrder, 3),
    (Kind::Repeat, 10),
    (Kind::Retry, 10),
    (Kind::Deliver, 20),
    (Kind::Resend, 2),
    (Kind::MarkRead, 2),
    (Kind::RecordSent, 2),
    (Kind::Fold, 6),
];

/// Somebody asks for something.
#[derive(Clone, Debug)]
pub struct Deed {
    pub kind: Kind,
    /// Everything else about it.
    pub dice: u64,
    /// For how many rounds it is under way, while others overtake it.
    pub delay: usize,
    /// Whether who asked is gone before the answer comes.
    pub walks_away: bool,
}

/// What one engine gets to do at one instant.
#[derive(Clone, Debug)]
pub struct Round {
    /// By how many seconds the clock moves before; also backwards.
    pub seconds: i64,
    /// Dice for moving it to the very second at which something ends or begins instead.
    pub brink: Option<u64>,
    /// Which engine.
    pub engine: usize,
    pub deeds: Vec<Deed>,
    /// What befalls its transactions, one after the other.
    pub faults: Vec<Fault>,
    /// Whether everything that is stored is compared afterwards.
    pub look: bool,
    /// Whether both engines do it at the same time, where they can: then nothing goes wrong.
    pub at_once: bool,
    /// Whether all processes stop and start again before it.
    pub restart: bool,
}

/// A world's story.
#[derive(Clone, Debug)]
pub struct Script {
    pub rules: Rules,
    pub rounds: Vec<Round>,
}

impl Script {
    /// The story of `seed`.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let rules = Rules::draw(&mut dice);
        let mut rounds = opening(&mut dice);
        let mut outage = 0;
        for _ in 0..dice.between(8, 36) {
            outage = if outage > 0 { outage - 1 } else { usize::from(dice.chance(2)) * (1 + dice.below(4)) };
            rounds.push(round(&mut dice, outage > 0));
        }
        Self { rules, rounds }
    }
}

/// People, shops, money and the first agreements: without them little would happen.
fn opening(dice: &mut Dice) -> Vec<Round> {
    use Kind::{AddClient, AddUser, Exchange, Prepare, Sign, TopUp};
    let acts: [&[Kind]; 5] =
        [&[AddUser; 3], &[AddClient; 3], &[TopUp, TopUp, TopUp, Prepare, Prepare], &[Sign; 4], &[Exchange; 4]];
    let mut deed = |kind| Deed { kind, dice: dice.number(), delay: 0, walks_away: false };
    let mut rounds = Vec::new();
    for kinds in acts {
        let deeds = kinds.iter().map(|kind| deed(*kind)).collect();
        let faults = Vec::new();
        let (look, at_once, restart) = (kinds.contains(&Exchange), false, false);
        rounds.push(Round { seconds: 1, brink: None, engine: 0, deeds, faults, look, at_once, restart });
    }
    rounds
}

fn round(dice: &mut Dice, outage: bool) -> Round {
    let count = match dice.below(20) {
        0..8 => 1,
        8..16 => 2 + dice.below(3),
        _ => 5 + dice.below(10),
    };
    let deeds: Vec<_> = (0..count).map(|_| deed(dice)).collect();
    let faults = if outage { vec![Fault { at: Point::Always, what: What::Unavailable }] } else { faults(dice) };
    let (engine, look, restart) = (dice.below(2), dice.chance(6), dice.chance(1));
    let at_once = deeds.len() > 3 && dice.chance(60);
    let brink = if dice.chance(8) { Some(dice.number()) } else { None };
    Round { seconds: jump(dice), brink, engine, deeds, faults, look, at_once, restart }
}

fn deed(dice: &mut Dice) -> Deed {
    let total = WEIGHTS.iter().map(|(_, weight)| weight).sum();
    let mut place = dice.below(total);
    let drawn = WEIGHTS.iter().find(|(_, weight)| {
        let here = place < *weight;
        place = place.wrapping_sub(*weight);
        here
    });
    let kind = drawn.map_or(Kind::Pay, |(kind, _)| *kind);
    let delay = if dice.chance(12) { 1 + dice.below(4) } else { 0 };
    Deed { kind, dice: dice.number(), delay, walks_away: dice.chance(1) }
}

/// Seconds to months, now and then back.
fn jump(dice: &mut Dice) -> i64 {
    match dice.below(100) {
        0..55 => dice.between(0, 20),
        55..75 => dice.between(20, 120),
        75..86 => dice.between(120, 3_600),
        86..92 => dice.between(3_600, 86_400),
        92..95 => dice.between(1, 40) * 86_400,
        _ => -dice.between(1, 3_600),
    }
}

/// At most one lie: an answer lost of something that did happen.
fn faults(dice: &mut Dice) -> Vec<Fault> {
    const EARLY: [Point; 5] = [Point::Begin, Point::Fetch, Point::BeforeWrite, Point::AfterWrite, Point::BeforeCommit];
    const AGAIN: [What; 3] = [What::Busy, What::Conflict, What::Lost];
    const END: [What; 4] = [What::Unavailable, What::Unknown, What::Broken, What::Crash];
    let mut draw = |points: &[Point], whats: &[What]| {
        let point = dice.one(points).unwrap_or(Point::Begin);
        Fault { at: point, what: dice.one(whats).unwrap_or(What::Lost) }
    };
    let before: Vec<_> = (0..3).map(|_| draw(&EARLY, &AGAIN)).collect();
    let end = draw(&EARLY, &END);
    let lie = draw(&[Point::AfterCommit], &[What::Unknown, What::Unknown, What::Crash]);
    let count = dice.below(4);
    let mut faults: Vec<Fault> = before.into_iter().take(count).collect();
    match dice.below(20) {
        0..10 => return Vec::new(),
        10..14 => {}
        14..16 => faults.extend([Fault { at: Point::BeforeCommit, what: What::Conflict }; 4]),
        16..18 => faults.push(end),
        _ => faults.push(lie),
    }
    faults
}
