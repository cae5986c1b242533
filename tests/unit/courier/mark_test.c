#include "unit.h"

#include "courier/delivery.h"

/* Ids that count up begin alike: two scan.pdf of one document must not share a name. */
static void file_mark__tells_ids_apart_that_begin_alike(void **state)
{
    struct arena *arena = arena_new(1 << 16);
    const struct document one = {.key = "i1/598134325"}, other = {.key = "i1/598134326"};
    const char *mark = delivery_file_mark(&one, arena);

    (void)state;
    assert_int_equal(strlen(mark), FILE_MARK_SIZE);
    assert_string_not_equal(mark, delivery_file_mark(&other, arena));
    assert_string_equal(mark, delivery_file_mark(&one, arena));
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_mark__tells_ids_apart_that_begin_alike),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
