"""Fits the tables of title, people and date, and reports how right they are on sites they have not seen.

    meta.py CORPUS_ROOT SCORE_FOLDER OUT fit
    meta.py CORPUS_ROOT SCORE_FOLDER OUT report DATA

`train meta` writes OUT/candidates.jsonl (and OUT/made.jsonl, pages made by flattening others), calls `fit` (OUT/FIELD.FOLD.txt, FOLD 0 to 4 or "all"), chooses anew with the tables
of each page's fold (OUT/chosen.jsonl) and calls `report`: it prints the figures, lists what is wrong in OUT/FIELD.errors.txt
and writes DATA/FIELD.txt, the table of all pages with the worth of what it says.

Each table is a conditional logit over the candidates of a page and the chance that none of them is right, with boosted trees
(OUT/FIELD.FOLD.trees.txt) for what it cannot say. Everything is deterministic: the same candidates give the same tables.
"""
import collections
import json
import os
import sys
from pathlib import Path

import lightgbm as lgb
import numpy as np

FIELDS = ("title", "name", "date")
FOLDS = 5
CORPORA = ("wcxb", "fundus", "readability", "cjk", "text-dev", "trafilatura", "seeds")
# Weight of a page in the fit, by corpus. Rare scripts and careful truths weigh more, the output of a program less; `seeds` are only
# for checks.
WEIGHT = {
    "title": {"readability": 0.5, "cjk": 3.0, "fundus": 2.0, "seeds": 0.0},
    "name": {"readability": 0.3, "cjk": 3.0, "fundus": 2.0, "text-dev": 0.7, "seeds": 0.0},
    "date": {"cjk": 2.0, "seeds": 0.0},
}
# Pages without a name are rare in the corpora but common elsewhere.
NOBODY_WEIGHT = 1.5
# Kinds of pages for which a truth without a name means that the page has none: the annotators looked for one. This is weak evidence,
# and none at all for forums, whose posts are signed although their truth has no names.
UNSIGNED = ("collection", "listing", "product", "service")
UNSIGNED_WEIGHT = 0.5
# Weight of a page made by flattening another. Flattened pages show dates as others do, so for dates there is nothing to learn.
MADE = {"title": 0.3, "name": 0.3, "date": 0.0}
# Means of the normal prior on the weights; 0 for those not listed.
PRIOR = {
    # Board headers are one line, `headline, label, date, counters`: common elsewhere, but the corpora have only a few.
    # Captions occur where headlines do, and words of the interface are no headline, but few corpora keep either as lines, so the
    # counts are too small.
    # If a logo is a heading, another heading has the headline.
    "title": {"block.before_date_label": 2.5, "is.caption": -3.0, "is.furniture": -2.0, "is.logo": -3.0,
              # Schools, offices and boards have the same title on every page; the corpora have few of them.
              "is.frame_beside_headline": -5.0},
    # Most Korean names have three syllables, most Korean words two; Korean pages are few here.
    # In scripts without capitals, the name of a publishing house hardly ever means the author.
    # Few corpora have pages that name only an editor.
    "name": {"is.editor_by_lead": -2.0, "wide.jsonld_organization": -2.0, "seen.sign_off": 1.0,
             # Blogs and boards that show a nickname without a label are common elsewhere; the corpora have only a few.
             "seen.nickname_line": 2.5,
             "shape.two_syllables": -1.5, "shape.three_syllables": 0.5},
    # A modification is not the publication, and Korea, Japan and China are ahead of UTC: facts that need no statistics.
    "date": {"day.only_modified_beside_published": -3.0, "rank.local_day_of_declared_east": 4.0,
             "flat.sentence": -1.5, "shown.glued": -1.0},
}
# Inverse variance of that prior.
SHRINK = {"title": 1.0, "name": 1.0, "date": 1.0}
# Signals that stay near their prior: the corpora have so few pages of the kind that other signals take their weight.
HELD = ("is.frame_beside_headline",)
HELD_SHRINK = 100.0
STEPS = 300
# Factor of the weights in fields that also have trees; the same number as in src/meta/tables.rs.
SHARE = 0.6
TREES = dict(num_leaves=16, learning_rate=0.06, min_data_in_leaf=15, feature_fraction=0.25, lambda_l2=6.0,
             min_sum_hessian_in_leaf=1.0, max_bin=3)
