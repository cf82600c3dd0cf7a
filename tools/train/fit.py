"""Fits the forests to the rows that `train dump` wrote; `train pack` makes the model file of them.

    fit.py OUT first|second [--kind html|text] [--set name=value ...]

For each kind of page one forest a fold that has not seen the fold's sites, and one of everything:
OUT/KIND.STAGE.FOLD.json (LightGBM's dump, FOLD 0 to 4 or "all"). The first stage also leaves
OUT/KIND.oof: for each row what the forest says that has not seen its site.

Everything is seeded and deterministic: the same rows give the same files. `--set` tries other
parameters without editing this file.
"""
import argparse
import json
import multiprocessing
import os
import time
import zlib
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
import lightgbm as lgb
import numpy as np

FOLDS = 5
SEED = 17
# Blocks of one page that are fitted: a page of 3,000 cells has no more to teach than one of 100, and time matters.
SAMPLE = 150
# The same for pages that were made of others and repeat their blocks.
SAMPLE_MADE = 50
# What a page of each corpus weighs against one of wcxb, whose pages are the most: about the square root of how
# much rarer the corpus is, so that stricter definitions of a body (fundus) and other scripts (cjk) are heard.
CORPUS_WEIGHT = {"wcxb": 1.0, "fundus": 2.5, "cjk": 3.0, "trafilatura": 1.5, "text-dev": 1.0, "made": 0.6, "planted": 0.5}
# Pages made of others say little new about markup, which they take from the page they were made of.
MADE_WITH_MARKUP = 0.15
# Truth words assumed where only segments are known.
SEGMENT_TRUTH = 400
# Columns that know letters' case: without meaning in most scripts, so hidden in part of the training pages.
CASE_COLUMNS = ("upper", "capitalised", "word_length", "starts_lower")
CASE_HIDDEN_SHARE = 0.4

COMMON = dict(num_leaves=31, learning_rate=0.1, feature_fraction=0.3, min_data_in_leaf=40, lambda_l2=5.0, max_depth=9)
PARAMS = {
    # Thresholds are drawn, not searched for: single trees fit worse, but the forest keeps its figures on sites unlike
    # the fitted ones (readability, which is not fitted: 0.939 against 0.924 word F1 of this stage; cjk 0.976 against 0.961).
    ("first", "html"): dict(COMMON, rounds=250, extra_trees=True, extra_seed=SEED),
    # Flattened text has no templates to learn by heart, and there drawn thresholds lose 0.004.
    ("first", "text"): dict(COMMON, rounds=180),
    # Its loss is no better than the first stage's, but the mean of both gains 0.003 word F1; not with drawn thresholds.
    ("second", "html"): dict(COMMON, rounds=80),
    ("second", "text"): dict(COMMON, rounds=80),
}


class Rows:
    """The rows of one kind of page, on disk, and what is known of them."""

    def __init__(self, out, kind, stage):
        self.markup = kind == "html"
        first_names, second_names = json.loads((out / "columns.json").read_text())
        self.pages = [json.loads(line) for line in (out / f"{kind}.pages.jsonl").open()]
        self.names = list(first_names)
        self.parts = [np.memmap(out / f"{kind}.rows", dtype="<f4", mode="r").reshape(-1, len(first_names))]
        if stage == "second":
            self.parts.append(np.memmap(out / f"{kind}.more", dtype="<f4", mode="r").reshape(-1, len(second_names)))
            self.names += second_names
        self.fold = np.concatenate([np.full(len(p["body"]), p["fold"]) for p in self.pages])

    def at(self, index):
        return np.hstack([part[index] for part in self.parts])

    def weight(self, page):
        return MADE_WITH_MARKUP if self.markup and page["corpus"] == "made" else CORPUS_WEIGHT[page["corpus"]]

    def to_fit(self):
        """Rows that are fitted: index, label, weight, fold, whether case is hidden."""
        found, start = [], 0
        for page in self.pages:
            n = len(page["body"])
            start += n
            if not page["fitted"]:
                continue
            chance = np.random.default_rng([SEED, zlib.crc32(f"{page['corpus']}/{page['id']}".encode())])
            hidden = chance.random() < CASE_HIDDEN_SHARE
            keep = np.flatnonzero(np.array(page["known"], bool))
            most = SAMPLE_MADE if page["corpus"] in ("made", "planted") else SAMPLE
            scale = max(1.0, len(keep) / most)
            if len(keep) > most:
                keep = np.sort(chance.choice(keep, most, replace=False))
            truth = page["truth_words"]
            truth = SEGMENT_TRUTH if truth is None else truth
            words = np.array(page["words"], float)[keep]
            weight = np.log1p(words) * (0.3 + 300.0 / (truth + 100.0)) * scale * self.weight(page)
            found.append((start - n + keep, np.array(page["body"])[keep], weight,
                          np.full(len(keep), page["fold"]), np.full(len(keep), hidden)))
        return tuple(np.concatenate(part) for part in zip(*found))


