//! Copies the built console and chat to where the crate embeds them from. Node is never run here:
//! `cargo build` works without it, and a page says how to build what is missing.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// More than this is a mistake in a build (source maps, a stray video), not a console.
const MAX_BYTES: u64 = 32 * 1024 * 1024;

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| io::Error::other("cargo sets CARGO_MANIFEST_DIR"))?);
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?);
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/console-not-built.html");
    println!("cargo::rerun-if-changed=src/widget-not-built.html");
    embed(&here, &out, "console", "index.html", "CONSOLE_IS_BUILT")?;
    embed(&here, &out, "widget", "", "WIDGET_IS_BUILT")
}

/// Fills `$OUT_DIR/<name>` from `web/<name>/dist` if that was built (it has `entry`, or any file where
/// `entry` is empty), with the stand-in page otherwise.
fn embed(here: &Path, out: &Path, name: &str, entry: &str, flag: &str) -> io::Result<()> {
    let dist = here.join("../../web").join(name).join("dist");
    // A watched path that does not exist makes cargo rebuild this crate, and all above it, every time.
    // An empty folder can be watched; where the checkout is read-only that cost is accepted.
    let _ = fs::create_dir_all(&dist);
    println!("cargo::rerun-if-changed={}", dist.display());

    let target = out.join(name);
    if target.exists() {
        fs::remove_dir_all(&target)?;
    }
    fs::create_dir_all(&target)?;
    let built = if entry.is_empty() { fs::read_dir(&dist).is_ok_and(|mut d| d.next().is_some()) } else { dist.join(entry).is_file() };
    if built {
        let mut budget = MAX_BYTES;
        copy(&dist, &target, &mut budget)?;
    } else {
        fs::copy(here.join(format!("src/{name}-not-built.html")), target.join("index.html"))?;
    }
    println!("cargo::rustc-env={flag}={built}");
    Ok(())
}

fn copy(from: &Path, to: &Path, budget: &mut u64) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            fs::create_dir_all(&target)?;
            copy(&entry.path(), &target, budget)?;
        } else {
            let size = fs::copy(entry.path(), &target)?;
            *budget = budget.checked_sub(size).ok_or_else(|| {
                io::Error::other(format!(
                    "the built web files are larger than {MAX_BYTES} bytes at {}: look for what does not belong",
                    entry.path().display()
                ))
            })?;
        }
    }
    Ok(())
}
