/* Readers of times: durations, times of day, when a flow runs. */
#include "config/config_internal.h"

#define TIMES_MAX 288

void value_duration(struct reader *r, const struct key *key, const struct yaml_node *value,
                    void *at)
{
    static const char want[] = "a duration, like 30s, 15m, 24h or 1d";
    static const struct {
        char unit;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    struct text text = text_of(scalar_text(r, value, want));
    int64_t n = 0, seconds = 0;

    if (!text.at) {
        return;
    }
    for (size_t i = 0; text.size && i < COUNT_OF(units); i++) {
        if (text.at[text.size - 1] == units[i].unit) {
            seconds = units[i].seconds;
        }
    }
    if (seconds == 0 || !digits_read((struct text){text.at, text.size - 1}, 1000000000, &n)) {
        complain_wanted(r, value, want);
        return;
    }
    n *= seconds;
    if (n < key->least || n > key->most) {
        config_complain(r->complaints, value->place, NULL,
                        "this is not from %lld seconds to %lld days", (long long)key->least,
                        (long long)(key->most / 86400));
        return;
    }
    *(uint32_t *)at = (uint32_t)n;
}

/* HH:MM */
static bool time_of_day(struct text text, uint16_t *ret)
{
    int64_t hour = 0, minute = 0;

    if (text.size != 5 || text.at[2] != ':' || !digits_read((struct text){text.at, 2}, 23, &hour) ||
        !digits_read((struct text){text.at + 3, 2}, 59, &minute)) {
        return false;
    }
    *ret = (uint16_t)(hour * 60 + minute);
    return true;
}

/* Put it where it belongs among those before it; false when it is there. */
static bool insert_time(uint16_t *times, size_t count, uint16_t time)
{
    size_t to = count;

    while (to > 0 && times[to - 1] > time) {
        to--;
    }
    if (to > 0 && times[to - 1] == time) {
        return false;
    }
    memmove(times + to + 1, times + to, (count - to) * sizeof *times);
    times[to] = time;
    return true;
}

void value_times(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    static const char want[] = "a time of day (UTC), like 08:00";
    const struct yaml_node *item = value->kind == YAML_LIST ? value->first : value;
    struct config_flow flow; /* for the type of its member */
    uint16_t *times, time;
    size_t count = 0;

    (void)key;
    if (value->kind == YAML_LIST && (value->count == 0 || value->count > TIMES_MAX)) {
        config_complain(r->complaints, value->place, NULL, "write 1 to %d times here, like [08:00]",
                        TIMES_MAX);
        return;
    }
    times = arena_alloc(r->arena, value->kind == YAML_LIST ? value->count : 1, sizeof *times);
    for (; item; item = value->kind == YAML_LIST ? item->next : NULL) {
        const char *text = scalar_text(r, item, want);

        if (!text) {
            continue;
        }
        if (!time_of_day(text_of(text), &time)) {
            complain_wanted(r, item, want);
        } else if (!insert_time(times, count, time)) {
            config_complain(r->complaints, item->place, NULL, "this time is here twice");
        } else {
            count++;
        }
    }
    flow.at.minute = times;
    flow.at.count = count;
    memcpy(at, &flow.at, sizeof flow.at);
}

void check_flow(struct reader *r, const struct yaml_node *map, void *base)
{
    struct config_flow *flow = base;
    bool every = yaml_get(map, "every") != NULL, times = yaml_get(map, "at") != NULL;

    if (every == times) {
        config_complain(r->complaints, yaml_place(map), NULL,
                        "a flow has either \"every\" or \"at\", or is off");
    }
    flow->when = every ? CONFIG_EVERY : CONFIG_AT;
}

void value_flow(struct reader *r, const struct key *key, const struct yaml_node *value, void *at)
{
    struct config_flow *flow = at;

    (void)key;
    if (value->kind == YAML_MAP) {
        table_read(r, &table_flow, value, flow);
        return;
    }
    if (value->kind == YAML_TEXT &&
        (strcmp(value->text, "off") == 0 || strcmp(value->text, "false") == 0)) {
        flow->when = CONFIG_OFF;
        return;
    }
    config_complain(r->complaints, value->place, NULL,
                    "write when this flow runs: { every: 15m }, { at: [08:00, 13:00] } or off");
}
