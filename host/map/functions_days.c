/* Days: day, period. */
#include "map/function.h"

static bool check_day(struct checker *c, const struct node *call, const struct place *place,
                      struct type *ret)
{
    struct type zone;
    bool optional;

    if (!check_argument(c, call, 0, place, AS(IS_TIME), ret)) {
        return false;
    }
    optional = ret->optional;
    *ret = type_of(IS_DATE);
    ret->optional = optional;
    return check_argument_present(c, call, 1, place, AS(IS_TEXT), &zone);
}

static bool evaluate_day(struct evaluation *e, const struct node *call, const struct scope *scope,
                         struct value *ret)
{
    struct error err = {0};
    struct value zone;
    struct date date;

    if (!evaluate(e, call->items[0], scope, ret) || !evaluate(e, call->items[1], scope, &zone)) {
        return false;
    }
    if (value_is_absent(*ret)) {
        return true;
    }
    if (!instant_day(ret->time_ms, zone.text, &date, &err)) {
        return evaluation_fail(e, &err);
    }
    *ret = value_of_date(date);
    return true;
}

/* ---- period(date, anchor, kind) ---- */

static const struct {
    const char *kind;
    int32_t days, months;
} periods[] = {
    {"WEEKLY", 7, 0},  {"FORTNIGHTLY", 14, 0}, {"FOURWEEKLY", 28, 0},
    {"MONTHLY", 0, 1}, {"QUARTERLY", 0, 3},
};
#define PERIOD_COUNT (sizeof periods / sizeof *periods)

static bool check_period(struct checker *c, const struct node *call, const struct place *place,
                         struct type *ret)
{
    struct type kind;

    if (!check_argument_present(c, call, 0, place, AS(IS_DATE), ret) ||
        !check_argument_present(c, call, 1, place, AS(IS_DATE), ret) ||
        !check_argument_present(c, call, 2, place, AS(IS_TEXT), &kind)) {
        return false;
    }
    *ret = (struct type){.is = IS_RECORD, .shape = c->program->period};
    return true;
}

static int32_t floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

/* `months` after the anchor; its day, or the last of a shorter month. */
static struct date months_after(struct date anchor, int32_t months)
{
    int32_t count = anchor.year * 12 + anchor.month - 1 + months;
    struct date first = {(int16_t)floor_div(count, 12),
                         (uint8_t)(count - floor_div(count, 12) * 12 + 1), 1};
    struct date next = first.month == 12 ? (struct date){(int16_t)(first.year + 1), 1, 1}
                                         : (struct date){first.year, (uint8_t)(first.month + 1), 1};
    int32_t last = date_to_days(next) - date_to_days(first);

    first.day = (uint8_t)(anchor.day < last ? anchor.day : last);
    return first;
}

static void period_by_months(struct date day, struct date anchor, int32_t months,
                             int32_t *ret_start, int32_t *ret_end)
{
    int32_t count =
        floor_div((day.year - anchor.year) * 12 + day.month - anchor.month, months) * months;

    if (date_compare(months_after(anchor, count), day) > 0) {
        count -= months;
    }
    *ret_start = date_to_days(months_after(anchor, count));
    *ret_end = date_to_days(months_after(anchor, count + months)) - 1;
}

static bool period_record(struct evaluation *e, int32_t start, int32_t end, struct value *ret)
{
    struct value *days = arena_alloc(e->arena, 2, sizeof *days);
    char key[DATE_TEXT_MAX];

    if (start < DATE_FIRST_DAY || end > DATE_LAST_DAY) {
        return evaluation_hold(e, "overflow", "A period is not within the years 1 to 9999.");
    }
    days[0] = value_of_date(date_from_days(start));
    days[1] = value_of_date(date_from_days(end));
    *ret = value_of_record(group_record(e, e->program->period,
                                        arena_copy(e->arena, date_format(days[0].date, key)), days,
                                        NO_VALUE));
    return true;
}

static bool evaluate_period(struct evaluation *e, const struct node *call,
                            const struct scope *scope, struct value *ret)
{
    struct value v[3];

    for (size_t i = 0; i < 3; i++) {
        if (!evaluate(e, call->items[i], scope, &v[i])) {
            return false;
        }
    }
    for (size_t i = 0; i < PERIOD_COUNT; i++) {
        int32_t day = date_to_days(v[0].date), anchor = date_to_days(v[1].date), start, end;

        if (!text_is(v[2].text, periods[i].kind)) {
            continue;
        }
        start = anchor;
        end = anchor;
        if (periods[i].months) {
            period_by_months(v[0].date, v[1].date, periods[i].months, &start, &end);
        } else {
            start = anchor + floor_div(day - anchor, periods[i].days) * periods[i].days;
            end = start + periods[i].days - 1;
        }
        return period_record(e, start, end, ret);
    }
    return evaluation_hold(e, "period", "'%.*s' is no kind of period that is known.",
                           TEXT_ARGS(v[2].text));
}

const struct function functions_of_days[] = {
    {"day", 2, 2, check_day, evaluate_day},
    {"period", 3, 3, check_period, evaluate_period},
    {NULL, 0, 0, NULL, NULL},
};
