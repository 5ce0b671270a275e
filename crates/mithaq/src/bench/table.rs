//! What was measured, as people read it: on a terminal, or as Markdown for the documents.

use super::figures::mebibytes;
use super::results::{Database, Grown, Results, Row, Setting};
use super::targets::Target;

/// How tables are drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Aligned, for a terminal.
    Terminal,
    /// For `docs/benchmarks.md`.
    Markdown,
}

/// The cells of a line.
pub type Line = Vec<String>;

/// The whole report.
pub fn report(results: &Results, form: Form) -> String {
    let head = ["row", "/s", "p50 ms", "p99 ms", "bytes each", "processor µs each", "rounds, /s"];
    let mut text = setting(&results.setting);
    text.push('\n');
    text.push_str(&draw(form, &head, &rows(results)));
    text.push('\n');
    let head = ["figure", "target", "measured", ""];
    text.push_str(&draw(form, &head, &results.targets.iter().map(target).collect::<Vec<_>>()));
    for (name, database) in [("SQLite", &results.sqlite), ("PostgreSQL", &results.postgres)] {
        if let Some(database) = database {
            let (proof, bytes) = (database.ledger_ok.words(), database.bytes_are);
            text.push_str(&format!("\n{name}: {proof}; bytes are {bytes}."));
            for Grown { stored, stored_in_seconds, ledger_bytes, .. } in &database.growth {
                let size = ledger_bytes.map_or(0.0, mebibytes);
                text.push_str(&format!(" {stored} payments were stored in {stored_in_seconds} s and take {size} MiB."));
            }
            text.push('\n');
        }
    }
    text
}

fn setting(setting: &Setting) -> String {
    let Setting { cores, cpu, began, payers, merchants, payments, rounds, connections, signers, .. } = setting;
    let (before, after) = (&setting.load_average_before, &setting.load_average_after);
    let mut text = format!(
        "{cores} × {cpu}, {began}, {} s; load average {before} at the beginning, {after} at the end.\n\
         {payers} payers, {merchants} merchants, rounds: {rounds} of {payments} payments, connections: {connections}, \
         signing threads: {signers}.\n",
        setting.seconds,
    );
    if !setting.optimised {
        text.push_str("This program was built without optimisation: its figures mean nothing.\n");
    }
    text
}

fn rows(results: &Results) -> Vec<Line> {
    let rate = |name: &str, rate: f64| vec![name.to_owned(), format!("{rate:.0}")];
    let mut lines = vec![
        rate("fsync of a page", results.fsync_per_second),
        rate("RSA-2048 signatures, all cores", results.rsa_sign_per_second),
        rate("RSA-2048 signatures, one core", results.rsa_sign_per_second_one_core),
    ];
    lines.extend(results.signed_noop.as_ref().map(|noop| row("signed no-op", noop)));
    for (name, database) in [("SQLite", &results.sqlite), ("PostgreSQL", &results.postgres)] {
        lines.extend(database.iter().flat_map(|database| of(name, database)));
    }
    let Results { memory, .. } = results;
    let programs = [
        ("memory of mithaq dev, idle", memory.dev_idle_mb),
        ("memory of mithaq serve under full load", memory.serve_full_load_mb),
    ];
    let measured = programs.into_iter().filter_map(|(name, mb)| Some((name, mb?)));
    lines.extend(measured.map(|(name, mb)| vec![name.to_owned(), format!("{mb} MiB")]));
    lines
}

fn of(name: &str, database: &Database) -> Vec<Line> {
    let named = [
        ("uniform", &database.uniform),
        ("one hot merchant", &database.hot),
        ("half the rate", &database.half),
        ("each also notified", &database.notified),
        ("engine without HTTP", &database.engine),
    ];
    let measured = named.into_iter().filter_map(|(what, found)| Some((what, found.as_ref()?)));
    let mut lines: Vec<_> = measured.map(|(what, found)| row(&format!("{name}: {what}"), found)).collect();
    for grown in &database.growth {
        for (what, found) in [("uniform", &grown.uniform), ("engine", &grown.engine)] {
            lines.extend(found.as_ref().map(|found| row(&format!("{name}: {what}, {} stored", grown.stored), found)));
        }
    }
    lines
}

fn row(name: &str, row: &Row) -> Line {
    let latency = |ms: f64| if ms > 0.0 { format!("{ms:.1}") } else { String::new() };
    let cpu: Vec<_> = row.cpu_micros.iter().map(|(name, micros)| format!("{name} {micros}")).collect();
    let rounds: Vec<_> = row.rounds.iter().map(|rate| format!("{rate:.0}")).collect();
    vec![
        name.to_owned(),
        format!("{:.0}", row.per_second),
        latency(row.p50_ms),
        latency(row.p99_ms),
        row.bytes_per_payment.map_or_else(|| "unknown".to_owned(), |bytes| bytes.to_string()),
        cpu.join(", "),
        rounds.join(" "),
    ]
}

fn target(target: &Target) -> Line {
    let Target { figure, unit, target: wanted, at_least, measured } = target;
    let sign = if *at_least { "≥" } else { "≤" };
    let value = |value: f64| if unit.is_empty() { format!("{value:.2}") } else { format!("{value} {unit}") };
    let met = match target.met() {
        Some(true) => "met",
        Some(false) => "missed",
        None => "not measured",
    };
    vec![
        (*figure).to_owned(),
        format!("{sign} {}", value(*wanted)),
        measured.map(value).unwrap_or_default(),
        met.to_owned(),
    ]
}

/// A table.
pub fn draw(form: Form, head: &[&str], lines: &[Line]) -> String {
    match form {
        Form::Markdown => markdown(head, lines),
        Form::Terminal => terminal(head, lines),
    }
}

fn markdown(head: &[&str], lines: &[Line]) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for line in lines {
        let cells: Vec<_> = (0..head.len()).map(|place| line.get(place).map_or("", String::as_str)).collect();
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

/// Names to the left, figures to the right, what is longer than a figure to the left again.
fn terminal(head: &[&str], lines: &[Line]) -> String {
    let head: Line = head.iter().map(|cell| (*cell).to_owned()).collect();
    let all = || std::iter::once(&head).chain(lines);
    let width = |place: usize| all().filter_map(|line| line.get(place)).map(|cell| cell.chars().count()).max();
    let widths: Vec<_> = (0..head.len()).map(|place| width(place).unwrap_or(0)).collect();
    let mut text = String::new();
    for line in all() {
        let cells: Vec<_> = line
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(place, (cell, width))| match place {
                1..=4 => format!("{cell:>width$}"),
                _ => format!("{cell:<width$}"),
            })
            .collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_short_lines_end_early() {
        let lines = [vec!["a row".to_owned(), "12".to_owned(), "3.0".to_owned()], vec!["b".to_owned(), "1".to_owned()]];
        assert_eq!(terminal(&["row", "/s", "ms"], &lines), "row    /s   ms\na row  12  3.0\nb       1\n");
        assert_eq!(
            markdown(&["row", "/s", "ms"], &lines),
            "| row | /s | ms |\n|---|---|---|\n| a row | 12 | 3.0 |\n| b | 1 |  |\n"
        );
    }
}
