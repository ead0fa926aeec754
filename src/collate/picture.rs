//! What a region looks at in one kind of return, as data: which figures are added up and by what, which ratings make
//! the risk grid, which answers are counted. It is no part of a template, so that another chart changes no return, and a
//! template without a picture is collated all the same, without totals.

use crate::json::{self, Members, ShapeError, Value, found};

/// The `format` every picture carries.
pub const FORMAT: &str = "ia-picture/1";

/// What is looked at in the returns of one template. Every name is one of the template’s own ids.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Picture {
    /// The template, by id.
    pub template: String,
    /// The yes-or-no field, as `section.field`, that says that there is nothing to report.
    pub nil: Option<String>,
    /// Figures that are added up over organisations.
    pub measures: Vec<Measure>,
    /// One measure as a part of another.
    pub shares: Vec<Share>,
    /// Ratings of each organisation on each line of a list.
    pub grids: Vec<Grid>,
    /// Rows that are counted by what they answer.
    pub tallies: Vec<Tally>,
    /// Results of the whole return that are shown for each organisation: calculated values, by id.
    pub results: Vec<String>,
    /// How the return of a region is begun from those of its trusts.
    pub regional: Option<Regional>,
}

/// A figure that is added up over organisations.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Measure {
    /// The id by which tables know it.
    pub id: String,
    /// The calculated value of the whole return, by id; or one question, as `section.field`.
    pub whole: String,
    /// Whether it is the one that is published as the headline.
    pub headline: bool,
    /// What to say of it, so that nobody takes one total for another.
    pub note: String,
    /// By what it is divided.
    pub by: Vec<By>,
}

/// By what a measure is divided.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct By {
    /// The key of the table, by id: `strike_date`.
    pub key: String,
    /// The table, as `section.field`.
    pub table: String,
    /// A column, or a calculated value of a row or of the groups by this key.
    pub value: String,
}

/// One measure as a part of another, in tenths of a per cent.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Share {
    /// The id by which tables know it.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The measure that is the part.
    pub part: String,
    /// The measure that is the whole.
    pub of: String,
    /// The parameter of the collection that says below which whole no share is given.
    pub least: String,
}

/// Ratings of each organisation on each line of a list.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Grid {
    /// The id by which tables know it.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The table, as `section.field`.
    pub table: String,
    /// What names a line: a key of the table, or a choice among its columns; of groups, what their rows share.
    pub line: String,
    /// The column that names the organisation, where a row is about another than the one that sent it.
    pub organisation: Option<String>,
    /// The rating: a calculated value of a row or of a group that has bands, or a choice among the columns.
    pub rating: String,
    /// Columns and calculated values that explain the rating.
    pub facts: Vec<String>,
}

/// Rows that are counted by what they answer.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Tally {
    /// The id by which tables know it.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The table, as `section.field`.
    pub table: String,
    /// Keys, choices and calculated values of a row, from the outermost.
    pub by: Vec<String>,
}

/// How the return of a region is begun from those of its trusts.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Regional {
    /// The text field, as `section.field`, that lists the trusts that nothing is known of.
    pub missing: String,
    /// Counts, as `section.field`, and the measure, by id, whose total over trusts they are begun with.
    pub sums: Vec<(String, String)>,
    /// The table of services of concern, as `section.field`.
    pub concerns: String,
    /// The grid, by id, whose lines are looked at.
    pub from: String,
    /// The ratings that are a concern.
    pub ratings: Vec<String>,
    /// For each column of the table of concerns, what fills it: `organisation`, `line`, `rating`, or a fact of the grid.
    pub columns: Vec<(String, String)>,
}

impl Picture {
    /// Reads a picture.
    ///
    /// # Errors
    /// The first member that is missing, unknown or of another type.
    pub fn read(value: &Value) -> Result<Self, ShapeError> {
        let mut m = Members::of(value);
        let format = m.text("format");
        let picture = Self {
            template: m.text("template"),
            nil: m.maybe_text("nil"),
            measures: m.list("measure", Measure::read),
            shares: m.list("share", Share::read),
            grids: m.list("grid", Grid::read),
            tallies: m.list("tally", Tally::read),
            results: m.texts("results"),
            regional: m.get("regional").map(|_| m.part("regional", Regional::read)),
        };
        let picture = m.done(picture)?;
        if format == FORMAT {
            Ok(picture)
        } else {
            Err(found(&Value::String(format), FORMAT).under("format"))
        }
    }

    /// The number of a measure.
    pub fn measure(&self, id: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.id == id)
    }
}

impl Measure {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            whole: m.text("whole"),
            headline: m.flag("headline"),
            note: m.maybe_text("note").unwrap_or_default(),
            by: m.list("by", By::read),
        }
    }
}

impl By {
    fn read(m: &mut Members<'_>) -> Self {
        Self { key: m.text("key"), table: m.text("table"), value: m.text("value") }
    }
}

impl Share {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            label: m.text("label"),
            part: m.text("part"),
            of: m.text("of"),
            least: m.maybe_text("least").unwrap_or_default(),
        }
    }
}

impl Grid {
    fn read(m: &mut Members<'_>) -> Self {
        Self {
            id: m.text("id"),
            label: m.text("label"),
            table: m.text("table"),
            line: m.text("line"),
            organisation: m.maybe_text("organisation"),
            rating: m.text("rating"),
            facts: m.texts("facts"),
        }
    }
}

impl Tally {
    fn read(m: &mut Members<'_>) -> Self {
        Self { id: m.text("id"), label: m.text("label"), table: m.text("table"), by: m.texts("by") }
    }
}

impl Regional {
    fn read(m: &mut Members<'_>) -> Self {
        let text = |value: &Value| {
            value.as_str().map(str::to_owned).ok_or_else(|| json::found(value, "text"))
        };
        Self {
            missing: m.text("missing"),
            sums: m.named("sums", text),
            concerns: m.text("concerns"),
            from: m.text("from"),
            ratings: m.texts("ratings"),
            columns: m.named("columns", text),
        }
    }
}
