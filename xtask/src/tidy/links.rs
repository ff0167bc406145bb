//! Every link between documents leads somewhere, headings included.

use super::File;

pub fn check(files: &[File]) -> Vec<String> {
    let root = crate::shell::root();
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.extension() == "md") {
        for (number, target) in links(file) {
            let (path, heading) = target.split_once('#').map_or((target, None), |(path, heading)| (path, Some(heading)));
            let full = if path.is_empty() { file.path.clone() } else { resolve(&file.path, path) };
            let other = files.iter().find(|other| other.path == full);
            let found = other.is_some() || root.join(&full).exists();
            if !found {
                complaints.push(format!("{}:{number}: there is no {full}.", file.path));
            } else if let (Some(heading), Some(other)) = (heading, other)
                && other.extension() == "md"
                && !anchors(other).any(|anchor| anchor == heading)
            {
                complaints.push(format!("{}:{number}: {full} has no heading `{heading}`.", file.path));
            }
        }
    }
    complaints
}

/// Targets of `[text](target)` outside code, with their lines; addresses on the network are left alone.
fn links(file: &File) -> Vec<(usize, &str)> {
    let mut in_code = false;
    let mut found = Vec::new();
    for (number, line) in file.lines() {
        in_code ^= line.trim_start().starts_with("```");
        if in_code {
            continue;
        }
        let targets = line.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
        found.extend(targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).map(|target| (number, target)));
    }
    found
}

fn resolve(from: &str, path: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// As code hosts make them from headings: lower case, spaces to hyphens, punctuation dropped.
fn anchors(file: &File) -> impl Iterator<Item = String> {
    file.text.lines().filter(|line| line.starts_with('#')).map(|line| {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).map(|c| if c == ' ' { '-' } else { c }).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::expect;

    #[test]
    fn links_lead_somewhere() {
        expect(super::check, "docs/a.md", "[one](missing.md)", 1);
        expect(super::check, "docs/a.md", "[up](../LICENSE) and [crate](../crates/core/)", 0);
        expect(super::check, "docs/a.md", "[net](https://example.org/x) [mail](mailto:a@example.org)", 0);
        expect(super::check, "docs/a.md", "# The one: path\n[here](#the-one-path)", 0);
        expect(super::check, "docs/a.md", "# The one path\n[here](#another)", 1);
        expect(super::check, "docs/a.md", "```\n[code](missing.md)\n```", 0);
    }
}
