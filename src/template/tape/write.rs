//! Writing plans, natively.

use super::FORM;
use crate::rule::Program;
use crate::tape::Writer;
use crate::template::plan::{
    CalculatedPlan, FieldPlan, GradePlan, HowPlan, IndexPlan, Message, Named, OptionsFrom, Part,
    Plan, RowStep, RulePlan, RuleScope, Spot, TablePlan,
};

impl Plan {
    /// The plan on a tape.
    pub(in crate::template) fn tape(&self) -> String {
        let mut writer = Writer::default();
        writer.number(FORM);
        writer.list(&self.sections, |writer, section| {
            program(writer, section.show_when.as_ref());
            writer.list(&section.fields, field);
        });
        writer.list(&self.tables, table);
        writer.list(&self.groups, |writer, group| {
            writer.place(group.table);
            places(writer, &group.by);
            writer.list(&group.calculated, calculated);
        });
        writer.list(&self.totals, calculated);
        writer.list(&self.rules, rule);
        writer.finish()
    }
}

fn program(writer: &mut Writer, written: Option<&Program>) {
    writer.maybe(written, |writer, program| program.write(writer));
}

fn places(writer: &mut Writer, written: &[usize]) {
    writer.list(written, |writer, place| writer.place(*place));
}

fn field(writer: &mut Writer, written: &FieldPlan) {
    let FieldPlan { required_when, show_when, prefill, default, options, columns } = written;
    for part in [required_when, show_when, prefill, default] {
        program(writer, part.as_ref());
    }
    writer.maybe(options.as_ref(), |writer, options| match options {
        OptionsFrom::Actions => writer.place(0),
        OptionsFrom::List(list) => {
            writer.place(1);
            writer.place(*list);
        }
    });
    writer.list(columns, field);
}

fn table(writer: &mut Writer, written: &TablePlan) {
    let TablePlan { section, field, lists, key_columns, row_when, calculated: values, order } =
        written;
    writer.place(*section);
    writer.place(*field);
    places(writer, lists);
    places(writer, key_columns);
    program(writer, row_when.as_ref());
    writer.list(values, calculated);
    writer.list(order, |writer, step| {
        let (kind, number) = match step {
            RowStep::Calculated(number) => (0, number),
            RowStep::Column(number) => (1, number),
        };
        writer.place(kind);
        writer.place(*number);
    });
}

fn calculated(writer: &mut Writer, written: &CalculatedPlan) {
    writer.place(written.index);
    match &written.how {
        HowPlan::Value { value, unknown } => {
            writer.place(0);
            value.write(writer);
            program(writer, unknown.as_ref());
        }
        HowPlan::Grade(grades) => {
            writer.place(1);
            writer.list(grades, |writer, GradePlan { when, because }| {
                program(writer, when.as_ref());
                message(writer, because);
            });
        }
        HowPlan::Index(IndexPlan { table, when, weight, points }) => {
            writer.place(2);
            writer.place(*table);
            program(writer, when.as_ref());
            weight.write(writer);
            points.write(writer);
        }
    }
}

fn rule(writer: &mut Writer, written: &RulePlan) {
    let RulePlan { scope, when, message: said, places: spots, explained_by, inputs } = written;
    match scope {
        RuleScope::Return => writer.place(0),
        RuleScope::Row(table) => {
            writer.place(1);
            writer.place(*table);
        }
        RuleScope::Group(group) => {
            writer.place(2);
            writer.place(*group);
        }
        RuleScope::Pair(table, by) => {
            writer.place(3);
            writer.place(*table);
            places(writer, by);
        }
    }
    when.write(writer);
    message(writer, said);
    writer.list(spots, spot);
    writer.maybe(explained_by.as_ref(), spot);
    places(writer, inputs);
}

fn spot(writer: &mut Writer, written: &Spot) {
    let (kind, of, number) = match written {
        Spot::Field(section, field) => (0, section, field),
        Spot::Column(table, column) => (1, table, column),
    };
    writer.place(kind);
    writer.place(*of);
    writer.place(*number);
}

fn message(writer: &mut Writer, written: &Message) {
    writer.list(&written.parts, |writer, part| match part {
        Part::Words(words) => {
            writer.place(0);
            writer.text(words);
        }
        Part::Value(value, names) => {
            writer.place(1);
            value.write(writer);
            writer.maybe(names.as_ref(), named);
        }
    });
}

fn named(writer: &mut Writer, written: &Named) {
    match written {
        Named::Calculated(number) => {
            writer.place(0);
            writer.place(*number);
        }
        Named::Column(table, column) => {
            writer.place(1);
            writer.place(*table);
            writer.place(*column);
        }
        Named::Field(section, field) => {
            writer.place(2);
            writer.place(*section);
            writer.place(*field);
        }
    }
}
