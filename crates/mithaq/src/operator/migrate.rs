//! `mithaq migrate`: makes the tables of a PostgreSQL database, or brings them up to this program.

use super::{Common, print, trouble};
use mithaq_store::PostgresDatabase;
use serde_json::json;
use std::process::ExitCode;

/// Which database.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    common: Common,
}

/// Does it. Several may run at once, and beside servers; a database that is up to date is left as it is.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    let json = args.common.json;
    let url = args.common.place.read()?.database_url()?;
    let already = PostgresDatabase::inspect(&url).is_ok();
    PostgresDatabase::open(&url).map_err(trouble::database)?;
    let reader = PostgresDatabase::inspect(&url).map_err(trouble::database)?;
    let schema = reader.meta_now("schema").map_err(trouble::database)?.and_then(|text| text.parse::<i64>().ok());
    let text = match (schema, already) {
        (Some(schema), true) => format!("The database is at schema {schema} already."),
        (Some(schema), false) => format!("The database is at schema {schema} now."),
        (None, _) => anyhow::bail!("the database does not say which schema it has; keep a copy of it and report this"),
    };
    print(json, &json!({"schema": schema, "changed": !already}), &text);
    Ok(ExitCode::SUCCESS)
}
