//! The text and the glossary from files.

use anyhow::{Context, Result, anyhow, bail};
use hypercare_core::plan::PlannedTerm;
use hypercare_language::plain::LONGEST;
use std::io::Read;
use std::path::Path;

/// The text of a file, or of standard input for `-`.
///
/// # Errors
/// When it cannot be read, has more than [`LONGEST`] bytes, is not UTF-8 or says nothing.
pub(super) fn text(file: &Path) -> Result<String> {
    let from_input = file.as_os_str() == "-";
    let name = if from_input { "standard input".to_owned() } else { file.display().to_string() };
    let most = u64::try_from(LONGEST).unwrap_or(u64::MAX) + 1;
    let mut bytes = Vec::new();
    let read = if from_input {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.with_context(|| format!("{name} cannot be read"))?;
    if bytes.len() > LONGEST {
        bail!("{name}: the text has more than {LONGEST} bytes; check its parts one by one");
    }
    let text = String::from_utf8(bytes).map_err(|e| {
        let line = e.as_bytes()[..e.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        anyhow!("{name}:{line}: not UTF-8; save the text as UTF-8")
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if text.trim().is_empty() {
        bail!("{name}: the text is empty; write at least a sentence");
    }
    Ok(text.to_owned())
}

/// The glossary of a plan.
///
/// # Errors
/// When the plan cannot be read or has errors.
pub(super) fn glossary(file: &Path) -> Result<Vec<PlannedTerm>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("--plan: {} cannot be read", file.display()))?;
    let report = hypercare_core::plan::check(&text);
    match report.plan {
        Some(plan) => Ok(plan.glossary),
        None => {
            eprint!("{}", hypercare_core::plan::render(&text, &file.display().to_string(), &report));
            bail!("--plan: the plan has errors; correct them first")
        }
    }
}
