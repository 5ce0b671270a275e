//! How the way to the server is secured: nothing, encryption, or encryption and proof of whom we talk to.
//!
//! The words are libpq's. What they are worth: `prefer` encrypts if the server happens to, `require` always, and neither
//! looks at whose certificate it is, so that who can put himself between can read and change everything. `verify-ca`
//! asks for a certificate of the given authority, `verify-full` for one that names the host too: only that is proof.

use super::config::wrong;
use crate::StoreError;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_postgres::config::SslMode;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};

/// What is asked of the server, from nothing to everything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mode {
    Disable,
    Prefer,
    Require,
    VerifyCa,
    VerifyFull,
}

/// The settings of a URL about it.
pub struct Secured {
    mode: Mode,
    /// Whose certificates are good: a file of them, or none for those that the machine trusts.
    root: Option<PathBuf>,
    /// Our own certificate and its key, for servers that ask for one.
    own: Option<(PathBuf, PathBuf)>,
}

impl Secured {
    /// Reads `sslmode`, `sslrootcert`, `sslcert` and `sslkey`, as far as they are set.
    ///
    /// # Errors
    /// When they are no such thing, or do not go together.
    pub fn read(
        mode: Option<String>,
        root: Option<String>,
        cert: Option<String>,
        key: Option<String>,
    ) -> Result<Self, StoreError> {
        let root = root.filter(|root| root != "system").map(PathBuf::from);
        let mode = match mode.as_deref() {
            Some("disable") => Mode::Disable,
            None | Some("prefer") => Mode::Prefer,
            // As libpq: where an authority is named, it is asked for.
            Some("require") if root.is_some() => Mode::VerifyCa,
            Some("require") => Mode::Require,
            Some("verify-ca") if root.is_none() => {
                return Err(wrong("sslmode=verify-ca needs sslrootcert=FILE; or use verify-full"));
            }
            Some("verify-ca") => Mode::VerifyCa,
            Some("verify-full") => Mode::VerifyFull,
            Some(_) => {
                return Err(wrong("sslmode must be disable, prefer, require, verify-ca or verify-full"));
            }
        };
        let own = match (cert, key) {
            (Some(cert), Some(key)) => Some((cert.into(), key.into())),
            (None, None) => None,
            _ => return Err(wrong("sslcert and sslkey go together")),
        };
        Ok(Self { mode, root, own })
    }

    /// What the library must know: whether to ask the server for encryption, and whether to go on without.
    pub const fn library_mode(&self) -> SslMode {
        match self.mode {
            Mode::Disable => SslMode::Disable,
            Mode::Prefer => SslMode::Prefer,
            Mode::Require | Mode::VerifyCa | Mode::VerifyFull => SslMode::Require,
        }
    }
}

/// Makes encrypted streams (`handshake.rs`), each for a server by its name. Cheap to clone.
#[derive(Clone)]
pub struct Tls(pub(super) Arc<ClientConfig>);

impl Tls {
    /// As `secured` asks.
    ///
    /// # Errors
    /// When a file cannot be read or does not hold what it should; the message names it.
    pub fn new(secured: &Secured) -> Result<Self, StoreError> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| wrong(format!("TLS: {error}")))?.dangerous();
        let builder = builder.with_custom_certificate_verifier(verifier(secured, &provider)?);
        let mut config = match &secured.own {
            None => builder.with_no_client_auth(),
            Some((cert, key)) => {
                let key_der = PrivateKeyDer::from_pem_file(key).map_err(|error| unfit("sslkey", key, &error))?;
                let unfit = |error| wrong(format!("sslcert {} and sslkey: {error}", cert.display()));
                builder.with_client_auth_cert(certificates("sslcert", cert)?, key_der).map_err(unfit)?
            }
        };
        // Servers from version 17 on want it where TLS comes first (sslnegotiation=direct); older ones do not mind.
        config.alpn_protocols = vec![b"postgresql".to_vec()];
        Ok(Self(Arc::new(config)))
    }
}

