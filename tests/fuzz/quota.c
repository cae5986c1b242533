/*
 * Who may call when: limits in the words of a connector, answers that say anything, time that
 * jumps, and a state that was kept. No window is ever exceeded, and no lane is stuck for good.
 */
#include "quota/quota.h"

#include "fuzz.h"

#include <unistd.h>

#define CALLS_MOST 400
#define WEEK_MS    (INT64_C(7) * 86400000)

static struct clock *now_clock;
static int64_t granted_at[CALLS_MOST];
static size_t granted;

static void on_grant(void *owner)
{
    *(bool *)owner = true;
    if (granted < CALLS_MOST) {
        granted_at[granted++] = clock_boot_ms(now_clock);
    }
}

/* One for each input: after a million of them it would stand 40,000 years from now. */
static void open_clock(void)
{
    char path[] = "/dev/shm/ferry-fuzz-XXXXXX";
    struct error err = {0};
    int fd = mkstemp(path);

    MUST(fd >= 0 && close(fd) == 0, "no file");
    MUST(clock_open_shared(path, INT64_C(1790000000000), &now_clock, &err), "%s", err.text);
    unlink(path);
}

static void check_windows(const struct quota_limits *limits)
{
    for (size_t w = 0; w < QUOTA_WINDOWS_MAX && limits->windows[w].calls; w++) {
        int64_t length_ms = (int64_t)limits->windows[w].seconds * 1000;
        size_t most = limits->windows[w].calls;

        for (size_t i = most; i < granted; i++) {
            MUST(granted_at[i] - granted_at[i - most] >= length_ms, "%zu calls in %u s", most + 1,
                 limits->windows[w].seconds);
        }
    }
}

static int64_t number(struct text *input)
{
    static const int64_t numbers[] = {-1, 0, 1, 2, 59, 60, 1000, 5000, 604800, 1000000, INT64_MAX};
    uint8_t byte = fuzz_byte(input);

    return byte < 128 ? byte : numbers[byte % (sizeof numbers / sizeof *numbers)];
}

static struct quota_hints hints_of(struct text *input)
{
    uint8_t which = fuzz_byte(input);
    struct quota_hints hints = QUOTA_HINTS_NONE;

    hints.left_window = which & 1 ? number(input) : -1;
    hints.left_minute = which & 2 ? number(input) : -1;
    hints.left_day = which & 4 ? number(input) : -1;
    hints.left_app_minute = which & 8 ? number(input) : -1;
    hints.retry_after_s = which & 16 ? number(input) : -1;
    hints.problem =
        which & 32 ? (enum quota_problem)(fuzz_byte(input) % (QUOTA_APP + 1)) : QUOTA_FINE;
    hints.not_sent = which & 64;
    return hints;
}

static void check_status(const struct quota *quota)
{
    struct quota_status status;

    MUST(quota_lane_status(quota, "lane", &status), "no status");
    MUST(status.wake_ms >= 0 && status.left_minute >= -1 && status.left_day >= -1, "status");
    MUST(quota_forecast_ms(quota, "lane", 3) >= 0, "forecast");
}

/* One call by hand; false when it was not granted now. */
static bool call(struct quota *quota, uint8_t class, struct text *input)
{
    bool is_granted = false;
    struct quota_ticket ticket = {.lane = "lane",
                                  .class = (enum quota_class)(class % QUOTA_CLASSES),
                                  .on_grant = on_grant,
                                  .owner = &is_granted};
    struct quota_hints hints;
    struct error err = {0};

    MUST(quota_ask(quota, &ticket, &err), "%s", err.text);
    quota_tick(quota);
    if (!is_granted) {
        quota_cancel(quota, &ticket);
        return false;
    }
    clock_advance(now_clock, INT64_C(10) * fuzz_byte(input));
    hints = hints_of(input);
    if (hints.not_sent && granted) {
        granted--; /* no byte left: it costs nothing */
    }
    quota_finish(quota, &ticket, fuzz_byte(input) % 4 ? &hints : NULL);
    return true;
}

static void keep(void *owner, const char *lane, struct text state)
{
    MUST(strcmp(lane, "lane") == 0 && state.size < 1024, "kept %zu bytes", state.size);
    MUST(fuzz_is_printable(state), "kept state");
    buffer_clear(owner);
    buffer_add_text(owner, state);
}

/* Whatever was said, in some weeks there is a call. */
static void check_not_stuck(struct quota *quota)
{
    struct text nothing = TEXT_NONE;

    for (int i = 0; i < 4; i++) {
        clock_advance(now_clock, WEEK_MS);
        quota_tick(quota);
    }
    MUST(call(quota, QUOTA_DOCUMENT, &nothing), "no call is granted ever again");
}

static struct quota *new_quota(const struct quota_limits *limits)
{
    struct quota *quota = quota_new(now_clock, NULL, NULL);

    quota_set_pool(quota, "app", &(struct quota_limits){0, {{100, 60, 0}}});
    quota_set_lane(quota, "lane", "app", limits);
    return quota;
}

/* Short windows are not kept, so what was granted before is not compared with what comes. */
static void restart(struct quota **quota, const struct quota_limits *limits, struct text kept)
{
    struct error err = {0};

    quota_free(*quota);
    *quota = new_quota(limits);
    granted = 0;
    MUST(quota_restore(*quota, "lane", kept, &err), "%s: %.*s", err.text, TEXT_ARGS(kept));
}

static struct quota *run(struct quota *quota, const struct quota_limits *limits, struct text input)
{
    AUTO(buffer_done) struct buffer kept = {0};

    buffer_init(&kept, 4096);
    for (int steps = 0; input.size && steps < 200; steps++) {
        switch (fuzz_byte(&input) % 8) {
        case 0:
            clock_advance(now_clock, (int64_t)fuzz_byte(&input) * 4000);
            break;
        case 1:
            clock_set_wall(now_clock, INT64_C(1790000000000) + number(&input) % (1 << 30) * 1000);
            break;
        case 2:
            quota_save(quota, keep, &kept);
            break;
        case 3:
            if (kept.size) {
                check_windows(limits);
                restart(&quota, limits, buffer_text(&kept));
            }
            break;
        default:
            (void)call(quota, fuzz_byte(&input), &input);
            break;
        }
        check_status(quota);
        (void)quota_next_due_ms(quota);
    }
    return quota;
}

/* A line of limits, a line of kept state, then what happens. */
static void fuzz_one(struct text input)
{
    AUTO_FREE char *words = fuzz_line(&input);
    AUTO_FREE char *state = fuzz_line(&input);
    struct quota_limits limits;
    struct error err = {0};
    struct quota *quota;

    if (!text_is_utf8(text_of(words))) {
        return;
    }
    if (!quota_limits_parse(words, &limits, &err)) {
        fuzz_check_error(&err);
        return;
    }
    open_clock();
    granted = 0;
    quota = new_quota(&limits);
    if (state[0] && !quota_restore(quota, "lane", text_of(state), &err)) {
        fuzz_check_error(&err);
        MUST(strcmp(err.code, "quota-state") == 0, "%s", err.code);
    }
    quota = run(quota, &limits, input);
    check_windows(&limits);
    check_not_stuck(quota);
    quota_free(quota);
    clock_close(now_clock);
}
