//! The cheapest HTTP/1.1 client that will do: one kept connection, bytes out, bytes in.

use anyhow::{Context as _, bail};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The longest answer that is taken.
const ANSWER_MAX: usize = 64 * 1024;

/// A connection that is kept open.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// An answer, still in the connection's buffer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer<'a> {
    /// The status line and the headers.
    pub head: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The status is 200.
    pub fn is_ok(&self) -> bool {
        self.head.starts_with("HTTP/1.1 200 ")
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }
}

impl Connection {
    /// Connects.
    pub async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await.context("the wallet cannot be reached")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(4096) })
    }

    /// Sends a whole request and reads the whole answer.
    pub async fn exchange(&mut self, request: &[u8]) -> anyhow::Result<Answer<'_>> {
        self.buffer.clear();
        self.stream.write_all(request).await?;
        loop {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                bail!("the wallet closed a connection in the middle of an answer");
            }
            if answer(&self.buffer)?.is_some() {
                break;
            }
            if self.buffer.len() > ANSWER_MAX {
                bail!("an answer is longer than {ANSWER_MAX} bytes");
            }
        }
        answer(&self.buffer)?.context("an answer was lost")
    }
}

/// The answer at the beginning of `bytes`, if all of it is there.
pub fn answer(bytes: &[u8]) -> anyhow::Result<Option<Answer<'_>>> {
    let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else { return Ok(None) };
    let head = std::str::from_utf8(&bytes[..end]).context("an answer's headers are not text")?;
    let known = Answer { head, body: &[] };
    let length: usize = known.header("content-length").context("an answer has no Content-Length")?.parse()?;
    Ok(bytes.get(end + 4..end + 4 + length.min(ANSWER_MAX)).map(|body| Answer { head, body }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: &[u8] = b"HTTP/1.1 200 OK\r\nclient-id: c:1\r\nContent-Length: 2\r\n\r\n{}";

    #[test]
    fn an_answer_is_taken_once_all_of_it_is_there() {
        for part in 0..BYTES.len() {
            assert_eq!(answer(&BYTES[..part]).unwrap(), None, "{part} bytes");
        }
        let whole = answer(BYTES).unwrap().unwrap();
        assert!(whole.is_ok());
        assert_eq!(whole.body, b"{}");
        assert_eq!(whole.header("Client-Id"), Some("c:1"));
        assert_eq!(whole.header("Signature"), None);
    }

    #[test]
    fn an_answer_without_a_length_is_an_error() {
        assert!(answer(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }

    #[test]
    fn another_status_is_not_ok() {
        assert!(!answer(b"HTTP/1.1 503 X\r\ncontent-length: 0\r\n\r\n").unwrap().unwrap().is_ok());
    }
}
