//! What the columns beside a row's body hold, the same in both databases.

use crate::StoreError;
use mithaq_domain::{
    ContractState, ContractStatus, DaySpend, DeliveryState, OutboxKind, PaymentOutcome, PaymentState, PaymentStatus,
};
use mithaq_types::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A row as it is stored.
pub fn json(row: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(|error| StoreError::Inconsistent { table: "any", detail: error.to_string() })
}

/// Reads a stored row.
pub fn parse<T: DeserializeOwned>(table: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Inconsistent { table, detail: unreadable(&error) })
}

/// What is wrong with a row, without quoting it: it may hold what must not be in a log.
fn unreadable(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if text.starts_with("missing field") {
        return text;
    }
    format!("the row cannot be read, at its column {}", error.column())
}

/// What an account has spent on a day; both columns are empty where it has not.
pub fn day_spend(day: Option<&str>, minor: Option<i64>) -> Result<Option<DaySpend>, StoreError> {
    let (Some(day), Some(minor)) = (day, minor) else { return Ok(None) };
    let day = day.parse().map_err(|_| StoreError::Inconsistent { table: "accounts", detail: day.to_owned() })?;
    Ok(Some(DaySpend { day, minor }))
}

/// `contract_states.ended`.
pub const fn is_ended(status: ContractStatus) -> bool {
    matches!(status, ContractStatus::Ended { .. })
}

/// `payments.status`.
pub const fn status_name(outcome: PaymentOutcome) -> &'static str {
    match outcome {
        PaymentOutcome::Success => "SUCCESS",
        PaymentOutcome::Fail(_) => "FAIL",
        PaymentOutcome::Open => "OPEN",
    }
}

/// `payment_states.status`.
pub const fn standing_name(status: PaymentStatus) -> &'static str {
    match status {
        PaymentStatus::Open => "OPEN",
        PaymentStatus::Processing => "PROCESSING",
        PaymentStatus::Authorized => "AUTHORIZED",
        PaymentStatus::Success => "SUCCESS",
        PaymentStatus::Failed(_) => "FAILED",
        PaymentStatus::Cancelled(_) => "CANCELLED",
    }
}

/// `payment_states.due_at`: nothing where time alone changes nothing.
pub fn due_at(state: &PaymentState) -> Option<i64> {
    let wakes_at = state.wakes_at();
    (wakes_at != Timestamp::MAX).then(|| wakes_at.as_millisecond())
}

/// `contract_states.run_at`: nothing where the wallet has nothing to do for a plan.
pub fn run_at(state: &ContractState) -> Option<i64> {
    state.run_due_at().map(Timestamp::as_millisecond)
}

/// `outbox.state`.
pub const fn state_name(state: DeliveryState) -> &'static str {
    match state {
        DeliveryState::Pending => "PENDING",
        DeliveryState::Delivered => "DELIVERED",
        DeliveryState::Dead => "DEAD",
    }
}

/// `outbox.kind`.
pub const fn kind_name(kind: &OutboxKind) -> &'static str {
    match kind {
        OutboxKind::PaymentNotice { .. } => "payment-notice",
        OutboxKind::ContractNotice { .. } => "contract-notice",
        OutboxKind::GatewayNotice { .. } => "gateway-notice",
        OutboxKind::OperationNotice { .. } => "operation-notice",
        OutboxKind::Push { .. } => "push",
        OutboxKind::UserNews { .. } => "user-news",
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use serde::Deserialize;

    #[derive(Deserialize, Debug)]
    struct Row {
        #[expect(dead_code, reason = "only its type matters")]
        number: u8,
    }

    #[test]
    fn an_unreadable_row_is_an_error_that_does_not_quote_it() {
        let error = |text| parse::<Row>("users", text).expect_err("is unreadable").to_string();
        let quoted = error(r#"{"number":"9647700000001"}"#);
        assert!(quoted.contains("users") && quoted.contains("column") && !quoted.contains("9647"), "{quoted}");
        assert!(error("{}").contains("missing field `number`"));
    }
}
