//! What was read lately, by its id.
//!
//! However many ask for one thing at once, it is read once: the others wait for that read.

use mithaq_store::StoreError;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::Instant;

/// How long another process's change may go unseen.
const FRESH: Duration = Duration::from_secs(5);
/// Things remembered at most; beyond it the memory starts anew.
const REMEMBERED_MAX: usize = 10_000;

/// The memory.
pub(super) struct Memory<Id, Known>(RwLock<Inside<Id, Known>>);

struct Inside<Id, Known> {
    known: HashMap<Id, (Instant, Arc<Known>)>,
    /// Reads that are under way, each shared by all who wait for it.
    looks: HashMap<Id, Arc<Look<Known>>>,
}

/// What a read found, or why it failed.
type Look<Known> = OnceCell<Result<Option<Arc<Known>>, String>>;

impl<Id, Known> Default for Memory<Id, Known> {
    fn default() -> Self {
        Self(RwLock::new(Inside { known: HashMap::new(), looks: HashMap::new() }))
    }
}

impl<Id: Clone + Eq + Hash, Known> Memory<Id, Known> {
    /// What has that id, if anything has; `read` looks where it is not remembered.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) async fn get<Reading>(
        &self,
        id: &Id,
        read: impl FnOnce() -> Reading,
    ) -> Result<Option<Arc<Known>>, StoreError>
    where
        Reading: Future<Output = Result<Option<Arc<Known>>, StoreError>>,
    {
        let now = Instant::now();
        if let Some((since, known)) = self.inside().known.get(id)
            && now.duration_since(*since) < FRESH
        {
            return Ok(Some(Arc::clone(known)));
        }
        let look = Arc::clone(self.inside_mut().looks.entry(id.clone()).or_default());
        let joined = Joined { memory: self, id, look: &look };
        let mut own = None;
        // If whoever reads goes away meanwhile, the next one who waits reads instead.
        let reading = async {
            let found = read().await.map_err(|error| {
                let text = error.to_string();
                own = Some(error);
                text
            });
            joined.remember(now, found.as_ref().ok().and_then(Option::as_ref));
            found
        };
        match look.get_or_init(|| reading).await {
            Ok(found) => Ok(found.clone()),
            Err(text) => Err(own.unwrap_or_else(|| StoreError::Unavailable(text.clone()))),
        }
    }

    /// What was met before, however long ago, without a look.
    pub(super) fn recall(&self, id: &Id) -> Option<Arc<Known>> {
        self.inside().known.get(id).map(|(_, known)| Arc::clone(known))
    }

    /// Forgets everything: something was changed here. What is being read now counts no longer either.
    pub(super) fn forget(&self) {
        let mut inside = self.inside_mut();
        inside.known.clear();
        inside.looks.clear();
    }

    /// How many reads are under way.
    #[cfg(test)]
    pub(super) fn reads_under_way(&self) -> usize {
        self.inside().looks.len()
    }

    fn inside(&self) -> RwLockReadGuard<'_, Inside<Id, Known>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn inside_mut(&self) -> RwLockWriteGuard<'_, Inside<Id, Known>> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One of those who wait for a read.
struct Joined<'a, Id: Clone + Eq + Hash, Known> {
    memory: &'a Memory<Id, Known>,
    id: &'a Id,
    look: &'a Arc<Look<Known>>,
}

impl<Id: Clone + Eq + Hash, Known> Joined<'_, Id, Known> {
    /// The read is over, and whoever comes now begins another. What it found is remembered unless [`Memory::forget`] was called
    /// meanwhile: then it may be what was before a change.
    fn remember(&self, now: Instant, found: Option<&Arc<Known>>) {
        let mut inside = self.memory.inside_mut();
        if !inside.looks.get(self.id).is_some_and(|current| Arc::ptr_eq(current, self.look)) {
            return;
        }
        inside.looks.remove(self.id);
        let Some(found) = found else { return };
        if inside.known.len() >= REMEMBERED_MAX {
            inside.known.clear();
        }
        inside.known.insert(self.id.clone(), (now, Arc::clone(found)));
    }
}

impl<Id: Clone + Eq + Hash, Known> Drop for Joined<'_, Id, Known> {
    fn drop(&mut self) {
        if self.look.initialized() {
            return;
        }
        // Nobody waits any more: the memory's handle, and this one.
        let mut inside = self.memory.inside_mut();
        if Arc::strong_count(self.look) <= 2
            && inside.looks.get(self.id).is_some_and(|current| Arc::ptr_eq(current, self.look))
        {
            inside.looks.remove(self.id);
        }
    }
}
