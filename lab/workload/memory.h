/* The memory that the service holds: every page has a content that can be computed, so that it can be verified.
 *
 * A thread of its own dirties and verifies, in small steps, and is the only one that touches the pages: the
 * service's loop never waits for it. */
#ifndef MEMORY_H
#define MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum memory_fill {
    /* Incompressible content. */
    FILL_RANDOM,
    /* Zeros but for the first word of a page that was dirtied. */
    FILL_ZERO,
};

/* Takes and fills the memory and starts its thread. The identity seeds the content. */
void memory_begin(size_t megabytes, double dirty_megabytes_per_second, enum memory_fill fill, uint64_t identity);

size_t memory_megabytes(void);

/* How much was written since the start; pages are dirtied one after another, all before any a second time. */
uint64_t memory_dirtied_bytes(void);

/* What the last verification found; true before the first. */
bool memory_ok(void);

/* Asks for a verification of every page. memory_event() becomes readable when it is done. */
void memory_verify(void);

/* A file descriptor to wait on; to be read (8 bytes) after it became readable. */
int memory_event(void);

#endif
