//! Brings the model, where it was fetched, into the order in which the encoder reads it, so that the encoder starts without
//! work and takes memory only for what it looks at. Nothing is downloaded here: `cargo build` works without the model, and
//! the crate then says that it has none.

#[path = "build/onnx.rs"]
mod onnx;
#[path = "build/pack.rs"]
mod pack;
#[path = "src/minilm/shape.rs"]
mod shape;

use std::path::{Path, PathBuf};
use std::{env, fs};

/// The file that `cargo xtask model` fetches; anything of another size is not it.
const BYTES: u64 = 22_928_619;

fn main() -> Result<(), String> {
    println!("cargo::rustc-check-cfg=cfg(has_model)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/minilm/shape.rs");
    // The folder is always there (it holds a .gitignore), so cargo can watch it for the file to come.
    println!("cargo::rerun-if-changed=model");
    let variable = |name| env::var_os(name).map(PathBuf::from).ok_or_else(|| format!("cargo sets {name}"));
    let file = variable("CARGO_MANIFEST_DIR")?.join("model/model.onnx");
    let Ok(found) = fs::metadata(&file) else { return Ok(()) };
    if found.len() != BYTES {
        println!("cargo::warning=model/model.onnx has {} bytes, not {BYTES}, and is left out: remove it and run `cargo xtask model`", found.len());
        return Ok(());
    }
    write(&file, &variable("OUT_DIR")?.join("minilm.bin"))?;
    println!("cargo::rustc-cfg=has_model");
    Ok(())
}

fn write(from: &Path, to: &Path) -> Result<(), String> {
    let file = fs::read(from).map_err(|why| format!("{}: {why}", from.display()))?;
    let packed = pack::pack(&onnx::tensors(&file)?)?;
    fs::write(to, packed).map_err(|why| format!("{}: {why}", to.display()))
}
