#![doc = include_str!("../README.md")]

mod ack;
mod alipay;
mod attempt;
mod attempts;
mod delivery;
mod due;
mod gateway;
mod guard;
mod job;
mod lanes;
mod messenger;
mod meter;
mod news;
mod notice;
mod parcel;
mod result;
mod sender;
mod setup;

pub use alipay::deduction_code;
pub use attempt::{Attempt, Dispatch, Exchange, Request, Response};
pub use delivery::Delivery;
pub use gateway::{Gateway, GatewayError};
pub use guard::{Guard, Refused};
pub use job::run;
pub use messenger::{Messenger, MessengerError, RecordingMessenger, Sending};
pub use news::inbox_words;
pub use notice::{NoticeError, notice_body};
pub use result::{operation_result, result_of};
pub use setup::{Limits, OnAttempt, Setup};
