#include <stdio.h>

#include "intake/csv.h"
#include "unit.h"

struct seen {
    struct buffer text;
    size_t rows, stop_after;
};

static bool note(void *self, const json_t *record, const json_t *kept, struct error *err)
{
    struct seen *seen = self;
    AUTO_FREE char *body = json_write_text(record);

    assert_null(kept);
    seen->rows++;
    buffer_add_cstr(&seen->text, body);
    if (seen->rows == seen->stop_after) {
        return error_set(err, ERROR_BUG, "stopped", "no more");
    }
    return true;
}

static bool look(struct text bytes, struct seen *seen, struct error *err)
{
    *seen = (struct seen){.stop_after = seen->stop_after};
    buffer_init(&seen->text, 1 << 20);
    return csv_each(bytes, "run.csv", note, seen, err);
}

#define ROW(line, cells) "{\"cells\":{" cells "},\"file\":\"run.csv\",\"line\":" line "}"

static void csv__reads_what_programs_export(void **state)
{
    static const struct {
        const char *bytes, *expected;
    } cases[] = {
        {"a,b\n1,2\n", ROW("2", "\"a\":\"1\",\"b\":\"2\"")},
        {"a,b\r\n1,2\r\n3,4",
         ROW("2", "\"a\":\"1\",\"b\":\"2\"") ROW("3", "\"a\":\"3\",\"b\":\"4\"")},
        {"\xef\xbb\xbf"
         "a;b\n1,5;2\n",
         ROW("2", "\"a\":\"1,5\",\"b\":\"2\"")},
        {"a\tb\n1\t\"x\ty\"\n", ROW("2", "\"a\":\"1\",\"b\":\"x\\ty\"")},
        {"Date;\"Amount, CAD, net\"\n1;2\n", ROW("2", "\"Amount, CAD, net\":\"2\",\"Date\":\"1\"")},
        /* quotes, doubled quotes, and a line break inside: the next row is on line 4 */
        {"a,b\n\"x, \"\"y\"\"\",\"one\r\ntwo\"\n5,6\n",
         ROW("2", "\"a\":\"x, \\\"y\\\"\",\"b\":\"one\\r\\ntwo\"")
             ROW("4", "\"a\":\"5\",\"b\":\"6\"")},
        /* blank cells and blank rows are left out, blanks around a cell go, inside quotes stay */
        {"a,b\n\n , \n  1 ,\n,\" 2\"\n,\n", ROW("4", "\"a\":\"1\"") ROW("5", "\"b\":\" 2\"")},
        {" a ,\"b \"\n1,2\n", ROW("2", "\"a\":\"1\",\"b\":\"2\"")},
        {"a,b,\n1,2,\n", ROW("2", "\"a\":\"1\",\"b\":\"2\"")},
        {"a\n1\n", ROW("2", "\"a\":\"1\"")},
        {"n\xc3\xb6te,b\nQu\xc3\xa9"
         "bec,2\n",
         ROW("2", "\"b\":\"2\",\"n\xc3\xb6te\":\"Qu\xc3\xa9"
                  "bec\"")},
        {"a,b\n", ""},
        {"a,b", ""},
    };
    struct seen seen = {0};
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (!look(text_of(cases[i].bytes), &seen, &err)) {
            fail_msg("%s: %s", cases[i].bytes, err.text);
        }
        assert_string_equal(seen.text.at ? seen.text.at : "", cases[i].expected);
        buffer_done(&seen.text);
    }
}

static void csv__says_where_and_what_to_do(void **state)
{
    static const struct {
        const char *bytes, *place, *words;
    } cases[] = {
        {"", "run.csv, line 1: ", "name the columns"},
        {",,\n,\n", "run.csv, line 1: ", "name the columns"},
        {"\n1,2\n", "run.csv, line 1: ", "name the columns"},
        {"a,b\n1,2\n3\n", "run.csv, line 3: ", "1 cells, but the first line names 2"},
        {"a,b\n1,2,3\n", "run.csv, line 2: ", "3 cells"},
        {"a,b\n\"x\ny\",1\n2\n", "run.csv, line 4: ", "1 cells"},
        {"a, a\n1,2\n", "run.csv, line 1: ", "the same name, \"a\""},
        {"a,b,\n1,2,3\n", "run.csv, line 2: ", "Column 3"},
        {"a,b\n1,2\n3,\"x\n\n", "run.csv, line 3: ", "never closes"},
        {"\"a,b\n1,2\n", "run.csv, line 1: ", "never closes"},
        {"a,b\n1,5\" pipe\n", "run.csv, line 2: ", "middle of a cell"},
        {"a,b\n1, \"x\"\n", "run.csv, line 2: ", "middle of a cell"},
        {"a,b\n1,\"x\" \n", "run.csv, line 2: ", "closing quote"},
        {"a,b\r1,2\r", "run.csv, line 1: ", "Macintosh"},
        {"a;b,c\n1;2,3\n", "run.csv, line 1: ", "as many"},
        {"a,b\n1,2\nMontr\xe9"
         "al,3\n",
         "run.csv, line 3: ", "Save the file as \"CSV UTF-8\""},
        {"\xff\xfe"
         "a",
         "run.csv, line 1: ", "UTF-8"},
        /* a forged number: the mark of this program in front of digits */
        {"a,b\n\x01"
         "5,2\n",
         "run.csv, line 2: ", "control character"},
    };
    struct seen seen = {0};
    struct error err;

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(look(text_of(cases[i].bytes), &seen, &err));
        assert_int_equal(err.kind, ERROR_REJECTED);
        assert_string_equal(err.code, "csv");
        if (strncmp(err.text, cases[i].place, strlen(cases[i].place)) != 0 ||
            !strstr(err.text, cases[i].words)) {
            fail_msg("%s: %s", cases[i].bytes, err.text);
        }
        /* whole or not at all */
        assert_int_equal(seen.rows, 0);
        buffer_done(&seen.text);
    }
}

