/*
 * Expressions made up from a grammar, a world in which they mean something, and what the checker
 * promises of the values they yield. For sound_test and for fuzzing.
 */
#ifndef FERRY_TEST_MAP_GRAMMAR_H
#define FERRY_TEST_MAP_GRAMMAR_H

#include "script.h"

#define GRAMMAR_WORLD                                                                              \
    "list things *id: text, kind: 'a'|'b', name: text?, n: decimal, rate: decimal?, "              \
    "currency: text, total: money(currency), paid: minor(currency)?, day: date, due: date?, "      \
    "at: time, ok: bool, owner: users?, either: users|codes, tags: text[], names: text[]?, "       \
    "numbers: decimal{}?, file: file?, inner.code: text?, inner.amount: money(currency)?, "        \
    "lines: [*id: text, n: decimal, amount: money(parent.currency), code: text?, who: users?], "   \
    "more: [*place: position, x: decimal?]?\n"                                                     \
    "list users *id: text, name: text, email: text?, friends: users[]\n"                           \
    "small codes *code: text, name: text, n: decimal?\n"                                           \
    "sink bills *BillID: text!, Number: text, Total: money(Currency)?, Currency: text?\n"          \
    "derive things.half div(n, 2, 2)\n"                                                            \
    "derive things.others where(things, owner == parent.owner)\n"                                  \
    "option prefix text \"AC\"\noption limit decimal? 5\n"                                         \
    "mapping bill things → bills\nfield Number id\n"                                             \
    "mapping sum group(things, by: kind) → bills\nskip false because x: x\nfield Number by\n"    \
    "document bill 1 {\"state\":\"done\",\"id\":\"b1\",\"url\":\"https://x\"}\n"                   \
    "put bills {\"BillID\":\"b1\",\"Number\":\"N\"}\n"                                             \
    "put users {\"id\":\"u1\",\"name\":\"Ann\",\"email\":\"a@b.c\",\"friends\":[\"u2\"]}\n"        \
    "put users {\"id\":\"u2\",\"name\":\"Bob\",\"friends\":[]}\n"                                  \
    "put codes {\"code\":\"A\",\"name\":\"One\",\"n\":1}\n"                                        \
    "put codes {\"code\":\"B\",\"name\":\"One\"}\n"                                                \
    "put xero.Organisation {\"OrganisationID\":\"o\",\"Name\":\"H\",\"BaseCurrency\":\"EUR\","     \
    "\"Timezone\":\"UTC\"}\n"                                                                      \
    "put things {\"id\":\"1\",\"kind\":\"a\",\"n\":2,\"rate\":1.5,\"currency\":\"EUR\",\"total\":" \
    "10.00,\"paid\":250,\"day\":\"2026-10-01\",\"due\":\"2026-10-31\",\"at\":"                     \
    "\"2026-10-01T22:00:00Z\",\"ok\":true,\"owner\":\"u1\",\"either\":\"A\",\"tags\":[\"x\","      \
    "\"y\"],\"names\":[\"Ann\"],\"numbers\":{\"x\":3},\"inner\":{\"code\":\"A\",\"amount\":1.5},"  \
    "\"lines\":[{\"id\":\"l1\",\"n\":1,\"amount\":6,\"code\":\"A\",\"who\":\"u1\"},{\"id\":"       \
    "\"l2\",\"n\":2,\"amount\":4.00}],\"more\":[{\"x\":1},{}]}\n"                                  \
    "put things {\"id\":\"2\",\"kind\":\"b\",\"n\":0,\"currency\":\"GBP\",\"total\":0,\"day\":"    \
    "\"2026-10-01\",\"at\":\"2026-10-01T22:00:00Z\",\"ok\":false,\"either\":\"u1\",\"tags\":[],"   \
    "\"lines\":[]}\n"

