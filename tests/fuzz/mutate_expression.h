/*
 * Mutations that keep expressions expressions: a piece of one is replaced by another, or put into a
 * form of the grammar. Half of the time the bytes are changed as libFuzzer likes.
 */
#ifndef FERRY_TESTS_FUZZ_MUTATE_EXPRESSION_H
#define FERRY_TESTS_FUZZ_MUTATE_EXPRESSION_H

#include "unit/map/grammar.h"

/* A target of expressions defines MUTATE_BEHIND: bytes before the expression that mean something
 * else. */

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed);

static bool is_word_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '@' || c == '\'';
}

/* A word with what stands in brackets behind it, or everything between two brackets. */
static struct text piece_of(struct text t, uint64_t *random)
{
    size_t from = t.size ? next_random(random) % t.size : 0, to;
    int depth = 0;

    while (from > 0 && is_word_char(t.at[from]) && is_word_char(t.at[from - 1])) {
        from--;
    }
    for (to = from; to < t.size && is_word_char(t.at[to]); to++) {
    }
    for (; to < t.size; to++) {
        depth += t.at[to] == '(' || t.at[to] == '[';
        depth -= t.at[to] == ')' || t.at[to] == ']';
        if (depth <= 0) {
            to += depth == 0 && (t.at[to] == ')' || t.at[to] == ']');
            break;
        }
    }
    return (struct text){t.at + from, to - from};
}

/* A form of the grammar in which `kept` is one of the expressions. */
static void add_form(struct buffer *out, struct text kept, uint64_t *random)
{
    const char *form =
        grammar_shapes[next_random(random) % (sizeof grammar_shapes / sizeof *grammar_shapes)];
    char where = (char)('A' + next_random(random) % 2);

    for (; *form; form++) {
        if (*form < 'A' || *form > 'C') {
            buffer_add_char(out, *form);
        } else if (*form == where) {
            buffer_add_char(out, '(');
            buffer_add_text(out, kept);
            buffer_add_char(out, ')');
        } else {
            grammar_grow(out, random, 1);
        }
    }
}

static void mutate_text(struct text t, struct buffer *out, uint64_t *random)
{
    struct text piece = piece_of(t, random), other = piece_of(t, random);
    size_t before = piece.at ? (size_t)(piece.at - t.at) : 0, after = before + piece.size;

    buffer_add_text(out, (struct text){t.at, before});
    switch (next_random(random) % 4) {
    case 0:
        grammar_grow(out, random, (unsigned)(next_random(random) % 3));
        break;
    case 1:
        buffer_add_text(out, other);
        break;
    default:
        add_form(out, piece, random);
        break;
    }
    buffer_add_text(out, (struct text){t.at + after, t.size - after});
}

#ifdef MUTATE_BEHIND
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size, unsigned seed)
{
    AUTO(buffer_done) struct buffer out = {0};
    uint64_t random = seed + UINT64_C(0x9e3779b97f4a7c15);

    (void)next_random(&random);
    if (size <= MUTATE_BEHIND || next_random(&random) % 2) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    if (MUTATE_BEHIND && next_random(&random) % 4 == 0) {
        data[0] = (uint8_t)next_random(&random);
    }
    buffer_init(&out, 1 << 20);
    mutate_text((struct text){(char *)data + MUTATE_BEHIND, size - MUTATE_BEHIND}, &out, &random);
    if (out.overflow || out.size == 0 || out.size + MUTATE_BEHIND > max_size) {
        return LLVMFuzzerMutate(data, size, max_size);
    }
    memcpy(data + MUTATE_BEHIND, out.at, out.size);
    return out.size + MUTATE_BEHIND;
}
#endif

#endif
