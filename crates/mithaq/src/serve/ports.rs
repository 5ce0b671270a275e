//! The two ports. They are taken at the start, so that a taken one ends the program, and opened when there is somebody
//! to answer: until then whoever comes is refused at once instead of waiting.

use std::io;
use std::net::SocketAddr;
use tokio::net::{TcpListener, TcpSocket};

/// Connections that may wait to be taken.
const BACKLOG: u32 = 1024;

/// A port that is ours and not open yet.
pub struct Port {
    setting: &'static str,
    socket: TcpSocket,
    address: SocketAddr,
}

impl Port {
    /// Takes `address`, which `setting` names; port 0 takes a free one.
    ///
    /// # Errors
    /// One line that names the setting.
    pub fn reserve(setting: &'static str, address: SocketAddr) -> anyhow::Result<Self> {
        let take = || -> io::Result<Self> {
            let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            Ok(Self { setting, address: socket.local_addr()?, socket })
        };
        take().map_err(|error| refused(setting, address, &error))
    }

    /// Where it is.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Opens it.
    ///
    /// # Errors
    /// As [`Port::reserve`].
    pub fn open(self) -> anyhow::Result<TcpListener> {
        self.socket.listen(BACKLOG).map_err(|error| refused(self.setting, self.address, &error))
    }
}

fn refused(setting: &str, address: SocketAddr, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        io::ErrorKind::AddrInUse => anyhow::anyhow!("{setting}: {address} is taken by another program; choose another"),
        io::ErrorKind::AddrNotAvailable => anyhow::anyhow!("{setting}: this machine has no address {}", address.ip()),
        io::ErrorKind::PermissionDenied => {
            anyhow::anyhow!("{setting}: port {} may not be used by this user; choose one above 1023", address.port())
        }
        _ => anyhow::anyhow!("{setting}: {address} cannot be used: {error}"),
    }
}
