"""``make bench``: what must stay quick, measured in one run on one machine.

Times depend on the machine; what is compared is the ratio between a small and a
large case, which may not grow faster than the case itself.
"""

from bench import pages, registration, results, search, tickets, workers

SMALL, LARGE = 1000, 4000


def main() -> None:
    """Run every measurement."""
    for size in (SMALL, LARGE):
        print(f"== search, {size} pages")
        search.main(size)
    print("== results")
    results.main()
    print("== tickets")
    tickets.main()
    print("== a unit's list of workers")
    workers.main()
    print("== pages of the sample world")
    pages.main()
    print("== registration of a season")
    registration.main()


if __name__ == "__main__":
    main()
