//! Values that are a single string in the formats of serde.

use super::{EncodingSource, Field, Include, Input, PartialDate, Reason, Role};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::borrow::Cow;

macro_rules! as_string {
    ($($name:ty: $doc:literal,)*) => { $(
        #[doc = $doc]
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        #[doc = $doc]
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<str>::deserialize(deserializer)?.parse().map_err(D::Error::custom)
            }
        }
    )* };
}

as_string! {
    EncodingSource: "As its [key](EncodingSource::key).",
    Field: "As its [key](Field::key).",
    Include: "As its [key](Include::key).",
    Input: "As its [key](Input::key).",
    PartialDate: "As an ISO 8601 string of the known precision, which does not tell whether the year was inferred.",
    Reason: "As its [key](Reason::key).",
    Role: "As its [key](Role::key).",
}
