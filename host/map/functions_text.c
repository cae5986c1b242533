/* Texts: join, fold, cut, number, and dates written in files. */
#include <ctype.h>

#include "map/function.h"

#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/memory.h"

#define ARGUMENTS_MOST 64
#define TEXT_MOST      65536
#define BYTES_A_STEP   32

/* ---- join ---- */

static bool check_join(struct checker *c, const struct node *call, const struct place *place,
                       struct type *ret)
{
    const unsigned kinds = AS(IS_TEXT) | AS(IS_DATE) | AS(IS_LIST);

    for (size_t i = 0; i < call->item_count; i++) {
        struct type type;

        if (!check_argument(c, call, i, place, kinds, &type) ||
            (type.is == IS_LIST &&
             !check_need(c, call->items[i], type.of, AS(IS_TEXT) | AS(IS_DATE),
                         "an element that join takes"))) {
            return false;
        }
    }
    *ret = type_of(IS_TEXT);
    return true;
}

static void add_joined(struct evaluation *e, struct buffer *out, struct text separator,
                       struct value value)
{
    struct text text = value_spelling(value, e->arena);

    if (!value_is_absent(value) && text.size) {
        buffer_add_text(out, out->size ? separator : TEXT(""));
        buffer_add_text(out, text);
    }
}

static bool join_into(struct evaluation *e, const struct node *call, const struct scope *scope,
                      struct buffer *out)
{
    struct text separator = TEXT("");
    struct value value;

    for (size_t i = 0; i < call->item_count; i++) {
        if (!evaluate(e, call->items[i], scope, &value)) {
            return false;
        }
        if (i == 0) {
            separator = value_is_absent(value) ? TEXT("") : value_spelling(value, e->arena);
        } else if (value.kind == VALUE_LIST) {
            for (size_t k = 0; k < value.list.count; k++) {
                add_joined(e, out, separator, value.list.at[k]);
            }
        } else {
            add_joined(e, out, separator, value);
        }
    }
    return true;
}

static bool evaluate_join(struct evaluation *e, const struct node *call, const struct scope *scope,
                          struct value *ret)
{
    AUTO(buffer_done) struct buffer out = {0};

    buffer_init(&out, TEXT_MOST);
    if (!join_into(e, call, scope, &out)) {
        return false;
    }
    if (out.overflow) {
        return evaluation_hold(e, "too-long", "A text would be longer than %d bytes.", TEXT_MOST);
    }
    if (!evaluation_spend(e, out.size / BYTES_A_STEP)) {
        return false;
    }
    *ret = value_of_text(text_of(arena_copy_text(e->arena, buffer_text(&out))));
    if (!ret->text.at) {
        *ret = value_of_text(TEXT(""));
    }
    return true;
}

/* ---- fold: as people compare names ---- */

static bool check_text_in_out(struct checker *c, const struct node *call, const struct place *place,
                              struct type *ret)
{
    bool optional;

    if (!check_argument(c, call, 0, place, AS(IS_TEXT), ret)) {
        return false;
    }
    optional = ret->optional;
    *ret = type_of(IS_TEXT);
    ret->optional = optional;
    return true;
}

static bool is_blank(const char *at, size_t *ret_size)
{
    static const char *const blanks[] = {" ", "\t", "\n", "\r", "\xc2\xa0"};

    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        *ret_size = strlen(blanks[i]);
        if (strncmp(at, blanks[i], *ret_size) == 0) {
            return true;
        }
    }
    return false;
}

/* One blank between words, none at the ends. */
static const char *without_blanks(struct evaluation *e, struct text t)
{
    const char *in = arena_copy_text(e->arena, t);
    char *out = arena_alloc(e->arena, t.size + 1, 1);
    size_t size = 0, blank;
    bool pending = false;

    while (*in) {
        if (is_blank(in, &blank)) {
            pending = size > 0;
            in += blank;
            continue;
        }
        if (pending) {
            out[size++] = ' ';
        }
        pending = false;
        out[size++] = *in++;
    }
    return out;
}

static struct text folded(struct evaluation *e, struct text t)
{
    const char *words;
    uint8_t *out;
    size_t size = 0;

    out = u8_casefold((const uint8_t *)t.at, t.size, NULL, UNINORM_NFKC, NULL, &size);
    words = out ? without_blanks(e, (struct text){(const char *)out, size}) : without_blanks(e, t);
    memory_free(out);
    return text_of(words);
}

static bool evaluate_fold(struct evaluation *e, const struct node *call, const struct scope *scope,
                          struct value *ret)
{
    if (!evaluate(e, call->items[0], scope, ret)) {
        return false;
    }
    if (value_is_absent(*ret)) {
        return true;
    }
    if (!evaluation_spend(e, ret->text.size / BYTES_A_STEP)) {
        return false;
    }
    *ret = value_of_text(folded(e, ret->text));
    return true;
}

