//! Statements that take many rows each, as arrays, and what they must change.

use super::connection::Connection;
use super::values::Column;
use crate::StoreError;
use crate::reader::Value;
use futures_util::future::join_all;
use tokio_postgres::types::ToSql;

/// How many rows a statement must change.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// All that it is given; fewer means that a row is missing.
    All,
    /// All that it is given; fewer means that another process has changed a row.
    Unchanged,
    /// As many as there are.
    Any,
}

/// A statement and its rows.
struct Set {
    sql: &'static str,
    rule: Rule,
    columns: Vec<Column>,
    rows: u64,
}

/// Every statement of a batch, in the order in which they were first needed.
#[derive(Default)]
pub struct Sets(Vec<Set>);

impl Sets {
    /// Runs all of them, sent at once.
    pub async fn run(&self, connection: &Connection) -> Result<(), StoreError> {
        let outcomes = join_all(self.0.iter().map(|set| run(connection, set))).await;
        StoreError::cause(outcomes.into_iter().filter_map(Result::err)).map_or(Ok(()), Err)
    }

    /// One more row for the statement `sql`: its values in the order of the parameters.
    pub fn add<const N: usize>(&mut self, rule: Rule, sql: &'static str, values: [Value; N]) {
        let place = self.0.iter().position(|set| set.sql == sql).unwrap_or_else(|| {
            let columns = values.iter().map(|_| Column(Vec::new())).collect();
            self.0.push(Set { sql, rule, columns, rows: 0 });
            self.0.len() - 1
        });
        if let Some(set) = self.0.get_mut(place) {
            set.rows += 1;
            set.columns.iter_mut().zip(values).for_each(|(column, value)| column.0.push(value));
        }
    }
}

async fn run(connection: &Connection, set: &Set) -> Result<(), StoreError> {
    let parameters: Vec<&(dyn ToSql + Sync)> = set.columns.iter().map(|column| column as _).collect();
    let changed = connection.execute(set.sql, &parameters).await?;
    match set.rule {
        Rule::Any => Ok(()),
        _ if changed == set.rows => Ok(()),
        Rule::Unchanged => Err(StoreError::Conflict),
        Rule::All => {
            let detail = format!("{changed} rows changed instead of {}", set.rows);
            Err(StoreError::Inconsistent { table: "any", detail })
        }
    }
}
