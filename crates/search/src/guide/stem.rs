//! What makes two forms of a word one: a few endings of English, German, French and Spanish. It is cruder than a grammar and needs no more:
//! both sides are cut the same way.

/// Letters that are left at least.
const LEAST: usize = 4;

const ENGLISH: [&str; 9] = ["ments", "ment", "ings", "ing", "ers", "ed", "er", "ly", "e"];
const GERMAN: [&str; 8] = ["ern", "em", "en", "er", "es", "st", "e", "n"];
const ROMANCE: [&str; 7] = ["ement", "ment", "es", "er", "a", "o", "e"];

/// The part of a word that its forms share.
pub(super) fn stem(word: &str, lang: &str) -> String {
    if word.chars().any(char::is_numeric) || !word.is_ascii() {
        return word.to_owned();
    }
    let mut stem = word;
    let cut = |stem: &str, ending: &str| stem.len() >= ending.len() + LEAST && stem.ends_with(ending);
    match lang {
        "de" => {
            if cut(stem, "s") && !stem.ends_with("ss") {
                stem = &stem[..stem.len() - 1];
            }
            if let Some(ending) = GERMAN.into_iter().find(|ending| cut(stem, ending)) {
                stem = &stem[..stem.len() - ending.len()];
            }
        }
        "fr" | "es" | "it" | "pt" => {
            if cut(stem, "s") {
                stem = &stem[..stem.len() - 1];
            }
            if let Some(ending) = ROMANCE.into_iter().find(|ending| cut(stem, ending)) {
                stem = &stem[..stem.len() - ending.len()];
            }
        }
        _ => {
            if stem.len() >= LEAST + 2 && stem.ends_with("ies") {
                return format!("{}y", &stem[..stem.len() - 3]);
            }
            if stem.len() >= LEAST && stem.ends_with('s') && !stem.ends_with("ss") && !stem.ends_with("us") {
                stem = &stem[..stem.len() - 1];
            }
            if let Some(ending) = ENGLISH.into_iter().find(|ending| cut(stem, ending)) {
                stem = &stem[..stem.len() - ending.len()];
            }
            // stopped, stopping → stop; but call, press stay.
            let bytes = stem.as_bytes();
            if stem.len() > LEAST
                && word.len() > stem.len() + 1
                && bytes[stem.len() - 1] == bytes[stem.len() - 2]
                && !matches!(bytes[stem.len() - 1], b'l' | b's')
            {
                stem = &stem[..stem.len() - 1];
            }
        }
    }
    stem.to_owned()
}

const FILLERS_EN: &str = " a about after again all also am an and any anymore are as at be because been but by can cannot could did do does doing dear else ever for from get give go got had has have having hello help hey hi how i if in into is it its just know last like m me mine my need no not now of off ok on one only or our out over please re regards s see should so some still t tell than thank thanks that the their them then there these they thing this to too try u under up us ve very want was we well were what when where which who why will with would you your yours ";
const FILLERS_DE: &str = " aber alle als am an auch auf aus bei bin bis bitte da danke das dass dem den der des die dies diese dieser doch du ein eine einem einen einer eines er es etwas fur gruss guten habe haben hallo hat ich ihr ihre ihren im in ist ja jetzt kann kein keine konnen man mein meine meinem meinen meiner mich mir mit nach nicht noch nun nur ob oder ohne sehr seit sich sie sind so soll tag uber um und uns unser unsere unter vom von vor war warum was weil wenn wer werden wie wieso wir wird wo zu zum zur ";
const FILLERS_FR: &str = " a ai au aux avec bonjour c ce ces cette comment d dans de des du elle en est et il ils j je l la le les ma mais me merci mes mon n ne nous on ou ou par pas plus pour pourquoi qu que quel quelle qui s se si son sont suis sur tu un une vous y ";
const FILLERS_ES: &str = " a al como con cuando de del donde el ella en es esta este gracias ha hay hola la las lo los me mi mis muy no nos o para pero por porque puedo que quien se si sin son su sus te tu un una y ya yo ";

/// Whether nearly every question has this word, so that it says little.
pub(super) fn is_filler(word: &str, lang: &str) -> bool {
    let list = match lang {
        "de" => FILLERS_DE,
        "fr" => FILLERS_FR,
        "es" => FILLERS_ES,
        _ => FILLERS_EN,
    };
    let mut parts = list.split(' ');
    parts.any(|filler| filler == word)
}