/* ---- cut: the first characters ---- */

static bool check_cut(struct checker *c, const struct node *call, const struct place *place,
                      struct type *ret)
{
    struct type most;

    return check_text_in_out(c, call, place, ret) &&
           check_argument_present(c, call, 1, place, AS(IS_DECIMAL), &most);
}

/* Bytes of the first `most` characters. */
static size_t size_of_characters(struct text t, size_t most)
{
    size_t at = 0;

    while (at < t.size && most > 0) {
        at++;
        while (at < t.size && ((unsigned char)t.at[at] & 0xC0) == 0x80) {
            at++;
        }
        most--;
    }
    return at;
}

static bool evaluate_cut(struct evaluation *e, const struct node *call, const struct scope *scope,
                         struct value *ret)
{
    struct value most;
    decimal_coefficient n;

    if (!evaluate(e, call->items[0], scope, ret) || !evaluate(e, call->items[1], scope, &most)) {
        return false;
    }
    if (!value_is_absent(*ret)) {
        n = decimal_round(most.number, 0, DECIMAL_DOWN).coefficient;
        n = n < 0 ? 0 : n > TEXT_MOST ? TEXT_MOST : n;
        ret->text.size = size_of_characters(ret->text, (size_t)n);
    }
    return true;
}

/* ---- from text ---- */

static bool check_number(struct checker *c, const struct node *call, const struct place *place,
                         struct type *ret)
{
    if (!check_text_in_out(c, call, place, ret)) {
        return false;
    }
    ret->is = IS_DECIMAL;
    return true;
}

/* "1,234,567.50": the point divides, and a comma only stands where it groups three digits. Any
 * other comma may be somebody's decimal sign, which would make a hundredfold of it. */
static bool groups_thousands(struct text t, size_t comma, size_t point)
{
    size_t before = 0;

    for (size_t i = comma; i-- > 0 && isdigit((unsigned char)t.at[i]);) {
        before++;
    }
    return comma < point && before >= 1 && before <= 3 && (point - comma) % 4 == 0;
}

static size_t point_of(struct text t)
{
    size_t point = 0;

    while (point < t.size && t.at[point] != '.') {
        point++;
    }
    return point;
}

static bool evaluate_number(struct evaluation *e, const struct node *call,
                            const struct scope *scope, struct value *ret)
{
    struct decimal number;
    struct text t;
    char *digits;
    size_t size = 0;
    bool sound = true;

    if (!evaluate(e, call->items[0], scope, ret) || value_is_absent(*ret)) {
        return !e->held && e->bug.kind == ERROR_NONE;
    }
    t = text_trim(ret->text);
    digits = arena_alloc(e->arena, t.size + 1, 1);
    for (size_t i = 0; i < t.size; i++) {
        if (t.at[i] == ',') {
            sound = sound && groups_thousands(t, i, point_of(t));
        } else {
            digits[size++] = t.at[i];
        }
    }
    if (!sound || !decimal_parse((struct text){digits, size}, &number, NULL)) {
        return evaluation_hold(e, "not-a-number", "'%.*s' is not a number.",
                               (int)(t.size > 60 ? 60 : t.size), t.at);
    }
    *ret = value_of_decimal(number);
    return true;
}

static bool check_date(struct checker *c, const struct node *call, const struct place *place,
                       struct type *ret)
{
    struct type pattern;

    if (!check_text_in_out(c, call, place, ret) ||
        !check_argument_present(c, call, 1, place, AS(IS_TEXT), &pattern)) {
        return false;
    }
    ret->is = IS_DATE;
    return true;
}

static bool evaluate_date(struct evaluation *e, const struct node *call, const struct scope *scope,
                          struct value *ret)
{
    struct value pattern;
    struct date date;

    if (!evaluate(e, call->items[0], scope, ret) || !evaluate(e, call->items[1], scope, &pattern)) {
        return false;
    }
    if (value_is_absent(*ret)) {
        return true;
    }
    if (!date_parse_as(text_trim(ret->text), arena_copy_text(e->arena, pattern.text), &date,
                       NULL)) {
        return evaluation_hold(e, "not-a-date", "'%.*s' is not a date of the form %.*s.",
                               (int)(ret->text.size > 60 ? 60 : ret->text.size), ret->text.at,
                               TEXT_ARGS(pattern.text));
    }
    *ret = value_of_date(date);
    return true;
}

const struct function functions_of_text[] = {
    {"join", 1, ARGUMENTS_MOST, check_join, evaluate_join},
    {"fold", 1, 1, check_text_in_out, evaluate_fold},
    {"cut", 2, 2, check_cut, evaluate_cut},
    {"number", 1, 1, check_number, evaluate_number},
    {"date", 2, 2, check_date, evaluate_date},
    {NULL, 0, 0, NULL, NULL},
};
