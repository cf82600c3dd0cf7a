"""Fits the networks to the rows that `train dump` wrote; `train pack` makes the model file of them.

    fit.py OUT [--kind html|text] [--folds 0,1,...] [--set name=value ...]

For each kind of page a network for each fold that has not seen the fold's sites, and one of everything: OUT/KIND.FOLD.json
(FOLD 0 to 4 or "all"), and OUT/KIND.oof: for each row the log-odds of the network that has not seen its site, 0 for rows of
made pages and of folds that were not asked for. `src/score/net.rs` describes the network; what is computed here must be computed there.

Those of the folds are fitted twice: first to the truths, then anew to the truths and to what the first says of the same pages
(Furlanello et al. 2018, "Born-Again Neural Networks"): truths disagree, and what a network makes of them is smoother. The one of
everything is fitted to the truths and to what those of the folds say on average.

Everything is seeded: the same rows and versions give the same files. `--set` tries
other parameters without editing this file.
"""
import argparse
import json
import multiprocessing
import os
import time
import zlib
from pathlib import Path

# Products are not split over threads, so that sums keep their order; two networks are fitted at a time instead.
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.environ["OMP_NUM_THREADS"] = "1"
import jax
import jax.numpy as jnp
import numpy as np

FOLDS = 5
SEED = 17
# What a page of each corpus weighs against one of wcxb, whose pages are the most: about the square root of how
# much rarer the corpus is, so that stricter definitions of a body (fundus) and other scripts (cjk) are heard.
CORPUS_WEIGHT = {"wcxb": 1.0, "fundus": 2.5, "cjk": 3.0, "trafilatura": 1.5, "text-dev": 1.0, "made": 0.6, "extended": 0.3,
                 "planted": 0.5}
# Corpora of pages made of others: a part of them in each epoch, and none of them is measured.
MADE = ("made", "extended")
# Pages made of others say little new about markup, which they take from the page they were made of.
MADE_WITH_MARKUP = 0.15
# Truth words assumed where only segments are known.
SEGMENT_TRUTH = 400
# Columns that know letters' case, with what they hold in scripts that have none: hidden so in part of the training pages.
CASE_COLUMNS = {"upper": -1.0, "capitalised": -1.0, "word_length": -1.0, "starts_lower": 0.0}
CASE_HIDDEN_SHARE = 0.4
# Columns whose values are names, not amounts: each value gets weights of its own.
NAMED = ("kind", "before.kind", "after.kind", "tag", "role", "heading")
# Columns that are always the same in flattened text, which its network goes without.
MARKUP_ONLY = ("picture.before", "picture.in", "picture.after", "picture.alternative", "picture.since", "picture.units",
               "picture.blocks", "picture.prose", "picture.up", "centred", "page.centred")
# Blocks of a page that are fitted at once; of a longer one another stretch each time.
LENGTHS = (64, 128, 256, 512, 1024, 2048)
BATCH = 4096

COMMON = dict(width=32, reaches=[1, 2, 4, 8, 16], listening=[0, 2], remembering=[0, 2], epochs=20, rate=0.006, decay=0.1,
              drop_input=0.3, drop_hidden=0.15, made=0.3, overlap=1.0, taught=0.7, seed=SEED, last=1)
PARAMS = {
    # Of five starts of the last fit, the one that does best on fixtures and tests: see data/model/README.md.
    "html": dict(COMMON, last=4),
    # Flattened text has no boxes: what tells a sentence is farther away, and there are fewer columns to lean on.
    "text": dict(COMMON, reaches=[1, 2, 4, 8, 16, 32], listening=[0, 2, 4], remembering=[0, 2, 4], epochs=16, decay=0.05,
                 drop_input=0.25, made=0.5),
}