static const char *const grammar_atoms[] = {
    "id",
    "kind",
    "name",
    "n",
    "rate",
    "currency",
    "total",
    "paid",
    "day",
    "due",
    "at",
    "ok",
    "owner",
    "either",
    "tags",
    "names",
    "numbers",
    "file",
    "inner",
    "inner.code",
    "lines",
    "more",
    "users",
    "codes",
    "things",
    "half",
    "others",
    "parent",
    "parent.n",
    "option.prefix",
    "option.limit",
    "org",
    "'a'",
    "'EUR'",
    "'x'",
    "'UTC'",
    "'MONTHLY'",
    "0",
    "1",
    "2.5",
    "true",
    "value",
    "@bill",
    "@bill.state",
    "@",
    "@bill.target",
    "inner.amount",
    "hold('x: y')",
    "email",
    "code",
    "amount",
    "who",
    "friends",
    "x",
    "place",
    "either.name",
    "owner.name",
    "[]",
    "rows",
    "parent.total",
    "'DD.MM.YYYY'",
    "@sum",
    "parent.id",
    "bills",
    "by",
    "start",
};
/* 'A', 'B', 'C' stand for an expression each. */
static const char *const grammar_shapes[] = {
    "A + B",
    "A - B",
    "A * B",
    "-A",
    "A ?? B",
    "A == B",
    "A != B",
    "A < B",
    "A >= B",
    "A in (B, C)",
    "A in B",
    "not A",
    "A and B",
    "A or B",
    "A[B]",
    "[A, B]",
    "exists(A)",
    "note('x: y', A)",
    "if(A, B, C)",
    "if(A, B)",
    "case(A, 'a': B, else: C)",
    "case(A, 'a': B, 'b': C)",
    "join(A, B, C)",
    "fold(A)",
    "cut(A, B)",
    "number(A)",
    "date(A, B)",
    "abs(A)",
    "div(A, B, C)",
    "money(A, B)",
    "value(A)",
    "currency(A)",
    "share(A, B, C)",
    "day(A, B)",
    "period(A, B, C)",
    "where(A, B)",
    "find(A, B)",
    "first(A)",
    "group(A, by: B)",
    "count(A)",
    "sum(A)",
    "sum(A, B)",
    "min(A, B)",
    "max(A)",
    "any(A, B)",
    "all(A, B)",
    "@bill(A)",
    "A.name",
    "A.id",
    "A.rows",
    "A.by",
    "A.n",
    "A.start",
    "A.target",
    "if(exists(A), B, C)",
    "(A) ?? hold('x: y')",
    "where(lines, A)",
    "find(users, A == B)",
    "sum(lines, A)",
    "first(group(lines, by: A))",
};

static inline void grammar_grow(struct buffer *out, uint64_t *seed, unsigned depth)
{
    const char *shape;

    if (depth == 0 || next_random(seed) % 4 == 0) {
        buffer_add_cstr(
            out, grammar_atoms[next_random(seed) % (sizeof grammar_atoms / sizeof *grammar_atoms)]);
        return;
    }
    for (shape =
             grammar_shapes[next_random(seed) % (sizeof grammar_shapes / sizeof *grammar_shapes)];
         *shape; shape++) {
        if (*shape < 'A' || *shape > 'C') {
            buffer_add_char(out, *shape);
            continue;
        }
        buffer_add_char(out, '(');
        grammar_grow(out, seed, depth - 1);
        buffer_add_char(out, ')');
    }
}

static inline bool is_kind(const struct type *type, enum value_kind kind)
{
    static const unsigned kinds[] = {
        [IS_TEXT] = 1u << VALUE_TEXT,
        [IS_CHOICE] = 1u << VALUE_TEXT,
        [IS_DECIMAL] = 1u << VALUE_DECIMAL,
        [IS_BOOL] = 1u << VALUE_BOOL,
        [IS_DATE] = 1u << VALUE_DATE,
        [IS_TIME] = 1u << VALUE_TIME,
        [IS_MONEY] = 1u << VALUE_MONEY,
        [IS_FILE] = 1u << VALUE_FILE,
        [IS_RECORD] = 1u << VALUE_RECORD,
        [IS_LIST] = 1u << VALUE_LIST | 1u << VALUE_WHOLE,
        [IS_TABLE] = 1u << VALUE_TABLE,
        [IS_DOCUMENT] = 1u << VALUE_DOCUMENT,
        [IS_NEVER] = 0,
        [IS_REFERENCE] = 1u << VALUE_RECORD | 1u << VALUE_DOCUMENT,
    };

    return kind == VALUE_ABSENT ? type->optional : (kinds[type->is] >> kind & 1) != 0;
}

/* The same for what a list holds, and records have the shape that was promised. */
static inline bool grammar_is_of_type(const struct type *type, struct value value)
{
    for (size_t i = 0; value.kind == VALUE_LIST && type->is == IS_LIST && i < value.list.count;
         i++) {
        if (!grammar_is_of_type(type->of, value.list.at[i])) {
            return false;
        }
    }
    return is_kind(type, value.kind) && (value.kind != VALUE_RECORD || type->is != IS_RECORD ||
                                         value.record.shape == type->shape);
}

#endif
