//! What is nobody's business: addresses and long numbers, taken out of a text that is kept or passed on.

/// From so many digits on a number is somebody's: an order, a card, a telephone.
const DIGITS: usize = 6;

/// The text with “(address)” for mail addresses and “(number)” for numbers of six digits or more, also in groups.
pub fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        let mail = word.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
        out.push_str(if mail { "(address)" } else { word });
        out.push_str(&piece[word.len()..]);
    }
    numbers(&out)
}

fn numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let chars: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        if !chars[at].is_numeric() {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let (mut end, mut digits) = (at, 0);
        let mut next = at;
        while next < chars.len() {
            if chars[next].is_numeric() {
                digits += 1;
                end = next + 1;
            } else if !(matches!(chars[next], ' ' | '-' | '/' | '\u{a0}') && chars.get(next + 1).is_some_and(|c| c.is_numeric())) {
                break;
            }
            next += 1;
        }
        if digits >= DIGITS {
            out.push_str("(number)");
        } else {
            out.extend(&chars[at..end]);
        }
        at = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_long_numbers_are_taken_out() {
        fn check(text: &str, expected: &str) {
            assert_eq!(masked(text), expected);
        }
        check("I am ana.souza@example.org, help", "I am (address) help");
        check("order 10023 for 1,000 euros", "order 10023 for 1,000 euros");
        check("card 4111 1111 1111 1111 please", "card (number) please");
        check("call +47 912 34 567.", "call +(number).");
        check("on 17 November 2026 at 10", "on 17 November 2026 at 10");
        check("@home or a@b", "@home or a@b");
        check("", "");
    }
}
