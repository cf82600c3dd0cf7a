//! Checks that the library computes what the fitting script computed: the same log-odds from the same rows.

use crate::corpus::Sample;
use crate::dump::{KINDS, PageInfo, analysis};
use crate::parallel;
use copydesk::internals::Model;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Maximum difference of two probabilities. They differ because sums are taken in another order.
const TOLERANCE: f32 = 0.01;

/// Compares the probability of each block by its fold's model with what the script wrote to `OUT/KIND.oof`.
pub(crate) fn report(samples: &[Sample], models: &[Model], out: &Path) -> io::Result<()> {
    let by_key: HashMap<String, &Sample> = samples.iter().map(|sample| (sample.key(), sample)).collect();
    for kind in KINDS {
        let bytes = fs::read(out.join(format!("{kind}.oof")))?;
        let odds: Vec<f32> = bytes.as_chunks().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        let (mut pages, mut start) = (Vec::new(), 0);
        for line in BufReader::new(File::open(out.join(format!("{kind}.pages.jsonl")))?).lines() {
            let info: PageInfo = serde_json::from_str(&line?)?;
            let end = start + info.body.len();
            if by_key.contains_key(&format!("{}/{}", info.corpus, info.id)) {
                pages.push((info, start..end));
            }
            start = end;
        }
        let differences = parallel::map(&pages, |(info, range)| {
            let sample = by_key.get(&format!("{}/{}", info.corpus, info.id))?;
            let found = analysis(sample)?.probabilities(&models[info.fold]);
            let odds = odds.get(range.clone()).filter(|odds| odds.len() == found.len())?;
            let differences = odds.iter().zip(&found).map(|(odds, found)| (1.0 / (1.0 + (-odds).exp()) - found).abs());
            Some(differences.fold(0.0, f32::max))
        });
        let far = differences.iter().filter(|difference| difference.is_none_or(|far| far > TOLERANCE)).count();
        println!("{kind}: {far} of {} pages differ from the script by more than {TOLERANCE}", differences.len());
    }
    Ok(())
}
