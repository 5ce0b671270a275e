//! Orders of the cashier: how they stand, what happened to them, what time will change; and what lies around them.

use super::{LIST_MAX, Line, Reader, Sql};
use crate::StoreError;
use mithaq_domain::{Card, Key, Payment, PaymentCode, PaymentOperation, PaymentState, Session, Transfer};
use mithaq_types::{OrderId, PaymentId, Timestamp, UserId};

/// A payment, how it stands, and what happened to it, the oldest first.
#[derive(Clone, Debug)]
pub struct PaymentView {
    /// The payment.
    pub payment: Payment,
    /// How it stands.
    pub state: PaymentState,
    /// What happened to it, what was refused too.
    pub operations: Vec<PaymentOperation>,
}

impl Reader {
    /// A payment with everything that is known of it.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payment(&self, id: PaymentId) -> Result<Option<PaymentView>, StoreError> {
        let rows = self.rows(vec![Key::Payment(id.clone()), Key::PaymentState(id.clone())]).await?;
        let Some(payment) = rows.payment(&id).cloned() else { return Ok(None) };
        let state = rows.payment_state(&id).cloned().unwrap_or_else(|| PaymentState::of(&payment));
        Ok(Some(PaymentView { operations: self.operations_of(id).await?, payment, state }))
    }

    /// The payment that a cashier's address names.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payment_of_order(&self, id: OrderId) -> Result<Option<PaymentView>, StoreError> {
        const SQL: &str = "SELECT payment_id FROM payments WHERE order_id = $1";
        let lines = self.lines(Sql::Both(SQL), vec![id.as_str().into()]).await?;
        match lines.first() {
            Some(line) => self.payment(PaymentId::new(line.text(0)?)).await,
            None => Ok(None),
        }
    }

    /// What happened to a payment, the oldest first.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn operations_of(&self, payment: PaymentId) -> Result<Vec<PaymentOperation>, StoreError> {
        const SQL: &str = "SELECT body FROM payment_operations WHERE payment_id = $1";
        let mut found: Vec<PaymentOperation> =
            self.bodies("payment_operations", SQL, vec![payment.as_str().into()]).await?;
        found.sort_by(|one, other| (one.at, &one.operation_id).cmp(&(other.at, &other.operation_id)));
        Ok(found)
    }

    /// The newest payments with how they stand, as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn standings(&self) -> Result<Vec<(Payment, PaymentState)>, StoreError> {
        const SQL: &str = "SELECT p.body, s.body FROM payments p LEFT JOIN payment_states s USING (payment_id) \
            ORDER BY payment_id DESC LIMIT $1";
        self.with_states(Sql::Both(SQL), vec![LIST_MAX.into()]).await
    }

    /// What of a user's money is held, and for what.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn holds_of(&self, user: UserId) -> Result<Vec<(Payment, PaymentState)>, StoreError> {
        const SQL: &str = "SELECT p.body, s.body FROM payment_states s JOIN payments p USING (payment_id) \
            WHERE s.user_id = $1 AND s.status = 'AUTHORIZED' ORDER BY payment_id DESC LIMIT $2";
        self.with_states(Sql::Both(SQL), vec![user.as_str().into(), LIST_MAX.into()]).await
    }

    async fn with_states(
        &self,
        sql: Sql,
        values: Vec<super::Value>,
    ) -> Result<Vec<(Payment, PaymentState)>, StoreError> {
        let lines = self.lines(sql, values).await?;
        let view = |line: &Line| {
            let payment: Payment = line.body("payments", 0)?;
            let state = line.maybe_body("payment_states", 1)?;
            let state = state.unwrap_or_else(|| PaymentState::of(&payment));
            Ok((payment, state))
        };
        lines.iter().map(view).collect()
    }

    /// Payments that time changes by `now`.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payments_due(&self, now: Timestamp) -> Result<Vec<PaymentId>, StoreError> {
        const SQL: &str = "SELECT payment_id FROM payment_states WHERE due_at <= $1 ORDER BY due_at LIMIT $2";
        let lines = self.lines(Sql::Both(SQL), vec![now.as_millisecond().into(), LIST_MAX.into()]).await?;
        lines.iter().map(|line| Ok(PaymentId::new(line.text(0)?))).collect()
    }

    /// When time changes the next payment.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn next_payment_due(&self) -> Result<Option<Timestamp>, StoreError> {
        const SQL: &str = "SELECT min(due_at) FROM payment_states WHERE due_at IS NOT NULL";
        self.instant(Sql::Both(SQL), vec![]).await
    }

    /// Payments whose card's issuer has not answered.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payments_asking(&self) -> Result<Vec<PaymentState>, StoreError> {
        const SQL: &str = "SELECT body FROM payment_states WHERE status = 'PROCESSING' ORDER BY payment_id LIMIT $1";
        self.bodies("payment_states", SQL, vec![LIST_MAX.into()]).await
    }

    /// The newest operations of all payments, as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn operations(&self) -> Result<Vec<PaymentOperation>, StoreError> {
        const SQL: &str = "SELECT body FROM payment_operations ORDER BY operation_id DESC LIMIT $1";
        self.bodies("payment_operations", SQL, vec![LIST_MAX.into()]).await
    }

    /// A user's linked cards in the order in which they were linked, those that were taken out not among them; everybody's
    /// without a user.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn cards(&self, user: Option<UserId>) -> Result<Vec<Card>, StoreError> {
        const ALL: &str = "SELECT body FROM cards ORDER BY card_id LIMIT $1";
        const ONES: &str = "SELECT body FROM cards WHERE user_id = $1 ORDER BY card_id LIMIT $2";
        let mut cards: Vec<Card> = match user {
            None => self.bodies("cards", ALL, vec![LIST_MAX.into()]).await?,
            Some(user) => self.bodies("cards", ONES, vec![user.as_str().into(), LIST_MAX.into()]).await?,
        };
        cards.retain(|card| card.removed_at.is_none());
        cards.sort_by_key(|card| card.linked_at);
        Ok(cards)
    }

    /// The newest codes that users were given to show, as many as a list shows; the codes themselves nobody has.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn payment_codes(&self) -> Result<Vec<PaymentCode>, StoreError> {
        const SQL: &str = "SELECT body FROM payment_codes ORDER BY expires_at DESC LIMIT $1";
        self.bodies("payment_codes", SQL, vec![LIST_MAX.into()]).await
    }

    /// The newest transfers between users, as many as a list shows.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn transfers(&self) -> Result<Vec<Transfer>, StoreError> {
        const SQL: &str = "SELECT body FROM transfers ORDER BY at DESC, transfer_id LIMIT $1";
        self.bodies("transfers", SQL, vec![LIST_MAX.into()]).await
    }

    /// The sessions in which a user is signed in, the newest first.
    ///
    /// # Errors
    /// See [`Reader::row`].
    pub async fn sessions_of(&self, user: UserId) -> Result<Vec<Session>, StoreError> {
        const SQL: &str = "SELECT body FROM sessions WHERE user_id = $1 LIMIT $2";
        let mut found: Vec<Session> = self.bodies("sessions", SQL, vec![user.as_str().into(), LIST_MAX.into()]).await?;
        found.sort_by_key(|session| std::cmp::Reverse(session.created_at));
        Ok(found)
    }
}