def fit_one(job):
    """One forest; the out-of-fold probabilities of its fold and the gain of each column."""
    out, kind, stage, fold, params = job
    rows = Rows(out, kind, stage)
    index, label, weight, folds, hidden = rows.to_fit()
    seen = folds != fold
    index, label, weight, hidden = index[seen], label[seen], weight[seen], hidden[seen]
    values = rows.at(index)
    for name in CASE_COLUMNS:
        if name in rows.names:
            values[hidden, rows.names.index(name)] = -1.0
    rounds = params["rounds"]
    settings = dict({k: v for k, v in params.items() if k != "rounds"}, objective="cross_entropy", max_bin=63, seed=SEED,
                    deterministic=True, force_row_wise=True, num_threads=1, verbose=-1, use_missing=False)
    booster = lgb.train(settings, lgb.Dataset(values, label, weight=weight / weight.mean()), num_boost_round=rounds)
    trees = [{"tree_structure": tree["tree_structure"]} for tree in booster.dump_model()["tree_info"]]
    name = "all" if fold == FOLDS else fold
    (out / f"{kind}.{stage}.{name}.json").write_text(json.dumps({"feature_names": rows.names, "tree_info": trees}))
    here = np.flatnonzero(rows.fold == fold)
    oof = booster.predict(rows.at(here), num_threads=1) if len(here) else np.zeros(0)
    return here, oof, booster.feature_importance("gain")


def loss(p, label, weight):
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return -np.average(label * np.log(p) + (1 - label) * np.log(1 - p), weights=weight)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", type=Path)
    ap.add_argument("stage", choices=["first", "second"])
    ap.add_argument("--kind", choices=["html", "text"])
    ap.add_argument("--set", nargs="*", default=[])
    ap.add_argument("--no-full", action="store_true", help="folds only, to compare parameters")
    a = ap.parse_args()
    others = {k: json.loads(v) for k, v in (setting.split("=") for setting in a.set)}
    for kind in [a.kind] if a.kind else ["html", "text"]:
        params = PARAMS[a.stage, kind] | others
        if not (a.out / f"{kind}.rows").stat().st_size:
            continue
        start = time.monotonic()
        rows = Rows(a.out, kind, a.stage)
        jobs = [(a.out, kind, a.stage, fold, params) for fold in range(FOLDS + (not a.no_full))]
        with multiprocessing.get_context("spawn").Pool(2) as pool:
            done = pool.map(fit_one, jobs, chunksize=1)
        oof, gain = np.zeros(len(rows.fold)), 0.0
        for here, probability, part in done:
            oof[here] = probability
            gain = gain + part
        if a.stage == "first":
            oof.astype("<f4").tofile(a.out / f"{kind}.oof")
        index, label, weight, _, _ = rows.to_fit()
        print(f"{kind} {a.stage}: {len(index)} rows of {len(oof)}, loss {loss(oof[index], label, weight):.4f},"
              f" {time.monotonic() - start:.0f} s", flush=True)
        ranked = sorted(zip(gain / gain.sum(), rows.names), reverse=True)
        (a.out / f"{kind}.{a.stage}.gain.txt").write_text("".join(f"{g:.4f} {n}\n" for g, n in ranked))


if __name__ == "__main__":
    main()
