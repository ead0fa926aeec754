//! A plan on a tape: what the build compiled, for the engine to run. Parts stand in the order of their declaration.

#[cfg(not(target_arch = "wasm32"))]
mod write;

use super::plan::{
    CalculatedPlan, FieldPlan, GradePlan, GroupPlan, HowPlan, IndexPlan, Message, Named,
    OptionsFrom, Part, Plan, RowStep, RulePlan, RuleScope, SectionPlan, Spot, TablePlan,
};
use crate::rule::Program;
use crate::tape::{Broken, Read, Reader};

/// What a tape of a plan begins with: its form, which changes with the plan and with the programs in it.
const FORM: i64 = 1;

/// Reads a whole plan.
pub(super) fn plan(tape: &str) -> Read<Plan> {
    let mut reader = Reader::new(tape);
    if reader.number()? != FORM {
        return Err(Broken);
    }
    let plan = Plan {
        sections: reader.list(section)?,
        tables: reader.list(table)?,
        groups: reader.list(group)?,
        totals: reader.list(calculated)?,
        rules: reader.list(rule)?,
    };
    if reader.is_at_end() { Ok(plan) } else { Err(Broken) }
}

fn program(reader: &mut Reader) -> Read<Option<Program>> {
    reader.maybe(Program::read)
}

fn section(reader: &mut Reader) -> Read<SectionPlan> {
    Ok(SectionPlan { show_when: program(reader)?, fields: reader.list(field)? })
}

fn field(reader: &mut Reader) -> Read<FieldPlan> {
    reader.deeper(|reader| {
        Ok(FieldPlan {
            required_when: program(reader)?,
            show_when: program(reader)?,
            prefill: program(reader)?,
            default: program(reader)?,
            options: reader.maybe(options)?,
            columns: reader.list(field)?,
        })
    })
}

fn options(reader: &mut Reader) -> Read<OptionsFrom> {
    Ok(match reader.place()? {
        0 => OptionsFrom::Actions,
        _ => OptionsFrom::List(reader.place()?),
    })
}

fn table(reader: &mut Reader) -> Read<TablePlan> {
    Ok(TablePlan {
        section: reader.place()?,
        field: reader.place()?,
        lists: reader.list(Reader::place)?,
        key_columns: reader.list(Reader::place)?,
        row_when: program(reader)?,
        calculated: reader.list(calculated)?,
        order: reader.list(row_step)?,
    })
}

fn row_step(reader: &mut Reader) -> Read<RowStep> {
    let kind = reader.place()?;
    let number = reader.place()?;
    Ok(if kind == 0 { RowStep::Calculated(number) } else { RowStep::Column(number) })
}

fn group(reader: &mut Reader) -> Read<GroupPlan> {
    Ok(GroupPlan {
        table: reader.place()?,
        by: reader.list(Reader::place)?,
        calculated: reader.list(calculated)?,
    })
}

fn calculated(reader: &mut Reader) -> Read<CalculatedPlan> {
    let index = reader.place()?;
    let how = match reader.place()? {
        0 => HowPlan::Value { value: Program::read(reader)?, unknown: program(reader)? },
        1 => HowPlan::Grade(reader.list(grade)?),
        _ => HowPlan::Index(IndexPlan {
            table: reader.place()?,
            when: program(reader)?,
            weight: Program::read(reader)?,
            points: Program::read(reader)?,
        }),
    };
    Ok(CalculatedPlan { index, how })
}

fn grade(reader: &mut Reader) -> Read<GradePlan> {
    Ok(GradePlan { when: program(reader)?, because: message(reader)? })
}

fn rule(reader: &mut Reader) -> Read<RulePlan> {
    Ok(RulePlan {
        scope: scope(reader)?,
        when: Program::read(reader)?,
        message: message(reader)?,
        places: reader.list(spot)?,
        explained_by: reader.maybe(spot)?,
        inputs: reader.list(Reader::place)?,
    })
}

fn scope(reader: &mut Reader) -> Read<RuleScope> {
    Ok(match reader.place()? {
        0 => RuleScope::Return,
        1 => RuleScope::Row(reader.place()?),
        2 => RuleScope::Group(reader.place()?),
        _ => RuleScope::Pair(reader.place()?, reader.list(Reader::place)?),
    })
}

fn spot(reader: &mut Reader) -> Read<Spot> {
    let kind = reader.place()?;
    let (of, number) = (reader.place()?, reader.place()?);
    Ok(if kind == 0 { Spot::Field(of, number) } else { Spot::Column(of, number) })
}

fn message(reader: &mut Reader) -> Read<Message> {
    Ok(Message { parts: reader.list(part)? })
}

fn part(reader: &mut Reader) -> Read<Part> {
    Ok(match reader.place()? {
        0 => Part::Words(reader.text()?.to_owned()),
        _ => Part::Value(Program::read(reader)?, reader.maybe(named)?),
    })
}

fn named(reader: &mut Reader) -> Read<Named> {
    let kind = reader.place()?;
    let of = reader.place()?;
    Ok(match kind {
        0 => Named::Calculated(of),
        1 => Named::Column(of, reader.place()?),
        _ => Named::Field(of, reader.place()?),
    })
}
