//! The browser side is compiled into the program: a changed file means a new program.

fn main() {
    for folder in ["bridge", "shell", "studio"] {
        println!("cargo::rerun-if-changed=../../miniapp/{folder}");
    }
}
