/* One table says which rights which Landlock knows; a bit too many and the kernel refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "worker/worker.h"

static void landlock__names_only_rights_that_the_abi_has(void **state)
{
    static const struct {
        int abi, file_rights;
        uint64_t network, scopes;
        size_t bytes;
    } expected[] = {
        {1, 13, 0, 0, 8},  {2, 14, 0, 0, 8},  {3, 15, 0, 0, 8},  {4, 15, 3, 0, 16},
        {5, 16, 3, 0, 16}, {6, 16, 3, 3, 24}, {7, 16, 3, 3, 24}, {99, 16, 3, 3, 24},
    };

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        struct landlock_shape shape = landlock_shape_of(expected[i].abi);
        assert_int_equal(shape.files, (1u << expected[i].file_rights) - 1);
        assert_int_equal(shape.network, expected[i].network);
        assert_int_equal(shape.scopes, expected[i].scopes);
        assert_int_equal(shape.attr_bytes, expected[i].bytes);
    }
    assert_int_equal(landlock_shape_of(0).files, 0);
    assert_int_equal(landlock_shape_of(-1).files, 0);
}

static void landlock__is_never_more_than_asked_for(void **state)
{
    (void)state;
    assert_true(landlock_abi(2) <= 2);
    assert_int_equal(landlock_abi(0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(landlock__names_only_rights_that_the_abi_has),
        cmocka_unit_test(landlock__is_never_more_than_asked_for),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
