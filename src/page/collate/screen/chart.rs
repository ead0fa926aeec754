//! Bars, for looking at what a table says. The table stands beside each chart and says all of it.
//!
//! Accessibility: the picture is one image with a name; its words are text, so that they grow with the page; what is not known has
//! words and a pattern, not a colour alone (1.1.1, 1.4.1). It is drawn with attributes and classes only, as the page's policy allows.

use maud::{Markup, html};

/// One bar.
pub(super) struct Bar {
    pub(super) label: String,
    /// How long it is; nothing where that is not known.
    pub(super) value: Option<i64>,
    /// The value in words.
    pub(super) words: String,
}

/// The width of the longest bar, in units of the picture.
const WIDTH: i64 = 320;
/// The height of a bar with its label.
const STEP: i64 = 40;
/// More bars than this are a table.
const MOST: usize = 60;

/// The chart; nothing where there are too few bars to compare, or more than can be looked at.
pub(super) fn bars(id: &str, title: &str, bars: &[Bar]) -> Markup {
    let longest = bars.iter().filter_map(|bar| bar.value).max().unwrap_or(0);
    if bars.len() < 2 || bars.len() > MOST || longest <= 0 {
        return html! {};
    }
    let number = i64::try_from(bars.len()).unwrap_or(0);
    let height = number.saturating_mul(STEP);
    let name = [id, "-name"].concat();
    let hatch = [id, "-hatch"].concat();
    html! {
        figure class="ia-chart" {
            figcaption class="ia-chart__name" id=(name) { (title) }
            svg class="ia-chart__picture" role="img" aria-labelledby=(name) viewBox={ "0 0 " (WIDTH) " " (height) } {
                defs {
                    pattern id=(hatch) width="6" height="6" patternUnits="userSpaceOnUse" {
                        path class="ia-chart__hatch" d="M0 6 L6 0" {}
                    }
                }
                @for (bar, row) in bars.iter().zip(0_i64..) {
                    @let top = row.saturating_mul(STEP);
                    text class="ia-chart__label" x="0" y=(top.saturating_add(12)) { (bar.label) ": " (bar.words) }
                    @match bar.value {
                        Some(value) => rect class="ia-chart__bar" x="0" y=(top.saturating_add(17)) width=(length(value, longest)) height="14" {},
                        None => rect class="ia-chart__unknown" x="0" y=(top.saturating_add(17)) width=(WIDTH) height="14" fill={ "url(#" (hatch) ")" } {},
                    }
                }
            }
        }
    }
}

/// How long a bar is, rounded down; what is there at all is seen.
fn length(value: i64, longest: i64) -> i64 {
    let length = value.saturating_mul(WIDTH).checked_div(longest).unwrap_or(0);
    if value > 0 { length.max(1) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: Option<i64>) -> Bar {
        let words = value.map_or("not known".to_owned(), |value| value.to_string());
        Bar { label: label.to_owned(), value, words }
    }

    #[test]
    fn bars_are_as_long_as_their_values_and_what_is_not_known_has_words_and_a_pattern() {
        let all = [bar("a", Some(200)), bar("b", Some(50)), bar("c", None), bar("d", Some(0))];
        let drawn = bars("x", "Absent", &all).into_string();
        assert!(drawn.contains("width=\"320\" height=\"14\"></rect>"), "{drawn}");
        assert!(drawn.contains("width=\"80\""), "{drawn}");
        assert!(
            drawn.contains("c: not known") && drawn.contains("fill=\"url(#x-hatch)\""),
            "{drawn}"
        );
        assert!(drawn.contains("width=\"0\""), "{drawn}");
        assert!(!drawn.contains("style="), "the policy takes no styles");
    }

    #[test]
    fn there_is_no_chart_of_one_bar_or_of_noughts() {
        assert_eq!(bars("x", "t", &[bar("a", Some(1))]).into_string(), "");
        assert_eq!(bars("x", "t", &[bar("a", Some(0)), bar("b", Some(0))]).into_string(), "");
    }
}
