//! The index: opened or made anew, changed in commits that say up to where they have come.

use crate::SearchError;
use crate::tokens::WordTokenizer;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tantivy::indexer::LogMergePolicy;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, Term};

/// Counted up when words are cut or kept otherwise: an index of another number is made anew.
const VERSION: u32 = 1;
/// Bytes of memory before words go to disk in the middle of a commit.
const MEMORY: usize = 48_000_000;
/// A part of the index is written anew without what was taken out once that is this share of it.
const TAKEN_OUT: f32 = 0.2;

/// How one conversation is found.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Which.
    pub id: i64,
    /// When anything was last said, in microseconds: of two that fit as well the newer comes first.
    pub at: i64,
    /// What filters ask for, each as one word: `status:open`.
    pub facets: Vec<String>,
    /// Its subject.
    pub subject: String,
    /// The customer's name and address.
    pub customer: String,
    /// All that was said and noted.
    pub text: String,
}

/// One step of bringing the index up to date.
#[derive(Clone, Debug)]
pub enum Change {
    /// A conversation is so now.
    Put(Box<Document>),
    /// There is no such conversation.
    Remove(i64),
}

/// Up to where an index has come. Kept in the same commit as what it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Position {
    /// The number of the last event that is known here.
    pub seq: i64,
    /// What that event is, so that an index of another store is noticed.
    pub mark: i64,
    /// While everything is read for the first time: the last conversation that was read. None once all were.
    pub reading: Option<i64>,
}

impl Position {
    /// Nothing is known.
    pub const NOTHING: Self = Self { seq: 0, mark: 0, reading: Some(0) };

    fn text(&self) -> String {
        let reading = self.reading.map_or_else(|| "all".to_owned(), |id| id.to_string());
        format!("{VERSION} {} {} {reading}", self.seq, self.mark)
    }
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let version: u32 = parts.next()?.parse().ok()?;
        let (seq, mark) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let reading = match parts.next()? {
            "all" => None,
            id => Some(id.parse().ok()?),
        };
        (version == VERSION).then_some(Self { seq, mark, reading })
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Fields {
    pub id: Field,
    pub at: Field,
    pub facets: Field,
    pub subject: Field,
    pub customer: Field,
    pub words: Field,
    pub endings: Field,
}

/// A search index over conversations. Changes go in one after the other; anybody may search meanwhile.
pub struct Index {
    pub(crate) inner: tantivy::Index,
    pub(crate) reader: IndexReader,
    pub(crate) fields: Fields,
    writer: Mutex<IndexWriter>,
    position: Mutex<Position>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("position", &self.position()).finish_non_exhaustive()
    }
}

