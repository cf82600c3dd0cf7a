//! Enums whose variants have a name in records, configurations and reports.

/// The error of parsing one of the enums that have keys ([`crate::Reason`], [`crate::Role`] and others) from a text that is
/// none of them.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("unknown key {key:?}")]
#[non_exhaustive]
pub struct UnknownKey {
    /// The text as given.
    pub key: Box<str>,
}

/// Declares an enum with a key for each variant, the only place where that is stated.
macro_rules! keyed {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$doc:meta])* $variant:ident => $key:literal,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// All of them, in the order in which they are declared.
            pub const ALL: &[$name] = &[$($name::$variant,)*];

            /// The snake_case name used in records.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $($name::$variant => $key,)* }
            }
        }

        /// As its [key](Self::key).
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.key())
            }
        }

        /// From its [key](Self::key).
        impl std::str::FromStr for $name {
            type Err = $crate::types::UnknownKey;

            fn from_str(key: &str) -> Result<Self, Self::Err> {
                match key {
                    $($key => Ok($name::$variant),)*
                    _ => Err($crate::types::UnknownKey { key: key.into() }),
                }
            }
        }
    };
}
pub(super) use keyed;
