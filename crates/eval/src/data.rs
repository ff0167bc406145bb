//! The public sets, where they are. None of them is part of the project, but for a small one of its own.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// The folder that holds them.
pub struct Data {
    folder: PathBuf,
}

/// Texts and the intent of each.
pub struct Set {
    /// Names of the intents, sorted.
    pub intents: Vec<String>,
    /// Text and number of its intent.
    pub texts: Vec<(String, usize)>,
}

/// CLINC150 (Larson et al. 2019), without its test part.
pub struct Clinc {
    /// 100 texts an intent.
    pub train: Set,
    /// 20 texts an intent, of the same intents.
    pub validation: Set,
    /// Two hundreds of texts outside.
    pub outside: [Vec<String>; 2],
}

/// The project's own: 58 questions, each in five or six wordings that share few words.
const REPHRASINGS: &str = include_str!("../data/rephrasings.tsv");

/// What a missing set is called in a row.
pub type Missing = String;

#[derive(Deserialize)]
struct ClincFile {
    train: Vec<(String, String)>,
    val: Vec<(String, String)>,
    oos_train: Vec<(String, String)>,
    oos_val: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Utterance {
    utterance: String,
    intent: String,
}

impl Set {
    fn new(pairs: Vec<(String, String)>) -> Self {
        let mut numbers: BTreeMap<String, usize> = pairs.iter().map(|(_, intent)| (intent.clone(), 0)).collect();
        for (number, slot) in numbers.values_mut().enumerate() {
            *slot = number;
        }
        let texts = pairs.into_iter().map(|(text, intent)| (text, numbers[&intent])).collect();
        Self { intents: numbers.into_keys().collect(), texts }
    }

    /// The numbers of the texts of each intent.
    pub fn by_intent(&self) -> Vec<Vec<usize>> {
        let mut lists = vec![vec![]; self.intents.len()];
        for (number, (_, intent)) in self.texts.iter().enumerate() {
            lists[*intent].push(number);
        }
        lists
    }
}

/// The project's own rephrasings.
pub fn rephrasings() -> Set {
    let lines = REPHRASINGS.lines().filter_map(|line| line.split_once('\t'));
    Set::new(lines.map(|(question, text)| (text.to_owned(), question.to_owned())).collect())
}

impl Data {
    /// Of this folder; whether the sets are there shows when they are read.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn read(&self, name: &str) -> Result<Result<String, Missing>> {
        let path = self.folder.join(name);
        if !path.exists() {
            return Ok(Err(format!("not measured: {} is not there", path.display())));
        }
        fs::read_to_string(&path).map(Ok).with_context(|| format!("{} cannot be read", path.display()))
    }

    /// Banking77's training part (Casanueva et al. 2020).
    pub fn banking(&self) -> Result<Result<Set, Missing>> {
        let text = match self.read("banking77/train.csv")? {
            Ok(text) => text,
            Err(missing) => return Ok(Err(missing)),
        };
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let pairs = reader.deserialize().collect::<Result<Vec<(String, String)>, _>>().context("banking77/train.csv: expected text,category")?;
        let set = Set::new(pairs);
        if set.intents.len() != 77 {
            bail!("banking77/train.csv has {} intents, not 77", set.intents.len());
        }
        Ok(Ok(set))
    }

    /// CLINC150's training and validation parts.
    pub fn clinc(&self) -> Result<Result<Clinc, Missing>> {
        let text = match self.read("clinc150/data_train_val.json")? {
            Ok(text) => text,
            Err(missing) => return Ok(Err(missing)),
        };
        let file: ClincFile = serde_json::from_str(&text).context("clinc150/data_train_val.json: expected train, val, oos_train and oos_val")?;
        let texts = |list: Vec<(String, String)>| list.into_iter().map(|(text, _)| text).collect();
        let clinc = Clinc { train: Set::new(file.train), validation: Set::new(file.val), outside: [texts(file.oos_train), texts(file.oos_val)] };
        if clinc.train.intents != clinc.validation.intents {
            bail!("clinc150/data_train_val.json: train and val have different intents");
        }
        Ok(Ok(clinc))
    }

    /// DSTC11's intent induction utterances of customers: insurance, banking, finance.
    pub fn dialogues(&self) -> Result<Result<Vec<Set>, Missing>> {
        let mut sets = Vec::new();
        for name in ["development", "test-banking", "test-finance"] {
            let text = match self.read(&format!("dstc11/{name}.test-utterances.jsonl"))? {
                Ok(text) => text,
                Err(missing) => return Ok(Err(missing)),
            };
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            let pairs = lines.map(|line| serde_json::from_str(line).map(|u: Utterance| (u.utterance, u.intent))).collect::<Result<Vec<_>, _>>();
            sets.push(Set::new(pairs.with_context(|| format!("dstc11/{name}: expected utterance and intent"))?));
        }
        Ok(Ok(sets))
    }
}
