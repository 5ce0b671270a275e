//! The seconds at which something ends or begins: mistakes live there.

use crate::dice::Dice;
use crate::model::{Model, after};
use crate::script::Kind;
use jiff::SignedDuration;
use mithaq_domain::DeliveryState;
use mithaq_types::Timestamp;

/// One of the next such seconds, the one before or the one after; and what to try then.
pub fn brink(model: &Model, now: Timestamp, mut dice: Dice) -> Option<(Timestamp, Option<Kind>)> {
    let (grace_s, mut all) = (model.rules.grace_s, Vec::new());
    let open = model.contracts.values().filter(|contract| contract.ended.is_none());
    all.extend(open.map(|contract| (contract.until, Kind::Expire)));
    all.extend(
        model.codes.values().map(|code| (code.used.map_or(code.until, |used| after(used, grace_s)), Kind::Exchange)),
    );
    all.extend(model.pairs.values().map(|pair| (pair.access_until, Kind::Pay)));
    let refreshed = model.pairs.values().filter_map(|pair| pair.refreshed);
    all.extend(refreshed.map(|at| (after(at, grace_s), Kind::Refresh)));
    all.extend(model.users.values().filter_map(|user| Some((user.locked?, Kind::Session))));
    all.extend(model.offers.values().map(|offer| (offer.until, Kind::Sign)));
    all.extend(model.pages.values().filter(|page| page.end.is_none()).map(|page| (page.until, Kind::Sign)));
    let pending = model.notices.iter().filter(|notice| notice.state == DeliveryState::Pending);
    all.extend(pending.map(|notice| (notice.next, Kind::Deliver)));
    for standing in model.standings.values() {
        let kinds = [Kind::ExpireOrder, Kind::Operate, Kind::Confirm];
        all.extend(standing.due.into_iter().flat_map(|due| kinds.map(|kind| (due, kind))));
    }
    all.retain(|(at, _)| *at > now);
    all.sort_unstable_by_key(|(at, _)| *at);
    all.dedup();
    let near = all.len().min(if dice.chance(70) { 5 } else { 30 });
    let (at, kind) = dice.one(all.get(..near)?)?;
    let seconds = dice.one(&[0, 0, 0, -1, 1])?;
    Some(((at + SignedDuration::from_secs(seconds)).max(now), Some(kind)))
}
