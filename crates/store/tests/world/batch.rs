//! One batch through one engine: what waits together is submitted together, so that every run of a seed is the same.

use crate::act::{Act, Work, hash};
use crate::faults::{Fault, Gate};
use crate::house::House;
use mithaq_domain::{Answer, Command, Done, Refusal};
use mithaq_store::{Engine, EngineError, StoreError};
use mithaq_types::Timestamp;
use std::pin::Pin;
use std::task::{Context, Waker};

/// What a caller heard; nothing if it did not stay to hear it.
pub type Heard = Option<Result<Answer, EngineError>>;

/// Somebody's act, on its way.
#[derive(Clone, Debug)]
pub struct Call {
    pub act: Act,
    pub walks_away: bool,
}

/// How a batch went.
pub struct Batch {
    /// For each call.
    pub heard: Vec<Heard>,
    /// How many commits took place whose answer was withheld.
    pub lies: usize,
    /// Whether the process died.
    pub crashed: bool,
}

type Pending<'a> = Pin<Box<dyn Future<Output = Result<Answer, EngineError>> + 'a>>;

/// A batch that waits in an engine's queue.
pub struct Waiting<'a> {
    engine: &'a Engine,
    gate: &'a Gate,
    calls: &'a [Call],
    /// One that changes nothing goes ahead and is held up, so that the others wait and become one batch.
    ahead: Option<Pending<'a>>,
    pending: Vec<Option<Pending<'a>>>,
    heard: Vec<Heard>,
}

/// Puts `calls` into the queue of engine `number`; `faults` are what will befall it. A single call may be under way at
/// once.
pub fn prepare<'a>(
    house: &'a House,
    number: usize,
    calls: &'a [Call],
    faults: &[Fault],
    now: Timestamp,
) -> Result<Waiting<'a>, StoreError> {
    let (engine, gate) = house.engine(number)?;
    let ahead = (calls.len() > 1).then(|| {
        gate.hold();
        let mut call: Pending<'_> = Box::pin(engine.submit(nothing()));
        // It waits: nobody can have answered it.
        let _ = poll(&mut call);
        gate.wait();
        call
    });
    gate.plan(faults);
    let mut pending: Vec<_> = calls.iter().map(|call| Some(submit(engine, &call.act, now))).collect();
    let mut heard: Vec<Heard> = Vec::new();
    for (place, call) in calls.iter().enumerate() {
        // In the queue, in this order.
        heard.push(pending[place].as_mut().and_then(poll));
        if call.walks_away || heard[place].is_some() {
            pending[place] = None;
        }
    }
    Ok(Waiting { engine, gate, calls, ahead, pending, heard })
}

impl Waiting<'_> {
    /// Lets the engine go on.
    pub fn release(&self) {
        self.gate.release();
    }

    /// Waits until all is said.
    pub async fn end(mut self) -> Batch {
        if let Some(call) = self.ahead {
            assert_eq!(call.await, Ok(Err(Refusal::TokenUnknown)), "the one that goes ahead meets no fault");
        }
        for (place, call) in self.pending.into_iter().enumerate() {
            if let Some(call) = call {
                self.heard[place] = Some(call.await);
            }
        }
        if self.calls.iter().any(|call| call.walks_away) {
            // Nobody waits for the last ones: a call behind them tells when they are through.
            let _ = self.engine.submit(nothing()).await;
        }
        let (lies, crashed) = self.gate.report();
        Batch { heard: self.heard, lies, crashed }
    }
}

/// Asks for something that is not there.
fn nothing() -> Command {
    Command::UseToken { access: hash("nothing") }
}

fn submit<'a>(engine: &'a Engine, act: &Act, now: Timestamp) -> Pending<'a> {
    match act.work(now) {
        Work::Command(command) => Box::pin(engine.submit(command)),
        Work::Chore(chore) => Box::pin(async { engine.write(chore).await.map(|()| Ok(Done::Nothing)) }),
    }
}

fn poll(call: &mut Pending<'_>) -> Heard {
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        std::task::Poll::Ready(answer) => Some(answer),
        std::task::Poll::Pending => None,
    }
}
