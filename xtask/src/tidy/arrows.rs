//! Which crate may stand on which: arrows point down only, and some rooms know no outside world.

use super::Finding;
use super::files::TextFile;

/// Who may use whom, in the order of the house, lowest first. `dev` is for tests alone. A crate that is not here
/// has no place yet: give it one line, and ARCHITECTURE.md a few.
const HOUSE: [Room; 15] = [
    Room { name: "mithaq-types", uses: &[], dev: &[] },
    Room { name: "mithaq-crypto", uses: &["mithaq-types"], dev: &[] },
    Room { name: "mithaq-domain", uses: &["mithaq-types"], dev: &[] },
    Room { name: "mithaq-openapi", uses: &["mithaq-types", "mithaq-crypto"], dev: &[] },
    Room { name: "mithaq-alipay", uses: &["mithaq-types"], dev: &["mithaq-crypto"] },
    Room { name: "mithaq-cluster", uses: &[], dev: &[] },
    Room { name: "mithaq-store", uses: &["mithaq-types", "mithaq-domain"], dev: &["mithaq-cluster"] },
    Room {
        name: "mithaq-wallet",
        uses: &["mithaq-types", "mithaq-crypto", "mithaq-domain", "mithaq-store"],
        dev: &["mithaq-cluster"],
    },
    Room { name: "mithaq-pages", uses: &["mithaq-types"], dev: &[] },
    Room {
        name: "mithaq-delivery",
        uses: &[
            "mithaq-types",
            "mithaq-crypto",
            "mithaq-domain",
            "mithaq-openapi",
            "mithaq-alipay",
            "mithaq-store",
            "mithaq-wallet",
            "mithaq-pages",
        ],
        dev: &["mithaq-cluster"],
    },
    Room { name: "mithaq-merchant", uses: &["mithaq-types", "mithaq-crypto", "mithaq-openapi"], dev: &[] },
    Room {
        name: "mithaq-web",
        uses: &[
            "mithaq-types",
            "mithaq-crypto",
            "mithaq-domain",
            "mithaq-openapi",
            "mithaq-alipay",
            "mithaq-store",
            "mithaq-wallet",
            "mithaq-delivery",
            "mithaq-pages",
        ],
        dev: &["mithaq-merchant"],
    },
    Room {
        name: "mithaq",
        uses: &[
            "mithaq-types",
            "mithaq-crypto",
            "mithaq-domain",
            "mithaq-openapi",
            "mithaq-store",
            "mithaq-wallet",
            "mithaq-delivery",
            "mithaq-pages",
            "mithaq-web",
            "mithaq-cluster",
            "demo-shop",
        ],
        dev: &[],
    },
    Room { name: "demo-shop", uses: &["mithaq-merchant"], dev: &[] },
    Room { name: "xtask", uses: &[], dev: &[] },
];

/// Libraries that would bring the outside world into a room that is there to be without it.
const FORBIDDEN: [(&str, &[&str]); 5] = [
    ("mithaq-types", &["axum", "reqwest", "rusqlite", "tokio"]),
    ("mithaq-domain", &["aws-lc-rs", "axum", "reqwest", "rusqlite", "serde_json", "tokio"]),
    ("mithaq-openapi", &["axum", "reqwest", "rusqlite", "tokio"]),
    ("mithaq-wallet", &["axum", "reqwest", "rusqlite"]),
    ("mithaq-merchant", &["axum", "rusqlite"]),
];

struct Room {
    name: &'static str,
    uses: &'static [&'static str],
    dev: &'static [&'static str],
}

