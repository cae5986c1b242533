#include "base/memory.h"
#include "map/lex_parse.h"
#include "map/record_type.h"

#define FIELDS_MOST 512
#define NAMES_MOST  128
#define PARTS_MOST  16 /* of a name with dots */

static const struct record_type *parse_fields(struct lexer *l, const char *close);

static const char *parse_dotted(struct lexer *l)
{
    const char *name = lexer_name(l), *part;
    unsigned parts = 1;

    while (name && lexer_takes(l, ".")) {
        if (++parts > PARTS_MOST) {
            return lexer_fail(l, "a name has at most %d parts", PARTS_MOST);
        }
        part = lexer_name(l);
        name = part ? arena_printf(l->arena, "%s.%s", name, part) : NULL;
    }
    return name;
}

/* ---- one type ---- */

static void keep_names(struct lexer *l, struct field_type *field, const char *const *names)
{
    const char **kept = arena_alloc(l->arena, field->name_count, sizeof *kept);

    memcpy(kept, names, field->name_count * sizeof *kept);
    field->names = kept;
}

/* 'a'|'b' */
static void parse_choice(struct lexer *l, struct field_type *field)
{
    const char *names[NAMES_MOST];

    field->kind = TYPE_CHOICE;
    do {
        if (l->now.kind != TOKEN_TEXT || field->name_count == NAMES_MOST) {
            lexer_fail(l, "a choice is 'one'|'other'|…, with at most %d names", NAMES_MOST);
            return;
        }
        names[field->name_count++] = lexer_literal(l);
    } while (lexer_takes(l, "|"));
    keep_names(l, field, names);
}

/* users, xero.Accounts, Invoices|CreditNotes */
static void parse_reference(struct lexer *l, struct field_type *field, const char *first)
{
    const char *names[NAMES_MOST];
    const char *name = first, *part;

    field->kind = TYPE_REFERENCE;
    for (;;) {
        if (name && lexer_takes(l, ".")) {
            part = lexer_name(l);
            name = part ? arena_printf(l->arena, "%s.%s", name, part) : NULL;
        }
        if (!name || field->name_count == NAMES_MOST) {
            lexer_fail(l, "a reference names at most %d lists", NAMES_MOST);
            return;
        }
        names[field->name_count++] = name;
        if (!lexer_takes(l, "|")) {
            break;
        }
        name = lexer_name(l);
    }
    keep_names(l, field, names);
}

static void parse_text_limit(struct lexer *l, struct field_type *field)
{
    struct decimal most;

    if (!lexer_takes(l, "(")) {
        return;
    }
    if (l->now.kind != TOKEN_NUMBER || !decimal_parse(l->now.text, &most, NULL) ||
        most.scale != 0 || most.coefficient < 1 || most.coefficient > 1000000) {
        lexer_fail(l, "text(n) takes how many characters fit, 1 to 1000000");
        return;
    }
    field->text_most = (unsigned)most.coefficient;
    lexer_next(l);
    (void)lexer_needs(l, ")");
}

static void parse_currency(struct lexer *l, struct field_type *field)
{
    if (lexer_needs(l, "(")) {
        field->currency = parse_inner_expression(l);
        (void)lexer_needs(l, ")");
    }
}

/* The words that are types; every other name is a list. */
static const struct {
    const char *word;
    enum type_kind kind;
    void (*parse_rest)(struct lexer *l, struct field_type *field);
} type_words[] = {
    {"text", TYPE_TEXT, parse_text_limit},
    {"decimal", TYPE_DECIMAL, NULL},
    {"bool", TYPE_BOOL, NULL},
    {"date", TYPE_DATE, NULL},
    {"time", TYPE_TIME, NULL},
    {"file", TYPE_FILE, NULL},
    {"position", TYPE_POSITION, NULL},
    {"money", TYPE_MONEY, parse_currency},
    {"minor", TYPE_MINOR, parse_currency},
};

static void parse_word(struct lexer *l, struct field_type *field)
{
    const char *word = lexer_name(l);

    for (size_t i = 0; word && i < sizeof type_words / sizeof *type_words; i++) {
        if (strcmp(type_words[i].word, word) == 0) {
            field->kind = type_words[i].kind;
            if (type_words[i].parse_rest) {
                type_words[i].parse_rest(l, field);
            }
            return;
        }
    }
    if (word) {
        parse_reference(l, field, word);
    }
}

