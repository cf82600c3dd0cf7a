//! Packs fitted networks into a model file. `src/score` of the library reads it and describes the layout.

use copydesk::internals::{MEANS, TokenEntry, WIDTH, name_hash};
use serde::Deserialize;

type Channels = [f32; WIDTH];

/// A network as `fit.py` writes it.
#[derive(Debug, Deserialize)]
pub(crate) struct Fitted {
    scaled: Vec<Scaled>,
    named: Vec<Named>,
    mass: Channels,
    bias: Channels,
    layers: Vec<Layer>,
    out: Channels,
    out_bias: f32,
}

#[derive(Debug, Deserialize)]
struct Scaled {
    name: String,
    scale: f32,
    weights: Channels,
}

#[derive(Debug, Deserialize)]
struct Named {
    name: String,
    value: f32,
    weights: Channels,
}

#[derive(Debug, Deserialize)]
struct Layer {
    reach: u8,
    #[serde(rename = "taps")]
    kernel: [Channels; 3],
    #[serde(rename = "ears")]
    means: Option<[Channels; MEANS]>,
    memory: Option<Memory>,
    mix: [Channels; WIDTH],
    bias: Channels,
}

#[derive(Debug, Deserialize)]
struct Memory {
    gates: [Channels; WIDTH],
    bias: Channels,
    #[serde(rename = "heard")]
    weights: [Channels; 2],
}

/// The first bytes of the file.
pub(crate) const MAGIC: &[u8] = b"copydesk5";

/// One part of a model file, to which a file is [`MAGIC`] and the parts of both kinds of page.
pub(crate) fn part(words: &[TokenEntry], fitted: &Fitted, quality: &[(f32, f32)]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    out.extend(u32::try_from(words.len()).map_err(|_| "words")?.to_le_bytes());
    words.iter().for_each(|(hash, _)| out.extend(hash.to_le_bytes()));
    words.iter().flat_map(|(_, odds)| odds).for_each(|odds| out.extend(odds.to_le_bytes()));
    net(fitted, &mut out)?;
    out.push(u8::try_from(quality.len()).map_err(|_| "points of the curve")?);
    numbers(quality.iter().flat_map(|point| [point.0, point.1]), &mut out);
    Ok(out)
}

fn numbers(values: impl IntoIterator<Item = f32>, out: &mut Vec<u8>) {
    values.into_iter().for_each(|value| out.extend(value.to_le_bytes()));
}

fn net(net: &Fitted, out: &mut Vec<u8>) -> Result<(), String> {
    let count = |len: usize| u16::try_from(len).map_err(|_| "too many inputs");
    out.extend(count(net.scaled.len())?.to_le_bytes());
    for input in &net.scaled {
        out.extend(name_hash(&input.name).to_le_bytes());
        numbers([input.scale].into_iter().chain(input.weights.iter().copied()), out);
    }
    out.extend(count(net.named.len())?.to_le_bytes());
    for input in &net.named {
        out.extend(name_hash(&input.name).to_le_bytes());
        numbers([input.value].into_iter().chain(input.weights.iter().copied()), out);
    }
    numbers(net.mass.iter().chain(&net.bias).copied(), out);
    out.push(u8::try_from(net.layers.len()).map_err(|_| "too many layers")?);
    for layer in &net.layers {
        out.extend([layer.reach, u8::from(layer.means.is_some()), u8::from(layer.memory.is_some())]);
        let means = layer.means.iter().flatten();
        let memory =
            layer.memory.iter().flat_map(|memory| memory.gates.iter().chain([&memory.bias]).chain(&memory.weights));
        let around = layer.kernel.iter().chain(means).chain(memory);
        numbers(around.chain(&layer.mix).chain([&layer.bias]).flatten().copied(), out);
    }
    numbers(net.out.iter().copied().chain([net.out_bias]), out);
    Ok(())
}
