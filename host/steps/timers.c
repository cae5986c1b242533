#include "steps/steps.h"

struct timer {
    int64_t boot_ms;
    uint64_t serial; /* those due at one time fire in the order they were started */
    timer_fn *fire;
    void *owner;
};

struct timers {
    uv_loop_t *loop;
    struct clock *clock;
    unsigned (*busy)(void *);
    void *busy_self;
    struct timer **at; /* sorted, soonest first; a handful */
    size_t count, capacity;
    uint64_t serial;
    uv_timer_t *uv;
};

#define LOOK_AGAIN_MS 1
#define REST_MOST_MS  60000

static void free_handle(uv_handle_t *handle)
{
    memory_free(handle);
}

static void on_uv_timer(uv_timer_t *uv);

static void arm(struct timers *timers)
{
    int64_t rest_ms;

    if (timers->count == 0) {
        uv_timer_stop(timers->uv);
        return;
    }
    rest_ms = timers->at[0]->boot_ms - clock_boot_ms(timers->clock);
    if (rest_ms < 0) {
        rest_ms = 0;
    }
    if (rest_ms > 0 && clock_is_shared(timers->clock)) {
        rest_ms = LOOK_AGAIN_MS; /* when all is quiet the clock is moved instead */
    }
    if (rest_ms > REST_MOST_MS) {
        rest_ms = REST_MOST_MS; /* the machine may have slept, or the clock may have been set */
    }
    uv_timer_start(timers->uv, on_uv_timer, (uint64_t)rest_ms, 0);
}

static void fire_due(struct timers *timers)
{
    int64_t now = clock_boot_ms(timers->clock);

    while (timers->count && timers->at[0]->boot_ms <= now) {
        struct timer timer = *timers->at[0];

        timer_stop(timers, timers->at[0]);
        timer.fire(timer.owner);
    }
}

static void on_uv_timer(uv_timer_t *uv)
{
    struct timers *timers = uv->data;

    if (clock_is_shared(timers->clock) && timers->count && timers->busy(timers->busy_self) == 0) {
        clock_advance_to_boot(timers->clock, timers->at[0]->boot_ms);
    }
    fire_due(timers);
    arm(timers);
}

struct timers *timers_new(uv_loop_t *loop, struct clock *clock, unsigned (*busy)(void *),
                          void *busy_self)
{
    struct timers *timers = memory_new(1, sizeof *timers);

    timers->loop = loop;
    timers->clock = clock;
    timers->busy = busy;
    timers->busy_self = busy_self;
    timers->uv = memory_new(1, sizeof *timers->uv);
    timers->uv->data = timers;
    uv_timer_init(loop, timers->uv);
    return timers;
}

void timers_free(struct timers *timers)
{
    if (!timers) {
        return;
    }
    while (timers->count) {
        timer_stop(timers, timers->at[0]);
    }
    uv_timer_stop(timers->uv);
    uv_close((uv_handle_t *)timers->uv, free_handle);
    memory_free(timers->at);
    memory_free(timers);
}

static bool is_before(const struct timer *a, const struct timer *b)
{
    return a->boot_ms != b->boot_ms ? a->boot_ms < b->boot_ms : a->serial < b->serial;
}

struct timer *timer_start(struct timers *timers, int64_t boot_ms, timer_fn *fire, void *owner)
{
    struct timer *timer = memory_new(1, sizeof *timer);
    size_t place;

    *timer = (struct timer){boot_ms, timers->serial++, fire, owner};
    memory_grow(&timers->at, &timers->capacity, timers->count, sizeof *timers->at);
    for (place = timers->count++; place > 0 && is_before(timer, timers->at[place - 1]); place--) {
        timers->at[place] = timers->at[place - 1];
    }
    timers->at[place] = timer;
    arm(timers);
    return timer;
}

void timer_stop(struct timers *timers, struct timer *timer)
{
    for (size_t i = 0; i < timers->count; i++) {
        if (timers->at[i] == timer) {
            memmove(&timers->at[i], &timers->at[i + 1],
                    (timers->count - i - 1) * sizeof *timers->at);
            timers->count--;
            memory_free(timer);
            return;
        }
    }
}
