//! Log lines, written by a thread of their own: whoever reads them slowly, or not at all, must not stop the wallet.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;
use tracing_subscriber::fmt::MakeWriter;

/// Lines that may wait; further ones are dropped and counted.
const WAITING_MAX: usize = 8_192;
/// Bytes written at once, when many lines wait.
const CHUNK: usize = 64 * 1024;

enum Message {
    Line(Vec<u8>),
    Flush(SyncSender<()>),
}

/// Where lines are handed in. Cheap to clone; the thread ends with the last clone.
#[derive(Clone)]
pub struct Lines {
    queue: SyncSender<Message>,
}

impl Lines {
    /// Starts the thread that writes to `out`.
    ///
    /// # Errors
    /// When the system has no thread to give.
    pub fn to(out: impl Write + Send + 'static) -> io::Result<Self> {
        let (queue, messages) = sync_channel(WAITING_MAX);
        std::thread::Builder::new().name("log".into()).spawn(move || write_all(out, &messages))?;
        Ok(Self { queue })
    }

    /// Waits until everything handed in before is written, for `within` at most.
    pub fn flush(&self, within: Duration) {
        let (done, written) = sync_channel(1);
        if self.queue.try_send(Message::Flush(done)).is_ok() {
            let _ = written.recv_timeout(within);
        }
    }
}

fn write_all(mut out: impl Write, messages: &Receiver<Message>) {
    let mut chunk = Vec::new();
    while let Ok(first) = messages.recv() {
        let mut flushed = Vec::new();
        let mut next = Some(first);
        while let Some(message) = next.take() {
            match message {
                Message::Line(line) => chunk.extend_from_slice(&line),
                Message::Flush(done) => flushed.push(done),
            }
            if chunk.len() < CHUNK {
                next = messages.try_recv().ok();
            }
        }
        // Nobody is there to be told that the log cannot be written.
        let _ = out.write_all(&chunk).and_then(|()| out.flush());
        chunk.clear();
        for done in flushed {
            let _ = done.send(());
        }
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

/// One call hands in one line.
impl Write for &Lines {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        if self.queue.try_send(Message::Line(line.to_vec())).is_err() {
            metrics::counter!("mithaq_log_lines_dropped_total").increment(1);
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, WAITING_MAX};
    use std::io::{self, Write};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    /// Writes only what it is allowed to, and tells what it wrote.
    struct Gate {
        open: Receiver<()>,
        written: Sender<Vec<u8>>,
    }

    impl Write for Gate {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.open.recv().map_err(io::Error::other)?;
            self.written.send(bytes.to_vec()).map_err(io::Error::other)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_does_not_read_holds_up_nobody_and_the_order_is_kept() {
        let ((open, gate), (written, seen)) = (channel(), channel());
        let lines = Lines::to(Gate { open: gate, written }).expect("a thread");
        // Far more than may wait; nothing is written meanwhile.
        for number in 0..2 * WAITING_MAX {
            (&lines).write_all(format!("{number}\n").as_bytes()).expect("is taken or dropped");
        }
        drop(lines);
        drop((0..10).map(|_| open.send(())).collect::<Vec<_>>());
        let text: Vec<u8> = seen.iter().flatten().collect();
        let numbers: Vec<usize> =
            String::from_utf8(text).expect("text").lines().map(|line| line.parse().expect("a number")).collect();
        assert!(numbers.len() >= WAITING_MAX && numbers.len() < 2 * WAITING_MAX, "{}", numbers.len());
        assert!(numbers.is_sorted() && numbers[0] == 0);
    }

    #[test]
    fn a_flush_waits_for_what_was_handed_in_before() {
        let ((open, gate), (written, seen)) = (channel(), channel());
        let lines = Lines::to(Gate { open: gate, written }).expect("a thread");
        (&lines).write_all(b"last words\n").expect("is taken");
        open.send(()).expect("opens");
        lines.flush(Duration::from_secs(10));
        assert_eq!(seen.try_recv().expect("is written"), b"last words\n");
    }
}