# Number of trees. On unseen sites, more than 60 trees for dates and 180 for people gain nothing.
ROUNDS = {"title": 240, "name": 180, "date": 60}
SEED = 17
PROCESSES = min(os.cpu_count() or 1, 4)
HEAD = {
    "title": "Log-odds of the signals that a text is the headline: src/meta/title names them.",
    "name": "Log-odds of the signals that somebody is the author, and (none.*) that nobody is named: src/meta/byline names them.",
    "date": "Log-odds of the signals that a day is the day of publication, and (none.*) that none is: src/meta/date names them.",
}


class Page:
    """The candidates of one page for one field; the last row is that none of them is right."""

    def __init__(self, key, fold, texts, rows, right, weight):
        self.key, self.fold, self.texts, self.rows, self.right, self.weight = key, fold, texts, rows, right, weight


def load(root, out, score):
    truths = {}
    for corpus in CORPORA:
        for line in (root / corpus / "truth.jsonl").open():
            truth = json.loads(line)
            truths[corpus, truth["id"]] = truth
    lines = (out / "candidates.jsonl").open()
    signals = json.loads(next(lines))
    pages, made = {field: [] for field in FIELDS}, {field: [] for field in FIELDS}
    for found in map(json.loads, lines):
        key = found["corpus"], found["id"]
        for field, (texts, rows, right, scale) in candidates(found, truths[key], score):
            weight = WEIGHT[field].get(key[0], 1.0) * scale
            pages[field].append(Page(key, found["fold"], texts, rows, right, weight))
        if unsigned(truths[key]):
            texts, rows, right, _ = names(found, {"authors": []}, score)
            made["name"].append(Page(key, found["fold"], texts, rows, right, UNSIGNED_WEIGHT))
    for found in map(json.loads, (out / "made.jsonl").open()):
        key = found["corpus"], found["id"]
        for field, (texts, rows, right, scale) in candidates(found, truths[key], score):
            # Pages whose value was lost by flattening are left out of the fit.
            if any(right[:-1]):
                made[field].append(Page(key, found["fold"], texts, rows, right, MADE[field] * scale))
    return truths, signals, pages, made


def unsigned(truth):
    return "authors" not in truth and truth.get("page_type") in UNSIGNED


def candidates(found, truth, score):
    read = [("title", titles(found, truth, score)), ("name", names(found, truth, score)), ("date", days(found, truth, score))]
    return [(field, page) for field, page in read if page]


def titles(found, truth, score):
    if "title" not in truth:
        return None
    wanted = {score.norm_title(title) for title in [truth["title"]] + truth.get("title_alt", [])}
    right = [score.norm_title(text) in wanted for text, _ in found["title"]]
    texts, rows = [text for text, _ in found["title"]], [row for _, row in found["title"]]
    return texts, rows + [[]], right + [not any(right)], 1.0


def names(found, truth, score):
    if "authors" not in truth:
        return None
    wanted = score.norm_names(truth["authors"])
    able = [(text, row) for text, row, barred in found["name"] if not barred]
    right = [bool(score.norm_names([text]) & wanted) for text, _ in able]
    texts, rows = [text for text, _ in able], [row for _, row in able]
    return texts, rows + [found["nobody"]], right + [not any(right)], 1.0 if wanted else NOBODY_WEIGHT


def days(found, truth, score):
    if "date" not in truth:
        return None
    full = [(text, row) for text, row in found["date"] if len(text) == 10 and text[0] != "-"]
    texts, rows = [text for text, _ in full], [row for _, row in full]
    right = [text == score.norm_date(truth["date"]) for text in texts] + [truth["date"] is None]
    # Pages without the true date among the candidates are left out of the fit.
    return texts, rows + [found["no_day"]], right, 1.0 if any(right) else 0.0


class Rows:
    """The candidates of many pages as one table of zeros and ones."""

    def __init__(self, pages, width):
        pages = [page for page in pages if page.weight > 0]
        counts = np.array([len(page.rows) for page in pages])
        self.pages, self.owner = len(pages), np.repeat(np.arange(len(pages)), counts)
        self.x = np.zeros((counts.sum(), width), np.float32)
        for at, row in enumerate(row for page in pages for row in page.rows):
            self.x[at, row] = 1
        self.right = np.array([right for page in pages for right in page.right])
        self.weight = np.array([page.weight for page in pages])[self.owner]

    def slope(self, odds):
        """What is said too much of each row, and how much is said of it, as shares of its page."""
        top = np.full(self.pages, -np.inf)
        np.maximum.at(top, self.owner, odds)
        odds = np.exp(odds - top[self.owner])
        said = odds / np.bincount(self.owner, odds)[self.owner]
        true = np.where(self.right, odds, 0.0)
        true = true / np.maximum(np.bincount(self.owner, true), 1e-30)[self.owner]
        return said - true, said


