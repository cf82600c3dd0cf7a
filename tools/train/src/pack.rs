//! Fitted trees into a model file. `src/score` of the library reads it and describes the layout.

use copydesk::internals::TokenEntry;
use serde::Deserialize;
use std::collections::BTreeMap;

/// A forest as LightGBM's `dump_model` describes it, as far as we use it.
#[derive(Debug, Deserialize)]
pub(crate) struct Fitted {
    feature_names: Vec<String>,
    tree_info: Vec<FittedTree>,
}

#[derive(Debug, Deserialize)]
struct FittedTree {
    tree_structure: FittedNode,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum FittedNode {
    Fork { split_feature: usize, threshold: f64, left_child: Box<FittedNode>, right_child: Box<FittedNode> },
    Leaf { leaf_value: f64 },
}

/// What becomes one part of a model file.
pub(crate) struct Part<'a> {
    pub(crate) words: &'a [TokenEntry],
    pub(crate) first: &'a Fitted,
    pub(crate) second: &'a Fitted,
    pub(crate) quality: &'a [(f32, f32)],
}

/// The whole file.
pub(crate) fn pack(html: &Part<'_>, text: &Part<'_>) -> Result<Vec<u8>, String> {
    let mut out = b"copydesk2".to_vec();
    for part in [html, text] {
        out.extend(u32::try_from(part.words.len()).map_err(|_| "words")?.to_le_bytes());
        part.words.iter().for_each(|(hash, _)| out.extend(hash.to_le_bytes()));
        part.words.iter().flat_map(|(_, odds)| odds).for_each(|odds| out.extend(odds.to_le_bytes()));
        forest(part.first, &mut out)?;
        forest(part.second, &mut out)?;
        out.push(u8::try_from(part.quality.len()).map_err(|_| "points of the curve")?);
        for point in part.quality {
            out.extend(point.0.to_le_bytes());
            out.extend(point.1.to_le_bytes());
        }
    }
    Ok(out)
}

/// `x <= threshold` for `f32` values of `x` is the same as `x <=` the greatest `f32` that is not above the threshold.
fn narrow(threshold: f64) -> f32 {
    let near = threshold as f32;
    if f64::from(near) > threshold { near.next_down() } else { near }
}

fn forest(fitted: &Fitted, out: &mut Vec<u8>) -> Result<(), String> {
    // The columns that are used, by ascending index, each with its thresholds in order.
    let mut used: BTreeMap<usize, Vec<f32>> = BTreeMap::new();
    let mut pending: Vec<&FittedNode> = fitted.tree_info.iter().map(|tree| &tree.tree_structure).collect();
    while let Some(node) = pending.pop() {
        if let FittedNode::Fork { split_feature, threshold, left_child, right_child } = node {
            used.entry(*split_feature).or_default().push(narrow(*threshold));
            pending.extend([&**left_child, &**right_child]);
        }
    }
    for thresholds in used.values_mut() {
        thresholds.sort_by(f32::total_cmp);
        thresholds.dedup();
    }
    if used.len() > 255 {
        return Err(format!("{} columns used, 255 are the limit", used.len()));
    }
    out.push(used.len() as u8);
    for (&column, thresholds) in &used {
        let name = fitted.feature_names.get(column).ok_or("a column without a name")?;
        out.extend(copydesk::internals::name_hash(name).to_le_bytes());
        out.push(u8::try_from(thresholds.len()).map_err(|_| format!("more than 255 thresholds for {name}"))?);
        thresholds.iter().for_each(|threshold| out.extend(threshold.to_le_bytes()));
    }
    // LightGBM has the mean in the leaves of the first tree.
    out.extend(0.0_f32.to_le_bytes());
    out.extend(u16::try_from(fitted.tree_info.len()).map_err(|_| "trees")?.to_le_bytes());
    for fitted in &fitted.tree_info {
        tree(&fitted.tree_structure, &used, out)?;
    }
    Ok(())
}

/// Nodes breadth first, so that the two children of a node follow each other.
fn tree(root: &FittedNode, used: &BTreeMap<usize, Vec<f32>>, out: &mut Vec<u8>) -> Result<(), String> {
    let mut nodes = vec![root];
    let mut bytes = Vec::new();
    let mut at = 0;
    while at < nodes.len() {
        match nodes[at] {
            FittedNode::Leaf { leaf_value } => {
                bytes.push(255);
                bytes.extend((*leaf_value as f32).to_le_bytes());
            }
            FittedNode::Fork { split_feature, threshold, left_child, right_child } => {
                let column = used.keys().position(|column| column == split_feature).ok_or("an unused column")?;
                let bin = used[split_feature].partition_point(|known| *known < narrow(*threshold));
                bytes.extend([column as u8, bin as u8, u8::try_from(nodes.len()).map_err(|_| "a tree too large")?]);
                nodes.extend([&**left_child, &**right_child]);
            }
        }
        at += 1;
    }
    if nodes.len() > 64 {
        return Err(format!("a tree of {} nodes, 64 are the limit", nodes.len()));
    }
    out.push(nodes.len() as u8);
    out.extend(bytes);
    Ok(())
}
