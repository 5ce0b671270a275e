//! The wallet's own signing keys, by version, kept as PEM files in a directory.

use crate::{KeyError, PrivateKey, secret_file};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Why the keys could not be loaded or stored.
#[derive(Debug, thiserror::Error)]
pub enum KeyRingError {
    /// The directory or a file in it could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The directory or file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file named like a key does not hold one.
    #[error("{}: {source}", path.display())]
    Key {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        source: KeyError,
    },
    /// A new key could not be made.
    #[error("a new signing key could not be made: {0}")]
    Generate(KeyError),
}

/// Signing keys by version, starting from 1. The highest version signs; the lower ones stay to be looked up.
#[derive(Clone, Debug)]
pub struct KeyRing {
    keys: BTreeMap<u32, PrivateKey>,
    current: (u32, PrivateKey),
}

impl KeyRing {
    /// A ring of one key, version 1, held in memory only.
    #[must_use]
    pub fn single(key: PrivateKey) -> Self {
        Self { keys: BTreeMap::from([(1, key.clone())]), current: (1, key) }
    }

    /// Loads `wallet-key-<version>.pem` files from `directory`; makes and stores version 1 if there is none.
    ///
    /// Two processes that start at once over an empty directory end up with the same key.
    ///
    /// # Errors
    /// [`KeyRingError`] names the file that cannot be used. A broken file is never skipped.
    pub fn open(directory: &Path) -> Result<Self, KeyRingError> {
        let io_error = |source| KeyRingError::Io { path: directory.to_owned(), source };
        fs::create_dir_all(directory).map_err(io_error)?;
        let mut keys = BTreeMap::new();
        for entry in fs::read_dir(directory).map_err(io_error)? {
            let name = entry.map_err(io_error)?.file_name();
            if let Some(version) = name.to_str().and_then(version_of) {
                keys.insert(version, load(&path_of(directory, version))?);
            }
        }
        match keys.last_key_value() {
            Some((version, key)) => Ok(Self { current: (*version, key.clone()), keys }),
            None => {
                let key = store_new(directory, 1)?;
                Ok(Self::single(key))
            }
        }
    }

    /// Makes, stores and starts to sign with the next version. Returns its number.
    ///
    /// # Errors
    /// [`KeyRingError`] if the key cannot be made or stored; the ring is then unchanged.
    pub fn rotate(&mut self, directory: &Path) -> Result<u32, KeyRingError> {
        let version = self.current.0.saturating_add(1);
        let key = store_new(directory, version)?;
        self.keys.insert(version, key.clone());
        self.current = (version, key);
        Ok(version)
    }

    /// The version that signs now, with its key.
    #[must_use]
    pub fn current(&self) -> (u32, &PrivateKey) {
        (self.current.0, &self.current.1)
    }

    /// The key of `version`.
    #[must_use]
    pub fn get(&self, version: u32) -> Option<&PrivateKey> {
        self.keys.get(&version)
    }

    /// The versions there are, lowest first.
    pub fn versions(&self) -> impl Iterator<Item = u32> + '_ {
        self.keys.keys().copied()
    }
}

fn path_of(directory: &Path, version: u32) -> PathBuf {
    directory.join(format!("wallet-key-{version}.pem"))
}

fn version_of(file_name: &str) -> Option<u32> {
    let digits = file_name.strip_prefix("wallet-key-")?.strip_suffix(".pem")?;
    let version = digits.parse().ok()?;
    // `wallet-key-01.pem` would be a second name for version 1.
    (version > 0 && digits == u32::to_string(&version)).then_some(version)
}

fn load(path: &Path) -> Result<PrivateKey, KeyRingError> {
    let text = fs::read_to_string(path).map_err(|source| KeyRingError::Io { path: path.to_owned(), source })?;
    PrivateKey::from_pem(&text).map_err(|source| KeyRingError::Key { path: path.to_owned(), source })
}

fn store_new(directory: &Path, version: u32) -> Result<PrivateKey, KeyRingError> {
    let path = path_of(directory, version);
    let text = PrivateKey::generate().and_then(|key| key.to_pem()).map_err(KeyRingError::Generate)?;
    secret_file::create(&path, &text).map_err(|source| KeyRingError::Io { path: path.clone(), source })?;
    // Read back: another process may have been first, and then its key is the one.
    load(&path)
}
