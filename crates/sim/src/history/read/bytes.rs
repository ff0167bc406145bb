//! From the bytes of a file to UTF-8: unpacks gzip where it is, and turns Latin-1 into what everybody else writes.

use super::super::map::Encoding;
use flate2::read::MultiGzDecoder;
use std::io::{BufReader, Read};

const GZIP: [u8; 2] = [0x1f, 0x8b];
const CHUNK: usize = 64 * 1024;

/// Readable text, whatever the file is packed in.
///
/// # Errors
/// When the first bytes cannot be read.
pub(super) fn text<'r>(mut input: impl Read + 'r, encoding: Encoding) -> std::io::Result<Box<dyn Read + 'r>> {
    let mut head = Vec::with_capacity(GZIP.len());
    input.by_ref().take(GZIP.len() as u64).read_to_end(&mut head)?;
    let packed = head == GZIP;
    let whole = std::io::Cursor::new(head).chain(input);
    let plain: Box<dyn Read + 'r> = if packed { Box::new(MultiGzDecoder::new(BufReader::with_capacity(CHUNK, whole))) } else { Box::new(whole) };
    Ok(match encoding {
        Encoding::Utf8 => plain,
        Encoding::Latin1 => Box::new(Latin1 { inner: BufReader::with_capacity(CHUNK, plain), left: None }),
    })
}

/// Each byte above 127 becomes two of UTF-8.
struct Latin1<R> {
    inner: BufReader<R>,
    /// The second byte of a pair that did not fit.
    left: Option<u8>,
}

impl<R: Read> Read for Latin1<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let mut written = 0;
        if let (Some(byte), Some(place)) = (self.left, out.first_mut()) {
            *place = byte;
            (self.left, written) = (None, 1);
        }
        let mut byte = [0];
        while written < out.len() {
            // Whatever is there already is given first, so that a slow pipe does not stall what could go on.
            if written > 0 && self.inner.buffer().is_empty() {
                break;
            }
            if self.inner.read(&mut byte)? == 0 {
                break;
            }
            let [byte] = byte;
            if byte.is_ascii() {
                out[written] = byte;
                written += 1;
                continue;
            }
            out[written] = 0xc0 | (byte >> 6);
            written += 1;
            let second = 0x80 | (byte & 0x3f);
            match out.get_mut(written) {
                Some(place) => {
                    *place = second;
                    written += 1;
                }
                None => self.left = Some(second),
            }
        }
        Ok(written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    #[track_caller]
    fn check(bytes: &[u8], encoding: Encoding, expected: &str) {
        let mut got = String::new();
        text(bytes, encoding).unwrap().read_to_string(&mut got).unwrap();
        assert_eq!(got, expected);
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut out = GzEncoder::new(vec![], Compression::fast());
        out.write_all(text).unwrap();
        out.finish().unwrap()
    }

    #[test]
    fn plain_packed_and_latin() {
        check(b"", Encoding::Utf8, "");
        check(b"a", Encoding::Utf8, "a");
        check("gr\u{fc}n".as_bytes(), Encoding::Utf8, "gr\u{fc}n");
        check(b"gr\xfcn \xdf", Encoding::Latin1, "gr\u{fc}n \u{df}");
        check(&packed(b"packed"), Encoding::Utf8, "packed");
        check(&packed(b"gr\xfcn"), Encoding::Latin1, "gr\u{fc}n");
        check(&[packed(b"two "), packed(b"parts")].concat(), Encoding::Utf8, "two parts");
        check(&vec![0xe9; 100_001], Encoding::Latin1, &"\u{e9}".repeat(100_001));
    }

    #[test]
    fn half_a_file_is_an_error() {
        let whole = packed("a line of text, again and again\n".repeat(1000).as_bytes());
        let mut got = String::new();
        assert!(text(&whole[..whole.len() / 2], Encoding::Utf8).unwrap().read_to_string(&mut got).is_err());
    }
}