impl Index {
    /// Opens the index in a folder of its own, or one in memory. One that is not readable or of another version is thrown away; it
    /// then begins with [`Position::NOTHING`].
    ///
    /// # Errors
    /// When another process uses the folder, or it cannot be written.
    pub fn open(folder: Option<&Path>) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let Some(folder) = folder else {
            return Self::over(tantivy::Index::create_in_ram(schema), fields);
        };
        let known = || -> Result<Self, SearchError> {
            let inner = tantivy::Index::open_in_dir(folder)?;
            if inner.schema() != schema {
                return Err(SearchError::Broken("it is of another version".into()));
            }
            let index = Self::over(inner, fields)?;
            if index.position() == Position::NOTHING && index.documents() > 0 {
                return Err(SearchError::Broken("it does not say up to where it has come".into()));
            }
            Ok(index)
        };
        if folder.join("meta.json").exists() {
            // Files that were cut or overwritten are no errors to those who read them, but contradictions.
            let read = std::panic::catch_unwind(std::panic::AssertUnwindSafe(known));
            match read.unwrap_or_else(|_| Err(SearchError::Broken("its files contradict each other".into()))) {
                Err(SearchError::Broken(why)) => tracing::warn!("the search index is made anew: {why}"),
                other => return other,
            }
        }
        Self::create(folder)
    }

    /// Makes an empty index in a folder of its own; what was in the folder goes.
    ///
    /// # Errors
    /// When another process uses the folder, or it cannot be written.
    pub fn create(folder: &Path) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let broken = |e: std::io::Error| SearchError::Broken(format!("{}: {e}", folder.display()));
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(broken)?;
        }
        std::fs::create_dir_all(folder).map_err(broken)?;
        Self::over(tantivy::Index::create_in_dir(folder, schema)?, fields)
    }

    fn over(inner: tantivy::Index, fields: Fields) -> Result<Self, SearchError> {
        inner.tokenizers().register("words", WordTokenizer { endings: false });
        inner.tokenizers().register("endings", WordTokenizer { endings: true });
        let writer: IndexWriter = inner.writer_with_num_threads(1, MEMORY)?;
        let mut merging = LogMergePolicy::default();
        merging.set_del_docs_ratio_before_merge(TAKEN_OUT);
        writer.set_merge_policy(Box::new(merging));
        // Opening is what reads the files: a damaged one shows here.
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let payload = inner.load_metas()?.payload;
        let position = payload.as_deref().and_then(Position::parse).unwrap_or(Position::NOTHING);
        Ok(Self { inner, reader, fields, writer: Mutex::new(writer), position: Mutex::new(position) })
    }

    /// Up to where it has come.
    pub fn position(&self) -> Position {
        self.position.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many conversations it holds.
    pub fn documents(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Makes changes and moves on, both or neither.
    ///
    /// # Errors
    /// When the files cannot be written; then nothing has changed.
    pub fn apply(&self, changes: Vec<Change>, position: Position) -> Result<(), SearchError> {
        let mut writer = self.writer();
        for change in changes {
            match change {
                Change::Put(document) => {
                    writer.delete_term(Term::from_field_i64(self.fields.id, document.id));
                    writer.add_document(self.document(&document))?;
                }
                Change::Remove(id) => drop(writer.delete_term(Term::from_field_i64(self.fields.id, id))),
            }
        }
        self.commit(&mut writer, position)
    }

    /// Takes conversations out so that nothing of them is left in any file: for erasure. What was taken out before goes with it.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn forget(&self, ids: &[i64]) -> Result<(), SearchError> {
        let mut writer = self.writer();
        for id in ids {
            writer.delete_term(Term::from_field_i64(self.fields.id, *id));
        }
        let position = self.position();
        self.commit(&mut writer, position)?;
        // Until it is merged, a part of the index only marks what was taken out.
        for part in self.inner.searchable_segment_metas()?.into_iter().filter(tantivy::SegmentMeta::has_deletes) {
            // One that a merge in the background has just taken in is gone already.
            if let Err(why) = writer.merge(&[part.id()]).wait() {
                tracing::info!("a part of the search index was merged meanwhile: {why}");
            }
        }
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        Ok(())
    }

    /// Throws everything away, to begin anew.
    ///
    /// # Errors
    /// When the files cannot be written.
    pub fn clear(&self) -> Result<(), SearchError> {
        let mut writer = self.writer();
        writer.delete_all_documents()?;
        self.commit(&mut writer, Position::NOTHING)
    }

    fn commit(&self, writer: &mut IndexWriter, position: Position) -> Result<(), SearchError> {
        let committed = writer.prepare_commit().and_then(|mut commit| {
            commit.set_payload(&position.text());
            commit.commit()
        });
        if let Err(why) = committed {
            // What was not committed must not be part of the next commit.
            writer.rollback()?;
            return Err(why.into());
        }
        self.reader.reload()?;
        *self.position.lock().unwrap_or_else(PoisonError::into_inner) = position;
        Ok(())
    }

    fn document(&self, from: &Document) -> TantivyDocument {
        let f = self.fields;
        let mut document = TantivyDocument::new();
        document.add_i64(f.id, from.id);
        document.add_i64(f.at, from.at);
        for facet in &from.facets {
            document.add_text(f.facets, facet);
        }
        document.add_text(f.subject, &from.subject);
        document.add_text(f.customer, &from.customer);
        for text in [&from.subject, &from.customer, &from.text] {
            document.add_text(f.words, text);
            document.add_text(f.endings, text);
        }
        document
    }

    fn writer(&self) -> MutexGuard<'_, IndexWriter> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nothing is stored: what is shown comes from the store, so that the index holds no text to read.
fn schema() -> (Schema, Fields) {
    let text = |tokenizer: &str, record| {
        TextOptions::default().set_indexing_options(TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(record))
    };
    let mut builder = Schema::builder();
    let fields = Fields {
        id: builder.add_i64_field("id", FAST | INDEXED),
        at: builder.add_i64_field("at", FAST),
        facets: builder.add_text_field("facets", text("raw", IndexRecordOption::Basic)),
        subject: builder.add_text_field("subject", text("words", IndexRecordOption::WithFreqs)),
        customer: builder.add_text_field("customer", text("words", IndexRecordOption::WithFreqs)),
        words: builder.add_text_field("words", text("words", IndexRecordOption::WithFreqs)),
        endings: builder.add_text_field("endings", text("endings", IndexRecordOption::Basic)),
    };
    (builder.build(), fields)
}