class Pages:
    """The pages of one kind with their rows."""

    def __init__(self, out, kind):
        names = json.loads((out / "columns.json").read_text())
        self.all_rows = np.memmap(out / f"{kind}.rows", dtype="<f4", mode="r").reshape(-1, len(names))
        self.columns = [at for at, name in enumerate(names) if kind == "html" or name not in MARKUP_ONLY]
        self.names = [names[at] for at in self.columns]
        self.around = np.memmap(out / f"{kind}.around", dtype="<u4", mode="r").reshape(-1, 9)
        self.pages = [json.loads(line) for line in (out / f"{kind}.pages.jsonl").open()]
        start = 0
        for page in self.pages:
            page["start"], start = start, start + len(page["body"])
            for name, dtype in (("body", np.float32), ("words", np.float32), ("known", bool)):
                page[name] = np.array(page[name], dtype)
            truth = page["truth_words"]
            page["truth"] = SEGMENT_TRUTH if truth is None else max(truth, float((page["words"] * page["body"]).sum()))
            # What a network is fitted to: later also what another says.
            page["label"] = page["body"]
            page["weight"] = CORPUS_WEIGHT.get(page["corpus"], 0.0)
            if kind == "html" and page["corpus"] == "made":
                page["weight"] = MADE_WITH_MARKUP
            chance = np.random.default_rng([SEED, zlib.crc32(f"{page['corpus']}/{page['id']}".encode())])
            page["caseless"] = chance.random() < CASE_HIDDEN_SHARE
        self.scaling()

    def scaling(self):
        """How the columns become inputs: `x / (|x| + scale)`, which keeps any value within ±1, then mean 0 and deviation 1."""
        sample = np.sort(np.random.default_rng(SEED).choice(len(self.all_rows), min(60_000, len(self.all_rows)), replace=False))
        sample = self.rows(sample)
        size = np.abs(sample)
        # Distances to what the page does not have are 1e6 and say nothing of how far "far" is; -1 is what nothing is known of.
        near = [c[(c > 0) & (c < 1e5) & (raw != -1)] for c, raw in zip(size.T, sample.T)]
        self.scale = np.array([np.median(c) if len(c) else 1.0 for c in near], np.float32)
        self.case = [self.names.index(name) for name in CASE_COLUMNS]
        self.named = {}
        for name in NAMED:
            at = self.names.index(name)
            values, counts = np.unique(sample[:, at], return_counts=True)
            self.named[at] = values[counts >= 50]
        self.mean, self.deviation = 0.0, 1.0
        inputs = self.inputs(sample)
        self.mean = inputs.mean(0)
        # A column that is nearly always the same must not shout when it is not.
        self.deviation = np.maximum(inputs.std(0), 0.05)

    def rows(self, which):
        return self.all_rows[which][:, self.columns]

    def inputs(self, rows):
        scaled = rows / (np.abs(rows) + self.scale)
        named = [rows[:, at, None] == values[None, :] for at, values in self.named.items()]
        return ((np.hstack([scaled, *named, mass(rows)[:, None]]) - self.mean) / self.deviation).astype(np.float32)

    def example(self, page, length, chance=None, caseless=True):
        """One page as the arrays of a batch of one, padded to `length`; a longer one is cut, by chance or at its start.

        The case of its letters is hidden where chance has it so, but with `caseless` False.
        """
        count = len(page["body"])
        first = chance.integers(0, count - length + 1) if chance is not None and count > length else 0
        return self.stretch(page, first, min(first + length, count), length, caseless and page["caseless"])

    def stretch(self, page, first, last, length, caseless):
        here, count = slice(page["start"] + first, page["start"] + last), last - first
        rows = self.rows(here)
        if caseless:
            rows[:, self.case] = list(CASE_COLUMNS.values())
        pad = lambda values: np.pad(values, [(0, length - count)] + [(0, 0)] * (values.ndim - 1))
        ranges = np.clip(self.around[here, :8].astype(np.int32) - first, 0, count)
        group = np.unique(self.around[here, 8], return_inverse=True)[1].astype(np.int32)
        known, words = page["known"][first:last], page["words"][first:last]
        body = page["label"][first:last]
        whole = page["truth_words"] is not None
        return dict(
            inputs=pad(self.inputs(rows)),
            real=pad(np.ones(count, np.float32)),
            mass=pad(mass(rows)),
            ranges=pad(ranges),
            group=np.pad(group, (0, length - count), constant_values=length - 1),
            body=pad(body),
            loss=pad((np.log1p(words) * known * (0.3 + 300.0 / (page["truth"] + 100.0))).astype(np.float32)),
            words=pad(words * known),
            truth=np.float32(page["truth"] if count == len(page["body"]) else (words * body).sum()),
            weight=np.float32(page["weight"]),
            whole=np.float32(whole),
        )


def mass(rows):
    """What a block weighs in the means over boxes and groups, by its units, which are the first column."""
    return np.log1p(rows[:, 0]) + 0.3


def stack(examples):
    return {name: jnp.asarray(np.stack([example[name] for example in examples])) for name in examples[0]}


