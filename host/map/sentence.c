#include "map/sentence.h"

#include <string.h>

#include "base/memory.h"
#include "map/function.h"

#define SENTENCE_MAX        600 /* bytes, as it is said */
#define PIECES_MAX          16
#define VALUES_OF_LIST_MOST 20

/* ---- checking ---- */

/* The end of an expression that begins at `at`: its closing brace, not one inside a text. */
static const char *end_of_value(const char *at)
{
    bool quoted = false;

    for (; *at; at++) {
        quoted = *at == '\'' ? !quoted : quoted;
        if (*at == '}' && !quoted) {
            return at;
        }
    }
    return NULL;
}

/* Blanks before it keep the columns of complaints true. */
static const struct node *parse_value(struct checker *c, struct text value, unsigned column)
{
    char *padded = arena_alloc(c->arena, column + value.size + 1, 1);
    struct syntax_error err = {0};
    const struct node *node;

    memset(padded, ' ', column);
    memcpy(padded + column, value.at, value.size);
    node = expression_parse(padded, c->arena, &err);
    if (!node) {
        struct node at = {.column = err.column};

        check_fail(c, &at, "in a sentence: %s", err.sentence);
    }
    return node;
}

static bool check_value(struct checker *c, const struct node *node, const struct place *place)
{
    const unsigned kinds =
        AS(IS_TEXT) | AS(IS_CHOICE) | AS(IS_DECIMAL) | AS(IS_MONEY) | AS(IS_DATE) | AS(IS_TIME);
    struct type type;

    if (!check_infer(c, node, place, &type)) {
        return false;
    }
    if (type.is == IS_LIST && !type.whole) {
        type = *type.of;
    }
    type.optional = true;
    return check_need(c, node, &type, kinds, "a value in a sentence");
}

/* Words up to the next value or the end; "{{" and "}}" are braces. */
static const char *take_words(struct checker *c, const char **at)
{
    char *words = arena_alloc(c->arena, strlen(*at) + 1, 1);
    size_t size = 0;

    for (; **at; (*at)++) {
        if ((**at == '{' || **at == '}') && (*at)[1] == **at) {
            (*at)++;
        } else if (**at == '{') {
            break;
        }
        words[size++] = **at;
    }
    words[size] = '\0';
    return words;
}

static bool check_pieces(struct checker *c, const char *sentence, unsigned column,
                         const struct place *place, struct reason *ret)
{
    struct sentence_piece *pieces = arena_alloc(c->arena, PIECES_MAX, sizeof *pieces);
    const char *at = sentence, *end;

    for (size_t i = 0; i < PIECES_MAX; i++) {
        pieces[i].words = take_words(c, &at);
        if (!*at) {
            ret->pieces = pieces;
            return true;
        }
        end = end_of_value(at + 1);
        if (!end) {
            struct node here = {.column = column + (unsigned)(at - sentence) + 1};

            return check_fail(c, &here,
                              "a value in a sentence ends with '}'; write '{{' for a brace");
        }
        pieces[i].value = parse_value(c, (struct text){at + 1, (size_t)(end - at - 1)},
                                      column + (unsigned)(at - sentence) + 1);
        if (!pieces[i].value || !check_value(c, pieces[i].value, place)) {
            return false;
        }
        at = end + 1;
    }
    return check_fail(c, NULL, "a sentence has at most %d values", PIECES_MAX - 1);
}

bool reason_check(struct checker *c, const char *text, unsigned column, const struct place *place,
                  struct reason *ret)
{
    if (!reason_read(text, c->arena, ret)) {
        return check_fail(c, NULL,
                          "a reason is 'code: sentence', with a code of small letters, digits and "
                          "'-', and a sentence");
    }
    return check_pieces(c, ret->sentence, column + (unsigned)strlen(ret->code) + 2, place, ret);
}

/* ---- saying ---- */

static void say_money(struct money money, struct buffer *out)
{
    uint8_t places = (uint8_t)currency_digits(money.currency);
    char digits[DECIMAL_TEXT_MAX];

    if (money.amount.scale < places) {
        money.amount = decimal_round(money.amount, places, DECIMAL_HALF_UP);
    }
    buffer_addf(out, "%s%s%s", decimal_format(money.amount, digits), money.currency[0] ? " " : "",
                money.currency);
}

static void say_value(struct evaluation *e, struct value value, struct buffer *out)
{
    struct text spelling;

    if (value.kind == VALUE_MONEY) {
        say_money(value.money, out);
        return;
    }
    if (value.kind == VALUE_LIST) {
        buffer_add_cstr(out, value.list.count ? "" : "nothing");
        for (size_t i = 0; i < value.list.count && i < VALUES_OF_LIST_MOST; i++) {
            buffer_add_cstr(out, i ? ", " : "");
            say_value(e, value.list.at[i], out);
        }
        buffer_add_cstr(out, value.list.count > VALUES_OF_LIST_MOST ? ", …" : "");
        return;
    }
    spelling = value_spelling(value, e->arena);
    if (spelling.size == 0) {
        buffer_add_cstr(out, "nothing");
    }
    for (size_t i = 0; i < spelling.size; i++) {
        /* what a record says is not trusted to be one line */
        buffer_add_char(out, (unsigned char)spelling.at[i] < 0x20 ? ' ' : spelling.at[i]);
    }
}

/* What a value cannot be worked out for has a hold of its own, which is not what is said here. */
static void say_piece(struct evaluation *e, const struct node *node, const struct scope *scope,
                      struct buffer *out)
{
    struct evaluation kept = *e;
    struct value value;

    e->held = false;
    if (evaluate(e, node, scope, &value)) {
        say_value(e, value, out);
    } else {
        buffer_add_cstr(out, "?");
    }
    e->held = kept.held;
    e->code = kept.code;
    e->sentence = kept.sentence;
}

/* What is too long is cut, not left out. */
static void say_words(const char *words, struct buffer *out)
{
    struct text text = text_of(words);
    size_t room = out->max - out->size;

    text.size = text.size < room ? text.size : room;
    buffer_add_text(out, text);
}

const char *reason_say(struct evaluation *e, const struct reason *reason, const struct scope *scope)
{
    AUTO(buffer_done) struct buffer out = {0};
    const struct sentence_piece *piece = reason->pieces;

    if (!piece) {
        return reason->sentence;
    }
    buffer_init(&out, SENTENCE_MAX);
    for (; piece->value; piece++) {
        say_words(piece->words, &out);
        say_piece(e, piece->value, scope, &out);
    }
    say_words(piece->words, &out);
    if (out.at) {
        text_mend(out.at);
    }
    return out.at && out.at[0] ? arena_copy(e->arena, out.at) : "";
}