def fit(rows, signals, prior, shrink):
    """The weights that make the right candidates likeliest: Adam on all pages at once."""
    mean = np.array([prior.get(name, 0.0) for name in signals])
    shrink = np.array([HELD_SHRINK if name in HELD else shrink for name in signals])
    theta, speed, spread = mean.copy(), np.zeros(len(signals)), np.zeros(len(signals))
    for step in range(1, STEPS + 1):
        slope = rows.slope(rows.x @ theta.astype(np.float32))[0]
        slope = rows.x.T @ (slope * rows.weight).astype(np.float32) + shrink * (theta - mean)
        speed, spread = 0.9 * speed + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        pace = 0.08 * (1.0 - 0.9 * step / STEPS)
        theta -= pace * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return theta


def boost(rows, theta, rounds):
    """Trees on top of the weights."""

    def objective(odds, _):
        slope, said = rows.slope(odds)
        return slope * rows.weight, np.maximum(said * (1 - said), 1e-3) * rows.weight

    settings = dict(TREES, objective=objective, seed=SEED, deterministic=True, force_row_wise=True, num_threads=1,
                    verbose=-1, use_missing=False)
    data = lgb.Dataset(rows.x, rows.right.astype(float), init_score=SHARE * (rows.x @ theta), free_raw_data=False)
    return [tree["tree_structure"] for tree in lgb.train(settings, data, rounds).dump_model()["tree_info"]]


def written(trees, signals):
    """Trees as src/meta/trees.rs reads them."""
    used, lines = [], []
    for tree in trees:
        words, open_nodes = [], [tree]
        while open_nodes:
            node = open_nodes.pop()
            if "split_feature" in node:
                if node["split_feature"] not in used:
                    used.append(node["split_feature"])
                words.append(f"?{used.index(node['split_feature'])}")
                open_nodes += [node["right_child"], node["left_child"]]
            else:
                words.append(str(round(1000 * node["leaf_value"])))
        lines.append(" ".join(words))
    head = ["# Trees on top of the weights beside them: src/meta/trees.rs. Written by `train meta`; not to be edited."]
    return head + ["signals " + " ".join(signals[at] for at in used)] + lines


def table(field, signals, theta):
    lines = [f"# {HEAD[field]}", "# Written by `cargo run -p train --profile quick -- meta`; not to be edited."]
    return lines + [f"{name} {weight:.3f}" for name, weight in zip(signals, theta)]


def fit_all(out, signals, pages, made):
    tasks = [(field, fold) for fold in [*range(FOLDS), "all"] for field in FIELDS]

    def fit_one(field, fold):
        seen = [page for page in pages[field] + made[field] if page.fold != fold]
        rows = Rows(seen, len(signals[field]))
        theta = fit(rows, signals[field], PRIOR[field], SHRINK[field])
        (out / f"{field}.{fold}.txt").write_text("\n".join(table(field, signals[field], theta)) + "\n")
        trees = written(boost(rows, theta, ROUNDS[field]), signals[field])
        (out / f"{field}.{fold}.trees.txt").write_text("\n".join(trees) + "\n")

    # Each fit is a program of one thread, so that it repeats; as many at a time as there are processors.
    workers = []
    for share in range(PROCESSES):
        pid = os.fork()
        if pid == 0:
            for field, fold in tasks[share::PROCESSES]:
                fit_one(field, fold)
            os._exit(0)
        workers.append(pid)
    if any(os.waitpid(pid, 0)[1] for pid in workers):
        sys.exit("a fit failed")


def rightness(field, truth, chosen, score):
    """How right a choice is, from 0 to 1; None where the truth is not known."""
    if field == "title":
        if "title" not in truth:
            return None
        wanted = [score.norm_title(title) for title in [truth["title"]] + truth.get("title_alt", [])]
        return float(score.norm_title(chosen["title"]) in wanted)
    if field == "name":
        if "authors" not in truth:
            return None
        return score.set_prf(score.norm_names(chosen["authors"]), score.norm_names(truth["authors"]))[2]
    if "date" not in truth:
        return None
    return float(score.norm_date(chosen["date"]) == score.norm_date(truth["date"]))


def curve(pairs):
    """Rising line through pairs of said and found: means of ten equal parts, pooled until they rise."""
    pairs = np.array(sorted(pairs))
    points = []
    for part in np.array_split(pairs, 10):
        point = [part[:, 0].mean(), part[:, 1].mean(), len(part)]
        while points and (points[-1][1] >= point[1] or points[-1][0] >= point[0]):
            last = points.pop()
            size = last[2] + point[2]
            point = [(last[i] * last[2] + point[i] * point[2]) / size for i in (0, 1)] + [size]
        points.append(point)
    return [(said, found) for said, found, _ in points]


