#define _GNU_SOURCE
#include "memory.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

#include "state.h"

#define PAGE 4096
#define WORDS (PAGE / sizeof(uint64_t))
/* A step of the verification: about 0.1 ms. */
#define VERIFY_PAGES 64
#define STEP_MILLIS 1
/* After a longer pause (a migration) the dirtier does not catch up. */
#define LONGEST_STEP_MICROS 100000

static uint64_t *memory;
static size_t pages;
static double dirty_pages_per_second;
static enum memory_fill fill;
static uint64_t seed;

/* Pages below the cursor were dirtied once more often than the others. */
static uint64_t rounds;
static size_t cursor;

static atomic_uint_fast64_t dirtied_pages;
static atomic_bool ok = true;
static int asked;
static int done;

/* The finaliser of SplitMix64 (Steele, Lea, Flood 2014): neighbouring inputs give unrelated words. */
static inline uint64_t mix(uint64_t word) {
    word = (word ^ (word >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ (word >> 27)) * UINT64_C(0x94d049bb133111eb);
    return word ^ (word >> 31);
}

/* What word `index` of a page holds after the page was dirtied `generation` times. */
static inline uint64_t expected_word(uint64_t page_seed, uint64_t generation, size_t index) {
    if (fill == FILL_ZERO) {
        return index == 0 ? generation : 0;
    }
    return mix(page_seed + index * UINT64_C(0x9e3779b97f4a7c15));
}

static uint64_t page_seed(size_t page, uint64_t generation) {
    return mix(seed ^ mix(page + 1) ^ mix(~generation));
}

static void write_page(size_t page, uint64_t generation) {
    uint64_t *words = memory + page * WORDS;
    uint64_t start = page_seed(page, generation);
    for (size_t index = 0; index < WORDS; index++) {
        words[index] = expected_word(start, generation, index);
    }
}

static bool verify_page(size_t page) {
    uint64_t generation = rounds + (page < cursor);
    const uint64_t *words = memory + page * WORDS;
    uint64_t start = page_seed(page, generation);
    uint64_t difference = 0;
    for (size_t index = 0; index < WORDS; index++) {
        difference |= words[index] ^ expected_word(start, generation, index);
    }
    return difference == 0;
}

static void dirty_next_page(void) {
    write_page(cursor, rounds + 1);
    if (++cursor == pages) {
        cursor = 0;
        rounds++;
    }
    atomic_fetch_add_explicit(&dirtied_pages, 1, memory_order_relaxed);
}

/* Dirties what is due since the last call, and carries the fraction of a page over. */
static void dirty_due_pages(void) {
    static int64_t last;
    static double due;
    int64_t now = now_micros();
    int64_t passed = now - last;
    last = now;
    if (passed < 0 || passed > LONGEST_STEP_MICROS) {
        return;
    }
    for (due += dirty_pages_per_second * (double)passed / 1e6; due >= 1; due--) {
        dirty_next_page();
    }
}

static void *run(void *unused) {
    (void)unused;
    size_t verified = pages;
    bool good = true;
    struct pollfd wait = {.fd = asked, .events = POLLIN};
    for (;;) {
        bool verifying = verified < pages;
        int millis = verifying ? 0 : dirty_pages_per_second > 0 ? STEP_MILLIS : -1;
        if (poll(&wait, 1, millis) > 0) {
            uint64_t requests;
            if (read(asked, &requests, sizeof requests) != sizeof requests) {
                continue;
            }
            /* A request during a verification starts over: its answer speaks of the memory after it was asked. */
            verified = 0;
            good = true;
        }
        if (dirty_pages_per_second > 0) {
            dirty_due_pages();
        }
        if (verified < pages) {
            size_t end = verified + VERIFY_PAGES < pages ? verified + VERIFY_PAGES : pages;
            for (; verified < end; verified++) {
                good &= verify_page(verified);
            }
            if (verified == pages) {
                atomic_store(&ok, good);
                eventfd_write(done, 1);
            }
        }
    }
    return NULL;
}

static void quit(const char *what) {
    perror(what);
    exit(1);
}

void memory_begin(size_t megabytes, double dirty_megabytes_per_second, enum memory_fill chosen, uint64_t identity) {
    pages = (megabytes << 20) / PAGE;
    dirty_pages_per_second = pages > 0 ? dirty_megabytes_per_second * (1 << 20) / PAGE : 0;
    fill = chosen;
    seed = identity;
    asked = eventfd(0, EFD_CLOEXEC);
    done = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (asked < 0 || done < 0) {
        quit("counter: eventfd");
    }
    if (pages == 0) {
        return;
    }
    memory = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        quit("counter: memory");
    }
    /* Huge pages would make a page that was dirtied count for 512. A kernel without them refuses: just as well. */
    madvise(memory, pages * PAGE, MADV_NOHUGEPAGE);
    for (size_t page = 0; page < pages; page++) {
        write_page(page, 0);
    }
    pthread_t thread;
    if (pthread_create(&thread, NULL, run, NULL) != 0) {
        quit("counter: thread");
    }
}

size_t memory_megabytes(void) {
    return pages * PAGE >> 20;
}

uint64_t memory_dirtied_bytes(void) {
    return atomic_load_explicit(&dirtied_pages, memory_order_relaxed) * PAGE;
}

bool memory_ok(void) {
    return atomic_load(&ok);
}

void memory_verify(void) {
    eventfd_write(pages > 0 ? asked : done, 1);
}

int memory_event(void) {
    return done;
}
