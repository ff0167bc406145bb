//! What somebody newly wrote in a mail, apart from what they quoted and from their signature. Nothing is removed: each line gets a
//! [`Fate`], and who reads the mail may unfold the rest.
//!
//! The rules, in the order in which they are asked:
//!
//! 1. An **introduction** of quoted text ("On Monday Mara wrote:", a block of `From: … Sent: … To: …`, "--- Original Message ---") is
//!    never the writer's own.
//! 2. Text before an introduction is the reply. What follows the introduction *unmarked* is all quoted, to the end: programs
//!    that do not mark quoted lines put the reply above. That takes an introduction without a doubt: with a date, an address and
//!    a word for writing, or a block of headers. "As I wrote on Monday:" introduces the writer's own words.
//! 3. What follows it *marked* (`> …`) is quoted up to the last marked line. When the writer goes on below, with more than a
//!    signature, it is an answer between the lines: then the quoted lines stay in sight, for they say what is answered.
//! 4. With nothing of the writer's own before the introduction, the reply is below the quoted part; after an unmarked one (a
//!    forwarded mail) what was forwarded is all there is, and stays.
//! 5. At the end, signatures are folded: after a `-- ` line, "Sent from my …", rules of dashes.
//!
//! When in doubt a line stays: a quote too many is a nuisance, an answer too few is a customer not heard.

mod headers;
mod introduction;
mod lines;
mod signature;

use lines::{Kind, Line};

/// What becomes of a line on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// The writer's own words, or quoted ones that they answer line by line: shown.
    Own,
    /// Somebody else's words, and what introduces them: folded.
    Quoted,
    /// The writer's signature: folded.
    Signature,
}

/// A run of lines with one fate.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Part {
    /// What becomes of it.
    pub fate: Fate,
    /// Its lines, joined by line feeds.
    pub text: String,
}

/// The text in parts, in its order. Joined by line feeds they are the text again, with its line ends as line feeds.
pub fn parts(text: &str) -> Vec<Part> {
    let lines = lines::read(text);
    let fates = fates(&lines);
    let mut parts: Vec<Part> = Vec::new();
    for (line, fate) in lines.iter().zip(fates) {
        match parts.last_mut() {
            Some(part) if part.fate == fate => {
                part.text.push('\n');
                part.text.push_str(line.text);
            }
            _ => parts.push(Part { fate, text: line.text.to_owned() }),
        }
    }
    parts
}

/// What the writer newly wrote, without blank lines around it; empty if there is nothing of their own.
pub fn visible_text(text: &str) -> String {
    own_text(&parts(text))
}

/// The same of a text that is in parts already.
pub fn own_text(parts: &[Part]) -> String {
    let own: Vec<&str> = parts.iter().filter(|part| part.fate == Fate::Own).map(|part| part.text.as_str()).collect();
    let own = own.join("\n");
    let from = own.split_inclusive('\n').take_while(|line| lines::is_blank(line)).map(str::len).sum::<usize>();
    own[from..].trim_end_matches(lines::is_space).to_owned()
}

fn fates(lines: &[Line<'_>]) -> Vec<Fate> {
    let mut fates = vec![Fate::Own; lines.len()];
    introduced(lines, &mut fates);
    trailing(lines, &mut fates);
    fates
}

/// Rules 1 to 4.
fn introduced(lines: &[Line<'_>], fates: &mut [Fate]) {
    let mut at = 0;
    let mut own_before = false;
    while at < lines.len() {
        if lines[at].kind != Kind::Introduction {
            own_before |= lines[at].kind == Kind::Text;
            at += 1;
            continue;
        }
        let introduced = (at..lines.len()).find(|&i| !matches!(lines[i].kind, Kind::Introduction | Kind::Blank | Kind::Rule)).unwrap_or(lines.len());
        let sure = lines[at..introduced].iter().any(|line| line.sure);
        let first_rule = (0..at).rev().take_while(|&i| matches!(lines[i].kind, Kind::Rule | Kind::Blank)).last().filter(|_| own_before).unwrap_or(at);
        let marked = lines[at].depth > 0 || lines.get(introduced).is_none_or(|line| line.kind == Kind::Quote);
        if !marked && !sure {
            // Their own: "As I wrote on Monday: …".
            own_before = true;
            at = introduced;
            continue;
        }
        if !marked && own_before {
            fates[first_rule..].fill(Fate::Quoted);
            return;
        }
        let mut below = introduced;
        if marked {
            let quoted = |line: &Line<'_>| matches!(line.kind, Kind::Quote | Kind::Blank | Kind::Introduction);
            below = (introduced..lines.len()).find(|&i| !quoted(&lines[i])).unwrap_or(lines.len());
        }
        let goes_on = below < lines.len() && !signature::is_all(&lines[below..]);
        let between = goes_on && (own_before || lines[below..].iter().any(|line| line.kind == Kind::Quote)) && lines[at].depth == 0;
        for i in at..introduced {
            // Of what stays in sight the paragraphs stay apart.
            if !between || lines[i].kind != Kind::Blank {
                fates[i] = Fate::Quoted;
            }
        }
        if marked && !between {
            fates[introduced..below].fill(Fate::Quoted);
        }
        own_before |= goes_on && marked;
        at = below.max(at + 1);
    }
}

/// Quoted lines, rules and one signature with nothing of the writer's own after them (rule 5).
fn trailing(lines: &[Line<'_>], fates: &mut [Fate]) {
    let texts = |upto: usize, fates: &[Fate]| (0..upto).any(|i| fates[i] == Fate::Own && lines[i].kind == Kind::Text);
    let introduced = lines.iter().any(|line| line.kind == Kind::Introduction);
    let mut any_text = texts(lines.len(), fates);
    let mut signed = false;
    let mut end = lines.len();
    while let Some(last) = end.checked_sub(1) {
        if fates[last] != Fate::Own || lines[last].kind == Kind::Blank {
            end = last;
            continue;
        }
        match lines[last].kind {
            Kind::Rule | Kind::Sent => fates[last] = Fate::Signature,
            // A mail of nothing but a quote is shown, and so is what somebody announces: "I ran this:".
            Kind::Quote if any_text && (introduced || !is_announced(lines, last)) => fates[last] = Fate::Quoted,
            _ if signed => return,
            _ => {
                let Some(start) = signature::start(lines, fates, last) else { return };
                for fate in fates[start..=last].iter_mut().filter(|fate| **fate == Fate::Own) {
                    *fate = Fate::Signature;
                }
                signed = true;
                end = start;
                any_text = texts(end, fates);
                continue;
            }
        }
        end = last;
    }
}

/// Whether the quoted lines that end here come right after a line of the writer's that ends with a colon.
fn is_announced(lines: &[Line<'_>], last: usize) -> bool {
    let above = lines[..last].iter().rev().find(|line| !matches!(line.kind, Kind::Quote | Kind::Blank));
    above.is_some_and(|line| line.text.trim_end_matches(lines::is_space).ends_with([':', '\u{ff1a}']))
}

#[cfg(test)]
mod tests;
