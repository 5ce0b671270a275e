//! A PostgreSQL server of our own: made for one run of the tests, reached through a socket, gone with the program.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, Once, OnceLock};
use std::time::{Duration, Instant};

/// What keeps the server: it starts it, stops and starts it when told, and when the test program ends, however it
/// does, its input ends too, and it takes everything away.
const KEEPER: &str = r#"
cd "$1" || exit 1
"$2/initdb" -D data -U mithaq -A trust -E UTF8 --locale=C --no-sync >log 2>&1 || exit 1
start() {
    "$2/postgres" -D "$1/data" -k "$1" -c listen_addresses= -c max_connections=200 -c shared_buffers=64MB >>log 2>&1 &
    server=$!
}
start "$1" "$2"
while read -r word; do
    case "$word" in
        stop) kill -QUIT $server; wait $server ;;
        start) start "$1" "$2" ;;
    esac
done
kill -QUIT $server; wait $server
cd / && rm -rf "$1"
"#;
/// A server that needs longer to start does not start.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running server.
pub struct Cluster {
    directory: PathBuf,
    keeper: Mutex<Child>,
    databases: AtomicU32,
}

impl Cluster {
    /// The server that all tests share; `None` where PostgreSQL is not installed, which is said once.
    pub fn shared() -> Option<&'static Self> {
        static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
        SHARED.get_or_init(Self::new).as_ref()
    }

    /// A server for one test.
    pub fn new() -> Option<Self> {
        let Some(programs) = programs() else {
            let required = std::env::var_os("MITHAQ_REQUIRE_POSTGRES").is_some_and(|value| value == "1");
            assert!(
                !required,
                "PostgreSQL is not installed (initdb and postgres in /usr/lib/postgresql/*/bin or PATH)"
            );
            // Past the test harness, which would keep it to itself.
            static SAID: Once = Once::new();
            let line = b"SKIPPED: PostgreSQL is not installed, its half of the store's tests does not run\n";
            SAID.call_once(|| std::io::stderr().write_all(line).expect("a terminal"));
            return None;
        };
        // Not where the environment wants it: the path of a socket is short, and the server's user must get there.
        let directory = tempfile::Builder::new().prefix("mithaq-pg-").tempdir_in("/tmp").expect("a directory").keep();
        let mut command = as_somebody(&directory);
        command.args(["sh", "-c", KEEPER, "sh"]).arg(&directory).arg(&programs);
        let keeper = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().expect("a shell");
        let cluster = Self { directory, keeper: Mutex::new(keeper), databases: AtomicU32::new(0) };
        cluster.wait();
        Some(cluster)
    }

    /// A new, empty database.
    pub async fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        run(&self.url("postgres"), &format!("CREATE DATABASE {name}")).await;
        self.url(&name)
    }

    /// The folder of its socket.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The server dies at once, as if the power went.
    pub fn stop(&self) {
        self.tell("stop\n");
        let socket = self.directory.join(".s.PGSQL.5432");
        let begun = Instant::now();
        while std::os::unix::net::UnixStream::connect(&socket).is_ok() {
            assert!(begun.elapsed() < PATIENCE, "the server does not stop");
        }
    }

    /// And comes back.
    pub fn start(&self) {
        self.tell("start\n");
        self.wait();
    }

    fn tell(&self, word: &str) {
        let mut keeper = self.keeper.lock().expect("not poisoned");
        keeper.stdin.as_mut().expect("a pipe").write_all(word.as_bytes()).expect("listens");
    }

    fn url(&self, database: &str) -> String {
        format!("host={} user=mithaq dbname={database}", self.directory.display())
    }

    /// Waits until it answers.
    fn wait(&self) {
        let (url, log) = (self.url("postgres"), self.directory.join("log"));
        let waiting = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a reactor");
            runtime.block_on(async {
                let begun = Instant::now();
                while let Err(error) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await {
                    let log = std::fs::read_to_string(&log).unwrap_or_default();
                    assert!(begun.elapsed() < PATIENCE, "PostgreSQL does not start: {error}\n{log}");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            });
        });
        waiting.join().expect("it starts");
    }
}

/// Runs statements on a connection of their own.
pub async fn run(url: &str, sql: &str) {
    let (client, work) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("connects");
    let work = tokio::spawn(work);
    client.batch_execute(sql).await.expect(sql);
    drop(client);
    work.await.expect("no panic").expect("ends well");
}

/// Where the server's programs are: the newest under `/usr/lib/postgresql`, else those on the path.
fn programs() -> Option<PathBuf> {
    let complete = |folder: &PathBuf| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<_> = versions.map(|version| version.path().join("bin")).filter(complete).collect();
    let number = |folder: &PathBuf| folder.parent()?.file_name()?.to_str()?.parse::<u32>().ok();
    folders.sort_by_key(number);
    let path = std::env::var_os("PATH").unwrap_or_default();
    folders.pop().or_else(|| std::env::split_paths(&path).find(complete))
}

/// A command that runs as somebody the server accepts, to whom `directory` belongs: not as root.
fn as_somebody(directory: &Path) -> Command {
    let says = |program: &str, arguments: &[&str]| {
        let output = Command::new(program).args(arguments).stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    if says("id", &["-u"]).as_deref() != Some("0") {
        return Command::new("env");
    }
    let user = if says("id", &["-u", "postgres"]).is_some() { "postgres" } else { "nobody" };
    let id = says("id", &["-u", user]).expect("a user who is not root");
    let group = says("id", &["-g", user]).expect("the group");
    let given = Command::new("chown").arg("-R").arg(format!("{id}:{group}")).arg(directory).status();
    assert!(given.is_ok_and(|status| status.success()), "the directory cannot be given to {user}");
    let mut command = Command::new("setpriv");
    command.args(["--reuid", &id, "--regid", &group, "--clear-groups", "--"]);
    command
}
