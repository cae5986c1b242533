/* What a browser brings back behind the '?'. */
#include "login/login_internal.h"
#include "unit.h"

static void query__gives_decoded_values(void **state)
{
    static const struct {
        const char *query, *expected; /* of "code"; NULL: none that can be used */
    } cases[] = {
        {"code=abc", "abc"},  {"state=x&code=a%2Fb+c&code=2", "a/b c"},
        {"code=", ""},        {"xcode=1&code", ""},
        {"state=1", NULL},    {"code=%4", NULL},
        {"code=%zz", NULL},   {"code=a%0d%0aHost:", NULL},
        {"code=a%00b", NULL}, {"code=a%7f", NULL},
        {"code=a\x7f", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        AUTO_FREE char *value = query_value(text_of(cases[i].query), "code");

        if ((value == NULL) != (cases[i].expected == NULL)) {
            fail_msg("%s gives %s", cases[i].query, value ? value : "nothing");
        }
        if (value) {
            assert_string_equal(value, cases[i].expected);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(query__gives_decoded_values)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
