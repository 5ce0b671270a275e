//! The members of a message as data: what the document says of them.

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name on the wire.
    pub name: &'static str,
    /// What it must be.
    pub shape: Shape,
    /// Whether it is always there.
    pub required: bool,
    /// What it means.
    pub about: &'static str,
}

/// What a value must be. Lengths are in code points.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text of at most so many characters.
    Text(usize),
    /// An id that a merchant made: at most so many of `A-Z a-z 0-9 _ . : -`.
    Id(usize),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A boolean.
    Flag,
    /// A boolean that can only be this one.
    Only(bool),
    /// Money.
    Amount,
    /// A date and time with offset.
    Instant,
    /// `yyyy-MM-dd`.
    Date,
    /// An http or https URL of at most so many characters.
    HttpUrl(usize),
    /// A text that the wallet keeps as it is, or an object.
    ExtendInfo,
    /// The member `result`.
    Result,
    /// An object.
    Object(&'static [Member]),
    /// An object, or its JSON text of at most so many characters.
    JsonText(&'static [Member], usize),
    /// A list of at most so many objects.
    List(&'static [Member], usize),
}

/// A member that must be given.
pub const fn must(name: &'static str, shape: Shape, about: &'static str) -> Member {
    Member { name, shape, required: true, about }
}

/// A member that may be absent.
pub const fn may(name: &'static str, shape: Shape, about: &'static str) -> Member {
    Member { name, shape, required: false, about }
}

/// Two members of which one must be given.
pub type Either = (&'static str, &'static str);

/// A rule between members. Both paths are names, separated by dots.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// The member that decides.
    pub path: &'static str,
    /// The values with which it does; `true` and `false` also stand for the booleans.
    pub values: &'static [&'static str],
    /// The member that must be given then.
    pub then: &'static str,
    /// What it must be; nothing for anything.
    pub one_of: &'static [&'static str],
}

impl When {
    /// With one of `values` in `path`, `then` must be given.
    pub const fn needs(path: &'static str, values: &'static [&'static str], then: &'static str) -> Self {
        Self { path, values, then, one_of: &[] }
    }

    /// With `true` in `path`, `then` must be one of `one_of`.
    pub const fn only_with(path: &'static str, then: &'static str, one_of: &'static [&'static str]) -> Self {
        Self { path, values: &["true"], then, one_of }
    }
}

/// The body of a request.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The members.
    pub members: &'static [Member],
    /// Members of which one must be given.
    pub either: &'static [Either],
    /// Members that depend on others.
    pub when: &'static [When],
}

impl Request {
    /// Members that do not depend on each other.
    pub const fn of(members: &'static [Member]) -> Self {
        Self { members, either: &[], when: &[] }
    }
}
