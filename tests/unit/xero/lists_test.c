#include "map/record_type.h"
#include "unit.h"
#include "xero/xero.h"

static const struct declaration *declared(struct arena *arena)
{
    const struct declaration *xero = NULL;
    struct error err;

    if (!xero_declaration(arena, &xero, &err)) {
        fail_msg("%s: %s", err.code, err.text);
    }
    return xero;
}

static void xero__is_declared_like_a_connector(void **state)
{
    struct arena *arena = arena_new((size_t)64 << 20);
    const struct declaration *xero = declared(arena);
    struct syntax_error err;

    (void)state;
    assert_true(xero->list_count >= 10);
    for (size_t i = 0; i < xero->list_count; i++) {
        const struct record_type *type = record_type_parse(xero->lists[i].record, arena, &err);
        bool has_key = false;

        if (!type) {
            fail_msg("%s: column %u: %s", xero->lists[i].name, err.column, err.sentence);
        }
        for (size_t k = 0; k < type->field_count; k++) {
            has_key |= type->fields[k].is_key;
        }
        if (!has_key) {
            fail_msg("%s has no key", xero->lists[i].name);
        }
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(xero__is_declared_like_a_connector),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