/// Who judges the server's certificate.
fn verifier(secured: &Secured, provider: &Arc<CryptoProvider>) -> Result<Arc<dyn ServerCertVerifier>, StoreError> {
    if matches!(secured.mode, Mode::Disable | Mode::Prefer | Mode::Require) {
        return Ok(Arc::new(Lenient { chain: None, provider: Arc::clone(provider) }));
    }
    let mut roots = RootCertStore::empty();
    match &secured.root {
        Some(path) => {
            for certificate in certificates("sslrootcert", path)? {
                roots.add(certificate).map_err(|error| unfit("sslrootcert", path, &error))?;
            }
        }
        None => {
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            if roots.is_empty() {
                return Err(wrong("this machine trusts no certificates; give sslrootcert=FILE"));
            }
        }
    }
    let strict = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), Arc::clone(provider)).build();
    let strict = strict.map_err(|error| wrong(format!("sslrootcert: {error}")))?;
    if secured.mode == Mode::VerifyFull {
        return Ok(strict);
    }
    Ok(Arc::new(Lenient { chain: Some(strict), provider: Arc::clone(provider) }))
}

/// The certificates in a file, at least one.
fn certificates(setting: &str, path: &Path) -> Result<Vec<CertificateDer<'static>>, StoreError> {
    let found = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let found = found.map_err(|error| unfit(setting, path, &error))?;
    if found.is_empty() {
        return Err(unfit(setting, path, &"it holds no certificate in PEM"));
    }
    Ok(found)
}

fn unfit(setting: &str, path: &Path, error: &dyn std::fmt::Display) -> StoreError {
    wrong(format!("{setting} {}: {error}", path.display()))
}

/// Takes any certificate of the given authority, or any at all. That the server holds its key is checked all the same.
#[derive(Debug)]
struct Lenient {
    chain: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(chain) = &self.chain else { return Ok(ServerCertVerified::assertion()) };
        match chain.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            // The name is looked at last: the chain holds.
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verdict => verdict,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::{Mode, Secured, Tls};

    fn read(mode: &str, root: Option<&str>) -> Result<Mode, String> {
        let secured = Secured::read(Some(mode.to_owned()), root.map(str::to_owned), None, None);
        secured.map(|secured| secured.mode).map_err(|error| error.to_string())
    }

    #[test]
    fn the_words_mean_what_they_mean_to_libpq() {
        assert_eq!(read("disable", None), Ok(Mode::Disable));
        assert_eq!(read("require", None), Ok(Mode::Require));
        assert_eq!(read("require", Some("ca.pem")), Ok(Mode::VerifyCa));
        assert_eq!(read("verify-full", None), Ok(Mode::VerifyFull));
        assert_eq!(read("verify-full", Some("system")), Ok(Mode::VerifyFull));
        let unset = Secured::read(None, None, None, None).expect("nothing is fine");
        assert_eq!(unset.mode, Mode::Prefer);
    }

    #[test]
    fn a_mode_that_would_not_be_what_it_says_is_refused() {
        assert!(read("verify-ca", None).is_err_and(|error| error.contains("sslrootcert")));
        assert!(read("verify_full", None).is_err_and(|error| error.contains("verify-full")));
        assert!(read("allow", None).is_err());
        assert!(Secured::read(None, None, Some("cert.pem".to_owned()), None).is_err());
    }

    #[test]
    fn a_file_that_does_not_hold_what_it_should_is_named() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        let path = file.path().display().to_string();
        for path in [path.as_str(), "/nowhere/ca.pem"] {
            let secured =
                Secured::read(Some("verify-full".to_owned()), Some(path.to_owned()), None, None).expect("read");
            let error = Tls::new(&secured).err().map(|error| error.to_string()).expect("unfit");
            assert!(error.contains(path), "{error}");
        }
    }
}
