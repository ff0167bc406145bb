//! Whom the plan lets do something, as addresses at one moment.

/// The plan's word for whoever is decision owner at the moment.
const SHIFT_OWNER: &str = "shift-owner";

/// Who may rule on one question, or approve one text, at one moment. Leads may always.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rights {
    /// E-mail addresses in lower case, in the plan's order.
    pub emails: Vec<String>,
    /// The plan names nobody for the moment, so any decision owner may.
    pub any_owner: bool,
}

impl Rights {
    /// Those whom each of the lists names; a list that names nobody stands for the decision owner on duty, whose address is `on_duty`. A list that
    /// comes to nobody at this moment does not count; where the others have nobody in common, only leads may.
    pub fn of<'a>(lists: impl IntoIterator<Item = &'a [String]>, on_duty: Option<&str>) -> Self {
        let by_default = [SHIFT_OWNER.to_owned()];
        let lists = lists.into_iter().map(|words| addresses(if words.is_empty() { &by_default } else { words }, on_duty));
        let mut lists: Vec<Vec<String>> = lists.filter(|emails| !emails.is_empty()).collect();
        if lists.is_empty() {
            lists.push(addresses(&by_default, on_duty));
        }
        let any_owner = lists.iter().all(Vec::is_empty);
        let mut emails = lists.remove(0);
        emails.retain(|email| lists.iter().all(|list| list.contains(email)));
        Self { emails, any_owner }
    }
}

fn addresses(words: &[String], on_duty: Option<&str>) -> Vec<String> {
    let mut emails: Vec<String> = vec![];
    for word in words.iter().map(|w| w.trim()) {
        let email = if word == SHIFT_OWNER { on_duty } else { Some(word) };
        emails.extend(email.map(str::to_lowercase).filter(|e| !emails.contains(e)));
    }
    emails
}
