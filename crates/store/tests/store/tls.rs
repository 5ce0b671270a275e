//! The way to the server is secured as the URL says: tried against a server of our own whose certificate we made.

use crate::support::{Cluster, run_sql};
use mithaq_store::{PostgresDatabase, StoreError};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A server, the authority that certified it, and another authority that it knows nothing of.
struct Town {
    cluster: Cluster,
    papers: TempDir,
    address: String,
}

/// The name in the server's certificate, beside its address.
const NAME: &str = "books.example";

impl Town {
    /// A server that speaks TLS on an address of its own, or one that does not.
    async fn new(speaks_tls: bool) -> Option<Self> {
        // The port is always the same, so the address is this process's own.
        let [high, low] = [(std::process::id() >> 8) & 0xFF, std::process::id() & 0xFF];
        let address = format!("127.{}.{high}.{low}", if speaks_tls { 77 } else { 78 });
        Cluster::shared()?;
        let cluster = Cluster::start_new(&[("listen_addresses", &address)]).expect("starts");
        let papers = tempfile::tempdir().expect("a folder");
        certify(papers.path(), &address);
        let town = Self { cluster, papers, address };
        if speaks_tls {
            town.equip().await;
        }
        Some(town)
    }

    /// Gives the server its certificate. It must own the key, so that it writes the files itself.
    async fn equip(&self) {
        let (home, socket) = (self.cluster.home().display(), self.cluster.url("postgres"));
        for file in ["server.pem", "server.key", "ca.pem"] {
            let text = std::fs::read_to_string(self.paper(file)).expect("made");
            let lines: Vec<_> = text.lines().map(|line| format!("('{line}')")).collect();
            let copy = format!(
                "COPY (SELECT * FROM (VALUES {}) AS t) TO PROGRAM 'umask 077; cat > {home}/{file}'",
                lines.join(", ")
            );
            run_sql(&socket, &copy).await;
        }
        for (name, value) in
            [("ssl_cert_file", "server.pem"), ("ssl_key_file", "server.key"), ("ssl_ca_file", "ca.pem")]
        {
            run_sql(&socket, &format!("ALTER SYSTEM SET {name} = '{home}/{value}'")).await;
        }
        run_sql(&socket, "ALTER SYSTEM SET ssl = on").await;
        self.cluster.halt().expect("stops");
        self.cluster.resume().expect("starts");
    }

    fn paper(&self, name: &str) -> PathBuf {
        self.papers.path().join(name)
    }

    /// How to reach it over the network, at its address or by another name for it.
    fn url(&self, name: Option<&str>, settings: &str) -> String {
        let host = name
            .map_or_else(|| format!("host={}", self.address), |name| format!("host={name} hostaddr={}", self.address));
        format!("{host} user=mithaq dbname=postgres application_name=seen {settings}")
    }

    /// `sslrootcert` of the authority that certified the server, or of another.
    fn trusting(&self, authority: &str) -> String {
        format!("sslrootcert={}", self.paper(authority).display())
    }

    /// What the server sees of our connection: whether it is encrypted, and whom our certificate names.
    async fn seen(&self, url: &str) -> Result<String, StoreError> {
        let reader = PostgresDatabase::open(url)?.reader()?;
        // A connection of the reader stays open behind it.
        reader.clients().await?;
        let look = "SELECT CASE WHEN ssl THEN 'encrypted' ELSE 'plain' END || coalesce(' ' || client_dn, '') \
                    FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'seen'";
        Ok(mithaq_cluster::ask(&self.cluster.url("postgres"), look).await.expect("looks").expect("is there"))
    }

    async fn refusal(&self, url: &str) -> String {
        match self.seen(url).await {
            Err(StoreError::Unavailable(reason)) => reason,
            other => panic!("{url}: {other:?}"),
        }
    }
}

