/* The service's state: what a migration has to keep. */
#ifndef STATE_H
#define STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Room for one state line or JSON object, whatever its numbers. */
#define STATE_TEXT 256

/* Draws the identity. It is random and stays the same for the life of the process: another one after a
 * migration means that the service was started anew. */
void state_begin(void);

/* The random identity; the memory's pattern depends on it. */
uint64_t state_id(void);

/* Counts one request served. */
void state_count(void);

/* Counts the 10 ms ticks since the last call. A jump of the clock, as a restore brings, counts as one tick. */
void state_tick(void);

/* Writes "count=.. id=.. ticks=.. memoryMb=.. dirtiedMb=.. memoryOk=true" without an end of line. Returns its length. */
size_t state_line(char *text);

/* Writes the same as a JSON object with an end of line. Returns its length. */
size_t state_json(char *text);

/* CLOCK_MONOTONIC in microseconds. */
int64_t now_micros(void);

#endif
