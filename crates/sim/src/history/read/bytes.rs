//! From the bytes of a file to UTF-8: unpacks gzip where it is, and turns what older spreadsheets write into what everybody else writes.

use super::super::map::{Encoding, Format};
use super::{ReadError, foreign};
use flate2::read::MultiGzDecoder;
use std::io::{BufReader, Cursor, Error, ErrorKind, Read, Result};

const GZIP: [u8; 2] = [0x1f, 0x8b];
const CHUNK: usize = 64 * 1024;
/// Bytes by which the kind of a file is told.
const HEAD: usize = 4096;

/// Readable text, whatever the file is packed in. A byte order mark counts more than what the map says.
///
/// # Errors
/// When the first bytes cannot be read, or are those of another kind of file.
pub(super) fn text<'r>(mut input: impl Read + 'r, encoding: Encoding, format: Format) -> std::result::Result<Box<dyn Read + 'r>, ReadError> {
    let broken = |error: Error| ReadError::Broken { rows: 0, why: error.to_string() };
    let packed = head(&mut input, GZIP.len()).map_err(broken)?;
    let is_packed = packed == GZIP;
    let whole = Cursor::new(packed).chain(input);
    let mut plain: Box<dyn Read + 'r> =
        if is_packed { Box::new(MultiGzDecoder::new(BufReader::with_capacity(CHUNK, whole))) } else { Box::new(whole) };
    let mut begins = head(&mut plain, HEAD).map_err(broken)?;
    let code = match begins.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => {
            begins.drain(..3);
            None
        }
        [0xff, 0xfe, ..] => {
            begins.drain(..2);
            Some(Code::Utf16(u16::from_le_bytes))
        }
        [0xfe, 0xff, ..] => {
            begins.drain(..2);
            Some(Code::Utf16(u16::from_be_bytes))
        }
        // Without a mark: no text but UTF-16 has a NUL beside each of its first letters.
        [a, 0, b, 0, ..] if *a > 0 && *b > 0 => Some(Code::Utf16(u16::from_le_bytes)),
        [0, a, 0, b, ..] if *a > 0 && *b > 0 => Some(Code::Utf16(u16::from_be_bytes)),
        _ => (encoding == Encoding::Latin1).then_some(Code::Windows1252),
    };
    if let Some(error) = foreign::kind(&begins, format) {
        return Err(error);
    }
    let whole = Cursor::new(begins).chain(plain);
    Ok(match code {
        None => Box::new(whole),
        Some(code) => Box::new(Recoded { inner: whole, code, raw: vec![], done: Cursor::new(vec![]) }),
    })
}