/// Two authorities; of the first, certificates for the server and for a client.
fn certify(folder: &Path, address: &str) {
    const KEY: [&str; 4] = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
    for authority in ["ca", "stranger"] {
        let (key, pem, subject) = (format!("{authority}.key"), format!("{authority}.pem"), format!("/CN={authority}"));
        let words = ["req", "-x509", "-nodes", "-days", "2", "-subj", &subject, "-keyout", &key, "-out", &pem];
        openssl(folder, &[&words[..], &KEY[..]].concat());
    }
    let names = format!("subjectAltName=DNS:{NAME},IP:{address}");
    for (bearer, extension) in [("server", names.as_str()), ("client", "extendedKeyUsage=clientAuth")] {
        let [key, pem, asks, adds] = ["key", "pem", "csr", "ext"].map(|end| format!("{bearer}.{end}"));
        let subject = format!("/CN={bearer}");
        let words = ["req", "-nodes", "-subj", &subject, "-keyout", &key, "-out", &asks];
        openssl(folder, &[&words[..], &KEY[..]].concat());
        std::fs::write(folder.join(&adds), extension).expect("writes");
        let words = ["x509", "-req", "-days", "2", "-in", &asks, "-extfile", &adds, "-out", &pem];
        openssl(folder, &[&words[..], &["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"][..]].concat());
    }
}

fn openssl(folder: &Path, words: &[&str]) {
    let output = Command::new("openssl").args(words).current_dir(folder).stdin(Stdio::null()).output();
    let output = output.expect("openssl is installed");
    assert!(output.status.success(), "openssl {words:?}: {}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_speaks_tls_is_asked_for_what_the_url_says() {
    let Some(town) = Town::new(true).await else { return };
    let full = format!("sslmode=verify-full {}", town.trusting("ca.pem"));

    // Encrypted in every mode but one; proof is another matter.
    for settings in ["", "sslmode=prefer", "sslmode=require", &full] {
        assert_eq!(town.seen(&town.url(None, settings)).await.expect(settings), "encrypted", "{settings:?}");
    }
    assert_eq!(town.seen(&town.url(None, "sslmode=disable")).await.expect("plain"), "plain");

    // The authority must be ours: in verify-full, in verify-ca, and where require names one.
    for mode in ["verify-full", "verify-ca", "require"] {
        let stranger = format!("sslmode={mode} {}", town.trusting("stranger.pem"));
        let reason = town.refusal(&town.url(None, &stranger)).await;
        assert!(reason.contains("certificate"), "{mode}: {reason}");
    }
    let system = town.refusal(&town.url(None, "sslmode=verify-full")).await;
    assert!(system.contains("certificate"), "the machine does not know our authority: {system}");

    // The name must be the server's: in verify-full only.
    assert_eq!(town.seen(&town.url(Some(NAME), &full)).await.expect("its name"), "encrypted");
    let reason = town.refusal(&town.url(Some("other.example"), &full)).await;
    assert!(reason.contains("other.example"), "{reason}");
    let chain = format!("sslmode=verify-ca {}", town.trusting("ca.pem"));
    assert_eq!(town.seen(&town.url(Some("other.example"), &chain)).await.expect("any name"), "encrypted");

    // A certificate of our own, for servers that ask for one.
    let own =
        format!("{full} sslcert={} sslkey={}", town.paper("client.pem").display(), town.paper("client.key").display());
    assert_eq!(town.seen(&town.url(None, &own)).await.expect("with papers"), "encrypted /CN=client");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_does_not_speak_tls_is_used_only_where_that_was_allowed() {
    let Some(town) = Town::new(false).await else { return };
    for settings in ["", "sslmode=prefer", "sslmode=disable"] {
        assert_eq!(town.seen(&town.url(None, settings)).await.expect(settings), "plain", "{settings:?}");
    }
    for settings in ["sslmode=require".to_owned(), format!("sslmode=verify-full {}", town.trusting("ca.pem"))] {
        let reason = town.refusal(&town.url(None, &settings)).await;
        assert!(reason.contains("TLS"), "{settings}: {reason}");
    }
    // A socket of this machine needs none, and a URL that names none uses none.
    let socket = format!("{} application_name=seen", town.cluster.url("postgres"));
    assert_eq!(town.seen(&socket).await.expect("a socket"), "plain");
}
