"""One extractor over pages, a round for each line of input; answers with the seconds it took."""
import gzip
import sys
import time


def extractor(name):
    if name == "trafilatura":
        from trafilatura import extract

        return extract
    from resiliparse.extract.html2text import extract_plain_text

    return lambda page: extract_plain_text(page, main_content=True)


def main():
    extract = extractor(sys.argv[1])
    pages = [gzip.open(path).read().decode("utf-8", "replace") for path in sys.argv[2:]]
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        for page in pages:
            extract(page)
        print(time.perf_counter() - start, flush=True)


main()