static void csv__refuses_a_nul(void **state)
{
    struct seen seen = {0};
    struct error err;

    (void)state;
    assert_false(look(TEXT("a,b\n1,\0\n"), &seen, &err));
    assert_non_null(strstr(err.text, "line 2"));
    buffer_done(&seen.text);
}

static void csv__hands_on_what_the_reader_fails_with(void **state)
{
    struct seen seen = {.stop_after = 2};
    struct error err;

    (void)state;
    assert_false(look(TEXT("a\n1\n2\n3\n"), &seen, &err));
    assert_string_equal(err.code, "stopped");
    assert_int_equal(seen.rows, 2);
    buffer_done(&seen.text);
}

/* ---- caps ---- */

static void add_times(struct buffer *out, const char *text, size_t times)
{
    while (times--) {
        buffer_add_cstr(out, text);
    }
}

static bool count(void *self, const json_t *record, const json_t *kept, struct error *err)
{
    (void)record;
    (void)kept;
    (void)err;
    ++*(size_t *)self;
    return true;
}

/* A first line, then `unit` so often; the number of rows read, or -1 and the error. */
static long read_long(const char *first, const char *unit, size_t times, struct error *err)
{
    AUTO(buffer_done) struct buffer bytes;
    size_t rows = 0;

    buffer_init(&bytes, CSV_BYTES_MAX + 1000);
    buffer_add_cstr(&bytes, first);
    add_times(&bytes, unit, times);
    return csv_each(buffer_text(&bytes), "big.csv", count, &rows, err) ? (long)rows : -1;
}

static void csv__has_caps(void **state)
{
    struct error err;

    (void)state;
    assert_int_equal(read_long("a\n", "1\n", CSV_ROWS_MAX, &err), CSV_ROWS_MAX);
    assert_int_equal(read_long("a\n", "1\n", CSV_ROWS_MAX + 1, &err), -1);
    assert_non_null(strstr(err.text, "big.csv, line 100002: There are more than 100000 rows"));
    assert_int_equal(read_long("a", ",", CSV_CELLS_MAX - 1, &err), 0);
    assert_int_equal(read_long("a", ",", CSV_CELLS_MAX, &err), -1);
    assert_non_null(strstr(err.text, "more than 256 cells"));
    assert_int_equal(read_long("a\n", "\n", CSV_BYTES_MAX - 2, &err), 0);
    assert_int_equal(read_long("a\n", "\n", CSV_BYTES_MAX - 1, &err), -1);
    assert_non_null(strstr(err.text, "more than 16 MiB"));
}

/* Bytes at random: never more than the caps, never a crash, and twice the same. */
static void csv__bears_any_bytes(void **state)
{
    static const char pieces[] = ",;\t\"\"\"\n\n\r ab1\xc3\xa9\xff\x01";
    uint64_t seed = 20261122;

    (void)state;
    for (unsigned round = 0; round < 5000; round++) {
        char bytes[64];
        size_t size = next_random(&seed) % sizeof bytes, first = 0, second = 0;
        struct error err;
        bool ok;

        for (size_t i = 0; i < size; i++) {
            bytes[i] = pieces[next_random(&seed) % (sizeof pieces - 1)];
        }
        ok = csv_each((struct text){bytes, size}, "x.csv", count, &first, &err);
        assert_int_equal(ok, csv_each((struct text){bytes, size}, "x.csv", count, &second, &err));
        assert_int_equal(first, second);
        assert_true(ok || first == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv__reads_what_programs_export),
        cmocka_unit_test(csv__says_where_and_what_to_do),
        cmocka_unit_test(csv__refuses_a_nul),
        cmocka_unit_test(csv__hands_on_what_the_reader_fails_with),
        cmocka_unit_test(csv__has_caps),
        cmocka_unit_test(csv__bears_any_bytes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
