/* Instants: ISO in UTC; people at a terminal are told how long ago that was. */
#include <string.h>

#include "cli/cli_internal.h"

#define SECOND_MS INT64_C(1000)
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

static bool instant_of(const json_t *j, int64_t *ret)
{
    if (json_is_number_text(j)) {
        *ret = json_int(j, 0); /* milliseconds */
        return *ret != 0;
    }
    return json_text(j).size > 0 && instant_parse(json_text(j), ret, NULL);
}

void cli_take_clock(struct cli *cli, const json_t *answer)
{
    int64_t ms;

    cli->clock_ms = instant_of(json_path(answer, "clock"), &ms) ? ms : 0;
}

static const char *span(struct cli *cli, int64_t ms)
{
    static const struct {
        int64_t below, unit;
        const char *name;
    } units[] = {{MINUTE_MS, SECOND_MS, "s"},
                 {HOUR_MS, MINUTE_MS, "min"},
                 {2 * DAY_MS, HOUR_MS, "h"},
                 {INT64_MAX, DAY_MS, "days"}};
    size_t i = 0;

    while (ms >= units[i].below) {
        i++;
    }
    return arena_printf(cli->arena, "%lld %s", (long long)(ms / units[i].unit), units[i].name);
}

/* NULL: not to be said. */
static const char *relative(struct cli *cli, int64_t ms)
{
    int64_t age = cli->clock_ms - ms;

    if (!cli->terminal || cli->clock_ms == 0) {
        return NULL;
    }
    if (age > -SECOND_MS && age < SECOND_MS) {
        return "now";
    }
    return age < 0 ? arena_printf(cli->arena, "in %s", span(cli, -age))
                   : arena_printf(cli->arena, "%s ago", span(cli, age));
}

static const char *iso(struct cli *cli, int64_t ms)
{
    char text[INSTANT_TEXT_MAX];

    return arena_copy(cli->arena, instant_format(ms, text));
}

const char *cli_when(struct cli *cli, const json_t *j, const char *path)
{
    const json_t *value = json_path(j, path);
    const char *words;
    int64_t ms;

    if (!instant_of(value, &ms)) {
        return cli_text(cli, j, path); /* as it came, rather than nothing */
    }
    words = relative(cli, ms);
    return words ? words : iso(cli, ms);
}

const char *cli_at(struct cli *cli, const json_t *j, const char *path)
{
    const char *words;
    int64_t ms;

    if (!instant_of(json_path(j, path), &ms)) {
        return cli_text(cli, j, path);
    }
    words = relative(cli, ms);
    return words ? arena_printf(cli->arena, "%s (%s)", iso(cli, ms), words) : iso(cli, ms);
}
