//! Domains of e-mail addresses that stand for a company.

/// Providers at which anybody can have an address: who writes from there belongs to nobody by it.
const PUBLIC: &[&str] = &[
    "163.com",
    "aim.com",
    "aol.com",
    "arcor.de",
    "bluewin.ch",
    "bol.com.br",
    "btinternet.com",
    "comcast.net",
    "email.com",
    "fastmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hey.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.fr",
    "hotmail.it",
    "hushmail.com",
    "icloud.com",
    "inbox.lv",
    "laposte.net",
    "libero.it",
    "live.co.uk",
    "live.com",
    "live.de",
    "live.fr",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "msn.com",
    "naver.com",
    "o2.pl",
    "online.de",
    "orange.fr",
    "outlook.com",
    "outlook.de",
    "outlook.es",
    "outlook.fr",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "rediffmail.com",
    "seznam.cz",
    "sfr.fr",
    "sina.com",
    "t-online.de",
    "tiscali.it",
    "tuta.com",
    "tutanota.com",
    "uol.com.br",
    "verizon.net",
    "vodafone.de",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yahoo.co.jp",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.com.br",
    "yahoo.de",
    "yahoo.es",
    "yahoo.fr",
    "yahoo.it",
    "yandex.com",
    "yandex.ru",
    "ymail.com",
    "zoho.com",
    "zohomail.eu",
];

/// A domain as it is kept: lower case, without an `@` before it.
///
/// # Errors
/// What is wrong with it and what would be right.
pub fn domain(given: &str) -> Result<String, String> {
    let domain = given.trim().trim_start_matches('@').trim_end_matches('.').to_lowercase();
    if domain.contains('@') {
        return Err(format!("`{}` is an address: give what stands behind its @.", given.trim()));
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    if domain.len() > 253 || !domain.contains('.') || !domain.split('.').all(label) {
        return Err(format!("`{}` is no domain: write it as example.com.", given.trim()));
    }
    if PUBLIC.contains(&domain.as_str()) {
        return Err(format!(
            "Anybody can have an address at {domain}, so it says nothing of an account: leave it out, and add its people one by one."
        ));
    }
    Ok(domain)
}

/// The domain of an address, in lower case; none where it has none.
pub fn domain_of(email: &str) -> Option<String> {
    let (name, domain) = email.trim().rsplit_once('@')?;
    (!name.is_empty() && !domain.is_empty()).then(|| domain.to_lowercase())
}
