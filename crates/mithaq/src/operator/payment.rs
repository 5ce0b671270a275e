//! `mithaq payment`: look at one, and stop one that is in dispute.

use super::{Common, desk, print, trouble, views};
use clap::Subcommand;
use mithaq_domain::Refusal;
use mithaq_types::PaymentId;
use mithaq_wallet::Fault;
use std::process::ExitCode;

/// What to do.
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// How a payment stands.
    Show(OfPayment),
    /// Stop a payment that is in dispute: nobody pays, takes, refunds or gives back anything of it (ORDER_IS_FROZEN), and
    /// its time stands still.
    Freeze(OfPayment),
    /// Let a frozen payment go on. If its time is over by now, it ends at once.
    Thaw(OfPayment),
}

#[derive(clap::Args)]
struct OfPayment {
    /// The payment's id.
    payment: String,
    #[command(flatten)]
    common: Common,
}

/// Does it.
pub fn run(args: Args) -> anyhow::Result<ExitCode> {
    match args.action {
        Action::Show(payment) => show(payment)?,
        Action::Freeze(payment) => set(payment, true, "Frozen")?,
        Action::Thaw(payment) => set(payment, false, "Thawed")?,
    }
    Ok(ExitCode::SUCCESS)
}

fn show(OfPayment { payment, common }: OfPayment) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let found = desk.wallet.reader().payment(PaymentId::new(&payment)).await.map_err(trouble::database)?;
        let found = found.ok_or_else(|| explain(Fault::Refused(Refusal::PaymentUnknown), &payment))?;
        let text = views::payment_line(&found.payment, &found.state);
        print(json, &views::payment(&found.payment, &found.state), &text);
        Ok(())
    })
}

fn set(OfPayment { payment, common }: OfPayment, frozen: bool, word: &str) -> anyhow::Result<()> {
    let json = common.json;
    desk::open(common, async |desk| {
        let set = desk.wallet.freeze_payment(PaymentId::new(&payment), frozen).await;
        let (found, state) = set.map_err(|fault| explain(fault, &payment))?;
        let text = format!("{word}: {}", views::payment_line(&found, &state));
        print(json, &views::payment(&found, &state), &text);
        Ok(())
    })
}

fn explain(fault: Fault, payment: &str) -> anyhow::Error {
    trouble::fault(fault, |refusal| match refusal {
        Refusal::PaymentUnknown => format!("there is no payment {payment}"),
        refusal => format!("refused: {refusal}"),
    })
}
