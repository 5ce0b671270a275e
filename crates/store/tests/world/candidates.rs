//! Which stories agree with what was heard. Whoever was answered was served, in the order of asking; whoever was not,
//! was not, unless the store lied: then all or nothing of what it lied about.

use crate::act::Act;
use crate::batch::{Batch, Call, Heard};
use crate::faults::{Fault, POISON};
use crate::heard::heard;
use crate::model::Model;
use mithaq_domain::{Answer, Done};
use mithaq_store::EngineError;
use mithaq_types::Timestamp;
use std::collections::BTreeMap;

/// Models of the worlds in which what was heard makes sense; why there is none.
pub fn after(model: &Model, calls: &[Call], batch: &Batch, now: Timestamp) -> Result<Vec<Model>, String> {
    let mut candidates = Vec::new();
    let mut first_objection = None;
    for served in possibilities(calls, batch) {
        match tell(model, calls, batch, &served, now) {
            Ok(candidate) => candidates.push(candidate),
            Err(objection) => {
                first_objection.get_or_insert(objection);
            }
        }
    }
    if candidates.is_empty() { Err(first_objection.unwrap_or_default()) } else { Ok(candidates) }
}

/// Each says of every call whether it was served.
fn possibilities(calls: &[Call], batch: &Batch) -> Vec<Vec<bool>> {
    let answered: Vec<_> = batch.heard.iter().map(|heard| matches!(heard, Some(Ok(_)))).collect();
    let mut all = vec![answered.clone()];
    if batch.lies > 0 {
        // A batch that fails is halved, so that what the store lied about is a run of neighbours.
        for from in 0..answered.len() {
            for to in from..answered.len() {
                if answered[to] {
                    break;
                }
                let mut served = answered.clone();
                served[from..=to].fill(true);
                all.push(served);
            }
        }
    }
    for place in (0..calls.len()).filter(|place| calls[*place].walks_away && batch.heard[*place].is_none()) {
        let also: Vec<_> = all.iter().filter(|served| !served[place]).cloned().collect();
        all.extend(also.into_iter().map(|mut served| {
            served[place] = true;
            served
        }));
    }
    all
}

fn tell(model: &Model, calls: &[Call], batch: &Batch, served: &[bool], now: Timestamp) -> Result<Model, String> {
    let mut model = model.clone();
    for ((call, answer), served) in calls.iter().zip(&batch.heard).zip(served) {
        if !served {
            continue;
        }
        let expected = model.apply(&call.act, now);
        if let Some(Ok(answer)) = answer {
            let found = heard(answer);
            if found != expected {
                return Err(format!("{:?}\n  expected {expected:?}\n  heard    {found:?}", call.act));
            }
            learn(&mut model, &call.act, answer)?;
        }
    }
    Ok(model)
}

/// Models in which each act was done in turn, in any order that explains what was heard. Who was not answered was not
/// served.
pub fn in_some_order(model: &Model, acts: &[(&Act, &Heard)], now: Timestamp) -> Vec<Model> {
    let served: Vec<_> = acts.iter().filter_map(|(act, heard)| Some((*act, heard.as_ref()?.as_ref().ok()?))).collect();
    // By which acts are done: what can have become of the world.
    let mut worlds = BTreeMap::from([(0_u32, BTreeMap::from([(Vec::new(), model.clone())]))]);
    let all = (1_u32 << served.len()) - 1;
    while let Some((done, candidates)) = worlds.pop_first() {
        if done == all {
            return candidates.into_values().collect();
        }
        for (place, (act, answer)) in served.iter().enumerate().filter(|(place, _)| done & (1 << place) == 0) {
            for candidate in candidates.values() {
                let mut next = candidate.clone();
                if next.apply(act, now) == heard(answer) && learn(&mut next, act, answer).is_ok() {
                    worlds.entry(done | (1 << place)).or_default().insert(next.facts(), next);
                }
            }
        }
    }
    Vec::new()
}

/// Ids that an answer tells. A repeat must tell the same as the first time.
fn learn(model: &mut Model, act: &Act, answer: &Answer) -> Result<(), String> {
    match (act, answer) {
        (Act::Sign { code, .. }, Ok(Done::Signed(signed))) => {
            if let Some(contract) = model.contracts.get_mut(code) {
                contract.id = Some(signed.contract.contract_id.clone());
            }
        }
        (Act::Pay { client, request, .. }, Ok(Done::Paid(paid)))
        | (Act::Order { client, request, .. }, Ok(Done::Standing(paid, _))) => {
            if let Some(payment) = model.payments.get_mut(&(client.clone(), request.clone())) {
                let known = payment.id.get_or_insert_with(|| paid.payment_id.clone());
                if *known != paid.payment_id {
                    return Err(format!("{act:?} was {known} and is {}", paid.payment_id));
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether `faults` are such that everybody is served all the same; who was not, although.
pub fn unserved<'a>(calls: &'a [Call], batch: &Batch, faults: &[Fault]) -> Option<&'a Act> {
    // The fifth failure in a row is one too many.
    let is_mild = faults.len() < 5 && faults.iter().all(|fault| fault.what.is_transient());
    let poisoned = |act: &Act| matches!(act, Act::AddUser { phone, .. } if phone.starts_with(POISON));
    calls.iter().zip(&batch.heard).find_map(|(call, heard)| match heard {
        Some(Err(EngineError::Failed)) if !is_mild || poisoned(&call.act) => None,
        Some(Err(_)) => Some(&call.act),
        _ => None,
    })
}
