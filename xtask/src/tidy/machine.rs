//! Nothing of the machine it was written on: no home folder, no checkout path, no package registry.

use super::File;

pub fn check(files: &[File]) -> Vec<String> {
    let mut paths = vec![concat!("/ho", "me/").to_owned(), concat!("/Us", "ers/").to_owned(), concat!("/ro", "ot/").to_owned()];
    let root = crate::shell::root();
    paths.push(format!("{}/", root.display()));
    // The folder with the checkout, where it is not one that everybody has.
    let common = ["/", "/tmp", "/srv", "/opt", "/mnt", "/var/tmp", "/var/lib", "/usr/src"];
    paths.extend(root.parent().map(|parent| parent.display().to_string()).filter(|parent| !common.contains(&parent.as_str())).map(|p| p + "/"));
    files.iter().flat_map(|file| complaints(file, &paths)).collect()
}

fn complaints(file: &File, paths: &[String]) -> Vec<String> {
    let lock = file.path.ends_with("package-lock.json");
    file.lines()
        .filter_map(|(number, line)| {
            if lock && line.contains("\"resolved\": \"http") {
                return Some(format!(
                    "{}:{number}: names a registry: set omit-lockfile-registry-resolved=true in .npmrc and install again.",
                    file.path
                ));
            }
            let path = paths.iter().find(|path| line.match_indices(path.as_str()).any(|(at, _)| starts_a_path(line, at)))?;
            Some(format!("{}:{number}: `{path}` is a path of one machine.", file.path))
        })
        .collect()
}

/// Not the middle of a longer path or of an address.
fn starts_a_path(line: &str, at: usize) -> bool {
    !line[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '}' | '$'))
}

#[cfg(test)]
mod tests {
    use super::super::expect;

    #[test]
    fn traces_of_a_machine_are_found() {
        expect(super::check, "docs/a.md", concat!("see /ho", "me/jo/notes"), 1);
        expect(super::check, "docs/a.md", concat!("`/Us", "ers/jo`"), 1);
        expect(super::check, "docs/a.md", concat!("example.org/ho", "me/start"), 0);
        expect(super::check, "docs/a.md", "/var/lib/hypercare", 0);
        expect(super::check, "web/console/package-lock.json", "  \"resolved\": \"https://example.org/a.tgz\",", 1);
        expect(super::check, "web/console/package-lock.json", "  \"integrity\": \"sha512-x\",", 0);
    }
}
