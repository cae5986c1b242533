/* What may be loaded at all, decided without loading it. */
#include "zoo.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void assert_refused(const char *name, const char *code)
{
    struct connector_file file;
    struct error err = {0};

    assert_false(connector_open(zoo_path(name), &file, &err));
    assert_string_equal(err.code, code);
    assert_non_null(strstr(err.text, name)); /* the place */
    connector_close(&file);
}

static void elf__takes_a_good_connector_and_reads_its_note(void **state)
{
    struct connector_file file;
    struct error err = {0};

    (void)state;
    assert_true(connector_open(zoo_path("good"), &file, &err));
    assert_string_equal(file.note.id, "good");
    assert_string_equal(file.note.version, "1.2.3");
    assert_int_equal(strlen(file.sha256), 64);
    connector_close(&file);
}

static void elf__refuses_what_would_run_when_loaded(void **state)
{
    (void)state;
    assert_refused("constructor", "elf-constructor");
    assert_refused("ifunc", "elf-ifunc");
}

static void elf__refuses_what_is_linked_another_way(void **state)
{
    (void)state;
    assert_refused("rpath", "elf-rpath");
    assert_refused("exec_stack", "elf-stack");
    assert_refused("needs", "elf-needs");
    assert_refused("second_export", "elf-export");
    assert_refused("no_note", "elf-note");
}

static void read_good(struct buffer *out)
{
    FILE *file = fopen(zoo_path("good"), "rb");
    char block[4096];
    size_t size;

    assert_non_null(file);
    buffer_init(out, CONNECTOR_FILE_MAX);
    while ((size = fread(block, 1, sizeof block, file)) > 0) {
        buffer_add(out, block, size);
    }
    fclose(file);
}

/* What no hash table counts is not looked at, so nothing may refer to it. */
static void elf__refuses_relocations_by_symbols_that_are_not_there(void **state)
{
    AUTO(buffer_done) struct buffer whole;
    struct connector_note note;
    struct error err;
    uint64_t relative = 8, info = (uint64_t)9999 << 32 | 8, word;
    unsigned refused = 0;

    (void)state;
    read_good(&whole);
    for (size_t i = 0; i + 8 <= whole.size; i += 8) {
        memcpy(&word, whole.at + i, 8);
        if (word != relative) {
            continue;
        }
        memcpy(whole.at + i, &info, 8);
        refused += !elf_check(buffer_text(&whole), &note, &err) && strstr(err.text, "relocation");
        memcpy(whole.at + i, &relative, 8);
    }
    assert_true(refused > 10);
}

static void elf__survives_every_truncation(void **state)
{
    AUTO(buffer_done) struct buffer whole;
    struct connector_note note;
    struct error err;

    (void)state;
    read_good(&whole);
    /* Each in memory of its own, so that a sanitizer sees a read past the end. What the loader
     * needs ends before the section headers do. */
    for (size_t size = 0; size < 0x3000; size += 7) {
        AUTO_FREE char *copy = memory_new(size + 1, 1);
        memcpy(copy, whole.at, size);
        assert_false(elf_check((struct text){copy, size}, &note, &err));
    }
}

static void elf__survives_every_changed_byte(void **state)
{
    static const unsigned char values[] = {0x00, 0x7f, 0x80, 0xff};
    AUTO(buffer_done) struct buffer whole;
    struct connector_note note;
    struct error err;
    unsigned long accepted = 0;

    (void)state;
    read_good(&whole);
    for (size_t i = 0; i < whole.size; i += i < 0x400 ? 1 : 13) {
        char had = whole.at[i];
        for (size_t j = 0; j < sizeof values; j++) {
            whole.at[i] = (char)values[j];
            accepted += elf_check(buffer_text(&whole), &note, &err);
        }
        whole.at[i] = had;
    }
    assert_true(accepted > 0); /* most bytes are tables, which it does not read */
}

/* ---- the file ---- */

struct folder {
    char path[64];
    char file[96];
};

static int make_folder(void **state)
{
    static struct folder folder;
    AUTO(buffer_done) struct buffer whole;

    snprintf(folder.path, sizeof folder.path, "/tmp/ferry-elf-XXXXXX");
    assert_non_null(mkdtemp(folder.path));
    snprintf(folder.file, sizeof folder.file, "%s/a.so", folder.path);
    read_good(&whole);
    FILE *file = fopen(folder.file, "wb");
    assert_int_equal(fwrite(whole.at, 1, whole.size, file), whole.size);
    fclose(file);
    chmod(folder.file, 0644);
    *state = &folder;
    return 0;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;

    unlink(folder->file);
    rmdir(folder->path);
    return 0;
}

static void file__refuses_what_others_may_change(void **state)
{
    struct folder *folder = *state;
    struct connector_file file;
    struct error err;

    assert_true(connector_open(folder->file, &file, &err));
    connector_close(&file);
    chmod(folder->file, 0664);
    assert_false(connector_open(folder->file, &file, &err));
    assert_string_equal(err.code, "connector-mode");
    chmod(folder->file, 04755);
    assert_false(connector_open(folder->file, &file, &err));
    assert_string_equal(err.code, "connector-mode");
    if (geteuid() == 0 && chown(folder->file, 65534, 65534) == 0) {
        chmod(folder->file, 0644);
        assert_false(connector_open(folder->file, &file, &err));
        assert_string_equal(err.code, "connector-owner");
    }
}

static void file__does_not_follow_links_or_open_folders(void **state)
{
    struct folder *folder = *state;
    struct connector_file file;
    struct error err;
    char link[128];

    snprintf(link, sizeof link, "%s/link.so", folder->path);
    assert_int_equal(symlink(folder->file, link), 0);
    assert_false(connector_open(link, &file, &err));
    assert_string_equal(err.code, "connector-file");
    unlink(link);
    assert_false(connector_open(folder->path, &file, &err));
    assert_string_equal(err.code, "connector-file");
    assert_false(connector_open("/nowhere/a.so", &file, &err));
    assert_string_equal(err.code, "connector-file");
}

static void file__is_a_copy_that_later_changes_do_not_reach(void **state)
{
    struct folder *folder = *state;
    struct connector_file file;
    struct error err;
    char first[4] = "";

    assert_true(connector_open(folder->file, &file, &err));
    assert_int_equal(truncate(folder->file, 0), 0);
    assert_int_equal(pread(file.fd, first, 4, 0), 4);
    assert_memory_equal(first, "\177ELF", 4);
    assert_true(write(file.fd, "x", 1) < 0); /* sealed */
    connector_close(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elf__takes_a_good_connector_and_reads_its_note),
        cmocka_unit_test(elf__refuses_what_would_run_when_loaded),
        cmocka_unit_test(elf__refuses_what_is_linked_another_way),
        cmocka_unit_test(elf__refuses_relocations_by_symbols_that_are_not_there),
        cmocka_unit_test(elf__survives_every_truncation),
        cmocka_unit_test(elf__survives_every_changed_byte),
        cmocka_unit_test_setup_teardown(file__refuses_what_others_may_change, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(file__does_not_follow_links_or_open_folders, make_folder,
                                        remove_folder),
        cmocka_unit_test_setup_teardown(file__is_a_copy_that_later_changes_do_not_reach,
                                        make_folder, remove_folder),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
