//! What waits for the engine: bounded, and taken in batches by one lane or several.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Items that wait, at most so many.
pub struct Queue<T> {
    waiting: Mutex<Waiting<T>>,
    /// The first lane is told of every item.
    first: Condvar,
    /// The others only of a backlog.
    others: Condvar,
    most: usize,
    backlog: usize,
}

struct Waiting<T> {
    items: VecDeque<T>,
    is_closed: bool,
}

/// Why an item was not taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turned {
    /// Too many wait.
    Full,
    /// Nobody takes them any more.
    Closed,
}

impl<T> Queue<T> {
    /// A queue of at most `most` items. Lanes but the first help only while `backlog` or more wait: a second lane where one
    /// would do makes smaller batches, and each batch has its price.
    pub const fn new(most: usize, backlog: usize) -> Self {
        let waiting = Mutex::new(Waiting { items: VecDeque::new(), is_closed: false });
        Self { waiting, first: Condvar::new(), others: Condvar::new(), most, backlog }
    }

    /// Takes `item` in, unless there are too many.
    pub fn push(&self, item: T) -> Result<(), Turned> {
        let mut waiting = self.lock();
        if waiting.is_closed {
            return Err(Turned::Closed);
        }
        if waiting.items.len() >= self.most {
            return Err(Turned::Full);
        }
        waiting.items.push_back(item);
        match waiting.items.len() {
            1 => self.first.notify_one(),
            length if length == self.backlog => self.others.notify_one(),
            _ => {}
        }
        Ok(())
    }

    /// The oldest items, at most `most`, for `lane`; waits for them. `None`: there will be no more.
    pub fn take(&self, lane: usize, most: usize) -> Option<Vec<T>> {
        let (told, least) = if lane == 0 { (&self.first, 1) } else { (&self.others, self.backlog) };
        let idle = |waiting: &mut Waiting<T>| waiting.items.len() < least && !waiting.is_closed;
        let mut waiting = told.wait_while(self.lock(), idle).unwrap_or_else(PoisonError::into_inner);
        if waiting.items.is_empty() {
            return None;
        }
        let count = waiting.items.len().min(most);
        let taken = waiting.items.drain(..count).collect();
        if waiting.items.len() >= self.backlog {
            self.others.notify_one();
        }
        Some(taken)
    }

    /// No more items come; those that wait are still taken.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.first.notify_all();
        self.others.notify_all();
    }

    /// The end at once: what waits is let go of, so that nobody waits for an answer that cannot come. Whoever is woken by that
    /// and asks again finds it closed: an item that came between the two would never be taken.
    pub fn abandon(&self) {
        let mut waiting = self.lock();
        waiting.is_closed = true;
        let let_go = std::mem::take(&mut waiting.items);
        drop(waiting);
        self.first.notify_all();
        self.others.notify_all();
        drop(let_go);
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    #[test]
    fn items_come_out_in_order_and_no_more_than_asked_for() {
        let queue = Queue::new(10, 5);
        (0..4).for_each(|item| queue.push(item).expect("room"));
        assert_eq!(queue.take(0, 3), Some(vec![0, 1, 2]));
        assert_eq!(queue.take(0, 3), Some(vec![3]));
    }

    #[test]
    fn too_many_are_turned_away_and_after_the_end_all() {
        let queue = Queue::new(1, 5);
        assert_eq!((queue.push(1), queue.push(2)), (Ok(()), Err(Turned::Full)));
        queue.close();
        assert_eq!(queue.push(3), Err(Turned::Closed));
        assert_eq!((queue.take(0, 9), queue.take(0, 9), queue.take(1, 9)), (Some(vec![1]), None, None));
    }

    /// Asks again as soon as it is let go of, as a caller does whose command failed.
    struct Again {
        queue: std::sync::Weak<Queue<Again>>,
        heard: std::sync::mpsc::Sender<Result<(), Turned>>,
    }

    impl Drop for Again {
        fn drop(&mut self) {
            if let Some(queue) = self.queue.upgrade() {
                let next = Self { queue: std::sync::Weak::new(), heard: self.heard.clone() };
                self.heard.send(queue.push(next)).expect("somebody listens");
            }
        }
    }

    #[test]
    fn who_asks_again_while_the_queue_is_abandoned_finds_it_closed() {
        let (heard, answers) = std::sync::mpsc::channel();
        let queue = Arc::new(Queue::new(10, 5));
        let item = Again { queue: Arc::downgrade(&queue), heard };
        assert!(queue.push(item).is_ok());
        queue.abandon();
        assert_eq!(answers.recv(), Ok(Err(Turned::Closed)));
    }

    #[test]
    fn a_second_lane_helps_only_with_a_backlog_and_at_the_end() {
        let queue = Arc::new(Queue::new(10, 3));
        let second = std::thread::spawn({
            let queue = Arc::clone(&queue);
            move || std::iter::from_fn(|| queue.take(1, 9)).collect::<Vec<_>>()
        });
        (0..2).for_each(|item| queue.push(item).expect("room"));
        assert_eq!(queue.take(0, 9), Some(vec![0, 1]), "the second lane has left them");
        (2..5).for_each(|item| queue.push(item).expect("room"));
        while !queue.lock().items.is_empty() {
            std::thread::yield_now();
        }
        queue.push(5).expect("room");
        queue.close();
        assert_eq!(second.join().expect("no panic").concat(), [2, 3, 4, 5]);
    }
}
