#include "map/record_type.h"
#include "unit.h"

static const struct record_type *parsed(const char *source, struct arena *arena)
{
    struct syntax_error err;
    const struct record_type *type = record_type_parse(source, arena, &err);

    if (!type) {
        fail_msg("%s: column %u: %s", source, err.column, err.sentence);
    }
    return type;
}

static void record_type__knows_every_kind_of_field(void **state)
{
    static const char source[] = "*id: text, createdBy.id: users, status: 'a'|'it''s', amount: "
                                 "money(currency)?, cents: minor(parent.currency)!,"
                                 "files: [*id: text, name: text(255)?], codes: text[], labels: "
                                 "text{}?, On: xero.Invoices|xero.CreditNotes,"
                                 "picked: hours, at: time, day: date, n: decimal, ok: bool, "
                                 "content: file, *place: position";
    struct arena *arena = arena_new((size_t)16 << 20);
    const struct record_type *type = parsed(source, arena);
    const struct field_type *field;

    (void)state;
    assert_int_equal(type->field_count, 16);
    assert_true(record_type_field(type, "id")->is_key);
    field = record_type_field(type, "createdBy.id");
    assert_int_equal(field->kind, TYPE_REFERENCE);
    assert_string_equal(field->names[0], "users");
    field = record_type_field(type, "status");
    assert_int_equal(field->kind, TYPE_CHOICE);
    assert_string_equal(field->names[1], "it's");
    field = record_type_field(type, "amount");
    assert_true(field->kind == TYPE_MONEY && field->is_optional);
    assert_string_equal(expression_text(field->currency, arena), "currency");
    field = record_type_field(type, "cents");
    assert_true(field->kind == TYPE_MINOR && field->is_read_only && !field->is_optional);
    field = record_type_field(type, "files");
    assert_int_equal(field->kind, TYPE_RECORDS);
    assert_int_equal(record_type_field(field->records, "name")->text_most, 255);
    assert_true(record_type_field(type, "codes")->is_list);
    assert_true(record_type_field(type, "labels")->is_table &&
                record_type_field(type, "labels")->is_optional);
    field = record_type_field(type, "On");
    assert_int_equal(field->name_count, 2);
    assert_string_equal(field->names[1], "xero.CreditNotes");
    assert_int_equal(record_type_field(type, "place")->kind, TYPE_POSITION);
    assert_null(record_type_field(type, "nothing"));
    arena_free(arena);
}

static void record_type__says_where_it_is_wrong(void **state)
{
    static const struct {
        const char *source;
        unsigned column;
        const char *says;
    } cases[] = {
        {"", 1, "expected a name"},          {"id", 3, "expected :"},
        {"id: ", 5, "expected a name"},      {"id: text name: text", 10, "comma"},
        {"id: text, id: text", 13, "twice"}, {"a: text(0)", 9, "how many"},
        {"a: money", 9, "expected ("},       {"a: [b: text", 12, "comma"},
        {"a: 'x'|b", 8, "choice"},           {"a: users.", 10, "expected a name"},
    };
    struct arena *arena = arena_new((size_t)64 << 20);
    struct syntax_error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (record_type_parse(cases[i].source, arena, &err)) {
            fail_msg("\"%s\" was taken", cases[i].source);
        }
        if (err.column != cases[i].column || !strstr(err.sentence, cases[i].says)) {
            fail_msg("\"%s\": column %u: %s", cases[i].source, err.column, err.sentence);
        }
    }
    arena_free(arena);
}

static void record_type__has_a_depth(void **state)
{
    struct arena *arena = arena_new((size_t)256 << 20);
    struct syntax_error err;
    struct buffer b;

    (void)state;
    buffer_init(&b, 1 << 20);
    for (int i = 0; i < 1000; i++) {
        buffer_add_cstr(&b, "a: [");
    }
    assert_null(record_type_parse(b.at, arena, &err));
    assert_non_null(strstr(err.sentence, "nested"));
    buffer_done(&b);
    arena_free(arena);
}

static void field_type__stands_alone(void **state)
{
    struct arena *arena = arena_new((size_t)16 << 20);
    struct syntax_error err;
    const struct field_type *type = field_type_parse("xero.Accounts?", arena, &err);

    (void)state;
    assert_non_null(type);
    assert_true(type->kind == TYPE_REFERENCE && type->is_optional);
    assert_null(field_type_parse("text, bool", arena, &err));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(record_type__knows_every_kind_of_field),
        cmocka_unit_test(record_type__says_where_it_is_wrong),
        cmocka_unit_test(record_type__has_a_depth),
        cmocka_unit_test(field_type__stands_alone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
