//! Bars as SVG. A chart shows nothing that is not in the table beside it: who reads by ear is told its title, and reads the table.

use super::page::told;
use maud::{Markup, html};

/// One bar.
pub(super) struct Bar {
    /// What it is of.
    pub(super) label: String,
    /// How long it is; none: there is no figure, only words.
    pub(super) value: Option<i64>,
    /// The figure in words.
    pub(super) words: String,
}

/// The width of a chart, of its labels, and of the longest bar, in units of the picture.
const WIDTH: i64 = 420;
const LABELS: i64 = 170;
const LONGEST: i64 = 180;
/// The height of a bar with the room above it.
const STEP: i64 = 20;
/// The most letters of a label.
const LONGEST_LABEL: usize = 30;

/// A chart with its table. The title is the heading of both.
pub(super) fn bars(title: &str, [what, unit]: [&str; 2], bars: &[Bar]) -> Markup {
    let most = bars.iter().filter_map(|bar| bar.value).max().unwrap_or(0).max(1);
    let length =
        |value: i64| (value.max(0).saturating_mul(LONGEST) / most).max(i64::from(value > 0));
    let height = STEP * i64::try_from(bars.len()).unwrap_or(0) + 4;
    html! {
        figure {
            figcaption { (title) }
            svg viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(format!("Bar chart: {title}. The table below has its figures.")) {
                @for (bar, top) in bars.iter().zip((0..).step_by(20)) {
                    text class="label end" x=(LABELS - 6) y=(top + 15) { (short(&bar.label)) }
                    @if let Some(value) = bar.value {
                        rect class="bar" x=(LABELS) y=(top + 4) width=(length(value)) height="14" {}
                    }
                    text class="label" x=(LABELS + bar.value.map_or(0, length) + 5) y=(top + 15) { (bar.words) }
                }
            }
            table {
                thead { tr { th scope="col" { (what) } th.number scope="col" { (unit) } } }
                tbody {
                    @for bar in bars {
                        tr { th scope="row" { (told(&bar.label)) } td.number { (bar.words) } }
                    }
                }
            }
        }
    }
}

fn short(label: &str) -> String {
    if label.chars().count() <= LONGEST_LABEL {
        return label.to_owned();
    }
    let mut short: String = label.chars().take(LONGEST_LABEL - 1).collect();
    short.push('…');
    short
}
