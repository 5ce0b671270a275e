//! What is known about this machine and this process: `/proc`, and a disk's pace. Where there is no `/proc`, zeros.

use super::figures;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// How long the disk is measured.
const FSYNC_FOR: Duration = Duration::from_secs(1);
/// What is written before each fsync: a page of the database.
const PAGE: [u8; 4096] = [0x5A; 4096];
/// Clock ticks a second in `/proc`, on every Linux that Rust runs on.
const TICKS_PER_SECOND: u64 = 100;

/// Cores this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// The processor's name.
pub fn cpu_model() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("model name"));
    line.and_then(|line| line.split_once(':')).map_or("unknown", |(_, name)| name.trim()).to_owned()
}

/// How many processes wanted a core on average during the last minute, as the system writes it.
pub fn load_average() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().filter(|text| !text.is_empty()).unwrap_or("unknown").to_owned()
}

/// Bytes of a process that are in memory; 0 if there is none.
pub fn resident_bytes_of(id: u32) -> u64 {
    memory(id, "VmRSS:")
}

/// The most that ever were.
pub fn most_resident_bytes_of(id: u32) -> u64 {
    memory(id, "VmHWM:")
}

fn memory(id: u32, name: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    field(&text, name).saturating_mul(1024)
}

/// Bytes that this process has sent towards the disk so far.
pub fn written_bytes() -> u64 {
    field(&std::fs::read_to_string("/proc/self/io").unwrap_or_default(), "write_bytes:")
}

fn field(text: &str, name: &str) -> u64 {
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()).and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// Bytes that are free on the disk of `directory`, if the system tells.
pub fn free_bytes(directory: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(directory).output().ok()?;
    free_of(&String::from_utf8_lossy(&output.stdout))
}

/// The fourth column of the second line.
fn free_of(df: &str) -> Option<u64> {
    df.lines().nth(1)?.split_whitespace().nth(3)?.parse::<u64>().ok()?.checked_mul(1024)
}

/// How often a second a page can be written and made durable in `directory`, one after the other.
pub fn fsync_per_second(directory: &Path) -> std::io::Result<f64> {
    let path = directory.join("fsync");
    let mut file = std::fs::File::create(&path)?;
    let (begun, mut count) = (Instant::now(), 0);
    while begun.elapsed() < FSYNC_FOR {
        file.write_all(&PAGE)?;
        file.sync_data()?;
        count += 1;
    }
    let rate = figures::per_second(count, begun.elapsed());
    std::fs::remove_file(path)?;
    Ok(rate)
}

/// Processor time by the names of threads, their numbers left out: `sign` for `sign-0` and `sign-1`.
pub type CpuTime = BTreeMap<String, Duration>;

/// Processor time that the threads of this process have used so far; threads that ended are not in it.
pub fn cpu_time() -> CpuTime {
    let mut all = CpuTime::new();
    let Ok(tasks) = std::fs::read_dir("/proc/self/task") else { return all };
    for task in tasks.flatten() {
        let stat = std::fs::read_to_string(task.path().join("stat")).unwrap_or_default();
        if let Some((name, used)) = thread_time(&stat) {
            let sum = all.entry(name).or_default();
            *sum = sum.saturating_add(used);
        }
    }
    all
}

/// What `cpu_time` gained since `before`.
pub fn cpu_time_since(before: &CpuTime) -> CpuTime {
    let gained = |(name, used): (String, Duration)| {
        let used = used.saturating_sub(before.get(&name).copied().unwrap_or_default());
        (!used.is_zero()).then_some((name, used))
    };
    cpu_time().into_iter().filter_map(gained).collect()
}

/// Name and time out of a line such as `17 (sign-0) S 1 …`: fields 14 and 15 are user and system time in ticks.
fn thread_time(stat: &str) -> Option<(String, Duration)> {
    let (head, tail) = stat.rsplit_once(')')?;
    let name = head.split_once('(')?.1.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
    let mut fields = tail.split_whitespace().skip(11);
    let ticks = fields.next()?.parse::<u64>().ok()?.checked_add(fields.next()?.parse().ok()?)?;
    Some((name.to_owned(), Duration::from_millis(ticks.saturating_mul(1_000 / TICKS_PER_SECOND))))
}

/// What a process has used so far.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Process {
    /// Processor time, with that of its children that have ended.
    pub cpu: Duration,
    /// Bytes that it has sent towards the disk.
    pub written: u64,
}

/// A process and its children.
pub fn family(parent: u32) -> Vec<Process> {
    let Ok(all) = std::fs::read_dir("/proc") else { return Vec::new() };
    let ids = all.flatten().filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    ids.filter_map(|id| member(id, parent)).collect()
}

fn member(id: u32, parent: u32) -> Option<Process> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let (of, cpu) = process_time(&stat)?;
    let io = || std::fs::read_to_string(format!("/proc/{id}/io")).unwrap_or_default();
    (id == parent || of == parent).then(|| Process { cpu, written: field(&io(), "write_bytes:") })
}

/// Parent and time out of the same line: field 4, and fields 14 to 17.
fn process_time(stat: &str) -> Option<(u32, Duration)> {
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = fields.get(11..15)?.iter().filter_map(|field| field.parse::<u64>().ok()).sum::<u64>();
    Some((fields.get(1)?.parse().ok()?, Duration::from_millis(ticks.saturating_mul(1_000 / TICKS_PER_SECOND))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_proc_is_read() {
        assert_eq!(field("rchar: 1\nwrite_bytes: 4096\n", "write_bytes:"), 4096);
        assert_eq!(field("VmHWM:\t  9 kB\nVmRSS:\t  123 kB\n", "VmRSS:"), 123);
        assert_eq!(field("", "VmRSS:"), 0);
    }

    #[test]
    fn free_bytes_are_what_df_says() {
        let df = "Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/vda 100 60 40 60% /\n";
        assert_eq!(free_of(df), Some(40_960));
        assert_eq!(free_of(""), None);
    }

    #[test]
    fn a_threads_time_is_its_user_and_system_ticks() {
        let stat = "17 (sign-0) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0";
        assert_eq!(thread_time(stat), Some(("sign".to_owned(), Duration::from_secs(2))));
        let stat = "18 (a (b) c) R 1 2 3 4 5 6 7 8 9 10 1 0 0";
        assert_eq!(thread_time(stat), Some(("a (b) c".to_owned(), Duration::from_millis(10))));
        assert_eq!(thread_time("19 (short) R"), None);
    }

    #[test]
    fn a_processs_time_holds_that_of_children_that_ended() {
        let stat = "17 (postgres) S 16 2 3 4 5 6 7 8 9 10 100 50 30 20 20 0";
        assert_eq!(process_time(stat), Some((16, Duration::from_secs(2))));
        assert_eq!(process_time("17 (postgres) S"), None);
    }

    #[test]
    fn this_process_is_of_its_own_family() {
        assert!(!cfg!(target_os = "linux") || !family(std::process::id()).is_empty());
    }
}
