//! The codes that a Mini Program hears, as data (spec/alipay-agreement.md 1.7, 2.13).

macro_rules! statuses {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $wire:literal $meaning:literal;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum $name {
            $(#[doc = concat!("`", $wire, "`: ", $meaning)] $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The digits on the wire; always a string.
            #[must_use]
            pub const fn wire(self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }

            /// What it means and what to do next.
            #[must_use]
            pub const fn meaning(self) -> &'static str {
                match self {
                    $(Self::$variant => $meaning,)*
                }
            }
        }
    };
}

statuses! {
    /// `resultStatus` of `my.paySignCenter`. All of them reach `success`; `fail` is for calls that never started.
    SignStatus {
        Signed "7000" "The agreement is signed.";
        Unknown "7001" "The agreement may be signed. Query it by the external agreement number.";
        Failed "7002" "The agreement is not signed. Read sub_msg in result, correct the request, and try again.";
        Cancelled "6001" "The user left before signing, or a return_url led out of the Mini Program. Let the user sign again.";
        Network "6002" "The wallet could not be reached. Let the user check the connection and try again.";
    }
}

statuses! {
    /// `resultCode` of `my.tradePay`.
    PayStatus {
        Done "9000" "The trade is paid. The notification is what counts.";
        InProgress "8000" "The payment is in progress. Query the trade for its result.";
        Failed "4000" "The trade is not paid. Make a new one, or let the user try again.";
        Cancelled "6001" "The user left before paying.";
        Network "6002" "The wallet could not be reached. Let the user check the connection and try again.";
        Unknown "6004" "The trade may be paid. Query the trade for its result.";
        NoPermission "4" "This Mini Program may not call my.tradePay. Ask the wallet to open it.";
    }
}