def possible(field, page, truth):
    """Whether a right answer is among the candidates, nobody and no day included."""
    return any(page.right[:-1]) or field != "title" and not truth[{"name": "authors", "date": "date"}[field]]


def report(truths, signals, pages, out, data, score):
    chosen = {}
    for line in (out / "chosen.jsonl").open():
        found = json.loads(line)
        chosen[found["corpus"], found["id"]] = found
    scores = {field: {} for field in FIELDS}
    for key, truth in truths.items():
        for field in FIELDS:
            value = rightness(field, truth, chosen.get(key, {"title": None, "authors": [], "date": None}), score)
            if value is not None:
                scores[field][key] = value
    print(f"{'':14}" + "".join(f"{field:>16}{'possible':>10}" for field in FIELDS))
    for corpus in CORPORA:
        cells = ""
        for field in FIELDS:
            values = [value for key, value in scores[field].items() if key[0] == corpus]
            able = [possible(field, page, truths[page.key]) for page in pages[field] if page.key[0] == corpus]
            cells += f"{np.mean(values):10.3f} /{len(values):4}{np.mean(able):10.3f}" if values else " " * 26
        print(f"{corpus:14}{cells}")
    named = [bool(chosen[key]["authors"]) for key, truth in truths.items() if unsigned(truth) and key in chosen]
    print(f"\npages that should name nobody and do: {np.mean(named):.3f} of {len(named)}")
    for field in FIELDS:
        pairs = [(chosen[key]["sure"][field], value) for key, value in scores[field].items()
                 if key in chosen and key[0] not in ("seeds", "readability")]
        points = curve(pairs)
        said = np.interp([pair[0] for pair in pairs], *zip(*points))
        found = np.array([pair[1] for pair in pairs])
        print(f"\n{field}: promised, found, pages")
        for low in (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
            high = {0.0: 0.5, 0.5: 0.6, 0.6: 0.7, 0.7: 0.8, 0.8: 0.85, 0.85: 0.9, 0.9: 0.95, 0.95: 1.01}[low]
            here = (said >= low) & (said < high)
            if here.any():
                print(f"  {said[here].mean():.3f} {found[here].mean():.3f} {here.sum()}")
        table = (out / f"{field}.all.txt").read_text()
        (data / f"{field}.txt").write_text(table + "".join(f"worth {x:.3f} {y:.3f}\n" for x, y in points))
        (data / f"{field}.trees.txt").write_text((out / f"{field}.all.trees.txt").read_text())
        errors(field, truths, signals[field], pages[field], scores[field], chosen, out)


def errors(field, truths, signals, pages, scores, chosen, out):
    """Pages that are wrong, with the candidates that were likeliest by the tables of their fold."""
    tables = []
    for fold in range(FOLDS):
        lines = [line.split(" ") for line in (out / f"{field}.{fold}.txt").read_text().splitlines() if line[0] != "#"]
        weights = {name: float(weight) for name, weight in lines}
        tables.append([weights[name] for name in signals])
    with (out / f"{field}.errors.txt").open("w") as file:
        for page in pages:
            if scores[page.key] == 1.0:
                continue
            truth, got = truths[page.key], chosen.get(page.key, {})
            name = {"title": "title", "name": "authors", "date": "date"}[field]
            kind = truth.get("page_type") or truth.get("flattener") or truth.get("lang") or ""
            odds = [sum(tables[page.fold][signal] for signal in row) for row in page.rows]
            order = sorted(range(len(odds)), key=lambda at: -odds[at])
            lost = "" if possible(field, page, truth) else " NOT FOUND"
            file.write(f"\n{page.key[0]}/{page.key[1]} {kind} {truth.get('url') or ''}{lost}\n"
                       f"  want {truth.get(name)!r}\n  got  {got.get(name)!r}\n")
            for rank, at in enumerate(order):
                if rank < 3 or page.right[at]:
                    text = page.texts[at] if at < len(page.texts) else "(none)"
                    shown = " ".join(f"{signals[s]}:{tables[page.fold][s]:.1f}" for s in page.rows[at])
                    file.write(f"  {'+' if page.right[at] else '-'} {odds[at]:6.2f} {text!r} {shown}\n")


def main():
    root, score_folder, out, step = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4]
    sys.path.insert(0, score_folder)
    import score
    truths, signals, pages, made = load(root, out, score)
    if step == "fit":
        fit_all(out, signals, pages, made)
    else:
        report(truths, signals, pages, out, Path(sys.argv[5]), score)


if __name__ == "__main__":
    main()
