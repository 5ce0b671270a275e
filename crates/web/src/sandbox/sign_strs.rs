//! How strict the sandbox is with the strings of `my.paySignCenter`: read it, set it.

use super::error::{Body, SandboxError};
use crate::SignStrRule;
use crate::state::App;
use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use serde_json::{Value, json};

/// The rule from now on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    rule: SignStrRule,
}

pub async fn read(State(app): State<App>) -> Json<Value> {
    Json(json!({"rule": app.sign_str_rule()}))
}

pub async fn set(State(app): State<App>, Body(change): Body<Change>) -> Result<Json<Value>, SandboxError> {
    let sandbox = app.sandbox.as_ref().ok_or_else(|| SandboxError::not_found("This wallet has no sandbox."))?;
    sandbox.sign_strs.set(change.rule);
    Ok(Json(json!({"rule": change.rule})))
}
