/*
 * Time is injected. Everything that asks for the time, or waits, does it through a clock, so that
 * tests can move it and so that a clock that jumps is seen.
 *
 * A system clock is the machine's. A shared clock is a small file, mapped by every process of a
 * test: time stands still until somebody moves it, so a month of waiting takes no time at all.
 */
#ifndef FERRY_BASE_CLOCK_H
#define FERRY_BASE_CLOCK_H

#include <stdint.h>

#include "base/error.h"

#define CLOCK_BOOT_ID_MAX 48

struct clock;

struct clock *clock_open_system(void);
/* Open or create the file; a new one starts at `start_wall_ms`. */
MUST_CHECK bool clock_open_shared(const char *path, int64_t start_wall_ms, struct clock **ret,
                                  struct error *err);
void clock_close(struct clock *clock);

bool clock_is_shared(const struct clock *clock);
int64_t clock_wall_ms(const struct clock *clock); /* since 1970, UTC; may jump */
int64_t clock_boot_ms(const struct clock *clock); /* since boot, counts sleep; never jumps back */
/* Identity of this boot: a send of another boot has an unknown age. Terminated, borrowed. */
const char *clock_boot_id(const struct clock *clock);

/* Shared clocks only: never back with `advance`; `set_wall` may jump either way, boot unmoved. */
void clock_advance(struct clock *clock, int64_t ms);
void clock_advance_to_boot(struct clock *clock, int64_t boot_ms);
void clock_set_wall(struct clock *clock, int64_t wall_ms);

/*
 * The age of something that happened at (wall, boot, boot_id): the larger of both clocks'
 * opinions. Another boot, or a wall clock that ran backwards, gives INT64_MAX: "expired".
 */
int64_t clock_age_ms(const struct clock *clock, int64_t wall_ms, int64_t boot_ms,
                     const char *boot_id);

#endif
