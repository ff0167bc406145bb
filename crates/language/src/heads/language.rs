//! Whether a text is English: what the approved wordings are written in.

use crate::text::words;

/// A language that a text seems to be in.
struct Tongue {
    name: &'static str,
    words: &'static [&'static str],
}

/// Frequent words of other languages that are not English words or names of our own.
#[rustfmt::skip]
const TONGUES: &[Tongue] = &[
    Tongue { name: "German", words: &["ich", "und", "der", "das", "ist", "nicht", "wie", "wir", "sie", "ein", "eine", "einen", "mein", "meine", "mit", "für", "auf", "zu", "bitte", "danke", "warum", "kann", "haben", "habe", "noch", "aber", "wenn", "mehr", "preis", "rechnung", "jetzt", "dass", "dem", "den", "guten", "hallo", "kündigen", "wieso", "viel", "kostet", "immer", "über", "oder", "auch", "unsere", "konto", "wird", "sind", "können", "plötzlich", "mir"] },
    Tongue { name: "French", words: &["je", "le", "les", "des", "est", "et", "nous", "vous", "une", "pourquoi", "mon", "ma", "mes", "votre", "pas", "que", "qui", "pour", "avec", "bonjour", "merci", "facture", "prix", "ne", "sur", "dans", "plus", "notre", "suis", "avez", "cette", "comment", "compte", "ai"] },
    Tongue { name: "Spanish", words: &["el", "los", "las", "una", "por", "que", "mi", "mis", "pero", "hola", "gracias", "factura", "precio", "está", "esta", "como", "con", "para", "puedo", "tengo", "es", "más", "mas", "cuenta", "del", "porque", "ahora", "cuando", "muy", "necesito", "quiero", "nuestro", "buenos", "dias"] },
    Tongue { name: "Italian", words: &["il", "gli", "che", "perche", "perché", "mio", "mia", "della", "sono", "ho", "grazie", "ciao", "buongiorno", "fattura", "prezzo", "piu", "più", "una", "posso", "con", "come", "nostro", "questo", "conto", "è", "vorrei", "ma", "anche"] },
    Tongue { name: "Portuguese", words: &["os", "uma", "não", "nao", "minha", "meu", "obrigado", "obrigada", "fatura", "preço", "preco", "porque", "você", "voce", "como", "mais", "conta", "olá", "ola", "que", "está", "com", "em", "são", "isso"] },
    Tongue { name: "Dutch", words: &["ik", "een", "het", "niet", "waarom", "mijn", "van", "voor", "met", "dat", "wij", "jullie", "factuur", "prijs", "maar", "ook", "zijn", "hebben", "bedankt", "hoe", "naar", "nog", "geen", "deze", "kunnen"] },
    Tongue { name: "Polish", words: &["nie", "jest", "się", "sie", "dlaczego", "proszę", "prosze", "dzień", "dzien", "dobry", "mój", "moja", "faktura", "cena", "jak", "mam", "czy", "na", "dziękuję", "dziekuje", "za", "do", "konto"] },
    Tongue { name: "Swedish", words: &["jag", "och", "det", "att", "inte", "varför", "min", "mitt", "tack", "hej", "priset", "faktura", "vi", "för", "har", "är", "på", "hur", "kan", "ni", "som", "vår"] },
    Tongue { name: "Turkish", words: &["ve", "bir", "bu", "neden", "benim", "için", "icin", "merhaba", "teşekkürler", "fatura", "fiyat", "nasıl", "değil", "degil", "çok", "lütfen"] },
];

#[rustfmt::skip]
const ENGLISH: &[&str] = &[
    "the", "is", "are", "my", "your", "our", "we", "you", "i", "it", "to", "of", "and", "for", "with", "what", "why", "how", "when", "where", "can", "cannot", "not", "do", "does", "have", "has", "was",
    "will", "would", "this", "that", "there", "please", "hello", "thanks", "price", "bill", "invoice", "account", "plan", "more", "from", "on", "if", "be", "been", "am", "but", "they", "an", "at", "by", "help", "still", "now", "new", "need", "want",
];

/// The name of the language if the text is clearly not English; none if it is English or too short to tell.
pub(crate) fn foreign(text: &str) -> Option<&'static str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let latin = text.chars().filter(|c| c.is_alphabetic() && is_latin(*c)).count();
    if letters >= 4 && latin * 2 < letters {
        return Some("another script");
    }
    // Accents carry the language, so they must survive: `words` folds some of them away, the lists hold both forms.
    let words = words(text);
    let english = words.iter().filter(|w| ENGLISH.contains(&w.as_str())).count();
    let (name, hits) = TONGUES
        .iter()
        .map(|t| (t.name, words.iter().filter(|w| t.words.contains(&w.as_str())).count()))
        .max_by(|a, b| a.1.cmp(&b.1).then(std::cmp::Ordering::Greater))?;
    (hits >= 2 && hits > english).then_some(name)
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_languages_are_named() {
        fn check(text: &str, expected: Option<&str>) {
            assert_eq!(foreign(text), expected, "{text}");
        }
        check("Warum ist meine Rechnung höher als letzten Monat?", Some("German"));
        check("Bonjour, pourquoi le prix est plus élevé ?", Some("French"));
        check("Hola, ¿por qué mi factura es más alta?", Some("Spanish"));
        check("Perché la mia fattura è più alta? Grazie", Some("Italian"));
        check("Waarom is mijn factuur hoger?", Some("Dutch"));
        check("Почему счёт вырос?", Some("another script"));
        check("価格が上がったのはなぜですか", Some("another script"));
        check("Why is my bill higher than last month?", None);
        check("price??", None);
        check("Our client in Köln asks for the Rechnung, where is it?", None);
        check("Team plan → Studio-Plus, EUR or USD", None);
        check("😀", None);
        check("", None);
    }
}
