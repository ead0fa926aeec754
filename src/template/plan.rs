//! What a compiled template holds beside its words: programs, and which rows they run on.

use crate::rule::Program;

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
    /// When it is required.
    pub required_when: Option<Program>,
    /// When it is asked.
    pub show_when: Option<Program>,
    /// What fills it.
    pub prefill: Option<Program>,
    /// In a table: the same for each column, in row scope.
    pub columns: Vec<FieldPlan>,
}

/// A table and what is calculated in each row.
#[derive(Debug)]
pub struct TablePlan {
    /// The section, by number.
    pub section: usize,
    /// The field in that section, by number.
    pub field: usize,
    /// The list of each key, by number.
    pub lists: Vec<usize>,
    /// Calculated in each row, in order.
    pub calculated: Vec<CalculatedPlan>,
}

/// A group and what is calculated in it.
#[derive(Debug)]
pub struct GroupPlan {
    /// The table, by number in [`Plan::tables`].
    pub table: usize,
    /// The keys shared, by number in the table.
    pub by: Vec<usize>,
    /// Calculated in each group, in order.
    pub calculated: Vec<CalculatedPlan>,
}

/// One calculated value.
#[derive(Debug)]
pub struct CalculatedPlan {
    /// Its number in the source's `calculated`.
    pub index: usize,
    /// The value.
    pub value: Program,
    /// How many parts are not known.
    pub unknown: Option<Program>,
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
    /// Each two rows of a table that share these keys.
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
    /// A value.
    Value(Program),
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
}
