//! A chart of the report as a picture for a page.

use super::html::escape;
use hypercare_print::{Anchor, Picture, Shape};
use std::fmt::Write;

/// As SVG; empty if there is nothing to draw. `key` names it on its page.
pub fn svg(picture: &Picture, key: &str) -> String {
    let mut out = String::new();
    if picture.shapes.is_empty() {
        return out;
    }
    let _ = write!(
        out,
        "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{key}-title {key}-desc\"><title id=\"{key}-title\">{}</title><desc id=\"{key}-desc\">{}</desc>",
        picture.width,
        picture.height,
        escape(&picture.title),
        escape(&picture.description)
    );
    picture.shapes.iter().for_each(|shape| one(&mut out, shape));
    out.push_str("</svg>");
    out
}

fn one(out: &mut String, shape: &Shape) {
    let _ = match shape {
        Shape::Line { ink, from, to } => {
            let word = ink.word();
            write!(out, "<line class=\"{word}\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{:.1}\" y2=\"{:.1}\"/>", from.0, to.0, from.1, to.1)
        }
        Shape::Rect { ink, x, y, width, height } => {
            write!(out, "<rect class=\"{}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.2}\" height=\"{height:.1}\"/>", ink.word())
        }
        Shape::Dot { ink, at } => write!(out, "<circle class=\"{}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\"/>", ink.word(), at.0, at.1),
        Shape::Path { ink, runs } => {
            let mut path = String::new();
            for run in runs {
                for (i, (x, y)) in run.iter().enumerate() {
                    let _ = write!(path, "{}{x:.1} {y:.1}", if i == 0 { 'M' } else { 'L' });
                }
            }
            if path.is_empty() { Ok(()) } else { write!(out, "<path class=\"{}\" d=\"{path}\"/>", ink.word()) }
        }
        Shape::Text { ink, at, anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let word = ink.word();
            write!(out, "<text class=\"{word}\" x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\">{}</text>", at.0, at.1, escape(text))
        }
    };
}
