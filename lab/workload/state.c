#include "state.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

#include "memory.h"

#define TICK_MICROS 10000
#define LONGEST_STEP_MICROS 1000000

static uint64_t id;
static uint64_t count;
static uint64_t ticks;
static int64_t ticked_at;

void state_begin(void) {
    if (getrandom(&id, sizeof id, 0) != sizeof id) {
        perror("counter: getrandom");
        exit(1);
    }
    ticked_at = now_micros();
}

uint64_t state_id(void) {
    return id;
}

void state_count(void) {
    count++;
}

void state_tick(void) {
    int64_t now = now_micros();
    int64_t passed = now - ticked_at;
    if (passed < 0 || passed > LONGEST_STEP_MICROS) {
        ticks++;
        ticked_at = now;
        return;
    }
    ticks += (uint64_t)(passed / TICK_MICROS);
    ticked_at += passed / TICK_MICROS * TICK_MICROS;
}

static size_t state_text(char *text, const char *format) {
    return (size_t)snprintf(text, STATE_TEXT, format, count, id, ticks, (uint64_t)memory_megabytes(),
                            memory_dirtied_bytes() >> 20, memory_ok() ? "true" : "false");
}

size_t state_line(char *text) {
    return state_text(text, "count=%" PRIu64 " id=%016" PRIx64 " ticks=%" PRIu64 " memoryMb=%" PRIu64
                            " dirtiedMb=%" PRIu64 " memoryOk=%s");
}

size_t state_json(char *text) {
    return state_text(text, "{\"count\":%" PRIu64 ",\"id\":\"%016" PRIx64 "\",\"ticks\":%" PRIu64
                            ",\"memoryMb\":%" PRIu64 ",\"dirtiedMb\":%" PRIu64 ",\"memoryOk\":%s}\n");
}

int64_t now_micros(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000) + time.tv_nsec / 1000;
}
