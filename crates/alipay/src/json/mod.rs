//! Reading of `biz_content`: one JSON object whose members may be strings or numbers alike, and whose errors name the member
//! (spec/alipay-agreement.md 1.7, part 2).

mod fields;
mod members;

pub use fields::{ContentError, Fields};
