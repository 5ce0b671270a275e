//! Tells Cargo that a new file among the embedded ones is a reason to build again.

fn main() {
    for folder in ["static", "templates", "locales"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
