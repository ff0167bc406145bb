//! Embeds the model where it was fetched. Nothing is downloaded here: `cargo build` works without it, and the crate then
//! says that it has none.

use std::path::Path;
use std::{env, fs};

/// The file that `cargo xtask model` fetches; anything of another size is not it.
const BYTES: u64 = 22_928_619;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(has_model)");
    println!("cargo::rerun-if-changed=build.rs");
    // The folder is always there (it holds a .gitignore), so cargo can watch it for the file to come.
    println!("cargo::rerun-if-changed=model");
    let file = Path::new(&env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("model/model.onnx");
    let Ok(found) = fs::metadata(&file) else { return };
    if found.len() == BYTES {
        println!("cargo::rustc-cfg=has_model");
    } else {
        println!("cargo::warning=model/model.onnx has {} bytes, not {BYTES}, and is left out: run `cargo xtask model`", found.len());
    }
}
