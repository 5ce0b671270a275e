//! The PIN: five wrong ones in a row lock it for a while, and while it is locked not even the
//! right one opens. Counted inside the deciding transaction, so that parallel guesses count too.

use super::write::Write;
use crate::{PinCheck, Refusal, Row, User};

/// Lets the user on, or says why not. A wrong try is counted, a right one clears the count.
pub fn check(write: &mut Write<'_>, user: &User, pin: PinCheck) -> Result<(), Refusal> {
    open(write, user, pin)?;
    if pin == PinCheck::Right && (user.pin_failures > 0 || user.pin_locked_until.is_some()) {
        let cleared = User { pin_failures: 0, pin_locked_until: None, ..user.clone() };
        write.update(Row::User(Box::new(cleared)));
    }
    Ok(())
}

/// The same for whoever writes the user's row, and so clears the count, anyway.
pub fn open(write: &mut Write<'_>, user: &User, pin: PinCheck) -> Result<(), Refusal> {
    if pin == PinCheck::NotAsked {
        return Ok(());
    }
    if let Some(until) = user.locked_at(write.now()) {
        return Err(Refusal::PinLocked { until });
    }
    if pin == PinCheck::Right {
        return Ok(());
    }
    // A lock that has run out starts the count anew.
    let before = if user.pin_locked_until.is_some() { 0 } else { user.pin_failures };
    let pin_failures = before.saturating_add(1);
    let tries_left = write.world.policy.pin_tries.saturating_sub(pin_failures);
    let locked = (tries_left == 0).then(|| write.after(write.world.policy.pin_lock));
    let counted = User { pin_failures, pin_locked_until: locked, ..user.clone() };
    write.update(Row::User(Box::new(counted)));
    let Some(until) = locked else { return Err(Refusal::PinWrong { tries_left }) };
    write.audit(format!("user:{}", user.user_id), "pin.locked", format!("user:{}", user.user_id), None);
    Err(Refusal::PinLocked { until })
}