fn head(input: &mut impl Read, size: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size);
    input.by_ref().take(size as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[derive(Clone, Copy)]
enum Code {
    Windows1252,
    /// By the order of the two bytes.
    Utf16(fn([u8; 2]) -> u16),
}

/// What Windows-1252 has where ISO 8859-1 has control characters.
const WINDOWS: [char; 32] = [
    '\u{20ac}', '\u{81}', '\u{201a}', '\u{192}', '\u{201e}', '\u{2026}', '\u{2020}', '\u{2021}', '\u{2c6}', '\u{2030}', '\u{160}', '\u{2039}',
    '\u{152}', '\u{8d}', '\u{17d}', '\u{8f}', '\u{90}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2022}', '\u{2013}', '\u{2014}',
    '\u{2dc}', '\u{2122}', '\u{161}', '\u{203a}', '\u{153}', '\u{9d}', '\u{17e}', '\u{178}',
];

/// Text of another encoding as UTF-8.
struct Recoded<R> {
    inner: R,
    code: Code,
    /// Bytes that are not a whole character yet.
    raw: Vec<u8>,
    /// UTF-8 that was not asked for yet.
    done: Cursor<Vec<u8>>,
}

impl<R: Read> Read for Recoded<R> {
    fn read(&mut self, out: &mut [u8]) -> Result<usize> {
        loop {
            let given = self.done.read(out)?;
            if given > 0 || out.is_empty() || !self.more()? {
                return Ok(given);
            }
        }
    }
}

impl<R: Read> Recoded<R> {
    /// Turns the next piece; false at the end.
    fn more(&mut self) -> Result<bool> {
        let mut piece = vec![0; CHUNK];
        let size = self.inner.read(&mut piece)?;
        if size == 0 && self.raw.is_empty() {
            return Ok(false);
        }
        self.raw.extend(piece.iter().take(size));
        let mut text = String::with_capacity(self.raw.len());
        match self.code {
            Code::Windows1252 => {
                text.extend(self.raw.drain(..).map(|byte| WINDOWS.get(usize::from(byte).wrapping_sub(0x80)).copied().unwrap_or(char::from(byte))));
            }
            Code::Utf16(unit) => {
                let mut units: Vec<u16> = self.raw.chunks_exact(2).filter_map(|pair| Some(unit(pair.try_into().ok()?))).collect();
                // The first half of a pair waits for the second.
                if size > 0 && units.last().is_some_and(|last| (0xd800..0xdc00).contains(last)) {
                    units.pop();
                }
                if size == 0 && self.raw.len() % 2 == 1 {
                    return Err(Error::new(ErrorKind::UnexpectedEof, "UTF-16 that ends in the middle of a character"));
                }
                self.raw.drain(..units.len() * 2);
                text.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
            }
        }
        self.done = Cursor::new(text.into_bytes());
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    const CSV: Format = Format::Csv(b',');

    #[track_caller]
    fn check(bytes: &[u8], encoding: Encoding, expected: &str) {
        let mut got = String::new();
        text(bytes, encoding, CSV).unwrap().read_to_string(&mut got).unwrap();
        assert_eq!(got, expected);
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(vec![], Compression::fast());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn packed_and_of_other_encodings() {
        check(b"", Encoding::Utf8, "");
        check(b"a", Encoding::Utf8, "a");
        check("gr\u{fc}n".as_bytes(), Encoding::Utf8, "gr\u{fc}n");
        check(b"gr\xfcn \xdf \x80 \x93\x94", Encoding::Latin1, "gr\u{fc}n \u{df} \u{20ac} \u{201c}\u{201d}");
        check(&packed(b"packed"), Encoding::Utf8, "packed");
        check(&packed(b"gr\xfcn"), Encoding::Latin1, "gr\u{fc}n");
        check(&[packed(b"two "), packed(b"parts")].concat(), Encoding::Utf8, "two parts");
        check(&vec![0xe9; 100_001], Encoding::Latin1, &"\u{e9}".repeat(100_001));
        // A mark counts more than the map.
        check("\u{feff}gr\u{fc}n".as_bytes(), Encoding::Latin1, "gr\u{fc}n");
        check(&packed("\u{feff}gr\u{fc}n".as_bytes()), Encoding::Utf8, "gr\u{fc}n");
        let long = format!("id;\u{1f600}{}", "x\u{1f600}".repeat(40_001));
        check(&utf16(&format!("\u{feff}{long}"), u16::to_le_bytes), Encoding::Utf8, &long);
        check(&utf16(&format!("\u{feff}{long}"), u16::to_be_bytes), Encoding::Latin1, &long);
        check(&utf16(&long, u16::to_le_bytes), Encoding::Utf8, &long);
        check(&utf16(&long, u16::to_be_bytes), Encoding::Utf8, &long);
    }

    #[track_caller]
    fn check_half(whole: &[u8]) {
        let mut got = String::new();
        assert!(
            text(&whole[..whole.len() / 2], Encoding::Utf8, CSV)
                .and_then(|mut half| { half.read_to_string(&mut got).map_err(|e| ReadError::Broken { rows: 0, why: e.to_string() }) })
                .is_err()
        );
    }

    #[test]
    fn half_a_file_is_an_error() {
        let words: String = (0..20_000).map(|i| format!("a line of text {}\n", i * 7919 % 1013)).collect();
        check_half(&packed(words.as_bytes()));
        check_half(&packed(b"short"));
        check_half(&utf16("\u{feff}abcdef", u16::to_le_bytes)[..10]);
    }
}
