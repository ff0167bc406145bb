//! A Pareto chart: one bar for each cause, the largest first, its figure at its end and how much of the whole it is with those before it.

use hypercare_core::lessons::ExcessLine;
use hypercare_print::{Anchor, Ink, Picture, Shape};

const WIDTH: f64 = 720.0;
/// Where bars begin: names stand at the left.
const LEFT: f64 = 250.0;
/// Where bars end at most: figures stand at the right.
const RIGHT: f64 = 560.0;
const ROW: f64 = 24.0;
const HEAD: f64 = 22.0;
/// Bars at most; the table has all.
const MOST: usize = 10;
/// Characters of a name.
const NAME: usize = 38;

/// The causes with an excess as bars. Without anything in it where there is none.
pub fn bars(title: &str, lines: &[ExcessLine]) -> Picture {
    let shown: Vec<&ExcessLine> = lines.iter().filter(|l| l.excess > 0.0).take(MOST).collect();
    let most = shown.iter().map(|l| l.excess).fold(0.0, f64::max);
    let text = |at, anchor, ink, text: String| Shape::Text { ink, at, anchor, text };
    let mut shapes = Vec::new();
    if most > 0.0 {
        shapes.push(text((WIDTH, 12.0), Anchor::End, Ink::Soft, "together with those above".into()));
        shapes.push(Shape::Line { ink: Ink::Grid, from: (LEFT, HEAD - 4.0), to: (LEFT, HEAD + ROW * shown.len() as f64) });
    }
    for (i, line) in shown.iter().enumerate() {
        let y = HEAD + ROW * i as f64;
        let width = (RIGHT - LEFT) * line.excess / most;
        shapes.push(text((LEFT - 10.0, y + 14.0), Anchor::End, Ink::Text, cut(&line.name)));
        shapes.push(Shape::Rect { ink: Ink::Value, x: LEFT, y: y + 3.0, width, height: ROW - 8.0 });
        shapes.push(text((LEFT + width + 6.0, y + 14.0), Anchor::Start, Ink::Text, format!("+{:.0}", line.excess)));
        shapes.push(text((WIDTH, y + 14.0), Anchor::End, Ink::Soft, super::words::percent(line.cumulative)));
    }
    let description = match shown.first() {
        Some(first) => {
            format!("Largest: {}, {:.0} more than expected, {} of the excess.", first.name, first.excess, super::words::percent(first.share))
        }
        None => "Nothing was more than expected.".into(),
    };
    Picture { width: WIDTH, height: HEAD + ROW * shown.len() as f64 + 4.0, title: title.to_owned(), description, shapes }
}

fn cut(name: &str) -> String {
    if name.chars().count() <= NAME { name.to_owned() } else { format!("{}…", name.chars().take(NAME - 1).collect::<String>().trim_end()) }
}