def start(key, inputs, p):
    """The weights before the first step."""
    width = p["width"]
    keys = iter(jax.random.split(key, 3 * len(p["reaches"]) + 2))
    mix = lambda rows, gain=1.0: jax.random.normal(next(keys), (rows, width)) * gain / np.sqrt(rows)
    layers = []
    for at, _ in enumerate(p["reaches"]):
        layer = dict(taps=0.3 + 0.2 * jax.random.normal(next(keys), (3, width)), mix=mix(width), bias=jnp.zeros(width))
        if at in p["listening"]:
            layer["ears"] = 0.1 * jax.random.normal(next(keys), (6, width))
        if at in p["remembering"]:
            layer["memory"] = memory(jax.random.fold_in(key, at), width)
        layers.append(layer)
    return dict(
        embed=mix(inputs, 1.4),
        bias=jnp.zeros(width),
        layers=layers,
        out=0.1 * jax.random.normal(next(keys), (width,)) / np.sqrt(width),
        out_bias=jnp.zeros(()),
    )


def memory(key, width):
    """The weights of a layer's memory, which at first forgets half within one to 64 blocks."""
    paces, gates, heard = jax.random.split(key, 3)
    opening = 2 * jnp.exp2(-1 - 5 * jax.random.uniform(paces, (width,))) - 1
    return dict(
        gates=0.3 * jax.random.normal(gates, (width, width)) / np.sqrt(width),
        bias=opening / jnp.sqrt(1 - opening**2),
        heard=0.1 * jax.random.normal(heard, (2, width)),
    )


def log_odds(net, batch, p, key=None):
    """What the network says of each block; with a key, parts of it are dropped (Srivastava et al. 2014)."""
    count = len(p["reaches"]) + 1
    drop_inputs, *drop_hidden = [None] * count if key is None else jax.random.split(key, count)
    drop = lambda key, share, size: 1.0 if key is None else jax.random.bernoulli(key, 1 - share, size) / (1 - share)
    inputs, real, mass = batch["inputs"], batch["real"], batch["mass"]
    pages, length, columns = inputs.shape
    width = p["width"]
    h = jax.nn.relu(inputs * drop(drop_inputs, p["drop_input"], (pages, 1, columns)) @ net["embed"] + net["bias"])
    h = h * real[:, :, None]
    ranges, group = batch["ranges"], (batch["group"] + length * jnp.arange(pages)[:, None]).reshape(-1)
    running = lambda values: jnp.pad(jnp.cumsum(values, 1), [(0, 0), (1, 0)] + [(0, 0)] * (values.ndim - 2))
    masses, group_mass = running(mass), jax.ops.segment_sum(mass.reshape(-1), group, pages * length)

    def shifted(values, by):
        if abs(by) >= length:
            return jnp.zeros_like(values)
        rest = ((by, 0) if by > 0 else (0, -by))
        cut = values[:, :-by] if by > 0 else values[:, -by:]
        return jnp.pad(cut, [(0, 0), rest, (0, 0)])

    for layer, reach, layer_key in zip(net["layers"], p["reaches"], drop_hidden):
        taps = layer["taps"]
        heard = taps[0] * shifted(h, reach) + taps[1] * h + taps[2] * shifted(h, -reach)
        if "ears" in layer:
            weighed = h * mass[:, :, None]
            sums = running(weighed)
            for ear, (a, b) in zip(layer["ears"], ((0, 1), (2, 3), (4, 5), (6, 7))):
                a, b = ranges[:, :, a], ranges[:, :, b]
                over = jnp.take_along_axis(sums, b[:, :, None], 1) - jnp.take_along_axis(sums, a[:, :, None], 1)
                held = jnp.take_along_axis(masses, b, 1) - jnp.take_along_axis(masses, a, 1)
                heard = heard + ear * over / (held + 1e-3)[:, :, None]
            groups = jax.ops.segment_sum(weighed.reshape(-1, width), group, pages * length)
            groups = groups / (group_mass[:, None] + 1e-3)
            heard = heard + layer["ears"][4] * groups[group].reshape(pages, length, width)
            heard = heard + layer["ears"][5] * (sums[:, -1] / (masses[:, -1:] + 1e-3))[:, None, :]
        if "memory" in layer:
            gates = h @ layer["memory"]["gates"] + layer["memory"]["bias"]
            gates = (0.5 + 0.5 * gates / jnp.sqrt(1 + gates**2)) * real[:, :, None]
            for state, weights, step in zip(remembered(gates, h), layer["memory"]["heard"], (1, -1)):
                heard = heard + weights * shifted(state, step)
        said = jax.nn.relu(heard @ layer["mix"] + layer["bias"])
        h = (h + said * drop(layer_key, p["drop_hidden"], (pages, 1, width))) * real[:, :, None]
    return h @ net["out"] + net["out_bias"]


