//! The catalogue: what is sold one by one, each with the way of paying that suits it. The subscription is in `offer.rs`.

use mithaq_merchant::{Currency, Language, Money};
use serde::{Deserialize, Serialize};

/// One of the things the shop sells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Goods {
    /// Flat bread.
    Samoon,
    /// Dates.
    Dates,
    /// Olive oil.
    OliveOil,
    /// A fish that is weighed when it is fetched: the price is at most what was reserved.
    Carp,
    /// A coffee pot that is sent: the money waits until the buyer has it.
    CoffeePot,
}

/// How an order is paid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Way {
    /// In the cashier, at once.
    Buy,
    /// In the cashier; the money is held, and taken when the goods are fetched: all or a part.
    Reserve,
    /// In the cashier; the money is held until the buyer says that the goods are there.
    Escrow,
    /// At the till, with a code that the customer shows.
    InStore,
}

/// A text in both languages.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Words {
    /// English.
    #[serde(rename = "en-US")]
    pub english: &'static str,
    /// Arabic.
    #[serde(rename = "ar-IQ")]
    pub arabic: &'static str,
}

impl Words {
    const fn new(english: &'static str, arabic: &'static str) -> Self {
        Self { english, arabic }
    }

    /// In one of them.
    pub const fn of(self, language: Language) -> &'static str {
        match language {
            Language::EnUs => self.english,
            Language::ArIq => self.arabic,
        }
    }
}

/// What a payment at the till is for.
pub const AT_THE_TILL: Words = Words::new("Groceries at the till", "مشتريات عند الصندوق");

impl Goods {
    /// All of them, in the order of the shelf.
    pub const ALL: [Self; 5] = [Self::OliveOil, Self::Dates, Self::Samoon, Self::Carp, Self::CoffeePot];

    /// How it is paid.
    pub const fn way(self) -> Way {
        match self {
            Self::Samoon | Self::Dates | Self::OliveOil => Way::Buy,
            Self::Carp => Way::Reserve,
            Self::CoffeePot => Way::Escrow,
        }
    }

    /// The price; of what is weighed, the most it can be.
    pub const fn price(self) -> Money {
        let dinars = match self {
            Self::Samoon => 1_000,
            Self::Dates => 6_500,
            Self::OliveOil => 14_000,
            Self::Carp => 36_000,
            Self::CoffeePot => 45_000,
        };
        // 1000 fils each.
        Money::new(dinars * 1_000, Currency::IQD)
    }

    /// What it is called, here and in the wallet's cashier.
    pub const fn name(self) -> Words {
        match self {
            Self::Samoon => Words::new("Warm samoon, ten", "صمّون حار، عشر قطع"),
            Self::Dates => Words::new("Basra dates, 1 kg", "تمر البصرة، كيلو"),
            Self::OliveOil => Words::new("Olive oil, 1 litre", "زيت زيتون، لتر"),
            Self::Carp => Words::new("River carp", "سمك كارب نهري"),
            Self::CoffeePot => Words::new("Copper coffee pot", "دلّة نحاسية"),
        }
    }

    /// One line about it.
    pub const fn note(self) -> Words {
        match self {
            Self::Samoon => Words::new("From the stone oven", "من فرن الحجر"),
            Self::Dates => Words::new("This autumn’s barhi", "برحي هذا الخريف"),
            Self::OliveOil => Words::new("First pressing", "العصرة الأولى"),
            Self::Carp => Words::new(
                "Weighed when you fetch it: you pay no more than this",
                "يوزن عند استلامه: لا تدفع أكثر من هذا",
            ),
            Self::CoffeePot => {
                Words::new("Sent to you: your money waits until it arrives", "تُرسل إليك: يبقى مالك محفوظاً حتى تصل")
            }
        }
    }
}

/// A line of `GET /api/goods`.
#[derive(Serialize)]
pub struct Line {
    id: Goods,
    way: Way,
    price: mithaq_merchant::Amount,
    name: Words,
    note: Words,
}

/// Answer of `GET /api/goods`.
#[derive(Serialize)]
pub struct Shelf {
    goods: Vec<Line>,
}

/// `GET /api/goods`.
pub async fn shelf() -> axum::Json<Shelf> {
    let line = |goods: Goods| Line {
        id: goods,
        way: goods.way(),
        price: goods.price().into(),
        name: goods.name(),
        note: goods.note(),
    };
    axum::Json(Shelf { goods: Goods::ALL.into_iter().map(line).collect() })
}
