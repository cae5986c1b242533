#include "intake/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

/* ---- a folder of this test ---- */

static int make_folder(void **state)
{
    static char folder[40];

    snprintf(folder, sizeof folder, "/tmp/ferry-files-XXXXXX");
    *state = mkdtemp(folder);
    return *state ? 0 : -1;
}

static int remove_folder(void **state)
{
    char command[200];

    snprintf(command, sizeof command, "rm -rf '%s'", (char *)*state);
    return system(command);
}

static void put(const char *folder, const char *name, const char *bytes)
{
    char path[300];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "w");
    assert_non_null(f);
    fputs(bytes, f);
    fclose(f);
}

/* ---- which folder ---- */

static const struct declared_option options[] = {
    {"folder", "text?", "", "asked"},
    {"other", "text", "'/etc'", "set by the connector"},
};
static const struct declared_options declared = {options, 2};

static bool pattern(const char *get, const char *folder, const char **ret_glob, struct error *err)
{
    struct declared_read read = {.get = get};
    struct arena *arena = arena_new(1 << 20);
    AUTO_JSON json_t *given = json_object();
    const char *at = NULL, *glob = NULL;
    static char kept[100];
    bool ok;

    json_object_set_new(given, "folder", json_string(folder));
    json_object_set_new(given, "other", json_string("/etc"));
    ok = files_pattern(&read, &declared, given, arena, &at, &glob, err);
    if (ok) {
        assert_string_equal(at, folder);
        snprintf(kept, sizeof kept, "%s", glob);
        *ret_glob = kept;
    }
    arena_free(arena);
    return ok;
}

static void files__are_read_from_the_operators_folder_only(void **state)
{
    static const struct {
        const char *get, *folder, *words;
    } wrong[] = {
        {"FILE /etc/*", "/srv", "not how files are declared"},
        {"FILE {option.folder}", "/srv", "not how files are declared"},
        {"FILE {option.folder}/../*.csv", "/srv", "not how files are declared"},
        {"FILE {option.folder}/{option.other}", "/srv", "not how files are declared"},
        {"FILE x{option.folder}/*.csv", "/srv", "not how files are declared"},
        {"FILE {folder}/*.csv", "/srv", "not how files are declared"},
        {"FILE {option.other}/*", "/srv", "may not set it itself"},
        {"FILE {option.nosuch}/*", "/srv", "may not set it itself"},
        {"FILE {option.folder}/*.csv", "", "whole path"},
        {"FILE {option.folder}/*.csv", "reports", "whole path"},
    };
    const char *glob = NULL;
    struct error err;

    (void)state;
    assert_true(pattern("FILE {option.folder}/*.csv", "/srv/payroll", &glob, &err));
    assert_string_equal(glob, "*.csv");
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(pattern(wrong[i].get, wrong[i].folder, &glob, &err));
        assert_int_equal(err.kind, ERROR_CONFIG);
        if (!strstr(err.text, wrong[i].words)) {
            fail_msg("%s: %s", wrong[i].get, err.text);
        }
    }
}

/* ---- which files ---- */

static void files__are_listed_by_name(void **state)
{
    const char *folder = *state;
    struct arena *arena = arena_new(1 << 20);
    const char *const *names = NULL;
    size_t count = 0;
    struct error err;

    put(folder, "july.CSV", "");
    put(folder, "june.csv", "");
    put(folder, ".hidden.csv", "");
    put(folder, "june.csv.part", "");
    put(folder, "notes.txt", "");
    assert_true(files_list(folder, "*.csv", arena, &names, &count, &err));
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "july.CSV");
    assert_string_equal(names[1], "june.csv");
    arena_free(arena);
}

static void files__have_a_cap_and_a_folder(void **state)
{
    const char *folder = *state;
    struct arena *arena = arena_new(1 << 20);
    const char *const *names = NULL;
    size_t count = 0;
    struct error err;

    for (unsigned i = 0; i <= FILES_MOST; i++) {
        char name[20];

        snprintf(name, sizeof name, "%u.csv", i);
        put(folder, name, "");
    }
    assert_false(files_list(folder, "*.csv", arena, &names, &count, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_non_null(strstr(err.text, "more than 1000 files"));
    assert_false(files_list("/nowhere/at/all", "*.csv", arena, &names, &count, &err));
    assert_int_equal(err.kind, ERROR_CONFIG);
    assert_non_null(strstr(err.text, "/nowhere/at/all"));
    arena_free(arena);
}

/* ---- one file ---- */

static bool read_one(const char *folder, const char *name, const char *expected, struct error *err)
{
    AUTO(buffer_done) struct buffer out;
    bool ok;

    buffer_init(&out, FILES_BYTES_MAX);
    ok = files_bytes(folder, name, &out, err);
    if (ok) {
        assert_string_equal(out.at ? out.at : "", expected);
    }
    return ok;
}

static void files__must_be_plain(void **state)
{
    const char *folder = *state;
    char path[300];
    struct error err;

    put(folder, "june.csv", "a,b\n");
    assert_true(read_one(folder, "june.csv", "a,b\n", &err));
    put(folder, "empty.csv", "");
    assert_true(read_one(folder, "empty.csv", "", &err));

    snprintf(path, sizeof path, "%s/link.csv", folder);
    assert_int_equal(symlink("/etc/hostname", path), 0);
    assert_false(read_one(folder, "link.csv", "", &err));
    assert_int_equal(err.kind, ERROR_REJECTED);
    assert_non_null(strstr(err.text, "link.csv is a link"));

    snprintf(path, sizeof path, "%s/pipe.csv", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(read_one(folder, "pipe.csv", "", &err));
    assert_non_null(strstr(err.text, "no plain file"));

    snprintf(path, sizeof path, "%s/folder.csv", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(read_one(folder, "folder.csv", "", &err));
    assert_non_null(strstr(err.text, "no plain file"));

    snprintf(path, sizeof path, "%s/big.csv", folder);
    put(folder, "big.csv", "");
    assert_int_equal(truncate(path, (off_t)FILES_BYTES_MAX + 1), 0);
    assert_false(read_one(folder, "big.csv", "", &err));
    assert_non_null(strstr(err.text, "too big"));

    assert_false(read_one(folder, "gone.csv", "", &err));
    assert_non_null(strstr(err.text, "gone.csv"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files__are_read_from_the_operators_folder_only),
        cmocka_unit_test_setup_teardown(files__are_listed_by_name, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(files__have_a_cap_and_a_folder, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(files__must_be_plain, make_folder, remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
