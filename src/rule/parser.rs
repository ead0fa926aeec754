//! Tokens to a syntax tree: one function for each level of precedence, loosest first.

use super::fault::Fault;
use super::lexer::{Lexer, Token, too_large};
use super::tree::{Expr, Form, Link, MAX_DEPTH, Operator, Relation, too_deep};

/// Reads a whole expression.
pub(super) fn parse(source: &str) -> Result<Expr<'_>, Fault> {
    let mut lexer = Lexer::new(source);
    let (at, token) = lexer.next()?;
    let mut parser = Parser { lexer, token, at, depth: 0 };
    if parser.token == Token::End {
        return Err(Fault::new(0, &["there is no expression"], &["write one, or leave it out"]));
    }
    let whole = parser.expression()?;
    if parser.token == Token::End { Ok(whole) } else { Err(parser.left_over()) }
}

struct Parser<'s> {
    lexer: Lexer<'s>,
    /// The token to be read next, and where it starts.
    token: Token<'s>,
    at: usize,
    /// How many expressions are being read inside each other.
    depth: usize,
}

type Read<'s> = Result<Expr<'s>, Fault>;

impl<'s> Parser<'s> {
    /// `condition ? one : other`, or anything that binds tighter.
    fn expression(&mut self) -> Read<'s> {
        self.deeper()?;
        let condition = self.either()?;
        let mark = self.at;
        let whole = if self.take("?")? {
            let one = self.expression()?;
            self.close(":", "?", mark)?;
            let other = self.expression()?;
            Expr::new(condition.at, mark, Form::Choose(Box::new([condition, one, other])))?
        } else {
            condition
        };
        self.depth -= 1;
        Ok(whole)
    }

    fn either(&mut self) -> Read<'s> {
        self.joined("||", Self::both, Form::Or)
    }

    fn both(&mut self) -> Read<'s> {
        self.joined("&&", Self::relation, Form::And)
    }

    /// One operand, or several joined by one sign. They become one level, however many there are.
    fn joined(
        &mut self,
        sign: &'static str,
        operand: fn(&mut Self) -> Read<'s>,
        form: fn(Vec<Expr<'s>>) -> Form<'s>,
    ) -> Read<'s> {
        let first = operand(self)?;
        let (at, mark) = (first.at, self.at);
        if self.token != Token::Sign(sign) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take(sign)? {
            parts.push(operand(self)?);
        }
        Expr::new(at, mark, form(parts))
    }

    fn relation(&mut self) -> Read<'s> {
        let left = self.sum()?;
        let mark = self.at;
        let relation = relation_of(&self.token);
        if relation.is_none() && self.token != Token::Name("in") {
            return Ok(left);
        }
        self.advance()?;
        let pair = Box::new([left, self.sum()?]);
        if relation_of(&self.token).is_some() || self.token == Token::Name("in") {
            return Err(Fault::new(
                self.at,
                &["one comparison follows another"],
                &["join two comparisons with &&, like a < b && b < c"],
            ));
        }
        let [left, _] = &*pair;
        let at = left.at;
        let form = match relation {
            Some(relation) => Form::Compare(relation, pair),
            None => Form::In(pair),
        };
        Expr::new(at, mark, form)
    }

    fn sum(&mut self) -> Read<'s> {
        self.chain(Self::product, |token| match token {
            Token::Sign("+") => Some(Operator::Add),
            Token::Sign("-") => Some(Operator::Subtract),
            _ => None,
        })
    }

    fn product(&mut self) -> Read<'s> {
        self.chain(Self::unary, |token| match token {
            Token::Sign("*") => Some(Operator::Multiply),
            Token::Sign("/") => Some(Operator::Divide),
            Token::Sign("%") => Some(Operator::Remainder),
            _ => None,
        })
    }

    fn chain(
        &mut self,
        operand: fn(&mut Self) -> Read<'s>,
        operator_of: fn(&Token) -> Option<Operator>,
    ) -> Read<'s> {
        let first = operand(self)?;
        let mut links = Vec::new();
        while let Some(operator) = operator_of(&self.token) {
            let mark = self.at;
            self.advance()?;
            links.push(Link { operator, mark, operand: operand(self)? });
        }
        match links.first() {
            None => Ok(first),
            Some(link) => Expr::new(first.at, link.mark, Form::Arithmetic(Box::new(first), links)),
        }
    }

    fn unary(&mut self) -> Read<'s> {
        let at = self.at;
        if self.take("!")? {
            let operand = self.below(Self::unary)?;
            return Expr::new(at, at, Form::Not(Box::new(operand)));
        }
        if self.take("-")? {
            if let Token::Int(size) = self.token {
                // Here, because the smallest number has no positive counterpart.
                let number = 0_i64.checked_sub_unsigned(size).ok_or_else(|| too_large(at))?;
                self.advance()?;
                return Expr::new(at, at, Form::Int(number));
            }
            let operand = self.below(Self::unary)?;
            return Expr::new(at, at, Form::Minus(Box::new(operand)));
        }
        self.member()
    }

    /// A primary followed by any number of `.name` and `.name(…)`.
    fn member(&mut self) -> Read<'s> {
        let mut whole = self.primary()?;
        while self.take(".")? {
            let mark = self.at;
            let Token::Name(name) = self.token else {
                return Err(Fault::new(
                    mark,
                    &["a name is missing after `.`"],
                    &["write the name of a part, like staff_group.label"],
                ));
            };
            self.advance()?;
            let at = whole.at;
            let on = Box::new(whole);
            let form = match self.arguments()? {
                Some(arguments) => Form::Method(on, name, arguments),
                None => Form::Field(on, name),
            };
            whole = Expr::new(at, mark, form)?;
        }
        Ok(whole)
    }

    fn primary(&mut self) -> Read<'s> {
        let at = self.at;
        let form = match std::mem::replace(&mut self.token, Token::End) {
            Token::Sign("(") => {
                self.advance()?;
                let whole = self.expression()?;
                self.close(")", "(", at)?;
                return Ok(whole);
            }
            Token::Sign("[") => {
                self.advance()?;
                return Expr::new(at, at, Form::List(self.items("]", "[", at)?));
            }
            Token::Int(size) => Form::Int(i64::try_from(size).map_err(|_| too_large(at))?),
            Token::Text(text) => Form::Text(text),
            Token::Name("true") => Form::Bool(true),
            Token::Name("false") => Form::Bool(false),
            Token::Name(word @ ("not" | "NOT")) => {
                let message = ["`", word, "` has no meaning here"];
                return Err(Fault::new(at, &message, &["write ! for “not”"]));
            }
            Token::Name(name) if name != "in" => {
                self.advance()?;
                let form = match self.arguments()? {
                    Some(arguments) => Form::Call(name, arguments),
                    None => Form::Name(name),
                };
                return Expr::new(at, at, form);
            }
            other => return Err(missing_operand(at, &other)),
        };
        self.advance()?;
        Expr::new(at, at, form)
    }

    /// What stands in brackets after a name, or nothing where no bracket follows.
    fn arguments(&mut self) -> Result<Option<Vec<Expr<'s>>>, Fault> {
        let at = self.at;
        if self.take("(")? { self.items(")", "(", at).map(Some) } else { Ok(None) }
    }

    fn items(
        &mut self,
        end: &'static str,
        start: &str,
        from: usize,
    ) -> Result<Vec<Expr<'s>>, Fault> {
        let mut items = Vec::new();
        if self.take(end)? {
            return Ok(items);
        }
        loop {
            items.push(self.expression()?);
            if !self.take(",")? {
                self.close(end, start, from)?;
                return Ok(items);
            }
        }
    }

    fn close(&mut self, sign: &'static str, start: &str, from: usize) -> Result<(), Fault> {
        if self.take(sign)? {
            return Ok(());
        }
        let from = from.to_string();
        let message = ["`", sign, "` is missing for the `", start, "` at byte ", &from];
        Err(Fault::new(self.at, &message, &["add `", sign, "` here, or an operator before this"]))
    }

    /// Reads with the depth one higher, for operators that stand before their operand.
    fn below(&mut self, operand: fn(&mut Self) -> Read<'s>) -> Read<'s> {
        self.deeper()?;
        let whole = operand(self);
        self.depth -= 1;
        whole
    }

    fn deeper(&mut self) -> Result<(), Fault> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { Err(too_deep(self.at)) } else { Ok(()) }
    }

    fn take(&mut self, sign: &'static str) -> Result<bool, Fault> {
        let found = self.token == Token::Sign(sign);
        if found {
            self.advance()?;
        }
        Ok(found)
    }

    fn advance(&mut self) -> Result<(), Fault> {
        (self.at, self.token) = self.lexer.next()?;
        Ok(())
    }

    fn left_over(&self) -> Fault {
        let help = match self.token {
            Token::Name("and" | "AND") => "write && for “and”",
            Token::Name("or" | "OR") => "write || for “or”",
            Token::Sign("[") => "pick a row of a list with .first(r, …)",
            Token::Sign(")" | "]" | ":" | ",") => "take it out, or add what belongs before it",
            _ => "join two parts with an operator, like && or +",
        };
        Fault::new(
            self.at,
            &[&shown(&self.token), " does not follow from what is before it"],
            &[help],
        )
    }
}

fn relation_of(token: &Token) -> Option<Relation> {
    match token {
        Token::Sign("==") => Some(Relation::Equal),
        Token::Sign("!=") => Some(Relation::NotEqual),
        Token::Sign("<") => Some(Relation::Less),
        Token::Sign("<=") => Some(Relation::LessOrEqual),
        Token::Sign(">") => Some(Relation::Greater),
        Token::Sign(">=") => Some(Relation::GreaterOrEqual),
        _ => None,
    }
}

fn missing_operand(at: usize, found: &Token) -> Fault {
    let help = ["write a name, a number, text in quotes or something in brackets"];
    if *found == Token::End {
        Fault::new(at, &["the expression ends too soon"], &help)
    } else {
        Fault::new(at, &["something is missing before ", &shown(found)], &help)
    }
}

fn shown(token: &Token) -> String {
    match token {
        Token::End => "the end".to_owned(),
        Token::Int(number) => ["`", &number.to_string(), "`"].concat(),
        Token::Name(name) => ["`", name, "`"].concat(),
        Token::Sign(sign) => ["`", sign, "`"].concat(),
        Token::Text(_) => "this text".to_owned(),
    }
}