def remembered(gates, h):
    """The states of a memory after each block, on the way forward and on the way back. Each gate is for two numbers: half of
    them for the way forward, half for the way back."""
    forward, back = jnp.split(gates, 2, 2)
    gates = jnp.tile(jnp.stack([forward, back[:, ::-1]]), 2)
    values = jnp.stack([h, h[:, ::-1]])

    def step(state, block):
        gate, value = block
        state = state + gate * (value - state)
        return state, state

    along = lambda part: jnp.moveaxis(part, 2, 0)
    states = jax.lax.scan(step, jnp.zeros_like(along(values)[0]), (along(gates), along(values)))[1]
    forward, back = jnp.moveaxis(states, 0, 2)
    return forward, back[:, ::-1]


def loss(net, batch, key, p):
    """Cross entropy by block, and by page one minus the F1 score with probabilities for decisions (Milletari et al. 2016)."""
    odds = log_odds(net, batch, p, key)
    entropy = jnp.maximum(odds, 0) - odds * batch["body"] + jnp.log1p(jnp.exp(-jnp.abs(odds)))
    kept = batch["words"] * jax.nn.sigmoid(odds)
    overlap = 1 - 2 * (kept * batch["body"]).sum(1) / (kept.sum(1) + batch["truth"] + 1)
    page = (entropy * batch["loss"]).sum(1) / 300.0 + p["overlap"] * overlap * batch["whole"]
    return (page * batch["weight"]).sum()


def fit_fold(job):
    """The network of a fold, fitted twice: writes it, and answers it and the log-odds of the fold's pages, each with its first row."""
    out, kind, fold, p = job
    data = Pages(out, kind)
    seen = fitted(data, fold)
    teach(data, seen, [fit(data, seen, p, p["seed"], fold)], p)
    net = fit(data, seen, p, p["seed"] + 1, fold)
    write(out / f"{kind}.{fold}.json", data, net, p)
    unseen = [page for page in data.pages if page["fold"] == fold and page["corpus"] not in MADE]
    return kind, jax.device_get(net), [(page["start"], odds[0]) for page, odds in said(data, unseen, [net], p)]


def fit_all(job):
    """Writes the network of all pages, which the networks of the folds teach: of five the chances of single fits cancel out."""
    out, kind, teachers, p = job
    data = Pages(out, kind)
    seen = fitted(data, FOLDS)
    teach(data, seen, teachers, p)
    write(out / f"{kind}.all.json", data, fit(data, seen, p, p["seed"] + p["last"], FOLDS), p)


def fitted(data, fold):
    """The pages that a network is fitted to: all whose truth says something, but not those of the fold's sites."""
    return [page for page in data.pages if page["fold"] != fold and page["fitted"] and page["known"].any()]


def teach(data, pages, teachers, p):
    """Mixes into the labels of `pages` what the teachers say of them on average."""
    for page, odds in said(data, pages, teachers, p):
        page["label"] = (1 - p["taught"]) * page["body"] + p["taught"] * (1 / (1 + np.exp(-odds))).mean(0)