/// Every dependency between our crates is in the table, and no room has a library it must not know.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let manifests: Vec<_> = files.iter().filter_map(|file| Some((file, package_name(file)?))).collect();
    let ours = |name: &str| manifests.iter().any(|(_, known)| known == name);
    let mut findings = Vec::new();
    for (file, name) in &manifests {
        let Some(room) = HOUSE.iter().find(|room| room.name == name) else {
            findings.push(Finding::new(
                file,
                1,
                format!("{name} has no place in the table of xtask/src/tidy/arrows.rs"),
            ));
            continue;
        };
        let forbidden = FORBIDDEN.iter().find(|(room, _)| room == name).map_or(&[][..], |(_, libraries)| libraries);
        for Dependency { line, name: used, for_tests } in dependencies(&file.text) {
            let allowed = room.uses.contains(&used) || (for_tests && room.dev.contains(&used));
            if ours(used) && !allowed {
                findings.push(Finding::new(file, line, format!("{name} may not stand on {used}")));
            } else if forbidden.contains(&used) && !for_tests {
                findings.push(Finding::new(file, line, format!("{name} must do without {used}")));
            }
        }
    }
    findings
}

/// The name in a `Cargo.toml`'s `[package]` table; `None` for other files and for the workspace's own.
fn package_name(file: &TextFile) -> Option<String> {
    if file.name() != "Cargo.toml" {
        return None;
    }
    let mut lines = file.text.lines().skip_while(|line| line.trim() != "[package]").skip(1);
    let line = lines.find(|line| line.starts_with("name"))?;
    Some(line.split('"').nth(1)?.to_owned())
}

struct Dependency<'a> {
    line: usize,
    name: &'a str,
    for_tests: bool,
}

/// The dependencies of a manifest, as far as this workspace writes them: one a line, `name.workspace = true` or
/// `name = …`, under `[dependencies]`, `[dev-dependencies]` or `[build-dependencies]`.
fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut table = "";
    let mut found = Vec::new();
    for (index, line) in manifest.lines().enumerate() {
        let line = line.trim();
        if line.starts_with('[') {
            table = line;
        } else if table.ends_with("dependencies]") && !line.is_empty() && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.push(Dependency { line: index + 1, name, for_tests: table == "[dev-dependencies]" });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::samples::{file, places};
    use super::{HOUSE, check};
    use crate::tidy::files::TextFile;

    fn manifest(name: &str, rest: &str) -> TextFile {
        file(&format!("crates/{name}/Cargo.toml"), &format!("[package]\nname = \"{name}\"\n\n{rest}"))
    }

    #[test]
    fn an_arrow_that_points_up_is_found() {
        let files = [
            manifest("mithaq-types", "[dependencies]\njiff.workspace = true\nmithaq-domain.workspace = true\n"),
            manifest("mithaq-domain", "[dependencies]\nmithaq-types.workspace = true\n"),
        ];
        assert_eq!(places(&check(&files)), ["crates/mithaq-types/Cargo.toml:6"]);
    }

    #[test]
    fn the_domain_knows_no_outside_world() {
        let files = [manifest("mithaq-domain", "[dependencies]\ntokio = { workspace = true }\n")];
        assert_eq!(places(&check(&files)), ["crates/mithaq-domain/Cargo.toml:5"]);
    }

    #[test]
    fn tests_may_reach_further_than_the_crate_itself() {
        let merchant = manifest("mithaq-merchant", "");
        let dev = manifest("mithaq-web", "[dev-dependencies]\nmithaq-merchant.workspace = true\n");
        assert!(check(&[merchant, dev]).is_empty());
        let merchant = manifest("mithaq-merchant", "");
        let real = manifest("mithaq-web", "[dependencies]\nmithaq-merchant.workspace = true\n");
        assert_eq!(check(&[merchant, real]).len(), 1);
    }

    #[test]
    fn a_crate_without_a_place_in_the_house_is_found() {
        assert_eq!(check(&[manifest("mithaq-attic", "")]).len(), 1);
    }

    #[test]
    fn the_house_itself_has_no_circle() {
        // Rooms are listed after what they stand on; only the program comes before the demo shop it starts.
        for (index, room) in HOUSE.iter().enumerate() {
            for used in room.uses {
                let below = HOUSE[..index].iter().any(|lower| lower.name == *used);
                assert!(below || (room.name == "mithaq" && *used == "demo-shop"), "{} uses {used}", room.name);
            }
        }
    }
}
