//! A wire between an engine and its server that can break in the worst moment: around a commit.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{UnixListener, UnixStream};

/// Where the wire breaks next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Break {
    /// The server never hears of the commit.
    BeforeCommit,
    /// The server commits, and nobody hears of it.
    AfterCommit,
}

/// A wire. Every break happens once.
pub struct Proxy {
    directory: TempDir,
    next: Arc<Mutex<Option<Break>>>,
}

impl Proxy {
    /// A wire to the server whose socket is in the folder `server`.
    pub fn to(server: &Path) -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let listener = UnixListener::bind(directory.path().join(".s.PGSQL.5432")).expect("a socket");
        let next = Arc::new(Mutex::new(None));
        let (server, breaks) = (server.join(".s.PGSQL.5432"), Arc::clone(&next));
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, server.clone(), Arc::clone(&breaks)));
            }
        });
        Self { directory, next }
    }

    /// Where to connect.
    pub fn directory(&self) -> PathBuf {
        self.directory.path().to_owned()
    }

    /// The next commit is where it breaks.
    pub fn break_at(&self, next: Break) {
        *self.next.lock().expect("not poisoned") = Some(next);
    }

    /// Whether it has broken there.
    pub fn has_broken(&self) -> bool {
        self.next.lock().expect("not poisoned").is_none()
    }
}

/// Carries bytes both ways until one side ends or the wire breaks.
async fn carry(mut client: UnixStream, server: PathBuf, next: Arc<Mutex<Option<Break>>>) {
    let Ok(mut server) = UnixStream::connect(server).await else { return };
    let (mut asked, mut answered) = (vec![0; 65_536], vec![0; 65_536]);
    loop {
        tokio::select! {
            read = client.read(&mut asked) => {
                let Some(bytes) = read.ok().filter(|count| *count > 0).map(|count| &asked[..count]) else { return };
                let commits = bytes.windows(7).any(|word| word == b"COMMIT\0");
                let broken = if commits { next.lock().expect("not poisoned").take() } else { None };
                if broken == Some(Break::BeforeCommit) || server.write_all(bytes).await.is_err() {
                    return;
                }
                if broken == Some(Break::AfterCommit) {
                    // Its answer proves that it is done; it goes no further.
                    let _ = server.read(&mut answered).await;
                    return;
                }
            }
            read = server.read(&mut answered) => {
                let Some(count) = read.ok().filter(|count| *count > 0) else { return };
                if client.write_all(&answered[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}