def fit(data, pages, p, seed, fold):
    """The weights of a network fitted to the labels of `pages`."""
    chance = np.random.default_rng([seed, fold])
    key, net_key = jax.random.split(jax.random.PRNGKey(seed * 100 + fold))
    net = start(net_key, len(data.mean), p)
    tree = jax.tree_util.tree_map
    mean, square = tree(jnp.zeros_like, net), tree(jnp.zeros_like, net)
    settled = None

    @jax.jit
    def step(net, mean, square, batch, key, rate, count):
        # Adam with decoupled decay (Loshchilov & Hutter 2019), the gradient cut at norm 1.3.
        gradient = jax.grad(loss)(net, batch, key, p)
        norm = jnp.sqrt(sum(jnp.vdot(part, part) for part in jax.tree_util.tree_leaves(gradient)))
        gradient = tree(lambda g: g * jnp.minimum(1.0, 1.3 / (norm + 1e-6)), gradient)
        mean = tree(lambda m, g: 0.9 * m + 0.1 * g, mean, gradient)
        square = tree(lambda s, g: 0.98 * s + 0.02 * g * g, square, gradient)
        move = lambda m, s: (m / (1 - 0.9**count)) / (jnp.sqrt(s / (1 - 0.98**count)) + 1e-6)
        net = tree(lambda w, m, s: w * (1 - rate * p["decay"]) - rate * move(m, s), net, mean, square)
        return net, mean, square

    length = lambda page: next((n for n in LENGTHS if len(page["body"]) <= n), LENGTHS[-1])
    done, total = 0, None
    for epoch in range(p["epochs"]):
        by_length = {}
        for page in pages:
            if page["corpus"] not in MADE or chance.random() < p["made"]:
                by_length.setdefault(length(page), []).append(page)
        batches = []
        for size, of_size in sorted(by_length.items()):
            chance.shuffle(of_size)
            each = max(1, BATCH // size)
            # What does not fill a batch comes another time: each size of batch would be compiled anew.
            batches += [(size, of_size[at : at + each]) for at in range(0, len(of_size) - each + 1, each)]
        total = total or len(batches) * p["epochs"]
        for at in chance.permutation(len(batches)):
            size, of_batch = batches[at]
            batch = stack([data.example(page, size, chance) for page in of_batch])
            part = min(1.0, done / total)
            rate = p["rate"] * min(1.0, (done + 1) / 60) * (0.5 * (1 + np.cos(np.pi * part)) + 0.01)
            key, now = jax.random.split(key)
            done += 1
            net, mean, square = step(net, mean, square, batch, now, rate, float(done))
            if part > 0.6:
                settled = net if settled is None else tree(lambda s, w: 0.99 * s + 0.01 * w, settled, net)
    return settled


def said(data, pages, nets, p):
    """Each page with what each network says of each of its blocks."""
    nets = jax.tree_util.tree_map(lambda *parts: jnp.stack(parts), *nets)
    says = jax.jit(jax.vmap(lambda net, batch: log_odds(net, batch, p), (0, None)))
    for page in pages:
        # Without stretches: each length of its own would be compiled anew, so to the next power of two.
        count = len(page["body"])
        size = max(64, 1 << (count - 1).bit_length())
        yield page, np.array(says(nets, stack([data.example(page, size, caseless=False)]))[:, 0, :count])


def write(path, data, net, p):
    """The network as JSON, with the deviations and means of the inputs taken into the weights."""
    embed = np.array(net["embed"], np.float64) / data.deviation[:, None]
    bias = np.array(net["bias"], np.float64) - data.mean @ embed
    scaled = [dict(name=n, scale=float(s), weights=w.tolist()) for n, s, w in zip(data.names, data.scale, embed)]
    named, at = [], len(data.names)
    for column, values in data.named.items():
        for value in values:
            named.append(dict(name=data.names[column], value=float(value), weights=embed[at].tolist()))
            at += 1
    mass_weights = embed[-1].tolist()
    lists = lambda part: jax.tree_util.tree_map(lambda values: np.array(values).tolist(), part)
    layers = [dict(reach=reach, **lists(layer)) for reach, layer in zip(p["reaches"], net["layers"])]
    path.write_text(json.dumps(dict(scaled=scaled, named=named, mass=mass_weights, bias=bias.tolist(), layers=layers,
                                    out=np.array(net["out"]).tolist(), out_bias=float(net["out_bias"]))))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", type=Path)
    ap.add_argument("--kind", choices=["html", "text"])
    ap.add_argument("--folds", default=",".join(map(str, range(FOLDS))), help="the network of everything only follows all of them")
    ap.add_argument("--set", nargs="*", default=[])
    a = ap.parse_args()
    others = {k: json.loads(v) for k, v in (setting.split("=") for setting in a.set)}
    kinds = [kind for kind in ([a.kind] if a.kind else ["html", "text"]) if (a.out / f"{kind}.rows").stat().st_size]
    folds = [int(fold) for fold in a.folds.split(",")]
    began = time.monotonic()
    params = {kind: PARAMS[kind] | others for kind in kinds}
    teachers = {kind: [] for kind in kinds}
    oof = {kind: np.zeros((a.out / f"{kind}.around").stat().st_size // 36, "<f4") for kind in kinds}
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        # In the order of the jobs, since sums of floats keep theirs.
        for kind, net, found in pool.imap(fit_fold, [(a.out, kind, fold, params[kind]) for kind in kinds for fold in folds]):
            teachers[kind].append(net)
            for first, odds in found:
                oof[kind][first : first + len(odds)] = odds
        for kind in kinds:
            oof[kind].tofile(a.out / f"{kind}.oof")
        print(f"folds: {time.monotonic() - began:.0f} s", flush=True)
        if len(folds) == FOLDS:
            pool.map(fit_all, [(a.out, kind, teachers[kind], params[kind]) for kind in kinds])
            print(f"all: {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
