//! What worlds met: so that it can be seen what a simulation reaches and what it does not.

use crate::act::Act;
use crate::batch::{Batch, Call, Heard};
use mithaq_domain::Done;
use std::collections::BTreeMap;

/// What a world met.
#[derive(Clone, Default, Debug)]
pub struct Tally {
    pub acts: usize,
    pub unanswered: usize,
    pub lies: usize,
    pub crashes: usize,
    /// Rounds in which two engines were at work at the same time.
    pub at_once: usize,
    /// How often each thing was heard, by its first words.
    pub heard: BTreeMap<String, usize>,
}

/// What a thousand worlds cannot do without: every kind of answer that a rule has its own words for.
const NEEDED: &str = "Accept: Authorized, Accept: Payment(Accepted), Accept: Payment(HoldExpired), \
    Accept: PaymentUnknown, AddClient: AmountImpossible, AddClient: Exists, AddUser: Exists, AddUser: Failed, \
    CallOff: Cancelled(Merchant), CallOff: MerchantBalanceShort, CallOff: Payment(Status), \
    CallOff: Payment(Window), CallOff: PaymentUnknown, CallOff: Success, Cancel: TokenUnknown, \
    ClosePage: InteractionUnknown, Confirm: Authorized, Confirm: BalanceShort, Confirm: CardUnknown, \
    Confirm: Payment(OrderCancelled), Confirm: Payment(OrderExpired), Confirm: Payment(OrderPaid), \
    Confirm: Payment(Running), Confirm: PinWrong, Confirm: Processing, Confirm: Success, Confirm: UserFrozen, \
    Delivered: Dead, Delivered: Delivered, Delivered: Pending, Deposit: AmountImpossible, \
    Deposit: RequestInconsistent, Deposit: UserUnknown, Deposit: done, End: ContractOver, End: ContractUnknown, \
    End: Expired, End: PinWrong, End: User, End: Wallet, Exchange: ClientSuspended, Exchange: CodeExpired, \
    Exchange: CodeUnknown, Exchange: CodeUsed, Exchange: Exists, Exchange: ReferenceClientMismatch, \
    Exchange: done, ExpireOrder: Cancelled(HoldExpired), ExpireOrder: Failed(Expired), ExpireOrder: done, \
    Fold: done, Grant: Exists, Grant: InteractionOver, Grant: done, Link: Exists, LogIn: PinLocked, \
    LogIn: PinWrong, OpenPage: Exists, Operate: Capture Done, Operate: Capture Refused(HoldExpired), \
    Operate: Capture Refused(Unsupported), Operate: Confirm Done, Operate: Confirm Refused(Status), \
    Operate: PaymentUnknown, Operate: Refund Done, Operate: Refund Refused(ExceedsTaken), \
    Operate: Refund Refused(MerchantBalance), Operate: RequestInconsistent, Operate: Void Done, \
    Operate: Void Refused(ExceedsHold), Order: Failed(Withdrawn), Order: Open, Order: OverLimit, \
    Order: RequestInconsistent, Pay: AgreementPayNotAgreed, Pay: AgreementPaySuspended, Pay: AmountImpossible, \
    Pay: ClientSuspended, Pay: ClientUnknown, Pay: Fail(Balance), Pay: Fail(Currency), Pay: Fail(NotStarted), \
    Pay: Fail(OverLimit), Pay: Fail(OverUserLimit), Pay: Fail(TokenDead), Pay: Fail(TokenForeign), \
    Pay: Fail(TokenUnknown), Pay: Fail(UserFrozen), Pay: Failed, Pay: RequestInconsistent, Pay: Success, \
    Pay: gone, Prepare: AmountImpossible, Prepare: Exists, Refresh: Exists, Refresh: RefreshExpired, \
    Refresh: RefreshUnknown, Refresh: RefreshUsed, Refresh: done, Resend: Pending, Settle: Authorized, \
    Settle: CardDeclined(Blocked), Settle: Success, Sign: AmountImpossible, Sign: Exists, Sign: InteractionOver, \
    Sign: OfferExpired, Sign: OfferUnknown, Sign: PinLocked, Sign: PinWrong, Sign: ReferenceClientMismatch, \
    Sign: UserFrozen, Sign: done, TopUp: done, UseToken: TokenDead, UseToken: TokenUnknown, UseToken: done";

impl Tally {
    /// What was never heard of all that should be.
    pub fn missed(&self) -> Vec<&'static str> {
        NEEDED.split(", ").filter(|words| !self.heard.contains_key(*words)).collect()
    }

    /// Notes a batch.
    pub fn count(&mut self, calls: &[Call], batch: &Batch) {
        self.acts += calls.len();
        self.lies += batch.lies;
        self.crashes += usize::from(batch.crashed);
        for (call, heard) in calls.iter().zip(&batch.heard) {
            *self.heard.entry(words(&call.act, heard)).or_default() += 1;
            self.unanswered += usize::from(!matches!(heard, Some(Ok(_))));
        }
    }

    /// Adds what another world met.
    pub fn add(&mut self, other: &Self) {
        self.acts += other.acts;
        self.unanswered += other.unanswered;
        self.lies += other.lies;
        self.crashes += other.crashes;
        self.at_once += other.at_once;
        for (words, count) in &other.heard {
            *self.heard.entry(words.clone()).or_default() += count;
        }
    }
}

/// What kind of answer it is: the act's name and the answer's, without particulars.
fn words(act: &Act, heard: &Heard) -> String {
    let act = format!("{act:?}");
    let act = act.split(' ').next().unwrap_or_default();
    let heard = match heard {
        None => "gone".to_owned(),
        Some(Err(error)) => format!("{error:?}"),
        Some(Ok(Ok(Done::Paid(payment)))) => format!("{:?}", payment.outcome),
        Some(Ok(Ok(Done::Outbox(row)))) => format!("{:?}", row.state),
        Some(Ok(Ok(Done::Operated(operation)))) => format!("{:?} {:?}", operation.kind, operation.outcome),
        Some(Ok(Ok(Done::Standing(_, state)))) => format!("{:?}", state.status),
        Some(Ok(Ok(Done::Ended(reason, _)))) => format!("{reason:?}"),
        Some(Ok(Ok(_))) => "done".to_owned(),
        Some(Ok(Err(refusal))) => format!("{refusal:?}").split(' ').next().unwrap_or_default().to_owned(),
    };
    format!("{act}: {heard}")
}
