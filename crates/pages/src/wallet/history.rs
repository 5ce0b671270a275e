//! `/wallet/history`: every movement, day by day.

use super::movements::Movement;
use super::speaker::Speaker;
use crate::RenderError;
use minijinja::{Value, context};
use mithaq_types::MessageId;

/// A stretch of the history.
#[derive(Clone, Debug)]
pub struct History {
    /// The movements, newest first.
    pub movements: Vec<Movement>,
    /// Whether the stretch begins further back than the newest.
    pub begins_later: bool,
    /// The last movement of the stretch, if there are older ones.
    pub older_than: Option<MessageId>,
}

impl History {
    pub(super) fn view(&self, speaker: &Speaker<'_>) -> Result<Value, RenderError> {
        let same_day = |one: &Movement, next: &Movement| speaker.date(one.at) == speaker.date(next.at);
        let mut days = Vec::new();
        for movements in self.movements.chunk_by(same_day) {
            let lines = movements.iter().map(|movement| movement.view(speaker, false));
            let Some(first) = movements.first() else { continue };
            days.push(context! {
                name => speaker.day(speaker.date(first.at))?,
                movements => lines.collect::<Result<Vec<_>, _>>()?,
            });
        }
        Ok(context! {
            days,
            begins_later => self.begins_later,
            older_than => self.older_than.as_ref().map(MessageId::as_str),
        })
    }
}
