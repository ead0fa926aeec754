//! What a compiled template holds beside its words: programs, and which rows they run on.

use crate::rule::Program;

/// How many names stand before the inputs in every scope: `params`, `organisation`,
/// `collection`, `window`, `now`, `revision`. The inputs follow, then the sections.
pub const FIXED: usize = 6;

/// Everything in a template that is evaluated.
#[derive(Debug, Default)]
pub struct Plan {
    /// In the order of the source's sections.
    pub sections: Vec<SectionPlan>,
    /// Every table, in page order.
    pub tables: Vec<TablePlan>,
    /// In the order of the source's groups.
    pub groups: Vec<GroupPlan>,
    /// Calculated values of the whole return, in order.
    pub totals: Vec<CalculatedPlan>,
    /// In the order of the source's rules.
    pub rules: Vec<RulePlan>,
}

/// When a section and its fields are asked.
#[derive(Debug, Default)]
pub struct SectionPlan {
    /// When the section is asked.
    pub show_when: Option<Program>,
    /// For each field.
    pub fields: Vec<FieldPlan>,
}

/// When a field is asked and required, and what fills it.
#[derive(Debug, Default)]
pub struct FieldPlan {
    /// When it is required: in return scope, or in row scope with what is calculated there.
    pub required_when: Option<Program>,
    /// When it is asked.
    pub show_when: Option<Program>,
    /// What fills it.
    pub prefill: Option<Program>,
    /// What fills it when the return is started.
    pub default: Option<Program>,
    /// Where its options come from, if they are not its own.
    pub options: Option<OptionsFrom>,
    /// In a table: the same for each column, in row scope.
    pub columns: Vec<FieldPlan>,
}

/// Where options come from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum OptionsFrom {
    /// The collection's actions.
    Actions,
    /// The list with this number.
    List(usize),
}

/// A table and what is calculated in each row.
#[derive(Debug)]
pub struct TablePlan {
    /// The section, by number.
    pub section: usize,
    /// The field in that section, by number.
    pub field: usize,
    /// The list of each key, by number; none where people add the rows.
    pub lists: Vec<usize>,
    /// The columns that name a row where people add the rows.
    pub key_columns: Vec<usize>,
    /// Which rows are asked; reads keys only.
    pub row_when: Option<Program>,
    /// Calculated in each row, in order.
    pub calculated: Vec<CalculatedPlan>,
    /// The order in which a row's values are settled, so that each finds what it reads.
    pub order: Vec<RowStep>,
}

/// A value of a row.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum RowStep {
    /// The calculated value with this number in [`TablePlan::calculated`].
    Calculated(usize),
    /// The column with this number.
    Column(usize),
}

/// A group and what is calculated in it.
#[derive(Debug)]
pub struct GroupPlan {
    /// The table, by number in [`Plan::tables`].
    pub table: usize,
    /// What its rows share, by number among the names of a row.
    pub by: Vec<usize>,
    /// Calculated in each group, in order.
    pub calculated: Vec<CalculatedPlan>,
}

/// One calculated value.
#[derive(Debug)]
pub struct CalculatedPlan {
    /// Its number in the source's `calculated`.
    pub index: usize,
    /// How it is worked out.
    pub how: HowPlan,
}

/// How a value is worked out.
#[derive(Debug)]
pub enum HowPlan {
    /// By an expression.
    Value {
        /// The value.
        value: Program,
        /// How many parts are not known.
        unknown: Option<Program>,
    },
    /// The first that holds gives the band.
    Grade(Vec<GradePlan>),
    /// A weighted lookup over the rows of a table.
    Index(IndexPlan),
}

/// One way to come to a band.
#[derive(Debug)]
pub struct GradePlan {
    /// When; absent in the last.
    pub when: Option<Program>,
    /// The fact that caused it.
    pub because: Message,
}

/// A weighted lookup, whose tables are in the source.
#[derive(Debug)]
pub struct IndexPlan {
    /// The table, by number.
    pub table: usize,
    /// Which rows count.
    pub when: Option<Program>,
    /// What the weight is looked up by.
    pub weight: Program,
    /// What the score is looked up by.
    pub points: Program,
}

/// What a rule is run on.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RuleScope {
    /// The whole return.
    Return,
    /// Each row of the table with this number.
    Row(usize),
    /// Each group of the group with this number.
    Group(usize),
    /// Each two rows of a table that share these, by number among the names of a row.
    Pair(usize, Vec<usize>),
}

/// Where a finding is shown.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Spot {
    /// A plain field: section and field by number.
    Field(usize, usize),
    /// A column of the row the rule ran on: table and column by number.
    Column(usize, usize),
}

/// A message with its expressions.
#[derive(Debug, Default)]
pub struct Message {
    /// Words and values in turn.
    pub parts: Vec<Part>,
}

/// A part of a message.
#[derive(Debug)]
pub enum Part {
    /// Words.
    Words(String),
    /// A value, and what gives its words where it is an answer or a grade.
    Value(Program, Option<Named>),
}

/// What has words for a value that stands for something: a choice’s options, a grade’s bands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Named {
    /// A calculated value, by number.
    Calculated(usize),
    /// A column: table and column by number.
    Column(usize, usize),
    /// A plain field: section and field by number.
    Field(usize, usize),
}

/// One rule, ready to run.
#[derive(Debug)]
pub struct RulePlan {
    /// What it is run on.
    pub scope: RuleScope,
    /// The condition.
    pub when: Program,
    /// What is said.
    pub message: Message,
    /// Where the finding is shown.
    pub places: Vec<Spot>,
    /// The plain field that explains it.
    pub explained_by: Option<Spot>,
    /// The inputs it reads, by number; without one of them it is silent.
    pub inputs: Vec<usize>,
}
