//! What `import` and `backtest` share: maps by name or path, reading with progress, and the file of bad rows.

pub mod page;
mod rejects;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use hypercare_core::plan::{self, Problem, nearest};
use hypercare_sim::history::map::{self, Map, SHIPPED};
use hypercare_sim::history::{self, History, Options};
use indicatif::{ProgressBar, ProgressStyle};
use rejects::Rejects;
use std::fs::File;
use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

/// An export and how it reads.
#[derive(Debug, Args)]
pub struct Source {
    /// How the export reads: the name of a shipped map (`hypercare import --maps` lists them) or the path of your own.
    #[arg(long, value_name = "MAP")]
    pub map: Option<String>,
    /// The export: CSV or lines of JSON, packed with gzip or not.
    pub file: Option<PathBuf>,
    /// Where bad rows are written, with line, column and reason. Default: FILE.rejected.csv in the current directory.
    #[arg(long, value_name = "PATH")]
    pub rejects: Option<PathBuf>,
    /// Share of bad rows from which the file as a whole is refused.
    #[arg(long, default_value_t = 0.2, value_parser = share)]
    pub max_bad: f64,
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "a share from 0 to 1, such as 0.2".to_owned())
}

/// An export that was read.
pub struct Loaded {
    /// Its tickets.
    pub history: History,
    /// The zone of its times.
    pub zone: String,
    /// Bad rows, and room for what is refused later.
    pub rejects: Rejects,
}

impl Source {
    /// Reads the export.
    ///
    /// # Errors
    /// What is wrong with the command line, the map or the file as a whole, and what would be right.
    pub fn load(&self, texts: bool, quiet: bool) -> Result<Loaded> {
        let (Some(name), Some(path)) = (&self.map, &self.file) else {
            bail!("say which export and how it reads: --map NAME FILE; `hypercare import --maps` lists the maps that are shipped");
        };
        let map = map_of(name)?;
        let file = File::open(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let size = file.metadata().with_context(|| format!("{} cannot be read", path.display()))?;
        if size.is_dir() {
            bail!("{} is a directory; name the exported file in it", path.display());
        }
        let bar = if quiet || !std::io::stderr().is_terminal() { ProgressBar::hidden() } else { ProgressBar::new(size.len()) };
        bar.set_style(ProgressStyle::with_template("Reading {bar:30} {percent} % {msg}")?);
        let mut rejects = Rejects::new(self.rejects.clone().unwrap_or_else(|| beside(path)));
        let read = history::read(
            Counted { inner: file, bar: bar.clone() },
            &map,
            Options { max_bad: self.max_bad, texts },
            &mut |bad| rejects.add(bad),
            &mut |rows| bar.set_message(format!("{rows} rows")),
        );
        bar.finish_and_clear();
        let history = read.map_err(|error| anyhow!("{}: {error}{}", path.display(), rejects.said()))?;
        if history.tickets.is_empty() {
            bail!("{}: no row could be read{}", path.display(), rejects.said());
        }
        Ok(Loaded { history, zone: map.zone, rejects })
    }
}

/// In the current directory, because exports often lie where nobody may write.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    PathBuf::from(format!("{name}.rejected.csv"))
}

struct Counted {
    inner: File,
    bar: ProgressBar,
}

impl Read for Counted {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.inner.read(out)?;
        self.bar.inc(n as u64);
        Ok(n)
    }
}

/// The map of that name, or in that file.
fn map_of(name: &str) -> Result<Map> {
    if let Some(shipped) = map::shipped(name) {
        return checked(shipped.text, name);
    }
    let path = Path::new(name);
    if !path.exists() && !name.contains(['/', '\\', '.']) {
        let known = SHIPPED.map(|m| m.name);
        let meant = nearest(name, known).map(|k| format!("did you mean `{k}`? ")).unwrap_or_default();
        bail!("there is no map `{name}`: {meant}shipped are {}; or give the path of your own", known.join(", "));
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("the map {} cannot be read", path.display()))?;
    checked(&text, name)
}

fn checked(text: &str, name: &str) -> Result<Map> {
    let checked = map::check(text);
    checked.map.ok_or_else(|| anyhow!("the map has faults; nothing was read\n{}", rendered(text, name, checked.problems).trim_end()))
}

fn rendered(text: &str, name: &str, problems: Vec<Problem>) -> String {
    plan::render(text, name, &plan::Report { plan: None, problems })
}

/// The shipped maps, one line each.
pub fn list_maps() {
    for shipped in SHIPPED {
        let about = map::check(shipped.text).map.map(|m| m.about).unwrap_or_default();
        println!("{:<12} {about}", shipped.name);
    }
}

/// The text of a shipped map, to start from.
///
/// # Errors
/// When there is none of that name.
pub fn show_map(name: &str) -> Result<&'static str> {
    let known = SHIPPED.map(|m| m.name);
    map::shipped(name).map(|m| m.text).ok_or_else(|| anyhow!("there is no map `{name}`; shipped are {}", known.join(", ")))
}
