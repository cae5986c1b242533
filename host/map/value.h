/*
 * What expressions yield. Values are small and copied; what they point to lives in the arena of the
 * evaluation, or in the records that were read for it.
 */
#ifndef FERRY_MAP_VALUE_H
#define FERRY_MAP_VALUE_H

#include "base/arena.h"
#include "base/date.h"
#include "base/json.h"
#include "base/money.h"
#include "map/record_type.h"

enum value_kind {
    VALUE_ABSENT,
    VALUE_BOOL,
    VALUE_TEXT,
    VALUE_DECIMAL,
    VALUE_MONEY,
    VALUE_DATE,
    VALUE_TIME,
    VALUE_RECORD,
    VALUE_LIST,
    VALUE_FILE,
    VALUE_WHOLE,    /* all records of a list; only functions that can search it take it */
    VALUE_TABLE,    /* texts to values: type{} */
    VALUE_DOCUMENT, /* @mapping */
};

struct shape;
struct map_list;
struct group_value;

/* A record, an element of a list inside one, an object inside one, or a group. */
struct record_value {
    const char *list; /* the list it belongs to; "" for elements and groups */
    const char *key;
    const struct shape *shape;
    const json_t *json; /* NULL: not loaded yet, or an object that is not there */
    bool is_loaded;
    size_t position;                  /* of an element, from 0 */
    const struct record_value *outer; /* of an element: the record it is in */
    const struct record_value *root;  /* of an object inside a record: that record */
    const struct group_value *group;  /* of a group */
};

struct value {
    enum value_kind kind;
    union {
        bool truth;
        struct text text;
        struct decimal number;
        struct money money;
        struct date date;
        int64_t time_ms;
        struct record_value record;
        struct {
            const struct value *at;
            size_t count;
        } list;
        const json_t *file;
        const struct map_list *whole;
        struct {
            const json_t *json;
            const struct field_type *field;
        } table;
        struct {
            const char *mapping;
            const char *key; /* NULL: there is no such document */
        } document;
    };
};

/* What group() makes: the values of its keys, in their order, and its rows. */
struct group_value {
    const struct value *keys;
    struct value rows;
};

#define NO_VALUE  ((struct value){.kind = VALUE_ABSENT})
#define NO_RECORD ((struct record_value){.list = "", .key = ""})

struct value value_of_bool(bool truth);
struct value value_of_text(struct text text); /* borrowed */
struct value value_of_decimal(struct decimal number);
struct value value_of_money(struct decimal amount, const char *currency);
struct value value_of_date(struct date date);
struct value value_of_list(const struct value *at, size_t count);
struct value value_of_record(struct record_value record);
bool value_is_absent(struct value value);

/*
 * == of the language: absent equals nothing, money compares amounts of one currency (zero has any),
 * records compare by key. REJECTED "mixed-currency" when two currencies meet.
 */
MUST_CHECK bool value_equal(struct value a, struct value b, bool *ret, struct error *err);
/* <0, 0, >0 for numbers, money, dates, times and texts. */
MUST_CHECK bool value_order(struct value a, struct value b, int *ret, struct error *err);
/* + and -, for numbers, money, and days: date ± number, date - date. */
MUST_CHECK bool value_add(struct value a, struct value b, bool subtract, struct value *ret,
                          struct error *err);
MUST_CHECK bool value_multiply(struct value a, struct value b, struct value *ret,
                               struct error *err);

/* How a value is spelt as a key, in join() and in messages. In arena; "" when absent. */
struct text value_spelling(struct value value, struct arena *arena);
/* For messages: "a text", "money", "a record of users". */
const char *value_kind_name(enum value_kind kind);

#endif
