//! Room for merchants' calls: how many are worked on at once, and how many of them may be one client's.
//!
//! A call that is let in is answered well within a second, whatever else is waiting; one that is not hears so at once.
//! Nobody can take all the room: a client gets at most half of it, and all callers that are not known as clients share
//! a quarter. Who calls is not proven yet at this point: somebody who names another's Client-Id can take that client's
//! half, and no more than that.

use metrics::gauge;
use mithaq_types::ClientId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Why a call is not let in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NoRoom {
    /// Too many calls are being worked on.
    #[error("too many calls are being worked on")]
    Full,
    /// Too many of them are this caller's.
    #[error("too many calls of this caller are being worked on")]
    Share,
}

/// The room. Cheap to clone.
#[derive(Clone)]
pub struct Admission {
    inner: Arc<Inner>,
}

struct Inner {
    most: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    strangers: usize,
    /// Only clients that have taken any.
    clients: HashMap<ClientId, usize>,
}

impl Admission {
    /// Room for `most` calls at once, at least one.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { inner: Arc::new(Inner { most: most.max(1), taken: Mutex::default() }) }
    }

    /// Lets in a call of `client`, or of somebody who is not known as one. It has room until the answer is dropped.
    ///
    /// # Errors
    /// At once, when there is none.
    pub fn enter(&self, client: Option<&ClientId>) -> Result<Room, NoRoom> {
        let most = self.inner.most;
        let mut taken = self.inner.taken();
        if taken.all >= most {
            return Err(NoRoom::Full);
        }
        let (own, share) = match client {
            Some(client) => (taken.clients.get(client).copied().unwrap_or(0), most.div_ceil(2)),
            None => (taken.strangers, most.div_ceil(4)),
        };
        if own >= share {
            return Err(NoRoom::Share);
        }
        taken.all += 1;
        match client {
            Some(client) => drop(taken.clients.insert(client.clone(), own + 1)),
            None => taken.strangers += 1,
        }
        gauge!("mithaq_requests_in_flight").increment(1);
        Ok(Room { inner: Arc::clone(&self.inner), client: client.cloned() })
    }
}

impl Inner {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The room that one call has; given back when this is dropped.
pub struct Room {
    inner: Arc<Inner>,
    client: Option<ClientId>,
}

impl Drop for Room {
    fn drop(&mut self) {
        let mut taken = self.inner.taken();
        taken.all = taken.all.saturating_sub(1);
        match &self.client {
            None => taken.strangers = taken.strangers.saturating_sub(1),
            Some(client) => match taken.clients.get_mut(client) {
                Some(own) if *own > 1 => *own -= 1,
                _ => drop(taken.clients.remove(client)),
            },
        }
        gauge!("mithaq_requests_in_flight").decrement(1);
    }
}

#[cfg(test)]
mod tests {
    use super::{Admission, NoRoom, Room};
    use mithaq_types::ClientId;

    fn enter(admission: &Admission, client: &str, calls: usize) -> Vec<Room> {
        (0..calls).map_while(|_| admission.enter(Some(&ClientId::new(client))).ok()).collect()
    }

    #[test]
    fn a_call_has_room_until_it_is_answered() {
        let admission = Admission::new(1);
        let first = admission.enter(None).expect("room");
        assert_eq!(admission.enter(None).err(), Some(NoRoom::Full));
        drop(first);
        assert!(admission.enter(None).is_ok());
    }

    #[test]
    fn one_client_takes_half_of_the_room_and_leaves_the_rest_to_others() {
        let admission = Admission::new(8);
        let flood = enter(&admission, "a", 100);
        assert_eq!(flood.len(), 4);
        assert_eq!(admission.enter(Some(&ClientId::new("a"))).err(), Some(NoRoom::Share));
        let others = enter(&admission, "b", 2);
        assert_eq!(others.len(), 2);
        assert_eq!(enter(&admission, "c", 100).len(), 2, "until all room is taken");
        drop(flood);
        assert_eq!(enter(&admission, "a", 100).len(), 4, "what was given back can be taken again");
    }

    #[test]
    fn callers_that_are_not_known_share_a_quarter() {
        let admission = Admission::new(8);
        let strangers: Vec<_> = (0..100).map_while(|_| admission.enter(None).ok()).collect();
        assert_eq!(strangers.len(), 2);
        assert_eq!(enter(&admission, "a", 100).len(), 4);
    }

    #[test]
    fn a_client_that_has_nothing_in_hand_is_not_remembered() {
        let admission = Admission::new(100);
        for number in 0..1_000 {
            drop(enter(&admission, &number.to_string(), 2));
        }
        let taken = admission.inner.taken();
        assert_eq!((taken.all, taken.strangers, taken.clients.len()), (0, 0, 0));
    }
}
