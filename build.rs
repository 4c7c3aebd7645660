//! Says which folders travel in the program, so that a change in one of their files alone builds it again.

fn main() {
    for folder in ["themes", "src/command/starter"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
