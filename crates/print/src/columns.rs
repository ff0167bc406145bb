//! How wide the columns of a table are.

use crate::font::width;
use crate::lines::widest_word;
use crate::{Face, Table};

/// A column wants no more than this, however long its texts are.
const MOST: f32 = 230.0;
/// A column keeps words whole up to this width.
const WORD_MOST: f32 = 96.0;

/// The widths of all columns, gaps not included; together they fill `room`.
pub fn widths(table: &Table, size: f32, room: f32) -> Vec<f32> {
    let cells = |column: usize| table.rows.iter().filter_map(move |row| row.get(column));
    let face = |column: usize| if column == 0 { Face::Bold } else { Face::Regular };
    let wants = |column: usize, of: fn(Face, f32, &str) -> f32, most: f32| {
        let head = table.head.get(column).map_or(0.0, |name| widest_word(Face::Bold, size, name));
        cells(column).map(|cell| of(face(column), size, cell)).fold(0.0, f32::max).min(most).max(head)
    };
    let count = table.head.len();
    let least: Vec<f32> = (0..count).map(|c| wants(c, widest_word, WORD_MOST)).collect();
    let wanted: Vec<f32> = (0..count).map(|c| wants(c, width, MOST).max(least[c])).collect();
    let (least_sum, wanted_sum) = (least.iter().sum::<f32>(), wanted.iter().sum::<f32>());
    if wanted_sum <= room {
        // What is left goes to the columns of words, so that figures stay near to what they are about.
        let is_words = |c: usize| !table.numbers.contains(&c);
        let words: f32 = (0..count).filter(|c| is_words(*c)).map(|c| wanted[c].max(1.0)).sum();
        let left = room - wanted_sum;
        let share = |c: usize| if words > 0.0 { if is_words(c) { wanted[c].max(1.0) / words } else { 0.0 } } else { 1.0 / count as f32 };
        return (0..count).map(|c| wanted[c] + left * share(c)).collect();
    }
    if least_sum >= room {
        return least.iter().map(|w| w * room / least_sum.max(1.0)).collect();
    }
    let part = (room - least_sum) / (wanted_sum - least_sum).max(1.0);
    (0..count).map(|c| least[c] + (wanted[c] - least[c]) * part).collect()
}