static void parse_many(struct lexer *l, struct field_type *field)
{
    if (field->kind != TYPE_RECORDS && lexer_takes(l, "[")) {
        field->is_list = true;
        (void)lexer_needs(l, "]");
    } else if (field->kind != TYPE_RECORDS && lexer_takes(l, "{")) {
        field->is_table = true;
        (void)lexer_needs(l, "}");
    }
}

static void parse_marks(struct lexer *l, struct field_type *field)
{
    for (;;) {
        if (lexer_takes(l, "?")) {
            field->is_optional = true;
        } else if (lexer_takes(l, "!")) {
            field->is_read_only = true;
        } else {
            return;
        }
    }
}

static void parse_type(struct lexer *l, struct field_type *field)
{
    if (lexer_takes(l, "[")) {
        if (++l->depth > EXPRESSION_MAX_DEPTH) {
            lexer_fail(l, "it is nested more than %d levels deep", EXPRESSION_MAX_DEPTH);
            return;
        }
        field->kind = TYPE_RECORDS;
        field->records = parse_fields(l, "]");
        l->depth--;
        (void)lexer_needs(l, "]");
    } else if (l->now.kind == TOKEN_TEXT) {
        parse_choice(l, field);
    } else {
        parse_word(l, field);
    }
    parse_many(l, field);
    parse_marks(l, field);
}

/* ---- records ---- */

static bool is_there(const struct field_type *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Fields as they come; copied once their number is known. */
struct fields {
    struct field_type *at;
    size_t count, capacity;
};

static void parse_field(struct lexer *l, struct fields *all)
{
    struct field_type field = {.column = l->now.column, .is_key = lexer_takes(l, "*")};

    field.name = parse_dotted(l);
    if (!field.name) {
        return;
    }
    if (is_there(all->at, all->count, field.name)) {
        lexer_fail(l, "the field %s stands here twice", field.name);
        return;
    }
    if (lexer_needs(l, ":")) {
        parse_type(l, &field);
    }
    memory_grow(&all->at, &all->capacity, all->count, sizeof *all->at);
    all->at[all->count++] = field;
}

static const struct record_type *keep_fields(struct lexer *l, const struct fields *all)
{
    struct record_type *type = arena_alloc(l->arena, 1, sizeof *type);
    struct field_type *kept = arena_alloc(l->arena, all->count + 1, sizeof *kept);

    if (all->count) {
        memcpy(kept, all->at, all->count * sizeof *kept);
    }
    type->fields = kept;
    type->field_count = all->count;
    return type;
}

/* Fields up to `close` (NULL: to the end), which is left to the caller. */
static const struct record_type *parse_fields(struct lexer *l, const char *close)
{
    const struct record_type *type = NULL;
    struct fields all = {0};

    do {
        if (all.count == FIELDS_MOST) {
            lexer_fail(l, "a record has at most %d fields", FIELDS_MOST);
            break;
        }
        parse_field(l, &all);
    } while (!l->failed && lexer_takes(l, ","));
    if (!l->failed && (close ? !lexer_sees(l, close) : l->now.kind != TOKEN_END)) {
        lexer_fail(l, "expected a comma before %.*s", TEXT_ARGS(l->now.text));
    }
    if (!l->failed) {
        type = keep_fields(l, &all);
    }
    memory_free(all.at);
    return type;
}

const struct record_type *record_type_parse(const char *source, struct arena *arena,
                                            struct syntax_error *err)
{
    const struct record_type *type;
    struct lexer l;

    lexer_start(&l, source, arena, err);
    type = parse_fields(&l, NULL);
    return l.failed ? NULL : type;
}

const struct field_type *field_type_parse(const char *source, struct arena *arena,
                                          struct syntax_error *err)
{
    struct field_type *field = arena_alloc(arena, 1, sizeof *field);
    struct lexer l;

    lexer_start(&l, source, arena, err);
    field->name = "";
    field->column = 1;
    parse_type(&l, field);
    if (!l.failed && l.now.kind != TOKEN_END) {
        lexer_fail(&l, "%.*s was not expected here", TEXT_ARGS(l.now.text));
    }
    return l.failed ? NULL : field;
}

const struct field_type *record_type_field(const struct record_type *type, const char *name)
{
    for (size_t i = 0; i < type->field_count; i++) {
        if (strcmp(type->fields[i].name, name) == 0) {
            return &type->fields[i];
        }
    }
    return NULL;
}
